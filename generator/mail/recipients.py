"""Recipients out of a client list's checked rows: a row in, a `Recipient` out, or an error with row and column.

Errors never repeat what stands in a cell. How the rows are read is not its business.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from generator.errors import ContentError, DeliveryError
from generator.mail.protect import password_fault
from generator.mail.records import Recipient
from generator.project.addresses import address
from generator.project.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.clients import Choices, ClientList, ClientRow
    from generator.errors import Position

SPECIAL = ("email", "locale", "brand", "email_consent", "password")
_YES = {"yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0", ""}


def typed_recipient(text: str, choices: Choices) -> Recipient:
    """Take an address from the command line."""
    try:
        return Recipient(address(text), choices.locales[0], choices.brands[0])
    except ValueError as exc:
        raise DeliveryError(f"what is given with --to is not an e-mail address: {exc}", None, "write it as name@example.org") from exc


def recipient(row: ClientRow, clients: ClientList) -> Recipient:
    """Take a checked row. Raises ContentError at the row."""
    place, cells = clients.place(row.number), dict(zip(clients.columns, row.values, strict=True))
    _consent(cells, place)
    password = cells.get("password", "")
    fault = password and password_fault(password)
    if fault:
        raise ContentError(f'column "password": {fault}', place, "write another, or leave it empty and one is made")
    if "email" not in cells:
        raise ContentError('there is no column "email"', place, did_you_mean("email", cells, "the columns are"))
    if not cells["email"]:
        raise ContentError('column "email" is empty', place, "write it as name@example.org")
    fields = {name: value for name, value in cells.items() if name not in SPECIAL}
    return Recipient(address(cells["email"]), row.locale, row.brand, fields, row.number, password, row)


def _consent(row: Mapping[str, str], place: Position) -> None:
    """Let only those pass who agreed to e-mail: yes, or the day on which they did."""
    if "email_consent" not in row:
        raise ContentError('there is no column "email_consent", and nobody is mailed without having agreed', place,
                           did_you_mean("email_consent", row, "the columns are"))  # fmt: skip
    text = row["email_consent"].strip().lower()
    if text in _NO:
        raise ContentError("the client has not agreed to e-mail", place,
                           'once the client agrees, write "yes" or the day into the column "email_consent"')  # fmt: skip
    if text not in _YES:
        try:
            agreed = date.fromisoformat(text)
        except ValueError:
            raise ContentError('column "email_consent" is neither yes nor no', place, 'write "yes", "no", or a day: 2025-03-08') from None
        if agreed > date.today():  # noqa: DTZ011 - the clinic's own day
            raise ContentError('column "email_consent" is a day that is still to come', place, "write the day on which the client agreed")

