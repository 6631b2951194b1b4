"""Recipients out of a client list's rows: columns in, a checked `Recipient` out, or an error with row and column.

Errors never repeat what stands in a cell. How the rows are read is not its business.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from generator.errors import ContentError, DeliveryError, Position
from generator.mail.protect import password_fault
from generator.mail.records import Recipient
from generator.project.addresses import Address, address
from generator.project.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SPECIAL = ("email", "locale", "brand", "email_consent", "password")
_YES = {"yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0", ""}


class Choices(NamedTuple):
    """What a row may name, and what holds where it names nothing (the first of each)."""

    locales: Sequence[str]
    brands: Sequence[str]


def typed_recipient(text: str, choices: Choices) -> Recipient:
    """Take an address from the command line."""
    try:
        return Recipient(address(text), choices.locales[0], choices.brands[0])
    except ValueError as exc:
        raise DeliveryError(f"what is given with --to is not an e-mail address: {exc}", None, "write it as name@example.org") from exc


def recipient(row: Mapping[str, str], number: int, shown: str, choices: Choices) -> Recipient:
    """Check one row. `shown` names the list for people. Raises ContentError at the row."""
    place = Position(shown, number)
    _consent(row, place)
    password = row.get("password", "")
    fault = password and password_fault(password)
    if fault:
        raise ContentError(f'column "password": {fault}', place, "write another, or leave it empty and one is made")
    fields = {name: value for name, value in row.items() if name not in SPECIAL}
    return Recipient(_address(row, place), _one_of(row, "locale", choices.locales, place),
                     _one_of(row, "brand", choices.brands, place), fields, number, password)  # fmt: skip


def _address(row: Mapping[str, str], place: Position) -> Address:
    if "email" not in row:
        raise ContentError('there is no column "email"', place, did_you_mean("email", row, "the columns are"))
    try:
        return address(row["email"])
    except ValueError as exc:
        raise ContentError(f'column "email": this is not an e-mail address: {exc}', place, "write it as name@example.org") from exc


def _consent(row: Mapping[str, str], place: Position) -> None:
    """Let only those pass who agreed to e-mail: yes, or the day on which they did."""
    text = row.get("email_consent", "").strip().lower()
    if text in _NO:
        raise ContentError("the client has not agreed to e-mail", place,
                           'once the client agrees, write "yes" or the day into the column "email_consent"')  # fmt: skip
    if text not in _YES:
        try:
            agreed = date.fromisoformat(text) <= date.today()  # noqa: DTZ011 - the clinic's own day
        except ValueError:
            agreed = False
        if not agreed:
            raise ContentError('column "email_consent" is neither yes nor no', place, 'write "yes", "no", or a day: 2025-03-08')


def _one_of(row: Mapping[str, str], column: str, choices: Sequence[str], place: Position) -> str:
    value = row.get(column, "").strip()
    if value and value not in choices:
        raise ContentError(f'column "{column}": the project has no such {column}', place, did_you_mean(value, choices, "there are"))
    return value or choices[0]
