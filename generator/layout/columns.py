"""Columns (CSS Multicol 1): a box's content set in narrow columns of even height, side by side.

In: a box with column-count above 1. Out: one slab where it fits on a page, else one for each page it fills.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout.galley import FORBID, Slab
from generator.layout.paginate import cut
from generator.layout.place import place
from generator.plain import replace
from generator.style.computed import changed, used

if TYPE_CHECKING:
    from generator.layout.boxes import Box
    from generator.layout.flow import Flow
    from generator.layout.galley import Galley, Item


def lay_out(flow: Flow, box: Box, x: float, width: float) -> None:
    """Add a multi-column box's content to the flow's galley."""
    style = box.style
    count = style.column_count
    gap = style.font_size if style.column_gap == "normal" else used(style.column_gap, width)
    measure = (width - gap * (count - 1)) / count
    galley = flow.inside(_single(box), measure, flow.builder.page, columns=True)
    tallest = flow.context.page_style(flow.builder.page).content_height
    start = 0
    while start < len(galley.slabs):
        height = _balanced(galley, start, count, tallest)
        cuts = cut(galley, start, height, count)
        items: list[Item] = []
        used_height = 0.0
        for column, (first, stop) in enumerate(cuts):
            left = x + (count - 1 - column if style.rtl else column) * (measure + gap)
            items += place(galley, first, stop, left, 0.0, flow.absolute)
            used_height = max(used_height, _height(galley, first, stop))
        flow.builder.add(Slab(used_height, items, line=box.line))
        start = cuts[-1][1]


def _single(box: Box) -> Box:
    """Give the same box as one column."""
    return replace(box, style=changed(box.style, column_count=1), absolutes=[])


def _height(galley: Galley, start: int, stop: int) -> float:
    slabs = galley.slabs[start:stop]
    return sum(s.height + s.glue for s in slabs) - (slabs[0].glue if slabs else 0.0)


def _balanced(galley: Galley, start: int, count: int, tallest: float) -> float:
    """Find the least column height that holds the rest in `count` columns; the page's height where none does."""
    low, high = 0.0, tallest
    total = len(galley.slabs)
    if cut(galley, start, tallest, count)[-1][1] < total:
        return tallest
    while high - low > 0.5:
        middle = (low + high) / 2
        cuts = cut(galley, start, middle, count)
        if cuts[-1][1] >= total and all(_height(galley, a, b) <= middle + 0.01 and _clean(galley, b) for a, b in cuts):
            high = middle
        else:
            low = middle
    return high


def _clean(galley: Galley, stop: int) -> bool:
    """Tell whether a column may end before slab `stop`."""
    return stop >= len(galley.slabs) or galley.slabs[stop].penalty < FORBID
