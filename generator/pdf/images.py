"""Pictures as image XObjects (ISO 32000-1 8.9.5): each file once, no sharper than print needs.

In: the files' bytes by key and the sizes they are drawn at. Out: XObjects and the entries of the resource
dictionary. A photograph that the camera turned is set upright by a matrix, so that its bytes can stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import ContentError, Position
from generator.images.jpeg import JpegHeader
from generator.pdf.pixels import encode, read_header
from generator.pdf.syntax import name, ref
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.layout.pages import Raster
    from generator.pdf.objects import Document
    from generator.pdf.pixels import Encoded, Header, Size

PRINT_PPI = 300  # pixels an inch that print shows
_SPACES = {1: b"/DeviceGray", 3: b"/DeviceRGB"}
_PROFILES = {1: b"GRAY", 3: b"RGB "}
_CLASSES = frozenset({b"scnr", b"mntr", b"prtr", b"spac"})  # what ISO 32000-1 8.6.5.5 allows of an ICC profile
# The unit square turned as Exif orientation 2 to 8 asks (Exif 2.3, tag 274), y up: a b c d e f.
_TURNS = {
    2: b"-1 0 0 1 1 0 cm", 3: b"-1 0 0 -1 1 1 cm", 4: b"1 0 0 -1 0 1 cm", 5: b"0 -1 -1 0 1 1 cm",
    6: b"0 -1 1 0 0 1 cm", 7: b"0 1 1 0 0 0 cm", 8: b"0 1 -1 0 1 0 cm",
}  # fmt: skip


class ImageUse(NamedTuple):
    """How a picture is painted: the operand of Do, and the matrix that sets it upright."""

    operand: bytes
    header: Header
    turn: tuple[bytes, ...]


class ImageTable:
    """All pictures of a document."""

    def __init__(self, files: Mapping[str, bytes], names: Mapping[str, str]) -> None:
        self._files, self._names = files, names
        self._uses: dict[str, ImageUse] = {}
        self._drawn: dict[str, tuple[float, float]] = {}
        self._profiles: dict[bytes, int] = {}

    def use(self, raster: Raster) -> ImageUse:
        """Note that a picture is drawn at this size and say how to paint it."""
        width, height = self._drawn.get(raster.key, (0.0, 0.0))
        self._drawn[raster.key] = (max(width, raster.width), max(height, raster.height))
        found = self._uses.get(raster.key)
        if found is None:
            header = read_header(self._files[raster.key])
            turn = _TURNS.get(_orientation(header))
            found = ImageUse(name(f"Im{len(self._uses) + 1}"), header, (turn,) if turn else ())
            self._uses[raster.key] = found
        return found

    def embed(self, document: Document) -> bytes:
        """Write every picture that is drawn; give the body of the XObject resource dictionary."""
        out: list[bytes] = []
        for key, use in self._uses.items():
            try:
                encoded = encode(self._files[key], use.header, _target(self._drawn[key], use.header))
            except ContentError as exc:
                raise ContentError(exc.message, exc.position or Position(self._names.get(key, "")), exc.hint) from exc
            out.append(use.operand + b" " + ref(self._add(document, encoded)))
        return b"".join(out)

    def _add(self, document: Document, image: Encoded) -> int:
        width, height = image.size
        entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%b/BitsPerComponent %d" % (
            width, height, self._space(document, image), image.bits,
        )  # fmt: skip
        if image.alpha is not None:
            entries += b"/SMask " + ref(self._add(document, image.alpha))
        return document.add_stream(image.data, entries + image.filters, compress=False)

    def _space(self, document: Document, image: Encoded) -> bytes:
        """Give the colour space: the file's own profile where it is sound, else sRGB by the output intent."""
        profile = image.profile
        if not _sound(profile, image.components):
            return _SPACES[image.components]
        if profile not in self._profiles:
            self._profiles[profile] = document.add_stream(profile, b"/N %d" % image.components)
        return b"[/ICCBased %b]" % ref(self._profiles[profile])


def _orientation(header: Header) -> int:
    return header.orientation if isinstance(header, JpegHeader) else 1


def _target(drawn: tuple[float, float], header: Header) -> Size:
    """Give the pixels that print needs for a size in points, along the stored picture's axes."""
    width, height = (max(round(length / 72 * PRINT_PPI), 1) for length in drawn)
    return (height, width) if _orientation(header) >= 5 else (width, height)


def _sound(profile: bytes, components: int) -> bool:
    """Tell whether an ICC profile may stand in a PDF/A file (ISO 19005-2 6.2.4.2): version, class and colours fit."""
    return (
        len(profile) > 132
        and int.from_bytes(profile[:4], "big") == len(profile)
        and profile[8] in (2, 4)
        and profile[12:16] in _CLASSES
        and profile[16:20] == _PROFILES[components]
        and profile[36:40] == b"acsp"
    )
