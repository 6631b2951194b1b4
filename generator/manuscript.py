"""What goes to the compositor and what comes back. Plain records: both ends of a pipe can hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.plain import NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from generator.errors import Notice, Position
    from generator.project.records import Brand
    from generator.project.source import Source


class Manuscript(NamedTuple):
    """A page as stage 3 leaves it. `tree` is <html>; `assets` maps every picture's src to its checked file.

    `templates` are the folders of stylesheets and of drawings; the first that has a file wins.
    """

    tree: Any
    title: str
    source: Source
    assets: dict[str, Path]
    brand: Brand
    paper: str
    templates: tuple[Path, ...]
    summary: str
    reviewed: date
    fields: tuple[str, ...] | None = None  # a client's words, by the marks that stand for them; None: there are no marks
    author: str = ""

    def position(self, line: int, needle: str = "") -> Position | None:
        """Give a place in the handout: the line, and the column of `needle` where it stands near."""
        return self.source.near(line, needle)


class Announced(NamedTuple):
    """What is known of a piece before its page is there: `text` is its handout's Markdown, "" in another language than the handout's."""

    templates: tuple[Path, ...]
    template: str
    brand: Brand
    locale: str
    paper: str
    edition: str
    cache: Path | None
    text: str


class Result(NamedTuple):
    """One finished piece."""

    data: bytes
    pages: int
    title: str
    notices: tuple[Notice, ...]
