"""What the second process gets ready with: it is quicker for it, and the file is the same whatever it found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from generator import cachefile
from generator.compositor import Compositor
from generator.manuscript import Announced
from generator.markup import Piece
from generator.pipeline import Press, manuscript
from generator.project.load import load_project
from generator.style.cascade import Cascade
from tests.projects import PLAIN, ROOT, Project

TEXT = """
Quetzal met Ocelot. They **talked** at length.

## Where to begin

- One thing
- Another thing

!!! say
    I would like to go there with you.

## And then

A *last* paragraph, [a link](https://example.org).
"""


@pytest.fixture
def project(tmp_path):
    project = Project(tmp_path / "clinic")
    project.handout(TEXT, "one", front=PLAIN.format(title="One"))
    return project


def made(project):
    """Build with two processes, in a process of its own; give the bytes."""
    command = [sys.executable, "-m", "generator.cli.start", "build", "--brand", "connect", "--fresh", "--project", str(project.root)]
    run = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, timeout=120, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert (run.returncode, run.stderr) == (0, b"")
    (file,) = project.files()
    return file.read_bytes()


def bones(project):
    return sorted((project.root / "output/.cache").glob("*.bones"))


def test_bones_are_kept_and_change_nothing(project):
    first = made(project)
    (kept,) = bones(project)
    before = kept.read_bytes()
    assert made(project) == first
    assert kept.read_bytes() == before  # the same page teaches nothing new
    assert project.build("--fresh", "--jobs", "1").code == 0
    assert project.files()[0].read_bytes() == first


def test_bones_hold_no_words(project):
    made(project)
    text = bones(project)[0].read_bytes().decode("latin-1")
    assert "box say" in text
    for word in ("Quetzal", "Ocelot", "talked", "begin", "thing", "example.org", "One"):
        assert word not in text


@pytest.mark.parametrize("damage", ["gone", "cut", "noise", "another", "hollow", "deep"])
def test_damaged_bones_change_nothing(project, damage):
    first = made(project)
    (kept,) = bones(project)
    data = kept.read_bytes()
    key = data[: cachefile.SIZE]
    if damage == "gone":
        kept.unlink()
    elif damage == "cut":
        kept.write_bytes(data[: len(data) // 2])
    elif damage == "noise":
        kept.write_bytes(os.urandom(4000))
    else:  # whole, and of another page
        page = {"another": b'<html class="x"><body><h1 data-words="7">x</h1><p data-words="no number">y</p></body></html>', "hollow": b"",
                "deep": b"<html><body>" + b"<div data-words='3'>" * 3000}[damage]  # fmt: skip
        cachefile.write(kept, key, page)
    assert made(project) == first


def test_who_has_rehearsed_knows_the_styles(project, tmp_path, monkeypatch):
    project.write("templates/.keep", "")
    loaded = load_project(project.root)
    piece = Piece(loaded, loaded.handouts[0], loaded.brands[0], "booklet.html", (ROOT / "templates",), "en-US")
    press = Press()
    piece, _ = press.localized(piece)
    page = manuscript(piece, press.room.mark_up(piece))
    announced = Announced((ROOT / "templates",), "booklet.html", piece.brand, "en-US", piece.paper, "standard", tmp_path, loaded.handouts[0].body)
    counted = []
    sound = Cascade._style
    monkeypatch.setattr(Cascade, "_style", lambda *a, **k: (counted.append(a), sound(*a, **k))[1])

    def composed():
        compositor = Compositor()
        for _ in compositor.rehearse(announced):
            pass
        counted.clear()
        data = compositor.compose(page).data
        compositor.leave_bones()
        return data, len(counted)

    (first, many), (second, few) = composed(), composed()
    assert first == second
    assert few < many / 4


ASKED = ["p:empty { display: none }", "a:link { color: #ff0000 }", "p:lang(en) { margin-left: 40pt }", "abbr[ title ] { letter-spacing: 4pt }",
         "* + p:not(:empty) { margin-top: 90pt }", ":enabled { margin-left: 9pt }"]  # fmt: skip


@pytest.mark.parametrize("rule", ASKED)
def test_a_sheet_may_ask_for_what_bones_do_not_have(project, rule, tmp_path):
    folder = project.root / "templates"
    shutil.copytree(ROOT / "templates", folder)
    with (folder / "base.css").open("a") as sheet:
        sheet.write(f"\n{rule}\n")
    loaded = load_project(project.root)
    press = Press()
    piece, _ = press.localized(Piece(loaded, loaded.handouts[0], loaded.brands[0], "booklet.html", (folder,), "en-US"))
    page = manuscript(piece, press.room.mark_up(piece))
    announced = Announced((folder,), "booklet.html", piece.brand, "en-US", piece.paper, "standard", tmp_path, loaded.handouts[0].body)
    found = []
    for rehearsed in (False, True, True):
        compositor = Compositor()
        if rehearsed:
            for _ in compositor.rehearse(announced):
                pass
        found.append(compositor.compose(page).data)
        compositor.leave_bones()
    assert found[0] == found[1] == found[2]


def test_bones_that_cannot_be_left_end_no_process(project):
    """A class may hold what no element takes; the second piece is made by the same process."""
    project.handout('\n<p class="a&#12;b" markdown="1">Text.</p>\n', "one", front=PLAIN.format(title="One"))
    command = [sys.executable, "-m", "generator.cli.start", "build", "--fresh", "--project", str(project.root)]
    for _ in range(3):
        run = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, timeout=120, env=os.environ | {"PYTHONPATH": str(ROOT)})
        assert (run.returncode, run.stderr) == (0, b"")
    project.write("fails/sitecustomize.py", "import generator.compositor as c\ndef fail(*a): raise KeyError(a)\nc.Compositor.leave_bones = fail\n")
    path = f"{project.root / 'fails'}:{ROOT}"
    run = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, timeout=120, env=os.environ | {"PYTHONPATH": path})
    assert (run.returncode, run.stderr) == (0, b"")
