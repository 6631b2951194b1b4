"""What a line of Markdown stands in: quotations, list items, boxes, footnotes and definitions (CommonMark 5).

In: the text of a line, tabs expanded. Out: the containers that it goes on with, and what is left of it behind their marks. People
indent what belongs to an item by two columns or by four, whatever its mark's width: both are taken. Knows nothing of paragraphs.
"""

from __future__ import annotations

import re

from generator.plain import dataclass, field

QUOTE, ITEM, HOLDER = "quote", "item", "holder"
STEP = 4  # columns by which Python-Markdown nests
LEAST = 2  # columns by which people do
QUOTED = re.compile(r"[ ]{0,3}>[ ]?")
LISTED = re.compile(r"(?P<indent>[ ]*)(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap>[ ]+|$)(?P<rest>.*)$")
HOLDS = re.compile(r"[ ]{0,3}(?:(?P<box>!!![ ]?[\w-])|\[\^[^\]]+\]:|(?P<definition>:[ ]{1,3}\S))")
"""Boxes, footnotes and definitions: what belongs to them is indented by four columns."""


@dataclass(slots=True, eq=False, repr=False)
class Container:
    """One of them. `column`: where what is in it begins, counted from its own container; `mark`: what kind of list or holder it is of."""

    kind: str
    column: int = 0
    least: int = 0  # columns by which a line that is still in it is indented
    mark: str = ""
    last: str = ""  # the block in it that was begun last: text, code, table, a list's mark, other
    tight: list[int] = field(default_factory=list)  # where items of the list in it begin that nothing parts from the one before
    apart: bool = False  # something in it, or in the list that it holds, stands behind an empty line

    @property
    def lead(self) -> str:
        """Give what Python-Markdown wants before a line in it."""
        return "> " if self.kind == QUOTE else " " * STEP


def indent_of(text: str) -> int:
    """Count the spaces that a line begins with."""
    return len(text) - len(text.lstrip(" "))


def entered(text: str, stack: list[Container]) -> tuple[int, str]:
    """Give how many of the open containers a line goes on with, and what is left of it."""
    for depth, container in enumerate(stack):
        inner = _inside(text, container)
        if inner is None:
            return depth, text
        text = inner
    return len(stack), text


def _inside(text: str, container: Container) -> str | None:
    if container.kind == QUOTE:
        match = QUOTED.match(text)
        return text[match.end() :] if match else None
    indent = indent_of(text)
    if indent == len(text):
        return ""
    return text[min(indent, container.column) :] if indent >= container.least else None


def begun(text: str) -> tuple[Container, str, str] | None:
    """Give the container that a line begins, what Python-Markdown wants for its mark, and what stands behind it."""
    if indent_of(text) >= STEP:
        return None
    quoted = QUOTED.match(text)
    if quoted:
        return Container(QUOTE), "> ", text[quoted.end() :]
    item = LISTED.match(text)
    if item:
        return _item(item)
    holds = HOLDS.match(text)
    if holds is None:
        return None
    mark = "box" if holds["box"] else "definition" if holds["definition"] else "footnote"
    return Container(HOLDER, STEP, STEP, mark), text.lstrip(" "), ""


def _item(match: re.Match[str]) -> tuple[Container, str, str]:
    gap = len(match["gap"])
    wide = gap if 0 < gap <= STEP else 1
    marker = match["marker"].replace(")", ".")
    indent = len(match["indent"])
    column = indent + len(match["marker"]) + wide
    kind = "bullets" if marker in "-*+" else "numbers"
    if kind == "bullets" and not match["rest"].strip():
        marker = "*"  # a dash alone would underline what is before it
    return Container(ITEM, column, min(column, indent + LEAST), kind), f"{marker} ", " " * max(0, gap - wide) + match["rest"]
