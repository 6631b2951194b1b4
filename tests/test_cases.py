"""Golden cases: a Markdown file and the structure tree that it becomes. `--refresh` writes the trees anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import ROOT, Project
from tests.tools import structure

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.stem)
def test_structure(case, tmp_path, request, verapdf):
    project = Project(tmp_path / "clinic")
    project.write("content/images/room.svg", (ROOT / "content/images/room.svg").read_bytes())
    project.write("content/handouts/case.md", case.read_bytes())
    outcome = project.build("case", "--format", "booklet")
    assert outcome.code == 0, outcome.err
    (made,) = project.files()
    tree = structure(made)
    expected = case.with_suffix(".txt")
    if request.config.getoption("--refresh"):
        expected.write_text(tree, encoding="utf-8")
    assert tree == expected.read_text(encoding="utf-8")
    verapdf([made])
