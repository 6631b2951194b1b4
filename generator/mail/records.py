"""What passes through the mail room: recipients, what is enclosed, letters ready to go, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.clients import ClientRow
    from generator.errors import HandoutsError
    from generator.project.addresses import Address


class Recipient(NamedTuple):
    """A client to send to. `row` is the line of the list, 0 for one named on the command line.

    `fields` are the client's own data, for the templates; never the address, the password or the consent.
    """

    address: Address
    locale: str
    brand: str
    fields: Mapping[str, str] = {}
    row: int = 0
    password: str = ""
    client: ClientRow | None = None

    @property
    def label(self) -> str:
        """Name the recipient for people without saying who it is."""
        return f"row {self.row}" if self.row else "the recipient"


class Enclosure(NamedTuple):
    """One PDF to attach. `title` is printed in it; `own`: the client's data that it must show.

    `shared` is the text that every client's copy has, or None where the file is the same for all.
    """

    name: str
    data: bytes
    pages: int
    title: str
    own: tuple[str, ...] = ()
    shared: str | None = None


class Words(NamedTuple):
    """The rendered templates."""

    subject: str
    text: str
    html: str


class Draft(NamedTuple):
    """A recipient's files and words, before anything is claimed. `mark` is the sha256 that the ledger knows the files by."""

    recipient: Recipient
    enclosed: tuple[Enclosure, ...]
    words: Words
    mark: bytes


class Letter(NamedTuple):
    """A message ready to go: its bytes with CRLF, and its envelope. `file` is the sha256 of what is enclosed."""

    data: bytes
    sender: str
    to: Address
    international: bool
    file: bytes


class Outcome(NamedTuple):
    """What became of a recipient; `note` tells more, and neither it nor `error` names anybody.

    `state`: sent, outbox, refused, deferred, sending (without an answer); or why it was not even tried: already, double,
    busy, unsettled, failed (with `error`).
    """

    recipient: Recipient
    state: str
    note: str = ""
    error: HandoutsError | None = None
