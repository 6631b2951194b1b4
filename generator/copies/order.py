"""What a run of copies is to make. In: a project, what was asked for, a list's columns. Out: the pieces of a row. Knows no files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.batch.plan import Request, plan, template_of
from generator.editions import STANDARD, Edition
from generator.errors import ContentError
from generator.fields import Client
from generator.markup import Piece
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.batch.plan import Job
    from generator.clients import ClientRow
    from generator.pipeline import Press
    from generator.project.records import HandoutSource, Project


class Order(NamedTuple):
    """What all copies of a run share. `paper` "": the project's; `naming`: the columns that name a file, () for a token.

    `dress` may change each piece before it is made: copies to mail bear neutral titles.
    """

    project: Project
    templates: tuple[Path, ...]
    output: Path
    handout: HandoutSource
    format: str
    columns: tuple[str, ...]
    shown: str
    key: bytes
    paper: str = ""
    naming: tuple[str, ...] = ()
    cache: Path | None = None
    dress: Callable[[Piece], Piece] | None = None
    edition: Edition = STANDARD
    run: str = "run"  # a name that no other run has

    def pieces(self, press: Press, row: ClientRow) -> list[Piece]:
        """Give the pieces of a row: a booklet, or the cards of all steps. Raises a HandoutsError."""
        job = self.job(row)
        first = Piece(self.project, self.handout, self.project.brand(row.brand), template_of(job), self.templates,
                      row.locale, job.paper, edition=self.edition.name, neutral="pages" if self.edition.neutral else "",
                      client=Client(self.columns, row.values))  # fmt: skip
        if self.format == "booklet":
            return self._dressed([first])
        first, _ = press.localized(first)
        count = len(press.room.steps(first))
        if not count:
            raise ContentError("there are no steps to make cards of", self.handout.source.find("formats"),
                               "mark second-level headings: ## Title {.step}")  # fmt: skip
        return self._dressed([first._replace(step=step) for step in range(1, count + 1)])

    def _dressed(self, pieces: list[Piece]) -> list[Piece]:
        return pieces if self.dress is None else [self.dress(piece) for piece in pieces]

    def path(self, below: str) -> Path:
        """Give a file's place."""
        return self.output / below

    def job(self, row: ClientRow) -> Job:
        """Give the job that a row's text belongs to. Raises ContentError."""
        papers = (self.paper,) if self.paper else ()
        return plan(self.project, Request((self.handout.slug,), (row.brand,), (row.locale,), (self.format,), papers,
                                          editions=(self.edition,)))[0]  # fmt: skip
