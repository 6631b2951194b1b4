"""One row of a client list, checked: cells in, a `ClientRow` out, or an error that names row and column and not what stands there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from generator.clients.cells import clean
from generator.errors import ContentError, HandoutsError, Notice, Position
from generator.plain import NamedTuple
from generator.project.addresses import address
from generator.project.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


VERBATIM = "password"  # a column that no text shows: it is taken as it was typed


class Raw(NamedTuple):
    """A row as read: its number as a spreadsheet program shows it, and a cell for each column; or what is wrong with it."""

    number: int
    cells: tuple[str, ...] = ()
    fault: HandoutsError | None = None


class ClientList(NamedTuple):
    """An open list: its name for people, its columns, and its rows, which are read as they are asked for."""

    shown: str
    columns: tuple[str, ...]
    rows: Iterable[Raw]

    def place(self, number: int) -> Position:
        """Give the place of a row."""
        return Position(self.shown, number)


class Choices(NamedTuple):
    """What a row may name, and what holds where it names nothing (the first of each)."""

    locales: Sequence[str]
    brands: Sequence[str]


class ClientRow(NamedTuple):
    """A client. `values` has a text for each column; `mark` tells a copy made from the same from others."""

    number: int
    values: tuple[str, ...]
    locale: str
    brand: str
    notices: tuple[Notice, ...] = ()
    mark: bytes = b""


class Refused(NamedTuple):
    """A row that is wrong. `cells`: those that are right, where they could be read; "" for the others."""

    number: int
    error: HandoutsError
    cells: tuple[str, ...] = ()


def checked(clients: ClientList, choices: Choices) -> Iterator[ClientRow | Refused]:
    """Check row after row."""
    seen: dict[bytes, int] = {}
    for raw in clients.rows:
        try:
            if raw.fault is not None:
                raise raw.fault
            row = _row(raw, clients, choices)
            twin = seen.setdefault(_digest(row), row.number)
            if twin != row.number:
                raise ContentError(f"the row is the same as row {twin}", clients.place(row.number), "delete one of the two")
        except HandoutsError as exc:
            yield Refused(raw.number, exc, tuple(map(_right, clients.columns, raw.cells)))
        else:
            yield row


def _row(raw: Raw, clients: ClientList, choices: Choices) -> ClientRow:
    place = clients.place(raw.number)
    values: list[str] = []
    notices: list[Notice] = []
    for name, cell in zip(clients.columns, raw.cells, strict=True):
        value, notice = (cell, None) if name == VERBATIM else clean(name, cell, place)
        values.append(value)
        if notice is not None:
            notices.append(notice)
    cells = dict(zip(clients.columns, values, strict=True))
    _check_address(cells.get("email", ""), place)
    return ClientRow(raw.number, tuple(values), _one_of("locale", cells, choices.locales, place),
                     _one_of("brand", cells, choices.brands, place), tuple(notices))  # fmt: skip


def _right(name: str, cell: str) -> str:
    """Give a cell of a row that is refused, if nothing is wrong with that cell."""
    try:
        return clean(name, cell, Position(""))[0]
    except ContentError:
        return ""


def _check_address(text: str, place: Position) -> None:
    try:
        if text:
            address(text)
    except ValueError as exc:
        raise ContentError(f'column "email": this is not an e-mail address: {exc}', place, "write it as name@example.org") from exc


def _one_of(column: str, cells: dict[str, str], choices: Sequence[str], place: Position) -> str:
    value = cells.get(column, "")
    if value and value not in choices:
        raise ContentError(f'column "{column}": there is no such {column} for this handout', place,
                           did_you_mean(value, choices, "there are"))  # fmt: skip
    return value or choices[0]


def _digest(row: ClientRow) -> bytes:
    """Tell rows apart in few bytes: a list may be long."""
    return hashlib.blake2b("\0".join(row.values).encode(), digest_size=12).digest()
