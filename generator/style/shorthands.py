"""Shorthands and logical properties, as they expand into the longhands of `properties.py`.

A shorthand takes tokens and gives {longhand: specified value}. Logical names (`margin-inline-start`) stay
logical here and are turned into sides by the cascade, which knows the element's direction (CSS Logical 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.style.properties import (
    BORDER_STYLES,
    CORNERS,
    PROPERTIES,
    SIDES,
    Property,
    border_width,
    decoration,
)
from generator.style.values import BadValue, Token, colour, ident, length

if TYPE_CHECKING:
    from collections.abc import Callable

Expansion = dict[str, Any]

LOGICAL_SIDES = {"block-start": "top", "block-end": "bottom", "inline-start": "left", "inline-end": "right"}
FLIPPED = {"left": "right", "right": "left"}


def _logical() -> dict[str, str]:
    table = {"inline-size": "width", "block-size": "height", "min-inline-size": "min-width"}
    table |= {"max-inline-size": "max-width", "min-block-size": "min-height", "max-block-size": "max-height"}
    for logical, side in LOGICAL_SIDES.items():
        table[f"inset-{logical}"] = side
        for prefix, suffix in (("margin", ""), ("padding", ""), ("border", "-width"), ("border", "-style"),
                               ("border", "-color")):  # fmt: skip
            table[f"{prefix}-{logical}{suffix}"] = f"{prefix}-{side}{suffix}"
    for block, side in (("start", "top"), ("end", "bottom")):
        for inline, edge in (("start", "left"), ("end", "right")):
            table[f"border-{block}-{inline}-radius"] = f"border-{side}-{edge}-radius"
    return table


LOGICAL = _logical()
"""Logical longhand to its physical one in left-to-right text."""


def physical(name: str, *, rtl: bool) -> str:
    """Give the side that a logical longhand means; physical names stay as they are."""
    side = LOGICAL.get(name)
    if side is None:
        return name
    if not rtl or name.endswith("-size"):
        return side
    return "-".join(FLIPPED.get(part, part) for part in side.split("-"))


def lookup(name: str) -> Property | None:
    """Find a longhand by its physical or logical name."""
    return PROPERTIES.get(LOGICAL.get(name, name))


def _four(tokens: list[Token]) -> tuple[Token, Token, Token, Token]:
    if not 1 <= len(tokens) <= 4:
        raise BadValue("one to four values")
    top = tokens[0]
    right = tokens[1] if len(tokens) > 1 else top
    bottom = tokens[2] if len(tokens) > 2 else top
    return top, right, bottom, (tokens[3] if len(tokens) > 3 else right)


def _box(pattern: str) -> Callable[[list[Token]], Expansion]:
    def expand(tokens: list[Token]) -> Expansion:
        names = [pattern.format(side) for side in SIDES]
        return {n: PROPERTIES[n].parse([t]) for n, t in zip(names, _four(tokens), strict=True)}

    return expand


def _pair(first: str, second: str) -> Callable[[list[Token]], Expansion]:
    def expand(tokens: list[Token]) -> Expansion:
        if len(tokens) not in (1, 2):
            raise BadValue("one or two values")
        a, b = _parser(first)([tokens[0]]), _parser(second)([tokens[-1]])
        return {first: a, second: b}

    return expand


def _parser(name: str) -> Callable[[list[Token]], Any]:
    found = lookup(name)
    if found is None:
        raise KeyError(name)
    return found.parse


def _border_parts(tokens: list[Token]) -> tuple[Any, Any, Any]:
    width: Any = 1.5
    style: Any = "none"
    paint: Any = "currentcolor"
    for token in tokens:
        if ident(token) in BORDER_STYLES:
            style = ident(token)
        else:
            try:
                width = border_width(token)
            except BadValue:
                try:
                    paint = colour(token)
                except BadValue as exc:
                    raise BadValue("a width, a style and a colour, such as 0.75pt solid #6a1f4b") from exc
    return width, style, paint


def _border(*sides: str) -> Callable[[list[Token]], Expansion]:
    def expand(tokens: list[Token]) -> Expansion:
        width, style, paint = _border_parts(tokens)
        out: Expansion = {}
        for side in sides:
            out |= {f"border-{side}-width": width, f"border-{side}-style": style, f"border-{side}-color": paint}
        return out

    return expand


def _radius(tokens: list[Token]) -> Expansion:
    values = [length(t, negative=False, percent=True) for t in _four(tokens)]
    return {f"border-{c}-radius": v for c, v in zip(CORNERS, values, strict=True)}


def _background(tokens: list[Token]) -> Expansion:
    if len(tokens) == 1 and ident(tokens[0]) == "none":
        return {"background-color": None}
    if len(tokens) != 1:
        raise BadValue("one colour, or none")
    return {"background-color": colour(tokens[0])}


def _decoration(tokens: list[Token]) -> Expansion:
    return {"text-decoration-line": decoration(tokens)}


def _list_style(tokens: list[Token]) -> Expansion:
    return {"list-style-type": PROPERTIES["list-style-type"].parse(tokens)}


def _columns(tokens: list[Token]) -> Expansion:
    return {"column-count": PROPERTIES["column-count"].parse(tokens)}


def _shorthands() -> dict[str, Callable[[list[Token]], Expansion]]:
    table: dict[str, Callable[[list[Token]], Expansion]] = {
        "margin": _box("margin-{}"),
        "padding": _box("padding-{}"),
        "inset": _box("{}"),
        "border": _border(*SIDES),
        "border-width": _box("border-{}-width"),
        "border-style": _box("border-{}-style"),
        "border-color": _box("border-{}-color"),
        "border-radius": _radius,
        "background": _background,
        "text-decoration": _decoration,
        "list-style": _list_style,
        "columns": _columns,
        "inset-inline": _pair("inset-inline-start", "inset-inline-end"),
        "inset-block": _pair("inset-block-start", "inset-block-end"),
        "border-inline": _border("inline-start", "inline-end"),
        "border-block": _border("block-start", "block-end"),
    }
    for side in (*SIDES, *LOGICAL_SIDES):
        table[f"border-{side}"] = _border(side)
    for kind in ("margin", "padding"):
        for axis in ("inline", "block"):
            table[f"{kind}-{axis}"] = _pair(f"{kind}-{axis}-start", f"{kind}-{axis}-end")
    return table


SHORTHANDS = _shorthands()
ALIASES = {"page-break-before": "break-before", "page-break-after": "break-after",
           "page-break-inside": "break-inside", "word-wrap": "overflow-wrap"}  # fmt: skip


def known_names() -> list[str]:
    """List every property name a stylesheet may use, for "did you mean"."""
    return sorted({*PROPERTIES, *LOGICAL, *SHORTHANDS, *ALIASES})
