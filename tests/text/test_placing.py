"""Where the pieces of a line stand: indents from either side, hyphens, raised words, spaces after a forced end."""

from __future__ import annotations

import re
from itertools import pairwise

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


ARABIC = "كل كتاب في البيت يقرأ بهدوء كل مساء، ثم نتحدث عنه معا قبل النوم ساعة أو أقل من ذلك"


def glyph_spans(line):
    """Give each letter and space of a line with where it is drawn, from its show string: the advances and what is between them."""
    spans = []
    for piece in line.pieces:
        x, shown = piece.x, re.sub(rb"\\([rn])", lambda m: {b"r": b"\r", b"n": b"\n"}[m[1]], piece.show)
        words = {cid: text for word in piece.words for cid, text in word.cids.items()}
        for string, gap in re.findall(rb"\(((?:[^\\()]|\\[\s\S])*)\)|(-?[\d.]+)", shown):
            if gap:
                x -= float(gap) * piece.size / 1000
                continue
            raw = re.sub(rb"\\([\\()])", rb"\1", string)
            for high, low in zip(raw[::2], raw[1::2], strict=True):
                cid = high << 8 | low
                width = piece.face.advance(cid) * piece.size / 1000
                spans.append((words[cid], x, x + width, piece.reversed))
                x += width
    return spans


@pytest.mark.parametrize("align", ["start", "justify"])
@pytest.mark.parametrize("text", [ARABIC, HEBREW])
def test_words_from_the_right_have_their_spaces_to_their_left(text, align):
    style = BODY._replace(lang="ar" if text is ARABIC else "he")
    made = SETTER.set([Span(text, style)], Setting(rtl=True, align=align, wrap="normal"), 150)
    assert len(made) > 2
    assert "".join(w.text for line in made for p in line.pieces for w in p.words) == text  # with the space at the end of each line
    for line in made:
        spans = sorted(glyph_spans(line), key=lambda s: -s[2])
        read = "".join(text[::-1] if len(text) > 1 else text for text, *_ in spans)  # from the right; a code's text stands reversed
        assert read.strip() == "".join(w.text for p in line.pieces for w in p.words).strip()
        assert all(back for *_, back in spans)
        inked = [s for s in spans if s[0] != " "]
        assert max(s[2] for s in inked) == pytest.approx(150, abs=0.05)
        assert all(b[1] < a[2] + 0.05 for a, b in pairwise(spans))


def test_text_from_the_left_keeps_its_order_in_a_paragraph_from_the_right_and_the_other_way_round():
    right = SETTER.set([Span("שלום Connect Couples Therapy כאן", BODY._replace(lang="he"))], Setting(rtl=True, wrap="normal"), 400)[0]
    latin = [p for p in right.pieces if not p.reversed and p.width]
    assert ["".join(w.text for w in p.words).strip() for p in latin] == ["Connect Couples Therapy"]
    left = SETTER.set([Span("One שלום לכם two", BODY)], Setting(wrap="normal"), 400)[0]
    places = {"".join(w.text for w in p.words).strip(): p.x for p in left.pieces if p.width}
    assert places["One"] < places["לכם"] < places["שלום"] < places["two"]


def test_an_emoji_before_arabic_counts_as_one_character():
    text = "✅😀 كتاب"
    line = SETTER.set([Span(text, BODY._replace(lang="ar"))], Setting(rtl=True, wrap="normal"), 300)[0]
    assert "".join(w.text for p in line.pieces for w in p.words) == text
    assert [p.reversed for p in line.pieces if "كتاب" in "".join(w.text for w in p.words)] == [True]


def test_words_from_the_right_in_a_paragraph_from_the_left_stand_from_the_right():
    (line,) = SETTER.set([Span("שלום לכולם כאן", BODY._replace(lang="he"))], Setting(wrap="normal"), 400)
    places = {"".join(w.text for w in p.words).strip(): p.x for p in line.pieces if p.width}
    assert places["שלום"] > places["לכולם"] > places["כאן"] == pytest.approx(0, abs=0.01)


def test_emoji_before_a_word_from_the_right_move_no_direction():
    (line,) = SETTER.set([Span("😀😀 كتاب book", BODY._replace(lang="ar"))], Setting(wrap="normal"), 400)
    found = [("".join(w.text for w in p.words).strip(), p.reversed) for p in line.pieces]
    assert [(words, back) for words, back in found if words.strip("😀")] == [("كتاب", True), ("book", False)]


def test_letters_are_shaped_in_their_own_script():
    (line,) = SETTER.set([Span("كتاب", BODY._replace(lang="ar"))], Setting(rtl=True, wrap="normal"), 400)
    (piece,) = line.pieces
    assert piece.words[0].cids == piece.face.word("كتاب", "Arab", "ar", rtl=True).cids
    assert piece.words[0].cids != piece.face.word("كتاب", "Latn", "ar", rtl=True).cids


def test_a_soft_hyphen_is_drawn_in_any_script():
    made = SETTER.set([Span("Достопри\u00adмечатель\u00adность здесь", BODY._replace(lang="ru"))], Setting(wrap="normal"), 75)
    assert [line.pieces[-1].words[-1].text for line in made[:2]] == ["\u00ad", "\u00ad"]
