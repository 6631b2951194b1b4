"""The first row of a list: cells in, names of columns as templates write them out."""

from __future__ import annotations

import unicodedata

from generator.errors import ContentError, Position

SAME = {"e_mail": "email"}  # what people call a column that the program knows


def column_names(cells: list[str], shown: str) -> tuple[str, ...]:
    """Turn `First name` into first_name. Raises ContentError for a cell that names nothing, or the same as another."""
    names = [_name(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    place = Position(shown, 1)
    if not names:
        raise ContentError("the list is empty", Position(shown), "its first row names the columns: id, first_name, …")
    for at, name in enumerate(names, 1):
        if not name.isidentifier():
            raise ContentError(f"cell {at} of the first row is no name of a column", place, "use letters, digits and spaces: first_name")
        if name in names[: at - 1]:
            raise ContentError(f"cells {names.index(name) + 1} and {at} of the first row name the same column", place, "rename one of them")
    return tuple(names)


def _name(cell: str) -> str:
    """Join a cell's words; the vowel signs of many scripts are part of a word, and no letters."""
    text = unicodedata.normalize("NFC", cell.lower())
    name = "_".join("".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split())
    return SAME.get(name, name)


def fitted(cells: list[str], count: int, number: int, shown: str) -> tuple[str, ...]:
    """Give a row as many cells as there are columns. Raises ContentError for one that has more."""
    if len(cells) > count and any(cell.strip() for cell in cells[count:]):
        raise ContentError(f"the row has {len(cells)} cells, and there are {count} columns", Position(shown, number),
                           "put cells with a comma in them into quotation marks")  # fmt: skip
    return (*cells[:count], *[""] * (count - len(cells)))
