"""Boxes of other programs that are none: told at their line, never printed without a word; and in good time."""

from __future__ import annotations

import time

import pytest

from generator.project.kinds import mistyped
from generator.project.source import source_of
from generator.project.typed import as_meant
from tests.projects import PLAIN, Project
from tests.tools import text_of


def meant(tmp_path, text):
    lines, notices = as_meant(source_of(tmp_path, "x.md", text), 0)
    return lines, [(n.position.line, n.position.column, n.message.split("“")[1].split("”")[0]) for n in notices]


@pytest.mark.parametrize(("text", "told"), [
    ("Text.\n\n::: tip\nNever closed.", [(3, 1, "::: tip")]),
    ("Text.\n\n:::\n\nMore.", [(3, 1, ":::")]),
    ("> ::: tip\n> Quoted.\n> :::", [(1, 3, "::: tip"), (3, 3, ":::")]),
    ("- ::: tip\n  In an item.\n  :::", [(1, 3, "::: tip"), (3, 3, ":::")]),
    ('> === "Adults"\n>     Two a day.', [(1, 3, '=== "Adults"')]),
    ("??? note\nRight below.", [(1, 1, "??? note")]),
    ("??? really, what\n\nWho says ::: this?\n\n    ::: code\n\n```\n:::\n```\n\nTitle\n===", []),
])  # fmt: skip
def test_what_is_no_block_is_told_where_it_stands(tmp_path, text, told):
    assert meant(tmp_path, text) == (text, told)


@pytest.mark.parametrize(("typed", "wanted"), [
    ("- Item\n\n  ::: tip\nLazy words.\n  :::", "- Item\n\n  !!! tip\n      Lazy words.\n"),
    ("  ::: tip\n Half as deep.\n  :::", "  !!! tip\n      Half as deep.\n"),
])  # fmt: skip
def test_what_stands_less_deep_than_its_box_loses_no_letter(tmp_path, typed, wanted):
    assert meant(tmp_path, typed) == (wanted, [])


@pytest.mark.parametrize(("kind", "near"), [("sey", "say"), ("imprtnt", "important"), ("wraning", "warning"), ("savety", "safety"),
                                            ("nota", "note"), ("saying", ""), ("nuts", ""), ("portent", "")])  # fmt: skip
def test_a_slip_is_told_from_another_word(kind, near):
    """One letter in a short word, two in a long one."""
    assert mistyped(kind) == near


def test_two_prices_far_apart_are_no_formula(tmp_path):
    text = "\n".join(["$$", *["Words."] * 61, "$$"])
    assert meant(tmp_path, text) == (text, [])
    assert as_meant(source_of(tmp_path, "x.md", text.replace("Words.\n", "", 1)), 0)[0].count("```") == 2


@pytest.mark.parametrize(("typed", "title"), [
    ('::: tip Ask "why"\nText.\n:::', 'Ask "why"'),
    ('::: tip "Ask why"\nText.\n:::', "Ask why"),
    ("::: tip „Frag“ nach\nText.\n:::", "„Frag“ nach"),
    ("::: tip  Ask why  {#id .wide} \nText.\n:::", "Ask why"),
    ("::: tip[ Ask why ]{open=yes}\nText.\n:::", "Ask why"),
    ("```{tip}  Ask why \nText.\n```", "Ask why"),
])  # fmt: skip
def test_a_title_is_whole(tmp_path, typed, title):
    assert meant(tmp_path, typed) == (f'!!! tip "{title}"\n    Text.\n', [])


def test_a_title_with_a_quotation_is_printed_whole(tmp_path):
    project = Project(tmp_path / "clinic")
    project.handout("\n::: tip Ask “why”\nText.\n:::\n", "one", front=PLAIN.format(title="One"))
    outcome = project.build("one", "--strict")
    assert outcome.code == 0, outcome.err
    assert "Ask “why”" in text_of(project.files()[0])


@pytest.mark.parametrize("text", [
    "\n".join(["::: tip"] * 3000 + ["Text."] + [":::"] * 3000),
    "::: a [b]" + " " * 30_000 + "{",
], ids=["deep", "spaces"])  # fmt: skip
def test_no_text_takes_for_ever(tmp_path, text):
    """Took a minute and more; now parts of a second."""
    begun = time.process_time()
    as_meant(source_of(tmp_path, "x.md", text), 0)
    assert time.process_time() - begun < 8
