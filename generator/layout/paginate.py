"""Pagination: where a galley is cut into pages.

In: a galley and the height of each kind of page, in points. Out: stretches of slabs, one a page. Of all the
places where a page may end, the one with the least cost is taken: the penalty of the break (a forbidden one
is never used, a split box, a stranded heading or a lone line only when nothing else is left) and how much of the page stays
empty. Where the last page of a stretch holds next to nothing, space is tightened if that saves it, else it begins earlier.
Knows nothing of what slabs show.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from generator.layout.galley import FORBID, FORCE, LONE_LINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.layout.galley import Galley, Slab

EMPTY = 400.0  # cost of a page left wholly empty
NEARLY_EMPTY = 0.22  # share of a page under which a last page is worth saving
GLUE_WORTH = 3.0  # in the same cost, for each point above a slab that begins a page
TIGHTER = (0.92, 0.84, 0.76, 0.68)


class TooTall(Exception):
    """A slab, with what may not be torn from it, is taller than its page."""

    def __init__(self, slab: Slab, excess: float) -> None:
        """Keep the slab and by how many points it is too tall."""
        super().__init__()
        self.slab = slab
        self.excess = excess


class PageCut(NamedTuple):
    """One page: slabs `start` to `stop` (exclusive), a table head to repeat, and the scale of its glue."""

    start: int
    stop: int
    name: str
    scale: float = 1.0


def paginate(galley: Galley, height_of: Callable[[str], float]) -> list[PageCut]:
    """Cut a galley into pages. Raises TooTall for what fits on no page."""
    slabs = galley.slabs
    pages: list[PageCut] = []
    bounds = [0, *(i for i in range(1, len(slabs)) if slabs[i].penalty == FORCE), len(slabs)]
    for start, stop in pairwise(bounds):
        if stop > start:
            name = slabs[start].page
            pages += _stretch(slabs, start, stop, name, height_of(name))
    return pages


def _stretch(slabs: list[Slab], start: int, stop: int, name: str, height: float) -> list[PageCut]:
    """Cut what stands between two forced breaks, tighter where that saves a nearly empty last page."""
    plain = _fill(slabs, start, stop, height, 1.0)
    if len(plain) > 1:
        last = _extent(slabs, *plain[-1], 1.0)
        if last < NEARLY_EMPTY * height:
            for scale in TIGHTER:
                tight = _fill(slabs, start, stop, height, scale)
                if len(tight) < len(plain):
                    return [PageCut(a, b, name, scale) for a, b in tight]
            plain = _evened(slabs, plain, height)
    return [PageCut(a, b, name) for a, b in plain]


def _evened(slabs: list[Slab], pages: list[tuple[int, int]], height: float) -> list[tuple[int, int]]:
    """Begin a nearly empty last page earlier, best where a section does: the more glue above a slab, the better the place."""
    (first, end), (_, stop) = pages[-2:]
    best, cost = end, EMPTY
    for index in range(end, first, -1):
        rest = _extent(slabs, index, stop, 1.0)
        if rest > height:
            break
        if slabs[index].penalty >= LONE_LINE:
            continue
        empty = (1 - _extent(slabs, first, index, 1.0) / height, 1 - rest / height)
        total = slabs[index].penalty + EMPTY * (empty[0] ** 2 + empty[1] ** 2) - GLUE_WORTH * slabs[index].glue
        if total < cost:
            best, cost = index, total
    return [*pages[:-2], (first, best), (best, stop)]


def _extent(slabs: list[Slab], start: int, stop: int, scale: float) -> float:
    part = slabs[start:stop]
    head = sum(s.height + s.glue for s in part[0].repeat) if part and start else 0.0
    return head + sum(s.height for s in part) + scale * (sum(s.glue for s in part) - part[0].glue)


def _fill(slabs: list[Slab], start: int, stop: int, height: float, scale: float) -> list[tuple[int, int]]:
    """Cut slabs into pages of `height` points."""
    ends = list(accumulate((s.height + s.glue * scale for s in slabs[start:stop]), initial=0.0))
    out: list[tuple[int, int]] = []
    first = start
    while first < stop:
        head = sum(s.height + s.glue for s in slabs[first].repeat) if first > start else 0.0
        origin = ends[first - start] + slabs[first].glue * scale - head
        last = first + 1
        while last < stop and ends[last + 1 - start] - origin <= height + 0.01:
            last += 1
        if ends[last - start] - origin > height + 0.01:
            raise TooTall(slabs[first], ends[last - start] - origin - height)
        if last < stop:
            last = _best(slabs, first, last, [ends[i - start] - origin for i in range(first, last + 1)], height)
        out.append((first, last))
        first = last
    return out


def _best(slabs: list[Slab], first: int, last: int, filled: list[float], height: float) -> int:
    """Choose the cheapest break after `first`, up to and with `last`."""
    best, cost = 0, FORBID
    for index in range(last, first, -1):
        penalty = slabs[index].penalty
        if penalty == FORBID:
            continue
        empty = max(0.0, 1.0 - filled[index - first] / height)
        total = penalty + EMPTY * empty * empty
        if total < cost:
            best, cost = index, total
        if not penalty:
            break
    if not best:
        raise TooTall(slabs[first], filled[-1] + slabs[last].height - height)
    return best


def cut(galley: Galley, start: int, height: float, count: int) -> list[tuple[int, int]]:
    """Cut the slabs from `start` on into at most `count` columns of `height` points; the last may leave a rest."""
    slabs = galley.slabs
    out: list[tuple[int, int]] = []
    first, stop = start, len(slabs)
    while first < stop and len(out) < count:
        reached, last = slabs[first].height, first + 1
        filled = [0.0, reached]
        while last < stop and slabs[last].penalty != FORCE and reached + slabs[last].glue + slabs[last].height <= height + 0.01:
            reached += slabs[last].glue + slabs[last].height
            filled.append(reached)
            last += 1
        if last < stop and slabs[last].penalty != FORCE:
            try:
                last = _best(slabs, first, last, filled, max(height, 1.0))
            except TooTall:
                last = min(last, stop)
        out.append((first, last))
        first = last
    return out
