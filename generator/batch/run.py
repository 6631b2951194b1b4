"""Running a plan: what is unchanged is kept, the rest is done by an executor and put away as it comes.

In: jobs and an executor. Out: an `Outcome` for each, in any order. One failure stops nothing else. Who plans: plan.py; who does a
job: doing.py, on one of executors.py; who records: store.py and journal.py on the way, manifest.py at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.batch.files import settle
from generator.batch.inputs import Inputs
from generator.batch.manifest import known, unchanged
from generator.batch.records import Outcome, Work
from generator.batch.store import Store

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from generator.batch.executors import Executor
    from generator.batch.plan import Job
    from generator.batch.records import Bench


def run(bench: Bench, jobs: Sequence[Job], executor: Executor) -> Generator[Outcome]:
    """Run all jobs."""
    works, kept = divided(bench, jobs)
    yield from kept
    if not works:
        return
    store = Store(bench)
    made: list[Path] = []
    try:
        for outcome in executor.run(bench, works):
            made += [bench.output / entry.path for entry in store.put(outcome).entries]
            yield outcome
    finally:
        store.close()
        settle(made)  # before the manifest speaks of them


def divided(bench: Bench, jobs: Sequence[Job]) -> tuple[list[Work], list[Outcome]]:
    """Part what must be made from what an earlier run has made from the same inputs."""
    inputs = Inputs(bench.project, bench.templates)
    old = {} if bench.fresh else known(bench.output)
    left: list[Work] = []
    kept: list[Outcome] = []
    for job in jobs:
        digest = inputs.digest(job)
        entries = unchanged(bench.output, old.get(digest, []))
        if entries:
            kept.append(Outcome(job, entries, unchanged=True, notices=[n for e in entries for n in e.said]))
        else:
            left.append(Work(job, digest))
    return left, kept

