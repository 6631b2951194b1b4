"""Translators' files: extracted, merged, gated, reviewed; and what is wrong with them."""

from __future__ import annotations

import json
from datetime import date

import pypdfium2
import pytest
from babel.messages.pofile import read_po

from generator.localize import habits
from generator.localize.interface import Interface
from tests.projects import ROOT, Project
from tests.tools import structure, text_of

FRONT = "---\ntitle: A short talk\nreviewed: 2025-03-08\nformats: [booklet]\n---\n"
BODY = "\nAsk one open question.\n\n## Listen first\n\nThen **wait** for [an answer](https://example.org).\n"
TRANSLATED = {
    "A short talk": "Una charla corta", "Ask one open question.": "Haga una pregunta abierta.", "Listen first": "Primero escuche",
    "Then **wait** for [an answer](https://example.org).": "Luego **espere** [una respuesta](https://example.org).",
}  # fmt: skip
SIGNED = '"reviewed_by: Ana\\n"\n"reviewed: 2025-03-08\\n"\n'


@pytest.fixture
def clinic(tmp_path):
    project = Project(tmp_path / "clinic")
    project.handout(BODY, "talk", front=FRONT)
    configure(project)
    facts(project)
    return project


def facts(project, *, signed=False):
    """Write the words of the facts, as they ship."""
    text = (ROOT / "content/locales/es/facts.po").read_text(encoding="utf-8")
    if signed:
        text = text.replace('"Language: es\\n"\n', '"Language: es\\n"\n' + SIGNED)
    return project.write("content/locales/es/facts.po", text)


def configure(project, extra=""):
    project.write("content/project.yml", f"default_locale: en-US\nlocales: [en-US, es]\nbrands: [connect]\n{extra}")


def translate(project, words=TRANSLATED, header="", **raw):
    """Write the catalog of the handout."""
    text = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n{header}'
    for source, translation in words.items():
        text += f'\n{raw.get("flags", "")}msgid {json.dumps(source, ensure_ascii=False)}\nmsgstr {json.dumps(translation, ensure_ascii=False)}\n'
    return project.write("content/locales/es/talk.po", text)


def booklet(project):
    return next(p for p in project.files() if "/es/" in p.as_posix())


def test_a_whole_translation_is_built(clinic):
    translate(clinic)
    assert clinic.run("build", "--locale", "es").code == 0
    text = text_of(booklet(clinic))
    for words in ("Una charla corta", "Haga una pregunta abierta.", "Primero escuche", "Traducción provisional", "Dónde encontrarnos"):
        assert words in text
    assert "open question" not in text


def test_a_reviewed_translation_is_no_draft(clinic):
    clinic.handout(BODY, "talk", front=FRONT.replace("formats", "requires: []\nformats"))
    translate(clinic, header=SIGNED.replace("reviewed_by", "X-Reviewed-By").replace("reviewed:", "X-Reviewed:"))
    out = clinic.run("build", "--locale", "es")
    assert "nobody has reviewed the words of hotlines" in out.err
    assert "provisional" in text_of(booklet(clinic))  # the words of the facts stand on every page too
    facts(clinic, signed=True)
    assert clinic.run("build", "--locale", "es").err == ""
    assert "provisional" not in text_of(booklet(clinic))
    row = clinic.run("translate", "status", "--json").data[0]
    assert (row["reviewed_by"], row["reviewed"], row["translated"], row["missing"]) == ("Ana", "2025-03-08", 4, 0)


def test_every_page_of_a_draft_says_so(clinic):
    translate(clinic)
    clinic.handout(BODY + "\n## Ask {.step}\n\nMore.\n", "talk", front=FRONT.replace("[booklet]", "[booklet, cards]"))
    translate(clinic, {**TRANSLATED, "Ask": "Pregunte", "More.": "Más."})
    assert clinic.run("build", "--locale", "es").code == 0
    for path in clinic.files():
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
        assert all("Traducción provisional" in page for page in pages), path.name


def test_refuse_lists_every_block(clinic):
    words = dict(TRANSLATED)
    del words["Listen first"], words["Ask one open question."]
    translate(clinic, {**words, "Ask an open question.": "Haga una pregunta."})
    out = clinic.run("build")
    assert out.code == 1
    assert "2 messages are not translated into es" in out.err
    assert "content/handouts/talk.md:7: stale: “Ask one open question.”" in out.err
    assert "content/handouts/talk.md:9: missing: “Listen first”" in out.err
    assert [p for p in clinic.files() if "/en-US/" in p.as_posix()]  # the source's own language is built
    assert not [p for p in clinic.files() if "/es/" in p.as_posix()]


def test_a_fuzzy_message_is_stale(clinic):
    translate(clinic, flags="#, fuzzy\n")
    out = clinic.run("build", "--locale", "es")
    assert out.code == 1
    assert out.err.count("stale:") == 4


def test_mark_tags_the_block_with_its_own_language(clinic):
    words = dict(TRANSLATED)
    del words["Ask one open question."]
    translate(clinic, words)
    configure(clinic, "incomplete: {es: mark}\n")
    assert clinic.run("build", "--locale", "es").code == 0
    tree = structure(booklet(clinic))
    assert [line for line in tree.splitlines() if "lang='en-US'" in line and "open question" in line]
    assert "Primero escuche" in text_of(booklet(clinic))


def test_source_shows_it_unmarked(clinic):
    translate(clinic, {"A short talk": "Una charla corta"})
    configure(clinic, "incomplete: {es: source}\n")
    assert clinic.run("build", "--locale", "es").code == 0
    assert "Ask one open question." in text_of(booklet(clinic))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({**TRANSLATED, "Listen first": "**Primero escuche"}, "** stands without its pair"),
        ({**TRANSLATED, "Then **wait** for [an answer](https://example.org).": "Luego **espere** una respuesta"}, "the link target"),
    ],
)
def test_damage_is_an_error_at_the_catalogs_line(clinic, words, message):
    path = translate(clinic, words)
    out = clinic.run("build", "--locale", "es")
    assert out.code == 1
    assert message in out.err
    source = next(s for s, t in words.items() if TRANSLATED[s] != t)
    line = path.read_text(encoding="utf-8").splitlines().index(f"msgid {json.dumps(source)}") + 1
    assert f"content/locales/es/talk.po:{line}:" in out.err
    assert not clinic.files()


def test_a_copy_of_the_source_is_noticed(clinic):
    translate(clinic, {**TRANSLATED, "Ask one open question.": "Ask one open question."})
    out = clinic.run("build", "--locale", "es")
    assert out.code == 0
    assert "translated by its own source" in out.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b'msgid "a"\nmsgstr "b\n', "syntax"),
        (b'msgid "Listen first"\nmsgstr "a"\n\nmsgid "Listen first"\nmsgstr "b"\n', "twice"),
        ('msgid "a"\nmsgstr "ñ"\n'.encode("latin-1"), "not UTF-8"),
        (b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=ISO-8859-1\\n"\n', "charset"),
        (b'msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', "msgid stands where it cannot"),
        (b'msgid "a"\n', "no msgstr"),
        (b'msgstr "a"\n', "msgstr stands where it cannot"),
        (b'"a"\n', "belongs to no message"),
        (b'msgid "a"\nmsgstr "b"\nmsgstr "c"\n', "msgstr stands where it cannot"),
        (b'msgid ""\nmsgstr "reviewed: last week\\n"\n', "not a date"),
    ],
)
def test_a_broken_catalog_is_an_error_with_its_line(clinic, text, message):
    clinic.write("content/locales/es/talk.po", text)
    out = clinic.run("build", "--locale", "es")
    assert out.code == 1
    assert "content/locales/es/talk.po:" in out.err
    assert message in out.err


def test_a_locale_that_does_not_exist(clinic):
    clinic.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, xq]\nbrands: [connect]\n")
    out = clinic.run("build", "--locale", "xq")
    assert out.code == 1
    assert 'there is no locale "xq"' in out.err


def test_a_catalog_of_a_handout_that_is_gone(clinic):
    translate(clinic)
    clinic.write("content/locales/es/gone.po", 'msgid "a"\nmsgstr "b"\n')
    out = clinic.run("build", "--locale", "es")
    assert "content/locales/es/gone.po" in out.err


def test_every_interface_catalog_is_whole():
    from generator.localize.checks import fault
    from generator.markup.words import words_of

    wanted = {text for text, _, _ in words_of((ROOT / "templates",))}
    folders = sorted(p for p in (ROOT / "content" / "locales").iterdir() if p.is_dir())
    assert len(folders) == 32
    for folder in folders:
        found = read_po((folder / "interface.po").read_text(encoding="utf-8").splitlines(keepends=True))
        words = {str(m.id): str(m.string) for m in found if m.id}
        assert set(words) == wanted, folder.name
        assert all(words.values())
        assert not [(k, v) for k, v in words.items() if fault(k, v)], folder.name


# -- habits


@pytest.mark.parametrize(
    ("locale", "written"),
    [("en-US", "March 8, 2025"), ("en-GB", "8 March 2025"), ("es", "8 de marzo de 2025"), ("de", "8. März 2025"), ("ja", "2025年3月8日"),
     ("fa", "۱۸ اسفند ۱۴۰۳"), ("bn", "৮ মার্চ, ২০২৫"), ("th", "8 มีนาคม 2568")],
)
def test_dates_and_digits(locale, written):
    assert Interface(locale).date(date(2025, 3, 8)) == written


def test_order_and_lists():
    assert habits.in_order("es", ["Ñandú", "Zorro", "Nube", "Oso"], str) == ["Nube", "Ñandú", "Oso", "Zorro"]
    assert habits.join("es", ["a", "b", "c"]) == "a, b y c"
    assert habits.join("en", ["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(("locale", "served"), [("zh-TW", "zh-Hant"), ("zh-CN", "zh-Hans"), ("pt", "pt-BR"), ("es-MX", "es"), ("fil", "tl")])
def test_a_near_locale_is_served(locale, served):
    assert served in habits.chain(locale)


def test_a_locale_in_other_letters_is_not_served():
    assert habits.chain("sr-Latn-RS") == ["sr-Latn-RS", "sr-Latn"]
    assert habits.chain("sr-Cyrl") == ["sr-Cyrl", "sr"]
    assert habits.chain("zh-Hant-TW") == ["zh-Hant-TW", "zh-Hant", "zh"]
    assert not habits.same_language("sr-Latn", "sr")
    assert habits.same_language("uz-Latn", "uz")


@pytest.mark.parametrize(("locale", "paper"), [("en-US", "letter"), ("en-GB", "a4"), ("es", "letter"), ("es-ES", "a4"), ("fr-CA", "letter")])
def test_paper_follows_the_region(tmp_path, locale, paper):
    project = Project(tmp_path / "clinic")
    project.handout(BODY, "talk", front=FRONT)
    project.write("content/project.yml", f"default_locale: {locale}\nlocales: [{locale}]\nbrands: [connect]\nregion: US\n")
    assert project.run("build").code == 0
    assert [p.name for p in project.files()] == [f"booklet-{paper}.pdf"]


def test_quotation_marks_follow_the_locale(tmp_path):
    project = Project(tmp_path / "clinic")
    project.handout('\nEr sagt: "Ja, \'gern\'."\n', "talk", front=FRONT)
    project.write("content/project.yml", "default_locale: de\nlocales: [de]\nbrands: [connect]\n")
    assert project.run("build").code == 0
    assert "„Ja, ‚gern‘.“" in text_of(project.files()[0])


def test_a_hotline_in_another_language_says_so(tmp_path):
    text = text_of_safety(tmp_path, "es", "")
    assert "En inglés" in text  # NAMI
    text = text_of_safety(tmp_path, "vi", "")
    assert "Vietnamese, please" in text


def test_no_hotline_for_a_language_fails_the_requirement(tmp_path):
    states = (ROOT / "content/facts.yml").read_text(encoding="utf-8").partition("\nstates:")[2]
    line = "id: one, name: One Line, phone: 1-800-555-0100, verified: 2025-03-08, languages: [en], regions: [US]"
    facts = f"states:{states}\nhotlines:\n  - {{{line}}}\n"
    out = safety(tmp_path, "fr", "", facts)
    assert out.code == 1
    assert "no hotline serves readers of fr in US" in out.err
    assert safety(tmp_path, "fr", "hotlines: {fr: [one]}\n", facts).code == 0


def safety(tmp_path, locale, extra, facts=None):
    project = Project(tmp_path / f"clinic-{locale}-{len(extra)}")
    front = FRONT.replace("formats:", "requires: [safety]\nformats:")
    project.handout("\nText.\n\n!!! safety\n    {{ hotline_list() }}\n\n## A section\n\nMore.\n", "talk", front=front)
    project.write("content/project.yml", f"default_locale: {locale}\nlocales: [{locale}]\nbrands: [connect]\nregion: US\n{extra}")
    if facts:
        project.write("content/facts.yml", facts)
    out = project.run("build")
    out.project = project
    return out


def text_of_safety(tmp_path, locale, extra):
    out = safety(tmp_path, locale, extra)
    assert out.code == 0, out.err
    return text_of(out.project.files()[0])
