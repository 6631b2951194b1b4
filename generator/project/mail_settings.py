"""The block `mail:` of content/project.yml: fields in, `MailSettings` out, every mistake an error at its line.

Knows the words of the settings, and nothing of how mail is sent. No password is ever read from a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.errors import ProjectError
from generator.project.addresses import mailbox
from generator.project.records import MailSettings

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project.addresses import Address
    from generator.project.fields import Fields

FIELDS = ("from", "reply_to", "server", "unsubscribe", "connections", "rate", "retry_after", "timeout", "answer_timeout",
          "again_after", "plain_hosts", "ca")  # fmt: skip
MOST_CONNECTIONS = 20


def read_mail(fields: Fields, root: Path) -> MailSettings:
    """Read the block. `root` is the project's folder, where `ca` is looked for."""
    plain = MailSettings()
    return MailSettings(
        server=_server(fields),
        senders=_senders(fields),
        reply_to=_mailbox(fields, "reply_to") if "reply_to" in fields else None,
        unsubscribe=_unsubscribe(fields),
        connections=int(_number(fields, "connections", plain.connections, 1, MOST_CONNECTIONS)),
        rate=_number(fields, "rate", plain.rate, 0),
        retry_after=_pauses(fields) or plain.retry_after,
        timeout=_number(fields, "timeout", plain.timeout, 0.1),
        answer_timeout=_number(fields, "answer_timeout", plain.answer_timeout, 0.1),
        again_after=_number(fields, "again_after", plain.again_after, 0),
        plain_hosts=tuple(host.lower() for host in fields.texts("plain_hosts")),
        ca=_certificates(fields, root),
    )


def _server(fields: Fields) -> str:
    url = fields.text("server", "")
    if url and urlsplit(url).password is not None:
        place = fields.position("server")._replace(text="")  # the line would show the password
        raise ProjectError("a password stands in the server's address", place,
                           "take it out; it belongs into HANDOUTS_SMTP_PASSWORD or the system's keyring")  # fmt: skip
    return url


def _senders(fields: Fields) -> dict[str, Address]:
    """Read `from`: one mailbox for all brands (under ""), or one for each."""
    if fields.kind("from") != "mapping":
        return {"": _mailbox(fields, "from")} if "from" in fields else {}
    brands = fields.child("from", None)
    return {brand: _mailbox(brands, brand) for brand in brands} if brands is not None else {}


def _mailbox(fields: Fields, name: str) -> Address:
    try:
        return mailbox(fields.text(name))
    except ValueError as exc:
        raise fields.fail(f'"{name}" is not an e-mail address: {exc}', name, "write it as: Name <name@example.org>") from exc


def _unsubscribe(fields: Fields) -> str:
    link = fields.text("unsubscribe", "")
    if link and (not link.startswith(("https://", "mailto:")) or not link.isascii() or set(link) & set(" <>,")):
        raise fields.fail("this is no link to unsubscribe with", "unsubscribe", "write https://… or mailto:…")
    return link


def _number(fields: Fields, name: str, default: float, least: float, most: float = float("inf")) -> float:
    value = fields.number(name, float, default)
    if not least <= value <= most:
        raise fields.fail(f'"{name}" is out of range', name, f"at least {least:g}" + (f", at most {most:g}" if most < 1e9 else ""))
    return value


def _pauses(fields: Fields) -> tuple[float, ...]:
    try:
        pauses = tuple(float(text) for text in fields.text("retry_after", "").split())
    except ValueError:
        pauses = (-1.0,)
    if any(not 0 <= pause < float("inf") for pause in pauses):
        raise fields.fail('"retry_after" must be seconds with spaces between them', "retry_after", "such as: 2 15 60 300")
    return pauses


def _certificates(fields: Fields, root: Path) -> Path | None:
    if "ca" not in fields:
        return None
    path = root / fields.text("ca")
    if not path.is_file():
        raise fields.fail("there is no such file of certificates", "ca", "name a .pem file, relative to the project's folder")
    return path
