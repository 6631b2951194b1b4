"""One build: the project read, the plan run with a progress bar, the outcome told."""

from __future__ import annotations

import gc
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.batch.executors import Executor
    from generator.batch.plan import Job, Request
    from generator.batch.records import Bench, Outcome


class Wish(NamedTuple):
    """What the command line asks for."""

    request: Request
    project: str | None
    output: str | None
    processes: int
    scheduler: str
    as_json: bool
    strict: bool
    fresh: bool
    fail_fast: bool
    brief: bool = False  # tell of what was made and not of what was left


def build(wish: Wish, executor: Executor | None = None) -> int:
    """Build once; give the exit code."""
    from generator import relay
    from generator.batch.plan import plan, template_of, text_of
    from generator.cli.folders import project_root, template_folders
    from generator.localize import answers
    from generator.manuscript import Announced
    from generator.project.load import load_project

    root = project_root(wish.project)
    target = Path(wish.output) if wish.output else root / "output"
    cache = cache_folder(target)
    project = load_project(root, cache=cache)
    planned = plan(project, wish.request)
    helper = relay.take()
    if helper is not None and planned:
        first = planned[0]
        look = project.brand(first.brand), first.locale, first.paper, first.edition.name
        helper.meanwhile = _use_the_time
        if cache is not None:
            answers.remember(cache)
        helper.announce(Announced(template_folders(root), template_of(first), *look, cache, text_of(first, project)))

    from generator.batch.executors import local
    from generator.batch.records import Bench

    bench = Bench(project, template_folders(root), target, cache, wish.fresh)
    executor = executor or (_cluster(wish.scheduler) if wish.scheduler else local(wish.processes, helper))
    order = {job: number for number, job in enumerate(planned)}
    outcomes = sorted(_with_progress(bench, planned, executor, wish), key=lambda o: order[o.job])
    if helper is not None:
        helper.close()  # it frees its memory while this process tells
    from generator.cli.build_report import failures_of, settle_and_tell

    if len(outcomes) < len(planned):  # --fail-fast
        planned = [o.job for o in outcomes]
    failures = failures_of(project, wish.request)
    code = settle_and_tell(target, planned, outcomes, failures, project, as_json=wish.as_json, strict=wish.strict,
                           brief=wish.brief)  # fmt: skip
    if helper is not None:
        helper.wait()
    return code


def _use_the_time() -> None:
    """Leave and import what is needed later, while the other process sets the pages."""
    import generator.cli.build_report  # noqa: F401
    from generator.localize import answers

    answers.leave()


def _cluster(address: str) -> Executor:
    from generator.batch.cluster import Cluster

    return Cluster(address)


def _with_progress(bench: Bench, planned: Sequence[Job], executor: Executor, wish: Wish) -> Iterator[Outcome]:
    """Run the plan, tell which piece is next and how many are left, and for how long."""
    from generator.batch.files import sweep
    from generator.batch.run import run
    from generator.cli.progress import progress

    sweep(bench.output)
    if not gc.isenabled():  # a first build
        gc.freeze()  # what the program is made of need not be looked through again
        gc.enable()
    left = dict.fromkeys(planned)
    bar_of_all = progress(len(planned), "Building", quiet=wish.as_json, shown=lambda _: _shown(left))
    with bar_of_all as bar, closing(run(bench, planned, executor)) as running:
        for outcome in running:
            left.pop(outcome.job, None)
            bar.update(1, outcome.job)
            yield outcome
            if wish.fail_fast and (outcome.errors or (wish.strict and outcome.notices)):
                return


def _shown(left: dict[Job, None]) -> str:
    following = next(iter(left), None)
    return f"{len(left)} left: {following.label}" if following is not None else ""


def cache_folder(target: Path) -> Path | None:
    """Make the folder for compiled templates and stylesheets; where that cannot be done the build goes without."""
    folder = target / ".cache"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None
