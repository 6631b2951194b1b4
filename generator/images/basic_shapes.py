"""The basic shapes (SVG 1.1, 9) as paths.

In: an element's name and a way to read its lengths. Out: its path, empty where it draws nothing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from generator.images.geometry import NUMBER
from generator.images.path_data import arc

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.layout.pages import PathOp


def shape_path(kind: str, length: Callable[[str], float | None], points: str) -> tuple[PathOp, ...]:
    """Give the path of a rect, circle, ellipse, line, polyline or polygon; `points` is that attribute's text."""
    if kind == "rect":
        return _rect(length)
    if kind in ("circle", "ellipse"):
        radius = length("r") if kind == "circle" else None
        rx, ry = (radius or 0.0,) * 2 if kind == "circle" else (length("rx") or 0.0, length("ry") or 0.0)
        return _ellipse(length("cx") or 0.0, length("cy") or 0.0, rx, ry)
    if kind == "line":
        start, end = (length("x1") or 0.0, length("y1") or 0.0), (length("x2") or 0.0, length("y2") or 0.0)
        return (("M", start), ("L", end))
    return _poly(points, closed=kind == "polygon")


def _rect(length: Callable[[str], float | None]) -> tuple[PathOp, ...]:
    x, y = length("x") or 0.0, length("y") or 0.0
    width, height = length("width") or 0.0, length("height") or 0.0
    if width <= 0 or height <= 0:
        return ()
    rx, ry = length("rx"), length("ry")
    rx, ry = (ry if rx is None else rx) or 0.0, (rx if ry is None else ry) or 0.0
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    right, bottom = x + width, y + height
    if not rx or not ry:
        return (("M", (x, y)), ("L", (right, y)), ("L", (right, bottom)), ("L", (x, bottom)), ("Z", ()))
    sides = (
        ((x + rx, y), (right - rx, y), (right, y + ry)),
        ((right, y + ry), (right, bottom - ry), (right - rx, bottom)),
        ((right - rx, bottom), (x + rx, bottom), (x, bottom - ry)),
        ((x, bottom - ry), (x, y + ry), (x + rx, y)),
    )
    out: list[PathOp] = [("M", sides[0][0])]
    for _, end, after in sides:
        out.append(("L", end))
        out += _arc_to(end, after, rx, ry)
    return (*out, ("Z", ()))


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> tuple[PathOp, ...]:
    if rx <= 0 or ry <= 0:
        return ()
    corners = [(cx + rx, cy), (cx, cy + ry), (cx - rx, cy), (cx, cy - ry), (cx + rx, cy)]
    out: list[PathOp] = [("M", corners[0])]
    for start, end in pairwise(corners):
        out += _arc_to(start, end, rx, ry)
    return (*out, ("Z", ()))


def _arc_to(start: tuple[float, float], end: tuple[float, float], rx: float, ry: float) -> list[PathOp]:
    return [("C", curve) for curve in arc(start, end, (rx, ry), 0, large=False, sweep=True)]


def _poly(points: str, *, closed: bool) -> tuple[PathOp, ...]:
    values = [float(v) for v in NUMBER.findall(points)]
    if len(values) % 2:
        raise ValueError("points come in pairs, and one is missing")
    pairs = list(zip(values[::2], values[1::2], strict=True))
    if not pairs:
        return ()
    out: list[PathOp] = [("M", pairs[0]), *(("L", pair) for pair in pairs[1:])]
    return (*out, ("Z", ())) if closed else tuple(out)
