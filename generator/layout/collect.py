"""One paragraph's inline content, gathered with its white space collapsed (CSS Text 3, 4.1).

In: runs and inline boxes in document order. Out: the list that a box keeps. Knows nothing of structure or lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.layout.boxes import InlineBox

if TYPE_CHECKING:
    from generator.layout.boxes import Inline, Run

WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
WITHOUT_SPACES = f"(?<=[{WIDE}])[ \\t]*\\n[ \\t]*(?=[{WIDE}])"
"""A line end in Chinese or Japanese is no space (CSS Text 3, 4.1.2). Compiled for a text that may have one: it takes long."""
SPACES = re.compile(r"[ \t\n\r\f]+")


class InlineCollector:
    """Collects one run of inline content and collapses its white space."""

    def __init__(self) -> None:
        """Start empty."""
        self.items: list[Inline] = []
        self.open_space = True  # a space here would stand at the start, or after another one
        self.waiting = ""  # the anchor of a run of which nothing is left, for the one behind it

    def text(self, run: Run, *, preserve: bool) -> None:
        """Add a run, its white space collapsed with what stands before it."""
        value = run.text
        if isinstance(value, str) and not preserve:
            value = SPACES.sub(" ", value if value.isascii() or "\n" not in value else re.sub(WITHOUT_SPACES, "", value))
            if self.open_space and value.startswith(" "):
                value = value[1:]
            if value:
                self.open_space = value[-1] == " "
            run.text = value
        else:
            self.open_space = False
        if not value:
            self.waiting = run.anchor or self.waiting
            return
        if not run.anchor:
            run.anchor, self.waiting = self.waiting, ""
        self.items.append(run)

    def line_break(self, run: Run) -> None:
        """Add a forced line break."""
        self.trim()
        self.items.append(run)
        self.open_space = True

    def atom(self, item: InlineBox) -> None:
        """Add an inline box."""
        self.items.append(item)
        self.open_space = False

    def trim(self) -> None:
        """Drop the white space at the end."""
        for item in reversed(self.items):
            if isinstance(item, InlineBox) or not isinstance(item.text, str):
                return
            if item.style.white_space in ("pre", "pre-wrap"):
                return
            item.text = item.text.rstrip(" ")
            if item.text:
                return

    def take(self) -> list[Inline]:
        """Give what was gathered, and start anew; white space alone is nothing."""
        self.trim()
        if self.waiting and self.items and not isinstance(self.items[-1], InlineBox):
            self.items[-1].anchor = self.items[-1].anchor or self.waiting
        items = [i for i in self.items if isinstance(i, InlineBox) or i.text or i.anchor]
        self.items, self.open_space, self.waiting = [], True, ""
        return items if any(isinstance(i, InlineBox) or i.text for i in items) else []
