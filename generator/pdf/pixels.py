"""The pixels of a PNG or JPEG as PDF keeps them: encoded bytes, colour space, alpha (ISO 32000-1 7.4, 8.9.5).

In: a file's bytes and the pixels that print needs. Out: `Encoded`, or ContentError for a file that does not decode.
Bytes that a PDF reader can decode as they are go through untouched; Pillow does the rest, and checks all of them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from generator.errors import ContentError
from generator.images.jpeg import JpegHeader, read_jpeg
from generator.images.png import SIGNATURE, PngHeader, read_png
from generator.images.probe import MAX_PIXELS
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from PIL import Image

TOO_SHARP = 1.5  # times the pixels that print needs: below it, resampling loses more than it saves
_QUALITY = 88  # of a JPEG that has to be written anew

Header = JpegHeader | PngHeader
Size = tuple[int, int]


class Encoded(NamedTuple):
    """One image XObject: `filters` are its Filter and DecodeParms entries, `profile` an ICC profile or nothing."""

    size: Size
    components: int
    bits: int
    data: bytes
    filters: bytes
    profile: bytes = b""
    alpha: Encoded | None = None


def read_header(data: bytes) -> Header:
    """Read a picture's header. Raises ContentError."""
    try:
        header: Header = read_png(data) if data.startswith(SIGNATURE) else read_jpeg(data)
    except ValueError as e:
        raise _broken(e) from e
    if header.width * header.height > MAX_PIXELS:
        raise ContentError(
            f"the picture has {header.width} x {header.height} pixels", hint=f"save it with {MAX_PIXELS:,} or fewer"
        )
    return header


def encode(data: bytes, header: Header, target: Size) -> Encoded:
    """Encode a picture, scaled down where it has many more pixels than the `target` size."""
    reduce = all(have > TOO_SHARP * need for have, need in zip((header.width, header.height), target, strict=True))
    if isinstance(header, JpegHeader):
        return _jpeg(data, header, target if reduce else None)
    return _png(data, header, target if reduce else None)


def _jpeg(data: bytes, header: JpegHeader, target: Size | None) -> Encoded:
    # Baseline, extended and progressive Huffman frames of one or three components (ISO 32000-1 7.4.8).
    passes = header.components in (1, 3) and header.bits == 8 and header.frame in (0, 1, 2)
    if passes and target is None:
        _decoded(data, (header.width // 8 + 1, header.height // 8 + 1))
        return _dct((header.width, header.height), header.components, data, header.profile)
    image = _decoded(data, target)
    profile = header.profile
    if image.mode not in ("L", "RGB"):
        image, profile = image.convert("RGB"), b""
    if target:
        image = _scaled(image, target)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return _dct(image.size, len(image.getbands()), out.getvalue(), profile)


def _dct(size: Size, components: int, data: bytes, profile: bytes) -> Encoded:
    return Encoded(size, components, 8, data, b"/Filter/DCTDecode", profile)


def _png(data: bytes, header: PngHeader, target: Size | None) -> Encoded:
    image = _decoded(data)
    profile = image.info.get("icc_profile") or b""
    if target is None and header.plain and header.colour in (0, 2) and header.bits <= 8:
        return _predicted(header, profile)
    image = _simple(image)
    if target:
        image = _scaled(image, target)
    if "A" not in image.getbands():
        return _packed(image, profile)
    alpha = image.getchannel("A")
    flat = _packed(image.convert(image.mode.removesuffix("A")), profile)
    if alpha.getextrema() == (255, 255):
        return flat
    return Encoded(flat.size, flat.components, flat.bits, flat.data, flat.filters, flat.profile, _packed(alpha, b""))


def _packed(image: Image.Image, profile: bytes) -> Encoded:
    """Compress pixels by way of a PNG: its row filters halve what plain deflate makes of a photograph."""
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    return _predicted(read_png(out.getvalue()), profile)


def _predicted(header: PngHeader, profile: bytes) -> Encoded:
    components = 3 if header.colour == 2 else 1
    parameters = b"/Predictor 15/Colors %d/BitsPerComponent %d/Columns %d" % (components, header.bits, header.width)
    filters = b"/Filter/FlateDecode/DecodeParms<<%b>>" % parameters
    return Encoded((header.width, header.height), components, header.bits, header.pixels, filters, profile)


def _simple(image: Image.Image) -> Image.Image:
    """Bring any mode that Pillow gives a PNG to L, LA, RGB or RGBA of eight bits."""
    from PIL import Image

    if image.mode[0] == "I":  # 16-bit grey; Pillow's own conversion would cut bright parts off
        step = 4 if image.mode == "I" else 2
        clear = image.info.get("transparency")
        image = Image.frombytes("L", image.size, image.tobytes()[1::step])
        if isinstance(clear, int):
            image.info["transparency"] = clear >> 8
    if "transparency" in image.info:
        return image.convert("RGBA")
    wanted = {"1": "L", "P": "RGB", "PA": "RGBA"}.get(image.mode)
    return image.convert(wanted) if wanted else image


def _scaled(image: Image.Image, target: Size) -> Image.Image:
    from PIL import Image

    return image.resize(target, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _decoded(data: bytes, draft: Size | None = None) -> Image.Image:
    """Decode a picture, so that a damaged one is an error here and not a grey patch on paper.

    `draft`: a JPEG may be decoded at an eighth, a quarter or half its size, but not below this one.
    """
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        if draft:
            image.draft(None, draft)
        image.load()
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as e:
        raise _broken(e) from e
    return image


def _broken(cause: Exception) -> ContentError:
    why = "" if "BytesIO" in str(cause) else f": {cause}"  # what has no name here is named by the caller
    return ContentError(f"the picture is broken{why}", hint="export it again, or take another copy")
