"""Files of the cache folder: what one process has worked out for the next, believed only where it answers for the same inputs.

In: a path, a key of 32 bytes that stands for all that the data rests on, and the data. Out: the same data, or None where the file is
of another key, cut short, damaged or not there. The folder holds code (Jinja's compiled templates lie in it), and is believed
as the templates are. Knows nothing of what the data are.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SIZE = 32  # of a key, and of a digest


def key_of(*parts: str) -> bytes:
    """Give the key of some texts."""
    return hashlib.sha256("\0".join((sys.version, *parts)).encode("utf-8", "surrogatepass")).digest()


def stamps(paths: Iterable[Path | str]) -> str:
    """Tell files of the program, which nobody edits in place, from others: by size and time."""
    found = ((path, os.stat(path)) for path in paths)  # noqa: PTH116 - a path of either kind
    return " ".join(f"{path} {state.st_size} {state.st_mtime_ns}" for path, state in found)


def read(path: Path, key: bytes) -> bytes | None:
    """Give the data that were kept under a key."""
    try:
        data = path.read_bytes() if path.is_file() else b""  # and no pipe that nobody writes to
    except OSError:
        return None
    if data[:SIZE] != key or hashlib.sha256(data[2 * SIZE :]).digest() != data[SIZE : 2 * SIZE]:
        return None
    return data[2 * SIZE :]


def write(path: Path, key: bytes, data: bytes) -> None:
    """Keep data; where they cannot be written the next process works them out again."""
    part = path.with_name(f".handouts-{os.getpid()}-{os.urandom(6).hex()}.part")  # as all parts are named that a killed run leaves
    with suppress(OSError):
        try:
            part.write_bytes(key + hashlib.sha256(data).digest() + data)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
