"""Typographic quotation marks, apostrophes, dashes and ellipses, as a Python-Markdown tree processor.

In: the tree after inline Markdown. Out: the same tree with straight marks turned. Code is left alone. Python-Markdown's
own extension does it with eight more inline patterns, which doubles the time a handout takes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

STRAIGHT = re.compile(r"[\"']|---?|\.\.\.")
OPENED = re.compile(r"(?:^|[\s(\[{“„«])'(?=\S)")
OPENERS = frozenset(" \t\n\u00a0([{<-–—/“‘")
SKIPPED = frozenset({"code", "pre", "kbd", "samp", "script", "style", "svg"})
BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "blockquote", "div", "figcaption", "caption"}
)


class Quotes(Treeprocessor):
    """Turns straight marks; what stands before a mark decides, across inline elements too."""

    before = " "
    marks: tuple[str, ...] = ("“", "”", "‘", "’")
    spaces: tuple[tuple[str, str], ...] = ()  # what a space beside a mark becomes, as (pattern, replacement)

    def run(self, root: Element) -> None:
        """Visit all text in order."""
        self.before = " "
        self._visit(root)

    def _visit(self, element: Element) -> None:
        if element.tag in SKIPPED:
            self.before = "x"
            return
        if element.tag in BLOCKS:
            self.before = " "
        if element.text:
            element.text = self._turned(element.text)
        for child in element:
            self._visit(child)
            if child.tail:
                child.tail = self._turned(child.tail)
        if element.tag in ("br", "img"):
            self.before = " "

    def _turned(self, text: str) -> str:
        if STRAIGHT.search(text) is not None:
            whole = self.before + text
            text = STRAIGHT.sub(lambda m: _mark(m, whole, self.marks), whole)[1:] if STRAIGHT.search(self.before) is None else text
        for pattern, replacement in self.spaces:
            text = re.sub(pattern, replacement, text)
        self.before = text[-1]
        return text


def _mark(match: re.Match[str], text: str, marks: tuple[str, ...]) -> str:
    found, at = match[0], match.start()
    if found == "...":
        return "…"
    if found[0] == "-":
        return "—" if len(found) == 3 else "–"
    before = text[at - 1] if at else " "
    after = text[match.end()] if match.end() < len(text) else "x"  # an inline element follows
    opens = (before in OPENERS or text[at - 1 : at] in ('"', "'")) and not after.isspace()
    if found == '"':
        return marks[0] if opens else marks[1]
    year = opens and after.isdigit()  # the ’90s
    apostrophe = not opens and before.isalpha() and (after.isalpha() or OPENED.search(text, 0, at) is None)
    return "’" if year or apostrophe else marks[2] if opens else marks[3]
