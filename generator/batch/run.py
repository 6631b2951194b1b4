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
from generator.batch.inputs import Inputs
from generator.batch.manifest import Entry, read, unchanged
from generator.batch.pieces import pieces
from generator.errors import ContentError, HandoutsError, Notice, unexpected
from generator.pipeline import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from generator.batch.pieces import Bench
    from generator.batch.plan import Job, Print
    from generator.markup import Piece
    from generator.relay import Relay

MANY = 6  # jobs from which on starting more processes pays


class Work(NamedTuple):
    """A job to do, with the digest of its inputs."""

    job: Job
    digest: str


@dataclass(slots=True, eq=False, repr=False)
class Outcome:
    """What became of a job: the files made, the errors met, the notices given."""

    job: Job
    entries: list[Entry] = field(default_factory=list)
    unchanged: bool = False
    errors: list[HandoutsError] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def run(bench: Bench, jobs: Sequence[Job], processes: int = 0, relay: Relay | None = None) -> Generator[Outcome]:
    """Run all jobs; `processes` 0 takes as many as there are cores. A few jobs go through `relay`, which is closed at the end."""
    count = processes or os.cpu_count() or 1
    works, kept = _divided(bench, jobs)
    gc.freeze()  # what the program is made of need not be looked through again
    gc.enable()
    try:
        yield from kept
        if count > 1 and len(works) >= MANY:
            yield from _on_all_cores(bench, works, min(count, len(works)), relay)
            return
        press = Press(bench.cache, relay if count > 1 else None)
        for work in works:
            yield _job(bench, press, work)
    finally:
        if relay is not None:
            relay.close()


def _divided(bench: Bench, jobs: Sequence[Job]) -> tuple[list[Work], list[Outcome]]:
    """Part what must be made from what an earlier run has made from the same inputs."""
    inputs = Inputs(bench.project, bench.templates)
    old = [] if bench.fresh else read(bench.output)
    left: list[Work] = []
    kept: list[Outcome] = []
    for job in jobs:
        digest = inputs.digest(job)
        entries = unchanged(bench.output, old, digest)
        if entries and not (bench.strict and any(e.notices for e in entries)):
            kept.append(Outcome(job, entries, unchanged=True, notices=[Notice(m) for e in entries for m in e.notices]))
        else:
            left.append(Work(job, digest))
    return left, kept


def _on_all_cores(bench: Bench, works: Sequence[Work], count: int, relay: Relay | None) -> Iterator[Outcome]:
    from concurrent.futures import ProcessPoolExecutor

    if relay is not None:
        relay.close()  # before the pool forks, lest its workers hold the pipe open
    with ProcessPoolExecutor(count, initializer=_start, initargs=(bench,)) as pool:
        try:
            yield from pool.map(_in_worker, works)
        except GeneratorExit:  # whoever asked wants no more
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_worker: list[tuple[Bench, Press]] = []  # one per worker process, set once when it starts


def _start(bench: Bench) -> None:
    _worker.append((bench, Press(bench.cache)))


def _in_worker(work: Work) -> Outcome:
    bench, press = _worker[0]
    return _job(bench, press, work)


def _job(bench: Bench, press: Press, work: Work) -> Outcome:
    job = work.job
    outcome = Outcome(job)
    printing = job.printing
    if printing is not None:
        _attempt(lambda: _print(bench, press, printing, work, outcome), job, outcome)
        return outcome
    wanted: list[Piece] = []
    _attempt(lambda: wanted.extend(pieces(bench, press, job)), job, outcome)
    for piece in wanted:
        _attempt(lambda piece=piece: _make(bench, press, piece, work, outcome), job, outcome)  # type: ignore[misc]
    if outcome.errors:  # what is not whole is made again
        outcome.entries = [e._replace(inputs="") for e in outcome.entries]
    return outcome


def _attempt(work: Callable[[], None], job: Job, outcome: Outcome) -> None:
    """Do a part of a job; what goes wrong is noted, and the rest goes on."""
    try:
        work()
    except HandoutsError as exc:
        outcome.errors.append(exc)
    except Exception as exc:  # noqa: BLE001
        outcome.errors.append(unexpected(exc, job.label))


def _make(bench: Bench, press: Press, piece: Piece, work: Work, outcome: Outcome) -> None:
    result = press.make(piece)
    name = file_name(work.job, piece.step)
    _deliver(bench, work, Made(name, result.data, result.pages, result.notices, piece.step or 0), outcome)


def _print(bench: Bench, press: Press, printing: Print, work: Work, outcome: Outcome) -> None:
    from generator.batch.printing import print_job

    printed = print_job(bench, press, work.job, printing)
    name = file_name(work.job, printing.step or None)
    _deliver(bench, work, Made(name, printed.data, printed.sides, printed.notices, printing.step, printed.how), outcome)


class Made(NamedTuple):
    """A file about to be written."""

    path: str
    data: bytes
    pages: int
    notices: tuple[Notice, ...]
    step: int
    how: tuple[str, ...] = ()


def _deliver(bench: Bench, work: Work, made: Made, outcome: Outcome) -> None:
    """Write a file; where notices count as errors, raise the first instead."""
    job = work.job
    outcome.notices += made.notices
    if bench.strict and made.notices:
        first = made.notices[0]
        raise ContentError(f"{first.message} (--strict)", first.position, first.hint)
    write_whole(bench.output / made.path, made.data)
    digest = hashlib.sha256(made.data).hexdigest()
    said = tuple(n.message for n in made.notices)
    outcome.entries.append(Entry(made.path, job.handout, job.kind, job.brand, job.languages, job.paper, made.pages, len(made.data),
                                 digest, said, made.step, work.digest, job.sheet, made.how))  # fmt: skip


def file_name(job: Job, step: int | None) -> str:
    """Give a file's path below the output folder."""
    parts = {"booklet": "booklet", "card": f"step-{step}", "saddle": "saddle", "sheet": f"step-{step}-sheet" if step else "sheet"}
    on = f"-on-{job.sheet}" if job.sheet else ""
    return f"{job.brand}/{job.languages}/{job.handout}/{parts[job.kind]}-{job.paper.removeprefix('card-')}{on}.pdf"
