"""The smallest parts of the PDF language (ISO 32000-1 7.3): numbers, strings, names, references as bytes.

In: Python values. Out: bytes to join. Knows no objects and no document.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.layout.pages import Colour

_REGULAR = frozenset(b"!\"$&'*+,-.0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ\\^_`abcdefghijklmnopqrstuvwxyz|~")


@lru_cache(maxsize=4096)
def number(value: float) -> bytes:
    """Write a number with at most two decimals and never an exponent."""
    return b"%.7g" % (round(value * 100) / 100)


def numbers(values: Iterable[float]) -> bytes:
    """Write numbers with spaces between them."""
    return b" ".join(map(number, values))


def coordinate(value: float) -> bytes:
    """Write a number of a drawing, whose unit may be far larger than a point: six digits, four decimals at most."""
    return b"%d" % value if abs(value) >= 99999 else b"%.6g" % (round(value * 10000) / 10000)


def fine(value: float) -> bytes:
    """Write a number with at most five decimals, for the scales of a matrix."""
    text = b"%.5f" % value
    text = text.rstrip(b"0").rstrip(b".")
    return b"0" if text in (b"-0", b"") else text


@lru_cache(maxsize=256)
def colour(value: Colour) -> bytes:
    """Write the operands and the fill operator of an sRGB colour; greys take the shorter operator.

    The stroking operators are the same letters in upper case (ISO 32000-1 table 74).
    """
    red, green, blue = (round(min(max(part, 0.0), 1.0), 3) for part in value)
    if red == green == blue:
        return b"%g g" % red
    return b"%g %g %g rg" % (red, green, blue)


def literal(raw: bytes) -> bytes:
    """Write a literal string. A bare carriage return would be read as a line feed (ISO 32000-1 7.3.4.2)."""
    raw = raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
    return b"(" + raw + b")"


def text_string(text: str) -> bytes:
    """Write a text string: ASCII as it is, anything else in UTF-16 with its mark (ISO 32000-1 7.9.2.2)."""
    if text.isascii():
        return literal(text.encode("ascii"))
    return literal(b"\xfe\xff" + text.encode("utf-16-be"))


@lru_cache(maxsize=1024)
def name(text: str) -> bytes:
    """Write a name; bytes outside the regular characters become `#xx` (ISO 32000-1 7.3.5)."""
    return b"/" + b"".join(bytes((b,)) if b in _REGULAR else b"#%02X" % b for b in text.encode("utf-8"))


def ref(object_number: int) -> bytes:
    """Write an indirect reference."""
    return b"%d 0 R" % object_number
