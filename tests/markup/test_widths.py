"""How wide a picture is set: parts of the column, pixels, lengths; judged by the pictures in the files."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from tests.projects import PLAIN, Project

MEASURE = 396.0  # points; of a booklet on Letter
FRONT = PLAIN.replace("[booklet]", "[booklet, cards]").format(title="A visit")


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path / "clinic")
    Image.new("RGB", (1200, 800), (90, 120, 150)).save(made.root / "content/images/room.jpg")
    return made


def pictures(path):
    with pypdfium2.PdfDocument(path) as pdf:
        boxes = [item.get_bounds() for page in pdf for item in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE])]
    return [(right - left, top - bottom) for left, bottom, right, top in boxes]


@pytest.mark.parametrize(("text", "width"), [
    ("![A room](images/room.jpg){width=50%}", MEASURE / 2), ('![A room](images/room.jpg "Our room"){width=25%}', MEASURE / 4),
    ("![A room](images/room.jpg){width=200}", 150), ("![A room](images/room.jpg){ width=200px }", 150),
    ("![A room](images/room.jpg)\n{: width=8cm }", 226.8), ('![A room](images/room.jpg "Our room")\n{: width="2in" }', 144),
    ('<img src="images/room.jpg" alt="A room" width="200" height="90">', 150), ("In ![a room](images/room.jpg){width=10%} we sit.", MEASURE / 10),
    ('![A room](images/room.jpg){width="50%"}', MEASURE / 2), ("![A room](images/room.jpg){width='2 in'}", 144),
    ("![A room](images/room.jpg){width=40cm}", MEASURE), ("In ![a room](images/room.jpg){width=40cm}", MEASURE),
])  # fmt: skip
def test_a_picture_is_as_wide_as_it_says(project, verapdf, text, width):
    project.handout(f"\nText.\n\n## One {{.step}}\n\nText.\n\n{text}\n", "visit", front=FRONT)
    outcome = project.build("--strict")
    assert (outcome.code, outcome.err) == (0, "")
    booklet, card = project.files()
    assert pictures(booklet) == [pytest.approx((width, width * 2 / 3), abs=0.5)]
    assert len(pictures(card)) == 1
    verapdf(project.files())


@pytest.mark.parametrize("width", ["0", "120%", "wide", "-3", "5furlongs", "50%%"])
def test_what_is_no_width(project, width):
    project.handout(f"\nText.\n\n## One {{.step}}\n\nText.\n\n![A room](images/room.jpg){{width={width}}}\n", "visit", front=FRONT)
    outcome = project.build()
    assert outcome.code == 1
    assert f'content/handouts/visit.md:14:28: error: "{width}" is no width for a picture' in outcome.err
    assert "a part of the column (50%), pixels (200) or a length (8cm, 3in)" in outcome.err


def test_a_height_alone_is_told(project):
    project.handout("\nText.\n\n## One {.step}\n\nText.\n\n![A room](images/room.jpg){height=90}\n", "visit", front=FRONT)
    assert "visit.md:14:28: notice: the height of a picture changes nothing here" in project.build().err
