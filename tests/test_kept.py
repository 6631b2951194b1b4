"""What is kept from run to run is believed no longer than it holds, and nothing is deleted that no run has made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.localize.test_gate import made, without
from tests.projects import ROOT, Project
from tests.test_unchanged import TEXT, states

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#{}"/></svg>'


@pytest.fixture
def project(tmp_path):
    project = Project(tmp_path / "clinic")
    (project.root / "content/images/room.svg").write_text(DRAWING.format("111"))
    project.handout(TEXT, "one")
    return project


@pytest.mark.parametrize(
    "place", ["../precious.pdf", "../../precious.pdf", "connect/../../precious.pdf", "linked/precious.pdf", "{root}/precious.pdf"]
)
def test_a_manifest_that_names_other_files_deletes_none(project, tmp_path, place):
    """Someone may have edited it, or unpacked one of another machine; the entry looks like an outdated file of this run."""
    assert project.build().code == 0
    manifest = project.root / "output/manifest.json"
    there = json.loads(manifest.read_text())
    (project.root / "output/linked").symlink_to(project.root)
    files = [project.root / "precious.pdf", tmp_path / "precious.pdf"]
    for path in files:
        path.write_bytes(b"%PDF")
    there["files"].append(there["files"][0] | {"path": place.format(root=project.root)})
    outdated = project.write("output/connect/en-US/one/old.pdf", "%PDF")
    there["files"].append(there["files"][0] | {"path": "connect/en-US/one/old.pdf"})
    manifest.write_text(json.dumps(there))
    assert project.build("--format", "booklet").code == 0
    assert not outdated.exists()
    assert [path.read_bytes() for path in files] == [b"%PDF"] * 2
    assert [entry["path"] for entry in json.loads(manifest.read_text())["files"]] == ["connect/en-US/one/booklet-letter.pdf"]


def test_a_picture_that_another_file_has_replaced_counts(project):
    """Also where it is as old and as long as the one before, as a copy that keeps times leaves it."""
    assert project.build().code == 0
    assert states(project, "--brand", "connect") == {("one", "connect"): True}
    room = project.root / "content/images/room.svg"
    other = project.write("other.svg", DRAWING.format("999"))
    state = room.stat()
    os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
    other.replace(room)
    assert (room.stat().st_mtime_ns, room.stat().st_size) == (state.st_mtime_ns, state.st_size)
    assert states(project, "--brand", "connect") == {("one", "connect"): False}


def test_a_message_marked_fuzzy_without_words_is_missing(tmp_path):
    """It has never been translated: nothing in it is out of date."""
    project = made(tmp_path, without("cell one"))
    path = project.root / "content/locales/es/talk.po"
    path.write_text(path.read_text() + '\n#, fuzzy\nmsgid "cell one"\nmsgstr ""\n')
    out = project.run("build", "--locale", "es")
    assert out.code == 1
    assert "missing: “cell one”" in out.err
    assert "stale" not in out.err


def test_another_program_parses_stylesheets_anew(project, tmp_path):
    """A new release may read a rule otherwise: what the old one kept of it does not count."""
    program = tmp_path / "program"
    shutil.copytree(ROOT / "generator", program / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    (program / "templates").symlink_to(ROOT / "templates")

    def built():
        command = [sys.executable, "-m", "generator.cli.start", "build", "--brand", "connect", "--project", str(project.root)]
        done = subprocess.run(command, cwd=program, env=os.environ | {"PYTHONPATH": str(program)}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return project.files()[0].read_bytes()

    old = built()
    values = program / "generator/style/values.py"
    text = values.read_text()
    assert text.count('"pt": 1.0') == 1
    values.write_text(text.replace('"pt": 1.0', '"pt": 0.995'))
    new = built()
    shutil.rmtree(project.root / "output")
    assert new != old
    assert new == built()
