"""From placed items to the fragments of a page.

In: items in page coordinates. Out: fragments, links, form fields and marks of one page. Knows nothing of flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.layout.galley import Blank, ClipTo, Frame, Glyphs, Hot, Item, Mark, Photo, Tag, Vector
from generator.layout.pages import Box, Clip, Drawing, Fragment, Link, Page, Raster, Slot, Text, Widget
from generator.style.computed import used

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.style.computed import Style

Radii = tuple[float, float, float, float]
NO_RADII: Radii = (0.0, 0.0, 0.0, 0.0)


def fragments(items: Iterable[Item], page: Page) -> list[tuple[float, float, Mark]]:
    """Put items on `page`; give back the marks found, each with its place."""
    marks: list[tuple[float, float, Mark]] = []
    add = page.fragments.append
    begun = (0, 0)
    for x, y, payload in items:
        kind = type(payload)
        if kind is Glyphs:
            add(Text(x, y, payload.pieces, payload.colour, payload.content))
        elif kind is Hot:
            page.links.append(_link(x, y, payload))
        elif kind is Blank:
            page.widgets.append(_widget(x, y, payload))
        elif kind is Mark:
            marks.append((x, y, payload))
        elif kind is Tag:
            here = (len(page.fragments), len(page.links))
            if payload.opens:
                begun = here
            else:
                page.slots.append(_slot(payload, x, y, begun, here))
        else:
            fragment = _painted(x, y, payload)
            if fragment is not None:
                add(fragment)
    return marks


def _slot(tag: Tag, x: float, y: float, begun: tuple[int, int], here: tuple[int, int]) -> Slot:
    return Slot(tag.watched, tag.line, x, y, tag.x, (begun[0], here[0]), (begun[1], here[1]), tag.content)


def refilled(slot: Slot, items: Iterable[Item]) -> Page:
    """Give what a slot shows when its line has other items, as fragments and links on a page of their own."""
    page = Page(0.0, 0.0)
    if slot.content is not None:
        items = [(x, y, _instead(payload, slot.content)) for x, y, payload in items]
    fragments([(x + slot.x, y + slot.y, payload) for x, y, payload in items], page)
    return page


def _instead(payload: Any, content: int) -> Any:
    return payload._replace(content=content) if isinstance(payload, Glyphs | Vector | Photo) else payload


def _link(x: float, y: float, hot: Hot) -> Link:
    target = hot.link
    return Link(x, y, hot.width, hot.height, target.target, target.contents, target.node)


def _widget(x: float, y: float, blank: Blank) -> Widget:
    control, ink = blank.control, blank.ink
    rows = control.rows if control.kind == "text" else 0
    out = Widget(x, y, blank.width, blank.height, control.kind, control.name, control.label, control.node, blank.colour, rows, blank.rtl)
    return out if ink is None else out._replace(face=ink.face, words=ink.words, size=ink.size)


def _painted(x: float, y: float, payload: Any) -> Fragment | None:
    if isinstance(payload, Frame):
        return _frame(x, y, payload)
    if isinstance(payload, Vector):
        return _vector(x, y, payload)
    if isinstance(payload, Photo):
        return Raster(x, y, payload.width, payload.height, payload.key, payload.content)
    if isinstance(payload, ClipTo):
        if payload.width is None:
            return Clip("pop")
        return Clip("push", x, y, payload.width, payload.height, payload.radii)
    raise TypeError(type(payload).__name__)


def _frame(x: float, y: float, frame: Frame) -> Box:
    style = frame.style
    if style is None:
        return Box(x, y, frame.width, frame.height, frame.fill)
    top, right, bottom, left = style.borders
    a, b, c, d = _radii(style, frame.width, frame.height)
    widths = (top if frame.top else 0.0, right, bottom if frame.bottom else 0.0, left)
    radii = (a if frame.top else 0.0, b if frame.top else 0.0, c if frame.bottom else 0.0, d if frame.bottom else 0.0)
    return Box(x, y, frame.width, frame.height, frame.fill, widths, style.border_colours, radii, style.border_styles)


def _radii(style: Style, width: float, height: float) -> Radii:
    """Give the used radii, shrunk where two would meet (CSS Backgrounds 3, 5.5)."""
    a, b, c, d = (used(r, width) for r in style.radii)
    if not (a or b or c or d):
        return NO_RADII
    pairs = ((a + b, width), (c + d, width), (a + d, height), (b + c, height))
    share = min([1.0, *(room / total for total, room in pairs if total > room)])
    return (a * share, b * share, c * share, d * share)


def _vector(x: float, y: float, picture: Vector) -> Drawing:
    left, top, wide, high = picture.viewbox
    across, down = picture.width / (wide or 1.0), picture.height / (high or 1.0)
    if picture.mirror:
        matrix = (-across, 0.0, 0.0, down, x + picture.width + left * across, y - top * down)
    else:
        matrix = (across, 0.0, 0.0, down, x - left * across, y - top * down)
    clip = (x, y, picture.width, picture.height)
    return Drawing(picture.shapes, matrix, picture.content, clip)
