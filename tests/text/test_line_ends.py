"""Where lines end well, and how full-width signs stand: what a typographer of the language would mark in the proofs."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise

import pypdfium2
import pytest

from generator.text.breaking import icu_breaks, inner_breaks, phrase_breaks
from generator.text.catalogue import FontCatalogue
from generator.text.shelf import StyleShelf
from generator.text.types import Setting, Span, TextStyle
from generator.text.typesetter import Typesetter
from tests.projects import Project

FAMILIES = ("Atkinson Hyperlegible",)
CATALOGUE = FontCatalogue()
SETTER = Typesetter(CATALOGUE)
CHINESE = "几乎总是有原因的。知道了原因，您就能回应真正的担心。在第一次谈话里，您唯一要做的就是倾听。把建议留到另一天。"
RUSSIAN = "Выберите тихое время, когда вы чувствуете близость, а не разгар ссоры. Вместе с партнёром и с другом к вам в дом придёт покой."
ENGLISH = "I hear that a walk is a good way to begin a hard talk, and I worry less when I have a friend beside me on a long day."

COUNTED = "Nothing has to be done at once: take 24 hours and a walk of 30 minutes each day for 3 weeks, then talk."


def lines(text, width, lang="en", setting=None, **options):
    return SETTER.set([Span(text, TextStyle(FAMILIES, lang=lang), **options)], setting or Setting(), width)


def ends(text, lang):
    return [text[:b] for b in icu_breaks(text, lang) if b < len(text)]


# -- Chinese and Japanese


@pytest.mark.parametrize("wrap", ["pretty", "balance"])
def test_a_chinese_paragraph_ends_in_three_characters_at_least(wrap):
    for size in range(len(CHINESE) - 30):
        text = CHINESE[size:]
        for width in (110, 160, 230):
            made = lines(text, width, "zh-Hans", Setting(wrap=wrap))
            assert len(made) == 1 or sum(c.isalnum() for c in made[-1].text) >= 3, (text, width)


def test_a_thai_paragraph_does_not_end_in_one_short_word():
    text = "ถามก่อนที่จะอธิบายคู่ของคุณอาจมีเหตุผลที่คุณยังไม่เคยได้ยินในการคุยครั้งแรกนี้หน้าที่เดียวของคุณคือฟัง"
    for width in range(120, 300, 9):
        assert sum(c.isalnum() for c in lines(text, width, "th")[-1].text) >= 6, width


@pytest.mark.parametrize(("text", "halves"), [("说：“好”", 1), ("好。”说", 1), ("（好）。「是」", 2), ("好，是", 0), ("好“是”好", 0)])
def test_signs_side_by_side_give_up_their_empty_halves(text, halves):
    line = lines(f"我{text}我", 500, "zh-Hans")[0]
    assert line.width == pytest.approx(12 * (len(text) + 2) - 6 * halves)
    assert line.text == f"我{text}我"


def test_a_space_behind_a_full_width_sign_is_not_set_as_well():
    assert lines("日夜均可。 如需口译", 500, "zh-Hans")[0].width == lines("日夜均可。如需口译", 500, "zh-Hans")[0].width
    assert lines("NAMI 热线", 500, "zh-Hans")[0].width > lines("NAMI热线", 500, "zh-Hans")[0].width


def test_a_sign_gives_up_its_empty_half_at_the_ends_of_a_line():
    made = lines("“我怀念我们一起笑的时候。”“好”", 63, "zh-Hans", Setting(wrap="normal"))
    assert [line.text for line in made] == ["“我怀念我", "们一起笑", "的时候。”", "“好”"]
    assert [line.width for line in made] == pytest.approx([54, 48, 48, 24])
    assert lines("他们说：好", 42, "zh-Hans", Setting(wrap="normal"))[0].width == pytest.approx(42)  # fits, for it is trimmed


def test_a_sign_in_the_middle_of_its_square_keeps_it():
    line = lines("好。」是", 500, "zh-Hant")[0]
    assert line.width == pytest.approx(48)
    assert lines("ええ：「はい」", 500, "ja")[0].width == pytest.approx(12 * 7 - 6 - 6)  # the opening one, and the end of the line


def test_signs_that_are_narrow_stay_as_they_are():
    style = TextStyle(FAMILIES, lang="ja")
    assert StyleShelf(style, CATALOGUE).half("“", "Hani") is None
    assert StyleShelf(style, CATALOGUE).half("「", "Hani").width == pytest.approx(6)


def test_titles_end_lines_between_words():
    title = "当伴侣还没\u2060准备\u2060好接受心理治疗"
    made = lines(title, 160, "zh-Hans", Setting(wrap="balance", phrases=True))
    assert [line.text for line in made] == ["当伴侣还没准备好", "接受心理治疗"]
    made = lines("对其他办法保持开放", 60, "zh-Hans", Setting(wrap="balance", phrases=True))
    assert [line.text for line in made] == ["对其他办法", "保持开放"]


def test_japanese_particles_stay_with_their_words():
    text = "パートナーの準備ができる"
    assert not {text.index("の"), text.index("が")} & phrase_breaks(text, "ja")
    assert text.index("準") in phrase_breaks(text, "ja")
    assert phrase_breaks("any other", "en") is None


# -- signs and hyphens that hold


@pytest.mark.parametrize("text", ["ค่อย ๆ ห่าง", "บ่อยๆ ครั้ง", "กรุงเทพ ฯ นี้"])
def test_no_thai_line_begins_with_a_sign_of_repetition(text):
    assert len(ends(text, "th")) >= 1
    assert not [at for at in icu_breaks(text, "th") if at < len(text) and text[at] in "ๆฯ"]


@pytest.mark.parametrize(
    ("word", "where"),
    [("что-то", []), ("по-прежнему", []), ("научно-популярный", [7]), ("prenez-le", []), ("pensez-la", []), ("peut-être", [5]),
     ("step-by-step", []), ("well-known", [5]), ("a-t-il", [])],
)  # fmt: skip
def test_lines_end_behind_a_hyphen_between_words_alone(word, where):
    assert [len(text) for text in ends(word, "ru")] == where
    assert inner_breaks(word) == where


def test_a_hyphenated_word_wider_than_its_line_still_breaks():
    assert all(line.width <= 62 for line in lines("по-прежнему по-английски", 62, "ru"))


# -- what leans on the next word


@pytest.mark.parametrize(
    ("text", "lang", "bad", "most"),
    [(RUSSIAN, "ru", "[а-я]", 3), (ENGLISH, "en", "[aI]", 1), (COUNTED, "en", r"\d+", 5)],  # 25, 20 and 13 where it costs nothing
)
def test_few_lines_end_in_one_letter_or_a_number(text, lang, bad, most):
    last = [line.text.split()[-1] for width in range(180, 420, 7) for line in lines(text, width, lang)[:-1]]
    assert len([word for word in last if re.fullmatch(bad, word)]) <= most


def test_titles_do_not_end_a_line_in_a_preposition():
    for width in range(120, 260, 9):
        for line in lines("Когда партнёр не готов к разговору и к терапии", width, "ru", Setting(wrap="balance"))[:-1]:
            assert len(line.text.split()[-1]) > 1, (width, line.text)


def test_the_last_words_of_a_short_paragraph_stay_together():
    for text in ("A counselor who listens checks.", "Say it plainly, only once.", "Ask again when you are well-known."):
        for width in range(90, 180, 5):
            made = lines(text, width)
            assert len(made) == 1 or len(made[-1].text.split()) > 1, (text, width)


def test_what_may_not_break_breaks_at_its_spaces_before_a_word_is_divided():
    made = lines("Paso 3 de 6 · Traducción provisional", 150, "es", nowrap=True)
    assert [line.text.strip() for line in made] == ["Paso 3 de 6 · Traducción", "provisional"]


# -- what is read together


THAI = ("คู่ของคุณปฏิเสธ หรือเงียบไป ทำให้คุณอาจรู้สึกโดดเดี่ยว คู่รักจำนวนมากอยู่ในจุดนี้ และเรื่องส่วนตัวที่ต้องพูดออกมา "
        "สิ่งที่ไม่รู้จักอาจน่ากลัว ฉันหวังว่าเราจะกลับมาใกล้ชิดกัน พูดกันตรงไปตรงมา ในวันนัดคุณต้องอยู่ในรัฐใดรัฐหนึ่งต่อไปนี้")  # fmt: skip
KHMER = "អ្នកអាចមកម្នាក់ឯង ឬអាចមកជាមួយអ្នកដែលរស់នៅជាមួយគ្នា។ ពួកគេក៏អាចមកជាមួយអ្នកដែរ ហើយអ្នកអាចមកពេលណាក៏បាន។"
VIETNAMESE = "Điều đó có thể làm bạn thấy cô đơn. Các chuyên gia có thể giúp bạn lập kế hoạch an toàn, khi bạn chưa sẵn sàng trò chuyện."


@pytest.mark.parametrize(
    ("text", "lang", "torn"),
    [(THAI, "th", "โดด/เดี่ยว รู้/จัก กลับ/มา ตรงไป/ตรงมา ตรงไปตรง/มา รัฐใด/รัฐหนึ่ง"),
     (KHMER, "km", "ម/ក"),
     (VIETNAMESE, "vi", "cô_/đơn an_/toàn kế_/hoạch sẵn_/sàng trò_/chuyện chuyên_/gia")],
)  # fmt: skip
def test_a_word_of_two_syllables_is_not_divided(text, lang, torn):
    for width in range(200, 500, 7):
        made = "/".join(line.text + "_" * (lang == "vi") for line in lines(text, width, lang))
        assert not [word for word in torn.split() if word in made], (width, made)


def test_thai_lines_end_at_spaces_and_not_far_from_the_edge():
    at_spaces = ends = 0
    for width in range(200, 500, 7):
        made = lines(THAI, width, "th")
        ends += len(made) - 1
        at_spaces += sum(f"{one.text} {other.text}" in THAI for one, other in pairwise(made))
        assert all(line.width > 0.7 * width for line in made[:-1]), width
    assert at_spaces > ends * 0.4


@pytest.mark.parametrize(
    ("title", "lang", "width", "expected"),
    [("When your partner is not ready for therapy", "en", 100, "When your partner / is not ready / for therapy"),
     ("Lead by example and report back", "en", 120, "Lead by example / and report back"),
     ("Use your discernment", "en", 100, "Use your / discernment"),
     ("Cuando su pareja no está lista para la terapia", "es", 100, "Cuando su pareja / no está lista / para la terapia"),
     ("Quand votre partenaire n’est pas prêt pour une thérapie", "fr", 140, "Quand votre partenaire / n’est pas prêt / pour une thérapie"),
     ("जब आपका साथी थेरेपी के लिए तैयार न हो", "hi", 120, "जब आपका साथी / थेरेपी के लिए तैयार न हो"),
     ("दूसरे रास्तों के लिए खुले रहिए", "hi", 100, "दूसरे रास्तों के लिए / खुले रहिए"),
     ("พูดตรงไปตรงมาและชัดเจน", "th", 100, "พูดตรงไปตรงมา / และชัดเจน"),
     ("Hãy tin vào nhận định của bạn", "vi", 110, "Hãy tin vào / nhận định của bạn")],
)  # fmt: skip
def test_the_lines_of_a_title_end_by_sense(title, lang, width, expected):
    made = lines(title, width, lang, Setting(wrap="balance", phrases=True))
    assert " / ".join(line.text for line in made) == expected


@pytest.mark.parametrize("title", ["When your partner is not ready for therapy", "Say how it was for you and for them"])
def test_a_title_takes_no_more_lines_for_its_sense(title):
    for width in range(90, 300, 3):
        made, plain = (lines(title, width, "en", Setting(wrap="balance", phrases=phrases)) for phrases in (True, False))
        assert len(made) <= len(plain), (width, [line.text for line in made])


@pytest.mark.parametrize("lang", ["en", "fr", "ru"])
def test_no_line_begins_with_a_dash(lang):
    text = {"ru": "Отказаться от терапии — не то же самое, что отказаться от заботы. Позаботиться о себе — можете. Перерыв — это не всё."}.get(
        lang, "A break is not giving up – it is a rest. Look after yourself — you can. Time apart — some days — does no harm.")
    assert not [w for w in range(90, 400, 5) for line in lines(text, w, lang) if line.text[0] in "—–"]


def test_few_lines_end_behind_the_hyphen_of_a_word():
    text = "Votre partenaire a peut-être une raison, et vous aimez les week-ends légers. Vous n’avez peut-être pas encore tout entendu."
    assert len([w for w in range(150, 420, 5) for line in lines(text, w, "fr")[:-1] if line.text.endswith("-")]) <= 1


# -- bound titles


def pages_of(tmp_path, locale, title, text="Text.", brand="connect"):
    project = Project(tmp_path)
    front = f"---\ntitle: {title}\nreviewed: 2025-03-08\nformats: [booklet]\n---\n"
    project.handout(f"\n{text}\n\n## {title}\n\nMore.\n", "one", front=front)
    project.write("content/project.yml", f"default_locale: {locale}\nlocales: [{locale}]\nbrands: [{brand}]\n")
    assert project.run("build", "--paper", "letter").code == 0
    return next((tmp_path / "output").rglob("*.pdf"))


@pytest.mark.parametrize(
    ("locale", "bound", "plain"),
    [("zh-Hans", "当伴侣还没\u2060准备\u2060好接受心理治疗", "当伴侣还没准备好接受心理治疗"),
     ("vi", "Khi người\u00a0bạn\u00a0đời chưa\u00a0sẵn\u00a0sàng", "Khi người bạn đời chưa sẵn sàng")],
)  # fmt: skip
def test_what_binds_a_title_shows_nowhere(tmp_path, locale, bound, plain):
    made = pages_of(tmp_path, locale, bound)
    document = pypdfium2.PdfDocument(made)
    assert document.get_metadata_dict()["Title"] == plain
    assert plain in [item.get_title() for item in document.get_toc()]
    cover = document[0].get_textpage().get_text_range()
    assert "\u2060" not in cover
    joined = cover.replace("\u00a0", " ").replace(" \r\n", " ").replace("\r\n", "")
    assert plain in joined


def test_text_with_trimmed_signs_is_the_source_text(tmp_path):
    text = "“我不需要”的背后，也许是：“我怕这是我的错。”（您好！）《书》“好。”他说：“试试看，好吗？”"
    made = pages_of(tmp_path, "zh-Hans", "从好奇开始", f"{text}\n\n!!! say\n    {text}\n")
    page = pypdfium2.PdfDocument(made)
    read = "".join(p.get_textpage().get_text_range() for p in page).replace("\r\n", "")
    assert read.count(text) == 2
    poppler = subprocess.run(["pdftotext", str(made), "-"], capture_output=True, text=True, check=True).stdout
    assert poppler.replace("\n", "").count(text) == 2


# -- bullets


@pytest.mark.parametrize("brand", ["connect", "charlotte"])
def test_bullets_look_alike_in_all_languages(tmp_path, brand):
    seen = {}
    for locale, letter in {"en-US": "x", "ru": "х", "zh-Hans": "中", "vi": "x"}.items():
        made = pages_of(tmp_path / locale, locale, "Title", f"- {letter * 3}\n", brand)
        page = pypdfium2.PdfDocument(made)[1].get_textpage()
        text = page.get_text_range()
        _, bottom, _, top = page.get_charbox(next(i for i, c in enumerate(text) if c in "•▪"))
        _, low, _, high = page.get_charbox(text.index(letter))
        seen[locale] = top - bottom
        assert (top + bottom) / 2 == pytest.approx((low + high) / 2, abs=0.8), locale
    assert max(seen.values()) == pytest.approx(min(seen.values()), abs=0.05)
