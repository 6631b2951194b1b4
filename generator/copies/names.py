"""What a client's file is called, and where it lies: by default nothing that tells who it is for.

In: a row. Out: a path below the output folder. The list's column `id` names the file; without one, a token that nobody can guess
or follow back without the project's key. Names of people stand there only where --name asks for their columns.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from typing import TYPE_CHECKING

from generator.errors import ContentError, DeliveryError, Position

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from pathlib import Path

    from generator.clients import ClientRow
    from generator.copies.order import Order

FOLDER = "copies"
STATE, KEY = ".handouts", "copies.key"
ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
LONGEST = 180  # bytes of a name; a file system takes 255, and more is added
MANY_STEPS = 40


def file_name(order: Order, row: ClientRow) -> str:
    """Give a file's name without its ending. Raises ContentError."""
    chosen = _chosen(order, dict(zip(order.columns, row.values, strict=True)), Position(order.shown, row.number))
    if chosen:
        return chosen
    digest = hmac.digest(order.key, "\0".join((order.handout.slug, row.locale, row.brand, *row.values)).encode(), hashlib.sha256)
    return base64.b32encode(digest[:15]).decode().lower()


def name_in(order: Order, cells: Sequence[str]) -> str:
    """Give the name that the cells of a row that is refused ask for; "" where they ask for none, or it cannot be read."""
    try:
        return _chosen(order, dict(zip(order.columns, cells, strict=False)), Position(order.shown))
    except (ContentError, KeyError):
        return ""


def _chosen(order: Order, cells: Mapping[str, str], place: Position) -> str:
    """Give the name that cells ask for, "" for a token. Raises ContentError."""
    if order.naming:
        parts = ["-".join(_words(cells[name])) for name in order.naming]
        if not all(parts):
            empty = order.naming[parts.index("")]
            raise ContentError(f'column "{empty}" is to name the file, and has no letters', place, "fill it in, or name files by another")
        return "-".join(parts).encode()[:LONGEST].decode(errors="ignore").rstrip("-")
    if "id" in cells:
        if not ID.fullmatch(cells["id"]):
            raise ContentError('column "id": this cannot name a file', place, "use up to 64 letters, digits, - and _, or leave the column out")
        return cells["id"]
    return ""


def _words(text: str) -> list[str]:
    """Take out what a file's name should not hold. The vowel signs of many scripts are part of a word, and no letters."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(c if c.isalnum() or c == "_" or unicodedata.category(c)[0] == "M" else " " for c in plain).split()


def path_of(order: Order, name: str, step: int | None) -> str:
    """Give a file's path below the output folder."""
    part = f"-step-{step}" if step else ""
    edition = "" if order.edition.standard else f"{order.edition.name}/"
    return f"{FOLDER}/{order.handout.slug}/{edition}{name}{part}.pdf"


def paths_of(order: Order, name: str, kinds: Container[str] = ("booklet", "cards")) -> list[str]:
    """Give all files that may have a name, of some kinds."""
    booklet, cards = (None,) * ("booklet" in kinds), range(1, 1 + MANY_STEPS * ("cards" in kinds))
    return [path_of(order, name, step) for step in (*booklet, *cards)]


def key_of(root: Path) -> bytes:
    """Give the project's key for names, made when first asked for. Raises DeliveryError where it cannot be kept."""
    path = root / STATE / KEY
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not (path.parent / ".gitignore").exists():
            (path.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as exc:
        raise DeliveryError(f"the key for file names cannot be kept: {exc.strerror or exc}", Position(str(path)),
                            "make the folder writable, or give the list a column id") from exc  # fmt: skip
    if not key:
        raise DeliveryError("the key for file names is empty", Position(str(path)),
                            "bring the file back from a copy; or delete it, and clients' files get other names")  # fmt: skip
    return key


def _make(path: Path) -> None:
    """Write the key under another name and link it into place: two runs that begin at once agree on one."""
    temporary = path.with_name(f"new-{secrets.token_hex(8)}.key")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
        os.fsync(file.fileno())
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        return
    finally:
        temporary.unlink()
