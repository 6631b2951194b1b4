"""Where a list's bullets stand: at the middle of the letters beside them, whatever face either is set in.

In: a marker and the line it was set as. Out: a distance in points. Knows nothing of pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.text.languages import HAN, script_of_language

if TYPE_CHECKING:
    from generator.layout.boxes import Marker
    from generator.layout.context import Context
    from generator.text.types import Line

BULLET_GAP = 6.0  # points between an ordinal and its text


def indent_of(marker: Marker, width: float) -> float:
    """Give how far before the text a marker starts: bullets at the list's edge, ordinals a gap away."""
    return width + BULLET_GAP if marker.ordinal else max(width + 2, 1.25 * marker.size)


def drop_of(context: Context, marker: Marker, line: Line) -> float:
    """Give how far below the text's baseline a marker's own one is: half an x-height is the middle, of Han half a capital."""
    piece = line.pieces[0]
    if not marker.beside or piece.face is None:
        return 0.0
    style = marker.run.style
    metrics = context.typesetter.metrics(context.text_style(style, marker.beside))
    size = float(style.font_size)
    tall = metrics.cap_height if script_of_language(marker.beside) in HAN else metrics.x_height
    return piece.face.middle(line.text[0]) * piece.size / 1000 - tall / 2 * marker.size / size
