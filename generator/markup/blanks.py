"""Where a client's fields may stand in a page.

In: the parsed page. Out: the same tree with the marks of fields as layout reads them, or an error. Knows no values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator import fields
from generator.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.errors import Position

WORDS = frozenset({"alt", "title", "aria-label"})


def settle_fields(root: Any, position: Callable[[Any], Position | None]) -> None:
    """Take marks in addresses out of their percents, and refuse those in attributes that are no words. Raises ContentError."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "href" and element.tag == "a":
                element.set(name, fields.decoded(value))
            elif name not in WORDS and fields.OPEN in fields.decoded(value):
                raise ContentError(f'a client\'s field stands in the attribute "{name}"', position(element),
                                   "a field may stand in text, in a description and in a link's address")  # fmt: skip
