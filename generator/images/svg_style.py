"""How an SVG element is painted: presentation attributes, simple style sheets, `style`, inheritance (SVG 1.1, 6).

In: an element and its parent's style. Out: `Paint` with every value resolved, or ValueError that names what is
not supported. Knows nothing of paths.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.images.geometry import NUMBER
from generator.plain import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.layout.pages import Colour

UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}
_LENGTH = re.compile(rf"({NUMBER.pattern})\s*([a-zA-Z]*)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\)[^()]*)*))?\)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"([a-zA-Z]+|\*)?(\.[\w-]+|#[\w-]+)?")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_PROPERTIES = frozenset({
    "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray",
    "stroke-dashoffset", "fill-rule", "color", "opacity", "fill-opacity", "stroke-opacity", "display", "visibility",
    "clip-path", "mask", "filter", "marker", "marker-start", "marker-mid", "marker-end", "mix-blend-mode",
})  # fmt: skip
_EFFECTS = ("mask", "filter", "marker", "marker-start", "marker-mid", "marker-end")
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "miter-clip": 0, "round": 1, "bevel": 2}

Rules = list[tuple[str, str, dict[str, str]]]
"""Of each style rule: tag or "", ".class" or "#id" or "", and its declarations."""


@dataclass(slots=True, eq=False, repr=False)
class Paint:
    """Resolved inherited properties; `fill` and `stroke` are the CSS text until `colour_of` reads them."""

    values: Mapping[str, str] = field(default_factory=dict)
    shown: bool = True

    def get(self, name: str, default: str) -> str:
        """Give a property's text."""
        return self.values.get(name, default)

    def index(self, name: str, default: str) -> int:
        """Give the number that PDF has for a line cap or join."""
        table = _CAPS if name == "stroke-linecap" else _JOINS
        value = self.values.get(name, default)
        if value not in table:
            raise ValueError(f"{name} is {value!r}; it can be {', '.join(table)}")
        return table[value]

    def length(self, name: str, default: float) -> float:
        """Give a length in the drawing's units."""
        return parse_length(self.values[name], name) if name in self.values else default

    def dash(self) -> tuple[float, ...]:
        """Give the dash lengths, none for a solid line."""
        text = self.values.get("stroke-dasharray", "none")
        if text == "none":
            return ()
        if self.length("stroke-dashoffset", 0.0):
            raise ValueError("stroke-dashoffset is not supported; convert the stroke to a path")
        lengths = tuple(parse_length(part, "stroke-dasharray") for part in re.split(r"[\s,]+", text.strip()))
        return lengths if any(lengths) else ()


def parse_length(text: str, name: str) -> float:
    """Read a length in user units (CSS pixels)."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None or found[2].lower() not in UNITS:
        raise ValueError(f"{name} is {text!r}; write a number, or one with px, pt, mm, cm or in")
    return float(found[1]) * UNITS[found[2].lower()]


def parse_sheet(text: str) -> Rules:
    """Read a style sheet of tag, class and id selectors."""
    rules: Rules = []
    text = _COMMENT.sub("", text)
    rest = _RULE.sub("", text).strip()
    if rest:
        raise ValueError(f"the style sheet has {rest[:40]!r}, which is not supported; use attributes instead")
    for selectors, body in _RULE.findall(text):
        for selector in selectors.split(","):
            found = _SELECTOR.fullmatch(selector.strip())
            if found is None or not found[0]:
                raise ValueError(f"the selector {selector.strip()!r} is not supported; use a tag, a class or an id")
            rules.append((found[1] or "", found[2] or "", dict(_declarations(body))))
    # More exact selectors win over plainer ones, whatever their order (CSS 2.1, 6.4.3).
    return sorted(rules, key=lambda rule: (rule[1][:1] == "#", bool(rule[1]), bool(rule[0].strip("*"))))


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip(), value.replace("!important", "").strip()


def inherit(tag: str, attributes: Mapping[str, str], parent: Paint, rules: Rules, variables: Mapping[str, str]) -> Paint:
    """Resolve an element's own declarations over its parent's values. Raises ValueError for see-through paint."""
    own = {name: value for name, value in attributes.items() if name in _PROPERTIES}
    classes = {"." + name for name in attributes.get("class", "").split()} | {"#" + attributes.get("id", ""), ""}
    for wanted, key, declared in rules:
        if wanted in ("", "*", tag) and key in classes:
            own.update(declared)
    own.update(_declarations(attributes.get("style", "")))
    own = {name: substitute(value.strip(), variables) for name, value in own.items() if name in _PROPERTIES}
    shown = parent.shown and own.pop("display", "") != "none" and not _clear(own.pop("opacity", "1"), "opacity")
    for name in _EFFECTS:
        if own.pop(name, "none") != "none":
            raise ValueError(f"{name} is not supported; flatten the drawing before it is exported")
    if own.pop("mix-blend-mode", "normal") != "normal":
        raise ValueError("mix-blend-mode is not supported; flatten the drawing before it is exported")
    for name in ("fill", "stroke"):
        if f"{name}-opacity" in own and _clear(own.pop(f"{name}-opacity"), f"{name}-opacity"):
            own[name] = "none"
    inherited = {name: value for name, value in own.items() if value != "inherit" and name != "clip-path"}
    return Paint({**parent.values, **inherited}, shown)


def substitute(text: str, variables: Mapping[str, str]) -> str:
    """Put in custom properties: `var(--name)` and `var(--name, fallback)`, fallbacks with var() included."""
    for _ in range(10):
        found = _VARIABLE.search(text)
        if found is None:
            return text
        value = variables.get(found[1], found[2])
        if value is None:
            raise ValueError(f"the custom property {found[1]} is not set and has no fallback")
        text = text[: found.start()] + value.strip() + text[found.end() :]
    raise ValueError(f"the custom properties in {text!r} refer to themselves")


def _clear(text: str, name: str) -> bool:
    """Tell whether an opacity hides all. Anything between clear and solid is an error."""
    value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    if 0 < value < 1:
        raise ValueError(f"{name} is {text}: see-through paint prints badly; use the solid colour that it looks like")
    return value <= 0


def colour_of(text: str, paint: Paint, variables: Mapping[str, str]) -> Colour | None:
    """Read a paint. `currentColor` is the nearest `color`, else the one of the text around the drawing."""
    from tinycss2.color3 import parse_color

    if text.lower() == "currentcolor":
        text = paint.get("color", variables.get("color", "black"))
        if text.lower() == "currentcolor":
            text = variables.get("color", "black")
    if text in ("none", "transparent"):
        return None
    if text.startswith("url("):
        raise ValueError(f"a gradient or pattern ({text}) is not supported; use a plain colour")
    value = parse_color(text)
    if value is None or isinstance(value, str):
        raise ValueError(f"{text!r} is not a colour; write #rrggbb, rgb(), hsl() or a CSS colour name")
    if value.alpha == 0:
        return None
    if value.alpha < 1:
        raise ValueError(f"{text} is see-through, which prints badly; use the solid colour that it looks like")
    return (value.red, value.green, value.blue)
