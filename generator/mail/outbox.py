"""The outbox: messages as .eml files that any mail program opens. In: a letter and a name. Out: a whole file or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.batch.files import write_whole
from generator.errors import DeliveryError, Position

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "outbox"


def put(folder: Path, token: str, data: bytes) -> Path:
    """Write a message under its token; the same message written again takes the same place."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # clients' addresses lie here
    except OSError as exc:
        raise DeliveryError(f"the outbox cannot be made: {exc.strerror or exc}", Position(str(folder)), "make its folder writable") from exc
    path = folder / f"{token}.eml"
    write_whole(path, data)
    return path


def waiting(folder: Path) -> list[Path]:
    """List the messages that lie in the outbox."""
    return sorted(folder.glob("*.eml")) if folder.is_dir() else []
