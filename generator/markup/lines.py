"""Source lines carried through Jinja and Markdown.

Before Jinja, an invisible mark with the line's number is put before the first letter of every line that begins
plain text; a tree processor turns the marks into `data-line` on the blocks they reach. The marks are private-use
characters, so they change nothing else. In: text. Out: text. Knows nothing of templates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from xml.etree.ElementTree import Element

MARK, END = "\ue000", "\ue00a"
FIRST_DIGIT = 0xE010
MARKED = re.compile(f"{MARK}([\ue010-\ue019]+){END}")
OPENING = "“”‘’„‚\"'«»‹›「『（《〈¿¡…\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what a text begins with besides letters
CALL = r"\{\{-?[ \t]*(?:lines|checkbox|field)\("  # what Jinja writes there is a block with a label
PLAIN = re.compile(
    rf"^(?P<lead>(?>[ \t]*(?:>[ \t]?)*(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\d{{1,9}}[.)][ \t]+|#{{1,6}}[ \t]+|:[ \t]+|\|[ \t]*)?))"
    rf"(?=[^\W_]|[{OPENING}]|{CALL}|#[^\W_])"  # "#1 of all" is text; Python-Markdown, which would make a heading of it, sees the mark first
)
FENCE = re.compile(r"^[ \t]*(```+|~~~+)")
INLINE = re.compile(r"[\\`*_\[\]<>&!{}~\n\x02]|://|@")
SKIPPED = re.compile(rf"^[ \t]*(\[|\*\[|<|!|(?!{CALL})\{{)")


def encode(number: int) -> str:
    """Write a line number as a mark."""
    return MARK + "".join(chr(FIRST_DIGIT + int(d)) for d in str(number)) + END


def decode(match: re.Match[str]) -> int:
    """Read a mark."""
    return int("".join(str(ord(c) - FIRST_DIGIT) for c in match[1]))


def add_marks(text: str, line_of: Callable[[int], int]) -> str:
    """Mark the lines of `text`; `line_of` gives the file's line of a line's index."""
    out = []
    fence = ""
    jinja = html = 0
    for index, line in enumerate(text.split("\n")):
        opened = FENCE.match(line)
        if opened and (not fence or opened[1].startswith(fence)):
            fence = "" if fence else opened[1][:3]
        inside = bool(fence) or jinja > 0 or html > 0
        if "{" in line or "}" in line:
            jinja = max(0, jinja + len(re.findall(r"\{[{%#]", line)) - len(re.findall(r"[}%#]\}", line)))
        html = max(0, html + line.count("<") - line.count(">")) if (html or line.lstrip().startswith("<")) else 0
        match = None if inside or SKIPPED.match(line) else PLAIN.match(line)
        out.append(line[: match.end()] + encode(line_of(index)) + line[match.end() :] if match else line)
    return "\n".join(out)


def strip_marks(text: str) -> str:
    """Take out every mark that is left."""
    return MARKED.sub("", text) if MARK in text else text


class LineMarks(Treeprocessor):
    """Turns marks into data-line; runs before inline Markdown is read."""

    atomic = False
    abbreviations: Callable[[], object] = staticmethod(dict)  # those that the text defines: they may stand in any text

    def run(self, root: Element) -> None:
        """Visit all blocks. Text without any mark of inline Markdown is made atomic, which spares it twenty patterns."""
        self.atomic = not self.abbreviations()
        for child in root:
            self._visit(child)

    def _visit(self, element: Element) -> int:
        """Mark one element; a container starts on the line of the first block in it."""
        line = 0
        for text in _texts(element):
            match = MARKED.search(text)
            if match:
                line = decode(match)
                break
        if element.text:
            element.text = _kept(element.text)
            if self.atomic and INLINE.search(element.text) is None:
                element.text = AtomicString(element.text)
        for child in element:
            first = self._visit(child)
            line = line or first
            if child.tail:
                tail = _kept(child.tail)
                child.tail = tail if tail.strip() else AtomicString(tail)  # between blocks there is nothing to read
        if line:
            element.set("data-line", str(line))
        return line


def _texts(element: Element) -> Iterable[str]:
    if element.text:
        yield element.text


def _kept(text: str) -> str:
    """Strip marks; an AtomicString (code) stays one."""
    if MARK not in text:
        return text
    return type(text)(MARKED.sub("", text))


__all__ = ["LineMarks", "add_marks", "decode", "encode", "strip_marks"]
