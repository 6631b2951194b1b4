"""What went wrong with one client's copy, told by row and column and without a word of the client's.

In: an error from layout and a row. Out: an error at the row.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from generator.errors import ContentError, HandoutsError, LayoutError, Position
from generator.layout.inline import LongWord
from generator.text.shelf import MissingGlyph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.clients import ClientRow
    from generator.copies.order import Order

DATE_HINT = ("write it as 2025-03-08: of 3/8/2025 nobody knows whether the day or the month comes first; in Excel give the column the format "
             "yyyy-mm-dd before you save it as CSV, or hand over the .xlsx, whose dates are known")  # fmt: skip
HIDDEN = 2  # letters from which on a value is looked for in a message


def not_a_date(order: Order, row: ClientRow, column: int) -> HandoutsError:
    """Say that a column has no date."""
    return ContentError(f'column "{order.columns[column]}": this is no date', Position(order.shown, row.number), DATE_HINT)


def empty(order: Order, row: ClientRow, columns: Iterable[int]) -> HandoutsError | None:
    """Say which column the text shows that this row leaves empty."""
    for column in sorted(columns):
        if not row.values[column]:
            name = order.columns[column]
            return ContentError(f'column "{name}" is empty, and the text shows it', Position(order.shown, row.number),
                                f"fill it in, or write {{% if client.{name} %}} … {{% endif %}} around it")  # fmt: skip
    return None


def of_row(error: HandoutsError, order: Order, row: ClientRow, columns: Iterable[int]) -> HandoutsError:
    """Turn an error of layout into one of the row, where the client's words are what is wrong."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, MissingGlyph):
        cause = cause.__cause__
    place, shown = Position(order.shown, row.number), sorted(columns)
    if isinstance(cause, MissingGlyph):
        return _missing(error, cause.character, order, row, shown)
    if isinstance(error, LongWord) and shown:
        longest = max(shown, key=lambda c: max(map(len, row.values[c].split()), default=0))
        return ContentError(f'column "{order.columns[longest]}": {error.message}', place, "shorten it, or put a space or a hyphen in")
    told = f"{error.message}\n{error.hint}\n{error.position.text if error.position else ''}"
    if any(len(v) >= HIDDEN and v in told for v in row.values):
        return ContentError("the text cannot be set with this client's words", place, "shorten them, and look at the handout beside them")
    if isinstance(error, LayoutError) and shown:
        where = f" ({error.position})" if error.position is not None and error.position.file else ""
        return ContentError(f"with this client's words {error.message}{where}", place, error.hint)
    return error


def _missing(error: HandoutsError, character: str, order: Order, row: ClientRow, columns: list[int]) -> HandoutsError:
    column = next((c for c in columns if character in row.values[c]), None)
    if column is None:
        return error  # the handout's own
    script = unicodedata.name(character, "unnamed").split(" ")[0].capitalize()
    return ContentError(f'column "{order.columns[column]}": no font has all its characters ({script})', Position(order.shown, row.number),
                        f"write it in other letters, or put a font for {script} into the brand's folder")  # fmt: skip
