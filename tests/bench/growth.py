"""`python -m tests.bench.growth`: booklets of 1, 10, 100 and 1,000 pages, whole processes: time, and memory of the process tree."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2

from tests.bench.__main__ import ROOT, Stand, machine
from tests.bench.content import FIXED

SIZES = (1, 10, 100, 1000)
ROUNDS = {1: 5, 10: 5, 100: 3, 1000: 1}
LIMIT = 300.0  # MB
SAMPLE = 0.004  # seconds


def run(folder: Path) -> tuple[float, float]:
    """Build; give seconds, and the most megabytes that the processes had at once."""
    command = [sys.executable, "-m", "generator.cli.start", "build", "--fresh", "--brand", "connect", "--project", str(folder)]
    begun = time.perf_counter()
    child = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    peak = 0.0
    while child.poll() is None:
        peak = max(peak, resident(child.pid))
        time.sleep(SAMPLE)
    if child.returncode:
        raise SystemExit("the build failed")
    return time.perf_counter() - begun, peak


def resident(pid: int) -> float:
    """Give the resident megabytes of a process and its children; pages that they share are counted in each."""
    total = 0.0
    try:
        total = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            total += resident(int(child))
    except (OSError, IndexError):  # it has just ended
        return total
    return total


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print the table."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        stand = Stand(Path(name))
        for pages in sizes:
            stand.write(max(pages - FIXED, 1) + FIXED)
            found = [run(stand.folder) for _ in range(ROUNDS.get(pages, 1))]
            (made,) = (stand.folder / "output").rglob("*.pdf")
            with pypdfium2.PdfDocument(made) as pdf:
                count = len(pdf)
            seconds, peak = statistics.median(f[0] for f in found), max(f[1] for f in found)
            rows.append(f"| {count} | {seconds:.2f} s | {seconds / count * 1000:.1f} ms | {made.stat().st_size / 1024:.0f} KB | {peak:.0f} MB |")
    print("| pages | whole process | a page | file | peak memory, both processes |\n| --- | --- | --- | --- | --- |")  # noqa: T201
    print("\n".join(rows))  # noqa: T201
    print(f"\n{machine()}")  # noqa: T201


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
