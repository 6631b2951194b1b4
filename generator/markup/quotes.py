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
ADDRESS = re.compile(r"://|^www\.|^[^\s@]+@[^\s@]+$")  # a link whose text is where it leads
OPENERS = frozenset(" \t\n\u00a0\u202f([{<-–—/“‘«‹„‚「『（")
CJK = "\u2e80"  # from here on, letters that stand without spaces between words and know no apostrophe
TEX = "tex"
"""The class of a formula that stands as it was typed."""
SKIPPED = frozenset({"code", "pre", "kbd", "samp", "script", "style", "svg"})
BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "blockquote", "div", "figcaption", "caption"}
)


class Quotes(Treeprocessor):
    """Turns straight marks; what stands before a mark decides, across inline elements too."""

    before = " "
    speaks = quotes = False  # within quotation marks, within inner ones
    marks: tuple[str, ...] = ("“", "”", "‘", "’")
    spaces: tuple[tuple[str, str], ...] = ()  # what a space beside a mark becomes, as (pattern, replacement)

    def run(self, root: Element) -> None:
        """Visit all text in order."""
        self._begin()
        self._visit(root)

    def _begin(self) -> None:
        """Begin a block: what was opened before it is closed."""
        self.before, self.speaks, self.quotes = " ", False, False

    def _visit(self, element: Element) -> None:
        if element.tag in SKIPPED or element.get("class") == TEX or (element.tag == "a" and ADDRESS.search(element.text or "")):
            self.before = "x"
            return
        if element.tag in BLOCKS:
            self._begin()
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
            text = STRAIGHT.sub(lambda m: self._mark(m, whole), whole)[1:] if STRAIGHT.search(self.before) is None else text
        for pattern, replacement in self.spaces:
            text = re.sub(pattern, replacement, text)
        self.before = text[-1]
        return text

    def _mark(self, match: re.Match[str], text: str) -> str:
        found, at = match[0], match.start()
        if found == "...":
            return "…"
        before = text[at - 1] if at else " "
        after = text[match.end()] if match.end() < len(text) else "x"  # an inline element follows
        if found[0] == "-":
            is_option = len(found) == 2 and before.isspace() and after.isalnum() and match.end() < len(text)  # --help
            return found if is_option else "—" if len(found) == 3 else "–"
        opens = (before in OPENERS or before in "\"'") and not after.isspace()
        return self._outer(before, after, opens=opens) if found == '"' else self._inner(before, after, opens=opens)

    def _outer(self, before: str, after: str, *, opens: bool) -> str:
        """Turn a straight quotation mark. Between letters, as Chinese writes it, what is open decides."""
        if not opens and not self.speaks and after.isalnum() and not before.isdigit():
            opens = True
        self.speaks = opens
        return self.marks[0] if opens else self.marks[1]

    def _inner(self, before: str, after: str, *, opens: bool) -> str:
        """Turn a straight apostrophe, which may be an inner quotation mark."""
        if opens and after.isdigit():
            return "’"  # the ’90s
        if opens or (before >= CJK and not self.quotes and not after.isspace()):
            self.quotes = True
            return self.marks[2]
        closes = self.quotes and (not after.isalnum() or after >= CJK)
        self.quotes = self.quotes and not closes
        return self.marks[3] if closes else "’"
