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
from generator.batch.plan import TEMPLATES
from generator.errors import ContentError, HandoutsError, Notice, unexpected
from generator.markup import Piece
from generator.pipeline import Press

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from generator.batch.plan import Job
    from generator.manuscript import Result
    from generator.project.records import Project
    from generator.relay import Relay

MANY = 6  # jobs from which on starting more processes pays


class Bench(NamedTuple):
    """What every job of a run shares."""

    project: Project
    templates: tuple[Path, ...]
    output: Path
    strict: bool = False
    cache: Path | None = None
    fresh: bool = False  # take nothing from an earlier run


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
    try:
        pieces = _pieces(bench, press, job)
    except HandoutsError as exc:
        outcome.errors.append(exc)
        return outcome
    except Exception as exc:  # noqa: BLE001
        outcome.errors.append(unexpected(exc, job.label))
        return outcome
    for piece in pieces:
        try:
            _make(bench, press, piece, work, outcome)
        except HandoutsError as exc:
            outcome.errors.append(exc)
        except Exception as exc:  # noqa: BLE001
            outcome.errors.append(unexpected(exc, job.label))
    if outcome.errors:  # what is not whole is made again
        outcome.entries = [e._replace(inputs="") for e in outcome.entries]
    return outcome


def _pieces(bench: Bench, press: Press, job: Job) -> list[Piece]:
    project = bench.project
    handout = next(h for h in project.handouts if h.slug == job.handout)
    brand = project.brand(job.brand)
    first = Piece(project, handout, brand, TEMPLATES["booklet"], bench.templates, job.locale, job.paper, bilingual=job.bilingual)
    if job.format != "booklet":
        first, _ = press.localized(first)
    if job.format == "booklet":
        return [first]
    count = len(press.room.steps(first))
    if not count:
        raise ContentError("there are no steps to make cards of", handout.source.find("formats"),
                           "mark second-level headings: ## Title {.step}, or take cards out of formats")  # fmt: skip
    return [
        first._replace(template=TEMPLATES["cards"], handout=handout, brand=brand, interface=None, hotlines=None, second=None,
                       bilingual=job.bilingual, step=step)
        for step in range(1, count + 1)
    ]


def _make(bench: Bench, press: Press, piece: Piece, work: Work, outcome: Outcome) -> None:
    result = press.make(piece)
    outcome.notices += result.notices
    if bench.strict and result.notices:
        first = result.notices[0]
        raise ContentError(f"{first.message} (--strict)", first.position, first.hint)
    path = file_name(work.job, piece.step)
    write_whole(bench.output / path, result.data)
    outcome.entries.append(_entry(path, work, piece, result))


def _entry(path: str, work: Work, piece: Piece, result: Result) -> Entry:
    job = work.job
    kind = "card" if piece.step else "booklet"
    digest = hashlib.sha256(result.data).hexdigest()
    notices = tuple(n.message for n in result.notices)
    return Entry(path, job.handout, kind, job.brand, job.languages, job.paper, result.pages, len(result.data), digest, notices,
                 piece.step or 0, work.digest)  # fmt: skip


def file_name(job: Job, step: int | None) -> str:
    """Give a piece's path below the output folder."""
    part = f"step-{step}-" if step else "booklet-"
    return f"{job.brand}/{job.languages}/{job.handout}/{part}{job.paper.removeprefix('card-')}.pdf"
