"""Locks between processes that the system drops with their process, however that ends.

In: an open file. Out: the lock held, or an OSError where another process has it. Knows nothing of what the file is for.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def lock(handle: int, *, wait: bool = False) -> None:
    """Take the lock or raise OSError. A POSIX record lock: children do not inherit it, so it ends with its own process."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        return
    fcntl.lockf(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def process_name() -> str:
    """Name this process as no other is named: a number alone comes again in another container, or on another machine of a share."""
    return _named(os.getpid())


@lru_cache(maxsize=1)
def _named(pid: int) -> str:
    return f"{pid}-{os.urandom(6).hex()}"


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only process that works under this name. Where no lock can be had (some network folders) go on without."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        yield
        return
    try:
        _take(handle)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    try:
        lock(handle, wait=True)
    except OSError:
        return
