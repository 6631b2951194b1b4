"""What a card that was tightened gets back: steps are coarse, and what the last one saved too much is free space at the card's end.

In: the setting at which a card fits, and a try of another one. Out: the loosest setting that fits at the same size, with what was laid out.
Space comes back first, for text and headings that touch are harder to read than lines a little closer; then leading. Knows nothing of styles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.layout.document import Laid
    from generator.layout.fit import Tightness

PARTS = 16  # of the way to the floor: finer than the eye tells apart


def loosest(tightness: Tightness, laid: Laid, attempt: Callable[[Tightness], Laid | None]) -> tuple[Tightness, Laid]:
    """Give back space, and where all of it came back, leading. `attempt` gives None for what does not fit."""
    for name in ("spacing", "leading"):
        tightness, laid = _least(tightness, name, laid, attempt)
        if getattr(tightness, name):
            break
    return tightness, laid


def _least(tightness: Tightness, name: str, laid: Laid, attempt: Callable[[Tightness], Laid | None]) -> tuple[Tightness, Laid]:
    """Halve the way between nothing and what fits until a part of it is left."""
    low, high = -1, round(getattr(tightness, name) * PARTS)
    while high - low > 1:
        middle = (low + high) // 2
        tried = tightness._replace(**{name: middle / PARTS})
        found = attempt(tried)
        if found is None:
            low = middle
        else:
            high, tightness, laid = middle, tried, found
    return tightness, laid
