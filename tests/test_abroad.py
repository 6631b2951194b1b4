"""A practice whose own language is not English: its numbers, what its hotlines speak, its boxes, judged on the finished pages."""

from __future__ import annotations

import pypdfium2
import pytest
from lxml import html

from generator.localize.interface import Interface
from generator.markup.unbroken import Unbroken
from tests.projects import Project
from tests.tools import text_of

FRONT = "---\ntitle: Dormir bien\nreviewed: 2025-03-08\nrequires: [safety]\nformats: [booklet, cards]\n{more}---\n"
BODY = "\nTexto.\n\n!!! safety\n    {{ hotline_list() }}\n\n## Un paso {.step}\n\nMás.\n"
HOTLINE = "  - {{id: {id}, name: {id}, phone: {phone}, verified: 2025-03-08, languages: [{languages}]{more}}}\n"
STATES = "states: {AZ: Arizona, FL: Florida, NC: North Carolina, SC: South Carolina, TN: Tennessee, TX: Texas}\n"


def clinic(tmp_path, settings, *hotlines, body=BODY, more=""):
    project = Project(tmp_path / "clinica")
    project.write("content/project.yml", f"brands: [connect]\nregion: ES\n{settings}\n")
    project.write("content/facts.yml", "hotlines:\n" + "".join(hotlines) + STATES)
    project.handout(body, "dormir", front=FRONT.format(more=more))
    return project


def made(project, *arguments):
    outcome = project.build(*arguments)
    assert outcome.code == 0, outcome.err
    return outcome


def digits_from_the_left(path, page):
    """Give the digits of each line as an eye meets them, from left to right."""
    with pypdfium2.PdfDocument(path) as document:
        text = document[range(len(document))[page]].get_textpage()
        lines: dict[int, list[tuple[float, str]]] = {}
        for index in range(text.count_chars()):
            if (letter := text.get_text_range(index, 1)).isdigit():
                left, bottom, _, _ = text.get_charbox(index)
                lines.setdefault(round(bottom / 4), []).append((left, letter))
        return ["".join(letter for _, letter in sorted(line)) for line in lines.values()]


def test_the_number_of_a_practice_keeps_its_groups_on_an_arabic_page(tmp_path):
    project = clinic(tmp_path, "default_locale: ar\nlocales: [ar]", HOTLINE.format(id="one", phone='"016"', languages="ar", more=", card: true"))
    path = project.root / "content/brands/connect/brand.yml"
    path.write_text(path.read_text().replace("handouts:\n", "handouts:\n  phone: 910 000 123\n"))
    made(project)
    card = next(p for p in project.files() if p.name.startswith("step"))
    booklet = next(p for p in project.files() if p.name.startswith("booklet"))
    assert any("910000123" in line for line in digits_from_the_left(card, 0))
    assert any("910000123" in line for line in digits_from_the_left(booklet, -1))


@pytest.mark.parametrize(("locale", "spoken", "said", "wrong"), [
    ("en", "es", "Spanish", "In English"),
    ("zh-Hans", "es", "西班牙语", "英语"),
    ("en", "es, ca", "Spanish and Catalan", "In English"),
    ("zh-Hans", "es, en", "英语", "西班牙语"),
])  # fmt: skip
def test_a_hotline_is_said_to_speak_what_it_speaks(tmp_path, locale, spoken, said, wrong):
    settings = f"default_locale: es\nlocales: [es, {locale}]\nincomplete: {{{locale}: source}}\nhotlines: {{{locale}: [one]}}"
    project = clinic(tmp_path, settings, HOTLINE.format(id="one", phone="717 003 718", languages=spoken, more=""))
    made(project, "--locale", locale, "--format", "booklet")
    text = text_of(project.files()[0])
    assert said in text
    assert wrong not in text


def test_who_asks_for_an_interpreter_asks_in_the_language_that_is_spoken_there(tmp_path):
    settings = "default_locale: es\nlocales: [es, en]\nincomplete: {en: source}"
    project = clinic(tmp_path, settings, HOTLINE.format(id="one", phone="717 003 718", languages="es", more=", interpreters: true"))
    made(project, "--locale", "en", "--format", "booklet")
    text = text_of(project.files()[0])
    assert "Spanish: “inglés”" in text
    assert "say in English" not in text


@pytest.mark.parametrize(("region", "text", "links"), [
    ("ES", "Llame al 910 12 34 56 o al 612 345 678.", ["tel:+34-910-12-34-56", "tel:+34-612-34-56-78"]),
    ("ES", "En 2024 2025 hubo 10 000 000 casos y 3 000 más.", []),
    ("PT", "Ligue 213 456 789.", ["tel:+351-21-345-6789"]),
    ("GB", "Room 20 7833 0151 is none, 020 7833 0151 is one.", ["tel:+44-20-7833-0151"]),
    ("NO", "20 000 000 kroner", []),
])  # fmt: skip
def test_numbers_of_countries_that_put_no_0_in_front(region, text, links):
    tree = html.fragment_fromstring(f"<p>{text}</p>")
    Unbroken([], [Interface("en-GB", None)], region).apply(tree)
    assert tree.xpath("//a/@href") == links
    assert tree.text_content() == text


@pytest.mark.parametrize("locale", ["en", "ar", "qps-ploc"])
def test_a_box_that_is_called_in_the_language_of_the_content_is_one_in_every_language(tmp_path, locale):
    body = BODY.replace("Texto.", "Texto.\n\n!!! nota\n    Uno.\n\n!!! advertencia\n    Dos.")
    settings = "default_locale: es\nlocales: [es, en, ar]\nincomplete: {en: source, ar: source}"
    project = clinic(tmp_path, settings, HOTLINE.format(id="one", phone="717 003 718", languages="es, en, ar", more=""), body=body)
    outcome = made(project, "--locale", locale, "--format", "booklet")
    assert "there is no box" not in outcome.err
    shown = {"en": ("Note", "Warning"), "ar": ("ملاحظة", "تحذير")}.get(locale, ())
    text = text_of(project.files()[0])
    assert all(title in text for title in shown)
