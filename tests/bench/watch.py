"""`python -m tests.bench.watch`: one changed paragraph of a 50-page booklet, from the save to the file on disk, in processor time.

Counts what the whole process tree of `handouts build --watch` takes between a save and the written file.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.bench.__main__ import ROOT, Stand, machine

PAGES, ROUNDS, WANTED = 50, 15, 0.06
ENDING = " And then {} more."


def measure(rounds: int = ROUNDS) -> tuple[float, float]:
    """Give the medians of processor time and of waiting, in seconds."""
    with tempfile.TemporaryDirectory() as name:
        stand = Stand(Path(name))
        stand.write(PAGES)
        command = [sys.executable, "-m", "generator.cli.start", "build", "--watch", "--brand", "connect", "--project", name]
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        run = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            waits = threading.Semaphore(0)
            threading.Thread(target=_listen, args=(run, waits), daemon=True).start()
            waits.acquire()
            found = [_once(stand, run.pid, waits, number) for number in range(rounds)]
        finally:
            run.kill()
            run.wait()
    return statistics.median(f[0] for f in found), statistics.median(f[1] for f in found)


def _listen(run: subprocess.Popen[str], waits: threading.Semaphore) -> None:
    for line in run.stderr or ():
        if "Waiting" in line:
            waits.release()


def _once(stand: Stand, pid: int, waits: threading.Semaphore, number: int) -> tuple[float, float]:
    source = stand.folder / "content/handouts/bench.md"
    (made,) = (stand.folder / "output").rglob("*.pdf")
    lines = source.read_text().split("\n")
    at = random.Random(number).choice([n for n, line in enumerate(lines) if len(line) > 100])
    lines[at] += ENDING.format(number)
    time.sleep(0.3)
    before, stamp, begun = taken(pid), made.stat().st_mtime_ns, time.perf_counter()
    source.write_text("\n".join(lines))
    while made.stat().st_mtime_ns == stamp:
        time.sleep(0.0005)
    found = taken(pid) - before, time.perf_counter() - begun
    waits.acquire()
    return found


def taken(pid: int) -> float:
    """Give the processor time that a process and its children have taken, in seconds, to the nanosecond."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
        for child in (task / "children").read_text().split():
            total += round(taken(int(child)) * 1e9)
    return total / 1e9


def row() -> str:
    """Give the benchmark's row."""
    processor, _ = measure()
    return f"| 50 pages, one changed paragraph, processor time | {processor * 1000:.0f} ms | | | 60 ms | {'yes' if processor <= WANTED else 'no'} |"


if __name__ == "__main__":
    processor, waiting = measure()
    print(f"{processor * 1000:.1f} ms of processor time, {waiting * 1000:.0f} ms from save to file\n{machine()}")  # noqa: T201
