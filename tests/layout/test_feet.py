"""A clinic's name, however long: feet of cards and booklets hold it, with nothing printed over anything."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.projects import FRONT, Project

NAME = "Lake Side Family Counseling and Wellness Center of Charlotte"
STEP = "\nI.\n\n## One step {.step}\n\nA sentence of advice.\n"
NEAREST = 13.0  # points that stay free at the lower edge of the paper


def boxes(path) -> list[list[tuple[float, float, float, float, str]]]:
    """Give the runs of text on each page, with their boxes: left, bottom, right, top."""
    with pypdfium2.PdfDocument(path) as document:
        out = []
        for page in document:
            text = page.get_textpage()
            rects = (text.get_rect(at) for at in range(text.count_rects()))
            out.append([(*rect, text.get_text_bounded(*rect).strip()) for rect in rects])
        return out


def overlap(one, other) -> bool:
    """Tell whether two boxes share more than a hair."""
    return min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1


@pytest.mark.parametrize("extra", ["", " incomplete: {fr: source}"])
@pytest.mark.parametrize(("format_", "paper"), [("cards", "half-letter"), ("cards", "4x6"), ("booklet", "half-letter"), ("booklet", "letter")])
def test_a_long_name_is_printed_over_nothing(tmp_path, format_, paper, extra):
    project = Project(tmp_path)
    brand = tmp_path / "content/brands/connect/brand.yml"
    brand.write_text(brand.read_text().replace("Connect Couples Therapy", NAME) + "  phone: (704) 555-0123 ext. 45\n  web: lakeside.example\n")
    locale = "fr" if extra else "en-US"
    project.write("content/project.yml", f"default_locale: en-US\nlocales: [en-US, fr]\nbrands: [connect]\n{extra.strip()}\n")
    project.handout(STEP, front=FRONT.format(title="A title").replace("[booklet]", "[booklet, cards]"))
    outcome = project.build("--format", format_, "--paper", paper, "--locale", locale)
    assert outcome.code == 0, outcome.err
    for page in boxes(project.files()[0]):
        assert all(box[1] > NEAREST for box in page)
        assert not [(a[4], b[4]) for at, a in enumerate(page) for b in page[at + 1 :] if overlap(a, b)]
