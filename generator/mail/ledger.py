"""The ledger: a row a message, written before it is sent and settled after, so that nothing goes out twice.

In: keyed hashes, digests, what the server said. Out: leave to send, or the reason why not. A row is `planned` when a run
claims it, `sending` from just before the end of the message goes out until the server's answer is written down, and
then `sent`, `refused` or `deferred`. A row still `sending` when its run is gone may have arrived or not: nobody but a
person can settle that. Knows nothing of SMTP, and holds no client's data.
"""

from __future__ import annotations

import hmac
import secrets
import sqlite3
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from generator.errors import DeliveryError, Position
from generator.mail import alive, state
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from generator.project.addresses import Address

DAY = 86400.0
RESUMABLE = 3 * DAY  # seconds for which a run that was not finished may be taken up again
_COLUMNS = "id, token, what, row, state, run, planned, sending, settled, answer"


class Run(NamedTuple):
    """A run of the program. What was sent before `since` may be sent again."""

    id: int
    since: float


class Claim(NamedTuple):
    """Leave to send one message, under this token."""

    id: int
    token: str


class Held(NamedTuple):
    """Why a message is not sent: `state` of the row that stands in the way; `alive`: another run is busy with it now."""

    id: int
    state: str
    when: float
    row: int
    alive: bool
    same_run: bool


class Entry(NamedTuple):
    """A row, for people."""

    id: int
    token: str
    what: str
    row: int
    state: str
    run: int
    planned: float
    sending: float | None
    settled: float | None
    answer: str


class _Batch:
    """Messages whose end goes out at the same time."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.written = False
        self.error: DeliveryError | None = None


class Ledger:
    """One project's ledger. Threads may share it."""

    def __init__(self, root: Path) -> None:
        """Open it or begin one. Raises DeliveryError where it cannot be used."""
        self._folder = state.folder_of(root)
        self._db = state.open_ledger(self._folder)
        self._key = state.key_of(self._folder, self._db)
        self._lock = threading.Lock()
        self._durable: bool | None = None
        self._gathering, self._writing = threading.Lock(), threading.Lock()
        self._batch = _Batch()
        self._path = self._folder / state.NAME

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def hash(self, address: Address) -> bytes:
        """Give the keyed hash of an address: the same for all ways in which people write it."""
        return self.digest(address.spec.casefold())

    def digest(self, text: str) -> bytes:
        """Give the keyed hash of a text."""
        return hmac.digest(self._key, text.encode(), "sha256")

    def begin(self, request: str, window: float, *, again: bool = False) -> Run:
        """Begin a run. `window`: seconds for which the same file is not sent again; `again`: it is, though once only.

        A run that was not finished is taken up where it stood: what it had sent itself is not repeated, `again` or not.
        """
        now = time.time()
        key = self.digest(f"{request} again" if again else request)
        with self._transaction(durable=True) as db:
            left = db.execute("SELECT since FROM run WHERE request = ? AND finished IS NULL AND started > ?", (key, now - RESUMABLE))
            since = min([now if again else now - window, *(old for (old,) in left)])
            found = db.execute("INSERT INTO run (request, since, started) VALUES (?, ?, ?)", (key, since, now))
            run = Run(found.lastrowid or 0, since)
            alive.begin(self._folder, run.id)
        return run

    def end(self, run: Run, *, finished: bool) -> None:
        """End a run; `finished` unless something is left that it would still have sent."""
        if finished:
            with self._transaction() as db:
                key = db.execute("SELECT request FROM run WHERE id = ?", (run.id,)).fetchone()[0]
                db.execute("UPDATE run SET finished = ? WHERE request = ? AND finished IS NULL AND id <= ?", (time.time(), key, run.id))
        alive.end(self._folder, run.id)

    def look(self, since: float, address: bytes, file: bytes) -> Held | None:
        """Give what would stand in the way of a message, without claiming it."""
        with self._transaction() as db:
            return self._held(db, Run(0, since), address, file)

    def claim(self, run: Run, address: bytes, file: bytes, what: str, row: int) -> Claim | Held:
        """Take a message for this run, in one transaction; of two runs at once one gets it."""
        with self._transaction() as db:
            held = self._held(db, run, address, file)
            if held is not None:
                return held
            left = db.execute("SELECT id, token FROM message WHERE address = ? AND file = ? AND state = 'planned'", (address, file))
            for number, token in left.fetchall():  # of a run that is gone: nothing of it went out
                db.execute("UPDATE message SET run = ?, row = ?, planned = ? WHERE id = ?", (run.id, row, time.time(), number))
                return Claim(number, token)
            token = secrets.token_hex(16)
            found = db.execute(
                "INSERT INTO message (token, address, file, what, row, state, run, planned) VALUES (?, ?, ?, ?, ?, 'planned', ?, ?)",
                (token, address, file, what, row, run.id, time.time()),
            )
            return Claim(found.lastrowid or 0, token)

    def sending(self, claim: Claim) -> None:
        """Write down, and onto the disk, that the end of the message goes out now.

        Waiting for the disk takes longest of all, so whoever gets there first writes for all who wait.
        """
        with self._gathering:
            batch = self._batch
            batch.numbers.append(claim.id)
        with self._writing:
            if not batch.written:
                with self._gathering:
                    self._batch = _Batch()
                batch.written = True
                self._write(batch)
        if batch.error is not None:
            raise batch.error

    def _write(self, batch: _Batch) -> None:
        try:
            with self._transaction(durable=True) as db:
                rows = [(time.time(), number) for number in batch.numbers]
                db.executemany("UPDATE message SET state = 'sending', sending = ?, answer = '' WHERE id = ?", rows)
        except DeliveryError as exc:
            batch.error = exc

    def put_back(self, claim: Claim, answer: str) -> None:
        """Write down that the message surely was not taken, and is to be tried again."""
        with self._transaction() as db:
            db.execute("UPDATE message SET state = 'planned', answer = ? WHERE id = ?", (answer, claim.id))

    def settle(self, claim: Claim, outcome: str, answer: str) -> None:
        """Write down what became of it: sent, refused or deferred; or sending, where no answer came."""
        with self._transaction() as db:
            db.execute("UPDATE message SET state = ?, settled = ?, answer = ? WHERE id = ?",
                       (outcome, time.time() if outcome != "sending" else None, answer, claim.id))  # fmt: skip

    def unsettled(self) -> list[Entry]:
        """List the messages of which nobody knows whether they arrived."""
        with self._transaction() as db:
            rows = db.execute(f"SELECT {_COLUMNS} FROM message WHERE state = 'sending' ORDER BY id").fetchall()  # noqa: S608
        entries = [Entry(*row) for row in rows]
        return [e for e in entries if e.answer or not alive.alive(self._folder, e.run)]

    def decide(self, numbers: Sequence[int], outcome: str, answer: str) -> None:
        """Write down what a person says of unsettled messages: sent; or planned, to be sent by the next run that is asked to."""
        with self._transaction(durable=True) as db:
            for number in numbers:
                db.execute("UPDATE message SET state = ?, settled = ?, answer = ? WHERE id = ? AND state = 'sending'",
                           (outcome, time.time(), answer, number))  # fmt: skip

    def of_address(self, address: bytes) -> set[int]:
        """Give the numbers of the messages to one address."""
        with self._transaction() as db:
            return {number for (number,) in db.execute("SELECT id FROM message WHERE address = ?", (address,))}

    def _held(self, db: sqlite3.Connection, run: Run, address: bytes, file: bytes) -> Held | None:
        """Find the row that stands in the way: one in someone's hands, else the last that was sent."""
        rows = db.execute("SELECT id, state, run, planned, settled, row FROM message WHERE address = ? AND file = ? AND "
                          "state IN ('planned', 'sending', 'sent') ORDER BY state = 'sent', id DESC", (address, file))  # fmt: skip
        for number, found, owner, planned, settled, row in rows.fetchall():
            mine = owner == run.id
            busy = found != "sent" and (mine or alive.alive(self._folder, owner))
            if busy or found == "sending" or (found == "sent" and settled >= run.since):
                return Held(number, found, settled or planned, row, busy and not mine, mine)
        return None

    @contextmanager
    def _transaction(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """Write in one step. `durable`: it outlasts a power cut too, not the end of the process alone."""
        with self._lock:
            try:
                if durable != self._durable:
                    self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                    self._durable = durable
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                except BaseException:
                    self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
            except sqlite3.Error as exc:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise DeliveryError(f"the ledger cannot be written: {exc}", Position(str(self._path)),
                                    "see that the disk is not full; then the same command sends what is left") from exc  # fmt: skip


def existing(root: Path) -> Ledger | None:
    """Open the ledger only where there is one, so that looking leaves nothing behind."""
    return Ledger(root) if (root / state.FOLDER / state.NAME).exists() else None
