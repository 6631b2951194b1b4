"""Who does the jobs of a run: this process, or one process for each core (staff.py); cluster.py is for more machines.

In: what all jobs share, and jobs. Out: an `Outcome` for each, in any order, as it comes; it may carry its
files still (store.py).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.batch.records import Bench, Outcome, Work
    from generator.batch.staff import Staff
    from generator.pipeline import Press
    from generator.relay import Relay

MANY = 6  # jobs from which on starting more processes pays


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
        from generator.batch.doing import Hand

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
        from generator.pipeline import forget_fonts

        self._press = None
        forget_fonts()

    def run(self, bench: Bench, works: Sequence[Work]) -> Iterator[Outcome]:
        """Do the jobs."""
        if self._count > 1 and len(works) >= MANY:
            from generator.batch.staff import Staff

            return Staff(bench, min(self._count, len(works))).run(_in_order(works))
        from generator.pipeline import Press

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
        many = len(works) >= MANY
        try:
            if many and self._count > 1:
                yield from self._staff(bench, min(self._count, len(works))).run(_in_order(works))
            else:
                from generator.pipeline import Press, kindred

                press = kindred(bench.cache) if many else Press(bench.cache, self._relay if self._count > 1 else None)
                yield from Here(press).run(bench, _in_order(works) if many else works)
        finally:
            if self._relay is not None:
                self._relay.close()

    def _staff(self, bench: Bench, count: int) -> Staff:
        """Have the relay fork the staff, where there is one: it has read the program's later stages while this process planned."""
        links = self._relay.staff(bench, count) if self._relay is not None else []
        from multiprocessing.connection import Connection

        from generator.batch.staff import Staff, Worker

        workers = [Worker(Connection(to, readable=False), Connection(back, writable=False)) for to, back in links]
        return Staff(bench, count, workers)
