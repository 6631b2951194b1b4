"""Copies of a handout to enclose, each with its own client's words: a recipient with a row in, PDFs out.

Named and titled as the files that are the same for all. What a copy must show, and what everybody's shows, goes with it, so that it
can be read back. Knows nothing of messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.copies import Order, Workshop
from generator.mail.enclosures import check_wanted, enclosed_title, file_name, no_step, titled
from generator.mail.records import Enclosure

if TYPE_CHECKING:
    from pathlib import Path

    from generator.clients import ClientList, ClientRow
    from generator.copies import ReadyCopy
    from generator.mail.enclosures import Wanted
    from generator.mail.records import Recipient
    from generator.project.records import Project


class CopyBinder:
    """Makes the enclosures of a run for a list."""

    def __init__(self, project: Project, templates: tuple[Path, ...], wanted: Wanted, clients: ClientList) -> None:
        """Check what is wanted. Raises ProjectError for a piece that there is not."""
        check_wanted(wanted)
        self._wanted = wanted
        self._workshops = {kind: Workshop(Order(project, templates, project.root, wanted.handout, kind, clients.columns, clients.shown, b"",
                                                wanted.paper, dress=titled, edition=wanted.edition))
                           for kind in ("booklet", "cards")}  # fmt: skip

    def enclose(self, to: Recipient) -> tuple[Enclosure, ...]:
        """Make a recipient's copies. Raises a HandoutsError at the row."""
        if to.client is None:
            raise ValueError("copies are made for rows of a list")
        return tuple(enclosure for name in self._wanted.pieces for enclosure in self._enclosures(name, to.client))

    def _enclosures(self, name: str, row: ClientRow) -> list[Enclosure]:
        kind = "booklet" if name == "booklet" else "cards"
        workshop = self._workshops[kind]
        step = int(name.removeprefix("card-")) if name not in ("booklet", "cards") else None
        if step is not None and step > workshop.count(row):
            raise no_step(self._wanted.handout, name, workshop.count(row))
        return [self._enclosure(copy, row) for copy in workshop.copies(row, step)]

    def _enclosure(self, made: ReadyCopy, row: ClientRow) -> Enclosure:
        master, copy, handout = made.master, made.copy, self._wanted.handout
        own = master.own(row.values)
        numbers = " ".join(map(str, range(1, copy.pages + 1)))
        return Enclosure(file_name(handout, made.step), copy.data, copy.pages, enclosed_title(master.title, made.step), own,
                         f"{master.text} {numbers}" if master.columns else None)  # fmt: skip
