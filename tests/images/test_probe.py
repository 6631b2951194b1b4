"""Sizes and refusals of picture files."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from generator.errors import ContentError
from generator.images.jpeg import read_jpeg
from generator.images.probe import MAX_BYTES, probe


def encoded(kind: str, size=(96, 48), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (9, 99, 200)).save(out, kind, **more)
    return out.getvalue()


def sized_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_css_pixel_is_three_quarters_of_a_point(kind):
    info = probe(encoded(kind))
    assert (info.kind, info.width, info.height, info.pixels) == (kind.lower(), 72, 36, (96, 48))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_recorded_resolution_counts(kind):
    info = probe(encoded(kind, (600, 300), dpi=(300, 300)))
    assert (round(info.width, 2), round(info.height, 2)) == (144, 72)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_72_dots_an_inch_mean_that_nobody_knew(kind):
    assert probe(encoded(kind, dpi=(72, 72))).width == 72


@pytest.mark.parametrize(("orientation", "size"), [(1, (72, 36)), (3, (72, 36)), (6, (36, 72)), (8, (36, 72))])
def test_a_photo_is_measured_as_it_is_seen(orientation, size):
    exif = Image.Exif()
    exif[274] = orientation
    info = probe(encoded("JPEG", exif=exif))
    assert (info.width, info.height) == size


def test_a_progressive_jpeg_and_a_grey_one_are_read():
    assert probe(encoded("JPEG", progressive=True)).pixels == (96, 48)


def test_an_svg_is_measured_without_its_colours():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="2in"><path fill="var(--x)" d="M0 0h9"/></svg>'
    info = probe(svg)
    assert (info.kind, info.width, info.height) == ("svg", 144, 72)


@pytest.mark.parametrize(("kind", "words"), [("GIF", "GIF"), ("WEBP", "WebP"), ("BMP", "BMP"), ("TIFF", "TIFF")])
def test_another_kind_is_named_with_what_to_do(kind, words):
    with pytest.raises(ContentError, match=words) as caught:
        probe(encoded(kind))
    assert "PNG or JPEG" in caught.value.hint


def test_a_phone_photo_is_named():
    with pytest.raises(ContentError, match="HEIC"):
        probe(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("size", [3, 12, 20, 40])
def test_a_file_that_breaks_off_is_an_error(kind, size):
    with pytest.raises(ContentError):
        probe(encoded(kind)[:size])


def test_a_png_without_its_end_is_an_error():
    with pytest.raises(ContentError, match="breaks off"):
        probe(encoded("PNG")[:-6])


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xd9", b"<html></html>"])
def test_what_is_no_picture_is_an_error(data):
    with pytest.raises(ContentError):
        probe(data)


def test_a_huge_picture_is_refused_by_its_header():
    with pytest.raises(ContentError, match="50 million") as caught:
        probe(sized_png(10_000, 10_000))
    assert "2550 x 3300" in caught.value.hint


def test_a_heavy_file_is_refused():
    with pytest.raises(ContentError, match="40 MB"):
        probe(sized_png(10, 10) + bytes(MAX_BYTES))


def test_no_picture_library_is_loaded():
    code = "import sys; import generator.images.probe, generator.images.svg; assert 'PIL' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(("unit", "dots", "inches"), [(1, 96, 1.0), (2, 96, 96 / (96 * 2.54)), (1, 48, 2.0), (0, 300, 1.0)])
def test_a_jpegs_dots_are_counted_by_the_inch_or_the_centimetre(unit, dots, inches):
    data = bytearray(encoded("JPEG", size=(96, 96)))
    at = data.index(b"JFIF\0") + 7
    data[at : at + 5] = struct.pack(">BHH", unit, dots, dots)
    assert probe(bytes(data)).width == pytest.approx(72 * inches)


def test_a_colour_profile_in_pieces_is_put_together_in_their_order():
    def piece(number: int, body: bytes) -> bytes:
        body = b"ICC_PROFILE\0" + bytes((number, 3)) + body
        return b"\xff\xe2" + struct.pack(">H", len(body) + 2) + body

    data = encoded("JPEG")
    start = data.index(b"\xff\xdb")
    pieces = piece(3, b"three") + piece(1, b"one") + piece(2, b"two")
    assert read_jpeg(data[:start] + pieces + data[start:]).profile == b"onetwothree"
