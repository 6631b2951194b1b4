"""Where the pieces of a line stand: indents from either side, hyphens, raised words, spaces after a forced end."""

from __future__ import annotations

import pytest

from generator.text.catalogue import FontCatalogue
from generator.text.types import Setting, Span, TextStyle
from generator.text.typesetter import Typesetter

SETTER = Typesetter(FontCatalogue())
BODY = TextStyle(("Atkinson Hyperlegible",))
BOLD = TextStyle(("Atkinson Hyperlegible",), 700)
HEBREW = "שלום לכולם כאן ועכשיו ומחר גם אחרי הצהריים עם כל החברים"


def right_edge(line):
    return max(p.x + p.width for p in line.pieces if p.width)


@pytest.mark.parametrize("align", ["start", "right", "justify"])
def test_a_first_line_is_indented_from_the_side_on_which_it_begins(align):
    made = SETTER.set([Span(HEBREW, BODY._replace(lang="he"))], Setting(rtl=True, indent=24.0, align=align), 150)
    assert len(made) > 2
    assert [right_edge(line) for line in made] == pytest.approx([126, *[150] * (len(made) - 1)], abs=0.01)


def test_a_first_line_is_indented_from_the_left_in_english():
    made = SETTER.set([Span("Words that take some lines on a narrow page, or so it seems.", BODY)], Setting(indent=24.0), 150)
    assert [min(p.x for p in line.pieces) for line in made] == pytest.approx([24, *[0] * (len(made) - 1)])


@pytest.mark.parametrize("align", ["right", "justify", "center"])
def test_a_hyphen_is_part_of_its_line(align):
    text = "Extraordinary circumstances notwithstanding, internationally understandable representations"
    made = SETTER.set([Span(text, BODY)], Setting(align=align, hyphens=True, wrap="normal"), 130)
    hyphened = [line for line in made if line.pieces[-1].words[-1].text == "\u00ad"]
    assert hyphened
    for line in hyphened:
        edges = min(p.x for p in line.pieces), right_edge(line)
        assert edges[1] == pytest.approx(150 - 20 if align != "center" else 130 - edges[0], abs=0.05)
        assert line.width == pytest.approx(edges[1] - edges[0], abs=0.05)


@pytest.mark.parametrize("align", ["start", "justify"])
def test_a_raised_word_is_a_piece_of_its_own(align):
    """Also where a caller gives it the number of its neighbours."""
    spans = [Span("as it is said", BODY), Span(" in bold ", BOLD, 1), Span("x", BODY, 2), Span("2", BODY, 2, rise=4.0), Span(" and more", BODY, 2)]
    for width in (400, 90):
        made = [p for line in SETTER.set(spans, Setting(align=align), width) for p in line.pieces]
        assert [("".join(w.text for w in p.words), p.rise) for p in made if p.rise] == [("2", 4.0)]


def test_a_space_after_a_forced_end_is_not_drawn():
    first, second = SETTER.set([Span("one ", BODY, 0), Span("bold\n", BOLD, 1), Span(" two", BODY, 2)], Setting(), 400)
    assert {p.tag for p in first.pieces} == {0, 1}
    assert [w.text for p in second.pieces for w in p.words] == ["two"]
    assert second.pieces[0].x == 0
