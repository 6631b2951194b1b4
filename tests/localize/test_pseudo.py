"""Pseudo-locales: what a translator would see is translated by rule, and what does not fit is told."""

from __future__ import annotations

import pytest

from generator.localize.checks import fault
from generator.localize.messages import messages_of
from generator.localize.pseudo import translated
from tests.projects import ROOT, Project
from tests.tools import structure, text_of

LOCALES = ("qps-ploc", "qps-plocm")
FRONT = "---\ntitle: A short talk\nreviewed: 2025-03-08\nformats: [booklet, cards]\nrequires: [safety]\n---\n"
BODY = """
Call **{{ hotline("ndvh").phone }}**, or read [our page](https://example.org/a_b) at example.org `code`.

!!! safety
    {{ hotline_list() }}

## A step {.step}

"""


def clinic(tmp_path, words):
    project = Project(tmp_path / "clinic")
    project.handout(BODY + words, "talk", front=FRONT)
    return project


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", sorted((ROOT / "content" / "handouts").glob("*.md")), ids=lambda p: p.stem)
def test_nothing_is_damaged(locale, path):
    for message in messages_of(path.read_text(encoding="utf-8").split("---\n", 2)[2].split("\n")):
        assert fault(message.text, translated(message.text, locale)) is None


def test_two_fifths_longer_and_readable():
    text = "Ask before you explain. Your partner may have a reason that you do not know yet."
    longer = translated(text, "qps-ploc")
    assert 1.38 < (len(longer) - 2) / len(text) < 1.42
    assert longer.startswith("‹Åšķ béé")
    assert longer.endswith("›")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_piece_is_built(tmp_path, locale, verapdf):
    project = clinic(tmp_path, "Ask one question.\n")
    assert project.build("--locale", locale).code == 0
    files = project.files()
    assert {p.name.split("-")[0] for p in files} == {"booklet", "step"}
    text = "".join(text_of(p) for p in files)
    for english in ("question", "Contents", "My notes", "Hotline", "Where to find"):
        assert english not in text
    tree = structure(next(p for p in files if p.name.startswith("booklet")))
    for kept in ("Connect Couples Therapy", "1-800-799-7233", "example.org"):
        assert kept in tree
    assert "tel:+1-800-799-7233" in tree
    assert "-> https://example.org/a_b" in tree
    verapdf(files)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_no_longer_fits_is_told(tmp_path, locale):
    project = clinic(tmp_path, "Many words stand on this card. " * 50)
    out = project.build("--locale", locale)
    assert out.code == 1
    assert "lines too long for its" in out.err
    assert "content/handouts/talk.md:15:" in out.err
    assert [p.name for p in project.files()] == ["booklet-letter.pdf"]
