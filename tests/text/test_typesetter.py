"""The typographer: lines against brute force, breaks against ICU, text out equals text in."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.text.breaking import icu_breaks, inner_breaks, is_plain
from generator.text.catalogue import FontCatalogue
from generator.text.face import Face
from generator.text.fitting import ragged
from generator.text.lines import visual_order
from generator.text.shelf import MissingGlyph
from generator.text.types import Atom, Setting, Span, TextStyle
from generator.text.typesetter import Typesetter

CATALOGUE = FontCatalogue()
SETTER = Typesetter(CATALOGUE)
BODY = TextStyle(("Atkinson Hyperlegible",))
BOLD = TextStyle(("Atkinson Hyperlegible",), 700)
PLAIN = Setting(wrap="normal")
TEXT = "Ask before you explain. Your partner may have a reason that you have not heard yet. In this first talk you listen."


def lines(text, width, setting=PLAIN, **options):
    return SETTER.set([Span(text, BODY, **options)], setting, width)


def drawn(line) -> str:
    return "".join(w.text for p in line.pieces for w in p.words)


def test_lines_hold_the_text_and_fit():
    made = lines(TEXT, 220)
    assert len(made) > 2
    assert " ".join(line.text for line in made) == TEXT
    assert all(line.width <= 220 for line in made)


@pytest.mark.parametrize("family", ["Noto Sans", "Lexend", "Atkinson Hyperlegible"])
def test_a_box_as_wide_as_its_text_has_one_line(family):
    """Sums of widths are rounded one way where a box is measured and another where it is set."""
    spans = [
        Span("Connect Couples Therapy and Counseling", TextStyle((family,), 600, size=size / 8)) for size in range(64, 300)
    ]
    broken = [
        one.style.size for one in spans if len(SETTER.set([one], Setting(), SETTER.measure([one], Setting())[1] - 1e-9)) > 1
    ]
    assert not broken


@given(
    st.lists(st.sampled_from([1, 2, 33, 34, 68, 73]), min_size=1, max_size=10),
    st.sampled_from([0.05, 0.12, 0.3, 1.0]),
    st.dictionaries(st.integers(1, 8), st.sampled_from([4.0, 60.0, 4000.0, float("inf")]), max_size=3),
)
@example([73, 1, 34], 0.3, {2: 60.0})  # the line with the most slack is the best one
@settings(max_examples=150, deadline=None)
def test_total_fit_is_the_least_raggedness(widths, slack, costs):
    """Of all ways to end lines, whatever the words, the slack that is allowed and what line ends cost."""
    starts, ends, count = [0.0], [0.0], len(widths)
    for width in widths:
        ends.append(starts[-1] + width)
        starts.append(starts[-1] + width + 5)

    def cost(breaks):
        total = 0.0
        for a, b in pairwise(breaks):
            short = 80 - (ends[b] - starts[a])
            if short < 0 or (b < count and short > slack * 80):
                return float("inf")
            total += 0 if b == count else short * short + costs.get(b, 0.0)
        return total

    every = ([0, *c, count] for n in range(count) for c in combinations(range(1, count), n))
    found = ragged(starts, ends, 80, slack * 80, costs, 0)
    assert (float("inf") if found is None else cost(found)) == pytest.approx(min(cost(b) for b in every))


@given(
    st.lists(st.text("abcdefghijklmnopqrstuvwxyzäéñ", min_size=1, max_size=12), min_size=1, max_size=40), st.integers(150, 500)
)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost(words, width):
    made = lines(" ".join(words), width)
    assert " ".join(line.text for line in made).split() == words
    for line in made:
        assert line.width <= width + 0.01 or " " not in line.text


def test_last_words_stay_together():
    for width in range(150, 400, 7):
        made = lines(TEXT, width, Setting(wrap="pretty", tie_words=6))
        assert len(made[-1].text.split()) >= 2, width


def test_balanced_lines_are_even():
    made = lines("When your partner is not ready for therapy", 200, Setting(wrap="balance"))
    widths = [line.width for line in made]
    assert len(made) == len(lines("When your partner is not ready for therapy", 200))
    assert max(widths) - min(widths) < 80


def test_nowrap_holds_and_punctuation_stays():
    spans = [Span("Please call ", BODY, 0), Span("1-800-799-7233", BODY, 1, nowrap=True), Span(", day or night.", BODY, 2)]
    for width in range(100, 260, 5):
        text = [line.text for line in SETTER.set(spans, PLAIN, width)]
        assert sum("1-800-799-7233," in t for t in text) == 1, text


def test_a_word_across_spans_is_not_torn():
    spans = [Span("unbe", BODY, 0), Span("liev", BOLD, 1), Span("able things happen here", BODY, 2)]
    for width in range(80, 200, 5):
        assert any("unbelievable" in line.text for line in SETTER.set(spans, PLAIN, width))


def test_soft_hyphen_is_drawn_only_where_it_breaks_and_reads_as_one():
    text = "extra\u00adordinary words"
    wide, narrow = lines(text, 400), lines(text, 50)
    assert drawn(wide[0]).replace(" ", "") == "extraordinarywords"
    assert drawn(narrow[0]).strip() == "extra\u00ad"
    assert drawn(narrow[1]).strip() == "ordinary"


def test_broken_lines_end_in_a_space_for_copying():
    made = lines(TEXT, 200)
    assert all(drawn(line).endswith(" ") or line.pieces[-1].words[-1].text == " " for line in made[:-1])
    assert made[-1].pieces[-1].words[-1].text != " "


def test_ligatures_read_as_their_letters():
    face = Face(CATALOGUE.select("Source Serif 4", 400, 12, italic=False))
    word = face.word("office")
    assert "".join(word.cids.values()).count("f") == 2
    assert set("".join(word.cids.values())) == set("office")


def test_missing_glyph_names_the_character():
    with pytest.raises(MissingGlyph) as caught:
        lines("A rune \u16a0", 300)
    assert "U+16A0" in caught.value.message
    assert "RUNIC" in caught.value.message


def test_fallback_takes_another_face_for_one_word():
    (line,) = lines("alpha αβγ omega", 400)
    assert len({p.face.ps_name for p in line.pieces}) == 2


def test_a_narrow_space_leaves_its_words_in_their_face():
    style = TextStyle(("Lexend",))
    own = SETTER.set([Span("a", style)], PLAIN, 400)[0].pieces[0].face.ps_name
    (line,) = SETTER.set([Span("dit «\u202foui\u202f»\u202f!", style)], PLAIN, 400)
    assert line.text == "dit «\u202foui\u202f»\u202f!"
    assert {p.face.ps_name for p in line.pieces for w in p.words if w.text.strip()} == {own}


def test_justified_lines_fill_the_measure():
    made = lines(TEXT * 3, 300, Setting(align="justify"))
    assert all(abs(line.width - 300) < 0.01 for line in made[:-1])
    assert made[-1].width < 300


@pytest.mark.parametrize(("align", "x"), [("start", 0), ("end", 100), ("center", 50)])
def test_alignment(align, x):
    (line,) = SETTER.set([Atom(100)], Setting(align=align), 200)
    assert line.pieces[0].x == pytest.approx(x)


@pytest.mark.parametrize("word", ["self-care", "and/or", "word—word", "1-800", "2-3", "e-mail", "pre–war"])
def test_plain_breaks_are_those_of_icu(word):
    assert is_plain(word)
    assert inner_breaks(word) == [b for b in icu_breaks(word, "en") if b < len(word)]


@pytest.mark.parametrize("text", ["สวัสดีครับคุณเป็นอย่างไร", "សួស្តីអ្នកសុខសប្បាយទេ"])
def test_dictionary_breaks(text):
    assert len(icu_breaks(text, "th")) > 2


def test_breaks_beyond_the_basic_plane():
    assert icu_breaks("a 😀 b", "en") == [2, 4, 5]


def test_visual_order():
    assert visual_order([0, 0, 1, 1, 0]) == [0, 1, 3, 2, 4]
    assert visual_order([1, 2, 2, 1]) == [3, 1, 2, 0]


def test_an_isolate_goes_on_behind_a_forced_break():
    """The full stop of a sentence that is read from the right is read from the right with it, and stands to its left."""
    arabic = TextStyle(("Atkinson Hyperlegible",), lang="ar")
    last = SETTER.set([Span("One:", BODY), Span("\u2067\n\u0646\u0639\u0645.\u2069", arabic)], PLAIN, 300)[-1]
    assert last.text == "\u0646\u0639\u0645."
    assert [(piece.reversed, "".join(w.text for w in piece.words)) for piece in last.pieces] == [(True, last.text)]


def test_subset_draws_what_was_shaped():
    face = Face(CATALOGUE.select("Lexend", 600, 20, italic=False))
    word = face.word("Curious")
    program = face.subset(word.cids)
    assert program.kind == "glyf"
    assert set(program.gids) == set(word.cids)
    assert len(program.data) < 20_000


@pytest.mark.parametrize("text", ["やってみる", "パーティー", "ちょっと"])
def test_no_small_kana_begins_a_line(text):
    """Kinsoku: neither small letters nor the mark that lengthens a vowel (JIS X 4051)."""
    assert not [at for at in icu_breaks(text, "ja") if at < len(text) and text[at] in "ゃゅょっャュョッー"]
