"""Files as translators, their programs and other people leave them: nothing of theirs is lost, and what cannot be read is told with its line."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from unicodedata import normalize

import pytest
from babel.messages.pofile import read_po

from tests.localize.test_catalogs import FRONT, TRANSLATED, booklet, clinic, translate  # noqa: F401 - a fixture
from tests.localize.test_merging import entries, merge
from tests.projects import ROOT
from tests.tools import structure

CATALOG = "content/locales/es/talk.po"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def with_words(clinic, **raw):  # noqa: F811
    """Write the handout's catalog, with lines put in place of others."""
    path = translate(clinic)
    text = path.read_text(encoding="utf-8")
    for old, new in raw.get("put", {}).items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (r"Primero \q escuche", r"\q means nothing in a catalog"),
        (r"Primero\| escuche", r"\| means nothing in a catalog"),
        (r"Primero \x41", r"\x means nothing in a catalog"),
        (r"Primero\v", r"\v means nothing in a catalog"),
        ("Primero\x00 escuche", "a control character (U+0000) stands on this line"),
        ("Primero\x0c escuche", "a control character (U+000C) stands on this line"),
    ],
)
@pytest.mark.parametrize("command", ["build", "status", "update"])
def test_signs_that_no_page_can_show_are_told_at_their_line(clinic, written, message, command):  # noqa: F811
    path = with_words(clinic, put={"Primero escuche": written})
    before = path.read_bytes()
    out = clinic.run(*(("build",) if command == "build" else ("translate", command)), "--locale", "es")
    assert out.code == 1
    line = next(n for n, text in enumerate(before.decode().split("\n"), 1) if "Primero" in text)
    assert f"{CATALOG}:{line}:1: error: {message}" in out.err
    assert not {"\x00", "\x0c"} & set(out.err)
    assert path.read_bytes() == before


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_a_sign_that_other_programs_end_lines_at_stops_no_update(sign):
    text = f'{HEADER}\nmsgid "a"\nmsgstr "uno{sign}dos"\n'
    assert f'msgid "a"\nmsgstr "uno{sign}dos"\n' in merge(text, "a")
    assert entries(merge(text, "a", "b"))["a"].words["msgstr"] == f"uno{sign}dos"


@pytest.mark.parametrize("text", ["", "\n\n", 'msgid "a"\nmsgstr "uno"\n', "# A remark.\n"])
def test_a_catalog_without_a_header_gets_one_to_sign(text):
    after = merge(text, "a")
    assert '"X-Reviewed-By: \\n"\n"X-Reviewed: \\n"\n' in after
    assert '"Project-Id-Version: Clinic 1\\n"' in after
    assert "ORGANIZATION" not in after
    assert "PROJECT" not in after
    assert entries(after)["a"].words["msgstr"] == ("uno" if "uno" in text else "")
    assert merge(after, "a") == after
    assert text.strip() in after


def test_a_context_stays_and_its_translation_counts():
    text = f'{HEADER}\nmsgctxt "heading"\nmsgid "a"\nmsgstr "uno"\n\nmsgid "b"\nmsgstr "dos"\n'
    after = merge(text, "a", "b")
    assert 'msgctxt "heading"\nmsgid "a"\nmsgstr "uno"\n' in after
    assert "fuzzy" not in after
    both = f'{HEADER}\nmsgid "a"\nmsgstr "uno"\n\nmsgctxt "other"\nmsgid "a"\nmsgstr "una"\n'
    after = merge(both, "a")
    assert entries(after)["a"].words["msgstr"] == "uno"
    assert '#~ msgstr "una"' in after


def test_remarks_behind_the_last_entry_and_broken_old_ones_stay():
    text = f'{HEADER}\nmsgid "a"\nmsgstr "uno"\n\n#~ msgid "old"\n#~ msgstr "viejo "cosa""\n\n# The end. Ana.\n'
    after = merge(text, "a", "new", "old")
    for line in ('#~ msgid "old"', '#~ msgstr "viejo "cosa""', "# The end. Ana."):
        assert line in after.split("\n")
    assert merge(after, "a", "new", "old") == after


def test_of_two_old_translations_one_comes_back_and_none_is_lost():
    text = f'{HEADER}\n#~ msgid "a"\n#~ msgstr "uno"\n\n#~ msgid "a"\n#~ msgstr "una"\n'
    after = merge(text, "a")
    assert entries(after)["a"].words["msgstr"] == "una"
    assert '#~ msgstr "uno"' in after


def test_only_the_mark_fuzzy_is_fuzzy(clinic):  # noqa: F811
    with_words(clinic, put={'msgid "Listen first"': '#, no-fuzzy-check\nmsgid "Listen first"'})
    assert clinic.run("build", "--locale", "es").code == 0


@pytest.mark.parametrize("command", [("build", "--locale", "es"), ("translate", "status"), ("translate", "update")])
def test_what_is_no_file_is_told_by_its_name(clinic, command):  # noqa: F811
    (clinic.root / CATALOG).mkdir(parents=True)
    out = clinic.run(*command)
    assert out.code == 1
    assert f"{CATALOG}: error: the catalog cannot be read: Is a directory" in out.err


def test_a_folder_that_may_not_be_looked_into_is_told(clinic, monkeypatch):  # noqa: F811
    translate(clinic)

    def refused(self, *_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))

    for name in ("stat", "lstat"):
        real = getattr(Path, name)
        monkeypatch.setattr(Path, name, lambda p, *a, real=real, **k: refused(p) if p.suffix == ".po" else real(p, *a, **k))
    monkeypatch.setattr(Path, "read_bytes", lambda p, real=Path.read_bytes: refused(p) if p.suffix == ".po" else real(p))
    for command in ("update", "status"):
        out = clinic.run("translate", command)
        assert out.code == 1
        assert f"{CATALOG}: error: the catalog cannot be read: Permission denied" in out.err


def test_one_broken_catalog_keeps_no_other_from_being_updated(clinic):  # noqa: F811
    clinic.handout("\nMore.\n", "zoo")
    clinic.write(CATALOG, 'msgid "a"\nmsgstr "b\n')
    out = clinic.run("translate", "update")
    assert out.code == 1
    assert f"{CATALOG}:2:1: error" in out.err
    assert (clinic.root / "content/locales/es/zoo.po").exists()


def test_an_update_lays_no_empty_catalog_before_one_that_serves(clinic):  # noqa: F811
    translate(clinic)
    clinic.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, es-US]\nbrands: [connect]\n")
    clinic.handout("\nA new one.\n", "new")
    out = clinic.run("translate", "update")
    assert out.code == 0
    assert "content/locales/es/new.po" in out.out
    assert not (clinic.root / "content/locales/es-US").exists()
    out = clinic.run("translate", "update", "--locale", "es-US")
    assert f"content/locales/es-US/talk.po: begun with {CATALOG}" in out.out
    text = (clinic.root / "content/locales/es-US/talk.po").read_text(encoding="utf-8")
    assert "Primero escuche" in text
    assert clinic.run("build", "talk", "--locale", "es-US").code == 0
    assert '"Language: es_US\\n"' in (clinic.root / "content/locales/es-US/facts.po").read_text(encoding="utf-8")


def test_a_renamed_handout_keeps_its_translation(clinic):  # noqa: F811
    translate(clinic)
    assert clinic.run("translate", "extract").code == 0
    handouts = clinic.root / "content" / "handouts"
    (handouts / "talk.md").rename(handouts / "chat.md")
    clinic.handout("\nQuite another one.\n", "other")
    out = clinic.run("translate", "update")
    assert f"content/locales/es/chat.po: begun with {CATALOG}" in out.out
    assert "content/locales/es/other.po\n" in out.out
    out = clinic.run("build", "chat", "--locale", "es")
    assert out.code == 0
    assert f"{CATALOG}: notice: there is no handout talk for this catalog" in out.err
    assert "content/locales: notice: there is no handout for talk.pot" in out.err


def test_a_handout_that_is_gone_is_told_once_for_all_locales(clinic):  # noqa: F811
    for locale in ("es", "fr", "pt-BR"):
        clinic.write(f"content/locales/{locale}/gone.po", HEADER)
    out = clinic.run("translate", "status")
    assert out.err.count("no handout gone") == 1
    assert (
        "content/locales/es/gone.po: notice: there is no handout gone for this catalog, nor for those in fr and pt-BR"
        in out.err
    )


def test_locales_that_need_no_catalog_get_none(clinic):  # noqa: F811
    out = clinic.run("translate", "update", "--locale", "qps-ploc")
    assert out.code == 2
    assert "handouts build --locale qps-ploc" in out.err
    out = clinic.run("translate", "update", "--locale", "en-GB")
    assert out.out == "en-GB: no catalog is needed\n"
    assert not (clinic.root / "content/locales/en-GB").exists()
    assert "talk" not in clinic.run("translate", "status", "--locale", "en-US").out


@pytest.mark.parametrize("command", ["update", "status"])
def test_a_locale_that_the_project_does_not_build_is_told(clinic, command):  # noqa: F811
    out = clinic.run("translate", command, "--locale", "de")
    assert 'content/project.yml: notice: the project has no locale "de", so nothing is built from its catalogs' in out.err
    assert "notice" not in clinic.run("translate", command, "--locale", "es").err


def test_messages_are_counted_alike_everywhere(clinic):  # noqa: F811
    clinic.handout("\n## One\n\n### Try this\n\nA.\n\n## Two\n\n### Try this\n\nB bee.\n\n### Try this\n\nC sea.\n", "many")
    assert "content/locales/many.pot: 8 messages" not in clinic.run("translate", "extract").out
    told = next(line for line in clinic.run("translate", "extract").out.splitlines() if "many.pot" in line)
    rows = {row["handout"]: row for row in clinic.run("translate", "status", "--json").data}
    count = rows["many"]["messages"]
    assert told == f"content/locales/many.pot: {count} messages"
    assert rows["many"]["missing"] == count
    assert clinic.run("translate", "status", "--locale", "es").out.count("“Try this”") == 1
    path = clinic.write("content/locales/es/many.po", 'msgid "One"\nmsgstr "Uno"\n\nmsgid "Try this"\nmsgstr "**Pruebe"\n')
    out = clinic.run("build", "many", "--locale", "es")
    assert out.err.count("** stands without its pair") == 1
    path.write_text('msgid "One"\nmsgstr "Uno"\n', encoding="utf-8")
    assert f"{count - 1} messages are not translated into es" in clinic.run("build", "many", "--locale", "es").err


def test_words_of_facts_and_brands_are_told_where_they_stand(clinic):  # noqa: F811
    (clinic.root / "content/locales/es/facts.po").unlink()
    out = clinic.run("translate", "status", "--locale", "es").out
    assert "content/brands/connect/brand.yml:41:13: missing: “Charlotte”" in out
    assert "content/facts.yml: missing" not in out
    assert "content/facts.yml:" in out


def test_a_new_city_stands_as_it_is_with_one_notice(clinic):  # noqa: F811
    translate(clinic)
    clinic.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, es, es-US]\nbrands: [connect]\n")
    brand = clinic.root / "content/brands/connect/brand.yml"
    brand.write_text(brand.read_text(encoding="utf-8").replace("city: Carefree", "city: Newtown"), encoding="utf-8")
    out = clinic.run("build", "talk")
    assert out.code == 0, out.err
    assert out.err.count("the city “Newtown” is not translated and stands as it is") == 1
    assert "lang='en-US' 'Newtown'" in structure(booklet(clinic))
    assert "untranslated" not in out.err
    assert "missing: “Newtown”" in clinic.run("translate", "status", "--locale", "es").out


def test_links_to_headings_hold_in_every_language(tmp_path):
    from tests.localize.test_gate import catalog, made

    body = """
See [there](#a-plan-for-you) and [up](#why).

## Why {.step}

Or [down](#a-plan-for-you).

## A *plan* for you

Rest, [here](#a-short-talk).
"""
    project = made(tmp_path, body=body)
    words = {"A short talk": "Una charla", "In few words": "Breve", "Why": "Por qué", "A *plan* for you": "Un *plan* para usted",
             "See [there](#a-plan-for-you) and [up](#why).": "Vea [allí](#a-plan-for-you) y [arriba](#why).",
             "Or [down](#a-plan-for-you).": "O [abajo](#a-plan-for-you).",
             "Rest, [here](#a-short-talk).": "Calma, [aquí](#a-short-talk)."}  # fmt: skip
    catalog(project, "talk", words)
    out = project.run("build")
    assert out.code == 0, out.err
    for language in ("en-US", "es"):
        tree = structure(next(p for p in project.files() if f"/{language}/" in p.as_posix()))
        assert tree.count("(→") == 3
    assert project.run("build", "--bilingual", "es").code == 0


def test_a_bar_in_a_placeholder_or_in_code_parts_no_cell(tmp_path):
    from tests.localize.test_gate import catalog, made

    body = "\n| Head one | Head two |\n|---|---|\n| Seen by {{ brand.name | upper }} | Type `a | b` |\n"
    project = made(tmp_path, body=body)
    words = {"A short talk": "Una charla", "In few words": "Breve", "Head one": "Uno", "Head two": "Dos",
             "Seen by {{ brand.name | upper }}": "Visto por {{ brand.name | upper }}", "Type `a | b`": "Escriba `a | b`"}  # fmt: skip
    catalog(project, "talk", words)
    out = project.run("build", "--locale", "es")
    assert out.code == 0, out.err
    assert "Visto por CONNECT COUPLES THERAPY" in structure(booklet(project))


def test_a_hash_before_a_word_is_text(tmp_path):
    from tests.localize.test_gate import made

    project = made(tmp_path, body="\n#1 of all reasons is rest.\n\n## A heading\n\nText.\n")
    assert project.run("build", "--locale", "en-US").code == 0
    tree = structure(next(p for p in project.files() if "/en-US/" in p.as_posix()))
    assert "P '#1 of all reasons is rest.'" in tree


@pytest.mark.skipif(shutil.which("msgmerge") is None, reason="gettext is not installed")
@pytest.mark.parametrize("tool", [("msgcat",), ("msgcat", "--no-wrap"), ("msgcat", "--sort-output"), ("msgattrib", "--no-obsolete"),
                                  ("msgmerge", "--previous", "-q")])  # fmt: skip
def test_gettexts_own_tools_take_the_files_and_give_them_back(clinic, tool):  # noqa: F811
    path = translate(clinic)
    assert clinic.run("translate", "extract").code == 0
    assert clinic.run("translate", "update").code == 0
    subprocess.run(["msgfmt", "-c", "-o", os.devnull, str(path)], check=True)
    template = (str(clinic.root / "content/locales/talk.pot"),) if tool[0] == "msgmerge" else ()
    subprocess.run([tool[0], *tool[1:], str(path), *template, "-o", str(path)], check=True)
    before = path.read_bytes()
    assert clinic.run("translate", "update").code == 0
    after = {str(m.id): str(m.string) for m in read_po(path.read_text(encoding="utf-8").splitlines(keepends=True)) if m.id}
    assert after == TRANSLATED
    assert "--sort-output" in tool or path.read_bytes() == before
    assert clinic.run("build", "--locale", "es").code == 0


LONG = 'Sleep is a habit, and **habits** can be learned: read the plan first -- or [our page](https://example.org)  and “others” "too".'
BROKEN = """#, fuzzy
#| msgid "" "Sleep is a habit, and **habits** can be learned: read the old
#| plan first," " or not."
"""


def test_a_long_text_that_has_changed_is_kept_as_gettext_writes_it(clinic):  # noqa: F811
    clinic.handout(f"\n{LONG}\n", "talk", front=FRONT)
    path = translate(clinic, {"A short talk": "Una charla", LONG: "Dormir bien."})
    clinic.handout(f"\n{LONG} Really.\n", "talk", front=FRONT)
    assert clinic.run("translate", "update").code == 0
    text = path.read_text(encoding="utf-8")
    assert previous_of(text, f"{LONG} Really.") == LONG
    if shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "-c", "-o", os.devnull, str(path)], check=True)


def test_a_changed_text_that_an_older_version_wrote_wrongly_is_mended():
    text = f'{HEADER}\n{BROKEN}msgid "a"\nmsgstr "uno"\n'
    after = merge(text, "a")
    assert previous_of(after, "a") == "Sleep is a habit, and **habits** can be learned: read the old plan first, or not."
    assert merge(after, "a") == after


def previous_of(text, source):
    """The text that an entry had before, read as polib and gettext do."""
    block = entries(text)[source]
    lines = [line.removeprefix("#| ") for line in block.comments if line.startswith("#|")]
    assert lines[0].startswith("msgid ")
    strings = [json.loads(line.removeprefix("msgid ")) for line in lines]
    return "".join(strings)


def test_a_text_changed_all_over_is_compared_in_good_time(clinic):  # noqa: F811
    def body(words):
        return "".join(
            f"\nThis is paragraph {n} about topic {n * 7 % 13} that has {words} words and goes on for a while.\n"
            for n in range(600)
        )

    clinic.handout(body("many"), "talk", front=FRONT)
    assert clinic.run("translate", "update").code == 0
    path = clinic.root / CATALOG
    text = path.read_text(encoding="utf-8").split("\n\n", 1)
    path.write_text(text[0] + "\n\n" + re.sub(r'(msgid ((?:"[^\n]*"\n)+)msgstr )""', r"\1\2", text[1]), encoding="utf-8")
    clinic.handout(body("rather more"), "talk", front=FRONT)
    began = time.process_time()
    rows = {row["handout"]: row for row in clinic.run("translate", "status", "--json").data}
    assert rows["talk"]["stale"] == 600
    assert clinic.run("translate", "update").code == 0
    assert time.process_time() - began < 20  # comparing each with each took minutes
    found = {key: block for key, block in entries(path.read_text(encoding="utf-8")).items() if key.startswith("This is")}
    for key, block in found.items():
        assert block.fuzzy
        assert block.words["msgstr"] == key.replace("rather more", "many")


def test_languages_that_babel_does_not_know_have_their_own_name_in_the_header(clinic):  # noqa: F811
    for locale in ("hmn", "ht", "zh-Hant-TW"):
        assert clinic.run("translate", "update", "--locale", locale).code == 0
        text = (clinic.root / f"content/locales/{locale}/talk.po").read_text(encoding="utf-8")
        assert f'"Language: {locale.replace("-", "_")}\\n"' in text


def test_files_of_a_killed_update_are_whole_or_as_they_were(clinic):  # noqa: F811
    body = "".join(f"\nParagraph {n} of very many with some more words in it.\n" for n in range(400))
    for name in "abc":
        clinic.handout(body, name)
    command = [sys.executable, "-m", "generator.cli.start", "translate", "update", "--project", str(clinic.root)]
    for wait in (0.5, 0.8, 1.1, 1.4):
        run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        time.sleep(wait)
        run.send_signal(signal.SIGKILL)
        run.wait()
        for path in (clinic.root / "content/locales").rglob("*.po"):
            assert path.read_bytes().rstrip().endswith(b'"'), path
            if len(path.stem) == 1:
                assert path.read_text(encoding="utf-8").count("msgid ") == 402
    left = clinic.write("content/locales/es/.handouts-1-0123.part", "half")
    os.utime(left, (0, 0))
    two = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [run.wait() for run in two] == [0, 0]
    assert not left.exists()
    assert len(list((clinic.root / "content/locales/es").glob("*.po"))) == 5


def test_a_catalog_that_is_a_link_stays_one(clinic, tmp_path):  # noqa: F811
    real = tmp_path / "translators" / "talk.po"
    real.parent.mkdir()
    translate(clinic).rename(real)
    (clinic.root / CATALOG).symlink_to(real)
    clinic.handout("\nAsk one open question.\n\nMore.\n", "talk")
    assert clinic.run("translate", "update").code == 0
    assert (clinic.root / CATALOG).is_symlink()
    assert 'msgid "More."' in real.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_with_their_marks_apart_are_the_same_text(tmp_path, form):
    from tests.localize.test_gate import catalog, made

    other = {"NFC": "NFD", "NFD": "NFC"}[form]
    text = "A café and a naïve idea."
    project = made(tmp_path, body=f"\n{normalize(form, text)}\n\n## Café\n\nMore.\n")
    words = {"A short talk": "Una charla", "In few words": "Breve", normalize(other, text): normalize(other, "Un café y una idea así."),
             normalize(other, "Café"): normalize(other, "Café así"), "More.": "Más."}  # fmt: skip
    path = catalog(project, "talk", words)
    assert project.run("build", "--locale", "es").code == 0
    entries_before = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("msg")]
    assert project.run("translate", "update").code == 0
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("msg")] == entries_before
    assert "fuzzy" not in path.read_text(encoding="utf-8")
    rows = {row["handout"]: row for row in project.run("translate", "status", "--json").data}
    assert rows["talk"]["translated"] == rows["talk"]["messages"] == 5


@pytest.mark.parametrize(
    ("folder", "meant"), [("ES", "es"), ("pt_BR", "pt-BR"), ("zh-hans", "zh-Hans"), ("Español", "like es")]
)
def test_a_folder_that_is_named_wrongly_is_told_once_with_the_right_name(clinic, folder, meant):  # noqa: F811
    for name in ("talk", "facts"):
        clinic.write(f"content/locales/{folder}/{name}.po", HEADER)
    for command in ("status", "update"):
        out = clinic.run("translate", command)
        assert out.err.count("named for no locale") == 1
        assert f'content/locales/{folder}: notice: the folder "{folder}" is named for no locale' in out.err
        assert meant in out.err


def test_status_of_a_locale_names_what_is_damaged(clinic):  # noqa: F811
    with_words(clinic, put={"Primero escuche": "**Primero escuche"})
    out = clinic.run("translate", "status", "--locale", "es")
    assert f"{CATALOG}:11:1: damaged: ** stands without its pair in the translation of “Listen first”" in out.out
    assert "damaged: " not in clinic.run("translate", "status").out


def test_a_full_disk_and_a_locked_folder_leave_catalogs_as_they_were(clinic, monkeypatch):  # noqa: F811
    path = with_words(clinic, put={'msgid "Listen first"\nmsgstr "Primero escuche"\n': ""})
    before = path.read_bytes()
    for number, hint in ((errno.ENOSPC, "is full: make room on it\n"), (errno.EACCES, "hint: make its folder writable\n")):

        def fail(*_, number=number):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", fail)
        for command in ("update", "extract"):
            out = clinic.run("translate", command)
            assert out.code == 1
            assert f"cannot be written: {os.strerror(number)}" in out.err
            assert hint in out.err
            assert "--output" not in out.err
        assert path.read_bytes() == before
        assert not list(clinic.root.rglob("*.part"))


def test_what_does_not_fit_in_a_language_is_told_with_the_catalogs_line(clinic):  # noqa: F811
    path = with_words(clinic, put={"Haga una pregunta abierta.": "A" * 300})
    line = path.read_text(encoding="utf-8").split("\n").index('msgid "Ask one open question."') + 1
    out = clinic.run("build")
    assert "content/handouts/talk.md:7: error: " in out.err
    assert f"; the translation is in {CATALOG}:{line}\n" in out.err
    assert "the translation is in" not in clinic.run("build", "--locale", "en-US").err


def test_what_is_stale_is_told_with_the_catalogs_line(clinic):  # noqa: F811
    with_words(clinic, put={'msgid "Listen first"': '#, fuzzy\nmsgid "Listen first"'})
    told = f"content/handouts/talk.md:9: stale: “Listen first” ({CATALOG}:12)"
    assert told in clinic.run("build", "--locale", "es").err
    assert told.replace("9: ", "9:4: ") in clinic.run("translate", "status", "--locale", "es").out
