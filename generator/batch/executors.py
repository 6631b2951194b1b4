"""Who does the jobs of a run: this process, or one process for each core; cluster.py is for more machines.

In: what all jobs share, and jobs. Out: an `Outcome` for each, in any order, as it comes; it may carry its
files still (store.py).
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from itertools import cycle
from typing import TYPE_CHECKING, Protocol

from generator.batch.doing import Hand
from generator.batch.records import Outcome
from generator.batch.store import Store
from generator.errors import HandoutsError
from generator.pipeline import Press, forget_fonts, kindred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.batch.pieces import Bench
    from generator.batch.records import Work
    from generator.relay import Relay

MANY = 6  # jobs from which on starting more processes pays
BETWEEN = 10  # jobs from one run of the garbage collector to the next
TRIES = 3  # of a job whose process dies: it may have been another's fault


class Executor(Protocol):
    """The seam: the same plan runs on each of these."""

    def run(self, bench: Bench, works: Sequence[Work]) -> Iterator[Outcome]:
        """Do the jobs. Closing the iterator drops those that are not begun."""


def local(processes: int, relay: Relay | None = None) -> Executor:
    """Give the executor for this machine; `processes` 0 takes as many as there are cores. `relay` serves where jobs are few."""
    return _Local(processes or os.cpu_count() or 1, relay)


class Here:
    """This process, with a press that may be warm."""

    def __init__(self, press: Press) -> None:
        """Take the press."""
        self.press = press

    def run(self, bench: Bench, works: Sequence[Work]) -> Iterator[Outcome]:
        """Do one job after another."""
        hand = Hand(bench, self.press)
        for work in works:
            yield hand.do(work)


class Warm:
    """This machine again and again: few jobs are done here by a press that stays warm, many on all cores."""

    def __init__(self, processes: int) -> None:
        """Take how many processes; 0: as many as there are cores."""
        self._count = processes or os.cpu_count() or 1
        self._press: Press | None = None

    def forget(self) -> None:
        """Let go of all that was made of templates, brands, catalogs and fonts: any of them may have changed."""
        self._press = None
        forget_fonts()

    def run(self, bench: Bench, works: Sequence[Work]) -> Iterator[Outcome]:
        """Do the jobs."""
        if self._count > 1 and len(works) >= MANY:
            return Processes(min(self._count, len(works))).run(bench, works)
        if self._press is None:
            self._press = Press(bench.cache, remember=True)
        return Here(self._press).run(bench, works)


def _in_order(works: Sequence[Work]) -> list[Work]:
    """Put jobs after each other that have much in common: a brand and a language first, then a handout, whose translation is shared."""
    return sorted(works, key=lambda w: (w.job.brand, w.job.languages, w.job.handout))


class _Local:
    """Decides when the number of jobs is known."""

    def __init__(self, count: int, relay: Relay | None) -> None:
        self._count = count
        self._relay = relay

    def run(self, bench: Bench, works: Sequence[Work]) -> Iterator[Outcome]:
        """Do the jobs here if they are few, else on all cores."""
        several = self._count > 1 and len(works) >= MANY
        if self._relay is not None and several:
            self._relay.close()  # before the pool forks, lest its workers hold the pipe open
        try:
            if several:
                yield from Processes(min(self._count, len(works))).run(bench, works)
            else:
                many = len(works) >= MANY
                press = kindred(bench.cache) if many else Press(bench.cache, self._relay if self._count > 1 else None)
                yield from Here(press).run(bench, _in_order(works) if many else works)
        finally:
            if self._relay is not None:
                self._relay.close()


class Processes:
    """A process for each core."""

    def __init__(self, count: int) -> None:
        """Take how many."""
        self._count = count

    def run(self, bench: Bench, works: Sequence[Work]) -> Iterator[Outcome]:
        """Do the jobs; where a process dies, those that it leaves undone are tried again."""
        left = dict(enumerate(_in_order(works)))
        for _ in range(TRIES):
            for number, outcome in self._round(bench, left):
                del left[number]
                yield outcome
            if not left:
                return
        for work in left.values():
            yield Outcome(work.job, errors=[HandoutsError(f"{work.job.label}: the process that made it was ended {TRIES} times", None,
                                                          "the machine may lack memory: try --jobs 1")])  # fmt: skip

    def _round(self, bench: Bench, works: dict[int, Work]) -> Iterator[tuple[int, Outcome]]:
        from concurrent.futures import ProcessPoolExecutor, as_completed
        from concurrent.futures.process import BrokenProcessPool

        with ProcessPoolExecutor(self._count, initializer=_start, initargs=(bench,)) as pool:
            waiting = {pool.submit(_in_worker, work): number for number, work in works.items()}
            try:
                for future in as_completed(waiting):
                    yield waiting.pop(future), future.result()
            except BrokenProcessPool:
                return
            except GeneratorExit:  # whoever asked wants no more
                pool.shutdown(wait=False, cancel_futures=True)
                raise


_worker: list[tuple[Hand, Store, Iterator[bool]]] = []  # one per worker process, set once when it starts


PR_SET_PDEATHSIG = 1  # prctl(2)


def end_with_parent() -> None:
    """Let this process end when the one that started it does. On Linux the system sees to it; elsewhere a thread waits, which costs more."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent.pid:  # it was over before it could be asked
            os._exit(1)
        return
    from multiprocessing.connection import wait
    from threading import Thread

    Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


def _start(bench: Bench) -> None:
    end_with_parent()
    gc.disable()
    _worker.append((Hand(bench, kindred(bench.cache)), Store(bench), cycle([False] * (BETWEEN - 1) + [True])))


def _in_worker(work: Work) -> Outcome:
    """Do a job and put its files away: all cores write, and bytes need not cross to another process.

    The collector runs after every few jobs: woken by each, it would take a twelfth of the time.
    """
    hand, store, due = _worker[0]
    outcome = store.put(hand.do(work))
    if next(due):
        gc.collect(1)
    return outcome
