"""What is believed of entries that are read back: a manifest or a journal may be damaged, or written by somebody else.

In: text. Out: the entries that have the shape of one; others count as none. Knows nothing of what lies in the folder.
"""

from __future__ import annotations

import json
from typing import Any

KINDS = {
    "path": str, "handout": str, "kind": str, "brand": str, "locale": str, "paper": str, "pages": int, "bytes": int, "sha256": str,
    "notices": list, "step": int, "inputs": str, "sheet": str, "how": list, "edition": str, "places": list,
}  # fmt: skip
PLACE = (str, int, int, str)
LONGEST_NAME, LONGEST_PATH = 255, 4096  # bytes that a file system takes


def parsed(text: bytes | str) -> Any:
    """Read JSON. Raises ValueError for what is none, or is nested beyond reason."""
    try:
        return json.loads(text)
    except RecursionError as exc:
        raise ValueError("nested too deeply") from exc


def believed(rows: object) -> list[dict[str, Any]]:
    """Give the entries of a list that are sound."""
    return [row for row in rows if _is_sound(row)] if isinstance(rows, list) else []


def is_path(path: object) -> bool:
    """Tell whether this can be the path of a file below a folder."""
    if not isinstance(path, str) or not path or "\0" in path or not _is_text(path):
        return False
    return len(path.encode()) <= LONGEST_PATH and all(len(part.encode()) <= LONGEST_NAME for part in path.split("/"))


def _is_sound(row: object) -> bool:
    if not isinstance(row, dict) or not is_path(row.get("path")):
        return False
    if not all(isinstance(row[name], kind) for name, kind in KINDS.items() if name in row):
        return False
    words = [*row.get("notices", ()), *row.get("how", ())]
    return all(isinstance(word, str) for word in words) and all(map(_is_place, row.get("places", ()))) and _is_text(json.dumps(
        row, ensure_ascii=False))  # fmt: skip


def _is_place(pair: object) -> bool:
    """Tell whether this is a position, or none, with a hint."""
    if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[1], str):  # a pair
        return False
    place = pair[0]
    return place is None or (isinstance(place, list) and 0 < len(place) <= len(PLACE) and all(map(isinstance, place, PLACE)))


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character
        return False
    return True
