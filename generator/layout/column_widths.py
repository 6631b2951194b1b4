"""How wide the columns of a table become (CSS 2, 17.5.2.2): shares of a width, weighed by the lines that cells come to.

In: for each column its narrowest and widest width, for each row the extents of its cells, in points. Out: a width for each column. Only
arithmetic; how many lines a cell takes is estimated from its length.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Extent = tuple[int, float, float]
"""A cell's column, how wide its content is on one line, and its edges, in points."""
NARROW = (1.0, 0.75, 0.5)  # parts of an even share that a column may take whole, tried one after another
RAGGED = 1.12  # what a text of several lines takes, of its length: no line is full
TURNS = 8  # times that a column gives room to another


def shared(least: list[float], most: list[float], texts: Sequence[Sequence[Extent]], width: float, heads: int = 0) -> list[float]:
    """Share out a width that is less than all columns want; the first `heads` rows may take more lines than others."""
    ways = [_squeezed(least, most, width), *(_settled(least, most, width, part) for part in NARROW)]
    return _given_room(min(ways, key=lambda way: _lines(texts, way)), least, texts, heads)


def grown(most: list[float], fixed: list[bool], width: float) -> list[float]:
    """Share spare width over the columns without a width of their own, by their content."""
    spare = width - sum(most)
    free = [m if not f else 0.0 for m, f in zip(most, fixed, strict=True)]
    total = sum(free)
    if not total:
        free, total = most, sum(most)
    return [m + spare * (f / total if total else 0) for m, f in zip(most, free, strict=True)]


def _squeezed(least: list[float], most: list[float], width: float) -> list[float]:
    """Give every column its narrowest width, and the rest in proportion to what each still wants."""
    room = width - sum(least)
    if room <= 0:
        return _capped(least, width)
    wants = [b - a for a, b in zip(least, most, strict=True)]
    total = sum(wants)
    return [a + room * w / total for a, w in zip(least, wants, strict=True)]


def _settled(least: list[float], most: list[float], width: float, part: float) -> list[float]:
    """Give narrow columns all they want: those that take no more than a part of an even share; the others divide the rest."""
    wide = list(range(len(most)))
    while wide:
        share = (width - sum(most[c] for c in range(len(most)) if c not in wide)) / len(wide)
        kept = [c for c in wide if most[c] > part * share]
        if kept == wide:
            break
        wide = kept
    rest = _squeezed([least[c] for c in wide], [most[c] for c in wide], width - sum(most[c] for c in range(len(most)) if c not in wide))
    shared = iter(rest)
    return [next(shared) if c in wide else most[c] for c in range(len(most))]


def _lines(texts: Sequence[Sequence[Extent]], widths: Sequence[float], ragged: float = 1.0) -> tuple[int, int]:
    """Estimate how many lines the rows of a table take, and all its cells: of two ways alike, the one that leaves more cells on a line."""
    rows = cells = 0
    for row in texts:
        counts = [_count(wide, widths[c] - edges, ragged) for c, wide, edges in row]
        rows += max(counts, default=1)
        cells += sum(counts)
    return rows, cells


def _count(wide: float, room: float, ragged: float) -> int:
    return 1 if wide <= room + 1e-6 else max(2, math.ceil(wide * ragged / max(room, 1.0) - 1e-6))


def _capped(least: list[float], width: float) -> list[float]:
    """Narrow the widest columns alone, to one width, so that few words have to be divided."""
    share, count = width, len(least)
    for wide in sorted(least):
        if wide * count > share:
            break
        share, count = share - wide, count - 1
    cap = share / count if count else 0.0
    return [min(m, cap) for m in least]


def _given_room(widths: list[float], least: list[float], texts: Sequence[Sequence[Extent]], heads: int) -> list[float]:
    """Let a column that loses no line by it give room to a cell that would else be broken."""
    now = _lines(texts, widths, RAGGED)
    for _ in range(TURNS):
        ways = [(_lines(texts, way, RAGGED), way) for way in _exchanges(widths, least, texts[heads:])]
        best, way = min(ways, default=(now, widths))
        if best >= now:
            break
        now, widths = best, way
    return widths


def _exchanges(widths: list[float], least: list[float], texts: Sequence[Sequence[Extent]]) -> Iterator[list[float]]:
    """Give ways in which one column takes from another just what its shortest broken cell lacks."""
    for taker, lacking in sorted(_lacking(widths, texts).items()):
        for giver, width in enumerate(widths):
            if giver != taker and width - lacking >= least[giver]:
                yield [w + (lacking if c == taker else -lacking if c == giver else 0.0) for c, w in enumerate(widths)]


def _lacking(widths: list[float], texts: Sequence[Sequence[Extent]]) -> dict[int, float]:
    """Give what each column lacks for the shortest of its cells that are broken."""
    found: dict[int, float] = {}
    for row in texts:
        for column, wide, edges in row:
            lacks = wide + edges - widths[column]
            if lacks > 1e-6:
                found[column] = min(lacks, found.get(column, lacks))
    return found
