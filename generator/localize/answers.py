"""What ICU has said of a locale, kept for the next process: loading ICU takes longer than a short text takes to be marked up.

In: functions of texts whose answers are a text, a truth, or several texts or numbers; a cache folder. Out: the same functions, which look up
first, once a folder was named. Only names of the project and habits of languages are asked for here, and nothing of a client.
"""

from __future__ import annotations

import json
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator import cachefile

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
MANY = 5_000  # answers: more are those of projects long gone
_found: dict[str, Any] = {}
_folder: list[Path] = []  # empty as long as nothing is kept
_place: list[tuple[Path, bytes, int]] = []  # the file, its key, and how many answers it has; read when the first is asked for


def answered(function: Callable[..., T]) -> Callable[..., T]:
    """Keep the answers of a function of texts."""
    name = function.__name__

    def ask(*texts: str) -> T:
        if not _folder:
            return function(*texts)
        if not _place:
            _read(_folder[0])
        key = "\0".join((name, *texts))
        if key not in _found:
            _found[key] = function(*texts)
        answer: T = _found[key]
        return answer

    return ask


def remember(folder: Path) -> None:
    """Know what a process before this one has left in a folder, and keep what is asked from now on. A text in English asks nothing."""
    _folder[:] = [folder]
    _place.clear()


def _read(folder: Path) -> None:
    path, key = folder / "icu.answers", _key()
    data = cachefile.read(path, key)
    with suppress(ValueError):
        _found.update((k, tuple(v) if isinstance(v, list) else v) for k, v in json.loads(data or b"{}").items())
    _place[:] = [(path, key, len(_found))]


def leave() -> None:
    """Leave what was asked to the next process."""
    for path, key, count in _place:
        if len(_found) > count:
            cachefile.write(path, key, json.dumps(_found if len(_found) < MANY else {}).encode())


def _key() -> bytes:
    """Stand for the library that answers, and for what asks it."""
    library = find_spec("icu")
    asking = (Path(__file__).with_name(name) for name in ("habits.py", "locales.py"))
    return cachefile.key_of(cachefile.stamps([*asking, *([library.origin] if library is not None and library.origin else [])]))
