"""Whether a run still lives: each holds a lock that the system drops with its process, however that ends.

In: the state folder and a run's number. Out: yes or no. Knows nothing of the ledger.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from generator.batch.locks import lock

if TYPE_CHECKING:
    from pathlib import Path

_held: dict[tuple[str, int], int] = {}  # this process's own runs: a process can always take its own locks again


def begin(folder: Path, run: int) -> None:
    """Hold a run's lock until `end` or the end of this process."""
    handle = os.open(_path(folder, run), os.O_RDWR | os.O_CREAT, 0o600)
    lock(handle)
    _held[str(folder), run] = handle


def end(folder: Path, run: int) -> None:
    """Let a run's lock go."""
    handle = _held.pop((str(folder), run), None)
    if handle is not None:
        os.close(handle)
    _path(folder, run).unlink(missing_ok=True)


def alive(folder: Path, run: int) -> bool:
    """Tell whether the run's process still works on it."""
    if (str(folder), run) in _held:
        return True
    try:
        handle = os.open(_path(folder, run), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        lock(handle)
    except OSError:
        return True
    finally:
        os.close(handle)
    _path(folder, run).unlink(missing_ok=True)
    return False


def _path(folder: Path, run: int) -> Path:
    return folder / f"run-{run}.lock"
