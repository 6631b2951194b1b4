"""Path operators (ISO 32000-1 8.5.2): rounded rectangles and the paths of drawings.

In: page coordinates that are turned over already (y up), or a drawing's own. Out: bytes. Paints nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pdf.syntax import coordinate, number, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.layout.pages import PathOp

_OPERATORS = {"M": b"m", "L": b"l", "C": b"c", "Z": b"h"}
_KAPPA = 0.5522847498  # a quarter circle as one Bezier curve, within 0.03 %

Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Horizontal and vertical radius of the top-left, top-right, bottom-right and bottom-left corner."""


def path(ops: Iterable[PathOp]) -> bytes:
    """Write a drawing's path in the drawing's own coordinates."""
    return b"\n".join(b" ".join((*map(coordinate, values), _OPERATORS[op])) for op, values in ops)


def rectangle(x: float, y: float, width: float, height: float) -> bytes:
    """Write a rectangle; `x`, `y` is its lower left corner."""
    return numbers((x, y, width, height)) + b" re"


def round_corners(width: float, height: float, radii: tuple[float, float, float, float]) -> Corners:
    """Scale circular radii down until neighbours fit on every side (CSS Backgrounds 3, 5.5)."""
    tl, tr, br, bl = (max(radius, 0.0) for radius in radii)
    sides = ((tl + tr, width), (tr + br, height), (br + bl, width), (bl + tl, height))
    scale = min((length / need for need, length in sides if need > length), default=1.0)
    return ((tl * scale,) * 2, (tr * scale,) * 2, (br * scale,) * 2, (bl * scale,) * 2)


def shrink(corners: Corners, widths: tuple[float, float, float, float]) -> Corners:
    """Give the corners of the inner edge of a border (CSS Backgrounds 3, 5.2); widths are top, right, bottom, left."""
    top, right, bottom, left = widths
    beside = ((left, top), (right, top), (right, bottom), (left, bottom))
    inner = [(max(rx - dx, 0.0), max(ry - dy, 0.0)) for (rx, ry), (dx, dy) in zip(corners, beside, strict=True)]
    return (inner[0], inner[1], inner[2], inner[3])


def rounded(x: float, y: float, width: float, height: float, corners: Corners) -> bytes:
    """Write a rectangle with elliptical corners, as a plain one where they are all square."""
    if not any(rx and ry for rx, ry in corners):
        return rectangle(x, y, width, height)
    (tlx, tly), (trx, try_), (brx, bry), (blx, bly) = corners
    right, top = x + width, y + height
    out = [_point(x + tlx, top, b"m"), _point(right - trx, top, b"l")]
    out += _corner((right - trx, top), (right, top), (right, top - try_))
    out.append(_point(right, y + bry, b"l"))
    out += _corner((right, y + bry), (right, y), (right - brx, y))
    out.append(_point(x + blx, y, b"l"))
    out += _corner((x + blx, y), (x, y), (x, y + bly))
    out.append(_point(x, top - tly, b"l"))
    out += _corner((x, top - tly), (x, top), (x + tlx, top))
    out.append(b"h")
    return b"\n".join(out)


def _point(x: float, y: float, operator: bytes) -> bytes:
    return b"%b %b %b" % (number(x), number(y), operator)


def _corner(start: tuple[float, float], tip: tuple[float, float], end: tuple[float, float]) -> list[bytes]:
    """Write the quarter ellipse from `start` to `end` that bends towards `tip`; nothing where it is square."""
    if start == end:
        return []
    first = (start[0] + (tip[0] - start[0]) * _KAPPA, start[1] + (tip[1] - start[1]) * _KAPPA)
    second = (end[0] + (tip[0] - end[0]) * _KAPPA, end[1] + (tip[1] - end[1]) * _KAPPA)
    return [numbers((*first, *second, *end)) + b" c"]
