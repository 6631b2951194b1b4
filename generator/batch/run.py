"""Running a plan: what is unchanged is kept, the rest is done by an executor, and all is noted in the journal as it comes.

In: jobs and an executor. Out: an `Outcome` for each, in any order. One failure stops nothing else. Who plans: plan.py; who does a
job: doing.py, on one of executors.py; who records: journal.py on the way, manifest.py at the end.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from generator.batch.files import write_whole
from generator.batch.inputs import Inputs
from generator.batch.journal import Journal
from generator.batch.manifest import known, unchanged
from generator.batch.records import Outcome, Work
from generator.errors import HandoutsError, Notice

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from generator.batch.executors import Executor
    from generator.batch.pieces import Bench
    from generator.batch.plan import Job


def run(bench: Bench, jobs: Sequence[Job], executor: Executor) -> Generator[Outcome]:
    """Run all jobs."""
    works, kept = divided(bench, jobs)
    gc.freeze()  # what the program is made of need not be looked through again
    gc.enable()
    yield from kept
    if not works:
        return
    made = Journal(bench.cache)
    try:
        for outcome in executor.run(bench, works):
            _write_carried(bench, outcome)
            made.add(outcome.entries)
            yield outcome
    finally:
        made.close()


def divided(bench: Bench, jobs: Sequence[Job]) -> tuple[list[Work], list[Outcome]]:
    """Part what must be made from what an earlier run has made from the same inputs."""
    inputs = Inputs(bench.project, bench.templates)
    old = {} if bench.fresh else known(bench.output)
    left: list[Work] = []
    kept: list[Outcome] = []
    for job in jobs:
        digest = inputs.digest(job)
        entries = unchanged(bench.output, old.get(digest, []))
        if entries and not (bench.strict and any(e.notices for e in entries)):
            kept.append(Outcome(job, entries, unchanged=True, notices=[Notice(m) for e in entries for m in e.notices]))
        else:
            left.append(Work(job, digest))
    return left, kept


def _write_carried(bench: Bench, outcome: Outcome) -> None:
    """Write what came from a machine that does not have the output folder."""
    for path, data in outcome.carried.items():
        try:
            write_whole(bench.output / path, data)
        except HandoutsError as exc:
            outcome.errors.append(exc)
            outcome.entries = [e._replace(inputs="") for e in outcome.entries if e.path != path]
    outcome.carried = {}
