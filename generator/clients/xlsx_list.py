"""A list as an Excel workbook: the first sheet that is seen, read row by row. Formulas and error values are refused by their cell."""

from __future__ import annotations

import re
import zipfile
import zlib
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Any

from generator.clients.columns import column_names, fitted
from generator.clients.rows import ClientList, Raw
from generator.errors import ContentError, HandoutsError, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

ZEROS, PERCENT = re.compile("0{2,}"), re.compile(r"0(?:\.0+)?%")  # 00042 is a number with a shape, and so is 50%
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # a control character (ECMA-376 22.9.2.19)


def open_xlsx(path: str) -> ClientList:
    """Read the first row. Raises ContentError for what is no workbook."""
    from openpyxl import load_workbook

    with _readable(path):
        book = load_workbook(path, read_only=True)
        sheet = next((s for s in book.worksheets if s.sheet_state == "visible"), book.worksheets[0])
        rows = sheet.iter_rows()
        first = next(rows, ())
    names = column_names(["" if c.value is None else str(c.value) for c in first], path)
    return ClientList(path, names, _rows(rows, names, path))


@contextmanager
def _readable(path: str) -> Iterator[None]:
    """Take whatever goes wrong in reading a damaged workbook for what it is. An XML parser's errors are SyntaxErrors."""
    from openpyxl.utils.exceptions import InvalidFileException

    damaged = (InvalidFileException, zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, IndexError, TypeError, AttributeError,
               OverflowError)  # fmt: skip
    try:
        yield
    except (*damaged, SyntaxError) as exc:
        raise ContentError("the list is no Excel workbook that can be read", Position(path), "save it as .xlsx again, or as CSV") from exc


def _followed(rows: Iterator[Any], path: str) -> Iterator[Any]:
    """Give the rows that can be read. Raises ContentError at the first that cannot."""
    while True:
        with _readable(path):
            cells = next(rows, None)
        if cells is None:
            return
        yield cells


def _rows(rows: Iterator[Any], names: tuple[str, ...], path: str) -> Iterator[Raw]:
    for number, cells in enumerate(_followed(rows, path), 2):
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
    if isinstance(value, float) and not isfinite(value):
        raise ContentError(f'column "{column}": the cell holds a number that no program can count with', place, "mend it in the workbook")
    return _written(value, cell.number_format or "")


def _written(value: object, shape: str) -> str:
    """Write what Excel keeps as a number or a date the way a person sees it there; `shape`: how the cell shows numbers."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return _number(value, shape)
    if isinstance(value, timedelta):  # hours that may be more than a day's
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else ESCAPED.sub(lambda m: chr(int(m[1], 16)), str(value)).replace("\r", "")


def _number(value: float, shape: str) -> str:
    if PERCENT.fullmatch(shape):
        return f"{value * 100:.10g}%"
    if value != int(value):
        return str(value)
    return f"{int(value):0{len(shape)}}" if ZEROS.fullmatch(shape) else str(int(value))
