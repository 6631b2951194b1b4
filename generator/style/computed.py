"""The computed style: what layout reads. One attribute for every longhand, lengths in points.

Percentages stay `Percent` (layout knows the base); "auto", "none" and "normal" stay words. `ppem` is the
font size. Created by the cascade only; styles are shared between like elements and never changed.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from generator.style.properties import CORNERS, INHERITED, PROPERTIES, SIDES, SLOTS
from generator.style.values import Length, Percent, Size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.style.values import Colour


class Style:
    """Computed values by attribute name (`margin_top`, `font_size`, `_handouts_lines` as `handouts_lines`)."""

    __slots__ = (*SLOTS.values(), "before", "customs", "lang", "leading", "marker", "rtl", "after", "borders",
                 "border_colours", "border_styles", "radii", "margins", "paddings", "decorated", "plain")  # fmt: skip

    if TYPE_CHECKING:
        before: Style | None
        after: Style | None
        marker: Style | None
        customs: Mapping[str, Any]
        rtl: bool
        leading: float
        borders: tuple[float, float, float, float]
        border_colours: tuple[Colour, Colour, Colour, Colour]
        border_styles: tuple[str, str, str, str]
        radii: tuple[Any, Any, Any, Any]
        margins: tuple[Any, Any, Any, Any]
        paddings: tuple[Any, Any, Any, Any]
        decorated: bool
        plain: Style | None  # what an anonymous box inside inherits, made when first asked for

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, values: Mapping[str, Any], customs: Mapping[str, Any], *, rtl: bool) -> None:
        """Take computed values by property name."""
        for name, slot in SLOTS.items():
            setattr(self, slot, values[name])
        self.customs = customs
        self.rtl = rtl
        self.before = self.after = self.marker = self.plain = None
        self._gather()

    def _gather(self) -> None:
        """Group the four sides, which layout always reads together: top, right, bottom, left."""
        side = [tuple(getattr(self, f"border_{s}_{k}") for s in SIDES) for k in ("width", "style", "color")]
        top, right, bottom, left = (w if s != "none" else 0.0 for w, s in zip(side[0], side[1], strict=True))
        self.borders = (top, right, bottom, left)
        self.border_styles = side[1]
        self.border_colours = tuple(self.color if c == "currentcolor" else c or self.color for c in side[2])
        self.radii = tuple(getattr(self, f"border_{c.replace('-', '_')}_radius") for c in CORNERS)
        self.margins = tuple(getattr(self, f"margin_{s}") for s in SIDES)
        self.paddings = tuple(getattr(self, f"padding_{s}") for s in SIDES)
        self.leading = max(leading_of(self.line_height, self.font_size), self.handouts_leading_floor * self.font_size)
        self.decorated = self.background_color is not None or any(self.borders)


def inherited(parent: Style) -> dict[str, Any]:
    """Give the computed values that a child starts from."""
    values = dict(INITIAL)
    for name in INHERITED:
        values[name] = getattr(parent, SLOTS[name])
    return values


def anonymous(style: Style) -> Style:
    """Give the style of an anonymous box inside `style` (CSS 2, 9.2.1.1): inherited values alone."""
    if style.plain is None:
        style.plain = Style(inherited(style), style.customs, rtl=style.rtl)
    return style.plain


def changed(style: Style, **values: Any) -> Style:
    """Give a copy with some computed values changed, by attribute name."""
    out = copy(style)
    for slot, value in values.items():
        setattr(out, slot, value)
    out.plain = None
    return out


def leading_of(line_height: Any, size: float) -> float:
    """Give the used line height in points."""
    return line_height[0] * size if type(line_height) is tuple else float(line_height)


def used(value: Size, base: float, default: float = 0.0) -> float:
    """Resolve a computed size against `base` points; words give `default`."""
    if type(value) is float:
        return value
    if type(value) is Percent:
        return value.share * base
    return float(value) if isinstance(value, int) else default


def compute(name: str, value: Any, size: float, root_size: float, parent_size: float) -> Any:
    """Turn one specified value into a computed one: em, rem and lh become points."""
    base = parent_size if name == "font-size" else size
    if type(value) is Length:
        return value.value * (root_size if value.unit == "rem" else base)
    if type(value) is Percent and name in ("font-size", "line-height"):
        return value.share * base
    if name.startswith("font-size"):
        return float(value)
    return value


INITIAL = {n: p.initial for n, p in PROPERTIES.items()}
