"""Boxes: a fill, then borders drawn inside the rectangle as CSS draws them (CSS Backgrounds 3, 4 and 5).

In: a `Box` and the page's height. Out: path and paint operators that leave the graphics state as it was, but for
the fill colour. A border of one colour and style all round is one ring; sides that differ are mitred where
they meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pdf.paths import Corners, rectangle, round_corners, rounded, shrink
from generator.pdf.syntax import colour, fine, number, numbers

if TYPE_CHECKING:
    from generator.layout.pages import Box, Colour

_Sides = tuple[float, float, float, float]
_Point = tuple[float, float]


def draw_box(box: Box, page_height: float) -> bytes:
    """Write a box; empty where nothing shows."""
    edge = _Edge(box, page_height)
    out: list[bytes] = []
    if box.fill is not None:
        out += (colour(box.fill), edge.outline((0.0,) * 4), b"f")
    widths = _shown(box)
    if any(widths):
        if _uniform(box, widths):
            out += _ring(edge, widths, box.colours[_first(widths)], box.styles[_first(widths)])
        else:
            out += _sides(edge, widths, box)
    return b"\n".join(out)


class _Edge:
    """The border box in PDF coordinates and the outlines at any depth inside it."""

    def __init__(self, box: Box, page_height: float) -> None:
        self.left, self.right = box.x, box.x + box.width
        self.top, self.bottom = page_height - box.y, page_height - box.y - box.height
        self.corners: Corners = round_corners(box.width, box.height, box.radii)

    @property
    def round(self) -> bool:
        return any(rx for rx, _ in self.corners)

    def outline(self, inset: _Sides) -> bytes:
        """Write the path that lies `inset` (top, right, bottom, left) inside the border box."""
        top, right, bottom, left = inset
        width = max(self.right - self.left - left - right, 0.0)
        height = max(self.top - self.bottom - top - bottom, 0.0)
        return rounded(self.left + left, self.bottom + bottom, width, height, shrink(self.corners, inset))

    def mitre(self, side: int, widths: _Sides) -> bytes:
        """Write the quadrilateral between the outer and the inner edge of one side, to clip or to fill.

        With round corners the inner edge is moved inwards, so that the wedge covers the whole curve.
        """
        top, right, bottom, left = widths
        outer = ((self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom))
        inwards = ((left, -top), (-right, -top), (-right, bottom), (left, bottom))
        reach = self._reach(widths)
        inner = tuple((x + reach * dx, y + reach * dy) for (x, y), (dx, dy) in zip(outer, inwards, strict=True))
        after = (side + 1) % 4
        return _polygon((outer[side], outer[after], inner[after], inner[side]))

    def _reach(self, widths: _Sides) -> float:
        """How many border widths the mitre goes inwards: 1, or as far as the curve of the corners needs."""
        top, right, bottom, left = widths
        if not self.round:
            return 1.0
        across = min(
            (self.right - self.left) / max(left + right, 0.01),
            (self.top - self.bottom) / max(top + bottom, 0.01),
        )
        deepest = max(radius for radius, _ in self.corners) / max(min(w for w in widths if w), 0.01)
        return max(1.0, min(across, deepest + 1.0))


def _shown(box: Box) -> _Sides:
    top, right, bottom, left = (width if style != "none" else 0.0 for width, style in zip(box.widths, box.styles, strict=True))
    return (top, right, bottom, left)


def _first(widths: _Sides) -> int:
    return next(side for side in range(4) if widths[side])


def _uniform(box: Box, widths: _Sides) -> bool:
    """Tell whether the border can be drawn in one go: a ring with a side of no width would show a hairline there."""
    shown = [side for side in range(4) if widths[side]]
    if len(shown) < 4:
        return False
    looks = {(box.colours[side], box.styles[side]) for side in shown}
    if len(looks) > 1:
        return False
    style = box.styles[shown[0]]
    return style in ("solid", "double") or len(set(widths)) == 1


def _ring(edge: _Edge, widths: _Sides, shade: Colour, style: str) -> list[bytes]:
    if style in ("dashed", "dotted"):
        return _dashed_ring(edge, widths[0], shade, style)
    bands = ((0.0, 1 / 3), (2 / 3, 1.0)) if style == "double" else ((0.0, 1.0),)
    out = [colour(shade)]
    for outer, inner in bands:
        out += (edge.outline(_scaled(widths, outer)), edge.outline(_scaled(widths, inner)), b"f*")
    return out


def _scaled(widths: _Sides, share: float) -> _Sides:
    top, right, bottom, left = widths
    return (top * share, right * share, bottom * share, left * share)


def _dashed_ring(edge: _Edge, width: float, shade: Colour, style: str) -> list[bytes]:
    if not edge.round:
        return [part for side in range(4) for part in _stroked_side(edge, side, (width,) * 4, shade, style)]
    middle = edge.outline((width / 2,) * 4)
    return [b"q", _pen(width, shade, style), middle, b"S", b"Q"]


def _sides(edge: _Edge, widths: _Sides, box: Box) -> list[bytes]:
    """Draw every side on its own, clipped to its mitre."""
    out: list[bytes] = []
    for side in range(4):
        if not widths[side]:
            continue
        style, shade = box.styles[side], box.colours[side]
        if style in ("dashed", "dotted"):
            out += _stroked_side(edge, side, widths, shade, style)
        elif style == "solid" and not edge.round:
            out += (colour(shade), edge.mitre(side, widths), b"f")
        else:
            out += (b"q", edge.mitre(side, widths), b"W n", *_ring(edge, widths, shade, style), b"Q")
    return out


def _stroked_side(edge: _Edge, side: int, widths: _Sides, shade: Colour, style: str) -> list[bytes]:
    """Draw one straight dashed or dotted side along its middle; round corners are cut square here."""
    half = widths[side] / 2
    ends: tuple[tuple[_Point, _Point], ...] = (
        ((edge.left, edge.top - half), (edge.right, edge.top - half)),
        ((edge.right - half, edge.top), (edge.right - half, edge.bottom)),
        ((edge.left, edge.bottom + half), (edge.right, edge.bottom + half)),
        ((edge.left + half, edge.top), (edge.left + half, edge.bottom)),
    )
    start, end = ends[side]
    length = abs(end[0] - start[0]) + abs(end[1] - start[1])
    if style == "dotted":  # round dots must not stick out; what the line goes on after the last one lies in a gap
        start = (start[0] + half, start[1]) if end[0] > start[0] else (start[0], start[1] - half)
        length -= 2 * half
    pen = _pen(widths[side], shade, style, length)
    return [b"q", pen, numbers(start) + b" m", numbers(end) + b" l", b"S", b"Q"]


def _pen(width: float, shade: Colour, style: str, length: float = 0.0) -> bytes:
    """Write line width, stroke colour, cap and dash. Gaps stretch so that a side of `length` ends in a dash."""
    dash, gap = (0.0, 2 * width) if style == "dotted" else (3 * width, 2 * width)
    if length > dash:
        periods = max(round((length - dash) / (dash + gap)), 1)
        gap = (length - dash) / periods - dash
    cap = b"1 J" if style == "dotted" else b"0 J"
    stroke = colour(shade).upper()
    return b"%b w %b %b [%b]0 d" % (number(width), stroke, cap, b"%b %b" % (fine(dash), fine(max(gap, 0.01))))


def _polygon(points: tuple[_Point, ...]) -> bytes:
    first, *rest = points
    return b"\n".join((numbers(first) + b" m", *(numbers(p) + b" l" for p in rest), b"h"))


def clip_box(x: float, y: float, width: float, height: float, radii: _Sides) -> bytes:
    """Write a clip to a rounded rectangle; `x`, `y` is its lower left corner. The caller saves the state."""
    corners = round_corners(width, height, radii)
    outline = rounded(x, y, width, height, corners) if any(radii) else rectangle(x, y, width, height)
    return outline + b"\nW n"
