"""A block whose style says `-handouts-beside: yes` goes onto the line before it, on its baseline, where both are one line and there is room.

So a heading in two languages that run against each other is one line and no staircase. In: the slab of the line before, and the block as a
galley of its own. Out: whether they were joined. Knows nothing of languages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout.galley import Glyphs, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.layout.galley import Galley, Item, Slab

APART = 15.0  # points between the two, as between the columns of a table


def joined(line: Slab, block: Galley, x: float) -> bool:
    """Put a block, set from 0, onto a line at `x`."""
    if len(block.slabs) != 1 or block.decors:
        return False
    slab = block.slabs[0]
    here, there = _ink(line.items), _ink(slab.items, x)
    if here is None or there is None or max(here[0], there[0]) - min(here[1], there[1]) < APART:
        return False
    down = here[2] - there[2]
    line.items = [*_moved(line.items, 0.0, max(0.0, -down)), *_moved(slab.items, x, max(0.0, down))]
    line.height = max(line.height + max(0.0, -down), slab.height + max(0.0, down))
    return True


def _ink(items: Sequence[Item], x: float = 0.0) -> tuple[float, float, float] | None:
    """Give where text begins and ends, and its baseline. None where there is none, or where it waits for a client's words."""
    texts = [(left, y, payload) for left, y, payload in items if type(payload) is Glyphs]
    if not texts or any(type(payload) is Tag for _, _, payload in items):
        return None
    pieces = [(x + left + p.x, x + left + p.x + p.width) for left, _, text in texts for p in text.pieces if p.width]
    return min([a for a, _ in pieces], default=x), max([b for _, b in pieces], default=x), max([y for _, y, _ in texts])


def _moved(items: Sequence[Item], x: float, y: float) -> list[Item]:
    return [(ix + x, iy + y, payload) for ix, iy, payload in items]
