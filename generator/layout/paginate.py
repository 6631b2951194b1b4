"""Pagination: where a galley is cut into pages.

In: a galley and the height of each kind of page, in points. Out: stretches of slabs, one a page. One page after
another is filled: of the places where it may end, the one with the least cost is taken: the penalty of the break (a forbidden one
is never used, a split box, a stranded heading or a lone line only when nothing else is left) and how much of the page stays
empty. Where that leaves a page nearly empty, or splits what should stay together, all pages up to the next forced break are
cut anew at the least cost of all (optimum.py). Optional slabs are left out where they would cost a page or spoil one.
Knows nothing of what slabs show.
"""

from __future__ import annotations

from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING

from generator.layout.galley import FORBID, FORCE, LONE_LINE
from generator.layout.optimum import LITTLE, least_cost
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.layout.galley import Galley, Slab

EMPTY = 400.0  # cost of a page left wholly empty
HALF_EMPTY = 0.55  # share of a page that must be filled where the text goes on


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
    """Cut what stands between two forced breaks."""
    optional = [slab for slab in slabs[start:stop] if slab.optional]
    if not optional:
        return _pages(slabs, start, stop, name, height)
    groups = [list(group) for is_optional, group in groupby(slabs[start:stop], lambda slab: slab.optional) if is_optional]
    kept = {id(slab): (slab.height, slab.glue, slab.items, slab.stretch) for slab in optional}
    for slab in optional:
        slab.height, slab.glue, slab.items, slab.stretch = 0.0, 0.0, [], 0
    pages = _pages(slabs, start, stop, name, height)
    shares = _shares(slabs, pages, height)  # a page that is short without them too is not their fault
    tightest = min(page.scale for page in pages)
    for group in groups:  # each comes back where it costs no page and spoils none
        for slab in group:
            slab.height, slab.glue, slab.items, slab.stretch = kept[id(slab)]
        found = _cut(slabs, start, stop, name, height, shares)
        spans = [(page.start, page.stop) for page in found]
        if (
            found
            and len(found) <= len(pages)
            and min(page.scale for page in found) >= tightest
            and _good(slabs, spans, height, shares)
        ):
            pages = found
        else:
            for slab in group:
                slab.height, slab.glue, slab.items, slab.stretch = 0.0, 0.0, [], 0
    return pages


def _pages(slabs: list[Slab], start: int, stop: int, name: str, height: float) -> list[PageCut]:
    """Cut a stretch. Raises TooTall, which says which slab is too tall, where there is no way."""
    return _cut(slabs, start, stop, name, height) or [PageCut(a, b, name) for a, b in _fill(slabs, start, stop, height)]


def _cut(
    slabs: list[Slab], start: int, stop: int, name: str, height: float, shares: tuple[float, float] = (HALF_EMPTY, LITTLE)
) -> list[PageCut]:
    """Fill one page after another; where that makes a bad page, find the cut of the whole stretch that costs least. Nothing: no way."""
    filled = _filled(slabs, start, stop, height)
    if filled is not None and _good(slabs, filled, height, shares):
        return [PageCut(a, b, name) for a, b in filled]
    return [PageCut(a, b, name, scale) for a, b, scale in least_cost(slabs, start, stop, height) or ()]


def _filled(slabs: list[Slab], start: int, stop: int, height: float) -> list[tuple[int, int]] | None:
    try:
        return _fill(slabs, start, stop, height)
    except TooTall:
        return None


def _shares(slabs: list[Slab], pages: list[PageCut], height: float) -> tuple[float, float]:
    """Give what share of a page must be filled where the text goes on, and of the last one: no more than these pages do."""
    *before, last = (_extent(slabs, page.start, page.stop) / height for page in pages)
    return min([HALF_EMPTY, *before]), min(LITTLE, last)


def _good(
    slabs: list[Slab], pages: list[tuple[int, int]], height: float, shares: tuple[float, float] = (HALF_EMPTY, LITTLE)
) -> bool:
    """Tell whether pages end where they may, and none is nearly empty."""
    if len(pages) == 1:
        return True
    *before, last = (_extent(slabs, a, b) / height + 0.001 for a, b in pages)
    return not any(slabs[b].penalty >= LONE_LINE for _, b in pages[:-1]) and min(before) > shares[0] and last >= shares[1]


def _extent(slabs: list[Slab], start: int, stop: int) -> float:
    part = slabs[start:stop]
    head = sum(s.height + s.glue for s in part[0].repeat) if part and start else 0.0
    return head + sum(s.height + s.glue for s in part) - part[0].glue


def _fill(slabs: list[Slab], start: int, stop: int, height: float) -> list[tuple[int, int]]:
    """Cut slabs into pages of `height` points, each as full as its break allows. Raises TooTall."""
    ends = list(accumulate((s.height + s.glue for s in slabs[start:stop]), initial=0.0))
    out: list[tuple[int, int]] = []
    first = start
    while first < stop:
        head = sum(s.height + s.glue for s in slabs[first].repeat) if first > start else 0.0
        origin = ends[first - start] + slabs[first].glue - head
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
