"""How deep a line of Markdown stands: in list items, boxes, definitions and footnotes, or so deep that it is code.

In: lines, one after another. Out: whether each is an indented block of code. Knows no messages.
"""

from __future__ import annotations

import re

CODE = 4  # columns beyond what a line stands in
QUOTED = re.compile(r"^(?:[ ]{0,3}> ?)*")
ITEM = re.compile(r"(?:[-*+]|\d+[.)])[ ]+")
HOLDER = re.compile(r"(?:!!![ ]|:[ ]|\[\^[^\]]+\]:)")


class Depth:
    """Follows the lines down. What stands in an item begins behind its mark, what stands in a box four columns in."""

    def __init__(self) -> None:
        """Begin outside of everything."""
        self._inner: list[int] = []
        self._free = True  # an empty line, or code, has gone before

    def is_code(self, line: str, *, begins: bool) -> bool:
        """Tell whether a line is code; `begins`: no block is open that it could go on with."""
        text = QUOTED.sub("", line.expandtabs(CODE))
        if not text.strip():
            self._free = True
            return False
        indent = len(text) - len(text.lstrip())
        while self._inner and indent < self._inner[-1] and (begins or not self._free):
            self._inner.pop()
        within = self._inner[-1] if self._inner else 0
        if self._free and begins and indent >= within + CODE:
            return True
        self._free = False
        rest = text.lstrip()
        item = ITEM.match(rest)
        if item:
            self._inner.append(indent + item.end())
        elif HOLDER.match(rest):
            self._inner.append(indent + CODE)
        return False
