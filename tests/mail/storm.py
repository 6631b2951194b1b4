"""Senders killed at random moments, again and again. The suite runs a short one; `python -m tests.mail.storm` the long one.

The long one: 1,000 messages, the sender killed at 100 random points; takes about two minutes.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.mail.conftest import Clinic
from tests.mail.servers import Mailbox, serving
from tests.projects import ROOT


def start(clinic: Clinic, port: int, path: str, *arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "generator.cli.start", "send", "visit", "--clients", path, "--yes", "--project", str(clinic.root)]
    env = os.environ | {"HANDOUTS_SMTP_URL": f"smtp+plain://127.0.0.1:{port}", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([*command, *arguments], env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def storm(folder: Path, messages: int, kills: int, seed: int = 5, *arguments: str) -> tuple[int, int]:
    """Kill the sender `kills` times while it sends, then let it finish; give how many arrived, how many are unsettled."""
    clinic, box, rng = Clinic(folder), Mailbox(), random.Random(seed)
    path = clinic.many(messages)
    with serving(box) as port:
        for number in range(kills):
            wanted = messages * (number + 1) * 8 // (kills * 10)  # the last kill leaves something to do
            run = start(clinic, port, path, *arguments)
            until = time.monotonic() + 20
            while len(box.messages) < wanted and run.poll() is None and time.monotonic() < until:
                time.sleep(0.001)
            time.sleep(rng.uniform(0, 0.03))
            assert run.poll() is None, "the sender ended before it was killed"
            os.killpg(run.pid, signal.SIGKILL)
            run.communicate()
        last = start(clinic, port, path, *arguments)
        _, err = last.communicate(timeout=300)
        assert last.returncode in (0, 1), err.decode()
    return judged(clinic, box, messages)


def judged(clinic: Clinic, box: Mailbox, messages: int) -> tuple[int, int]:
    """Check that each address got exactly one message, or is listed as unsettled and got one at most."""
    listed = clinic.run("outbox").out
    unsettled = {f"client{int(part.split(',')[0]) - 2}@example.org" for part in listed.split(", row ")[1:]}
    arrived = Counter(box.addresses())
    for number in range(messages):
        address = f"client{number}@example.org"
        if address in unsettled:
            assert arrived[address] <= 1, address
        else:
            assert arrived[address] == 1, (address, arrived[address])
    assert sum(arrived.values()) <= messages
    return sum(arrived.values()), len(unsettled)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        began = time.monotonic()
        got, open_ones = storm(Path(name) / "clinic", 1000, 100)
        print(f"{got} arrived once, none twice; {open_ones} listed as unsettled; {time.monotonic() - began:.0f} s")  # noqa: T201
