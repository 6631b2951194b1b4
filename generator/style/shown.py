"""What a stylesheet must not hide: the telephone numbers of the safety block.

In: a page's HTML, in which markup has seen them all, and its styled tree. Out: an error for a number that nobody could read on paper.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from generator.errors import Position, TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.style.cascade import Styled

MARK = ("data-requires", "safety")
NUMBERS = '//*[@data-requires="safety"]//a[starts-with(@href, "tel:")]'
LEGIBLE = 6.0  # points; the least that the small print of a card comes to
_DIGITS = re.compile(r"\D+")


def refuse_hidden(root: Any, styled: Styled) -> None:
    """Raise TemplateError where a number that stands in the HTML's safety block is set nowhere in one."""
    wanted = {_digits("".join(link.itertext())) for link in root.xpath(NUMBERS)}
    if not wanted:
        return
    shown = _digits(" ".join(_blocks(styled)))
    for number in sorted(wanted):
        if number not in shown:
            raise TemplateError("a stylesheet hides a hotline of the safety block, which the handout requires", Position("templates"),
                                "take display: none, visibility: hidden or a tiny font-size away from it")  # fmt: skip


def _digits(text: str) -> str:
    return _DIGITS.sub("", text)


def _blocks(node: Styled) -> Iterator[str]:
    """Give the words of each safety block as far as they are seen."""
    if node.style.display == "none":
        return
    if node.attributes.get(MARK[0]) == MARK[1]:
        yield "".join(_words(node))
        return
    for child in node.children:
        if not isinstance(child, str):
            yield from _blocks(child)


def _words(node: Styled) -> Iterator[str]:
    if node.style.display == "none":
        return
    for child in node.children:
        if not isinstance(child, str):
            yield from _words(child)
        elif node.style.visibility == "visible" and node.style.font_size >= LEGIBLE:
            yield child
