"""Paragraphs that hold a client's fields: noted while a document is laid out, and set again with another client's words.

In: the values that marks stand for, and paragraphs as they are set. Out: `Watched` paragraphs, each with the shape that all else
rests on: the heights of its lines, and which anchor is on which. What else a paragraph with fields may change (the width of a
column) makes it `rigid`: a copy with other words there is laid out anew. Knows nothing of pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import fields
from generator.layout.boxes import InlineBox, PageReference, Run
from generator.plain import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.layout.boxes import Box
    from generator.layout.galley import Item
    from generator.layout.inline import ParagraphSetter, SetParagraph

Extents = tuple[tuple[float, float, tuple[str, ...]], ...]
"""Height and baseline of each line, and the anchors in it."""


@dataclass(slots=True, eq=False, repr=False)
class Watched:
    """A paragraph with fields at one width."""

    setter: ParagraphSetter
    box: Box
    width: float
    columns: frozenset[int]
    rigid: bool = False
    extents: Extents = ()  # as it was set last

    def reset(self) -> SetParagraph:
        """Set it with the words that the watch holds now. Raises LayoutError."""
        return self.setter.anew(self.box, self.width)

    def items(self, paragraph: SetParagraph, line: int, x: float) -> list[Item]:
        """Give a line's items; `x` is the line box's left edge."""
        return self.setter.line_items(paragraph, paragraph.lines[line], x)[2]


class Watch:
    """The values in force, and the paragraphs that show them."""

    def __init__(self, values: Sequence[str]) -> None:
        """Begin with one client's values."""
        self.values = values
        self.paragraphs: dict[tuple[int, float], Watched] = {}
        self.inside = 0  # how many inline boxes the paragraph that is set stands in

    def words(self, text: str, *, rtl: bool) -> str:
        """Put the values into a run's text."""
        return fields.words(text, self.values, rtl=rtl) if fields.OPEN in text else text

    def note(self, setter: ParagraphSetter, box: Box, width: float, *, measured: bool = False) -> Watched | None:
        """Note a paragraph that is set or measured; None for one without fields."""
        known = self.paragraphs.get((id(box), width))
        if known is None:
            columns = columns_of(box)
            if not columns:
                return None
            known = self.paragraphs[id(box), width] = Watched(setter, box, width, columns)
        known.setter = setter
        known.rigid = known.rigid or measured or self.inside > 0 or _moves_others(box)
        return known

    def rigid_columns(self) -> frozenset[int]:
        """Give the columns on whose values more than lines depends."""
        rigid = {id(w.box) for w in self.paragraphs.values() if w.rigid}
        return frozenset(c for w in self.paragraphs.values() if id(w.box) in rigid for c in w.columns)

    def free(self) -> list[Watched]:
        """Give the paragraphs that may be set anew alone."""
        rigid = {id(w.box) for w in self.paragraphs.values() if w.rigid}
        return [w for w in self.paragraphs.values() if id(w.box) not in rigid]


def columns_of(box: Box) -> frozenset[int]:
    """Give the columns whose fields stand in a paragraph's own text."""
    texts = [i.text for i in box.inlines if isinstance(i, Run) and isinstance(i.text, str)]
    return frozenset(c for text in texts if fields.OPEN in text for c in fields.columns_in(text))


def _moves_others(box: Box) -> bool:
    """Tell whether it cannot be set again alone: a box stands in it, or the number of the page that it happens to be on."""
    return any(isinstance(i, InlineBox) or (isinstance(i.text, PageReference) and not i.text.target) for i in box.inlines)
