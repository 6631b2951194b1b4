"""Stage 3, mark up: a handout through Jinja, Markdown and a page template into one checked HTML tree.

Knows no points, fonts, pages or PDF.
"""

from generator.markup.records import Markup, Piece
from generator.markup.room import MarkupRoom

__all__ = ["Markup", "MarkupRoom", "Piece"]
