"""The structure tree, as pikepdf reads it."""

from __future__ import annotations

import io

import pikepdf
import pytest

from generator.layout.pages import ARTIFACT, FOOTER, HEADER, Box, Clip, Link, Node, Page, Pages, Raster
from generator.pdf.document import write
from tests.pdf.samples import info, line, written
from tests.pdf.test_conformance import encoded, whole_booklet
from tests.tools import structure


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def stream_of(pdf: pikepdf.Pdf) -> bytes:
    return pdf.pages[0].Contents.read_bytes()


def test_the_tree_of_a_whole_booklet():
    assert (
        structure(write(whole_booklet(), info()))
        == """\
Document
  TOC
    TOCI
      Reference
        Link 'inside -> inside'
  Sect
    H1 'Heading'
    P
      'Plain andcarried over'
      Em 'slanted'
      Span lang='es' expansion='Estados Unidos' 'EE. UU.'
      Link 'a link -> https://example.org/%C3%A4?q=(1)'
    L ListNumbering=Disc
      LI
        Lbl '•'
        LBody 'item'
    Table Summary=Two columns
      Caption 'Table 1'
      THead
        TR
          TH id='h1' ColSpan=2 Scope=Column 'col'
          TH Scope=Column
      TBody
        TR
          TD Headers=h1 'a'
          TD Headers=h1 'b'
          TD
    Figure alt='A shape'
      Caption 'Figure 1'
    Figure alt='A photo'
    Aside
      H2 'Text 15'
      P 'Text 16'
    Note id='note' 'note1ﬁ →'
    Note id='note-2' 'Text 18'
    BlockQuote
      P 'Text 19'
    L
      LI
        Lbl Role=cb checked=off 'Text 20'
        LBody 'Text 21'"""
    )


def test_lines_of_one_leaf_share_a_sequence():
    pdf = opened(written([line(50, "one", 0), line(70, "two", 0), line(90, "x", 1)], Node("Document", [Node("P", [0, 1])])))
    assert stream_of(pdf).count(b"/P<</MCID") == 2


def test_a_box_between_two_lines_divides_the_leaf_in_two_sequences():
    data = written(
        [line(50, "one", 0), Box(0, 0, 9, 9, fill=(1, 0, 0)), line(70, "two", 0)], Node("Document", [Node("P", [0])])
    )
    assert structure(data) == "Document\n  P 'onetwo'"
    assert stream_of(opened(data)).count(b"/P<</MCID") == 2


def test_marked_content_never_straddles_a_clip():
    fragments = [line(50, "a", 0), Clip("push", 0, 0, 90, 90), line(70, "b", 0), Clip("pop"), line(90, "c", 0)]
    operators = stream_of(opened(written(fragments, Node("Document", [Node("P", [0])])))).split()
    depth = 0
    for operator in operators:
        depth += operator.endswith((b"BDC", b"BMC")) - (operator == b"EMC")
        assert operator not in (b"q", b"Q") or depth == 0
    assert sum(operator.endswith(b"BDC") for operator in operators) == 3


def test_what_was_not_painted_leaves_no_element():
    root = Node("Document", [Node("P", [0]), Node("P", [1]), Node("Sect", [Node("P", [2])]), Node("L", [Node("LI")])])
    assert structure(written([line(50, "one", 0)], root)) == "Document\n  P 'one'"


def test_an_empty_table_goes_and_an_empty_row_of_a_full_one_stays():
    full = Node("Table", [Node("TBody", [Node("TR", [Node("TD", [0])]), Node("TR", [Node("TD")])])])
    empty = Node("Table", [Node("TR", [Node("TD")])])
    tree = structure(written([line(50, "cell", 0)], Node("Document", [full, empty])))
    assert tree == "Document\n  Table\n    TBody\n      TR\n        TD 'cell'\n      TR\n        TD"


def test_artifacts_say_what_they_are():
    stream = stream_of(opened(written([line(9, "h", HEADER), line(20, "x", ARTIFACT), line(600, "f", FOOTER)])))
    assert b"/Artifact<</Type/Pagination/Subtype/Header>>BDC" in stream
    assert b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC" in stream
    assert b"/Artifact BMC" in stream


def test_a_leaf_over_two_pages_belongs_to_one_element():
    root = Node("Document", [Node("P", [0])])
    pages = Pages([Page(300, 300, [line(50, "on ", 0)]), Page(300, 300, [line(50, "two", 0)])], root, "en", "t", 1)
    data = write(pages, info())
    assert structure(data) == "Document\n  P 'on two'"
    pdf = opened(data)
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums
    assert parents[1][0].objgen == parents[3][0].objgen


def test_a_figure_says_where_its_picture_is_without_its_caption():
    from PIL import Image

    image = encoded(Image.new("RGB", (9, 9)), "PNG")
    root = Node("Document", [Node("Figure", [0, Node("Caption", [1])], alt="x")])
    data = written([Raster(10, 20, 100, 50, "k", 0), line(200, "caption", 1)], root, images={"k": image})
    pdf = opened(data)
    figure = pdf.Root.StructTreeRoot.K[0].K[0]
    assert [float(v) for v in figure.A.BBox] == [10, 542, 110, 592]


def test_a_link_over_two_lines_has_two_areas_and_one_element():
    link = Node("Link", [0])
    areas = [Link(50, 40, 40, 12, "tel:+18007997233", "Call", link), Link(50, 60, 20, 12, "tel:+18007997233", "Call", link)]
    data = written([line(50, "1-800", 0), line(70, "799", 0)], Node("Document", [Node("P", [link])]), areas)
    pdf = opened(data)
    annotations = pdf.pages[0].Annots
    assert [int(a.F) for a in annotations] == [4, 4]
    assert [str(a.Contents) for a in annotations] == ["Call", "Call"]
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
    assert {owners[int(a.StructParent)].objgen for a in annotations} == {pdf.Root.StructTreeRoot.K[0].K[0].K[0].objgen}


def test_a_leaf_that_the_tree_does_not_know_is_a_fault_of_the_layout():
    with pytest.raises(KeyError):
        written([line(50, "lost", 7)])


def test_an_unknown_attribute_is_refused():
    with pytest.raises(ValueError, match="colour"):
        written([line(50, "x", 0)], Node("Document", [Node("P", [0], attributes={"colour": "red"})]))
