"""Placing: a stretch of a galley set down at a point, as items in the coordinates of the page.

In: a galley, the slabs to place, where. Out: items. Draws boxes around slabs, whole or cut (CSS Fragmentation 3,
`slice`; `clone` for one that was not to be cut), and what is positioned inside them. Knows nothing of how pages were chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout.galley import ClipTo, Frame
from generator.style.computed import used
from generator.style.values import Percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.layout.boxes import Box
    from generator.layout.galley import Decor, Galley, Item
    from generator.style.computed import Style

    LayAbsolute = Callable[[Box, float, float, float, float], list[Item]]

CLOSED = 6.0  # points between what stands in a box and its frame, where a page has cut it


def place(galley: Galley, start: int, stop: int, x: float, y: float, absolute: LayAbsolute, scale: float = 1.0) -> list[Item]:
    """Place slabs `start` to `stop` (exclusive) with their top at `y`; glue is scaled by `scale`."""
    slabs = galley.slabs
    tops: list[float] = []
    bottoms: list[float] = []
    for index in range(start, stop):
        slab = slabs[index]
        if index > start:
            y += slab.glue * scale
        tops.append(y)
        y += slab.height
        bottoms.append(y)
    out: list[Item] = []
    after: list[Item] = []
    for decor in galley.decors_from(start):  # they stand in the order of their starts
        if decor.start >= stop:
            break
        if decor.end > start and decor.end > decor.start:
            first, last = max(decor.start, start), min(decor.end, stop)
            top, bottom = tops[first - start], bottoms[last - 1 - start]
            _decor(decor, x, top, bottom, absolute, out, after, starts=decor.start >= start, ends=decor.end <= stop)
    for index in range(start, stop):
        top = tops[index - start]
        for ix, iy, payload in slabs[index].items:
            out.append((ix + x, iy + top, payload))
    return out + after


def _decor(
    decor: Decor, x: float, top: float, bottom: float, absolute: LayAbsolute, out: list[Item], after: list[Item], *,
    starts: bool, ends: bool,
) -> None:  # fmt: skip
    """Paint a box, and what is positioned in it: before the text inside it or, where it is read later, after."""
    style = decor.box.style
    left, height = x + decor.x, bottom - top
    if style.decorated and style.break_inside != "auto" and not (starts and ends):  # a box that should have been whole is closed on each page
        over, under = (0.0 if starts else CLOSED), (0.0 if ends else CLOSED)
        out.append((left, top - over, Frame(decor.width, over + height + under, style.background_color, style)))
    elif style.decorated:
        out.append((left, top, Frame(decor.width, height, style.background_color, style, starts, ends)))
    btop, bright, bbottom, bleft = style.borders
    inside = (left + bleft, top + btop, decor.width - bleft - bright, height - btop - bbottom)
    for late, target in ((False, out), (True, after)):
        boxes = [b for b in decor.absolutes if b.late == late and (ends if _hangs(b) else starts)]
        items = [item for box in boxes for item in absolute(box, *inside)]
        if items and style.overflow == "hidden":
            clip = ClipTo(inside[2], inside[3], inner_radii(style, decor.width))
            items = [(inside[0], inside[1], clip), *items, (0.0, 0.0, ClipTo())]
        target.extend(items)


def _hangs(box: Box) -> bool:
    """Tell whether a positioned box is placed from its container's end."""
    top = box.style.top
    return (top == "auto" and box.style.bottom != "auto") or (isinstance(top, Percent) and top.share >= 1)


def inner_radii(style: Style, width: float) -> tuple[float, float, float, float]:
    """Give the radii of the padding edge: the outer ones less the border."""
    thick = max(style.borders)
    a, b, c, d = (max(0.0, used(r, width) - thick) for r in style.radii)
    return (a, b, c, d)
