"""Where copies are made, one row after another: the masters of all texts that came up, and the files.

In: rows. Out: what became of each. A process has one workshop; nothing of a client's stays in it but what layouts share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.compositor import Compositor
from generator.copies import faults
from generator.copies.journal import Journal
from generator.copies.master import Layouts, Master
from generator.copies.names import file_name, path_of, paths_of
from generator.copies.writing import discard, write_copy
from generator.errors import HandoutsError, Notice, unexpected
from generator.fields import NotADate
from generator.pipeline import Press
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.clients import ClientRow
    from generator.copies.order import Order
    from generator.copies.variant import Copy

MANY = 24  # texts of a brand and locale kept at once


class File(NamedTuple):
    """A copy that was written. `path` is relative to the output folder; `files`: how many its row has."""

    path: str
    pages: int
    bytes: int
    sha256: str
    files: int = 1


class Made(NamedTuple):
    """What became of a row."""

    number: int
    files: tuple[File, ...] = ()
    error: HandoutsError | None = None
    notices: tuple[Notice, ...] = ()
    mark: bytes = b""
    unchanged: bool = False


class ReadyCopy(NamedTuple):
    """A copy, which text it is of, and which card."""

    master: Master
    step: int | None
    copy: Copy


class _Text(NamedTuple):
    """The pieces of one text: a booklet, or all cards."""

    masters: tuple[Master, ...]
    steps: tuple[int | None, ...]


class Workshop:
    """Makes copies."""

    def __init__(self, order: Order) -> None:
        """Begin with no master."""
        self._order = order
        self._compositor = Compositor(order.cache)
        self._press = Press(order.cache, self._compositor)
        self._layouts = Layouts()
        self._journal = Journal(order)
        self._texts: dict[tuple[str, str], list[_Text]] = {}

    def make(self, row: ClientRow) -> Made:
        """Make a client's files."""
        name = ""
        try:
            name = file_name(self._order, row)
            copies = list(self.copies(row))
            files = tuple(self._file(copy.copy, path_of(self._order, name, copy.step), len(copies)) for copy in copies)
            notices = (*row.notices, *dict.fromkeys(n for copy in copies for n in copy.master.notices))
        except HandoutsError as exc:
            error = exc
        except Exception as exc:  # noqa: BLE001
            error = unexpected(exc, f"{self._order.shown}, row {row.number}")
        else:
            made = Made(row.number, files, None, notices, row.mark)
            self._journal.add(made)
            return made
        self._discard(name)
        return Made(row.number, (), error, row.notices)

    def tried(self, row: ClientRow) -> Made:
        """Make a client's files, and write none."""
        try:
            file_name(self._order, row)
            notices = (*row.notices, *dict.fromkeys(n for copy in self.copies(row) for n in copy.master.notices))
        except HandoutsError as exc:
            return Made(row.number, (), exc, row.notices)
        except Exception as exc:  # noqa: BLE001
            return Made(row.number, (), unexpected(exc, f"{self._order.shown}, row {row.number}"), row.notices)
        return Made(row.number, (), None, notices)

    def close(self) -> None:
        """Make no more."""
        self._journal.close()

    def copies(self, row: ClientRow, step: int | None = None) -> Iterator[ReadyCopy]:
        """Make a client's copies, or that of one `step`, without writing them. Raises a HandoutsError at the row."""
        text = self._text(row)
        self._insist(text, row)
        for master, its_step in zip(text.masters, text.steps, strict=True):
            if step in (None, its_step):
                yield ReadyCopy(master, its_step, self._copy(master, row))

    def count(self, row: ClientRow) -> int:
        """Tell how many files a client's text makes. Raises a HandoutsError at the row."""
        return len(self._text(row).masters)

    def _text(self, row: ClientRow) -> _Text:
        """Find the text that a row gets, or make it."""
        known = self._texts.setdefault((row.brand, row.locale), [])
        for text in known:
            if all(master.serves(row.values) for master in text.masters):
                return text
        pieces = self._order.pieces(self._press, row)
        try:
            text = _Text(tuple(Master(self._press, self._compositor, p, self._layouts) for p in pieces), tuple(p.step for p in pieces))
        except NotADate as exc:  # it is the first row that gets this text
            raise faults.not_a_date(self._order, row, exc.column) from None
        if len(known) >= MANY:
            for master in known.pop(0).masters:
                self._layouts.drop(master)
        known.append(text)
        return text

    def _insist(self, text: _Text, row: ClientRow) -> None:
        order = self._order
        missing = faults.empty(order, row, frozenset(c for m in text.masters for c in m.columns))
        if missing is not None:
            raise missing

    def _copy(self, master: Master, row: ClientRow) -> Copy:
        try:
            return master.copy(row.values)
        except NotADate as exc:
            raise faults.not_a_date(self._order, row, exc.column) from None
        except HandoutsError as exc:
            raise faults.of_row(exc, self._order, row, master.columns) from None

    def _file(self, copy: Copy, path: str, files: int) -> File:
        write_copy(self._order.output, path, (copy.head, copy.tail), self._order.run)
        return File(path, copy.pages, len(copy.head) + len(copy.tail), copy.sha256, files)

    def _discard(self, name: str) -> None:
        """Delete what an earlier run made for a row that fails now, so that nobody prints it."""
        if name:
            discard(self._order.output, paths_of(self._order, name, (self._order.format,)))
