"""The cut of a stretch of slabs into pages that costs least, of all that there are (Knuth and Plass, 1981, for pages).

In: slabs and a page's height in points. Out: pages, each with the scale of its glue. A page costs what stays empty on it, what its
glue is tightened and the penalty of the break that ends it. Knows nothing of what slabs show.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from generator.layout.galley import FORBID, LONE_LINE
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from generator.layout.galley import Slab

EMPTY = 150.0  # cost of a page left wholly empty where the text goes on: in proportion, so that no page is emptied to fill another
PAGE = 150.0  # cost of a page more
LITTLE = 0.4  # share of a page under which it looks lost
LOST = 300.0  # cost of a page with next to nothing on it
TIGHTEST = 0.68  # of glue
TIGHT = 120.0  # cost of a page whose glue is as tight as that
GLUE_WORTH = 3.0  # gain for each point of glue above a slab that begins a page: best where a section does


class _Way(NamedTuple):
    """The cheapest way to a place: its cost, the page that ends there."""

    cost: float
    start: int
    scale: float


def least_cost(slabs: list[Slab], start: int, stop: int, height: float) -> list[tuple[int, int, float]] | None:
    """Cut `start` to `stop` into pages (from, to, scale). None where some slab fits on no page.

    Breaks that nobody wants to see are looked at only where there is no way without one.
    """
    return _cheapest(slabs, start, stop, height, LONE_LINE) or _cheapest(slabs, start, stop, height, FORBID)


def _cheapest(slabs: list[Slab], start: int, stop: int, height: float, limit: float) -> list[tuple[int, int, float]] | None:
    """Find the cheapest way whose breaks all have penalties below `limit`."""
    heights = list(accumulate((s.height for s in slabs[start:stop]), initial=0.0))
    glues = list(accumulate((s.glue for s in slabs[start:stop]), initial=0.0))
    ends = [*(at for at in range(start + 1, stop) if slabs[at].penalty < limit), stop]
    ways: dict[int, _Way] = {start: _Way(0.0, start, 1.0)}
    for number, first in enumerate([start, *ends[:-1]]):
        if first not in ways:
            continue
        before = ways[first].cost
        head = sum(s.height + s.glue for s in slabs[first].repeat) if first > start else 0.0
        solid, loose = heights[first - start] - head, glues[first - start] + slabs[first].glue
        for at in range(number, len(ends)):
            end = ends[at]
            fixed, glue = heights[end - start] - solid, glues[end - start] - loose
            if fixed + TIGHTEST * glue > height + 0.01:
                break
            scale = min(1.0, (height + 0.01 - fixed) / glue) if fixed + glue > height + 0.01 else 1.0
            filled = min(1.0, (fixed + glue * scale) / height)
            cost = before + _cost(filled, scale, slabs[end] if end < stop else None, alone=first == start)
            if end not in ways or cost <= ways[end].cost:  # of two alike, the one with the fuller first pages
                ways[end] = _Way(cost, first, scale)
    return _pages(ways, start, stop) if stop in ways else None


def _cost(filled: float, scale: float, following: Slab | None, *, alone: bool) -> float:
    """Give what a page costs that is filled so far, before the slab that follows it; `alone`: it is the first."""
    cost = PAGE + TIGHT * ((1.0 - scale) / (1.0 - TIGHTEST)) ** 2
    if following is not None:
        cost += EMPTY * (1.0 - filled) + following.penalty - (GLUE_WORTH * following.glue if following.penalty < 1 else 0.0)
    if filled < LITTLE and (following is not None or not alone):
        cost += LOST * (LITTLE - filled) / LITTLE
    return cost


def _pages(ways: dict[int, _Way], start: int, stop: int) -> list[tuple[int, int, float]]:
    """Follow the cheapest ways back from the end."""
    pages: list[tuple[int, int, float]] = []
    end = stop
    while end > start:
        way = ways[end]
        pages.append((way.start, end, way.scale))
        end = way.start
    return pages[::-1]
