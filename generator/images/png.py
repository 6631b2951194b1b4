"""PNG headers (ISO/IEC 15948): size, density, and whether the chunks are whole.

In: the bytes of a file. Out: a `PngHeader`, or ValueError with what is wrong. Decodes no pixel.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_METRE = 39.3700787  # inches


class PngHeader(NamedTuple):
    """Size in pixels, bits a sample, colour type (0 grey, 2 RGB, 3 palette, 4 and 6 with alpha), dots per inch.

    `plain`: neither interlaced nor with a transparent colour, so that `pixels`, the joined deflate data, can be read
    with PNG predictors by others too.
    """

    width: int
    height: int
    bits: int
    colour: int
    plain: bool
    pixels: bytes
    dpi: tuple[float, float] | None = None


def read_png(data: bytes) -> PngHeader:
    """Walk over all chunks, checking that each is whole; the checksum of the header is checked too."""
    head: tuple[int, int, int, int, bool] | None = None
    dpi: tuple[float, float] | None = None
    transparent = False
    pixels: list[bytes] = []
    for kind, body in _chunks(data):
        if kind == b"IHDR":
            head = _head(body)
        elif kind == b"pHYs" and len(body) == 9:
            x, y, unit = struct.unpack(">IIB", body)
            dpi = (x / _METRE, y / _METRE) if unit == 1 and x and y else None
        elif kind == b"tRNS":
            transparent = True
        elif kind == b"IDAT":
            pixels.append(body)
    if head is None or not pixels:
        raise ValueError("it has no picture in it")
    width, height, bits, colour, interlaced = head
    return PngHeader(width, height, bits, colour, not (interlaced or transparent), b"".join(pixels), dpi)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    kind = b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise ValueError("it breaks off before its end")
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if kind == b"IHDR" and data[at + 8 + length : at + 12 + length] != zlib.crc32(kind + body).to_bytes(4, "big"):
            raise ValueError("its header is damaged")
        yield kind, body
        at += 12 + length


def _head(body: bytes) -> tuple[int, int, int, int, bool]:
    if len(body) != 13:
        raise ValueError("its header is damaged")
    width, height, bits, colour, _, _, interlace = struct.unpack(">IIBBBBB", body)
    return width, height, bits, colour, bool(interlace)
