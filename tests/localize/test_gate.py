"""The gate: nothing half English, and nothing damaged, passes unseen; wherever the words come from."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from generator.cli.main import main
from tests.localize.test_catalogs import SIGNED
from tests.projects import ROOT, Project
from tests.tools import structure, text_of

FRONT = "---\ntitle: A short talk\nsubtitle: In few words\nreviewed: 2025-03-08\nformats: [booklet]\n---\n"
BODY = """
Ask one open question.

## Listen first

Then **wait** for [an answer](https://example.org).

!!! say "Spoken here"
    I hear you.

| Head one | Head two |
|----------|----------|
| cell one | cell **two** |

![A soft chair](images/chair.svg "Sit down here")
"""
WORDS = {
    "A short talk": "Una charla corta", "In few words": "En pocas palabras", "Ask one open question.": "Haga una pregunta abierta.",
    "Listen first": "Primero escuche",
    "Then **wait** for [an answer](https://example.org).": "Luego **espere** [una respuesta](https://example.org).",
    "Spoken here": "Dicho aquí", "I hear you.": "Le oigo.", "Head one": "Uno", "Head two": "Dos", "cell one": "celda una",
    "cell **two**": "celda **dos**", "A soft chair": "Una silla blanda", "Sit down here": "Siéntese aquí",
}  # fmt: skip
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#333"/></svg>'


def made(tmp_path, words=WORDS, extra="", body=BODY):
    project = Project(tmp_path / "clinic")
    project.write("content/images/chair.svg", SVG)
    project.handout(body, "talk", front=FRONT)
    project.write("content/project.yml", f"default_locale: en-US\nlocales: [en-US, es]\nbrands: [connect]\n{extra}")
    project.write("content/locales/es/facts.po", (ROOT / "content/locales/es/facts.po").read_bytes())
    catalog(project, "talk", words)
    return project


def catalog(project, name, words, header=SIGNED):
    text = f'msgid ""\nmsgstr ""\n{header}'
    for source, translation in words.items():
        text += f"\nmsgid {json.dumps(source, ensure_ascii=False)}\nmsgstr {json.dumps(translation, ensure_ascii=False)}\n"
    return project.write(f"content/locales/es/{name}.po", text)


def without(*texts):
    return {source: translation for source, translation in WORDS.items() if source not in texts}


def pages(project):
    return next(p for p in project.files() if "/es/" in p.as_posix())


@pytest.mark.parametrize(
    ("source", "translation", "message"),
    [
        ("cell one", "celda | una", "Markdown reads something else"),
        ("Head two", "Do|s", "Markdown reads something else"),
        ("Spoken here", 'Dicho "aquí"', "Markdown reads something else"),
        ("A soft chair", "Una ] silla", "Markdown reads something else"),
        ("Sit down here", 'Siéntese "aquí"', "Markdown reads something else"),
        ("Ask one open question.", "- Haga una pregunta", "Markdown reads something else"),
        ("Ask one open question.", "1. Haga una pregunta", "Markdown reads something else"),
        ("Ask one open question.", "Haga una pregunta {: .card-only }", "the attribute list {: .card-only } is not in the source"),
        ("Listen first", "Primero {.booklet-only}", "the attribute list {.booklet-only} is not in the source"),
        ("Ask one open question.", "Haga una [pregunta](#a){: .card-only }.", "is not in the source"),
        ("Ask one open question.", "Haga <!-- una --> pregunta.", "the comment <!-- una --> is not in the source"),
        ("Ask one open question.", "Haga <!-- una pregunta.", "the comment <!-- una pregunta. is not in the source"),
        ("Ask one open question.", "\u200b", "no words are left"),
        ("cell one", "\u2060\u3164&#8203;", "no words are left"),
        ("Then **wait** for [an answer](https://example.org).", "Luego **espere** [\u200b](https://example.org).", "has lost its words"),
        ("Listen first", "# Primero", "Markdown reads something else"),
        ("Ask one open question.", "---", "no words are left"),
        ("Ask one open question.", "Haga.\n\nUna.", "line breaks"),
        ("Ask one open question.", "Haga {{ una", "{{ stands without its other half"),
        ("Ask one open question.", "Haga {% if una", "{% stands without its other half"),
        ("Ask one open question.", "Haga {{ brand.name }} una", "is not in the source"),
        ("Ask one open question.", "Haga <b una", "the tag <b is not closed"),
        ("Ask one open question.", "Haga <b>una</b>", "the tag"),
        ("Ask one open question.", "Haga _una pregunta", "_ stands without its pair"),
        ("Ask one open question.", "!!! note Haga una pregunta.", "Markdown reads something else"),
        ("Ask one open question.", "##Haga una pregunta.", "Markdown reads something else"),
        ("Ask one open question.", "Haga una en https://example.org/es.", "the address https://example.org/es is not in the source"),
        ("Ask one open question.", "Escriba a ana@example.org.", "the address ana@example.org is not in the source"),
        ("Ask one open question.", "Haga una preg\ufffdnta.", "U+FFFD is no letter"),
        ("Ask one open question.", "Haga una pregunta.\ue0f00\ue0f1", "U+E0F0 is no letter"),
        ("Ask one open question.", "\u202eHaga una pregunta.", "U+202E stands without its pair"),
        ("Ask one open question.", "Haga \u2066una\u202c pregunta.", "U+202C stands without its pair"),
        ("A short talk", "Una **charla** corta", "** would be printed"),
        ("In few words", "En [pocas](https://example.org) palabras", "is not in the source"),
        ("A short talk", "Una {{ charla }}", "is not in the source"),
        ("Then **wait** for [an answer](https://example.org).", "Luego ** espere ** [una](https://example.org).", "** stands without"),
        ("Then **wait** for [an answer](https://example.org).", "Luego **espere** [una].", "lost its target"),
        ("Then **wait** for [an answer](https://example.org).", "**Luego** [a](https://example.org) [b](https://example.org)", "link target"),
    ],
)
def test_damage_is_told_where_the_translator_wrote_it(tmp_path, source, translation, message):
    project = made(tmp_path, {**WORDS, source: translation})
    out = project.run("build", "--locale", "es")
    assert out.code == 1
    assert message in out.err
    lines = (project.root / "content/locales/es/talk.po").read_text(encoding="utf-8").splitlines()
    assert f"content/locales/es/talk.po:{lines.index(f'msgid {json.dumps(source)}') + 1}:" in out.err
    assert "hint:" in out.err
    assert not project.files()


@pytest.mark.parametrize(
    "hidden",
    ["Llame <!-- {} --> ahora.", "Llame <!-- {} ahora.", "Llame <? {} ?> ahora.", 'Llame [ahora](#a "{}").', "Llame ![{}](images/chair.svg)."],
)
def test_a_number_cannot_vanish_behind_what_nobody_reads(tmp_path, hidden):
    number = '{{ hotline("ndvh").phone }}'
    source = f"Call {number} [now](#a)." if "(#a" in hidden else f"Call {number} now."
    source += " ![](images/chair.svg)" if "chair" in hidden else ""
    project = made(tmp_path, {**WORDS, source: hidden.format(number)}, body=BODY + "\n" + source + "\n")
    out = project.run("build", "--locale", "es")
    assert out.code == 1, out.err
    assert "in the translation of “Call" in out.err
    assert not project.files()


def test_all_damage_is_listed_at_once(tmp_path):
    out = made(tmp_path, {**WORDS, "Listen first": "**Primero", "cell one": "`celda"}).run("build", "--locale", "es")
    assert "** stands without its pair in the translation of “Listen first”" in out.err
    assert "` stands without its pair in the translation of “cell one”" in out.err


def test_spaces_at_the_ends_do_no_harm(tmp_path):
    project = made(tmp_path, {**WORDS, "Ask one open question.": "    Haga una pregunta.  "})
    assert project.run("build", "--locale", "es").code == 0
    assert "P 'Haga una pregunta.'" in structure(pages(project))


def test_the_words_of_the_facts_are_refused_too(tmp_path):
    project = made(tmp_path)
    path = project.root / "content/locales/es/facts.po"
    path.write_text(path.read_text(encoding="utf-8").replace('msgstr "parejas"', 'msgstr ""'), encoding="utf-8")
    out = project.run("build", "--locale", "es")
    assert out.code == 1
    line = next(n for n, text in enumerate((project.root / "content/brands/connect/brand.yml").read_text().splitlines(), 1)
                if "audience: couples" in text)  # fmt: skip
    assert f"content/brands/connect/brand.yml:{line}: missing: “couples”" in out.err


def test_the_words_of_the_templates_are_refused_too(tmp_path):
    project = made(tmp_path)
    (project.root / "content/locales/es").rename(project.root / "content/locales/nl")
    project.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, nl]\nbrands: [connect]\n")
    out = project.run("build", "--locale", "nl")
    assert out.code == 1
    assert "are not translated into nl" in out.err
    assert "missing: “My notes”" in out.err
    assert "templates/booklet.html:" in out.err
    assert not project.files()


def test_a_projects_own_words_stand_over_those_of_the_program(tmp_path):
    project = made(tmp_path)
    catalog(project, "interface", {"My notes": "Apuntes míos", "Contents": ""})
    assert project.run("build", "--locale", "es").code == 0
    assert "Apuntes míos" in text_of(pages(project))
    assert "Dónde encontrarnos" in text_of(pages(project))
    catalog(project, "interface", {"My notes": "Apuntes", "%(city)s, %(state)s": "%(ciudad)s, %(state)s"})
    out = project.run("build", "--locale", "es")
    assert out.code == 1
    assert "the placeholder %(city)s is lost" in out.err


@pytest.mark.parametrize("policy", ["mark", "source"])
def test_everything_that_is_not_translated_is_tagged(tmp_path, policy):
    project = made(tmp_path, {"Head one": "Uno"}, f"incomplete: {{es: {policy}}}\n", BODY + "\n## Then\n\nGo on.\n")
    path = project.root / "content/locales/es/facts.po"
    path.write_text(path.read_text(encoding="utf-8").replace('msgstr "Carolina\u00a0del\u00a0Norte"', 'msgstr ""'), encoding="utf-8")
    out = project.run("build", "--locale", "es")
    assert out.code == 0
    assert "15 messages stand in the source language for es" in out.err
    tree = structure(pages(project))
    for line in ("H1 lang='en-US' 'A short talk'", "P lang='en-US' 'In few words'", "P lang='en-US' 'Ask one open question.'",
                 "H2 lang='en-US' 'Listen first'",
                 "Link lang='en-US' 'Listen first", "P lang='en-US' 'Spoken here'", "P lang='en-US' 'I hear you.'",
                 "TH Scope=Column 'Uno'", "TH lang='en-US' Scope=Column 'Head two'", "TD lang='en-US' 'cell two'",
                 "Figure lang='en-US' alt='A soft chair'", "Span lang='en-US' 'North Carolina'", "TH lang='en-US' Scope=Row 'North Carolina'",
                 "H2 'Dónde encontrarnos'", "H2 'En este folleto'"):  # fmt: skip
        assert line in tree, line


def test_a_caption_keeps_its_language_beside_an_untranslated_alternative(tmp_path):
    project = made(tmp_path, without("A soft chair"), "incomplete: {es: mark}\n")
    assert project.run("build", "--locale", "es").code == 0
    assert "Caption lang='es' 'Siéntese aquí'" in structure(pages(project))


@pytest.mark.parametrize("name", ["facts", "interface", "Facts"])
def test_no_handout_takes_the_name_of_another_catalog(tmp_path, name):
    project = made(tmp_path)
    project.handout(BODY, name, front=FRONT.replace("A short talk", "Another"))
    out = project.run("build", "--locale", "en-US")
    assert out.code == 1
    assert f'no handout may be called "{name}"' in out.err


def test_a_folder_that_is_no_locale_is_noticed(tmp_path):
    project = made(tmp_path)
    project.write("content/locales/es_MX/talk.po", 'msgid "a"\nmsgstr "b"\n')
    assert 'the folder "es_MX" is named for no locale' in project.run("build", "--locale", "es").err


def test_half_a_review_is_none(tmp_path):
    project = made(tmp_path)
    catalog(project, "talk", WORDS, '"X-Reviewed-By: Ana\\n"\n')
    out = project.run("build", "--locale", "es")
    assert "lacks its day" in out.err
    assert "Traducción provisional" in text_of(pages(project))


@pytest.mark.parametrize(("day", "message"), [("9999-12-31", "is still to come"), ("8 March", "is not a date")])
def test_a_review_on_no_day_that_was(tmp_path, day, message):
    project = made(tmp_path)
    catalog(project, "talk", WORDS, f'"X-Reviewed-By: Ana\\n"\n"X-Reviewed: {day}\\n"\n')
    out = project.run("build", "--locale", "es")
    assert out.code == 1
    assert "content/locales/es/talk.po:" in out.err
    assert f'"{day}" in the catalog\'s header {message}' in out.err


def test_an_english_build_reads_no_catalog(tmp_path):
    project = made(tmp_path)
    project.write("content/locales/es/talk.po", "broken")
    assert project.run("build", "--locale", "en-US").code == 0


@pytest.mark.parametrize("begun", [False, True])
def test_a_handout_that_nobody_has_translated_is_told_once_with_all_locales_and_ways_out(tmp_path, begun):
    project = Project(tmp_path)
    project.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, es, fr]\nbrands: [connect]\n")
    project.handout("\n".join(f"\nParagraph {name} of many.\n" for name in "abcdefgh"), "new")
    if begun:
        assert project.run("translate", "update").code == 0
    out = project.run("build")
    assert out.code == 1
    assert out.err.count("error:") == 1
    assert "content/handouts/new.md:2:8: error: this handout is not translated into es and fr\n" in out.err
    for way in ("write locales: [en-US] in its front matter", "run handouts translate update and fill in content/locales/es/new.po, ",
                "write incomplete: {es: mark, fr: mark} in content/project.yml"):  # fmt: skip
        assert way in out.err
    assert out.err.count("missing:") == 0
    assert [e["message"] for e in project.run("build", "--json").data["errors"]] == ["this handout is not translated into es and fr"]
    assert "translate update --locale fr and" in project.run("build", "--locale", "fr").err


def test_of_many_missing_blocks_the_first_are_named_and_status_has_them_all(tmp_path):
    project = Project(tmp_path)
    project.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, es]\nbrands: [connect]\n")
    project.handout("\n".join(f"\nParagraph {name} of many.\n" for name in "abcdefgh"), "new")
    assert project.run("translate", "update", "--locale", "es").code == 0
    catalog = project.root / "content/locales/es/new.po"
    catalog.write_text(catalog.read_text().replace('"Title of new"\nmsgstr ""', '"Title of new"\nmsgstr "Nuevo"'), encoding="utf-8")
    out = project.run("build", "--locale", "es")
    assert out.err.count(": missing: “") == 3
    assert "more; handouts translate status --locale es shows them" in out.err
    told = project.run("translate", "status", "--locale", "es").out
    for number, name in enumerate("abcdefgh"):
        assert f"content/handouts/new.md:{7 + 3 * number}:1: missing: “Paragraph {name} of many.”" in told
    assert "missing: “" not in project.run("translate", "status").out


def test_catalogs_that_came_with_a_project_bear_its_own_name(tmp_path):
    root = tmp_path / "clinic"
    assert CliRunner().invoke(main, ["init", str(root)]).exit_code == 0
    brand = root / "content/brands/connect/brand.yml"
    brand.write_text(brand.read_text().replace("Connect Couples Therapy", "Lake Side Practice"), encoding="utf-8")
    project = root / "content/project.yml"
    project.write_text(project.read_text().replace("es, fr, vi, zh-Hans, ar, ru, hi, th", "es"), encoding="utf-8")
    done = CliRunner().invoke(main, ["translate", "update", "--project", str(root)])
    assert done.exit_code == 0, done.output
    for name in ("facts", "when-your-partner-is-not-ready"):
        text = (root / f"content/locales/es/{name}.po").read_text(encoding="utf-8")
        assert text.startswith("# Texts of Lake Side Practice.\n")
        assert '"Project-Id-Version: Lake Side Practice 1\\n"' in text
    assert (root / "content/locales/es/interface.po").read_text(encoding="utf-8").startswith("# Texts of handouts.\n")
