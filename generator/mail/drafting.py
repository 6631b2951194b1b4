"""What goes to each recipient, made and read back: recipients in, a `Draft` of each out, in their order.

A long list is worked on by processes of their own, while the post of this one waits for the server. They are forked and know all that
this one knows, so nobody's data is written anywhere to get there. Knows no ledger, no passwords and no server.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import TYPE_CHECKING, Protocol

from generator.batch.parents import end_with_parent
from generator.errors import HandoutsError, unexpected
from generator.mail import readback
from generator.mail.message import fingerprint
from generator.mail.records import Draft, Outcome
from generator.plain import NamedTuple
from generator.project.records import unbound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess
    from types import TracebackType

    from generator.mail.letters import Letters
    from generator.mail.records import Enclosure, Recipient, Words
    from generator.project.records import HandoutSource, Project

MANY = 40  # recipients from which on another process pays
MOST = 4  # processes; the post cannot send faster than so many make
CHUNK = 10  # drafts from one run of the garbage collector to the next


class Enclosing(Protocol):
    """Whoever makes the files for a recipient: the `Binder`, or one that makes personalised copies."""

    def enclose(self, to: Recipient) -> tuple[Enclosure, ...]:
        """Make them. Raises a HandoutsError with its position."""


class Writer:
    """Makes one recipient's draft after another."""

    def __init__(self, project: Project, handout: HandoutSource, binder: Enclosing, letters: Letters, everyone: Sequence[Recipient],
                 *, encrypted: bool = False) -> None:  # fmt: skip
        """`everyone` on the list: nobody's data may stand in another's copy."""
        self.project, self.handout = project, handout
        self._binder, self._letters, self._encrypted = binder, letters, encrypted
        self._reader = readback.Reader(everyone)

    def draft(self, to: Recipient) -> Draft:
        """Make a recipient's files, read them back, and write the words. Raises a HandoutsError with its position."""
        enclosed = self._binder.enclose(to)
        self._reader.check(enclosed, to)
        title = unbound(self.handout.title) if "subject" in self.handout.mail_tells else ""
        words = self._letters.write(to, self.project.brand(to.brand), enclosed, title, encrypted=self._encrypted)
        return Draft(to, enclosed, words, fingerprint(enclosed))

    def attempt(self, to: Recipient) -> Draft | Outcome:
        """Make a recipient's draft, or tell what went wrong."""
        try:
            return self.draft(to)
        except HandoutsError as exc:
            return Outcome(to, "failed", error=exc)
        except Exception as exc:  # noqa: BLE001
            return Outcome(to, "failed", error=unexpected(exc, to.label))


class Drafts:
    """All drafts of a run, each once. To be entered before any thread begins: processes are forked then."""

    def __init__(self, writer: Writer, everyone: Sequence[Recipient], processes: int | None = None) -> None:
        """Take how many `processes` work besides this one; None: one for each core that the post leaves free, if the list is long."""
        self._writer, self._everyone = writer, everyone
        self._count = _worthwhile(len(everyone)) if processes is None else processes
        self._makers: list[tuple[ForkProcess, Connection]] = []

    def __enter__(self) -> Iterator[Draft | Outcome]:
        """Begin."""
        if self._count:
            from multiprocessing import get_context

            fork = get_context("fork")
            gc.freeze()  # what is there already is not copied for being counted
            for first in range(self._count):
                inbox, outbox = fork.Pipe(duplex=False)
                maker = fork.Process(target=_make, args=(outbox, self._writer, self._everyone, range(first, len(self._everyone), self._count)))
                maker.start()
                outbox.close()  # so that the pipe ends with its process, however that ends
                self._makers.append((maker, inbox))
        return self._all()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Drop what nobody wants any more."""
        for maker, inbox in self._makers:
            inbox.close()
            maker.kill()
            maker.join()

    def _all(self) -> Iterator[Draft | Outcome]:
        """Give all in order; from where a process was ended (it may be the machine that lacks memory for several), make them here."""
        for number, to in enumerate(self._everyone):
            result = self._received(number)
            if result is None:
                yield self._writer.attempt(to)
            else:
                yield Outcome(to, "failed", error=result) if isinstance(result, HandoutsError) else Draft(to, *result)

    def _received(self, number: int) -> _Result | None:
        if not self._count:
            return None
        try:
            result: _Result = self._makers[number % self._count][1].recv()
        except (EOFError, OSError):
            self._count = 0
            return None
        return result


class _Contents(NamedTuple):
    """A draft on its way between processes: all but the recipient."""

    enclosed: tuple[Enclosure, ...]
    words: Words
    mark: bytes


_Result = _Contents | HandoutsError

def _worthwhile(recipients: int) -> int:
    """Tell how many processes a list is worth. Where none can be forked (Windows; on macOS the system's libraries forbid it), none."""
    if sys.platform != "linux" or recipients < MANY:
        return 0
    return min((os.cpu_count() or 1) - 1, MOST, recipients // MANY)


def _make(outbox: Connection, writer: Writer, everyone: Sequence[Recipient], numbers: range) -> None:
    """Be a process that makes drafts. A pipe that nobody empties makes it wait; one that is closed ends it."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupted run finishes the messages that it is at
    gc.disable()
    for count, number in enumerate(numbers, 1):
        result = _bare(writer.attempt(everyone[number]))
        try:
            outbox.send(result)
        except OSError:
            return
        if not count % CHUNK:
            gc.collect(1)


def _bare(made: Draft | Outcome) -> _Result:
    """Take away what the other process has itself, or needs no more."""
    if isinstance(made, Outcome):
        return made.error or HandoutsError(made.note)
    return _Contents(tuple(e._replace(own=(), shared=None) for e in made.enclosed), made.words, made.mark)
