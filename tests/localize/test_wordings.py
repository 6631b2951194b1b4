"""A project's own words instead of the templates': on pages, on cards, in mails, for translators; and what it may not say."""

from __future__ import annotations

import re

import pytest

from tests.mail.conftest import Clinic
from tests.projects import PLAIN, Project
from tests.tools import text_of

PROMPT = "What I want to say first, and when:"
LIMITS = "This booklet shares general ideas. It does not take the place of care from your own therapist."
TEXT = '\nWelcome.\n\n## One step {.step}\n\nDo it.\n\n!!! say\n    "Please."\n\n## Two steps {.step}\n\nDo that.\n'


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path / "clinic")
    made.handout(TEXT, "visit", front=PLAIN.replace("[booklet]", "[booklet, cards]").format(title="Your visit"))
    return made


def say(project, *words, locales="en-US"):
    rows = "".join(f"  {word}\n" for word in words)
    project.write("content/project.yml", f"default_locale: en-US\nlocales: [{locales}]\nbrands: [connect]\nwords:\n{rows}")


def words_of(project, name="booklet-letter"):
    return " ".join(text_of(next(p for p in project.files() if p.stem == name)).split())


def test_a_project_has_its_own_words(project, verapdf):
    say(project, "My own words: My questions & yours", "What you might say: You could ask", f'"{PROMPT}": ""', f'"{LIMITS}": ""')
    outcome = project.build("--strict", "--paper", "letter")
    assert outcome.code == 0, outcome.err
    booklet, card = words_of(project), words_of(project, "step-1-letter")
    for text in (booklet, card):
        assert "My questions & yours" in text
        assert "You could ask" in text
        assert "My own words" not in text
    assert PROMPT not in booklet
    assert "general ideas" not in booklet
    verapdf(project.files())


def test_what_is_left_out_leaves_no_room(project):
    assert project.build("--format", "cards").code == 0
    assert "My own words" in words_of(project, "step-1-half-letter")
    say(project, 'My own words: ""')
    assert project.build("--format", "cards").code == 0
    assert "My own words" not in words_of(project, "step-1-half-letter")


def test_own_words_are_translated_like_others(project):
    say(project, "My own words: My questions", locales="en-US, es")
    for name in ("visit", "facts"):
        project.write(f"content/locales/es/{name}.po", 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    project.write("content/project.yml", (project.root / "content/project.yml").read_text() + "incomplete: {es: mark}\n")
    assert project.run("translate", "update", "--locale", "es").code == 0
    path = project.root / "content/locales/es/interface.po"
    assert 'msgid "My questions"' in path.read_text()
    assert 'msgid "My own words"' not in path.read_text()
    path.write_text(re.sub('(msgid "My questions"\n)msgstr ""', r'\1msgstr "Mis preguntas"', path.read_text()))
    assert project.build("--locale", "es", "--format", "cards").code == 0
    assert "Mis preguntas" in words_of(project, "step-1-half-letter")


def test_own_words_that_are_not_translated_are_refused(project):
    say(project, "What you might say: You could ask", locales="en-US, qps-ploc, es")
    assert project.build("--locale", "qps-ploc", "--format", "cards").code == 0
    project.run("translate", "update", "--locale", "es")
    for path in (project.root / "content/locales/es").glob("[vf]*.po"):
        path.write_text(re.sub(r'(msgid "(?:[^"\\]|\\.)+"\n)msgstr ""', r'\1msgstr "X"', path.read_text()))
    outcome = project.build("--locale", "es", "--format", "cards")
    assert outcome.code == 1
    assert "content/project.yml:5: missing: “You could ask”" in outcome.err
    assert "content/project.yml:5: missing: “You could ask”" in project.run("translate", "status", "--locale", "es").out
    assert project.run("translate", "extract").code == 0
    assert '#: content/project.yml:5\nmsgid "You could ask"' in (project.root / "content/locales/interface.pot").read_text()


@pytest.mark.parametrize(("row", "message", "hint"), [
    ("My own wordz: Mine", "no template says “My own wordz”", 'did you mean "My own words"?'),
    ('My notes: ""', "“My notes” cannot be left out", "these may be left out: “A virtual session"),
    ("Step %(number)s of %(count)s: Part %(number)s", "must fill in what “Step %(number)s of %(count)s” does", "keep every %(…)s"),
    ("My notes: Notes of %(me)s", "must fill in what “My notes” does: nothing", "keep every %(…)s"),
])  # fmt: skip
def test_words_that_cannot_be(project, row, message, hint):
    say(project, row)
    outcome = project.build()
    assert outcome.code != 0
    assert re.search(r"content/project\.yml:5:\d+: error", outcome.err)
    assert message in outcome.err
    assert hint in outcome.err
    assert not project.files()


def test_a_mail_has_them_too(tmp_path, monkeypatch):
    monkeypatch.delenv("HANDOUTS_SMTP_URL", raising=False)
    clinic = Clinic(tmp_path / "clinic")
    clinic.handout(TEXT, "visit")
    clinic.set(block="mail:\n  from: Front desk <desk@clinic.example>\nwords:\n  Your document is here: From the front desk\n")
    outcome = clinic.run("send", "visit", "--to", "ana@example.org", "--yes")
    assert outcome.code == 0, outcome.err
    mail = next((clinic.root / "output/outbox").glob("*.eml")).read_text()
    assert "Subject: From the front desk" in mail
