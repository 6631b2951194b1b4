"""Worksheets from right to left: boxes and numerals stand on the side where reading begins, whatever letters follow."""

from __future__ import annotations

import pytest

from tests.projects import Project
from tests.tools import render
from tests.worksheets.forms import widgets

SHEET = """
!!! safety
    {{ hotline_list() }}

## Look around {.step}

A paragraph before.

{{ checkbox("A box whose words are long enough to be set from their own side, for they run over the line") }}

- {{ checkbox("Listed") }}
"""


@pytest.mark.parametrize(("source", "locale", "words"), [("ar", "ar", "اخترت"), ("en-US", "qps-plocm", "Listed")])
def test_boxes_and_numerals_stand_at_the_right(tmp_path, source, locale, words):
    """An Arabic page with a heading and a box in Latin letters, and a page of which all is turned."""
    project = Project(tmp_path)
    project.write("content/project.yml", f"default_locale: {source}\nlocales: [{source}]\nbrands: [connect]\nhotlines: {{{source}: [ndvh]}}\n")
    project.handout(SHEET.replace("Listed", words))
    outcome = project.build("--locale", locale, "--paper", "letter")
    assert outcome.code == 0, outcome.err
    data = project.files()[0].read_bytes()
    found = widgets(data)
    assert len(found) == 2
    assert all(460 > left > 450 for _, _, (left, *_) in found)  # where the text column begins; the numerals' is at 468 to 558
    page = render(data)[found[0][0]].convert("L").crop((475, 90, 556, 140))
    assert min(page.tobytes()) < 100


def test_links_to_headings_with_accents(tmp_path):
    """A page goes to the process that sets it as text, where such a link stands in percents."""
    project = Project(tmp_path)
    project.handout("\n[Por qué](#por-qué)\n\n## Por qué\n\nText.\n")
    outcome = project.build()
    assert outcome.code == 0, outcome.err
