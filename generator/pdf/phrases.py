"""Objects in whose strings marks of fields stand: taken apart once, and put together with each client's words.

In: the bytes of an object. Out: its parts, and the bytes with the words in. Reads only what syntax.py writes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator import fields
from generator.pdf.syntax import text_string

if TYPE_CHECKING:
    from collections.abc import Sequence

_STRING = re.compile(rb"\((\xfe\xff(?:[^\\()]|\\.)*)\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_ADDRESS = re.compile(fields.ENCODED.pattern.encode())

Phrase = list[bytes | str | int]
"""Bytes as they are; a text with marks; the column of a field in an address."""


def phrased(body: bytes) -> Phrase | None:
    """Take an object apart; None where no field stands in it."""
    out: Phrase = []
    at = 0
    for match in sorted((*_STRING.finditer(body), *_ADDRESS.finditer(body)), key=lambda m: m.start()):
        part = _column(match) if match.re is _ADDRESS else _text(match)
        if isinstance(part, str) and fields.OPEN not in part:
            continue
        out += (body[at : match.start()], part)
        at = match.end()
    return [*out, body[at:]] if out else None


def said(phrase: Phrase, values: Sequence[str]) -> bytes:
    """Put an object together for a client."""
    return b"".join([_said(part, values) for part in phrase])


def _said(part: bytes | str | int, values: Sequence[str]) -> bytes:
    if isinstance(part, bytes):
        return part
    return quote(values[part], safe="").encode() if isinstance(part, int) else text_string(fields.line(part, values))


def _text(match: re.Match[bytes]) -> str:
    raw = _ESCAPED.sub(lambda m: b"\r" if m[1] == b"r" else m[1], match[1])
    return raw[2:].decode("utf-16-be")


def _column(match: re.Match[bytes]) -> int:
    return int("".join(code[-1] for code in match[1].decode().split("%EE%83")[1:]))
