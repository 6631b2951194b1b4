"""The parts of a page as they were styled last: what a long-living process need not style again.

In: a key that holds everything that a part's styles rest on (its own HTML and what selectors see around it). Out: its styled tree,
the same object as before, so that later stages may know it by its identity. Holds one page's parts, the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.style.cascade import Styled


class KeptStyles:
    """The children of <body>."""

    def __init__(self) -> None:
        """Begin with none."""
        self._before: dict[Any, Styled] = {}
        self._now: dict[Any, Styled] = {}
        self._parts: set[int] = set()

    def begin(self) -> None:
        """Begin another page: what it does not ask for is let go after it."""
        self._before, self._now, self._parts = self._now, {}, set()

    def find(self, key: Any) -> Styled | None:
        """Give a part that was styled for the page before; each is given once, for parts are known by identity."""
        found = self._before.pop(key, None)
        if found is not None:
            self.keep(key, found)
        return found

    def keep(self, key: Any, part: Styled) -> None:
        """Keep a part for the next page."""
        self._now[key] = part
        self._parts.add(id(part))

    def has(self, part: Styled) -> bool:
        """Tell whether this is a part of the page."""
        return id(part) in self._parts
