"""The longhand properties of the CSS subset: how each is parsed, where it starts, whether it is inherited.

One table, `PROPERTIES`; `shorthands.py` expands into it. Parsers take tokens without white space and raise
`BadValue`. Knows nothing of selectors, elements or pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.plain import NamedTuple
from generator.style.values import (
    BadValue,
    Percent,
    Token,
    colour,
    ident,
    integer,
    keyword,
    length,
    number,
    one,
    string,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Parser = "Callable[[list[Token]], Any]"


class Property(NamedTuple):
    """A longhand property."""

    parse: Callable[[list[Token]], Any]
    initial: Any
    inherited: bool = False


SIDES = ("top", "right", "bottom", "left")
CORNERS = ("top-left", "top-right", "bottom-right", "bottom-left")
BORDER_STYLES = ("none", "solid", "dashed", "dotted", "double")
BORDER_WIDTHS = {"thin": 0.5, "medium": 1.5, "thick": 3.0}
BREAKS = ("auto", "avoid", "page", "always", "avoid-page", "column")
DISPLAYS = (
    "block", "inline", "inline-block", "list-item", "none", "table", "table-row", "table-row-group",
    "table-header-group", "table-footer-group", "table-cell", "table-caption", "table-column", "table-column-group",
)  # fmt: skip
LIST_TYPES = (
    "none", "disc", "circle", "square", "decimal", "decimal-leading-zero", "lower-alpha", "upper-alpha",
    "lower-latin", "upper-latin", "lower-roman", "upper-roman",
)  # fmt: skip
FONT_SIZES = {"smaller": 1 / 1.2, "larger": 1.2}
WEIGHTS = {"normal": 400, "bold": 700}


def _words(*allowed: str) -> Callable[[list[Token]], Any]:
    return lambda tokens: keyword(tokens, allowed)


def _size(*words: str, percent: bool = True, negative: bool = False) -> Callable[[list[Token]], Any]:
    return lambda tokens: length(one(tokens), percent=percent, negative=negative, words=words)


def _colour(tokens: list[Token]) -> Any:
    return colour(one(tokens))


def _text_colour(tokens: list[Token]) -> Any:
    """Take a colour that can be read."""
    found = colour(one(tokens))
    if found is None:
        raise BadValue("a colour that can be seen; display: none hides text")
    return found


def border_width(token: Token) -> Any:
    """Take a border's width (CSS Backgrounds 3, 4.3)."""
    word = ident(token)
    return BORDER_WIDTHS[word] if word in BORDER_WIDTHS else length(token, negative=False)


def line_height(tokens: list[Token]) -> Any:
    """Take leading: a bare number stays a one-element tuple, so that it is inherited as a factor."""
    token = one(tokens)
    if ident(token) == "normal":
        return (1.2,)
    if token.type == "number":  # type: ignore[attr-defined]
        return (number(token, low=0),)
    return length(token, negative=False, percent=True)


def font_size(tokens: list[Token]) -> Any:
    """Take a font size; `smaller` and `larger` are shares of the parent's."""
    word = ident(one(tokens))
    return Percent(FONT_SIZES[word]) if word in FONT_SIZES else length(tokens[0], negative=False, percent=True)


def font_weight(tokens: list[Token]) -> int:
    """Take a weight from 1 to 1000."""
    word = ident(one(tokens))
    if word in WEIGHTS:
        return WEIGHTS[word]
    weight = integer(tokens[0], low=1)
    if weight > 1000:
        raise BadValue("a weight from 1 to 1000, normal or bold")
    return weight


def font_family(tokens: list[Token]) -> tuple[str, ...]:
    """Take a comma-separated list of families."""
    families = []
    for part in split_commas(tokens):
        if len(part) == 1 and part[0].type == "string":  # type: ignore[attr-defined]
            families.append(string(part[0]))
        elif part and all(t.type == "ident" for t in part):  # type: ignore[attr-defined]
            families.append(" ".join(str(t.value) for t in part))  # type: ignore[attr-defined]
        else:
            raise BadValue('family names separated by commas, such as "Source Sans 3", Lexend')
    return tuple(families)


def split_commas(tokens: Sequence[Token]) -> list[list[Token]]:
    """Split at top-level commas."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":  # type: ignore[attr-defined]
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def features(tokens: list[Token]) -> tuple[str, ...]:
    """Take font-feature-settings: "tnum", "zero" 0 become tnum and -zero."""
    if ident(tokens[0]) == "normal":
        return ()
    out = []
    for part in split_commas(tokens):
        tag = string(part[0])
        off = len(part) > 1 and (ident(part[1]) == "off" or getattr(part[1], "value", 1) == 0)
        out.append(f"-{tag}" if off else tag)
    return tuple(out)


def decoration(tokens: list[Token]) -> tuple[str, ...]:
    """Take text-decoration lines."""
    words = tuple(ident(t) for t in tokens)
    if words == ("none",):
        return ()
    if not words or any(w not in ("underline", "line-through") for w in words):
        raise BadValue("none, underline, line-through")
    return words


def content(tokens: list[Token]) -> Any:
    """Take the content of a pseudo-element or margin box as a tuple of (kind, argument...) parts."""
    if len(tokens) == 1 and ident(tokens[0]) in ("none", "normal"):
        return None
    parts: list[tuple[str, ...]] = []
    for i, token in enumerate(tokens):
        kind = token.type  # type: ignore[attr-defined]
        if kind == "literal" and token.value == "/":  # type: ignore[attr-defined]
            parts.append(("alt", string(one(tokens[i + 1 :]))))
            break
        parts.append(_content_part(token, kind))
    return tuple(parts)


def _content_part(token: Any, kind: str) -> tuple[str, ...]:
    if kind == "string":
        return ("string", token.value)
    if kind == "url":
        return ("url", token.value)
    if kind == "ident" and token.lower_value in ("open-quote", "close-quote"):
        return (token.lower_value,)
    if kind == "function":
        words = tuple(_argument(t) for part in split_commas(token.arguments) for t in part if t.type != "whitespace")  # type: ignore[attr-defined]
        if token.lower_name in ("counter", "counters", "attr", "string", "element", "target-counter", "url", "leader"):
            return (token.lower_name, *words)
    raise BadValue("strings, counter(), attr(), target-counter(), element(), url(), open-quote")


def _argument(token: Any) -> str:
    if token.type == "function" and token.lower_name == "attr":
        return "attr:" + "".join(str(t.value) for t in token.arguments if t.type == "ident")
    return str(getattr(token, "value", ""))


def counters(default: int) -> Callable[[list[Token]], tuple[tuple[str, int], ...]]:
    """Take counter-reset or counter-increment: names, each with an optional number."""

    def parse(tokens: list[Token]) -> tuple[tuple[str, int], ...]:
        out: list[tuple[str, int]] = []
        for token in tokens:
            if token.type == "number" and out:  # type: ignore[attr-defined]
                out[-1] = (out[-1][0], int(token.int_value))  # type: ignore[attr-defined]
            elif ident(token) and ident(token) != "none":
                out.append((str(token.value), default))  # type: ignore[attr-defined]
            elif ident(token) != "none":
                raise BadValue("counter names, each with an optional number")
        return tuple(out)

    return parse


def position(tokens: list[Token]) -> Any:
    """Take position; running(name) moves the element to margin boxes (CSS GCPM 3, 1.2)."""
    token: Any = one(tokens)
    if token.type == "function" and token.lower_name == "running":
        return ("running", "".join(str(t.value) for t in token.arguments if t.type == "ident"))
    return keyword(tokens, ("static", "relative", "absolute"))


def vertical_align(tokens: list[Token]) -> Any:
    """Take vertical-align."""
    return length(one(tokens), words=("baseline", "super", "sub", "middle", "top", "bottom"), percent=True)


MOST_LINES = 500


def writing_lines(tokens: list[Token]) -> tuple[int, int]:
    """Take -handouts-lines: the fewest and the most ruled lines to write on."""
    if not tokens or ident(tokens[0]) == "none":
        return (0, 0)
    low = integer(tokens[0], low=1)
    high = integer(tokens[1], low=low) if len(tokens) > 1 else low
    if high > MOST_LINES:
        raise BadValue(f"at most {MOST_LINES} lines")
    return (low, high)


def string_set(tokens: list[Token]) -> tuple[str, ...]:
    """Take string-set: name and content(), or none."""
    if ident(tokens[0]) == "none":
        return ()
    return (str(tokens[0].value),)  # type: ignore[attr-defined]


def name(tokens: list[Token]) -> str:
    """Take a name of the author's own."""
    word = one(tokens)
    if word.type != "ident":  # type: ignore[attr-defined]
        raise BadValue("a name")
    return "" if ident(word) == "auto" else str(word.value)  # type: ignore[attr-defined]


def bookmark_level(tokens: list[Token]) -> int:
    """Take bookmark-level: a level from 1, or none (0)."""
    return 0 if ident(one(tokens)) == "none" else integer(tokens[0], low=1)


def _bookmark_label(tokens: list[Token]) -> str:
    """Take bookmark-label: the element's own text (CSS GCPM 3, 4.2), or the page that it stands on."""
    token: Any = one(tokens)
    if token.type == "function" and token.lower_name == "content" and not token.arguments:
        return "text"
    if token.type == "function" and token.lower_name == "counter" and ident(one(token.arguments)) == "page":
        return "page"
    raise BadValue("content() or counter(page)")


def _filter(tokens: list[Token]) -> str:
    """Take filter: none, or grayscale(1), which holds for all that is inside too (Filter Effects 1, 6)."""
    token: Any = one(tokens)
    if token.type == "function" and token.lower_name == "grayscale" and number(one(token.arguments)) == 1:
        return "grayscale"
    if ident(token) == "none":
        return ""
    raise BadValue("none or grayscale(1)")


def _transform(tokens: list[Token]) -> Any:
    token: Any = one(tokens)
    if ident(token) == "none":
        return ""
    if token.type == "function" and token.lower_name == "scalex":
        return "mirror" if number(one(token.arguments)) == -1 else ""
    raise BadValue("none or scaleX(-1)")


_PLAIN: dict[str, Property] = {
    "display": Property(_words(*DISPLAYS), "inline"),
    "position": Property(position, "static"),
    "overflow": Property(_words("visible", "hidden"), "visible"),
    "visibility": Property(_words("visible", "hidden"), "visible", inherited=True),
    "transform": Property(_transform, ""),
    "width": Property(_size("auto"), "auto"),
    "height": Property(_size("auto"), "auto"),
    "min-width": Property(_size(), 0.0),
    "max-width": Property(_size("none"), "none"),
    "min-height": Property(_size(), 0.0),
    "max-height": Property(_size("none"), "none"),
    "box-sizing": Property(_words("content-box", "border-box"), "content-box"),
    "background-color": Property(_colour, None),
    "color": Property(_text_colour, (0.0, 0.0, 0.0), inherited=True),
    "font-family": Property(font_family, ("Noto Sans",), inherited=True),
    "font-size": Property(font_size, 12.0, inherited=True),
    "font-weight": Property(font_weight, 400, inherited=True),
    "font-style": Property(_words("normal", "italic"), "normal", inherited=True),
    "font-feature-settings": Property(features, (), inherited=True),
    "line-height": Property(line_height, (1.2,), inherited=True),
    "letter-spacing": Property(_size("normal", percent=False, negative=True), "normal", inherited=True),
    "text-align": Property(_words("start", "end", "left", "right", "center", "justify"), "start", inherited=True),
    "text-indent": Property(_size(negative=True), 0.0, inherited=True),
    "text-wrap": Property(_words("wrap", "nowrap", "pretty", "balance"), "pretty", inherited=True),
    "text-decoration-line": Property(decoration, ()),
    "vertical-align": Property(vertical_align, "baseline"),
    "align-content": Property(_words("start", "end"), "start"),
    "white-space": Property(_words("normal", "nowrap", "pre", "pre-wrap"), "normal", inherited=True),
    "hyphens": Property(_words("none", "manual", "auto"), "manual", inherited=True),
    "overflow-wrap": Property(_words("normal", "anywhere"), "normal", inherited=True),
    "orphans": Property(lambda t: integer(one(t), low=1), 2, inherited=True),
    "widows": Property(lambda t: integer(one(t), low=1), 2, inherited=True),
    "break-before": Property(_words(*BREAKS), "auto"),
    "break-after": Property(_words(*BREAKS), "auto"),
    "break-inside": Property(_words("auto", "avoid", "avoid-page"), "auto"),
    "page": Property(name, ""),
    "column-count": Property(lambda t: 1 if ident(one(t)) == "auto" else integer(t[0], low=1), 1),
    "column-gap": Property(_size("normal"), "normal"),
    "list-style-type": Property(_words(*LIST_TYPES), "disc", inherited=True),
    "content": Property(content, None),
    "counter-reset": Property(counters(0), ()),
    "counter-increment": Property(counters(1), ()),
    "string-set": Property(string_set, ()),
    "bookmark-level": Property(bookmark_level, 0),
    "bookmark-label": Property(_bookmark_label, "text"),
    "filter": Property(_filter, "", inherited=True),
    "fill": Property(_colour, (0.0, 0.0, 0.0), inherited=True),
    "stroke": Property(_colour, None, inherited=True),
    "-handouts-beside": Property(_words("no", "yes"), "no"),
    "-handouts-leading-floor": Property(lambda t: number(one(t), low=0), 0.0, inherited=True),
    "-handouts-lines": Property(writing_lines, (0, 0)),
    "-handouts-optional": Property(_words("no", "yes", "told"), "no"),
}


def _sided() -> dict[str, Property]:
    """Give the properties that each side or corner has."""
    table: dict[str, Property] = {}
    for side in SIDES:
        table[side] = Property(_size("auto", negative=True), "auto")
        table[f"margin-{side}"] = Property(_size("auto", negative=True), 0.0)
        table[f"padding-{side}"] = Property(_size(), 0.0)
        table[f"border-{side}-width"] = Property(lambda t: border_width(one(t)), 1.5)
        table[f"border-{side}-style"] = Property(_words(*BORDER_STYLES), "none")
        table[f"border-{side}-color"] = Property(_colour, "currentcolor")
    for corner in CORNERS:
        table[f"border-{corner}-radius"] = Property(_size(), 0.0)
    return table


PROPERTIES = _PLAIN | _sided()
INHERITED = frozenset(n for n, p in PROPERTIES.items() if p.inherited)
SLOTS = {n: n.lstrip("-").replace("-", "_") for n in PROPERTIES}
"""Property name to the attribute that holds it on a computed style."""
