"""Choosing line ends by total fit (Knuth and Plass, 1981): the whole paragraph is weighed at once.

In: for every item the place where it starts and the right edge if a line ends behind it, in any one unit.
Out: the indices at which lines end. Knows nothing of text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

INFINITE = float("inf")
FEW = 0.08  # of the measure: the slack that is tried first, since most paragraphs need no more
HAIR = 0.01  # what a line may be wider than its measure: sums of widths are rounded one way or the other


def ragged(
    starts: Sequence[float], ends: Sequence[float], width: float, slack: float, penalties: dict[int, float], indent: float
) -> list[int] | None:
    """Minimise the sum of squared slack; a line may be short by `slack` at most. None when that cannot be met.

    `starts[i]` is where item i begins, `ends[j]` the edge of a line that ends after item j - 1; `penalties[j]`
    is the cost of ending a line there, and never below 0. The last line costs nothing.
    """
    few = min(slack, FEW * width)
    cost, found = _ragged(starts, ends, width, few, penalties, indent)
    if cost > few * few and few < slack:  # a line with more slack costs more than this alone
        _, found = _ragged(starts, ends, width, slack, penalties, indent)
    return found


def _ragged(
    starts: Sequence[float], ends: Sequence[float], width: float, slack: float, penalties: dict[int, float], indent: float
) -> tuple[float, list[int] | None]:
    """Give the least cost with it."""
    count = len(ends) - 1
    best = [INFINITE] * (count + 1)
    previous = [0] * (count + 1)
    best[0] = 0.0
    total = ends[count]
    for i in range(count):
        cost = best[i]
        if cost == INFINITE:
            continue
        limit = starts[i] + width - (0.0 if i else indent)
        if total <= limit:
            if cost < best[count]:
                best[count], previous[count] = cost, i
            continue
        low = bisect_left(ends, limit - slack, i + 1)
        for j in range(low, bisect_right(ends, limit, i + 1)):
            short = limit - ends[j]
            here = cost + short * short
            if j in penalties:
                here += penalties[j]
            if here < best[j]:
                best[j], previous[j] = here, i
    return best[count], _trace(previous, count) if best[count] < INFINITE else None


def justified(
    starts: Sequence[float],
    ends: Sequence[float],
    spaces: Sequence[int],
    width: float,
    space: float,
    penalties: dict[int, float],
    indent: float,
    tolerance: float = 3.5,
) -> list[int] | None:
    """Minimise Knuth-Plass demerits; spaces stretch by half and shrink by a third. `spaces[j]` counts those before j."""
    count = len(ends) - 1
    best = [INFINITE] * (count + 1)
    previous = [0] * (count + 1)
    best[0] = 0.0
    for i in range(count):
        if best[i] == INFINITE:
            continue
        limit = starts[i] + width - (0.0 if i else indent)
        for j in range(bisect_right(ends, limit * 1.0 + width * 0.05, i + 1) - 1, i, -1):
            gaps = max(0, spaces[j] - spaces[i] - 1)
            short = limit - ends[j]
            if short >= 0:
                ratio = 0.0 if j == count else (short / (space * 0.5 * gaps) if gaps else 99.0)
                if ratio > tolerance:
                    break
            elif -short > space * 0.33 * gaps:
                continue
            else:
                ratio = -short / (space * 0.33 * gaps)
            demerits = 1.0 + 100.0 * ratio**3
            here = best[i] + demerits * demerits + penalties.get(j, 0.0)
            if here < best[j]:
                best[j], previous[j] = here, i
    return _trace(previous, count) if best[count] < INFINITE else None


def greedy(
    starts: Sequence[float], ends: Sequence[float], width: float, indent: float, penalties: dict[int, float]
) -> list[int]:
    """Fill each line as far as it goes; an item wider than the line gets a line of its own."""
    out, i, count = [0], 0, len(ends) - 1
    while i < count:
        limit = starts[i] + width - (0.0 if i else indent) + HAIR
        j = max(i + 1, bisect_right(ends, limit, i + 1) - 1)
        while j < count and j > i + 1 and penalties.get(j, 0.0) == INFINITE:
            j -= 1
        out.append(j)
        i = j
    return out


def _trace(previous: list[int], index: int) -> list[int]:
    out = [index]
    while index:
        index = previous[index]
        out.append(index)
    return out[::-1]
