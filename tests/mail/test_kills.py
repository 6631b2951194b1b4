"""Runs that are killed, run beside each other, or are interrupted."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter

import pytest

from tests.mail.servers import serving
from tests.mail.storm import judged, start, storm


@pytest.mark.parametrize("arguments", [(), ("--again",)])
def test_killed_again_and_again_every_address_gets_one(tmp_path, arguments):
    arrived, unsettled = storm(tmp_path / "clinic", 60, 5, 7, *arguments)
    assert arrived + unsettled >= 60
    assert unsettled <= 5 * 2


def test_killed_into_the_outbox_nothing_is_there_twice(tmp_path, clinic):
    path = clinic.many(40)
    for _ in range(4):
        run = start(clinic, 1, path, "--outbox")
        time.sleep(0.35)
        run.kill()
        run.communicate()
    assert clinic.send("--clients", path, "--yes", "--outbox").code == 0
    files = [p.read_bytes() for p in (clinic.root / "output/outbox").glob("*.eml")]
    tos = sorted(next(line for line in data.split(b"\r\n") if line.startswith(b"To:")) for data in files)
    assert len(tos) == len(set(tos)) == 40


def test_two_runs_at_once_do_not_cross(clinic, box):
    box.delay = 0.005
    with serving(box) as port:
        path = clinic.many(60)
        runs = [start(clinic, port, path) for _ in range(2)]
        for run in runs:
            run.communicate(timeout=60)
    assert judged(clinic, box, 60) == (60, 0)


def test_two_runs_at_once_send_again_what_was_sent_before_them_alone(clinic, box):
    """The later of the two may send again what the earlier one had sent before it began, and nothing else."""
    with serving(box) as port:
        path = clinic.many(30)
        start(clinic, port, path).communicate(timeout=60)
        box.messages.clear()
        box.delay = 0.1  # so that the first is not done before the second begins, however slow the machine
        runs = [start(clinic, port, path, "--again") for _ in range(2)]
        for run in runs:
            run.communicate(timeout=60)
    sent = Counter(box.addresses())
    assert len(sent) == 30
    assert max(sent.values()) <= 2
    assert sum(sent.values()) < 45
    assert "0 unsettled" in clinic.run("outbox").out


def test_an_interrupted_run_finishes_its_message_and_stops(clinic, box):
    box.delay = 0.05
    with serving(box) as port:
        path = clinic.many(60)
        heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # a child inherits what is ignored
        run = start(clinic, port, path)
        signal.signal(signal.SIGINT, heard)
        while len(box.messages) < 5:
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does: every process of the run gets it
        run.communicate(timeout=20)
        assert run.returncode not in (0, None)
        assert len(box.messages) < 60
        assert "0 unsettled" in clinic.run("outbox").out
        start(clinic, port, path).communicate(timeout=60)
    assert judged(clinic, box, 60) == (60, 0)
