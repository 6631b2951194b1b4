"""A list as an Excel workbook: the first sheet, read row by row. Formulas and error values are refused by their cell."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from generator.clients.columns import column_names, fitted
from generator.clients.rows import ClientList, Raw
from generator.errors import ContentError, HandoutsError, Position

if TYPE_CHECKING:
    from collections.abc import Iterator


def open_xlsx(path: str) -> ClientList:
    """Read the first row. Raises ContentError for what is no workbook."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True)
        rows = book.worksheets[0].iter_rows()
        first = next(rows, ())
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as exc:
        raise ContentError("the list is no Excel workbook that can be read", Position(path), "save it as .xlsx again, or as CSV") from exc
    names = column_names(["" if c.value is None else str(c.value) for c in first], path)
    return ClientList(path, names, _rows(rows, names, path))


def _rows(rows: Iterator[Any], names: tuple[str, ...], path: str) -> Iterator[Raw]:
    for number, cells in enumerate(rows, 2):
        if all(c.value is None for c in cells):
            continue
        place = Position(path, number)
        try:
            texts = [_text(c, names[at] if at < len(names) else str(at + 1), place) for at, c in enumerate(cells)]
            yield Raw(number, fitted(texts, len(names), number, path))
        except HandoutsError as exc:
            yield Raw(number, fault=exc)


def _text(cell: Any, column: str, place: Position) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise ContentError(f'column "{column}": the cell holds a formula', place, "put its value there instead")
    if cell.data_type == "e":
        raise ContentError(f'column "{column}": the cell holds an error value', place, "mend it in the workbook")
    return _written(value)


def _written(value: object) -> str:
    """Write what Excel keeps as a number or a date the way a person types it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)
