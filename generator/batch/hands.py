"""A run's staff, as it sees itself: each process does the jobs that come through its pipe, and puts away what it makes.

In: `Work` through a pipe, None for the end. Out: an `Outcome` for each through another, its files written. staff.py is the employer's end.
"""

from __future__ import annotations

import gc
import os
import signal
from itertools import count
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from generator.batch.doing import Hand
from generator.batch.parents import end_with, end_with_parent
from generator.batch.store import Store
from generator.pipeline import kindred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.batch.records import Bench
    from generator.pipeline import Press

BETWEEN = 10  # jobs from one run of the garbage collector to the next


def begin(inbox: Connection, outbox: Connection, bench: Bench) -> None:
    """Be a worker that was started by its employer."""
    end_with_parent()
    _work_for(inbox, outbox, Hand(bench, kindred(bench.cache)))


def lead(pipes: Sequence[tuple[int, int]], bench: Bench, press: Press) -> None:
    """Fork a worker for each pair of pipes (its inbox, its outbox); all begin with what this process has ready."""
    gc.freeze()  # what is there already is not copied for being counted
    own = os.getpid()
    for number, (inbox, outbox) in enumerate(pipes):
        if os.fork() == 0:
            end_with(own)
            for other in pipes[number + 1 :]:  # those before are closed already
                _close(other)
            _work_for(Connection(inbox, writable=False), Connection(outbox, readable=False), Hand(bench, press))
            os._exit(0)
        _close((inbox, outbox))


def _close(pipes: tuple[int, int]) -> None:
    for pipe in pipes:
        os.close(pipe)


def _work_for(inbox: Connection, outbox: Connection, hand: Hand) -> None:
    """Do what comes until there is no more. The files are put away here: all cores write.

    The collector runs after every few jobs: woken by each, it would take a twelfth of the time.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupted run finishes the files that it is at
    gc.disable()
    store = Store(hand.bench)
    for number in count(1):
        try:
            work = inbox.recv()
            if work is None:
                break
            outbox.send(store.put(hand.do(work)))
        except (EOFError, OSError):  # its employer is gone
            break
        if not number % BETWEEN:
            gc.collect(1)
    store.close()
