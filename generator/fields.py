"""A client's fields in a text: private marks that pass through Jinja, Markdown and layout, and become the client's words last.

In: columns and one client's values. Out: what `{{ client.first_name }}` leaves in a text, which of the values a text looked at, and
the text with the values in it. A value is only ever put into finished text: nothing that stands in it is read as Markdown,
Jinja or HTML. Imports nothing of the project; knows neither lists nor pages.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OPEN, CLOSE = "\ue0e0", "\ue0e1"
FIRST_DIGIT = 0xE0D0
MARKED = re.compile(f"{OPEN}([\ue0d0-\ue0d9]+){CLOSE}")
ENCODED = re.compile("%EE%83%A0((?:%EE%83%9[0-9])+)%EE%83%A1")
"""A mark as it stands in the address of a link, which HTML writes in percents."""
HOUR = re.compile(r"(?<=^\d{4}-\d\d-\d\d)[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
"""The time of day behind a date, as spreadsheets keep appointments."""
BLANK = "_" * 14
SECRET = frozenset({"password"})
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
_BIDI = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")

Asked = dict[tuple[int, str | None], bool]
"""What a text asked of a client: (column, None) whether it is filled in, (column, text) whether it is that text; and the answer."""


class Field:
    """One field of a client inside Jinja: it can be shown, tested and compared, and nothing else."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, client: Client, index: int, source: int | None = None) -> None:
        """Stand for column `index`, or for something that is written from column `source`."""
        self._client, self._index = client, index
        self.index = index if source is None else source

    @property
    def mark(self) -> str:
        """Give what stands for it in a text."""
        self._client.shown = True
        return mark(self._index)

    def __bool__(self) -> bool:
        """Tell whether it is filled in."""
        return self._client.ask(self.index, None)

    def __eq__(self, other: object) -> bool:
        """Tell whether it is this text."""
        return isinstance(other, str) and self._client.ask(self.index, other)

    def __str__(self) -> str:
        """Refuse: a filter would work on the mark and not on the value."""
        raise TypeError("a client's field can be shown, tested with if, or compared with ==, and nothing else")


class Dates(NamedTuple):
    """The columns whose dates a text shows in the reader's way, and the way."""

    columns: tuple[int, ...]
    write: Callable[[date], str]

    def behind(self, values: Sequence[str]) -> tuple[str, ...]:
        """Give a row's values with the written dates behind them. Raises NotADate."""
        return (*values, *(self._written(values[c], c) for c in self.columns))

    def _written(self, text: str, column: int) -> str:
        try:
            return self.write(date.fromisoformat(HOUR.sub("", text))) if text else ""
        except ValueError:
            raise NotADate(column) from None


class NotADate(ValueError):
    """A date is to be written as the reader writes dates, and what stands in the column is none."""

    def __init__(self, column: int) -> None:
        """Keep the column."""
        super().__init__("a date is wanted")
        self.column = column


class Client:
    """What a text knows as `client`. Remembers what was asked, so that another client's text can be known to be the same."""

    def __init__(self, columns: Sequence[str], values: Sequence[str]) -> None:
        """Take the columns of a list, and one row."""
        self._columns, self._values = {name: at for at, name in enumerate(columns)}, values
        self._dates: dict[int, int] = {}
        self._write: Callable[[date], str] = date.isoformat
        self.asked: Asked = {}
        self.shown = False  # whether a text shows a field of this client

    def dated(self, field: Field, write: Callable[[date], str]) -> Field:
        """Give a field that shows a column's date in the reader's way; its mark counts on behind the columns."""
        self._write = write
        at = self._dates.setdefault(field.index, len(self._columns) + len(self._dates))
        return Field(self, at, field.index)

    @property
    def dates(self) -> Dates:
        """Give what is to be written behind a row's values."""
        return Dates(tuple(self._dates), self._write)

    def __getitem__(self, name: str) -> Field:
        """Give a field. Raises KeyError, which Jinja takes for undefined."""
        return Field(self, self._columns[name])

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the columns."""
        return tuple(self._columns)

    @property
    def values(self) -> tuple[str, ...]:
        """Give the words of each mark. Raises NotADate."""
        return self.dates.behind(self._values)

    def ask(self, index: int, text: str | None) -> bool:
        """Answer a test, and remember it."""
        answer = self.asked[index, text] = answered(self._values, index, text)
        return answer


class View:
    """The client as Jinja sees it: fields by name, and nothing else that a column's name could be taken for."""

    __slots__ = ("_client",)

    def __init__(self, client: Client) -> None:
        """Look at a client."""
        self._client = client

    def __getitem__(self, name: str) -> Field:
        """Give a field; a password is none. Raises KeyError, which Jinja takes for undefined."""
        if name in SECRET:
            raise KeyError(name)
        return self._client[name]

    def __iter__(self) -> object:
        """Refuse to be looped over: the columns belong to the list and not to the handout."""
        raise TypeError("name the fields of a client one by one")


class Nobody(Client):
    """The client of a piece that is made for no list: every field is a blank to write on."""

    def __init__(self) -> None:
        """Know no column yet."""
        super().__init__((), ())

    def __getitem__(self, name: str) -> Field:
        """Give any field."""
        return Field(self, self._columns.setdefault(name, len(self._columns)))

    def dated(self, field: Field, write: Callable[[date], str]) -> Field:  # noqa: ARG002
        """Leave the same blank."""
        return field

    @property
    def values(self) -> tuple[str, ...]:
        """Give the blanks."""
        return (BLANK,) * len(self._columns)

    def ask(self, index: int, text: str | None) -> bool:  # noqa: ARG002
        """Say that everything is filled in, and nothing known."""
        return text is None


def columns_of(view: View) -> tuple[str, ...]:
    """Give the columns that a text may name."""
    return tuple(c for c in view._client.columns if c not in SECRET)  # noqa: SLF001 - hidden from Jinja, not from here


def answered(values: Sequence[str], index: int, text: str | None) -> bool:
    """Answer what a text may ask of a row."""
    return bool(values[index]) if text is None else values[index] == text


def shown(value: object) -> object:
    """Turn a field into its mark where Jinja writes it out; all else stays."""
    return value.mark if isinstance(value, Field) else value


def mark(index: int) -> str:
    """Write the mark of a column."""
    return OPEN + "".join(chr(FIRST_DIGIT + int(d)) for d in str(index)) + CLOSE


def column(digits: str) -> int:
    """Read the digits of a mark."""
    return int("".join(str(ord(c) - FIRST_DIGIT) for c in digits))


def columns_in(text: str) -> set[int]:
    """Give the columns that a text shows."""
    return {column(m[1]) for m in MARKED.finditer(text)}


def words(text: str, values: Sequence[str], *, rtl: bool = False) -> str:
    """Put values into text that is set in lines; what may read in another direction is kept apart (UAX #9, 2.4)."""
    return MARKED.sub(lambda m: _isolated(values[column(m[1])], rtl=rtl), text)


def line(text: str, values: Sequence[str]) -> str:
    """Put values into text of one line: a description, a bookmark."""
    return MARKED.sub(lambda m: " ".join(values[column(m[1])].split()), text)


def target(text: str, values: Sequence[str]) -> str:
    """Put values into a link's address, where no character of theirs may mean anything."""
    return MARKED.sub(lambda m: quote(values[column(m[1])], safe=""), text)


def decoded(address: str) -> str:
    """Give an address of a link with its marks as they are elsewhere."""
    if "%EE%83%A0" not in address:
        return address
    return ENCODED.sub(lambda m: mark(int("".join(code[-1] for code in m[1].split("%EE%83")[1:]))), address)


def _isolated(value: str, *, rtl: bool) -> str:
    if not rtl and (value.isascii() or _BIDI.search(value) is None):
        return value
    return "\n".join(f"{ISOLATE}{part}{END_ISOLATE}" for part in value.split("\n"))
