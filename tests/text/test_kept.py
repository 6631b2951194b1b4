"""What is kept of a text on its shelf is set again as it was, whatever stands beside it and whatever was set before."""

from __future__ import annotations

import random

import pytest

from generator.text.catalogue import FontCatalogue
from generator.text.types import Setting, Span, TextStyle
from generator.text.typesetter import Typesetter

BODY = TextStyle(("Atkinson Hyperlegible",))
WORDS = {
    "zh-Hans": ("我们", "，", "“你", "好”", "。", "知", "道", " ", "、", "（一）", "Step 3", "！"),
    "ar": ("كتاب", " ", "قلم", "ـ", "، ", "(", "أ", ") ", "1-800", " ", "بيت", "✅"),
    "hi": ("किताब", " ", "में", " ", "क्या", "। ", "“हाँ”", " ", "-", "घर"),
    "th": ("สวัสดี", "ครับ", " ", "ๆ", "ไป", "กลับมา", " ", "3", "บาท"),
    "ru": ("я", " ", "—", " ", "дом", " ", "по-русски", "\u200b", " ", "«да»", "."),
}


def lines(typesetter, spans, setting):
    """Give all that is seen of a paragraph: each piece with its place, its glyphs and its words."""
    made = typesetter.set(spans, setting, 180)
    return [(line.text, line.width, [(p.x, p.width, p.tag, p.size, [w.text for w in p.words]) for p in line.pieces]) for line in made]


@pytest.mark.parametrize("lang", WORDS)
def test_a_paragraph_is_set_alike_first_and_last(lang):
    rng = random.Random(lang)
    style, setting = BODY._replace(lang=lang), Setting(rtl=lang == "ar")

    def paragraph():
        texts = ["".join(rng.choices(WORDS[lang], k=rng.randint(1, 14))) for _ in range(rng.randint(1, 4))]
        return [Span(text, style._replace(weight=rng.choice((400, 400, 700))), tag) for tag, text in enumerate(texts)]

    busy = Typesetter(FontCatalogue())
    paragraphs = [paragraph() for _ in range(150)]
    for spans in paragraphs:
        lines(busy, spans, setting)
    for spans in paragraphs[:40]:
        assert lines(busy, spans, setting) == lines(Typesetter(FontCatalogue()), spans, setting), [s.text for s in spans]


@pytest.mark.parametrize("rtl", [False, True])
def test_nothing_is_set_as_nothing(rtl):
    typesetter = Typesetter(FontCatalogue())
    assert typesetter.set([], Setting(rtl=rtl), 100) == typesetter.set([Span("", BODY)], Setting(rtl=rtl), 100) == ()


def test_the_same_signs_beside_other_letters_share_nothing():
    """A paragraph that begins in English sets full-width signs whole; a Chinese one takes their empty halves out."""
    chinese, signs = BODY._replace(lang="zh-Hans"), "「你好」『朋友』（括号）。"
    first = [Span("Some words: ", BODY, 0), Span(signs, chinese, 1)]
    second = [Span("粗", chinese, 0), Span(signs, chinese, 1)]
    busy = Typesetter(FontCatalogue())
    lines(busy, first, Setting())
    assert lines(busy, second, Setting()) == lines(Typesetter(FontCatalogue()), second, Setting())
    assert lines(busy, first, Setting()) == lines(Typesetter(FontCatalogue()), first, Setting())


@pytest.mark.parametrize("other", [{"rise": 4.0}, {"tag": 3}, {"nowrap": True}])
def test_the_same_words_raised_or_of_another_part_are_not_taken_for_each_other(other):
    style = BODY._replace(lang="hi")
    plain, changed = Span("किताब में घर", style), Span("किताब में घर", style)._replace(**other)
    busy = Typesetter(FontCatalogue())
    for spans in ([plain], [changed], [plain]):
        found = busy.set(spans, Setting(), 180)
        assert [(p.x, p.tag, p.rise) for line in found for p in line.pieces] == [
            (p.x, p.tag, p.rise) for line in Typesetter(FontCatalogue()).set(spans, Setting(), 180) for p in line.pieces
        ]
