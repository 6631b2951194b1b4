"""The translator's desk: one handout in, the same handout with the words of a catalog out.

In: a handout as written and the gate of its catalog. Out: a handout as markup takes it, and which of its words stand in the
source language. Knows neither HTML nor pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.localize.checks import NO_BLOCK, broken_block, front_fault
from generator.localize.gate import Gate
from generator.localize.messages import messages_of, with_translations

if TYPE_CHECKING:
    from generator.errors import Position
    from generator.localize.catalog import Catalog
    from generator.localize.messages import Message
    from generator.project.records import HandoutSource

FRONT = ("title", "subtitle", "summary")
NAMED = frozenset({"box title", "text alternative", "caption", "heading"})  # known by their words, in whatever place they are shown
EMPHASIS = re.compile(r"[*_`~]")
CELL = "table cell"
MARK = " {: .untranslated }"  # several cells stand on a line: each says it itself


class Desk:
    """One handout with the gate that its words go through."""

    def __init__(self, found: Catalog | None, source: HandoutSource) -> None:
        """`found`: its catalog, or None."""
        self.source = source
        self.lines = source.body.split("\n")
        self.messages = messages_of(self.lines)
        self.front = [getattr(source, name) for name in FRONT]
        self.gate = Gate(found, [*self.front, *(m.text for m in self.messages)])
        self.foreign: set[str] = set()  # texts that stand in the source language

    @property
    def count(self) -> int:
        """How many messages there are: a text that stands in several places is one."""
        return len({m.text for m in self.messages} | {text for text in self.front if text})

    def handout(self) -> HandoutSource:
        """Give the handout in the reader's language."""
        title, subtitle, summary = (self._front(text) for text in self.front)
        texts = [self.gate.translation(m.text, lambda m=m: self._place(m)) for m in self.messages]  # type: ignore[misc]
        foreign = [m for m, text in zip(self.messages, texts, strict=True) if text is None]
        self.foreign |= {EMPHASIS.sub("", m.text) for m in foreign if m.kind in NAMED}
        texts = [m.text + MARK if text is None and m.kind == CELL else text for m, text in zip(self.messages, texts, strict=True)]
        put = iter(texts)
        body, origin = with_translations(self.lines, self.messages, lambda _: next(put))
        self._refuse_broken(texts, body)
        source = self.source
        return source._replace(title=title, called=source.title, subtitle=subtitle, summary=summary, body="\n".join(body),
                               origin=tuple(source.line(index) for index in origin), entries=self._entries(),
                               untranslated=frozenset(source.line(m.line) for m in foreign if m.kind not in (*NAMED, CELL)))  # fmt: skip

    def _entries(self) -> dict[int, str]:
        """Give for each line of the source where the words of its first message stand in the catalog."""
        out: dict[int, str] = {}
        for message in reversed(self.messages):
            place = self.gate.entry_of(message.text)
            if place:
                out[self.source.line(message.line)] = place
        return out

    def _front(self, text: str) -> str:
        if not text:
            return ""
        found = self.gate.translation(text, lambda: self.source.source.find(text), front_fault)
        if found is None:
            self.foreign.add(text)
        return found or text

    def _place(self, message: Message) -> Position:
        return self.source.source.position(self.source.line(message.line), message.stretches[0].start + 1)

    def _refuse_broken(self, texts: list[str | None], body: list[str]) -> None:
        """Refuse a translation that Markdown reads as more or less than the one block that its source is."""
        if self.gate.damaged or all(text is None for text in texts):
            return
        index = self._broken(texts, body)
        if index is None:
            return
        while index > 0 and texts[index] is None:
            index -= 1  # what stands before it has swallowed it
        # Several may stand on its line, as cells do: which of them it is shows when each is put there alone.
        alone = (i for i, m in enumerate(self.messages) if m.line == self.messages[index].line and self._breaks_alone(i, texts[i]))
        entry = self.gate.found.translation(self.messages[next(alone, index)].text) if self.gate.found is not None else None
        if entry is not None:
            self.gate.refuse(entry, NO_BLOCK)

    def _breaks_alone(self, index: int, text: str | None) -> bool:
        texts = [text if i == index else None for i in range(len(self.messages))]
        put = iter(texts)
        body, _ = with_translations(self.lines, self.messages, lambda _: next(put))
        return self._broken(texts, body) is not None

    def _broken(self, texts: list[str | None], body: list[str]) -> int | None:
        return broken_block([m.text if text is None else text for m, text in zip(self.messages, texts, strict=True)], body)
