"""How wide a picture is set: `![…](room.jpg){width=50%}`, `{: width=8cm }` below it, `<img width="200">`.

In: the parsed body. Out: the same with the width where stylesheets are heard, and a notice of a height that means nothing. Knows no
pages: whatever is too wide for its column is set as wide as that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from generator.errors import ContentError, Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.errors import Position

WIDTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(%|px|pt|pc|cm|mm|in|em|rem|q|)", re.IGNORECASE)
WHOLE = 100.0  # percent


def settle_widths(root: Any, place: Callable[[Any, str], Position | None]) -> list[Notice]:
    """Hand widths over to the style. Raises ContentError at one that is none; `place` finds where an element was written."""
    said: list[Notice] = []
    for image in root.iter("img"):
        given, height = image.attrib.pop("width", None), image.attrib.pop("height", None)
        if given is not None:
            image.set("style", f"width: {_width(given, place(image, 'width'))}; max-width: 100%")
        elif height is not None:
            said.append(Notice("the height of a picture changes nothing here", place(image, "height"), "write its width: the height follows"))
    return said


def take_over_widths(root: Any) -> None:
    """Give each picture what stands below it in a line of its own, and so belongs to its paragraph."""
    for image in root.iter("img"):
        parent = image.getparent()
        if parent.tag == "p" and len(parent) == 1 and not (parent.text or "").strip() and not (image.tail or "").strip():
            for name in ("width", "height"):
                if name in parent.attrib:
                    image.set(name, parent.attrib.pop(name))


def _width(given: str, place: Position | None) -> str:
    """Write a width as CSS has it."""
    match = WIDTH.fullmatch(given.strip())
    number = float(match[1]) if match is not None else 0.0
    if match is None or not number or (match[2] == "%" and number > WHOLE):
        raise ContentError(f'"{given}" is no width for a picture', place,
                           "write a part of the column (50%), pixels (200) or a length (8cm, 3in), and no space before the unit")  # fmt: skip
    return f"{match[1]}{match[2].lower() or 'px'}"
