"""Boxes (`!!! say`), task lists and quotations that stay apart, as Python-Markdown extensions.

In: Markdown. Out: the HTML that the templates know: `<aside class="box say">`. A kind that other programs have, or that is one of
ours in the reader's language or the author's, is the box that it means; any other is an error.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from generator.errors import ContentError
from generator.localize.habits import quotes, spaces
from generator.markup import inline
from generator.markup.habits import normalise
from generator.markup.lines import MARKED, LineMarks, decode
from generator.markup.quotes import Quotes
from generator.markup.whole import AttributeLists
from generator.project.blocks import TAB_NAME
from generator.project.kinds import ELSEWHERE, WORDS, hint_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from markdown import Markdown

    from generator.localize.interface import Interface


TITLES = {
    "say": "What you might say", "safety": "If you are being hurt or feel afraid", "key": "The main points",
    "note": "Note", "tip": "Tip",
}  # fmt: skip
TYPED = "data-kind"
"""The attribute that keeps the kind that was typed, where the box has another name here."""
TASK = re.compile(r"^\[([ xX])\]\s+")


class UnknownBox(ContentError):
    """A box of a kind that does not exist; the line is filled in by the caller."""


class Boxes(Treeprocessor):
    """`!!! kind "title"`, read by the admonition extension, becomes an aside with a title paragraph."""

    interface: Interface

    def run(self, root: Element) -> None:
        """Rename every admonition."""
        for div in list(root.iter("div")):
            classes = div.get("class", "").split()
            if classes[:1] == ["admonition"]:
                self._rename(div, classes[1:])

    def _rename(self, div: Element, classes: list[str]) -> None:
        kind = classes[0] if classes else ""
        box, own = self._meant(kind)
        title = next((c for c in div if c.get("class") == "admonition-title"), None)
        div.tag = "aside"
        div.set("class", " ".join(["box", box, *classes[1:]]))
        if box != kind:
            div.set(TYPED, kind)
        if title is not None:
            title.set("class", "box-title")
            if (title.text or "").strip().lower() == kind:
                self._entitle(title, own or TITLES[box])

    def _meant(self, kind: str) -> tuple[str, str]:
        """Give the box that a kind means, and its title where that is not the box's own. Raises UnknownBox."""
        if kind in TITLES:
            return kind, ""
        own: dict[str, tuple[str, str]] = {}
        for words in (self.interface.words or {}, self.interface.typed):
            own |= {words[title].lower(): (box, title) for box, title in (*TITLES.items(), *(("note", word) for word in WORDS)) if title in words}
        found = own.get(kind) or ELSEWHERE.get(kind)
        if found is None:
            raise UnknownBox(f"unknown box `!!! {kind}`", None, hint_of(kind))
        return found

    def _entitle(self, title: Element, text: str) -> None:
        """Set a box's own title, in the reader's language or marked as English."""
        ours = text in TITLES.values() or text in WORDS
        title.text = self.interface.word(text) if ours else text
        if not self.interface.has(text) if ours else self._is_english(text):
            title.set("lang", "en")
            title.set("dir", "ltr")

    def _is_english(self, title: str) -> bool:
        """Tell the title of another program's box on a page in another language."""
        return self.interface.words is not None and any(title == own for _, own in ELSEWHERE.values())


class Habits(Preprocessor):
    """Rewrites what GitHub users are used to."""

    def run(self, lines: list[str]) -> list[str]:
        """Rewrite all lines."""
        return normalise(lines)


class Tasks(Treeprocessor):
    """`- [x] done` becomes a task item."""

    def run(self, root: Element) -> None:
        """Visit every list item."""
        for parent in root.iter("ul"):
            for item in parent:
                holder = item if (item.text or "").strip() else next(iter(item), item)
                match = TASK.match((holder.text or "").lstrip())
                if match:
                    holder.text = (holder.text or "").lstrip()[match.end() :]
                    item.set("class", "task")
                    item.set("data-checked", "no" if match[1] == " " else "yes")
                    parent.set("class", "tasks")


class TabNames(Treeprocessor):
    """The name of a tab is a paragraph that stays with what it names."""

    def run(self, root: Element) -> None:
        """Let the paragraph have the class that its words were given."""
        for paragraph in root.iter("p"):
            if len(paragraph) == 1 and paragraph[0].get("class") == TAB_NAME and not (paragraph.text or paragraph[0].tail or "").strip():
                paragraph.set("class", TAB_NAME)
                del paragraph[0].attrib["class"]


class Quotations(BlockQuoteProcessor):
    """Two quotations with an empty line between stay two."""

    def lastChild(self, parent: Element) -> Element | None:  # noqa: ARG002, N802 - Python-Markdown's name
        """Give none to go on with."""
        return None


class HandoutMarkdown(Extension):
    """All of the above, registered."""

    def __init__(self, interface: Interface, abbreviations: Callable[[], object]) -> None:
        """Take the reader's words and marks, and the way to see which abbreviations a text defines."""
        super().__init__()
        self.interface = interface
        self.abbreviations = abbreviations

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the processors."""
        boxes = Boxes(md)
        boxes.interface = self.interface
        md.treeprocessors.register(boxes, "boxes", 27)
        md.preprocessors.register(Habits(md), "habits", 27)  # before fences (25) are taken out
        md.treeprocessors.register(Tasks(md), "tasks", 24)
        marks = LineMarks(md)
        marks.abbreviations = self.abbreviations
        md.treeprocessors.register(marks, "line_marks", 26)
        marks_of_speech = Quotes(md)
        marks_of_speech.marks = quotes(self.interface.locale)
        marks_of_speech.spaces = spaces(self.interface.locale)
        md.treeprocessors.register(marks_of_speech, "quotes", 15)  # after inline Markdown (20)
        md.treeprocessors.register(TabNames(md), "tabs", 16)  # after attribute lists
        md.parser.blockprocessors.register(Quotations(md.parser), "quote", 20)
        md.treeprocessors.register(AttributeLists(md), "attr_list", 17)  # for Python-Markdown's own, and before quotes are turned
        inline.register(md)


def line_of(text: str) -> int:
    """Give the first marked line in a stretch of text."""
    match = MARKED.search(text)
    return decode(match) if match else 0


__all__ = ["HandoutMarkdown", "UnknownBox", "line_of"]
