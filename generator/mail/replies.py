"""What a server said, made fit to keep: a code and a text in, a `Reply` out in which nobody is named."""

from __future__ import annotations

import re

from generator.plain import NamedTuple

_ADDRESS = re.compile(r"[^\s<>\"'(),;:=]+@[^\s<>\"'(),;:=]+")
_LONGEST = 200


class Reply(NamedTuple):
    """A server's answer: the code of RFC 5321 4.2 and its words."""

    code: int
    text: str

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


def reply(code: int, raw: bytes, *names: str) -> Reply:
    """Make a reply; `names` (the address, its parts) and everything that looks like an address are taken out."""
    text = " ".join(raw.decode("utf-8", "replace").split())
    text = _ADDRESS.sub("[address]", text)
    for name in sorted(filter(None, names), key=len, reverse=True):
        if name.casefold() in text.casefold():
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[address]", text, flags=re.IGNORECASE)
    shown = "".join(c if c.isprintable() else " " for c in text)
    return Reply(code, shown[:_LONGEST])
