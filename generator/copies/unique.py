"""No two rows may come to the same file, not even on a disk that takes A for a. In: rows. Out: rows, and errors for those that would."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from generator.clients import Refused
from generator.copies.names import file_name, name_in, paths_of
from generator.copies.writing import discard
from generator.errors import ContentError, HandoutsError, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.clients import ClientRow
    from generator.copies.order import Order


def with_names(order: Order, rows: Iterable[ClientRow | Refused], *, forget: bool = True) -> Iterator[ClientRow | Refused]:
    """Pass on the rows whose name is their own. `forget`: what an earlier run made for a row that is refused now is deleted."""
    seen: dict[bytes, int] = {}
    for row in rows:
        if isinstance(row, Refused):
            name = name_in(order, row.cells)
            if forget and name and _short(name) not in seen:  # another row of this run may have it
                discard(order.output, paths_of(order, name))
            yield row
            continue
        try:
            name = file_name(order, row)
        except HandoutsError as exc:
            yield Refused(row.number, exc)
            continue
        twin = seen.setdefault(_short(name), row.number)
        if twin == row.number:
            yield row
        else:
            column = order.naming[0] if order.naming else "id"
            yield Refused(row.number, ContentError(f'column "{column}": row {twin} names its file the same',
                                                   Position(order.shown, row.number), "give each client an id of its own"))  # fmt: skip


def forget(order: Order, rows: Iterable[ClientRow | Refused]) -> None:
    """Delete what earlier runs made for all rows, since the handout that they are to get is broken."""
    for row in with_names(order, rows):
        if not isinstance(row, Refused):
            discard(order.output, paths_of(order, file_name(order, row)))


def _short(name: str) -> bytes:
    return hashlib.blake2b(name.casefold().encode(), digest_size=12).digest()
