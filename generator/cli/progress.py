"""The progress bar: on a terminal's standard error, and nowhere else, where it would only be noise."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


class Bar(Protocol):
    """What a run tells."""

    def update(self, n_steps: int, current_item: Any | None = None) -> None:
        """Count what was done."""


class _Unseen:
    def update(self, n_steps: int, current_item: Any | None = None) -> None:
        """Count nothing."""


def progress(length: int | None, label: str, *, quiet: bool = False, shown: Callable[[Any], str] | None = None,
             every: int = 1) -> AbstractContextManager[Bar]:  # fmt: skip
    """Give a bar of `length` steps (None: nobody knows), drawn anew at each or `every` so many. `shown` tells what is next."""
    if quiet or not sys.stderr.isatty():
        return nullcontext(_Unseen())
    import click

    steps = count() if length is None else None
    bar: Any = click.progressbar(steps, length=length, label=label, file=sys.stderr, show_pos=True, item_show_func=shown, update_min_steps=every)
    found: AbstractContextManager[Bar] = bar
    return found
