"""Files of copies: each written whole under a temporary name and renamed. In: parts of a file. Knows not what they are.

Nothing waits for the disk here: a run that is killed leaves whole files or none, and after a power failure it is run again.
Each process writes in a folder of its own beside the copies and moves them out: two that make files in one folder wait for each other longer
than a copy takes to be made.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from generator.batch.files import not_written
from generator.batch.locks import process_name
from generator.errors import DeliveryError, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def write_copy(folder: Path, path: str, parts: Sequence[bytes], run: str) -> None:
    """Write a file below `folder`, for a `run` of this name. Raises DeliveryError."""
    target = f"{folder}/{path}"
    stage = f"{target.rpartition('/')[0]}/{_stages(run)}{process_name()}.parts"
    temporary = f"{stage}/.handouts-copy.part"
    try:
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        except FileNotFoundError:
            os.makedirs(stage, exist_ok=True)  # noqa: PTH103 - a Path costs as much as the write
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            _write(handle, parts)
        finally:
            os.close(handle)
        os.replace(temporary, target)  # noqa: PTH105
    except OSError as exc:
        if os.path.exists(temporary):  # noqa: PTH110
            os.unlink(temporary)  # noqa: PTH108
        raise not_written(exc, target) from exc


def _stages(run: str) -> str:
    return f".handouts-{run}."


def leave(folder: Path, run: str) -> None:
    """Take away the stages of a run that is over, in `folder` and the folders in it; another run's are its own."""
    for place in (folder, *_folders(folder)):
        for stage in _folders(place):
            if stage.name.startswith(_stages(run)):
                with suppress(OSError):
                    (stage / ".handouts-copy.part").unlink(missing_ok=True)  # of a process that was killed
                    stage.rmdir()


def _folders(folder: Path) -> list[Path]:
    """List the folders among what may be very many files."""
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _write(handle: int, parts: Sequence[bytes]) -> None:
    written = os.writev(handle, parts) if hasattr(os, "writev") else 0
    if written < sum(map(len, parts)):  # a full disk says so with the next byte
        rest = memoryview(b"".join(parts))[written:]
        while rest:
            rest = rest[os.write(handle, rest) :]


def discard(folder: Path, paths: Iterable[str]) -> None:
    """Delete files that no longer hold."""
    for path in paths:
        try:
            (folder / path).unlink(missing_ok=True)
        except OSError as exc:
            raise DeliveryError(f"an outdated file cannot be removed: {exc.strerror or exc}", Position(path),
                                "close it in other programs, or delete it by hand") from exc  # fmt: skip
