"""What translators have, merged with new texts: nothing of theirs is lost, and their programs find it as they left it."""

from __future__ import annotations

import pytest
from babel.messages.pofile import read_po

from generator.localize.merging import begun, merged, same, written
from generator.localize.po import blocks
from generator.localize.templates import Wanted, template
from tests.localize.test_catalogs import TRANSLATED, clinic  # noqa: F401 - a fixture
from tests.projects import ROOT

WEBLATE = r"""# Spanish translation.
# Ana <ana@example.org>, 2025.
#
msgid ""
msgstr ""
"Project-Id-Version: Clinic\n"
"Report-Msgid-Bugs-To: \n"
"POT-Creation-Date: 2025-01-01 10:00+0000\n"
"PO-Revision-Date: 2025-01-02 10:00+0000\n"
"Language-Team: Spanish <https://hosted.weblate.org/projects/clinic/handouts/"
"es/>\n"
"Language: es\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=n != 1;\n"
"X-Generator: Weblate 5.4\n"
"X-Poedit-Basepath: ../..\n"

# A remark of the translator that is rather long and goes on and on beyond the seventy-ninth column of it
#. paragraph
#: content/handouts/a.md:3
#, no-wrap, max-length:300
msgid "Keep this."
msgstr ""
"Guarde esto, una frase bastante larga que Poedit parte en la columna setenta "
"y nueve y no donde Babel."

#. paragraph
#: content/handouts/a.md:3
#, fuzzy, python-format
#| msgid "A very old text of %(n)s words that was "
#| "here before"
msgid "A text of %(n)s words that is here now"
msgstr "Un texto viejo de %(n)s palabras"

#. paragraph
#: content/handouts/a.md:3
msgid "one day"
msgid_plural "%(n)s days"
msgstr[0] "un día"
msgstr[1] "%(n)s días"

# why
#, fuzzy
#~| msgid "older"
#~ msgid "An old text that is wrapped by somebody else than Babel at a column of "
#~ "their own"
#~ msgstr "Un texto viejo"
"""
TEXTS = ("Keep this.", "A text of %(n)s words that is here now", "one day")
MORE = '\n#~ msgid "Comes back"\n#~ msgstr "Vuelve"\n'


def fresh(*texts):
    return template([Wanted(text, "content/handouts/a.md", 3, "paragraph") for text in texts], "Clinic")


def merge(text, *texts):
    return merged(text.encode(), fresh(*texts), "es", "es.po").decode()


def entries(text):
    return {b.key[1]: b for b in blocks(text.split("\n"), "es.po") if not b.obsolete}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_of_weblate_comes_back_as_it_went(end):
    text = WEBLATE.replace("\n", end)
    assert merge(text, *TEXTS) == text


def test_a_new_message_is_put_between_what_stays_as_it_is():
    text = merge(WEBLATE, "Keep this.", "Something else entirely", *TEXTS[1:])
    assert not entries(text)["Something else entirely"].words["msgstr"]
    for block in WEBLATE.split("\n\n")[1:]:
        assert block.strip() in text
    assert [line for line in WEBLATE.splitlines() if line.startswith('"') and "POT" not in line and line not in text.splitlines()] == []
    assert list(read_po(text.replace("#~|", "#~#").splitlines(keepends=True)))


def test_a_changed_text_keeps_its_old_translation_in_doubt():
    text = merge(WEBLATE, "Keep this, please.", *TEXTS[1:])
    block = entries(text)["Keep this, please."]
    assert block.fuzzy
    assert '#| msgid "Keep this."' in block.comments
    assert block.words["msgstr"].startswith("Guarde esto")
    assert any("A remark of the translator" in line for line in block.comments)


def test_what_goes_is_kept_and_comes_back():
    gone = merge(WEBLATE, *TEXTS[1:])
    assert '#~ "y nueve y no donde Babel."' in gone
    assert "# A remark of the translator" in gone
    again = merge(gone, *TEXTS)
    assert entries(again)["Keep this."].words["msgstr"] == entries(WEBLATE)["Keep this."].words["msgstr"]
    assert not entries(again)["Keep this."].fuzzy
    text = merge(WEBLATE + MORE, "Comes back", *TEXTS)
    assert entries(text)["Comes back"].words["msgstr"] == "Vuelve"
    assert '#~ msgid "Comes back"' not in text


def test_nothing_is_kept_of_what_nobody_translated():
    empty = begun(fresh("Never translated", *TEXTS), "es").decode()
    assert "X-Reviewed-By:" in empty
    assert "Never translated" not in merge(empty, *TEXTS)


def test_the_day_alone_changes_no_file():
    one = written(fresh(*TEXTS))
    assert same(one, one.replace(b"POT-Creation-Date: 20", b"POT-Creation-Date: 19"))
    assert not same(one, one.replace(b"Keep", b"Drop"))


@pytest.mark.parametrize("path", sorted((ROOT / "content" / "locales").glob("*/*.po")), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_shipped_catalogs_keep_what_is_translated(path):
    data = path.read_bytes()
    there = blocks(data.decode().split("\n"), path.name)
    wanted = [Wanted(b.key[1], "content/handouts/a.md", 3) for b in there if b.key[1] and not b.obsolete]
    again = merged(data, template(wanted, "Clinic"), path.parent.name, path.name).decode()
    assert [b.raw for b in blocks(again.split("\n"), path.name)][1:] == [b.raw for b in there][1:]


def test_extract_and_update(clinic):  # noqa: F811
    assert clinic.run("translate", "extract").code == 0
    found = read_po((clinic.root / "content/locales/talk.pot").read_text(encoding="utf-8").splitlines(keepends=True))
    assert {str(m.id) for m in found if m.id} == set(TRANSLATED)
    assert {"paragraph: Listen first"} < {c for m in found for c in m.auto_comments}
    assert ("content/handouts/talk.md", 9) in [place for m in found for place in m.locations]
    path = clinic.write("content/locales/es/talk.po", """# Ana's own comment.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"X-Generator: Poedit 3.4\\n"

# keep this remark
msgid "Listen first"
msgstr "Primero escuche"

msgid "Ask one open questions."
msgstr "Haga una pregunta abierta."

#~ msgid "An old text"
#~ msgstr "Un texto viejo"
""")  # fmt: skip
    assert "talk.po\n" in clinic.run("translate", "update", "--locale", "es").out
    text = path.read_text(encoding="utf-8")
    for kept in ("X-Generator: Poedit 3.4", "# keep this remark", "Primero escuche", "Un texto viejo", "Ana's own comment"):
        assert kept in text
    assert '#, fuzzy\n#| msgid "Ask one open questions."\nmsgid "Ask one open question."\nmsgstr "Haga una pregunta abierta."' in text
    assert "talk.po: unchanged" in clinic.run("translate", "update", "--locale", "es").out
    assert path.read_text(encoding="utf-8") == text
    rows = {r["handout"]: r for r in clinic.run("translate", "status", "--json").data}
    assert (rows["talk"]["translated"], rows["talk"]["stale"], rows["talk"]["missing"]) == (1, 1, 2)
    assert rows["interface"]["missing"] == 0
    assert not (clinic.root / "content/locales/es/interface.po").exists()  # the program carries all of them


def test_a_broken_catalog_is_left_as_it_is(clinic):  # noqa: F811
    path = clinic.write("content/locales/es/talk.po", 'msgid "a"\nmsgstr "b\n')
    out = clinic.run("translate", "update", "--locale", "es")
    assert out.code == 1
    assert "content/locales/es/talk.po:2" in out.err
    assert path.read_text(encoding="utf-8") == 'msgid "a"\nmsgstr "b\n'
    status = clinic.run("translate", "status")
    assert status.code == 1
    assert "content/locales/es/talk.po:2" in status.err
    assert "facts" in status.out


@pytest.mark.parametrize("charset", ["klingon", "ISO-8859-1"])
def test_another_charset_is_an_error_at_its_line(clinic, charset):  # noqa: F811
    text = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={charset}\\n"\n\nmsgid "a"\nmsgstr "ñ"\n'
    path = clinic.write("content/locales/es/talk.po", text)
    out = clinic.run("translate", "update", "--locale", "es")
    assert out.code == 1
    assert f"content/locales/es/talk.po:3:28: error: the catalog's header says charset={charset}" in out.err
    assert path.read_text(encoding="utf-8") == text


def test_a_header_that_nobody_filled_in_takes_a_new_template(clinic):  # noqa: F811
    clinic.write("content/locales/es/talk.po", 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=CHARSET\\n"\n\nmsgid "a"\nmsgstr "ñ"\n')
    out = clinic.run("translate", "update", "--locale", "es")
    assert out.code == 0, out.err
