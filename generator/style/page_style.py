"""@page rules, resolved: the sheet's size, margins and margin boxes for one page name (CSS Paged Media 3).

In: the cascade and a page name. Out: a `PageStyle` in points. Knows nothing of what stands on the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.errors import TemplateError
from generator.plain import NamedTuple
from generator.style.cascade import fill
from generator.style.stylesheet import Declaration, Deferred
from generator.style.values import BadValue, length, number, tokens_of

if TYPE_CHECKING:
    from generator.style.cascade import Cascade
    from generator.style.computed import Style


class Floor(NamedTuple):
    """How far a piece may be tightened: smallest text in points, smallest line height and spacing factors."""

    size: float
    leading: float
    spacing: float


class PageStyle(NamedTuple):
    """One kind of page. Margins are top, right, bottom, left; `boxes` maps a margin box to its style."""

    name: str
    width: float
    height: float
    margins: tuple[float, float, float, float]
    boxes: dict[str, Style]
    floor: Floor | None = None
    bleed: float = 0.0

    @property
    def content_width(self) -> float:
        """Width between the margins."""
        return self.width - self.margins[1] - self.margins[3]

    @property
    def content_height(self) -> float:
        """Height between the margins."""
        return self.height - self.margins[0] - self.margins[2]


def page_style(cascade: Cascade, root: Style, name: str) -> PageStyle:
    """Resolve the @page rules that hold for `name` ("" for the unnamed page)."""
    own: list[Declaration] = []
    boxes: dict[str, list[Declaration]] = {}
    rules = [r for r in cascade.sheet.pages if r.name in ("", name)]
    for rule in sorted(rules, key=lambda r: bool(r.name)):
        own += rule.declarations
        for box, declarations in rule.boxes.items():
            boxes.setdefault(box, []).extend(declarations)
    special = {d.name: d.value for d in own if d.name in ("size", "bleed", "-handouts-fit")}
    cascade.root_size = root.font_size  # another document may have been styled since
    style = cascade.resolve([d for d in own if d.name not in special], root, rtl=root.rtl)
    width, height = _size(special.get("size"), style)
    top, right, bottom, left = (m if isinstance(m, float) else 0.0 for m in style.margins)
    styles = {box: cascade.resolve(d, root, rtl=root.rtl) for box, d in boxes.items()}
    shown = {box: s for box, s in styles.items() if s.content}
    floor = _floor(special.get("-handouts-fit"), style)
    return PageStyle(name, width, height, (top, right, bottom, left), shown, floor, _bleed(special.get("bleed"), style))


def _filled(value: Deferred, style: Style) -> list[Any]:
    return tokens_of(fill(value.tokens, style.customs, value.position))


def _size(value: Any, style: Style) -> tuple[float, float]:
    if not isinstance(value, Deferred):
        return (612.0, 792.0)
    try:
        width, height = (length(t, negative=False) for t in _filled(value, style))
    except (BadValue, ValueError) as exc:
        raise TemplateError("`size` takes a width and a height", value.position, "size: 8.5in 11in") from exc
    if not isinstance(width, float) or not isinstance(height, float):
        raise TemplateError("`size` takes absolute lengths", value.position, "size: 8.5in 11in")
    return width, height


def _bleed(value: Any, style: Style) -> float:
    """Give how far the ground runs beyond the trim (CSS Paged Media 3, 7.3)."""
    if not isinstance(value, Deferred):
        return 0.0
    try:
        (token,) = _filled(value, style)
        found = length(token, negative=False)
    except (BadValue, ValueError) as exc:
        raise TemplateError("`bleed` takes a length", value.position, "bleed: 3mm") from exc
    if not isinstance(found, float):
        raise TemplateError("`bleed` takes an absolute length", value.position, "bleed: 3mm")
    return found


def _floor(value: Any, style: Style) -> Floor | None:
    if not isinstance(value, Deferred):
        return None
    try:
        size, leading, spacing = _filled(value, style)
        smallest = length(size, negative=False)
        if not isinstance(smallest, float):
            raise BadValue("an absolute length")  # noqa: TRY301
        return Floor(smallest, number(leading, low=1), number(spacing, low=0))
    except (BadValue, ValueError) as exc:
        raise TemplateError("-handouts-fit takes the smallest text size, line height and spacing factor",
                            value.position, "-handouts-fit: 11pt 1.4 0.6") from exc  # fmt: skip
