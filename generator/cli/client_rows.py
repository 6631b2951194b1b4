"""A client list's rows for `handouts send`: a CSV file in, one mapping a row out, with its line. The one place to replace."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import ContentError, Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def read_rows(path: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Read a UTF-8 CSV file whose first line names the columns. Raises ContentError."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise ContentError("the client list cannot be read", Position(path), "it must be a CSV file in UTF-8") from exc
    reader = csv.DictReader(text.splitlines(keepends=True), restval="", strict=True)
    try:
        for row in reader:
            yield reader.line_num, {name.strip().lower(): value for name, value in row.items() if name is not None}
    except csv.Error as exc:
        raise ContentError(f"the client list is broken: {exc}", Position(path, reader.line_num), "save it as CSV again") from exc
