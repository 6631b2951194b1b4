"""What readers that keep to the letter of ISO 32000-1 look for in a file."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest

from generator.layout.pages import Link, Node, Page, Pages, Raster, Text
from generator.pdf.document import write
from generator.text.catalogue import FontCatalogue
from generator.text.face import code
from generator.text.types import Piece, Setting, Span, TextStyle
from generator.text.typesetter import Typesetter
from tests.pdf.samples import BLACK, info, line, written
from tests.pdf.standin import Face
from tests.pdf.test_conformance import encoded
from tests.tools import text_of


def opened(data):
    return pikepdf.open(io.BytesIO(data))


def test_fonts_say_whether_they_are_italic():
    """The flag, the angle and the name agree (tables 122 and 123)."""
    setter = Typesetter(FontCatalogue())
    rows = [setter.set([Span("words", TextStyle(("Atkinson Hyperlegible",), italic=italic))], Setting(), 300)[0] for italic in (False, True)]
    data = written([Text(50, 50 + 20 * at, row.pieces, BLACK) for at, row in enumerate(rows)])
    found = {}
    pdf = opened(data)
    for font in pdf.pages[0].Resources.Font.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        found["Italic" in str(font.BaseFont)] = (bool(int(descriptor.Flags) & 64), float(descriptor.ItalicAngle) != 0)
    assert found == {False: (False, False), True: (True, True)}


def test_a_block_of_a_map_has_a_hundred_entries_at_most():
    face = Face()
    letters = [chr(c) for c in range(0x21, 0x250) if face._font.get_nominal_glyph(c)][:230]
    data = written([line(50 + at, "".join(letters[at : at + 40]), face=face) for at in range(0, 230, 40)])
    pdf = opened(data)
    (font,) = pdf.pages[0].Resources.Font.values()
    unicode = font.ToUnicode.read_bytes()
    blocks = re.findall(rb"(\d+) beginbfchar\n(.*?)endbfchar", unicode, re.DOTALL)
    assert [int(count) for count, _ in blocks] == [rows.count(b"\n") for _, rows in blocks]
    assert sum(int(count) for count, _ in blocks) == 230
    assert max(int(count) for count, _ in blocks) <= 100


@pytest.mark.parametrize("links", [0, 1, 3])
def test_the_next_key_of_the_parent_tree_is_free(links):
    """Whoever adds an annotation takes it (table 322)."""
    nodes = [Node("Link", [at]) for at in range(links)]
    areas = [Link(50, 40, 40, 12, "https://example.org", "There", node) for node in nodes]
    rows = [line(50 + 20 * at, "there", at) for at in range(links + 1)]
    pdf = opened(written(rows, Node("Document", [Node("P", [*nodes, links])]), areas))
    tree = pdf.Root.StructTreeRoot
    keys = [int(key) for key in list(tree.ParentTree.Nums)[::2]]
    assert len(keys) == links + 1
    assert int(tree.ParentTreeNextKey) == max(keys) + 1


def test_a_figure_over_two_pages_says_where_it_is_on_its_own():
    from PIL import Image

    image = encoded(Image.new("RGB", (9, 9)), "PNG")
    pages = [Page(396, 612, [Raster(10, 20, 100, 50, "k", 0)]), Page(396, 612, [Raster(30, 200, 40, 40, "k", 0)])]
    made = Pages(pages, Node("Document", [Node("Figure", [0], alt="x")]), "en", "t", 1)
    made.images = {"k": image}
    pdf = opened(write(made, info()))
    figure = pdf.Root.StructTreeRoot.K[0].K[0]
    first = figure.K[0] if isinstance(figure.K, pikepdf.Array) else figure.K
    page = (first.Pg if isinstance(first, pikepdf.Dictionary) and "/Pg" in first else figure.Pg).objgen
    assert page == pdf.pages[0].objgen
    assert [float(v) for v in figure.A.BBox] == [10, 542, 110, 592]


@pytest.mark.parametrize("low", [10, 13, 40, 41])
def test_codes_that_a_string_escapes_come_back(low):
    r"""Where codes are written anew: \n, \r, and the brackets (table 3)."""
    face = Face()
    face.alias("A", "x")
    second = face.alias("B", "Ж")  # the only one that is drawn, and so not the code it was given
    letter = next(c for c in map(chr, range(0x21, 0x2200)) if (face._font.get_nominal_glyph(ord(c)) or 0) & 255 == low)
    word = face.word(letter)
    cids = [next(iter(second.cids)), next(iter(word.cids))]
    show = b"(" + b"".join(map(code, cids)) + b")"
    drawn = Piece(0.0, sum(map(face.advance, cids)) * 0.012, 0, face, 12.0, show, (second, word))
    assert text_of(written([Text(50, 50, (drawn,), BLACK)])) == "Ж" + letter
