"""A long list, whose copies are made by other processes than the one that sends."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from generator.mail.drafting import MANY
from tests.mail.servers import serving
from tests.mail.storm import judged, start
from tests.mail.test_personal import attached, words

TEXT = "\nDear {{ client.first_name }}, see you soon.\n\n## One step {.step}\n\nRest.\n"
FRONT = "---\ntitle: Your next visit\nversion: 1\nreviewed: 2025-03-08\nformats: [booklet]\n---\n"

needs_cores = pytest.mark.skipif(sys.platform != "linux" or os.cpu_count() == 1, reason="such lists are made by one process here")


def makers(run) -> list[int]:
    """Give the processes that a run has begun, once there are any."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
        if found:
            return list(map(int, found))
        time.sleep(0.0005)
    raise AssertionError("no process was begun")


def gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_each_of_many_gets_the_own_copy_and_what_cannot_be_made_stops_no_other(clinic, plain):
    clinic.handout(TEXT, "visit", front=FRONT)
    count = 3 * MANY
    rows = [f"client{n}@example.org,{'' if n == MANY else f'Name{n}x'},yes" for n in range(count)]
    outcome = clinic.send("--clients", clinic.clients(*rows), "--yes")
    assert outcome.code == 1
    assert f'clients.csv:{MANY + 2}: error: column "first_name" is empty' in outcome.err
    got = attached(plain)
    assert len(plain.messages) == len(got) == count - 1
    for n in range(count):
        if n != MANY:
            text, _ = words(got[f"client{n}@example.org"][0][1])
            assert f"Dear Name{n}x," in text


@needs_cores
@pytest.mark.parametrize("after", [0.0, 0.01, 0.05])
def test_a_making_process_that_is_ended_is_done_without(clinic, box, after):
    box.delay = 0.002
    with serving(box) as port:
        run = start(clinic, port, clinic.many(150))
        for process in makers(run):
            time.sleep(after)
            os.kill(process, signal.SIGKILL)
        said, wrong = run.communicate(timeout=60)
    assert run.returncode == 0, (said, wrong)
    assert judged(clinic, box, 150) == (150, 0)


@needs_cores
def test_no_process_is_left_behind_a_killed_run(clinic, box):
    box.delay = 0.05
    with serving(box) as port:
        run = start(clinic, port, clinic.many(150))
        begun = makers(run)
        run.kill()
        run.communicate(timeout=20)
        until = time.monotonic() + 10
        while not all(map(gone, begun)) and time.monotonic() < until:
            time.sleep(0.01)
    assert all(map(gone, begun))
