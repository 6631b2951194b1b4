"""CSS component values: tokens in, lengths, colours and keywords out.

Absolute lengths become points at once (CSS Values 3: 1in = 72pt = 96px); font-relative ones stay `Length`
until the cascade knows the font size. A value that does not parse raises `BadValue`, whose message says
what would be right. Knows nothing of properties or elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Token = object
Colour = tuple[float, float, float]

POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6, "pc": 12.0}
RELATIVE = ("em", "rem", "lh")


class BadValue(ValueError):
    """A value outside the subset; the text says what is accepted."""


class Length(NamedTuple):
    """A length relative to a font: `unit` is em, rem or lh."""

    value: float
    unit: str


class Percent(NamedTuple):
    """A share of a base that layout knows; 1.0 is the whole."""

    share: float


Size = float | Length | Percent | str


def tokens_of(nodes: Sequence[Token]) -> list[Token]:
    """Drop white space and comments."""
    return [n for n in nodes if n.type not in ("whitespace", "comment")]  # type: ignore[attr-defined]


def one(tokens: Sequence[Token]) -> Token:
    """Insist on a single token."""
    if len(tokens) != 1:
        raise BadValue("one value is expected")
    return tokens[0]


def ident(token: Token) -> str:
    """Give an identifier in lower case, or "" for anything else."""
    return str(token.lower_value) if token.type == "ident" else ""  # type: ignore[attr-defined]


def keyword(tokens: Sequence[Token], allowed: Sequence[str]) -> str:
    """Take one identifier out of `allowed`."""
    word = ident(one(tokens))
    if word not in allowed:
        raise BadValue("one of: " + ", ".join(allowed))
    return word


def length(token: Token, *, negative: bool = True, percent: bool = False, words: Sequence[str] = ()) -> Size:
    """Take a length, optionally a percentage or one of `words`."""
    kind = token.type  # type: ignore[attr-defined]
    if kind == "dimension":
        size = _dimension(token.value, token.lower_unit)  # type: ignore[attr-defined]
    elif kind == "number" and token.value == 0:  # type: ignore[attr-defined]
        size = 0.0
    elif kind == "percentage" and percent:
        size = Percent(token.value / 100)  # type: ignore[attr-defined]
    elif ident(token) in words and words:
        return ident(token)
    else:
        more = (", a percentage" if percent else "") + "".join(f", {w}" for w in words)
        raise BadValue(f"a length such as 12pt, 1.5em or 5mm{more}")
    if not negative and number_of(size) < 0:
        raise BadValue("a length that is not negative")
    return size


def number_of(size: Size) -> float:
    """Give the bare number, whatever the unit."""
    return float(size[0]) if isinstance(size, tuple) else float(size)


def _dimension(value: float, unit: str) -> Size:
    if unit in POINTS:
        return value * POINTS[unit]
    if unit in RELATIVE:
        return Length(value, unit)
    raise BadValue(f"a unit out of: {', '.join([*POINTS, *RELATIVE])}")


def number(token: Token, *, low: float = float("-inf")) -> float:
    """Take a plain number not under `low`."""
    if token.type != "number" or token.value < low:  # type: ignore[attr-defined]
        raise BadValue("a number" + (f" of {low:g} or more" if low > float("-inf") else ""))
    return float(token.value)  # type: ignore[attr-defined]


def integer(token: Token, *, low: int = 0) -> int:
    """Take a whole number not under `low`."""
    if token.type != "number" or not token.is_integer or token.int_value < low:  # type: ignore[attr-defined]
        raise BadValue(f"a whole number of {low} or more")
    return int(token.int_value)  # type: ignore[attr-defined]


def string(token: Token) -> str:
    """Take a quoted string."""
    if token.type != "string":  # type: ignore[attr-defined]
        raise BadValue("a quoted string")
    return str(token.value)  # type: ignore[attr-defined]


def colour(token: Token) -> Colour | str | None:
    """Take an opaque colour; "currentcolor" stays a word and transparent becomes None."""
    from tinycss2.color3 import parse_color

    rgba = parse_color(token)
    if rgba is None:
        raise BadValue("a colour such as #6a1f4b, rgb(106, 31, 75) or transparent")
    if rgba == "currentColor":
        return "currentcolor"
    if rgba.alpha == 0:
        return None
    if rgba.alpha < 1:
        raise BadValue("an opaque colour; mix it with its ground, so that it prints the same everywhere")
    return (rgba.red, rgba.green, rgba.blue)


def grey(colour: Colour) -> Colour:
    """Take the colour out of a colour (Filter Effects 1, 6.1: grayscale(1))."""
    light = round(0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2], 6)
    return light, light, light
