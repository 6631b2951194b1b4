"""A list as JSON lines: an object a line, in UTF-8; the first one names the columns."""

from __future__ import annotations

import json
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.clients.columns import column_names
from generator.clients.rows import ClientList, Raw
from generator.errors import ContentError, HandoutsError, Position
from generator.project.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator


def open_json(path: str) -> ClientList:
    """Read the first object. Raises ContentError where there is none."""
    lines = _lines(path)
    first = next(lines, None)
    if first is None:
        raise ContentError("the list is empty", Position(path), 'write an object a line: {"id": "c-1", "first_name": "…"}')
    keys = list(_object(*first, path))
    return ClientList(path, column_names(keys, path), _rows(path, keys))


def _lines(path: str) -> Iterator[tuple[int, str]]:
    with Path(path).open(encoding="utf-8-sig", errors="surrogateescape") as file:
        yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())


def _rows(path: str, keys: list[str]) -> Iterator[Raw]:
    for number, line in _lines(path):
        try:
            found = _object(number, line, path)
            unknown = next((key for key in found if key not in keys), None)
            if unknown is not None:
                raise ContentError(f'unknown column "{unknown}"', Position(path, number),
                                   did_you_mean(unknown, keys, "the first line has"))  # fmt: skip
            yield Raw(number, tuple(_text(key, found.get(key), Position(path, number)) for key in keys))
        except HandoutsError as exc:
            yield Raw(number, fault=exc)


def _object(number: int, line: str, path: str) -> dict[str, Any]:
    place = Position(path, number)

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        seen = dict(found)
        if len(seen) < len(found):
            at = next(at for at, (key, _) in enumerate(found) if key in dict(found[:at]))
            raise ContentError(f'column "{found[at][0]}" stands in the line twice', place, "keep one of the two")
        return seen

    def as_written(text: str) -> str:
        """Keep a number as it is: 1.10 may be no number at all."""
        if not isfinite(float(text)):
            raise ContentError("the line holds a number that is none, or has no end", place, "write a number, or text in quotation marks")
        return text

    try:
        found = json.loads(line, object_pairs_hook=pairs, parse_float=as_written, parse_int=str, parse_constant=as_written)
    except (ValueError, RecursionError) as exc:  # the latter where it is nested beyond reason
        raise ContentError("the line is no JSON", Position(path, number, getattr(exc, "colno", 0)), "write an object on each line") from None
    if not isinstance(found, dict):
        raise ContentError("the line is no JSON object", Position(path, number), 'write {"column": "value", …}')
    return found


def _text(key: str, value: object, place: Position) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):  # as numbers are, too
        raise ContentError(f'column "{key}": the value is neither text nor number', place, "write it in quotation marks")
    return value
