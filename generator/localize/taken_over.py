"""What a new catalog begins with, so that nobody translates twice: one of a near language, or that of a handout that is gone.

In: the folder of catalogs, a locale, a catalog's name and its texts. Out: the file that has most of them, or None. Knows no templates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import HandoutsError
from generator.localize import catalog, habits

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

ENOUGH = 0.5  # of the texts: what has fewer is another handout


def origin(folder: Path, locale: str, name: str, texts: Collection[str], known: Collection[str]) -> Path | None:
    """Find it. `known`: the names of catalogs that are in use."""
    near = catalog.find((folder,), locale, name)
    if near is not None:
        return near
    left = [
        path for near_by in habits.chain(locale) for path in sorted((folder / near_by).glob("*.po")) if path.stem not in known
    ]
    best = max(left, key=lambda path: _shared(path, texts), default=None)
    return best if best is not None and _shared(best, texts) >= ENOUGH * len(texts) else None


def _shared(path: Path, texts: Collection[str]) -> int:
    """Count the texts that a catalog has translated; one that cannot be read has none."""
    try:
        found = catalog.load(path, path.parents[3])
    except HandoutsError:
        return 0
    return sum(found.translation(text) is not None for text in texts)
