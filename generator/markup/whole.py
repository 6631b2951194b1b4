"""Nothing that somebody wrote may get lost on its way through Markdown and HTML.

In: HTML as Markdown wrote it, and its tree. Out: an error for words that are in the one and not in the other. And Python-Markdown's
tables and footnotes, which drop a cell too many and the first of two notes, taught to refuse both.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

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
WORD = re.compile(r"\S+")


class Misread(ContentError):
    """Markdown would have lost something; the line is filled in by the caller, where `needle` stands."""

    def __init__(self, message: str, hint: str, needle: str) -> None:
        """Keep what to look for."""
        super().__init__(message, None, hint)
        self.needle = needle


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


def _lost(word: str, place: Callable[[str], Position | None]) -> ContentError:
    return ContentError(f"“{word}” would get lost: it stands where HTML has no place for text", place(word),
                        "put it into a paragraph, a cell or an item, or write < as &lt;")  # fmt: skip


class _Table(TableProcessor):
    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        cells = self._split_row(row)  # type: ignore[attr-defined]
        if len(cells) > len(align):
            raise Misread(f"a row of a table has {len(cells)} cells, and its head {len(align)}",
                          "give the head as many cells, or write a | that is no border as \\|", _plain(cells[len(align)]))  # fmt: skip
        super()._build_row(row, parent, align)  # type: ignore[misc]


class Tables(TableExtension):
    """Tables whose rows are not cut off."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register it."""
        super().extendMarkdown(md)
        md.parser.blockprocessors.register(_Table(md.parser, self.getConfigs()), "table", 75)


class Footnotes(FootnoteExtension):
    """Footnotes of which no second one takes the place of the first."""

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - Python-Markdown's names
        """Store a footnote."""
        if id in self.footnotes:
            raise Misread(f"there are two footnotes [^{id}]", "give one of them another name", f"[^{id}]:")
        super().setFootnote(id, text)


def _plain(text: str) -> str:
    found = WORD.search(re.sub("[\ue000-\ue0ff]", "", text))
    return found[0] if found is not None else "|"
