"""Runs that meet trouble: killed at any moment, two at once, other locales and time zones."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pikepdf

from tests.projects import ROOT, Project


def start(project, *arguments, **env):
    command = [sys.executable, "-m", "generator.cli.start", "build", "--project", str(project.root), *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=os.environ | env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def many(tmp_path, count=8):
    project = Project(tmp_path / "clinic")
    for number in range(count):
        project.handout("\n" + f"## Part\n\nSome words for handout {number}.\n\n" * 20, f"h{number}")
    return project


def test_killed_runs_leave_whole_files_or_none(tmp_path):
    project = many(tmp_path)
    rng = random.Random(4)
    for _ in range(6):
        run = start(project)
        time.sleep(rng.uniform(0.15, 0.9))
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        for path in project.files():
            pikepdf.open(path).close()
    assert project.run("build").code == 0
    assert len(project.files()) == 16


def test_two_runs_at_once(tmp_path):
    project = many(tmp_path, 4)
    runs = [start(project, "--brand", brand) for brand in ("connect", "charlotte")]
    for run in runs:
        out, err = run.communicate(timeout=60)
        assert run.returncode == 0, (out, err)
    assert len(project.files()) == 8


def test_locale_and_time_zone_change_nothing(tmp_path):
    project = many(tmp_path, 1)
    made = []
    for env in ({"LC_ALL": "C", "TZ": "Pacific/Kiritimati"}, {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/Los_Angeles"}):
        run = start(project, "--brand", "connect", **env)
        assert run.wait(60) == 0
        run.communicate()
        made.append(project.files()[0].read_bytes())
    assert made[0] == made[1]


def test_source_date_epoch(tmp_path):
    project = many(tmp_path, 1)
    run = start(project, "--brand", "connect", SOURCE_DATE_EPOCH="1000000000")
    run.communicate()
    with pikepdf.open(project.files()[0]) as pdf:
        assert "20010909" in str(pdf.docinfo["/CreationDate"])
