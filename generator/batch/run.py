"""Running a plan: each job through the pipeline, on one core or on several, each piece written as soon as it is made.

In: jobs. Out: an `Outcome` for each, in any order. One failure stops nothing else.
"""

from __future__ import annotations

import gc
import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from generator.batch.files import write_whole
from generator.batch.manifest import Entry
from generator.batch.pieces import pieces
from generator.errors import ContentError, HandoutsError, unexpected
from generator.pipeline import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.batch.pieces import Bench
    from generator.batch.plan import Job
    from generator.errors import Notice
    from generator.markup import Piece
    from generator.relay import Relay

MANY = 6  # jobs from which on starting more processes pays


@dataclass(slots=True, eq=False, repr=False)
class Outcome:
    """What became of a job: the files made, the errors met, the notices given; how to print what is for the printer."""

    job: Job
    entries: list[Entry] = field(default_factory=list)
    errors: list[HandoutsError] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    how: tuple[str, ...] = ()


def run(bench: Bench, jobs: Sequence[Job], processes: int = 0, relay: Relay | None = None) -> Iterator[Outcome]:
    """Run all jobs; `processes` 0 takes as many as there are cores. A few jobs go through `relay`, which is closed at the end."""
    count = processes or os.cpu_count() or 1
    gc.freeze()  # what the program is made of need not be looked through again
    gc.enable()
    try:
        if count > 1 and len(jobs) >= MANY:
            yield from _on_all_cores(bench, jobs, min(count, len(jobs)), relay)
            return
        press = Press(bench.cache, relay if count > 1 else None)
        for job in jobs:
            yield _job(bench, press, job)
    finally:
        if relay is not None:
            relay.close()


def _on_all_cores(bench: Bench, jobs: Sequence[Job], count: int, relay: Relay | None) -> Iterator[Outcome]:
    from concurrent.futures import ProcessPoolExecutor

    if relay is not None:
        relay.close()  # before the pool forks, lest its workers hold the pipe open
    with ProcessPoolExecutor(count, initializer=_start, initargs=(bench,)) as pool:
        yield from pool.map(_in_worker, jobs)


_worker: list[tuple[Bench, Press]] = []  # one per worker process, set once when it starts


def _start(bench: Bench) -> None:
    _worker.append((bench, Press(bench.cache)))


def _in_worker(job: Job) -> Outcome:
    bench, press = _worker[0]
    return _job(bench, press, job)


def _job(bench: Bench, press: Press, job: Job) -> Outcome:
    outcome = Outcome(job)
    if job.printing is not None:
        _attempt(lambda: _print(bench, press, job, outcome), job, outcome)
        return outcome
    wanted: list[Piece] = []
    _attempt(lambda: wanted.extend(pieces(bench, press, job)), job, outcome)
    for piece in wanted:
        _attempt(lambda piece=piece: _make(bench, press, piece, job, outcome), job, outcome)  # type: ignore[misc]
    return outcome


def _attempt(work: Callable[[], None], job: Job, outcome: Outcome) -> None:
    """Do a part of a job; what goes wrong is noted, and the rest goes on."""
    try:
        work()
    except HandoutsError as exc:
        outcome.errors.append(exc)
    except Exception as exc:  # noqa: BLE001
        outcome.errors.append(unexpected(exc, job.label))


def _make(bench: Bench, press: Press, piece: Piece, job: Job, outcome: Outcome) -> None:
    result = press.make(piece)
    _heed(bench, result.notices, outcome)
    made = Made(file_name(job, piece.step), result.data, result.pages, piece.step or 0)
    _deliver(bench, job, made, result.notices, outcome)


def _print(bench: Bench, press: Press, job: Job, outcome: Outcome) -> None:
    from generator.batch.printing import print_job

    printing = job.printing
    if printing is None:
        return
    printed = print_job(bench, press, job, printing)
    _heed(bench, printed.notices, outcome)
    made = Made(file_name(job, printing.step or None), printed.data, printed.sides, printing.step)
    _deliver(bench, job, made, printed.notices, outcome)
    outcome.how = printed.how


class Made(NamedTuple):
    """A file about to be written."""

    path: str
    data: bytes
    pages: int
    step: int


def _heed(bench: Bench, notices: Sequence[Notice], outcome: Outcome) -> None:
    """Keep notices; where they count as errors, raise the first."""
    outcome.notices += notices
    if bench.strict and notices:
        first = notices[0]
        raise ContentError(f"{first.message} (--strict)", first.position, first.hint)


def _deliver(bench: Bench, job: Job, made: Made, notices: Sequence[Notice], outcome: Outcome) -> None:
    write_whole(bench.output / made.path, made.data)
    digest = hashlib.sha256(made.data).hexdigest()
    said = tuple(n.message for n in notices)
    outcome.entries.append(Entry(made.path, job.handout, job.kind, job.brand, job.locale, job.paper, made.pages, len(made.data),
                                 digest, said, made.step, job.sheet))  # fmt: skip


def file_name(job: Job, step: int | None) -> str:
    """Give a file's path below the output folder."""
    parts = {"booklet": "booklet", "card": f"step-{step}", "saddle": "saddle", "sheet": f"step-{step}-sheet" if step else "sheet"}
    on = f"-on-{job.sheet}" if job.sheet else ""
    return f"{job.brand}/{job.locale}/{job.handout}/{parts[job.kind]}-{job.paper.removeprefix('card-')}{on}.pdf"
