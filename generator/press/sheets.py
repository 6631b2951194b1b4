"""What a printed sheet is made of: plain data between the arithmetic and the PDF. Points; the origin is the bottom left corner.

A back is given as the printer takes it, so that it lies behind its front when the sheet has been turned. Knows no PDF.
"""

from __future__ import annotations

from generator.plain import NamedTuple

MM = 72 / 25.4
"""Points in a millimetre."""

NOTES, HEADED_NOTES = -1, -2
"""The page numbers of a notes page, which no file has, and of the first one."""


class Rect(NamedTuple):
    """A rectangle by its bottom left corner."""

    x: float
    y: float
    width: float
    height: float

    def grown(self, by: float) -> Rect:
        """Give it with `by` added on every side."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


class Placement(NamedTuple):
    """A page on a side of a sheet: `source` and `page` count from 0; `area` is where its trim comes to lie.

    `turned`: upside down. Nothing of the page shows outside `clip`; `bleed` is what it must have beyond its trim.
    """

    source: int
    page: int
    area: Rect
    clip: Rect
    turned: bool = False
    bleed: float = 0.0


class Line(NamedTuple):
    """A mark to cut along, or dashed to fold along; never inside a trim."""

    x0: float
    y0: float
    x1: float
    y1: float
    dashed: bool = False


class Side(NamedTuple):
    """One side. `trim` and `bleed` are what its boxes say."""

    placements: tuple[Placement, ...]
    marks: tuple[Line, ...]
    trim: Rect
    bleed: Rect


class Sheet(NamedTuple):
    """A sheet of paper as it lies in the file: upright or on its side."""

    width: float
    height: float
    front: Side
    back: Side | None = None


def turned(side: Side, width: float, height: float) -> Side:
    """Turn a side upside down."""

    def around(rect: Rect) -> Rect:
        return Rect(width - rect.x - rect.width, height - rect.y - rect.height, rect.width, rect.height)

    placements = tuple(p._replace(area=around(p.area), clip=around(p.clip), turned=not p.turned) for p in side.placements)
    marks = tuple(Line(width - m.x0, height - m.y0, width - m.x1, height - m.y1, m.dashed) for m in side.marks)
    return Side(placements, marks, around(side.trim), around(side.bleed))


def back_for(side: Side, width: float, height: float, duplex: str) -> Side:
    """Give a back, made for a sheet that is turned like the page of a book, for the printer's way of turning it.

    A printer that flips on the `long` edge turns an upright sheet like a page and one on its side like a calendar; on the
    `short` edge the other way about.
    """
    like_a_page = (width <= height) == (duplex == "long")
    return side if like_a_page else turned(side, width, height)
