"""Files written whole or not at all: to a temporary name beside the target, synced, then renamed.

In: bytes and a path. Knows nothing of what the bytes are.
"""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from generator.batch.locks import lock
from generator.errors import DeliveryError, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FULL = (errno.ENOSPC, errno.EDQUOT)
ELSEWHERE = "choose another folder with --output"
STALE_AFTER = 600.0  # seconds; no file takes that long to write


def write_whole(path: Path, data: bytes, *, settled: bool = True, elsewhere: str = ELSEWHERE) -> None:
    """Write a file in one step. Raises DeliveryError where the folder cannot be written.

    `settled`: wait until the disk has it; who writes many files waits for all of them at the end, with `settle`. `elsewhere` tells how
    the file could go to another folder, "": it cannot.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = str(path.parent / f".handouts-{os.getpid()}-{os.urandom(6).hex()}.part")
        handle, temporary = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), part
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if settled:
                file.flush()
                os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as exc:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise not_written(exc, str(path), elsewhere) from exc


def not_written(exc: OSError, path: str, elsewhere: str = ELSEWHERE) -> DeliveryError:
    """Tell why a file could not be written, and what to do: a full disk wants something else than a folder that is locked."""
    hint = f"{elsewhere}, or make this one writable" if elsewhere else "make its folder writable"
    if exc.errno in FULL:
        hint = f"the disk with the folder {path.rpartition('/')[0] or '.'} is full: make room on it" + (f", or {elsewhere}" if elsewhere else "")
    return DeliveryError(f"cannot be written: {exc.strerror or exc}", Position(path), hint)


def settle(paths: Iterable[Path]) -> None:
    """Wait until the disk has these files: the first waits for most of what was written before, the others for little."""
    for path in paths:
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError:
            continue  # another run has just replaced it
        try:
            os.fsync(handle)
        except OSError as exc:
            if exc.errno in FULL:
                raise not_written(exc, str(path)) from exc
            raise DeliveryError(f"cannot be written: {exc.strerror or exc}", Position(str(path)), "see whether its disk is sound") from exc
        finally:
            os.close(handle)


def remove(paths: Iterable[Path]) -> None:
    """Delete files that no longer hold; one that is gone already is fine."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as exc:
            raise DeliveryError(f"an outdated file cannot be removed: {exc.strerror or exc}", Position(str(path)),
                                "close it in other programs, or delete it by hand") from exc  # fmt: skip


def sweep(folder: Path) -> None:
    """Delete the parts that a killed run left behind; a young one may belong to a run that goes on beside this one."""
    for path in found(folder, ".handouts-", ".part"):
        try:
            if time.time() - path.stat().st_mtime > STALE_AFTER and not _is_held(path):
                path.unlink()
                if path.parent.name.startswith(".handouts-"):  # the folder of a process that makes copies
                    path.parent.rmdir()
        except OSError:
            continue  # the other run has just finished with it, or it is another user's


def found(folder: Path, begin: str, end: str) -> Iterator[Path]:
    """Give the files below a folder whose names begin and end so; folders that another run takes away meanwhile have none."""
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names if name.startswith(begin) and name.endswith(end))


def _is_held(path: Path) -> bool:
    """Tell whether a process holds a part, however old it looks: the clock may have jumped, as it does for a machine that slept."""
    try:
        handle = os.open(path, os.O_RDWR)
    except PermissionError:  # another user's
        return True
    try:
        lock(handle)
    except (PermissionError, BlockingIOError):
        return True
    except OSError:  # a folder without locks
        return False
    finally:
        os.close(handle)
    return False
