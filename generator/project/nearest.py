"""The nearest known name to a mistyped one, for hints. Knows nothing of what the names stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CERTAIN = 0.8  # how alike two names are that are one, mistyped


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that looks most like `name`, or "" when none does."""
    from difflib import get_close_matches

    choices = {item.lower(): item for item in known}
    found = get_close_matches(name.lower(), choices, n=1, cutoff=0.55)
    return choices[found[0]] if found else ""


def did_you_mean(name: str, known: Iterable[str], what: str = "known") -> str:
    """Return a hint: the nearest name, else all of them."""
    names = sorted(known)
    close = nearest(name, names)
    if close:
        return f'did you mean "{close}"?'
    return f"{what}: {', '.join(names)}" if names else ""


def is_slip(name: str, known: Iterable[str]) -> bool:
    """Tell whether a name is one that is known but for a letter or two."""
    from difflib import SequenceMatcher

    close = nearest(name, known)
    return bool(close) and SequenceMatcher(None, name.lower(), close.lower()).ratio() >= CERTAIN
