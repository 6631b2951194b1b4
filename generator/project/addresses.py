"""An e-mail address as somebody typed it: text in, a checked `Address` out, or a ValueError with a reason.

A reason never repeats the address, since it goes into errors and an address is a client's. Knows no mail.
"""

from __future__ import annotations

import re
import unicodedata

from generator.plain import NamedTuple

_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+")  # RFC 5322 3.2.3, widened by RFC 6532 3.2
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_NAMED = re.compile(r"([^<>]*)<([^<>]*)>")
_LOCAL_OCTETS = 64  # RFC 5321 4.5.3.1.1
_WHOLE_OCTETS = 254  # RFC 5321 4.5.3.1.3, less the angle brackets


class Address(NamedTuple):
    """A mailbox. `domain` is ASCII (international names as A-labels); `name` is shown beside it, or "" for none."""

    local: str
    domain: str
    name: str = ""

    @property
    def spec(self) -> str:
        """Give local@domain."""
        return f"{self.local}@{self.domain}"

    @property
    def international(self) -> bool:
        """Tell whether only a server with SMTPUTF8 (RFC 6531) takes it."""
        return not self.local.isascii()


def mailbox(text: str) -> Address:
    """Check `Name <local@domain>` or a bare address."""
    named = _NAMED.fullmatch(text.strip(" "))
    if named is None:
        return address(text)
    name = named[1].strip(' "')
    if not _visible(name) or "=?" in name:
        raise ValueError("its name holds a line end, a control or an invisible character")
    return address(named[2])._replace(name=name)


def address(text: str) -> Address:
    """Check a bare address: one @, a dot-atom before it, a domain of two labels or more behind it."""
    text = unicodedata.normalize("NFC", text.strip(" "))
    if not text:
        raise ValueError("it is empty")
    if not _visible(text):
        raise ValueError("it holds a line end, a control or an invisible character")
    if text.count("@") != 1:
        raise ValueError("it has no @" if "@" not in text else "it has more than one @")
    local, _, domain = text.partition("@")
    if "=?" in local or not all(_ATOM.fullmatch(part) for part in local.split(".")):  # "=?" would begin an encoded word (RFC 2047)
        raise ValueError("what stands before the @ is not a mailbox name")
    found = Address(local, _domain(domain))
    if len(local.encode()) > _LOCAL_OCTETS or len(found.spec.encode()) > _WHOLE_OCTETS:
        raise ValueError("it is too long")
    return found


def _visible(text: str) -> bool:
    """Tell whether no character is a control, a format mark, a line or paragraph separator, or unassigned."""
    return not any(unicodedata.category(c)[0] == "C" or unicodedata.category(c) in {"Zl", "Zp"} for c in text)


def _domain(text: str) -> str:
    domain = text if text.isascii() else _a_labels(text)
    labels = domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        raise ValueError("what stands behind the @ is not a domain")
    return domain.lower()


def _a_labels(text: str) -> str:
    """Write an international domain in ASCII by IDNA 2008; the codec of Python's own would turn ß into another domain's ss."""
    import idna

    try:
        return idna.encode(text, uts46=True).decode()
    except idna.IDNAError as exc:
        raise ValueError("what stands behind the @ is not a domain") from exc
