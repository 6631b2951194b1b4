"""Which old text a new one resembles: the one that it was, most likely, before somebody changed it.

In: old texts, then new ones. Out: the nearest old text, or None. To compare each with each takes minutes for a long handout, so those alone
are compared that share rare groups of three letters with the new one, which holds in any script.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ENOUGH = 0.6  # of two texts that must be the same
RAREST, CLOSEST = 20, 5  # groups that are looked for, texts that are compared


class Alike:
    """Old texts, each with its groups of letters."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the old texts."""
        self.holders: dict[str, list[str]] = {}
        for text in texts:
            for group in _groups(text):
                self.holders.setdefault(group, []).append(text)

    def nearest(self, text: str) -> str | None:
        """Give the old text that is most like a new one, if one is at all."""
        shared = sorted((self.holders[group] for group in _groups(text) if group in self.holders), key=len)[:RAREST]
        found = Counter(old for holders in shared for old in holders).most_common(CLOSEST)
        best, nearest = ENOUGH, None
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(_even(text))
        for old, _ in found:
            matcher.set_seq1(_even(old))
            if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best and (ratio := matcher.ratio()) >= best:
                best, nearest = ratio, old
        return nearest


def _groups(text: str) -> set[str]:
    even = f" {_even(text)} "
    return {even[at : at + 3] for at in range(len(even) - 2)}


def _even(text: str) -> str:
    return " ".join(text.lower().split())
