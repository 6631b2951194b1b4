"""How far fragments reach on a page, for the BBox of a Figure (ISO 32000-1 14.8.5.4.3).

In: fragments. Out: rectangles in PDF coordinates, y up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plain import NamedTuple

if TYPE_CHECKING:
    from generator.layout.pages import Drawing, Text


class Extent(NamedTuple):
    """A rectangle: points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def join(self, other: Extent) -> Extent:
        """Give the smallest rectangle around both."""
        return Extent(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


def text_extent(text: Text, page_height: float) -> Extent:
    """Measure a line of text by its pieces' faces."""
    y = page_height - text.y
    left = min((piece.x for piece in text.pieces), default=0.0)
    right = max((piece.x + piece.width for piece in text.pieces), default=0.0)
    faces = [(piece.face, piece.size / 1000) for piece in text.pieces if piece.face is not None]
    ascent = max((face.ascent * em for face, em in faces), default=0.0)
    descent = max((face.descent * em for face, em in faces), default=0.0)
    return Extent(text.x + left, y - descent, text.x + right, y + ascent)


def drawing_extent(drawing: Drawing, page_height: float) -> Extent:
    """Measure a drawing by its clip, else by the control points of its paths."""
    if drawing.clip is not None:
        x, y, width, height = drawing.clip
        return Extent(x, page_height - y - height, x + width, page_height - y)
    a, b, c, d, e, f = drawing.matrix
    xs: list[float] = []
    ys: list[float] = []
    for shape in drawing.shapes:
        for _, values in shape.path:
            for px, py in zip(values[::2], values[1::2], strict=True):
                xs.append(a * px + c * py + e)
                ys.append(page_height - (b * px + d * py + f))
    return Extent(min(xs, default=e), min(ys, default=0.0), max(xs, default=e), max(ys, default=0.0))
