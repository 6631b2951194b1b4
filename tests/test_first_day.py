"""What a newcomer stumbles over in the first project: commands and messages. What is typed into a handout: tests/markup/test_typed.py."""

from __future__ import annotations

import pytest

from tests.projects import Project


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "clinic")


def test_a_preview_leaves_personal_copies_out(project):
    project.handout("\nHello {{ client.first_name }}.\n", "visit")
    rows = project.write("clients.csv", "id,first_name\na,Ana\n")
    assert project.build("visit", "--clients", str(rows)).code == 0
    alone = project.run("preview")
    assert alone.code == 2
    assert "there is nothing to show" in alone.err
    assert project.build("visit").code == 0
    both = project.run("preview")
    assert both.code == 0, both.err
    assert both.out.count(".png") == 1
    assert "copies" not in both.out


PDF = (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
       b"3 0 obj<<{}>>endobj\ntrailer<</Root 1 0 R>>")


@pytest.mark.parametrize("data", [
    b"%PDF-1.7 and no more", PDF.replace(b"3 0 R", b"").replace(b"Count 1", b"Count 0"), PDF.replace(b"{}", b"/Type/Nothing"),
    PDF.replace(b"{}", b"/Type/Page/Parent 2 0 R/MediaBox[0 0 1 99999999]"),
])  # fmt: skip
def test_a_preview_names_a_file_that_is_damaged(project, data):
    project.handout("\nHello.\n", "visit")
    assert project.build("visit").code == 0
    project.files()[0].write_bytes(data)
    outcome = project.run("preview")
    assert outcome.code == 1
    assert f"{project.files()[0]}: error: the file is damaged" in outcome.err


def test_a_rebuild_tells_notices_as_the_first_build_did(project):
    project.handout("\nThis ** is left standing.\n", "visit")
    first, again = project.build(), project.build()
    assert "unchanged" in again.out
    assert "content/handouts/visit.md:7:6: notice: Markdown left in the text" in first.err
    assert again.err == first.err
    entry = project.build("--json").data["files"][0]
    assert entry["notices"] == ["content/handouts/visit.md:7:6: Markdown left in the text: **"]
