"""A client list's rows for `handouts send`: a list in, one mapping a row out, with its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def read_rows(path: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Read a list. Raises ContentError."""
    from generator.clients import open_list

    clients = open_list(path)
    for raw in clients.rows:
        if raw.fault is not None:
            raise raw.fault
        yield raw.number, dict(zip(clients.columns, raw.cells, strict=True))
