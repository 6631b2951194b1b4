"""Pictures in the flow: their used size, and what paints them.

In: a picture's box and the measures around it, in points. Out: sizes, and slabs added to the flow. Knows no files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout.galley import Hot, Photo, Slab, Vector
from generator.style.computed import used
from generator.style.values import Percent

if TYPE_CHECKING:
    from generator.layout.boxes import Box, Picture
    from generator.layout.flow import Flow
    from generator.layout.galley import Item


def size_of(flow: Flow, box: Box, width: float, own: float = 0.0) -> tuple[float, float]:
    """Give the used size of a picture (CSS 2, 10.3.2), kept within the page's height. `own`: its width, where that is known already."""
    style, picture = box.style, box.picture
    if picture is None:
        return 0.0, 0.0
    ratio = picture.height / picture.width if picture.width else 1.0
    wide, high = own or used(style.width, width), used(style.height, 0.0)
    if not wide:
        wide = high / ratio if high else picture.width
    if style.max_width != "none":
        wide = min(wide, used(style.max_width, width))
    if not high or style.width != "auto":
        high = high if high and style.width != "auto" else wide * ratio
    tallest = flow.context.page_style(flow.builder.page).content_height
    if style.max_height != "none":
        tallest = min(tallest, used(style.max_height, tallest))
    if high > tallest:
        wide, high = wide * tallest / high, tallest
    return wide, high


def lay_out(flow: Flow, box: Box, x: float, width: float) -> None:
    """Add a picture that stands by itself, with the area of its link."""
    wide, high = size_of(flow, box, width, width if type(box.style.width) is Percent else 0.0)  # a part of the column, not of itself
    items: list[Item] = [(x, 0.0, painted(box, wide, high))]
    if box.link is not None:
        items.append((x, 0.0, Hot(wide, high, box.link)))
    flow.builder.add(Slab(high, items, line=box.line))


def painted(box: Box, width: float, height: float) -> Vector | Photo:
    """Give what paints a picture at its used size."""
    picture: Picture | None = box.picture
    if picture is None:
        raise ValueError("a picture box without a picture")
    if picture.key:
        return Photo(picture.key, width, height, box.content)
    mirror = box.style.transform == "mirror"
    return Vector(picture.shapes, picture.viewbox, width, height, box.content, mirror)
