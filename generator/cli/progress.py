"""The progress bar: on a terminal's standard error, and nowhere else, where it would only be noise."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


WIDEST, NARROWEST = 36, 8  # of the bar itself
BESIDE = 34  # brackets, spaces, "1000/1000" and the time that is left


class Bar(Protocol):
    """What a run tells."""

    def update(self, n_steps: int, current_item: Any | None = None) -> None:
        """Count what was done."""


class _Unseen:
    def update(self, n_steps: int, current_item: Any | None = None) -> None:
        """Count nothing."""


def shortened(text: str, most: int) -> str:
    """Give a text of at most so many characters; what is cut off at its end is shown by an ellipsis."""
    return text if len(text) <= most else text[: max(0, most - 1)] + "…"


def progress(length: int | None, label: str, *, quiet: bool = False, shown: Callable[[Any], str] | None = None,
             every: int = 1) -> AbstractContextManager[Bar]:  # fmt: skip
    """Give a bar of `length` steps (None: nobody knows), drawn anew at each or `every` so many. `shown` tells what is next."""
    if quiet or not sys.stderr.isatty():
        return nullcontext(_Unseen())
    from shutil import get_terminal_size

    import click

    steps = count() if length is None else None
    room = get_terminal_size().columns - len(label) - BESIDE  # one more character, and each step would begin a line of its own
    wide = min(WIDEST, max(NARROWEST, room // 3))
    item = None if shown is None else lambda current: shortened(shown(current), room - wide)
    bar: Any = click.progressbar(steps, length=length, label=label, file=sys.stderr, show_pos=True, item_show_func=item, update_min_steps=every,
                                 width=wide)  # fmt: skip
    found: AbstractContextManager[Bar] = bar
    return found
