"""One job done: its pieces through the pipeline.

In: a `Work`. Out: an `Outcome` that carries the bytes of all files; what goes wrong in one piece stops no other. Knows neither which
process this is nor where the files end up.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from generator.batch.manifest import Entry
from generator.batch.pieces import pieces
from generator.batch.records import Outcome
from generator.errors import HandoutsError, unexpected
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.batch.plan import Job, Print
    from generator.batch.records import Bench, Work
    from generator.errors import Notice
    from generator.markup import Piece
    from generator.pipeline import Press


class Made(NamedTuple):
    """A file."""

    path: str
    data: bytes
    pages: int
    notices: tuple[Notice, ...]
    step: int
    how: tuple[str, ...] = ()


class Hand(NamedTuple):
    """Whoever does jobs, with a bench and a press."""

    bench: Bench
    press: Press

    def do(self, work: Work) -> Outcome:
        """Do a job. Raises nothing: errors stand in the outcome."""
        outcome = Outcome(work.job)
        printing = work.job.printing
        if printing is not None:
            _attempt(lambda: self._sheets(printing, work, outcome), outcome)
            return outcome
        wanted: list[Piece] = []
        _attempt(lambda: wanted.extend(pieces(self.bench, self.press, work.job)), outcome)
        for piece in wanted:
            _attempt(lambda piece=piece: self._piece(piece, work, outcome), outcome)  # type: ignore[misc]
        if outcome.errors:  # what is not whole is made again
            outcome.entries = [e._replace(inputs="") for e in outcome.entries]
        return outcome

    def _piece(self, piece: Piece, work: Work, outcome: Outcome) -> None:
        result = self.press.make(piece)
        name = file_name(work.job, piece.step)
        self._enter(work, Made(name, result.data, result.pages, result.notices, piece.step or 0), outcome)

    def _sheets(self, printing: Print, work: Work, outcome: Outcome) -> None:
        from generator.batch.printing import print_job

        printed = print_job(self.bench, self.press, work.job, printing)
        name = file_name(work.job, printing.step or None)
        self._enter(work, Made(name, printed.data, printed.sides, printed.notices, printing.step, printed.how), outcome)

    def _enter(self, work: Work, made: Made, outcome: Outcome) -> None:
        """Enter a file."""
        job = work.job
        outcome.notices += made.notices
        outcome.carried[made.path] = made.data
        digest = hashlib.sha256(made.data).hexdigest()
        entry = Entry(made.path, job.handout, job.kind, job.brand, job.languages, job.paper, made.pages, len(made.data), digest,
                      step=made.step, inputs=work.digest, sheet=job.sheet, how=made.how, edition=job.edition.name)  # fmt: skip
        outcome.entries.append(entry.with_notices(made.notices))


def _attempt(work: Callable[[], None], outcome: Outcome) -> None:
    """Do a part of a job; what goes wrong is noted, and the rest goes on."""
    try:
        work()
    except HandoutsError as exc:
        outcome.errors += [exc, *exc.more]
    except Exception as exc:  # noqa: BLE001
        outcome.errors.append(unexpected(exc, outcome.job.label))


def file_name(job: Job, step: int | None) -> str:
    """Give a file's path below the output folder."""
    parts = {"booklet": "booklet", "card": f"step-{step}", "saddle": "saddle", "sheet": f"step-{step}-sheet" if step else "sheet"}
    on = f"-on-{job.sheet}" if job.sheet else ""
    edition = "" if job.edition.standard else f"{job.edition.name}/"
    return f"{job.brand}/{job.languages}/{job.handout}/{edition}{parts[job.kind]}-{job.paper.removeprefix('card-')}{on}.pdf"
