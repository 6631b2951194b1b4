"""How locales write: marks, digits, dates, telephone numbers; which locales there are; which hotlines serve a reader."""

from __future__ import annotations

from datetime import date

import pytest

from generator.localize import habits, locales, phones
from generator.localize.interface import Interface
from generator.markup.conversion import converter
from tests.projects import ROOT, Project
from tests.tools import structure, text_of

DAY = date(2025, 3, 8)
SHIPPED = sorted(p.name for p in (ROOT / "content" / "locales").iterdir() if p.is_dir())


@pytest.mark.parametrize(
    ("locale", "typed", "set_as"),
    [
        ("de", "\"Sie rief 'komm' und ging.\" Das ist's.", "„Sie rief ‚komm‘ und ging.“ Das ist’s."),
        ("fr", "Il dit \"elle crie 'viens'\" ! C'est : oui.", "Il dit «\u202felle crie “viens”\u202f»\u202f! C’est\u00a0: oui."),
        ("zh-Hans", "他说\"你好，我叫'小明'。\"然后走了。", "他说“你好，我叫‘小明’。”然后走了。"),
        ("ja", "彼は\"今日は'元気'だ\"と言った。", "彼は「今日は『元気』だ」と言った。"),
        ("ar", 'قال "نعم" و"لا".', "قال «نعم» و«لا»."),
        ("es-MX", '"*Sí*", dijo', "“<em>Sí</em>”, dijo"),
        ("es-US", '"*Sí*", dijo', "“<em>Sí</em>”, dijo"),  # as es, whose catalogs it shares
        ("pl", '"Tak"', "„Tak”"),
        ("et", '"Jah"', "„Jah“"),
        ("it", "dell'\"altro\"", "dell’«altro»"),
    ],
)
def test_quotation_marks(locale, typed, set_as):
    assert converter(Interface(locale, {})).convert(typed) == f"<p>{set_as}</p>"


@pytest.mark.parametrize(
    ("locale", "written"),
    [("en", "2025"), ("ar-EG", "٢٠٢٥"), ("ar-MA", "2025"), ("fa", "۲۰۲۵"), ("ne", "२०२५"), ("bn", "২০২৫"), ("hi", "2025")],
)
def test_digits(locale, written):
    assert habits.number(locale, 2025) == written


@pytest.mark.parametrize("locale", SHIPPED)
def test_a_date_as_it_is_written_is_known_in_a_text(locale):
    import re

    written = habits.long_date(locale, DAY)
    assert written in [m[0] for form in habits.dates(locale) for m in re.finditer(form, f"x {written} x")]
    assert not any(re.search(form, "3 / 12, 5 + 7") for form in habits.dates(locale))


def test_spaces_beside_marks_of_the_templates_words():
    from generator.localize.stage import interface_words

    words = interface_words(ROOT, (ROOT / "content" / "locales",), "fr")
    assert words["What I want to say first, and when:"].endswith("quand\u00a0:")
    assert "chez vous\u202f?" in words["Afraid at home? Call %(phone)s, day or night."]


def test_haitian_creole_is_not_french():
    assert habits.long_date("ht", DAY) == "8 mas 2025"
    assert habits.join("ht", ["a", "b", "c"]) == "a, b ak c"


@pytest.mark.parametrize(
    ("typed", "region", "link", "written"),
    [
        ("1-800-799-7233", "US", "+1-800-799-7233", "1-800-799-7233"),
        ("+18007997233", "CA", "+1-800-799-7233", "1-800-799-7233"),
        ("1-800-799-7233", "GB", "+1-800-799-7233", "1-800-799-7233"),
        ("+442078330151", "GB", "+44-20-7833-0151", "020 7833 0151"),
        ("+442078330151", "US", "+44-20-7833-0151", "+44 20 7833 0151"),
        ("01 42 34 56 78", "FR", "+33-1-42-34-56-78", "01 42 34 56 78"),
        ("911", "US", "911", "911"),
        ("116 123", "GB", "116123", "116 123"),
    ],
)
def test_telephone_numbers(typed, region, link, written):
    assert phones.tel(typed, region) == link
    assert phones.written(typed, region) == written


@pytest.mark.parametrize(("locale", "there"), [("es", True), ("zh-Hans", True), ("en-GB", True), ("es-419", True), ("qps-ploc", True),
                                               ("xq", False), ("fr-XX", False), ("jp", False), ("zh-Hanz", False)])  # fmt: skip
def test_which_locales_there_are(locale, there):
    assert locales.exists(locale) is there


@pytest.mark.parametrize(("typed", "meant"), [("jp", "ja (Japanese)"), ("cn", "zh (Chinese)"), ("sp", "es (Spanish)"),
                                              ("zh-Hanz", "zh (Chinese)"), ("xq", "")])  # fmt: skip
def test_the_locale_that_was_meant(typed, meant):
    assert locales.near(typed) == meant


def test_a_locale_that_does_not_exist_is_shown_where_it_stands(tmp_path):
    project = clinic(tmp_path, "en-US", "", locales="en-US, jp")
    out = project.build("--locale", "jp")
    assert "content/project.yml:2:18: error: there is no locale" in out.err
    assert "did you mean ja (Japanese)?" in out.err
    assert out.err.count("there is no locale") == 1


def test_an_english_build_needs_neither_babel_nor_phonenumbers(tmp_path):
    import subprocess
    import sys

    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom generator.cli.main import main\n"
        f"r = CliRunner().invoke(main, ['build', '--project', {str(ROOT)!r}, '--output', sys.argv[1], '--locale', 'en-US', '--jobs', '1'])\n"
        "assert r.exit_code == 0, r.output\nprint([n for n in ('babel', 'phonenumbers', 'pyphen') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# -- hotlines

FRONT = "---\ntitle: A talk\nreviewed: 2025-03-08\nrequires: [safety]\nformats: [booklet, cards]\n---\n"
BODY = "\nText.\n\n!!! safety\n    {{ hotline_list() }}\n\n## A step {.step}\n\nMore.\n"


def clinic(tmp_path, locale, hotlines, *, locales="", extra=""):
    project = Project(tmp_path / "clinic")
    project.handout(BODY, "talk", front=FRONT)
    project.write("content/project.yml", f"default_locale: {locale}\nlocales: [{locales or locale}]\nbrands: [connect]\n{extra}")
    if hotlines:
        facts = (ROOT / "content" / "facts.yml").read_text(encoding="utf-8")
        rows = "\n".join(f"  - {{{line}, verified: 2025-03-08}}" for line in hotlines)
        project.write("content/facts.yml", f"hotlines:\n{rows}\nstates:{facts.partition(chr(10) + 'states:')[2]}")
    return project


def shown(project, kind):
    return next(p for p in project.files() if p.name.startswith(kind))


def test_hotlines_are_those_of_the_readers_region(tmp_path):
    project = clinic(tmp_path, "en-GB", ['id: us, name: American Line, phone: "+18007997233", regions: [US]',
                                         'id: gb, name: British Line, phone: "+448082000247", regions: [GB]',
                                         "id: all, name: Samaritans, phone: 116 123"])  # fmt: skip
    assert project.build().code == 0
    tree = structure(shown(project, "booklet"))
    assert "Link '0808 200 0247 -> tel:+44-808-200-0247" in tree
    assert "Link '116 123 -> tel:116123" in tree
    assert "American" not in tree


def test_no_hotline_in_a_region_fails_the_requirement(tmp_path):
    project = clinic(tmp_path, "en-GB", ["id: us, name: American Line, phone: 1-800-799-7233, regions: [US]"])
    out = project.build()
    assert out.code == 1
    assert "no hotline serves readers of en-GB in GB" in out.err


def test_a_card_names_a_hotline_that_speaks_the_language(tmp_path):
    project = clinic(tmp_path, "es", ["id: en, name: English Line, phone: 1-800-555-0100, card: true, languages: [en]",
                                      "id: es, name: Spanish Line, phone: 1-800-555-0199, languages: [es]"])  # fmt: skip
    assert project.build().code == 0
    card = text_of(shown(project, "step"))
    assert "1-800-555-0199" in card
    assert "1-800-555-0100" not in card


@pytest.mark.parametrize(
    ("line", "extra", "message"),
    [
        ("id: one, name: One, phone: 1-800-555-0100, languages: [spanish]", "", 'facts.yml:2:60: error: "spanish" is no code'),
        ("id: one, name: One, phone: 1-800-555-0100, regions: [usa]", "", '"usa" is no code'),
        ("id: one, name: One, phone: 1-800-555-0100", "hotlines: {es: [onne]}\n", 'there is no hotline "onne"'),
    ],
)
def test_mistyped_codes_and_names_are_errors(tmp_path, line, extra, message):
    out = clinic(tmp_path, "es", [line], extra=extra).build()
    assert out.code
    assert message in out.err
