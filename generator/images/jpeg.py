"""JPEG headers (ITU-T T.81 annex B; JFIF 1.02; Exif 2.3): size, components, density and orientation.

In: the bytes of a file. Out: a `JpegHeader`, or ValueError with what is wrong. Decodes no pixel.
"""

from __future__ import annotations

import struct

from generator.plain import NamedTuple

_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_NOT_FRAMES = frozenset({0xC4, 0xC8, 0xCC})  # tables and extensions that lie among the frame markers
_ORIENTATION = 0x0112


class JpegHeader(NamedTuple):
    """Stored size in pixels, `components` (1, 3 or 4), `frame` (SOF number), dots per inch, Exif orientation 1-8.

    `adobe` is the transform flag of the Adobe segment, -1 without one. Orientation 5 to 8 lays the picture on its
    side: what is seen is `height` wide.
    """

    width: int
    height: int
    components: int
    bits: int
    frame: int
    dpi: tuple[float, float] | None = None
    orientation: int = 1
    adobe: int = -1
    profile: bytes = b""


def read_jpeg(data: bytes) -> JpegHeader:
    """Read the segments up to the first scan."""
    at = 2
    dpi: tuple[float, float] | None = None
    orientation, adobe = 1, -1
    chunks: dict[int, bytes] = {}
    frame: tuple[int, int, int, int, int] | None = None
    while frame is None or at < len(data):
        marker, body, at = _segment(data, at)
        if marker == 0xDA:
            break
        if marker == 0xE0 and body[:5] == b"JFIF\0":
            dpi = _density(body)
        elif marker == 0xE1 and body[:6] == b"Exif\0\0":
            orientation = _orientation(body[6:])
        elif marker == 0xE2 and body[:12] == b"ICC_PROFILE\0" and len(body) > 14:
            chunks[body[12]] = body[14:]
        elif marker == 0xEE and body[:5] == b"Adobe" and len(body) >= 12:
            adobe = body[11]
        elif 0xC0 <= marker <= 0xCF and marker not in _NOT_FRAMES:
            bits, height, width, components = struct.unpack_from(">BHHB", body)
            frame = (width, height, components, bits, marker - 0xC0)
    if frame is None:
        raise ValueError("it has no picture in it")
    return JpegHeader(*frame, dpi, orientation, adobe, b"".join(chunks[key] for key in sorted(chunks)))


def _segment(data: bytes, at: int) -> tuple[int, bytes, int]:
    """Give a marker, its segment and where the next one is."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 2 > len(data):
            raise ValueError("it breaks off in the header")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0 or marker in _STANDALONE:
            at += 2
        else:
            break
    if marker == 0xD9:
        raise ValueError("it ends before the picture begins")
    size = int.from_bytes(data[at + 2 : at + 4], "big")
    body = data[at + 4 : at + 2 + size]
    if size < 2 or len(body) < size - 2:
        raise ValueError("it breaks off in the header")
    return marker, body, at + 2 + size


def _density(body: bytes) -> tuple[float, float] | None:
    if len(body) < 12:
        return None
    unit, x, y = struct.unpack_from(">BHH", body, 7)
    scale = {1: 1.0, 2: 2.54}.get(unit, 0.0)
    return (x * scale, y * scale) if scale and x and y else None


def _orientation(tiff: bytes) -> int:
    """Find the orientation tag in the first directory; 1 where there is none or the data make no sense."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        start = struct.unpack_from(f"{order}I", tiff, 4)[0]
        count = struct.unpack_from(f"{order}H", tiff, start)[0]
        for entry in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * entry)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1
