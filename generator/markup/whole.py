"""Nothing that somebody wrote may get lost on its way through Markdown and HTML.

In: HTML as Markdown wrote it, and its tree. Out: an error for words that are in the one and not in the other. And Python-Markdown's
tables and footnotes, which drop a cell too many and the first of two notes, taught to refuse both.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension, TableProcessor

from generator.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from xml.etree.ElementTree import Element

    from markdown import Markdown

    from generator.errors import Position

TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>", re.DOTALL)
ROWS = ("table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "colgroup")  # what holds parts of its own kind, and no text
CLOSED = frozenset({"div", "section", "article", "aside", "header", "footer", "main", "nav", "figure", "details", "center", "address",
                    "blockquote", "table", "ul", "ol", "dl"})  # fmt: skip
"""What nothing ends but its own end."""
NAME = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
LINE = re.compile(r'data-line="(\d+)"')
WORD = re.compile(r"\S+")
MARKS = re.compile("[\ue000-\ue0ff]")
INNER_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
ATTRIBUTES = re.compile(r"\{:[ ]*([^}\n]*?)[ ]*\}")


class Misread(ContentError):
    """Markdown would have lost something; the line is filled in by the caller, where `needle` stands, in `line` if that is found."""

    def __init__(self, message: str, hint: str, needle: str, line: str = "") -> None:
        """Keep what to look for."""
        super().__init__(message, None, hint)
        self.needle, self.line = needle, line


def refuse_lost(html: str, root: Any, place: Callable[[str], Position | None]) -> None:
    """Raise ContentError at the first word that HTML has no place for; `place` finds a word."""
    for element in root.iter(*ROWS):
        for text in (element.text, *(child.tail for child in element)):
            if text and text.strip():
                raise _lost(text.split()[0], place)
    wanted = unescape(TAG.sub(" ", html)).split()
    found = " ".join(root.itertext()).split()
    if wanted == found or "".join(wanted) == "".join(found):
        return
    rest = "".join(found)
    at = 0
    for word in wanted:
        if not rest.startswith(word, at):
            raise _lost(word, place)
        at += len(word)


def refuse_open(html: str, place: Callable[[str, int, bool], Position | None]) -> None:
    """Raise ContentError for a block that is open where what holds it ends: it would swallow all that follows.

    `place` finds a tag by the last line that is known, that of the first words in what holds the block or of a block before it.
    """
    stack: list[tuple[str, int, bool]] = []
    line, holder = 0, len(html)
    for match in TAG.finditer(html):
        tag = match[0]
        numbered = LINE.search(tag)
        if numbered:
            line, holder = int(numbered[1]), len(stack)
        name = NAME.match(tag)
        if name is None:
            continue
        kind = name[2].lower()
        if not name[1]:
            stack.append((kind, line, len(stack) > holder))
        elif any(kind == held for held, _, _ in stack):
            while stack[-1][0] != kind:
                held, begun, within = stack.pop()
                if held in CLOSED:
                    where = place(f"<{held}", begun, within)
                    raise ContentError(f"a <{held}> is opened here and has no end", where, f"write </{held}> where it ends")
            stack.pop()
            if len(stack) <= holder:  # what the line was that of is closed
                holder = len(html)


def refuse_ragged(root: Any, place: Callable[[Any], Position | None]) -> None:
    """Raise ContentError for a table whose spans leave its rows unequal: a screen reader could not count its cells (ISO 14289-1 7.5)."""
    for table in root.iter("table"):
        if not any(cell.get(name) for cell in table.iter("td", "th") for name in ("rowspan", "colspan")):
            continue
        sections = [part for part in table if part.tag in ("thead", "tbody", "tfoot")] or [table]
        widths = {width for section in sections for width in _widths([row for row in section if row.tag == "tr"])}
        if len(widths) > 1:
            raise ContentError("the rows of this table do not come to the same number of columns", place(table),
                               "count colspan and rowspan again")  # fmt: skip


def _widths(rows: Sequence[Any]) -> list[int]:
    """Give how many columns each row comes to, with what reaches down from above; -1 for what reaches below the last."""
    taken = [0] * len(rows)
    below = False
    for at, row in enumerate(rows):
        for cell in row.iter("td", "th"):
            wide, high = (max(1, int(cell.get(name) or 1)) if (cell.get(name) or "1").isdecimal() else 1 for name in ("colspan", "rowspan"))
            below = below or at + high > len(rows)
            for reached in range(at, min(at + high, len(rows))):
                taken[reached] += wide
    return [*taken, -1] if below else taken


def _lost(word: str, place: Callable[[str], Position | None]) -> ContentError:
    return ContentError(f"“{word}” would get lost: it stands where HTML has no place for text", place(word),
                        "put it into a paragraph, a cell or an item, or write < as &lt;")  # fmt: skip


class _Table(TableProcessor):
    def run(self, parent: Element, blocks: list[str]) -> None:
        """Make the table; an attribute list in a line of its own below it is the table's, as it would be a paragraph's."""
        head, _, last = blocks[0].rpartition("\n")
        match = ATTRIBUTES.fullmatch(MARKS.sub("", last).strip())
        if match and head:
            blocks[0] = head
        alone = blocks[0].count("\n") == 1
        super().run(parent, blocks)
        if alone:
            _as_body(parent[-1])
        if match and head:
            AttrListTreeprocessor().assign_attrs(parent[-1], match[1])

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        cells = self._split_row(row)
        if len(cells) > len(align):
            raise Misread(f"a row of a table has {len(cells)} cells, and its head {len(align)}",
                          "give the head as many cells, or write a | that is no border as \\|", _plain(cells[len(align)]),
                          MARKS.sub("", row).strip())  # fmt: skip
        super()._build_row(row, parent, align)  # type: ignore[misc]

    def _split_row(self, row: str) -> list[str]:
        """Give the cells; a bar in code, which no backslash escapes elsewhere, is written without it."""
        cells: list[str] = super()._split_row(row)  # type: ignore[misc]
        return [INNER_CODE.sub(lambda m: m[0].replace("\\|", "|"), cell) for cell in cells] if "\\|" in row else cells


def _as_body(table: Element) -> None:
    """Make the head of a table without rows its only row: where there is a head there is a body (ISO 32000-1 14.8.4.3.4)."""
    head, body = table
    table.remove(body)
    head.tag = "tbody"


class Tables(TableExtension):
    """Tables whose rows are not cut off."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register it."""
        super().extendMarkdown(md)
        md.parser.blockprocessors.register(_Table(md.parser, self.getConfigs()), "table", 75)


class AttributeLists(AttrListTreeprocessor):
    """Attribute lists that say what they are: {.class}, {#name}, {: … } or {name=value}. Other braces are text."""

    BASE_RE = r"\{(?=[ ]*[:.#]|[ ]*[\w-]+=)\:?[ ]*([^\}\n ][^\n]*)\}"  # type: ignore[misc]
    HEADER_RE = re.compile(rf"[ ]+{BASE_RE}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{BASE_RE}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{BASE_RE}")  # type: ignore[misc]


class Footnotes(FootnoteExtension):
    """Footnotes of which no second one takes the place of the first."""

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - Python-Markdown's names
        """Store a footnote."""
        if id in self.footnotes:
            raise Misread(f"there are two footnotes [^{id}]", "give one of them another name", f"[^{id}]:")
        super().setFootnote(id, text)


def _plain(text: str) -> str:
    found = WORD.search(MARKS.sub("", text))
    return found[0] if found is not None else "|"
