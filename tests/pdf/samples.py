"""Hand-made pages that the tests of this room write."""

from __future__ import annotations

from datetime import UTC, datetime

from generator.layout.pages import ARTIFACT, Node, Page, Pages, Text
from generator.pdf.document import DocumentInfo, write
from tests.pdf.standin import Face, piece

BLACK = (0.0, 0.0, 0.0)
REGULAR = Face()
BOLD = Face("AtkinsonHyperlegible-Bold.ttf")


def info(**more) -> DocumentInfo:
    values = {"title": "A title", "lang": "en", "creator": "handouts 0.1", "date": datetime(2025, 3, 8, tzinfo=UTC)}
    return DocumentInfo(**values | more)


def line(y: float, text: str, content: int = ARTIFACT, x: float = 50, face: Face = REGULAR, **more) -> Text:
    return Text(x, y, (piece(face, text, **more),), BLACK, content)


def piece_of(fragments=(), root: Node | None = None, links=(), **more) -> Pages:
    """A piece of one half-letter page."""
    page = Page(396, 612, list(fragments), list(links))
    return Pages([page], root or Node("Document"), "en", "A title", 100, **more)


def written(fragments=(), root: Node | None = None, links=(), **more) -> bytes:
    return write(piece_of(fragments, root, links, **more), info())
