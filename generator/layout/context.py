"""What all of layout shares while one document is laid out: typesetter, page kinds, page references, positions.

Holds no result; a new one is made for each document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import LayoutError, Position
from generator.plain import dataclass, field
from generator.text.types import TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.errors import Notice
    from generator.layout.boxes import PageReference
    from generator.layout.galley import Galley
    from generator.layout.memory import Memory
    from generator.layout.watch import Watch
    from generator.style.computed import Style
    from generator.style.page_style import PageStyle
    from generator.text.typesetter import Typesetter


@dataclass(slots=True, eq=False, repr=False)
class Context:
    """Shared state of one document's layout."""

    typesetter: Typesetter
    page_style: Callable[[str], PageStyle]
    position: Callable[[int, str], Position | None]
    watch: Watch | None = None  # set where the text holds a client's fields
    memory: Memory | None = None  # of the same document, laid out before
    references: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)
    margins: dict[tuple[int, str], Galley] = field(default_factory=dict)  # running heads and feet, by box and page
    styles: dict[tuple[Style, str], TextStyle] = field(default_factory=dict)

    def text_style(self, style: Style, lang: str) -> TextStyle:
        """Give the typographer's view of a computed style."""
        key = (style, lang)
        found = self.styles.get(key)
        if found is None:
            found = self.styles[key] = text_style(style, lang)
        return found

    def resolve(self, reference: PageReference) -> str:
        """Give a page reference's text; an unknown one is remembered, and reads 0 until pages are known."""
        text = self.references.get(reference.target)
        if text is None:
            self.missing.add(reference.target)
            return "0"
        return text

    def fail(self, message: str, line: int, hint: str, needle: str = "") -> LayoutError:
        """Make an error that stands at a line of the handout, under `needle` where it is found."""
        return LayoutError(message, self.position(line, needle), hint)


def text_style(style: Style, lang: str) -> TextStyle:
    """Give the typographer's view of a computed style."""
    spacing = style.letter_spacing if isinstance(style.letter_spacing, float) else 0.0
    return TextStyle(style.font_family, style.font_weight, style.font_style == "italic", style.font_size, lang, spacing,
                     style.font_feature_settings)  # fmt: skip
