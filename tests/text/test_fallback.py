"""Which face sets what the text's own face lacks: words whole, signs alone, letters joined over a change of style."""

from __future__ import annotations

import pytest

from generator.text.catalogue import FontCatalogue
from generator.text.types import Setting, Span, TextStyle
from generator.text.typesetter import Typesetter

BODY = TextStyle(("Atkinson Hyperlegible",))


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(FontCatalogue())


def faces(typesetter, text, lang="en", *, rtl=False):
    """Each run with the family that sets it, in reading order."""
    (line,) = typesetter.set([Span(text, BODY._replace(lang=lang))], Setting(rtl=rtl), 500)
    return [("".join(w.text for w in p.words).strip(), p.face.ps_name.partition("-")[0], p.x) for p in line.pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a→b", [("a", "AtkinsonHyperlegible"), ("→", "STIXTwoMath"), ("b", "AtkinsonHyperlegible")]),
        ("tʃɪkən", [("tʃɪkən", "NotoSans")]),  # not a letter of one face after a letter of another
        ("👨‍👩‍👧🇺🇸👍🏽", [("👨‍👩‍👧🇺🇸👍🏽", "NotoEmoji")]),
        ("𝒙", [("𝒙", "STIXTwoMath")]),
        ("𠮷", [("𠮷", "NotoSansJP")]),
    ],
)
def test_what_a_face_lacks_another_sets(typesetter, text, expected):
    assert [(run, face) for run, face, _ in faces(typesetter, text)] == expected


def test_runs_of_a_word_from_right_to_left_keep_their_order(typesetter):
    runs = faces(typesetter, "كتاب✅قلم", "ar", rtl=True)
    assert [run for run, *_ in runs] == ["كتاب", "✅", "قلم"]
    assert runs[0][2] > runs[1][2] > runs[2][2]


def test_a_link_inside_an_arabic_word_does_not_tear_it(typesetter):
    style = BODY._replace(lang="ar")
    (whole,) = typesetter.set([Span("الكتبها", style)], Setting(rtl=True), 500)
    (parted,) = typesetter.set([Span("ال", style, 0), Span("كتب", style, 1), Span("ها", style, 2)], Setting(rtl=True), 500)
    assert parted.width == pytest.approx(whole.width)
    drawn = [cid for p in parted.pieces for w in p.words for cid in w.cids]
    assert set(drawn) == {cid for p in whole.pieces for w in p.words for cid in w.cids}
