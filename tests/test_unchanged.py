"""Nothing is done twice, and nothing is taken for done that a fresh build would make otherwise."""

from __future__ import annotations

import os

import pytest

from tests.projects import ROOT, Project

TEXT = "\nSome words.\n\n## A section\n\n![A room](images/room.svg)\n\nMore words.\n"


@pytest.fixture
def clinic(tmp_path):
    project = Project(tmp_path / "clinic")
    (project.root / "content/images/room.svg").write_bytes((ROOT / "content/images/room.svg").read_bytes())
    project.handout(TEXT, "one")
    project.handout(TEXT, "two")
    (project.root / "templates").mkdir()
    (project.root / "templates/booklet.css").write_bytes((ROOT / "templates/booklet.css").read_bytes())
    assert project.run("build").code == 0
    return project


def states(project, *arguments):
    """Which pieces a build left as they were."""
    out = project.run("build", *arguments)
    assert out.code == 0, out.err
    return {tuple(line.split()[:2]): "unchanged" in line for line in out.out.splitlines() if " booklet " in line}


def contents(project):
    return {p.relative_to(project.root): p.read_bytes() for p in project.files()}


def test_a_second_build_makes_nothing(clinic):
    before = {p: p.stat().st_mtime_ns for p in clinic.files()}
    assert all(states(clinic).values())
    assert {p: p.stat().st_mtime_ns for p in clinic.files()} == before
    assert not any(states(clinic, "--fresh").values())


def test_one_changed_handout_is_made_alone(clinic):
    clinic.handout(TEXT + "\nA new line.\n", "one")
    assert states(clinic) == {("one", "connect"): False, ("one", "charlotte"): False, ("two", "connect"): True, ("two", "charlotte"): True}


@pytest.mark.parametrize(
    "path",
    ["content/facts.yml", "content/brands/connect/brand.yml", "content/brands/connect/logo.svg", "templates/booklet.css",
     "content/images/room.svg", "content/project.yml"],
)  # fmt: skip
def test_every_input_counts(clinic, path):
    file = clinic.root / path
    file.write_bytes(file.read_bytes() + (b"\n" if path.endswith((".svg", ".css")) else b"\n# a remark\n"))
    assert not states(clinic)["one", "connect"]
    kept = contents(clinic)
    states(clinic, "--fresh")
    assert contents(clinic) == kept


@pytest.mark.parametrize(("path", "name"), [("content/art/a.svg", "art/a.svg"), ("art/a.svg", "../art/a.svg"),
                                            ("content/brands/charlotte/a.svg", "brands/charlotte/a.svg")])  # fmt: skip
def test_a_picture_counts_wherever_it_lies(clinic, path, name):
    picture = clinic.write(path, (ROOT / "content/images/room.svg").read_bytes())
    clinic.handout(TEXT.replace("images/room.svg", name), "one")
    states(clinic)
    assert states(clinic)["one", "connect"]
    picture.write_bytes(picture.read_bytes() + b"\n")
    assert not states(clinic)["one", "connect"]


def test_the_date_counts(clinic, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert not any(states(clinic).values())


def test_a_touched_file_is_no_change(clinic):
    for path in (clinic.root / "content").rglob("*"):
        os.utime(path, (1, 1))
    assert all(states(clinic).values())


def test_a_lost_or_altered_file_is_made_again(clinic):
    first, second, *_ = clinic.files()
    good = contents(clinic)
    first.unlink()
    second.write_bytes(second.read_bytes()[:-9])
    states(clinic)
    assert contents(clinic) == good


def test_a_failed_card_is_tried_again(tmp_path):
    project = Project(tmp_path / "clinic")
    front = "---\ntitle: Cards\nreviewed: 2025-03-08\nformats: [cards]\n---\n"
    project.handout("\n## Good {.step}\n\nShort.\n\n## Long {.step}\n\n" + "Many words on one card. " * 300 + "\n", "cards", front=front)
    for _ in range(2):
        out = project.run("build", "--brand", "connect")
        assert out.code == 1
        assert "too long" in out.err


def test_a_dry_run_makes_nothing(tmp_path):
    project = Project(tmp_path / "clinic")
    project.handout(TEXT.replace("![A room](images/room.svg)", ""), "one")
    out = project.run("build", "--dry-run")
    assert out.code == 0
    assert "one (connect, en-US, booklet, letter)" in out.out
    assert not project.files()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_fail_fast_stops_and_keeps_what_is_made(tmp_path, jobs):
    project = Project(tmp_path / "clinic")
    for number in range(8):
        bad = "\n{{ nothing }}\n" if number == 2 else TEXT.replace("![A room](images/room.svg)", "")
        project.handout(bad, f"h{number}")
    out = project.run("build", "--brand", "connect", "--fail-fast", "--jobs", jobs)
    assert out.code == 1
    assert len(project.files()) < 7
    assert 1 <= out.out.count(" booklet ") <= 4  # as they come


def test_pictures_behind_a_linked_folder_count(clinic, tmp_path):
    """A folder of pictures that is a link inside the project: what changes in it is built anew; a loop of links ends."""
    (clinic.root / "pictures").mkdir()
    (clinic.root / "pictures/room.svg").write_bytes((ROOT / "content/images/room.svg").read_bytes())
    (clinic.root / "content/images/linked").symlink_to("../../pictures")
    (clinic.root / "content/images/loop").symlink_to(".")
    clinic.handout(TEXT.replace("images/", "images/linked/"), "one")
    states(clinic)
    assert all(states(clinic).values())
    (clinic.root / "pictures/room.svg").write_bytes((ROOT / "templates/tick.svg").read_bytes())
    assert not states(clinic)["one", "connect"]
