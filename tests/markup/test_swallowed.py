"""HTML that nothing ends: no text behind it is lost, and the tag is told where it stands."""

from __future__ import annotations

import pytest

from tests.projects import PLAIN, Project
from tests.tools import text_of


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "clinic")


def built(project, text):
    project.handout(f"\n{text}\n\n## The end\n\nLast words.\n", "one", front=PLAIN.format(title="One"))
    return project.build("one")


@pytest.mark.parametrize(("text", "where", "tag"), [
    ("Before.\n\n<div>\n\n<div>\n\nInside.\n\nAfter.", "12:1", "div"),
    ("Before.\n\n<section>\n\n<section>\n\nInside.\n\n<section>\n\nMore.", "12:1", "section"),
    ("Before.\n\n<div>\n\n<p>One <b>word</b>\n\n<p>Two <b>words</b>\n\n</div>\n\nAfter.", "12:1", "p"),
])  # fmt: skip
def test_text_behind_a_tag_without_an_end_is_not_lost(project, text, where, tag):
    """Python-Markdown gives nothing of all that follows, and the page would look as if it was meant so."""
    outcome = built(project, text)
    assert outcome.code == 1
    assert outcome.err.startswith(f"content/handouts/one.md:{where}: error: a <{tag}> is opened here and has no end")
    assert f"write </{tag}> where it ends" in outcome.err


@pytest.mark.parametrize("text", [
    "<div>\n\n## Inside\n\n“Quoted.”\n\n</div>\n\n<pre>\nCode.\n\nMore.\n</pre>\n\n<!-- a note\n\nNothing.\n\n-->\n\nAfter.",
    "<details>\n<summary>More</summary>\n\nInside.\n\n<div>\n\nTerm\n\n:   Meaning\n\n</div>\n\n</details>\n\na | b\n--|--\n1 | 2\n\nAfter.",
    "<div>\n\nInside.\n\n```\n<div>\n```\n\n<p>One\n\n</div>\n\nAfter.",
    "Text <b>bold</b>[^1].\n\n[^1]: Note.\n\n    More.\n\n*[HTML]: Language\n\nHTML.\n\nHead\n----\n\nAfter.",
])  # fmt: skip
def test_what_is_closed_is_all_there(project, text):
    outcome = built(project, text)
    assert outcome.code == 0, outcome.err
    found = text_of(project.files()[0])
    assert "After." in found
    assert "Last words." in found


@pytest.mark.parametrize(("text", "where"), [
    ("Before.\n\n<div>Well.</div>\n\n> <div>\n>\n> Inside.\n\nAfter.\n\n<div>Well.</div>", "12:3"),
    ("Before.\n\n!!! note\n    <div>\n\n    Inside.\n\nAfter.\n\n<div>Well.</div>", "11:5"),
    ("> Before.\n>\n> <div>\n>\n> Inside.\n\nAfter.", "10:3"),
])  # fmt: skip
def test_a_block_that_is_open_where_what_holds_it_ends_is_told_at_its_own_line(project, text, where):
    """What holds it has the line of its first words, which stand behind the tag."""
    outcome = built(project, text)
    assert outcome.code == 1
    assert f"content/handouts/one.md:{where}: error: a <div> is opened here and has no end" in outcome.err
