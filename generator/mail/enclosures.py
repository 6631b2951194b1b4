"""The files to enclose: what was asked for in, PDFs under neutral names and titles out. Each is made once for all who get it.

A handout's front matter (`mail_tells`) may let the file's name and its title tell what it is about. Uses the pipeline as
a whole and knows nothing of messages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.batch.plan import Request, plan, template_of
from generator.editions import STANDARD, Edition
from generator.errors import ContentError, ProjectError
from generator.mail.records import Enclosure
from generator.markup import Piece
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.batch.plan import Job
    from generator.mail.records import Recipient
    from generator.pipeline import Press
    from generator.project.records import HandoutSource, Project

_ASKED = re.compile(r"booklet|cards|card-([1-9]\d?)")


class Wanted(NamedTuple):
    """What to enclose: "booklet", "cards" (all) or "card-2", and the paper, "" for the project's."""

    handout: HandoutSource
    pieces: tuple[str, ...] = ("booklet",)
    paper: str = ""
    edition: Edition = STANDARD


class Binder:
    """Makes the enclosures of a run."""

    def __init__(self, project: Project, templates: tuple[Path, ...], press: Press, wanted: Wanted) -> None:
        """Check what is wanted. Raises ProjectError for a piece that there is not."""
        self._project, self._templates, self._press, self._wanted = project, templates, press, wanted
        self._made: dict[tuple[str, str], tuple[Enclosure, ...]] = {}
        check_wanted(wanted)

    def enclose(self, to: Recipient) -> tuple[Enclosure, ...]:
        """Give a recipient's files. Raises a HandoutsError with its position."""
        key = (to.brand, to.locale)
        if key not in self._made:
            enclosed = [self._make(piece) for name in self._wanted.pieces for piece in self._pieces(name, to)]
            self._made[key] = tuple(enclosed)
        return self._made[key]

    def _pieces(self, name: str, to: Recipient) -> Sequence[Piece]:
        kind = "booklet" if name == "booklet" else "cards"
        job = self._job(kind, to)
        brand = self._project.brand(to.brand)
        first = Piece(self._project, self._wanted.handout, brand, template_of(job), self._templates, to.locale, job.paper,
                      edition=job.edition.name, neutral="pages" if job.edition.neutral else "")  # fmt: skip
        if kind == "booklet":
            return [titled(first)]
        count = len(self._press.room.steps(first))
        steps = range(1, count + 1) if name == "cards" else [int(name.removeprefix("card-"))]
        if not count or steps[-1] > count:
            raise no_step(self._wanted.handout, name, count)
        return [titled(first._replace(step=step)) for step in steps]

    def _job(self, kind: str, to: Recipient) -> Job:
        papers = (self._wanted.paper,) if self._wanted.paper else ()
        request = Request((self._wanted.handout.slug,), (to.brand,), (to.locale,), (kind,), papers, editions=(self._wanted.edition,))
        return plan(self._project, request)[0]

    def _make(self, piece: Piece) -> Enclosure:
        result = self._press.make(piece)
        name = file_name(self._wanted.handout, piece.step)
        return Enclosure(name, result.data, result.pages, enclosed_title(result.title, piece.step))


def check_wanted(wanted: Wanted) -> None:
    """Raise ProjectError for a piece that there is not."""
    for piece in wanted.pieces:
        if not _ASKED.fullmatch(piece):
            raise ProjectError(f'there is nothing like "{piece}" to attach', None, "booklet, cards, or one card: card-2")


def no_step(handout: HandoutSource, name: str, count: int) -> ContentError:
    """Say that a handout has no such card."""
    return ContentError(f"there is no step for {name}", handout.source.find("title"), f"the handout has {count} steps")


def titled(piece: Piece) -> Piece:
    """Give a piece a title that tells nothing, unless its handout allows more."""
    if piece.neutral or "title" in piece.handout.mail_tells:
        return piece
    return piece._replace(neutral="file")


def file_name(handout: HandoutSource, step: int | None) -> str:
    """Name a file so that it tells nothing, unless its handout allows more."""
    part = f"card-{step}" if step else "booklet"
    return f"{handout.slug}-{part}.pdf" if "filename" in handout.mail_tells else f"{part}.pdf"


def enclosed_title(title: str, step: int | None) -> str:
    """Give the part of a title that is printed; a card's is made of its step's and the handout's."""
    return title.partition(" – ")[0] if step else title
