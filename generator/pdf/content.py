"""One page's content stream: fragments in, operators out, with marked content around every one of them.

In: a `Page`, the fonts and images of the document, and which structure role each content leaf has. Out: the bytes
of the content stream and the leaves in the order of their marked-content identifiers (ISO 32000-1 14.7.4).
Marked content never straddles a clip's `q` and `Q`. Knows nothing of structure elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from generator.layout.pages import ARTIFACT, FOOTER, HEADER, Box, Clip, Drawing, Raster, Text
from generator.pdf.borders import clip_box, draw_box
from generator.pdf.drawings import draw_shapes
from generator.pdf.extent import Extent, drawing_extent, text_extent
from generator.pdf.syntax import colour, number, numbers, text_string
from generator.plain import NamedTuple, dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.layout.pages import Page
    from generator.pdf.fonts import Fonts
    from generator.pdf.images import ImageTable
    from generator.text.face import Face
    from generator.text.types import Piece

_ARTIFACTS = {
    ARTIFACT: b"/Artifact BMC",
    HEADER: b"/Artifact<</Type/Pagination/Subtype/Header>>BDC",
    FOOTER: b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC",
}
_NOTHING = -9  # no marked content is open
_UNKNOWN = -1e6  # a space between characters that no text has


class Painted(NamedTuple):
    """A page's content: `stream` bytes, `leaves` by MCID, and the extent of every leaf of a figure."""

    stream: bytes
    leaves: tuple[int, ...]
    extents: Mapping[int, Extent]


@dataclass(slots=True, eq=False, repr=False)
class _State:
    """The part of the graphics state that text sets, as it stands in the stream (ISO 32000-1 8.4)."""

    font: bytes = b""
    fill: bytes = b"0 g"
    char_space: float = 0.0


Table_co = TypeVar("Table_co", bound="Fonts", covariant=True)


@dataclass(slots=True, eq=False, repr=False)
class Resources(Generic[Table_co]):
    """What all pages share. `roles`: the operand of BDC by leaf. `measured`: the leaves whose extent is wanted."""

    fonts: Table_co
    images: ImageTable
    roles: Mapping[int, bytes]
    measured: frozenset[int] = field(default_factory=frozenset)


def paint(page: Page, resources: Resources[Fonts]) -> Painted:
    """Write a page's content stream."""
    painter = Painter(page.height, resources)
    for fragment in page.fragments:
        painter.paint(fragment)
    return painter.finish()


class Painter:
    """Writes operators and remembers what is open: marked content, a text object, saved states."""

    def __init__(self, height: float, resources: Resources[Fonts], first: int = 0) -> None:
        """`first`: the marked-content identifier to begin with."""
        self._height = height
        self._first = first
        self._shared = resources
        self._out: list[bytes] = []
        self._open = _NOTHING
        self._in_text = False
        self._at = (0, 0)  # start of the text line, in hundredths of a point: sums of rounded steps stay exact
        self._state = _State()
        self._saved: list[_State] = []
        self._leaves: list[int] = []
        self._extents: dict[int, Extent] = {}

    def paint(self, fragment: Text | Box | Clip | Drawing | Raster) -> None:
        """Write one fragment."""
        if isinstance(fragment, Text):
            self._text(fragment)
        elif isinstance(fragment, Box):
            self._box(fragment)
        elif isinstance(fragment, Clip):
            self._clip(fragment)
        elif isinstance(fragment, Drawing):
            self._drawing(fragment)
        else:
            self._raster(fragment)

    def finish(self) -> Painted:
        """Close what is open and give the page's content."""
        self._close()
        if self._saved:
            raise ValueError(f"{len(self._saved)} clips were pushed and not popped")
        return Painted(b"\n".join(self._out), tuple(self._leaves), self._extents)

    @property
    def count(self) -> int:
        """How many marked-content identifiers are taken."""
        return self._first + len(self._leaves)

    def cut(self, between: Painted | None = None) -> bytes:
        """Give what is painted since the last cut, closed; `between` is painted by another one before this one goes on.

        Nothing is taken to be known of the graphics state behind a cut.
        """
        self._close()
        stream = b"\n".join(self._out)
        self._out.clear()
        self._state = _State(b"", b"", _UNKNOWN)
        if between is not None:
            self._leaves += between.leaves
            self._extents.update(between.extents)
        return stream

    def _mark(self, content: int) -> None:
        """Be inside the marked content of `content`; neighbours of one leaf share a sequence."""
        if content == self._open:
            return
        self._close()
        if content < 0:
            self._out.append(_ARTIFACTS[content])
        else:
            self._out.append(b"%b<</MCID %d>>BDC" % (self._shared.roles[content], self.count))
            self._leaves.append(content)
        self._open = content

    def _end_text(self) -> None:
        if self._in_text:
            self._out.append(b"ET")
            self._in_text = False

    def _close(self) -> None:
        self._end_text()
        if self._open != _NOTHING:
            self._out.append(b"EMC")
            self._open = _NOTHING

    def _measure(self, content: int, extent: Extent) -> None:
        if content in self._shared.measured:
            known = self._extents.get(content)
            self._extents[content] = known.join(extent) if known else extent

    def _text(self, text: Text) -> None:
        self._mark(text.content)
        if not self._in_text:
            self._out.append(b"BT")
            self._in_text = True
            self._at = (0, 0)
        fill = colour(text.colour)
        if fill != self._state.fill:
            self._state.fill = fill
            self._out.append(fill)
        baseline = round((self._height - text.y) * 100)
        for piece in text.pieces:
            if piece.face is not None:
                self._piece(piece, piece.face, round((text.x + piece.x) * 100), baseline)
        if text.content in self._shared.measured:
            self._measure(text.content, text_extent(text, self._height))

    def _piece(self, piece: Piece, face: Face, x: int, y: int) -> None:
        """Show one run of glyphs; only what differs from the state is written."""
        out, state = self._out, self._state
        operand, codes = self._shared.fonts.draw(face, piece.words, piece.show)
        font = b"%b %b Tf" % (operand, number(piece.size))
        if font != state.font:
            state.font = font
            out.append(font)
        if piece.char_space != state.char_space:
            state.char_space = piece.char_space
            out.append(number(piece.char_space) + b" Tc")
        old_x, old_y = self._at
        if (x, y) != self._at or not (x or y):
            out.append(b"%.7g %.7g Td" % ((x - old_x) / 100, (y - old_y) / 100))
            self._at = (x, y)
        show = b"[%b]TJ" % codes
        if piece.rise:
            show = b"%b Ts\n%b\n0 Ts" % (number(piece.rise), show)
        if piece.reversed:
            show = b"/ReversedChars BMC\n%b\nEMC" % show  # ISO 32000-1 14.8.2.3.3
        if piece.actual_text is not None:
            show = b"/Span<</ActualText%b>>BDC\n%b\nEMC" % (text_string(piece.actual_text), show)
        out.append(show)

    def _box(self, box: Box) -> None:
        operators = draw_box(box, self._height)
        if operators:
            self._mark(ARTIFACT)
            self._end_text()
            self._out.append(operators)
            self._state.fill = b""  # unknown: the box has set its own

    def _clip(self, clip: Clip) -> None:
        self._close()
        if clip.kind == "push":
            bottom = self._height - clip.y - clip.height
            self._saved.append(replace(self._state))
            self._out += (b"q", clip_box(clip.x, bottom, clip.width, clip.height, clip.radii))
        else:
            self._out.append(b"Q")
            self._state = self._saved.pop()

    def _drawing(self, drawing: Drawing) -> None:
        self._mark(drawing.content)
        self._end_text()
        self._out += (b"q", draw_shapes(drawing, self._height), b"Q")
        if drawing.content in self._shared.measured:
            self._measure(drawing.content, drawing_extent(drawing, self._height))

    def _raster(self, raster: Raster) -> None:
        self._mark(raster.content)
        self._end_text()
        bottom = self._height - raster.y - raster.height
        image = self._shared.images.use(raster)
        placed = numbers((raster.width, 0, 0, raster.height, raster.x, bottom)) + b" cm"
        self._out += (b"q", placed, *image.turn, image.operand + b" Do", b"Q")
        self._measure(raster.content, Extent(raster.x, bottom, raster.x + raster.width, bottom + raster.height))
