"""Placing: a stretch of a galley set down at a point, as items in the coordinates of the page.

In: a galley, the slabs to place, where. Out: items. Draws boxes around slabs, whole or cut (CSS Fragmentation 3,
`slice`), and what is positioned inside them. Knows nothing of how pages were chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout.galley import ClipTo, Frame
from generator.style.computed import used

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.layout.boxes import Box
    from generator.layout.galley import Decor, Galley, Item
    from generator.style.computed import Style

    LayAbsolute = Callable[[Box, float, float, float, float], list[Item]]


def place(
    galley: Galley, start: int, stop: int, x: float, y: float, absolute: LayAbsolute, scale: float = 1.0
) -> list[Item]:
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
    for decor in galley.decors:
        if decor.start < stop and (decor.end > start) and decor.end > decor.start:
            first, last = max(decor.start, start), min(decor.end, stop)
            top, bottom = tops[first - start], bottoms[last - 1 - start]
            _decor(decor, x, top, bottom, absolute, out, starts=decor.start >= start, ends=decor.end <= stop)
    for index in range(start, stop):
        top = tops[index - start]
        for ix, iy, payload in slabs[index].items:
            out.append((ix + x, iy + top, payload))  # noqa: PERF401 - the hot loop of every page
    return out


def _decor(
    decor: Decor, x: float, top: float, bottom: float, absolute: LayAbsolute, out: list[Item], *, starts: bool, ends: bool
) -> None:
    style = decor.box.style
    left, height = x + decor.x, bottom - top
    if style.decorated:
        out.append((left, top, Frame(decor.width, height, style.background_color, style, starts, ends)))
    if not decor.absolutes:
        return
    btop, bright, bbottom, bleft = style.borders
    inside = (left + bleft, top + btop, decor.width - bleft - bright, height - btop - bbottom)
    clip = style.overflow == "hidden"
    if clip:
        out.append((inside[0], inside[1], ClipTo(inside[2], inside[3], inner_radii(style, decor.width))))
    for box in decor.absolutes:
        from_below = box.style.top == "auto" and box.style.bottom != "auto"
        if (ends if from_below else starts):
            out.extend(absolute(box, *inside))
    if clip:
        out.append((0.0, 0.0, ClipTo()))


def inner_radii(style: Style, width: float) -> tuple[float, float, float, float]:
    """Give the radii of the padding edge: the outer ones less the border."""
    thick = max(style.borders)
    a, b, c, d = (max(0.0, used(r, width) - thick) for r in style.radii)
    return (a, b, c, d)
