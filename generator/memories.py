"""What a process remembers of the pieces that it made, so that what comes again in the next one is not made again.

In: a piece's source and its dress (all that its looks rest on besides its words). Out: what stages 4 to 6 remember of a piece before it;
each of them checks all of it against its inputs, so that bytes never depend on it. Knows nothing of what is remembered.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from generator.layout.memory import Memory
from generator.pdf.kept import KeptPages
from generator.plain import NamedTuple
from generator.style.kept import KeptStyles

if TYPE_CHECKING:
    from pathlib import Path

MOST = 8  # pieces
SEVERAL = 3  # kin that came before remembering pays
PAGES = range(4, 61)  # of kin: less is made as soon as remembered, more takes much memory


class Remembered(NamedTuple):
    """What each stage remembers of a piece."""

    styles: KeptStyles
    layout: Memory
    painted: KeptPages

    @classmethod
    def empty(cls) -> Remembered:
        """Remember nothing yet."""
        styles = KeptStyles()
        return cls(styles, Memory(styles), KeptPages())


class Memories:
    """The last pieces."""

    def __init__(self, *, kin: bool = False) -> None:
        """Expect versions of the same piece one after another; with `kin`, other pieces in the same dress: their safety block, their
        services and their last page are often alike.
        """  # noqa: D205
        self._kin = kin
        self._came: Counter[Any] = Counter()
        self._known: dict[Any, Remembered] = {}

    def find(self, source: Path, dress: Any) -> Remembered | None:
        """Give what is remembered for a piece that is to be made, and remembers it in turn; None where that would not pay."""
        if self._kin and self._came[dress] < SEVERAL:
            return None
        key = dress if self._kin else (source, dress)
        found = self._known.pop(key, None) or Remembered.empty()
        self._known[key] = found  # the last that is asked for is the last to be let go
        while len(self._known) > MOST:
            del self._known[next(iter(self._known))]
        return found

    def made(self, dress: Any, pages: int) -> None:
        """Note that a piece was made."""
        if pages in PAGES:
            self._came[dress] += 1
        elif self._kin:
            self._known.pop(dress, None)
