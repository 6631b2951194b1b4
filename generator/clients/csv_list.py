"""A list as CSV: commas, semicolons or tabs between the cells, in UTF-8; read row by row."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from generator.clients.cells import AS_UTF8
from generator.clients.columns import column_names, fitted
from generator.clients.rows import ClientList, Raw
from generator.errors import ContentError, HandoutsError, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATORS = ",;\t"


def open_csv(path: str) -> ClientList:
    """Read the first row. Raises ContentError for an empty file, for UTF-16, and for names of columns that are not UTF-8."""
    with Path(path).open("rb") as file:
        head = file.readline()
    if b"\0" in head or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ContentError("the list is not UTF-8 but UTF-16", Position(path), AS_UTF8)
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise ContentError("the first row is not UTF-8, so that nobody can tell the names of its columns", Position(path, 1), AS_UTF8) from exc
    separator = max(_SEPARATORS, key=head.decode("latin-1").count)
    rows = _records(path, separator)
    try:
        names = column_names(next(rows, (0, []))[1], path)
    except csv.Error as exc:
        raise _broken(exc, Position(path, 1)) from exc
    return ClientList(path, names, _rows(rows, len(names), path))


def _records(path: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    # Bytes that are no UTF-8 become surrogates, so that they spoil their own row alone.
    with Path(path).open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        yield from enumerate(csv.reader(file, delimiter=separator, strict=True), 1)


def _rows(records: Iterator[tuple[int, list[str]]], count: int, shown: str) -> Iterator[Raw]:
    number = 1
    while True:
        try:
            number, cells = next(records)
        except StopIteration:
            return
        except csv.Error as exc:
            yield Raw(number + 1, fault=_broken(exc, Position(shown, number + 1)))
            return
        if any(cells):
            try:
                yield Raw(number, fitted(cells, count, number, shown))
            except HandoutsError as exc:
                yield Raw(number, fault=exc)


def _broken(exc: csv.Error, place: Position) -> ContentError:
    return ContentError(f"the list is broken from here on: {exc}", place, "look for a quotation mark that is not closed")
