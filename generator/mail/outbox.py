"""The outbox: messages as .eml files that any mail program opens. In: a letter and a name. Out: a whole file or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.batch.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "outbox"


def put(folder: Path, token: str, data: bytes) -> Path:
    """Write a message under its token; the same message written again takes the same place."""
    path = folder / f"{token}.eml"
    write_whole(path, data)
    return path


def waiting(folder: Path) -> list[Path]:
    """List the messages that lie in the outbox."""
    return sorted(folder.glob("*.eml")) if folder.is_dir() else []
