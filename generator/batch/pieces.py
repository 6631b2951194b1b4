"""The pieces of a job, as markup takes them: a booklet, or the cards of all steps, and what sheets of cards need besides.

In: a job and what a run shares. Out: `Piece`s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.batch.plan import template_of
from generator.errors import ContentError
from generator.markup import Piece

if TYPE_CHECKING:
    from generator.batch.plan import Job
    from generator.batch.records import Bench
    from generator.pipeline import Press


def pieces(bench: Bench, press: Press, job: Job) -> list[Piece]:
    """Give a booklet, or a card for each step."""
    first = piece(bench, job)
    if job.format == "booklet":
        return [first]
    first, _ = press.localized(first)
    handout = first.handout
    count = len(press.room.steps(first))
    if not count:
        raise ContentError("there are no steps to make cards of", handout.source.find("formats"),
                           "mark second-level headings: ## Title {.step}, or take cards out of formats")  # fmt: skip
    return [piece(bench, job)._replace(step=step) for step in range(1, count + 1)]


def piece(bench: Bench, job: Job) -> Piece:
    """Give a job's piece before it is told which step or part it is."""
    project = bench.project
    handout = next(h for h in project.handouts if h.slug == job.handout)
    return Piece(project, handout, project.brand(job.brand), template_of(job), bench.templates, job.locale, job.paper,
                 edition=job.edition.name, bilingual=job.bilingual, neutral="pages" if job.edition.neutral else "")  # fmt: skip
