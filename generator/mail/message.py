"""One message as bytes: words and PDFs in, an RFC 5322 message out, 7-bit safe, with CRLF.

An international mailbox name (RFC 6532) makes the headers UTF-8; anything else is encoded as ASCII. Knows no templates
and no server.
"""

from __future__ import annotations

import base64
import hashlib
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from typing import TYPE_CHECKING, NamedTuple

from generator.mail.records import Letter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from generator.mail.records import Enclosure, Words
    from generator.project.addresses import Address

NO_DOMAIN = "handouts.invalid"  # of a draft without a sender (RFC 2606)


class Stationery(NamedTuple):
    """What a run's messages share. Without a `sender` a message is a draft, and the mail program fills in its own."""

    sender: Address | None = None
    reply_to: Address | None = None
    unsubscribe: str = ""


def compose(words: Words, enclosed: Sequence[Enclosure], stationery: Stationery, to: Address, locale: str, token: str,
            when: datetime) -> Letter:  # fmt: skip
    """Put a message together. `token` makes its Message-ID, so the same one sent again is known to be the same."""
    international = to.international or bool(stationery.sender and stationery.sender.international)
    message = EmailMessage(SMTPUTF8 if international else SMTP)
    _headers(message, words, stationery, to, token, when)
    message.set_content(words.text, cte="quoted-printable")
    message.add_alternative(words.html, subtype="html", cte="quoted-printable")
    message.make_mixed()
    message["Content-Language"] = locale  # now, since what is set before would go to the first part
    for enclosure in enclosed:
        message.attach(_part(enclosure, token))
    sender = stationery.sender.spec if stationery.sender else ""
    return Letter(_joined(message, enclosed, token), sender, to, international, fingerprint(enclosed))


def fingerprint(enclosed: Sequence[Enclosure]) -> bytes:
    """Give the sha256 of what is enclosed: of one file, that file's own; of several, that of theirs in order."""
    digests = [hashlib.sha256(e.data).digest() for e in enclosed]
    return digests[0] if len(digests) == 1 else hashlib.sha256(b"".join(digests)).digest()


def _headers(message: EmailMessage, words: Words, stationery: Stationery, to: Address, token: str, when: datetime) -> None:
    if stationery.sender is not None:
        message["From"] = _shown(stationery.sender)
    else:
        message["X-Unsent"] = "1"  # Outlook opens such a file as a draft
    message["To"] = _shown(to)
    if stationery.reply_to is not None:
        message["Reply-To"] = _shown(stationery.reply_to)
    message["Subject"] = words.subject
    message["Date"] = format_datetime(when)
    message["Message-ID"] = f"<{token}@{stationery.sender.domain if stationery.sender else NO_DOMAIN}>"
    message["Auto-Submitted"] = "auto-generated"
    if stationery.unsubscribe:
        message["List-Unsubscribe"] = f"<{stationery.unsubscribe}>"


def _shown(address: Address) -> HeaderAddress:
    return HeaderAddress(address.name, address.local, address.domain)


def _part(enclosure: Enclosure, token: str) -> EmailMessage:
    """Make an attachment that holds, instead of the file, a line that stands for it."""
    part = EmailMessage(SMTP)
    part["Content-Type"] = "application/pdf"
    part.add_header("Content-Disposition", "attachment", filename=enclosure.name)
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(_place(token))
    return part


def _joined(message: EmailMessage, enclosed: Sequence[Enclosure], token: str) -> bytes:
    """Serialise, and set the files where their lines stand: the generator would walk each of them line by line, twice."""
    pieces = message.as_bytes().split(_place(token).encode())
    joined = [pieces[0]]
    for enclosure, rest in zip(enclosed, pieces[1:], strict=True):
        joined += (_encoded(enclosure.data), rest)
    return b"".join(joined)


def _place(token: str) -> str:
    return f"[{token}]"


def _encoded(data: bytes) -> bytes:
    return base64.encodebytes(data).rstrip().replace(b"\n", b"\r\n")
