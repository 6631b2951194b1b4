"""What a reader fills in: ruled lines, and on screen the form fields that lie over them; boxes to tick.

In: a box whose style rules lines, or that is a control. Out: slabs in the flow's galley. Lines that are no field may be more, as
many as the page has room for; a field is one rectangle, so it is never split. Knows nothing of where pages end.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.layout.boxes import Control
from generator.layout.galley import AVOID, Blank, Frame, Ink, Slab
from generator.style.computed import used

if TYPE_CHECKING:
    from generator.layout.boxes import Box
    from generator.layout.flow import Flow
    from generator.layout.galley import Item
    from generator.layout.pages import Node
    from generator.style.cascade import Styled

CONTROLS = frozenset({"input", "textarea"})
RULE = 0.5
NARROWEST = 60.0  # points of a line that still takes a word
SMALLEST = 9.0  # points of typed text
TALL = 1.3  # a line's height over the size of what is typed on it


def control_of(element: Styled, node: Node | None, lang: str) -> Control | None:
    """Give what an <input> or <textarea> is; None where it is not to be read, and is left to be written on."""
    if node is None or node.role != "Form":
        return None
    get = element.attributes.get
    kind = "checkbox" if get("type") == "checkbox" else "text"
    rows = get("rows") or ""
    return Control(kind, get("name", ""), get("aria-label", ""), int(rows) if rows.isdigit() else 0, node, lang)


def lay_out(flow: Flow, box: Box, x: float, width: float) -> None:
    """Add what is inside a box to write on."""
    control = box.control
    if control is None:
        _lines(flow, box, x, width)
    elif control.kind == "checkbox" or not box.style.handouts_lines[1]:
        high = used(box.style.height, width) or box.style.leading
        flow.builder.add(Slab(high, [(x, 0.0, blank(flow, box, control, width, high))], line=box.line))
    else:
        _field(flow, box, control, x, width)


def extremes(box: Box) -> tuple[float, float]:
    """Give how narrow and how wide such a box may be."""
    return (0.0, 0.0) if box.control is None or box.control.kind == "checkbox" else (NARROWEST, 3 * NARROWEST)


def _lines(flow: Flow, box: Box, x: float, width: float) -> None:
    """Add ruled lines; pagination may add more, up to the most that the style allows."""
    low, high = box.style.handouts_lines
    leading = box.style.leading
    for index in range(low):
        slab = Slab(leading, [ruled_line(x, leading, width, box)], line=box.line)
        slab.penalty = AVOID if index else 0.0
        if index == low - 1 and high > low:
            slab.stretch, slab.leading = high - low, leading
        flow.builder.add(slab)


def _field(flow: Flow, box: Box, control: Control, x: float, width: float) -> None:
    """Add the ruled lines of a field, and the field: over all of them, or right above its only one."""
    leading, count = box.style.leading, control.rows or box.style.handouts_lines[0]
    items = [ruled_line(x, leading * (index + 1), width, box) for index in range(count)]
    size = _size(flow, box, leading, count)
    high = leading * count if count > 1 else min(leading, TALL * size)
    items.append((x, leading * count - high, blank(flow, box, control, width, high, size=size)))
    flow.builder.add(Slab(leading * count, items, line=box.line))


def _size(flow: Flow, box: Box, leading: float, count: int) -> float:
    """Give the size of typed text, close to the text around it. Programs set typed lines as far apart as the face is tall: of more
    lines than one, one or two to a ruled one, so that they keep to the rules.
    """  # noqa: D205
    own = float(box.style.font_size)
    if count == 1:
        return max(SMALLEST, min(own, leading / TALL))
    metrics = flow.context.typesetter.metrics(flow.context.text_style(box.style, _lang(box)))
    whole = own * leading / (metrics.ascent + metrics.descent)
    return max(SMALLEST, min(whole, whole / 2, key=lambda size: abs(math.log(size / own))))


def _lang(box: Box) -> str:
    return box.control.lang if box.control is not None else ""


def blank(flow: Flow, box: Box, control: Control, width: float, height: float, size: float = 0.0) -> Blank:
    """Give the payload of a control."""
    ink = None
    if control.kind == "text":
        style = flow.context.text_style(box.style, _lang(box))
        face, words = flow.context.typesetter.letters(style)
        ink = Ink(face, words, size or min(max(box.style.font_size, SMALLEST), height / TALL))
    return Blank(width, height, control, box.style.color, ink, box.style.rtl)


def ruled_line(x: float, y: float, width: float, box: Box) -> Item:
    """Give one line to write on, in the colour of the box's text."""
    return (x, y - RULE, Frame(width, RULE, box.style.color))
