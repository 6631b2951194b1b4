"""Running heads and feet: what stands in a page's margin boxes (CSS Paged Media 3, 4; CSS GCPM 3, 1.2).

In: a page style and the running elements in force. Out: items in page coordinates, all of them artifacts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout.boxes import Box, Inline, PageReference, Run
from generator.layout.galley import Glyphs, Photo, Tag, Vector
from generator.layout.pages import FOOTER, HEADER
from generator.style.computed import used

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.layout.flow import Flow
    from generator.layout.galley import Galley, Item
    from generator.style.computed import Style
    from generator.style.page_style import PageStyle


def margin_items(flow: Flow, page: PageStyle, running: dict[str, Box], lang: str) -> list[Item]:
    """Lay out all margin boxes of one page."""
    items: list[Item] = []
    for name, style in page.boxes.items():
        inside = _inside(style, running, lang)
        if inside is not None:
            items += _place(flow, page, name, style, inside)
    return items


def with_feet(flow: Flow, body: Box) -> Callable[[str], PageStyle]:
    """Give the kinds of pages, each with a lower margin that holds its foot: one of more lines takes them from the page."""
    plain = flow.context.page_style
    known: dict[str, PageStyle] = {}
    feet = [(box.heading, box.children[0]) for box in body.children if box.kind == "running"]

    def kind_of(name: str) -> PageStyle:
        if name not in known:
            page = known[name] = plain(name)  # as it is while its foot is set
            known[name] = page._replace(margins=(*page.margins[:2], _lower_margin(flow, page, feet), page.margins[3]))
        return known[name]

    return kind_of


def _lower_margin(flow: Flow, page: PageStyle, feet: Sequence[tuple[str, Box]]) -> float:
    style = page.boxes.get("bottom-center")
    bottom = page.margins[2]
    if style is None or not style.content or style.content[0][0] != "element":
        return bottom
    around = used(style.padding_top, bottom) + used(style.padding_bottom, bottom)
    return max([bottom, *(_galley(flow, page, box).height() + around for name, box in feet if name == style.content[0][1])])


def _inside(style: Style, running: dict[str, Box], lang: str) -> Box | None:
    """Make the box that a margin box's `content` asks for."""
    parts = style.content or ()
    if parts and parts[0][0] == "element":
        return running.get(parts[0][1])
    inlines: list[Inline] = []
    for part in parts:
        text = PageReference("") if part[0] == "counter" else part[1] if part[0] == "string" else ""
        if text:
            inlines.append(Run(text, style, lang))
    return Box("block", style, inlines=inlines, waits=True) if inlines else None


def _galley(flow: Flow, page: PageStyle, inside: Box) -> Galley:
    """Set a margin box, once for all pages unless its own lines show a page number."""
    key = (id(inside), page.name)
    galley = flow.context.margins.get(key)
    if galley is None:
        galley = flow.galley([inside], page.content_width, page.name)
        if not _waits(inside):
            flow.context.margins[key] = galley
    return galley


def _waits(box: Box) -> bool:
    return box.waits or any(_waits(child) for child in box.children)


def _place(flow: Flow, page: PageStyle, name: str, style: Style, inside: Box) -> list[Item]:
    top, _, bottom, left = page.margins
    galley = _galley(flow, page, inside)
    height = galley.height()
    above = name.startswith("top")
    area, start = (top, 0.0) if above else (bottom, page.height - bottom)
    pad_top = pad_bottom = 0.0
    if inside.style is not style:
        pad_top, pad_bottom = used(style.padding_top, area), used(style.padding_bottom, area)
    y = {"top": start + pad_top, "bottom": start + area - pad_bottom - height}.get(
        style.vertical_align, start + (area - height) / 2
    )
    kind = HEADER if above else FOOTER
    return [(ix, iy, _paginal(payload, kind)) for ix, iy, payload in flow.items(galley, left, y)]


def _paginal(payload: object, kind: int) -> object:
    """Mark what a margin box paints as a running head or foot (ISO 32000-1 14.8.2.2.2)."""
    if isinstance(payload, Glyphs | Vector | Photo | Tag):
        return payload._replace(content=kind)
    return payload
