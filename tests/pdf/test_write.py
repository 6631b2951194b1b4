"""The PDF room on pages made by hand: text, boxes, a drawing, a link and a figure, judged by veraPDF."""

from __future__ import annotations

from datetime import UTC, datetime

import pikepdf

from generator.layout.pages import FOOTER, HEADER, Box, Drawing, Link, Node, OutlineEntry, Page, Pages, Shape, Text
from generator.pdf.document import DocumentInfo, write
from tests.pdf.standin import Face, piece

BLACK = (0.0, 0.0, 0.0)


def made() -> bytes:
    plain, bold = Face(), Face("AtkinsonHyperlegible-Bold.ttf")
    link = Node("Link", [3])
    figure = Node("Figure", [4], alt="a triangle", attributes={"placement": "Block"})
    root = Node("Document", [Node("H1", [0]), Node("P", [1, link, 2]), figure])
    triangle = Shape((("M", (0, 0)), ("L", (10, 0)), ("L", (10, 10)), ("Z", ())), fill=(0, 0.5, 0), stroke=(1, 0, 0))
    page = Page(612, 792, label="1")
    page.fragments = [
        Text(50, 30, (piece(plain, "Head", 9),), BLACK, HEADER),
        Box(40, 60, 500, 100, (0.9, 0.95, 1), (1, 1, 1, 4), (BLACK, BLACK, BLACK, (1, 0, 0)), (6, 6, 6, 6)),
        Text(50, 100, (piece(bold, "Title", 20),), BLACK, 0),
        Text(50, 130, (piece(plain, "Hello "),), BLACK, 1),
        Text(90, 130, (piece(plain, "link"),), (0, 0, 0.6), 3),
        Text(50, 145, (piece(plain, "again"),), BLACK, 2),
        Drawing((triangle,), (5, 0, 0, 5, 100, 300), 4),
        Text(300, 770, (piece(plain, "1", 9),), BLACK, FOOTER),
    ]
    page.links = [Link(90, 120, 30, 12, "https://example.org/", "example.org", link)]
    pages = Pages([page], root, "en", "Title", 5, outline=[OutlineEntry(1, "Tïtle", 0, 80)])
    info = DocumentInfo("Title & ü", "en", "handouts", datetime(2025, 3, 8, tzinfo=UTC), "Me", "Subject", ("a", "b"))
    return write(pages, info)


def test_conforms(tmp_path, verapdf):
    path = tmp_path / "a.pdf"
    path.write_bytes(made())
    verapdf([path])


def test_bytes_are_reproducible():
    assert made() == made()


def test_what_it_says_of_itself(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(made())
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Title & ü"
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert pdf.pages[0].Annots[0].A.URI == "https://example.org/"
        assert [str(o.title) for o in pdf.open_outline().root] == ["Tïtle"]
