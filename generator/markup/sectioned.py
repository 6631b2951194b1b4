"""Markdown section by section, for a process that converts a text again at every save.

In: a converter and Markdown. Out: the HTML of the whole. Where nothing in a text can reach from one second-level section into another
(no definitions of links, notes or abbreviations, no fences, no HTML blocks), each section is converted by itself, and kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

FAR = re.compile(r"```|~~~|\[\^|^\W*(?:\[[^\]\n]*\]:|\*\[|<)|\{\s*\.?\s*markdown", re.MULTILINE)
"""What may mean something to other sections."""
BETWEEN = re.compile(r"\n[ \t]*\n(?=## )")
MANY = 1000  # sections kept


class Sectioned:
    """A converter with what it made of the last sections."""

    def __init__(self, md: Markdown) -> None:
        """Take the converter."""
        self._md = md
        self._known: dict[str, str] = {}

    def reset(self) -> Markdown:
        """Begin a text, as a converter does."""
        return self._md.reset()

    def convert(self, text: str) -> str:
        """Convert a whole text."""
        if FAR.search(text) is not None:
            return str(self._md.convert(text))
        return "\n".join(part for part in map(self._part, BETWEEN.split(text)) if part)

    def _part(self, text: str) -> str:
        found = self._known.pop(text, None)
        if found is None:
            self._md.reset()
            found = str(self._md.convert(text))
        self._known[text] = found
        if len(self._known) > MANY:
            del self._known[next(iter(self._known))]
        return found
