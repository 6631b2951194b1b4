"""One message as bytes: words and PDFs in, an RFC 5322 message out, 7-bit safe, with CRLF.

Python's email package makes a form for all messages that look alike, with a mark in every place where they differ; a
message is that form filled in. Making each with the package would take ten times as long. Knows no templates and no server.
"""

from __future__ import annotations

import binascii
import hashlib
import secrets
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.mail.records import Letter
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from generator.mail.records import Enclosure, Words
    from generator.project.addresses import Address

NO_DOMAIN = "handouts.invalid"  # of a draft without a sender (RFC 2606)
_LINE = 76  # characters of base64 (RFC 2045 6.8)


class Stationery(NamedTuple):
    """What a run's messages share. Without a `sender` a message is a draft, and the mail program fills in its own."""

    sender: Address | None = None
    reply_to: Address | None = None
    unsubscribe: str = ""


def compose(words: Words, enclosed: Sequence[Enclosure], stationery: Stationery, to: Address, locale: str, token: str,
            when: datetime) -> Letter:  # fmt: skip
    """Put a message together. `token` makes its Message-ID, so the same one sent again is known to be the same."""
    international = to.international or bool(stationery.sender and stationery.sender.international)
    rest = _form(stationery, locale, tuple(e.name for e in enclosed), international)
    blanks = (_quoted(words.text), _quoted(words.html), *(_encoded(e.data) for e in enclosed))
    parts = [_head(words.subject, stationery, to, token, when), rest[0]]
    for blank, following in zip(blanks, rest[1:], strict=True):
        parts += (blank, following)
    sender = stationery.sender.spec if stationery.sender else ""
    return Letter(b"".join(parts), sender, to, international, fingerprint(enclosed))


def fingerprint(enclosed: Sequence[Enclosure]) -> bytes:
    """Give the sha256 of what is enclosed: of one file, that file's own; of several, that of theirs in order."""
    digests = [digest(e.data) for e in enclosed]
    return digests[0] if len(digests) == 1 else hashlib.sha256(b"".join(digests)).digest()


@lru_cache(maxsize=16)
def digest(data: bytes) -> bytes:
    """Give a file's sha256; most files go to many."""
    return hashlib.sha256(data).digest()


def _head(subject: str, stationery: Stationery, to: Address, token: str, when: datetime) -> bytes:
    """Write the headers in which messages differ. An address was checked to hold nothing that would need quoting."""
    domain = stationery.sender.domain if stationery.sender else NO_DOMAIN
    lines = f"Date: {format_datetime(when)}\r\nMessage-ID: <{token}@{domain}>\r\nTo: {to.spec}\r\n"
    return lines.encode() + _subject(subject)


@lru_cache(maxsize=256)
def _subject(text: str) -> bytes:
    folded: str = SMTP.header_factory("Subject", text).fold(policy=SMTP)
    return folded.encode("ascii")


@lru_cache(maxsize=64)
def _form(stationery: Stationery, locale: str, names: tuple[str, ...], international: bool) -> tuple[bytes, ...]:  # noqa: FBT001
    """Make the rest of a message, cut at the places of its text, its HTML and its files.

    Its boundaries are lines of many =, which neither quoted-printable nor base64 can hold.
    """
    mark = secrets.token_hex(16)
    message = EmailMessage(SMTPUTF8 if international else SMTP)
    if stationery.sender is not None:
        message["From"] = _shown(stationery.sender)
    else:
        message["X-Unsent"] = "1"  # Outlook opens such a file as a draft
    if stationery.reply_to is not None:
        message["Reply-To"] = _shown(stationery.reply_to)
    if stationery.unsubscribe:
        message["List-Unsubscribe"] = f"<{stationery.unsubscribe}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mark, cte="quoted-printable")
    message.add_alternative(mark, subtype="html", cte="quoted-printable")
    message.make_mixed()
    message["Content-Language"] = locale  # now, since what is set before would go to the first part
    for name in names:
        message.attach(_part(name, mark))
    return tuple(message.as_bytes().split(mark.encode()))


def _shown(address: Address) -> HeaderAddress:
    return HeaderAddress(address.name, address.local, address.domain)


def _part(name: str, mark: str) -> EmailMessage:
    part = EmailMessage(SMTP)
    part["Content-Type"] = "application/pdf"
    part.add_header("Content-Disposition", "attachment", filename=name)
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(mark)
    return part


def _quoted(text: str) -> bytes:
    """Write a text in quoted-printable (RFC 2045 6.7)."""
    lines = "\n".join(text.splitlines()).encode()
    return binascii.b2a_qp(lines, istext=True).replace(b"\n", b"\r\n")


@lru_cache(maxsize=16)
def _encoded(data: bytes) -> bytes:
    """Write a file in base64."""
    whole = binascii.b2a_base64(data, newline=False)
    return b"\r\n".join([whole[at : at + _LINE] for at in range(0, len(whole), _LINE)])
