"""What a process has made so far, a line a file, so that a run that is killed loses nothing it has done.

In: files as they are written. Out: a hidden file for each process beside the copies, gone when the run has come to its end. The
lines are those of the record (`ledger.py`). Each process holds a lock on its own: what nobody holds is of a run that is over.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from generator.batch.believed import parsed
from generator.batch.locks import lock, process_name
from generator.copies.names import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.copies.order import Order
    from generator.copies.workshop import Made

_NAME = "journal.jsonl"


class Journal:
    """Writes the lines of this process; a forked one begins its own."""

    def __init__(self, order: Order) -> None:
        """Write nothing yet."""
        self._folder = folder_of(order)
        self._handle = self._pid = 0

    def add(self, made: Made) -> None:
        """Write down a row's files. A folder that takes no journal is told by the record, which lies there too."""
        try:
            if self._pid != os.getpid():
                self._handle, self._pid = self._begin(), os.getpid()
            os.write(self._handle, "".join(line(made, file) for file in made.files).encode())
        except OSError:
            return

    def close(self) -> None:
        """Let the lock go."""
        if self._pid == os.getpid():
            os.close(self._handle)
            self._pid = 0

    def _begin(self) -> int:
        handle = os.open(self._folder / f".{process_name()}-{_NAME}", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        lock(handle)
        return handle


def line(made: Made, file: Any) -> str:
    """Write a file's line. It names a row, and nobody."""
    return json.dumps({"row": made.number, **file._asdict(), "mark": made.mark.hex()}, ensure_ascii=False) + "\n"


def folder_of(order: Order) -> Path:
    """Give the folder of a handout's copies."""
    return order.output / FOLDER / order.handout.slug


def journals(folder: Path) -> list[Path]:
    """Find the journals of processes that are over, and of this one."""
    return [path for path in folder.glob(f".*-{_NAME}") if path.name == f".{process_name()}-{_NAME}" or _over(path)]


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Read the lines of a journal or a record; from where it is damaged on, it counts for nothing."""
    try:
        with path.open(encoding="utf-8") as file:
            for text in file:
                entry = parsed(text)
                if isinstance(entry, dict):
                    yield entry
    except (OSError, ValueError):
        return


def _over(path: Path) -> bool:
    try:
        with path.open("r+b") as file:
            lock(file.fileno())
    except OSError:
        return False
    return True
