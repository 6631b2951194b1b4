"""Running a list: rows through workshops, in this process or in several, in order, never more than a few chunks at once.

In: an order and checked rows. Out: what became of each row, in the order of the list. However long the list is, memory stays as it is.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from itertools import chain, islice
from typing import TYPE_CHECKING

from generator.clients import Refused
from generator.copies.workshop import Made, Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from generator.clients import ClientRow
    from generator.copies.order import Order

    Rows = Iterable[ClientRow | Refused]

CHUNK = 100  # rows that go to a process at once
AHEAD = 3  # chunks that wait for each process


def run(order: Order, rows: Rows, processes: int = 0) -> Iterator[Made]:
    """Make all copies; `processes` 0 takes as many as there are cores. A short list is not worth a second process."""
    count = processes or os.cpu_count() or 1
    supply = iter(rows)
    first = list(islice(supply, CHUNK))
    gc.freeze()  # what the program is made of need not be looked through again
    gc.enable()
    if count == 1 or len(first) < CHUNK:
        workshop = Workshop(order)
        for row in chain(first, supply):
            yield _made(workshop, row)
        return
    yield from _on_cores(order, first, supply, count)


def _on_cores(order: Order, first: list[ClientRow | Refused], supply: Iterator[ClientRow | Refused], count: int) -> Iterator[Made]:
    from concurrent.futures import ProcessPoolExecutor

    waiting: deque[Future[list[Made]]] = deque()
    with ProcessPoolExecutor(count, initializer=_start, initargs=(order,)) as pool:
        chunk = first
        while chunk or waiting:
            if chunk:
                waiting.append(pool.submit(_in_worker, chunk))
                chunk = list(islice(supply, CHUNK))
            if not chunk or len(waiting) >= AHEAD * count:
                yield from waiting.popleft().result()


_worker: list[Workshop] = []  # one per worker process, set once when it starts


def _start(order: Order) -> None:
    _worker.append(Workshop(order))


def _in_worker(chunk: list[ClientRow | Refused]) -> list[Made]:
    return [_made(_worker[0], row) for row in chunk]


def _made(workshop: Workshop, row: ClientRow | Refused) -> Made:
    """Make a row's files; one that was refused when it was read passes through."""
    return Made(row.number, (), row.error) if isinstance(row, Refused) else workshop.make(row)
