"""Running a list: rows through workshops, in this process or in several, in order, never more than a few chunks at once.

In: an order and checked rows. Out: what became of each row, in the order of the list. However long the list is, memory stays as it is.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from itertools import cycle, islice
from typing import TYPE_CHECKING

from generator.batch.parents import end_with_parent
from generator.clients import Refused
from generator.copies.journal import folder_of
from generator.copies.workshop import Made, Workshop
from generator.copies.writing import leave

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from concurrent.futures import Future

    from generator.clients import ClientRow
    from generator.copies.order import Order

    Rows = Iterable[ClientRow | Refused | Made]

CHUNK = 100  # rows that go to a process at once
AHEAD = 3  # chunks that wait for each process
WARM = 2  # rows that are made before other processes start


def run(order: Order, rows: Rows, processes: int = 0) -> Generator[Made, None, None]:
    """Make all copies; `processes` 0 takes as many as there are cores. A short list is not worth a second process."""
    count = processes or os.cpu_count() or 1
    workshop, supply = Workshop(order), iter(rows)
    early = list(islice(supply, CHUNK))
    gc.freeze()  # what the program is made of need not be looked through again
    gc.enable()
    few = count == 1 or len(early) < CHUNK
    try:
        for row in early[: None if few else WARM]:
            yield _made(workshop, row)
        if not few:
            yield from _on_cores(workshop, order, early[WARM:], supply, count)
        elif len(early) == CHUNK:
            yield from (_made(workshop, row) for row in supply)
    finally:
        workshop.close()
        leave(folder_of(order), order.run)


def _on_cores(workshop: Workshop, order: Order, chunk: list[ClientRow | Refused | Made], supply: Iterator[ClientRow | Refused | Made],
              count: int) -> Iterator[Made]:  # fmt: skip
    """Let several processes work; where they are forked, each begins with the layouts that are there."""
    from concurrent.futures import ProcessPoolExecutor

    waiting: deque[Future[list[Made]]] = deque()
    _worker[:] = [workshop]
    gc.freeze()  # and is not copied for being counted
    with ProcessPoolExecutor(count, initializer=_start, initargs=(order,)) as pool:
        while chunk or waiting:
            if chunk:
                waiting.append(pool.submit(_in_worker, chunk))
                chunk = list(islice(supply, CHUNK))
            if not chunk or len(waiting) >= AHEAD * count:
                yield from waiting.popleft().result()


_worker: list[Workshop] = []  # one per worker process, set when it starts
_generation = cycle([1] * 49 + [2])  # what the collector looks through after each chunk


def _start(order: Order) -> None:
    end_with_parent()
    gc.disable()
    if not _worker:
        _worker.append(Workshop(order))


def _in_worker(chunk: list[ClientRow | Refused | Made]) -> list[Made]:
    """Make a chunk. The collector runs between chunks: woken by each copy, it would take a fifteenth of the time."""
    made = [_made(_worker[0], row) for row in chunk]
    gc.collect(next(_generation))
    return made


def _made(workshop: Workshop, row: ClientRow | Refused | Made) -> Made:
    """Make a row's files; one that was refused when it was read, or whose files are there, passes through."""
    if isinstance(row, Made):
        return row
    return Made(row.number, (), row.error) if isinstance(row, Refused) else workshop.make(row)
