"""The file around the pages: properties, outline, labels, links inside, size, and what a reader is told."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone

import pikepdf
import pypdfium2
import pytest

from generator.errors import ContentError
from generator.layout.pages import Anchor, Link, Node, OutlineEntry, Page, Pages
from generator.pdf.colour_profile import srgb
from generator.pdf.document import write
from tests.pdf.samples import info, line, piece_of, written


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def labelled(*labels: str) -> list[str]:
    pages = Pages([Page(300, 300, label=label) for label in labels], Node("Document"), "en", "t")
    with pypdfium2.PdfDocument(write(pages, info())) as document:
        return [document.get_page_label(at) for at in range(len(document))]


def test_both_accounts_of_the_document_agree():
    zone = timezone(timedelta(hours=-5))
    made = info(
        title="Ünï & <x>", author="A B", subject="S", keywords=("one", "two"), date=datetime(2025, 3, 8, 20, tzinfo=zone)
    )
    pdf = opened(write(piece_of(), made))
    assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20250309010000Z"
    with pdf.open_metadata() as xmp:  # on its way out it writes the Info dictionary anew
        assert xmp["dc:title"] == str(pdf.docinfo.Title) == "Ünï & <x>"
        assert xmp["dc:creator"] == [str(pdf.docinfo.Author)] == ["A B"]
        assert xmp["dc:description"] == str(pdf.docinfo.Subject) == "S"
        assert xmp["pdf:Keywords"] == str(pdf.docinfo.Keywords) == "one, two"
        assert xmp["xmp:CreateDate"] == "2025-03-09T01:00:00Z"
        assert (xmp["pdfuaid:part"], xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("1", "2", "A")


def test_the_catalog_tells_language_title_and_marks():
    pdf = opened(write(piece_of(), info(lang="vi")))
    root = pdf.Root
    assert str(root.Lang) == "vi"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert bool(root.MarkInfo.Marked)
    assert str(root.PageMode) == "/UseNone"


def test_the_outline_nests_and_leads_to_its_place():
    entries = [
        OutlineEntry(1, "A", 0, 10),
        OutlineEntry(2, "A1 – ü", 0, 20),
        OutlineEntry(4, "A1a", 0, 30),
        OutlineEntry(1, "B", 0, 40),
    ]
    data = written(outline=entries)
    with pypdfium2.PdfDocument(data) as document:
        found = [(b.level, b.get_title(), b.get_dest().get_view()[1][1]) for b in document.get_toc()]
    assert found == [(0, "A", 602), (1, "A1 – ü", 592), (2, "A1a", 582), (0, "B", 572)]
    assert int(opened(data).Root.Outlines.Count) == 4
    assert str(opened(data).Root.PageMode) == "/UseOutlines"


def test_page_labels_are_the_printed_ones():
    assert labelled("", "1", "2", "A-9", "A-10", "iv", "", "") == ["–", "1", "2", "A-9", "A-10", "iv", "–", "–"]


def test_page_labels_are_left_out_where_they_say_nothing():
    pages = Pages([Page(9, 9, label="1"), Page(9, 9, label="2")], Node("Document"), "en", "t")
    assert "/PageLabels" not in opened(write(pages, info())).Root


def test_a_link_inside_leads_to_its_anchor():
    link = Node("Link", [0])
    data = written(
        [line(50, "see", 0)], Node("Document", [Node("P", [link])]), [Link(50, 40, 20, 12, "#a", "A", link)],
        anchors={"a": Anchor(0, 30, 112)},
    )  # fmt: skip
    pdf = opened(data)
    dest = pdf.pages[0].Annots[0].Dest
    assert [str(dest[1]), int(dest[2]), int(dest[3])] == ["/XYZ", 30, 500]


def test_a_link_to_nowhere_is_an_error_that_names_it():
    link = Node("Link", [0])
    with pytest.raises(ContentError, match="#gone"):
        written([line(50, "x", 0)], Node("Document", [link]), [Link(0, 0, 9, 9, "#gone", "x", link)])


def test_pages_keep_their_own_size():
    pages = Pages([Page(612, 792), Page(252, 144.5)], Node("Document"), "en", "t")
    boxes = [[float(v) for v in page.MediaBox] for page in opened(write(pages, info())).pages]
    assert boxes == [[0, 0, 612, 792], [0, 0, 252, 144.5]]


def test_the_file_is_small_and_free_of_faults():
    paragraphs = Node("Document", [Node("P", [at]) for at in range(500)])
    pages = [Page(612, 792, [line(40 + 14 * row, f"Paragraph {row}", 50 * p + row) for row in range(50)]) for p in range(10)]
    data = write(Pages(pages, paragraphs, "en", "t", 500), info())
    assert opened(data).check_pdf_syntax() == []
    assert len(data) < 30_000
    assert data.startswith(b"%PDF-1.7\n")


def test_the_profile_is_srgb_as_others_know_it():
    from PIL import Image, ImageCms

    assert len(srgb()) < 1000
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    gradient = Image.merge("RGB", [Image.linear_gradient("L").rotate(turn) for turn in (0, 90, 180)])
    seen = ImageCms.profileToProfile(gradient, ours, ImageCms.createProfile("sRGB"))
    differences = zip(gradient.tobytes(), seen.tobytes(), strict=True)
    assert max(abs(a - b) for a, b in differences) <= 1
