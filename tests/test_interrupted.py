"""Ctrl+C, as a terminal sends it: every process of the run gets it."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.projects import ROOT
from tests.test_runs import alive, descendants, many, start

SLOW = """
import pathlib, time
import generator.batch.doing as d
begun, do = pathlib.Path(__file__).with_name("begun"), d.Hand.do
def slow(hand, work):
    (begun / f"{work.job.brand}-{work.job.handout}").touch()
    time.sleep(0.4)
    return do(hand, work)
d.Hand.do = slow
"""
IMPORTING = """
import os, signal, sys
class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "generator.cli.main":
            os.killpg(0, signal.SIGINT)
sys.meta_path.insert(0, Interrupt())
"""


@pytest.fixture
def ctrl_c():
    """A child inherits what is ignored."""
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, heard)


def with_patch(project, text, *arguments):
    folder = project.root / "patched"
    (folder / "begun").mkdir(parents=True)
    (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
    return start(project, *arguments, PYTHONPATH=f"{folder}:{ROOT}")


@pytest.mark.usefixtures("ctrl_c")
def test_an_interrupted_run_finishes_the_files_that_it_is_at(tmp_path):
    project = many(tmp_path, 8)
    run = with_patch(project, SLOW, "--jobs", "2")
    begun = project.root / "patched" / "begun"
    while len(list(begun.iterdir())) < 4 and run.poll() is None:
        time.sleep(0.01)
    staff = descendants(run.pid)
    os.killpg(run.pid, signal.SIGINT)
    _, err = run.communicate(timeout=20)
    assert run.returncode == 1
    assert err.strip() == b"Aborted!"
    assert len(staff) == 3
    limit = time.monotonic() + 10
    while any(map(alive, staff)) and time.monotonic() < limit:
        time.sleep(0.02)
    made = {f"{p.parts[-4]}-{p.parts[-2]}" for p in project.files()}
    assert made == {p.name for p in begun.iterdir()}
    assert 4 <= len(made) < 16
    assert project.run("build").out.count(", unchanged") == len(made)


@pytest.mark.usefixtures("ctrl_c")
def test_a_run_that_is_interrupted_at_once_says_so(tmp_path):
    run = with_patch(many(tmp_path, 1), IMPORTING)
    out, err = run.communicate(timeout=20)
    assert (run.returncode, out, err.strip()) == (1, b"", b"Aborted!")
