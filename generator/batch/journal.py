"""The journal of a run: what it has made so far, one line a job, so that a run that is killed leaves its work known.

In: outcomes as they come. Out: the entries of runs that ended before they could write the manifest, or that are not at the end yet.
A line that was cut short is none. An entry is believed only as far as its file has its digest (manifest.py).
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from generator.batch.believed import believed, parsed
from generator.batch.locks import lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from generator.batch.manifest import Entry

PATTERN = "journal-*.jsonl"


class Journal:
    """This run's own. Where it cannot be written the run goes on: it only spares work."""

    def __init__(self, folder: Path | None) -> None:
        """Begin a journal in a folder that exists; None keeps none."""
        self._handle = -1
        self.path: Path | None = None
        if folder is not None:
            self.path = folder / PATTERN.replace("*", f"{os.getpid()}-{os.urandom(4).hex()}")
            with suppress(OSError):
                self._handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
                lock(self._handle)

    def add(self, entries: Iterable[Entry]) -> None:
        """Note what a job has made."""
        rows = [e._asdict() for e in entries]
        if rows and self._handle >= 0:
            with suppress(OSError):
                os.write(self._handle, b"\n" + json.dumps(rows, ensure_ascii=False).encode())  # behind a line cut short, a new one

    def close(self) -> None:
        """Let it go; the file stays until the manifest has its entries."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def entries(folder: Path) -> list[dict[str, Any]]:
    """Give what all journals in a folder tell, the later of two entries of one path behind the earlier."""
    return [entry for path in sorted(folder.glob(PATTERN), key=_age) for entry in _rows(path)]


def sweep(folder: Path) -> None:
    """Delete the journals of runs that are over. To be called when the manifest has their entries."""
    for path in folder.glob(PATTERN):
        with suppress(OSError):
            handle = os.open(path, os.O_RDWR)
            try:
                lock(handle)
                path.unlink()
            finally:
                os.close(handle)


def _age(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return
    for line in lines:
        with suppress(ValueError):
            yield from believed(parsed(line))
