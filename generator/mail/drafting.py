"""What goes to each recipient, made and read back: recipients in, a `Draft` of each out, in their order.

A long list is worked on by processes of their own, while the post of this one waits for the server. They are forked and know all that
this one knows, so nobody's data is written anywhere to get there. Knows no ledger, no passwords and no server.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from generator.batch.executors import end_with_parent
from generator.errors import HandoutsError, unexpected
from generator.mail import readback
from generator.mail.message import fingerprint
from generator.mail.records import Draft, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from types import TracebackType

    from generator.mail.letters import Letters
    from generator.mail.records import Enclosure, Recipient, Words
    from generator.project.records import HandoutSource, Project

MANY = 40  # recipients from which on another process pays
MOST = 4  # processes; the post cannot send faster than so many make
CHUNK = 10  # drafts that come from a process at once
AHEAD = 2  # chunks that wait for each process


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
        title = self.handout.title if "subject" in self.handout.mail_tells else ""
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
        self._pool: ProcessPoolExecutor | None = None
        self._firsts = iter(range(0, len(everyone), CHUNK))
        self._waiting: deque[Future[list[_Result]]] = deque()

    def __enter__(self) -> Iterator[Draft | Outcome]:
        """Begin."""
        if self._count:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            _worker[:] = [(self._writer, self._everyone)]
            gc.freeze()  # what is there already is not copied for being counted
            self._pool = ProcessPoolExecutor(self._count, get_context("fork"), _start)
            self._ask(self._pool)
        return self._all()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Drop what nobody wants any more."""
        _worker.clear()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _all(self) -> Iterator[Draft | Outcome]:
        done = 0
        for result in self._from_processes():
            to = self._everyone[done]
            yield Outcome(to, "failed", error=result) if isinstance(result, HandoutsError) else Draft(to, *result)
            done += 1
        for to in self._everyone[done:]:
            yield self._writer.attempt(to)

    def _from_processes(self) -> Iterator[_Result]:
        """Give results in order, until all are done or a process was ended: it may be the machine that lacks memory for several."""
        from concurrent.futures.process import BrokenProcessPool

        while self._pool is not None and self._waiting:
            try:
                results = self._waiting.popleft().result()
                self._ask(self._pool)
            except BrokenProcessPool:
                return
            yield from results

    def _ask(self, pool: ProcessPoolExecutor) -> None:
        """Have a few chunks made ahead."""
        for first in islice(self._firsts, AHEAD * self._count - len(self._waiting)):
            self._waiting.append(pool.submit(_in_worker, first))


class _Contents(NamedTuple):
    """A draft on its way between processes: all but the recipient."""

    enclosed: tuple[Enclosure, ...]
    words: Words
    mark: bytes


_Result = _Contents | HandoutsError

_worker: list[tuple[Writer, Sequence[Recipient]]] = []  # what a forked process finds there


def _worthwhile(recipients: int) -> int:
    """Tell how many processes a list is worth. Where none can be forked (Windows; on macOS the system's libraries forbid it), none."""
    if sys.platform != "linux" or recipients < MANY:
        return 0
    return min((os.cpu_count() or 1) - 1, MOST, recipients // MANY)


def _start() -> None:
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupted run finishes the messages that it is at
    gc.disable()


def _in_worker(first: int) -> list[_Result]:
    """Make a chunk. The collector runs between chunks."""
    writer, everyone = _worker[0]
    results = [_bare(writer.attempt(to)) for to in everyone[first : first + CHUNK]]
    gc.collect(1)
    return results


def _bare(made: Draft | Outcome) -> _Result:
    """Take away what the other process has itself, or needs no more."""
    if isinstance(made, Outcome):
        return made.error or HandoutsError(made.note)
    return _Contents(tuple(e._replace(own=(), shared=None) for e in made.enclosed), made.words, made.mark)
