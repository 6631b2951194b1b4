"""Text and fonts, as pdfium and pikepdf see them."""

from __future__ import annotations

import io

import pikepdf

from generator.layout.pages import Clip, Text
from tests.pdf.samples import BLACK, BOLD, REGULAR, line, written
from tests.pdf.standin import piece
from tests.tools import render, text_of


def stream_of(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return pdf.pages[0].Contents.read_bytes().split(b"\n")


def test_copied_text_is_the_source_text():
    fragments = [line(50, "First line,"), line(70, "second – “line”."), line(90, "Bold", face=BOLD)]
    assert text_of(written(fragments)).split("\n") == ["First line,", "second – “line”.", "Bold"]


def test_one_glyph_can_stand_for_two_texts():
    alias = REGULAR.alias("A", "Ж")
    fragments = [line(50, "A"), line(90, "Ж", word=alias), line(130, "ffi", word=REGULAR.alias("f", "ffi"))]
    assert text_of(written(fragments)) == "AЖffi"


def test_a_character_beyond_the_basic_plane_comes_back():
    assert text_of(written([line(50, "𐍈", word=REGULAR.alias("B", "𐍈"))])) == "𐍈"


def test_actual_text_replaces_glyphs():
    data = written([Text(50, 50, (piece(REGULAR, "abc", actual_text="xyz (1)\\"),), BLACK)])
    assert any(b"/Span<</ActualText(xyz \\(1\\)\\\\)>>BDC" in row for row in stream_of(data))


def test_what_does_not_change_is_not_written_again():
    rows = stream_of(written([line(50, "a"), line(64.4, "b"), line(78.8, "c", x=60)]))
    assert sum(row.endswith(b"Tf") for row in rows) == 1
    assert [row for row in rows if row.endswith(b"Td")] == [b"50 562 Td", b"0 -14.4 Td", b"10 -14.4 Td"]


def test_a_clip_brings_back_the_font_that_was_set_before_it():
    inside = [Clip("push", 0, 0, 300, 300), line(70, "b", size=9), Clip("pop")]
    rows = stream_of(written([line(50, "a"), *inside, line(90, "c")]))
    assert [row for row in rows if row.endswith(b"Tf")] == [b"/F1 12 Tf", b"/F1 9 Tf"]


def test_rise_and_spacing_are_taken_back():
    pieces = (piece(REGULAR, "a", rise=4, char_space=1), piece(REGULAR, "b", x=20))
    rows = stream_of(written([Text(50, 50, pieces, BLACK)]))
    assert [row for row in rows if row.endswith((b"Ts", b"Tc"))] == [b"1 Tc", b"4 Ts", b"0 Ts", b"0 Tc"]


def test_colour_reaches_the_page():
    data = written([Text(20, 300, (piece(BOLD, "MMM", 120),), (0.8, 0, 0.2))])
    colours = {colour for _, colour in render(data)[0].getcolors(100_000)}
    assert (204, 0, 51) in colours


def test_each_face_is_embedded_once_and_as_a_subset():
    data = written([line(50, "abc"), line(70, "abd"), line(90, "x", face=BOLD)])
    pdf = pikepdf.open(io.BytesIO(data))
    fonts = pdf.pages[0].Resources.Font
    assert len(fonts) == 2
    for font in fonts.values():
        assert str(font.BaseFont)[7] == "+"
        assert len(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()) < 8000


def test_widths_are_those_of_the_face():
    pdf = pikepdf.open(io.BytesIO(written([line(50, "il")])))
    font = pdf.pages[0].Resources.Font.F1
    (cid, word) = next(iter(REGULAR.word("i").cids.items()))
    widths = list(font.DescendantFonts[0].W)
    given = {int(first) + at: float(w) for first, ws in zip(widths[::2], widths[1::2], strict=True) for at, w in enumerate(ws)}
    assert word == "i"
    assert abs(given[cid] - REGULAR.advance(cid)) < 0.01
