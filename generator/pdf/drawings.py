"""Vector pictures: shapes in, path operators out. The caller saves and restores the graphics state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pdf.paths import path, rectangle
from generator.pdf.syntax import colour, fine, number, numbers

if TYPE_CHECKING:
    from generator.layout.pages import Drawing, Shape


def draw_shapes(drawing: Drawing, page_height: float) -> bytes:
    """Write a drawing's clip, its matrix turned over for a y that grows upwards, and its shapes."""
    out: list[bytes] = []
    if drawing.clip is not None:
        x, y, width, height = drawing.clip
        out.append(rectangle(x, page_height - y - height, width, height) + b" W n")
    a, b, c, d, e, f = drawing.matrix
    out.append(b" ".join((*map(fine, (a, -b, c, -d)), *map(number, (e, page_height - f)))) + b" cm")
    pen = b""
    for shape in drawing.shapes:
        if shape.stroke is not None and (wanted := _pen(shape)) != pen:
            pen = wanted
            out.append(pen)
        out += _paint(shape)
    return b"\n".join(out)


def _pen(shape: Shape) -> bytes:
    """Write everything that a stroke needs, so that no shape depends on the one before."""
    shade = colour(shape.stroke or (0.0, 0.0, 0.0)).upper()
    measures = b"%b w %d J %d j %b M" % (
        fine(shape.stroke_width), shape.line_cap, shape.line_join, number(max(shape.miter_limit, 1.0)),
    )  # fmt: skip
    return b"%b %b [%b]0 d" % (shade, measures, numbers(shape.dash))


def _paint(shape: Shape) -> tuple[bytes, ...]:
    """Write one path and its painting operator (ISO 32000-1 table 60)."""
    star = b"*" if shape.even_odd else b""
    if shape.fill is None:
        return (path(shape.path), b"S") if shape.stroke is not None else ()
    paint = b"B" if shape.stroke is not None else b"f"
    return (colour(shape.fill), path(shape.path), paint + star)
