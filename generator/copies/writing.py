"""Files of copies: each written whole under a temporary name and renamed. In: parts of a file. Knows not what they are.

Nothing waits for the disk here: a run that is killed leaves whole files or none, and after a power failure it is run again.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from generator.batch.files import not_written
from generator.batch.locks import process_name
from generator.errors import DeliveryError, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def write_copy(folder: Path, path: str, parts: Sequence[bytes]) -> None:
    """Write a file below `folder`. Raises DeliveryError."""
    target = f"{folder}/{path}"
    temporary = f"{target.rpartition('/')[0]}/.handouts-{process_name()}.part"
    try:
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120 - a Path costs as much as the write
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
