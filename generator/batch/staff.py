"""A run's staff, as its employer sees it: processes of this machine that do its jobs, one for each core.

In: what all jobs share, and jobs. Out: an `Outcome` for each, as it comes. A process that dies is replaced, and the job that it was at
is tried again. Knows not how a job is done: the processes' own end is hands.py, and this one need not import it.
"""

from __future__ import annotations

from collections import Counter, deque
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from generator.batch.records import Outcome
from generator.errors import HandoutsError
from generator.plain import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from generator.batch.records import Bench, Work

TRIES = 3  # of a job whose process dies: it may have been another's fault
AHEAD = 2  # jobs that lie before a worker: the one that it is at, and the next


@dataclass(slots=True, eq=False, repr=False)
class Worker:
    """One of the staff, as its employer sees it: two pipes, and the numbers of the jobs that lie before it."""

    to: Connection
    back: Connection
    process: BaseProcess | None = None  # None: another's child
    before: deque[int] = field(default_factory=deque)

    def give(self, number: int, work: Work | None) -> None:
        """Hand a job over, or None: there will be no more."""
        if work is not None:
            self.before.append(number)
        try:
            self.to.send(work)
        except OSError:  # it is dead, which its other pipe will tell
            return

    def leave(self) -> None:
        """Let it finish the job that it is at and no other, and wait for it: what nobody hears ends it."""
        self.back.close()
        self.to.close()
        if self.process is not None:
            self.process.join()


class Staff:
    """The processes of one run."""

    def __init__(self, bench: Bench, count: int, workers: Sequence[Worker] = ()) -> None:
        """Take those that are hired already; others are hired up to `count`."""
        self._bench = bench
        self._workers = {worker.back: worker for worker in workers}
        self._count = count
        self._tries: Counter[int] = Counter()

    def run(self, works: Sequence[Work]) -> Iterator[Outcome]:
        """Do the jobs. Closing the iterator drops those that are not begun."""
        left = deque(range(len(works)))
        try:
            while left or self._busy():
                self._share_out(left, works)
                ready = wait([w.back for w in self._workers.values() if w.before])
                for worker in [w for w in self._workers.values() if w.back in ready]:
                    outcome = self._received(worker, left, works)
                    if outcome is not None:
                        yield outcome
        finally:
            self._dismiss()

    def _dismiss(self) -> None:
        """Let all go, each at once: one forked later holds the pipes of those before it, which only a word ends then."""
        for worker in self._workers.values():
            worker.back.close()
            worker.give(0, None)
        for worker in self._workers.values():
            worker.leave()

    def _busy(self) -> bool:
        return any(worker.before for worker in self._workers.values())

    def _share_out(self, left: deque[int], works: Sequence[Work]) -> None:
        while left and len(self._workers) < self._count:
            worker = _hired(self._bench)
            self._workers[worker.back] = worker
        for depth in range(1, AHEAD + 1):
            for worker in self._workers.values():
                if left and len(worker.before) < depth:
                    number = left.popleft()
                    worker.give(number, works[number])

    def _received(self, worker: Worker, left: deque[int], works: Sequence[Work]) -> Outcome | None:
        try:
            outcome: Outcome = worker.back.recv()
        except (EOFError, OSError):
            return self._lost(worker, left, works)
        worker.before.popleft()
        return outcome

    def _lost(self, worker: Worker, left: deque[int], works: Sequence[Work]) -> Outcome | None:
        """Take back what lay before a worker that died; what it was at may have been the reason."""
        del self._workers[worker.back]
        worker.leave()
        number, *others = worker.before
        self._tries[number] += 1
        left.extendleft(reversed(others))
        if self._tries[number] < TRIES:
            left.append(number)
            return None
        job = works[number].job
        return Outcome(job, errors=[HandoutsError(f"{job.label}: the process that made it was ended {TRIES} times", None,
                                                  "the machine may lack memory: try --jobs 1")])  # fmt: skip


def _hired(bench: Bench) -> Worker:
    """Start a process for the staff. A relay's child forks others, which begin with what it has ready."""
    context = get_context()
    (inbox, to), (back, outbox) = context.Pipe(duplex=False), context.Pipe(duplex=False)
    process = context.Process(target=_begin, args=(inbox, outbox, bench))
    process.start()
    inbox.close()
    outbox.close()  # so that the pipe ends with its process, however that ends
    return Worker(to, back, process)


def _begin(inbox: Connection, outbox: Connection, bench: Bench) -> None:
    from generator.batch import hands

    hands.begin(inbox, outbox, bench)
