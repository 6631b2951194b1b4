"""Opening a list of any kind. In: a path. Out: a `ClientList` whose rows are read as they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import ContentError, Position
from generator.project.nearest import nearest

if TYPE_CHECKING:
    from generator.clients.rows import ClientList

KINDS = (".csv", ".xlsx", ".jsonl", ".ndjson")


def open_list(path: str) -> ClientList:
    """Open a list. Raises ContentError for one that cannot be read at all."""
    kind = Path(path).suffix.lower()
    try:
        if kind == ".csv":
            from generator.clients.csv_list import open_csv

            return open_csv(path)
        if kind == ".xlsx":
            from generator.clients.xlsx_list import open_xlsx

            return open_xlsx(path)
        if kind in (".jsonl", ".ndjson"):
            from generator.clients.json_list import open_json

            return open_json(path)
    except OSError as exc:
        there = [p.name for p in Path(path).parent.glob("*") if p.suffix.lower() in KINDS]
        close = nearest(Path(path).name, there) if isinstance(exc, FileNotFoundError) else ""
        hint = f'did you mean "{close}"?' if close else "check its name"
        raise ContentError(f"the client list cannot be read: {exc.strerror or exc}", Position(path), hint) from exc
    raise ContentError("a client list is a .csv, .xlsx or .jsonl file", Position(path), "save it as one of these")
