"""The state folder of a project: where the ledger and its key lie, made with care and refused where it cannot be used.

In: a project's folder. Out: the paths, the key, an open database whose schema is known. Knows nothing of messages.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from generator.errors import DeliveryError, Position

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".handouts"
NAME = "ledger.sqlite"
KEY = "ledger.key"
APPLICATION = 0x68646F74  # "hdot": a database of somebody else's is not taken for a ledger
VERSION = 1
SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    request BLOB NOT NULL,   -- keyed hash of what was asked for: a run that was killed is known again by it
    since REAL NOT NULL,     -- what was sent before this moment may be sent again
    started REAL NOT NULL,
    finished REAL            -- empty while it works, and for ever if it was killed
) STRICT;
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,  -- left part of the Message-ID
    address BLOB NOT NULL,       -- keyed hash; the address itself stands nowhere
    file BLOB NOT NULL,          -- sha256 of what is enclosed, before it is encrypted
    what TEXT NOT NULL,          -- handout, brand and locale
    row INTEGER NOT NULL,        -- line of the list, 0 for none
    state TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES run (id),
    planned REAL NOT NULL,
    sending REAL,                -- when the end of the message was about to go out
    settled REAL,
    answer TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX message_of ON message (address, file);
CREATE UNIQUE INDEX one_at_a_time ON message (address, file) WHERE state IN ('planned', 'sending');
"""


def folder_of(root: Path) -> Path:
    """Make the state folder, with its key. Raises DeliveryError where it cannot be written."""
    folder = root / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        if not os.access(folder, os.W_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as exc:
        raise DeliveryError(f"the state folder cannot be written: {exc.strerror or exc}; nothing was sent", Position(str(folder)),
                            "without the ledger nobody knows what was sent; make the folder writable") from exc  # fmt: skip
    return folder


def open_ledger(folder: Path) -> sqlite3.Connection:
    """Open the database, or make it. Raises DeliveryError for one that is damaged, of a newer version, or of someone else."""
    path = folder / NAME
    if not path.exists():
        _create(folder, path)
    try:
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=60)
        _check(db, path)
    except sqlite3.OperationalError as exc:
        raise DeliveryError(f"the ledger cannot be opened: {exc}; nothing was sent", Position(str(path)),
                            "make the file and its folder writable") from exc  # fmt: skip
    except sqlite3.DatabaseError as exc:
        raise _unusable(path, "the ledger is damaged") from exc
    return db


def set_aside(folder: Path) -> Path | None:
    """Rename a ledger with all that belongs to it, so that a new one is begun; give its new name."""
    path = folder / NAME
    if not path.exists():
        return None
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    target = path.with_name(f"ledger-set-aside-{stamp}.sqlite")
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(target.with_name(target.name + ending))
    return target


def key_of(folder: Path, db: sqlite3.Connection) -> bytes:
    """Give the key of the hashes. Raises DeliveryError where it is not the one that this ledger was written with."""
    path = folder / KEY
    key = path.read_bytes() if path.exists() else b""
    wanted = db.execute("SELECT value FROM about WHERE name = 'key'").fetchone()
    if wanted is None or wanted[0] != _proof(key):
        raise DeliveryError("the ledger's key is missing or is another ledger's; nothing was sent", Position(str(path)),
                            "bring the file back from a copy; or begin anew: handouts outbox --set-aside")  # fmt: skip
    return key


def _create(folder: Path, path: Path) -> None:
    """Make a ledger under another name and link it into place: it is there whole or not at all, and two runs make one."""
    key = _key(folder)
    temporary = folder / f"new-{secrets.token_hex(8)}.sqlite"
    try:
        db = sqlite3.connect(temporary, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(f"BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;")
        db.execute("INSERT INTO about VALUES ('key', ?)", (_proof(key),))
        db.close()
        _into_place(temporary, path)
    except (OSError, sqlite3.Error) as exc:
        raise DeliveryError(f"the ledger cannot be made: {exc}; nothing was sent", Position(str(path)),
                            "see that the folder is writable and the disk not full") from exc  # fmt: skip
    finally:
        temporary.unlink(missing_ok=True)


def _key(folder: Path) -> bytes:
    """Give the key file's bytes, made where there is none yet."""
    path = folder / KEY
    temporary = folder / f"new-{secrets.token_hex(8)}.key"
    if not path.exists():
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        _into_place(temporary, path)
        temporary.unlink(missing_ok=True)
    return path.read_bytes()


def _into_place(temporary: Path, path: Path) -> None:
    """Give a finished file its name, unless another run was quicker."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            temporary.rename(path)


def _proof(key: bytes) -> bytes:
    import hmac

    return hmac.digest(key, b"handouts ledger", "sha256")


def _check(db: sqlite3.Connection, path: Path) -> None:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION:
        raise _unusable(path, "the ledger is damaged, or no ledger of handouts")
    if version > VERSION:
        raise _unusable(path, f"the ledger was written by a newer handouts (version {version}, this one knows {VERSION})")
    if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _unusable(path, "the ledger is damaged")


def _unusable(path: Path, why: str) -> DeliveryError:
    return DeliveryError(f"{why}; nothing was sent, and nothing in it was changed", Position(str(path)),
                         "update handouts or bring the file back from a copy; or set it aside and begin anew, which forgets "
                         "what was sent before: handouts outbox --set-aside")  # fmt: skip
