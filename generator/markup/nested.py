"""Running text around blocks, as the web has it: a link around a card, bold around paragraphs.

In: the parsed body. Out: the same words and blocks in their order, in which each such element stands inside the blocks that it held,
once around the words of each. Knows no pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.markup.vocabulary import BLOCKS, INLINES
from generator.markup.whole import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFT = frozenset({"textarea", "pre", "hr"})  # blocks that hold no running text, or code


def sink(root: Any) -> None:
    """Let every inline element that holds blocks go down into them."""
    for element in [e for e in root.iter(*INLINES) if _holds_blocks(e)]:
        if _holds_blocks(element):  # one around it may have been sunk, and this one with it
            _sink(element)


def _holds_blocks(element: Any) -> bool:
    return next((e for e in element.iterdescendants() if e.tag in BLOCKS), None) is not None


def _sink(element: Any) -> None:
    """Make a block of an element; what it was stands around each stretch of words in it. Its name stays with the block."""
    tag, looks = element.tag, {name: value for name, value in element.items() if name != "id"}
    name = element.get("id")
    element.tag = "div"
    element.attrib.clear()
    if name:
        element.set("id", name)
    _wrap(element, tag, looks)


def _wrap(block: Any, tag: str, looks: dict[str, str]) -> None:
    """Put the words and inline elements of a block into elements of their own, one for each stretch between blocks."""
    stretch: list[Any] = []
    text, block.text = block.text or "", None
    if block.tag in ROWS:
        block.text, text = text, ""
    for child in list(block):
        if isinstance(child.tag, str) and (child.tag in BLOCKS or _holds_blocks(child)):
            _settle(block, child, text, stretch, tag, looks)
            text, stretch, child.tail = child.tail or "", [], None
            if child.tag not in LEFT:
                _wrap(child, tag, looks)
        else:
            stretch.append(child)
    _settle(block, None, text, stretch, tag, looks)


def _settle(block: Any, before: Any, text: str, stretch: Sequence[Any], tag: str, looks: dict[str, str]) -> None:
    """Wrap a stretch of a block that ends before one of its children, or at its end."""
    if not (text.strip() or stretch):
        return
    around = block.makeelement(tag, looks)
    around.text = text
    around.extend(stretch)
    if before is None:
        block.append(around)
    else:
        before.addprevious(around)
