"""What a picture file is and how large it is meant to be, from its first bytes alone.

In: the bytes of a file. Out: `ImageInfo`, sizes in points, or ContentError that says what to do. No picture library
is loaded for it; whether the pixels decode is found out when they are written.
"""

from __future__ import annotations

from generator.errors import ContentError
from generator.images.jpeg import read_jpeg
from generator.images.png import SIGNATURE, read_png
from generator.plain import NamedTuple

PIXEL = 0.75  # points: 96 CSS pixels are 72 points
MAX_BYTES = 40_000_000
MAX_PIXELS = 50_000_000
_CONVERT = "convert it to PNG or JPEG"
_OTHERS = {
    b"GIF8": "a GIF", b"BM": "a BMP", b"II*\0": "a TIFF", b"MM\0*": "a TIFF", b"%PDF": "a PDF", b"%!PS": "a PostScript file",
    b"8BPS": "a Photoshop file", b"\0\0\x01\0": "an icon", b"\0\0\0\x0cjP  ": "a JPEG 2000", b"\xff\x0a": "a JPEG XL",
}  # fmt: skip
_BOXED = {
    **dict.fromkeys((b"heic", b"heix", b"mif1", b"msf1"), "a HEIC photo"),
    b"avif": "an AVIF",
}


class ImageInfo(NamedTuple):
    """`kind` is png, jpeg or svg; `width` and `height` are points, by the file's own resolution or 96 pixels an inch.

    `pixels` is the size as seen, (0, 0) for a drawing.
    """

    kind: str
    width: float
    height: float
    pixels: tuple[int, int] = (0, 0)


def probe(data: bytes) -> ImageInfo:
    """Tell what a file is. Raises ContentError for one that is empty, broken, too large or of another kind."""
    if not data:
        raise ContentError("the picture file is empty", hint="export it again, or take another copy")
    if len(data) > MAX_BYTES:
        raise ContentError(
            f"the picture file is {len(data) / 1e6:.0f} MB large; the limit is {MAX_BYTES // 1_000_000} MB",
            hint="save it smaller: a full page at 300 dots an inch is 2550 x 3300 pixels",
        )
    if data.startswith(SIGNATURE):
        return _png(data)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if looks_like_svg(data):
        from generator.images.svg import svg_size

        return ImageInfo("svg", *svg_size(data))
    raise ContentError(f"the file is {_name_of(data)}, which cannot be used here", hint=_CONVERT)


def _png(data: bytes) -> ImageInfo:
    try:
        header = read_png(data)
    except ValueError as e:
        raise ContentError(f"the PNG is broken: {e}", hint="export it again, or take another copy") from e
    return _sized("png", (header.width, header.height), header.dpi)


def _jpeg(data: bytes) -> ImageInfo:
    try:
        header = read_jpeg(data)
    except ValueError as e:
        raise ContentError(f"the JPEG is broken: {e}", hint="export it again, or take another copy") from e
    size, dpi = (header.width, header.height), header.dpi
    if header.orientation >= 5:
        size, dpi = size[::-1], dpi[::-1] if dpi else None
    return _sized("jpeg", size, dpi)


def _sized(kind: str, size: tuple[int, int], dpi: tuple[float, float] | None) -> ImageInfo:
    width, height = size
    if not width or not height:
        raise ContentError(f"the {kind.upper()} is broken: it is {width} x {height} pixels", hint="export it again")
    if width * height > MAX_PIXELS:
        raise ContentError(
            f"the picture has {width} x {height} pixels; the limit is {MAX_PIXELS // 1_000_000} million",
            hint="save it smaller: a full page at 300 dots an inch is 2550 x 3300 pixels",
        )
    x, y = dpi or (96.0, 96.0)
    # 72 dots an inch is what programs write when they know nothing; CSS takes such a file by its pixels too.
    if round(x) == round(y) == 72:
        x = y = 96.0
    return ImageInfo(kind, width * 72 / x, height * 72 / y, size)


def looks_like_svg(data: bytes) -> bool:
    """Tell an SVG by its beginning."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and (b"<svg" in data[:65536] or b":svg" in data[:65536] or head.startswith(b"<?xml"))


def _name_of(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP"
    if data[4:8] == b"ftyp":
        return _BOXED.get(data[8:12], "a video or a HEIC photo")
    return next((words for start, words in _OTHERS.items() if data.startswith(start)), "neither PNG nor JPEG nor SVG")
