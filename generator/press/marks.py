"""Marks to cut and fold along. They stand around a block of cards or pages, never in it, so that none runs through another card.

In: the block and where it is cut. Out: lines. Knows no PDF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.press.sheets import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.press.sheets import Rect

LENGTH = 12.0
OFFSET = 3.0
UNPRINTABLE = 12.0
"""Points at the edge of the paper that most printers leave blank."""
ROOM = LENGTH + OFFSET + UNPRINTABLE
"""What marks need beside a block."""


def around(block: Rect, columns: Iterable[float], rows: Iterable[float], *, dashed: bool = False) -> list[Line]:
    """Mark the verticals `columns` above and below the block, and the horizontals `rows` at its sides."""
    left, right = block.x - OFFSET, block.x + block.width + OFFSET
    low, high = block.y - OFFSET, block.y + block.height + OFFSET
    lines = []
    for x in columns:
        lines += [Line(x, low - LENGTH, x, low, dashed), Line(x, high, x, high + LENGTH, dashed)]
    for y in rows:
        lines += [Line(left - LENGTH, y, left, y, dashed), Line(right, y, right + LENGTH, y, dashed)]
    return lines


def there_is_room(block: Rect, width: float, height: float, need: float = ROOM) -> bool:
    """Tell whether marks find room on every side of the block."""
    margins = (block.x, block.y, width - block.x - block.width, height - block.y - block.height)
    return min(margins) >= need - 0.01
