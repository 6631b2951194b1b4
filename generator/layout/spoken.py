"""What an element's text says, and how its direction is kept apart from the text around it.

In: a styled element. Out: text, or a character that isolates. Knows nothing of boxes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.style.cascade import Styled
    from generator.style.computed import Style

WORD_JOINER = "\u2060"
POP_ISOLATE = "\u2069"
ISOLATES = {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}


def isolate_of(child: Styled, outer: Style) -> str:
    """Give the character that isolates an element's direction from the text around it (UAX #9, 2.4); "" where none is needed."""
    direction = child.attributes.get("dir") or ("auto" if child.tag == "bdi" else "")
    if not direction or (direction == "ltr" and not outer.rtl):
        return ""
    if direction == "auto" and not outer.rtl and plain_text(child).isascii():
        return ""
    return ISOLATES.get(direction, "")


def plain_text(element: Styled) -> str:
    """Give an element's text without markup; hidden elements are left out, and what only binds the words of a line."""
    parts = (c if isinstance(c, str) else plain_text(c) for c in element.children)
    return "" if element.style.display == "none" else "".join(parts).replace(WORD_JOINER, "")


def link_text(element: Styled) -> str:
    """Give what a link's annotation says: its title, its text, or its target."""
    attributes = element.attributes
    text = attributes.get("title") or " ".join(plain_text(element).split())
    return text or attributes.get("aria-label", "") or attributes.get("href", "")
