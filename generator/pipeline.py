"""The one module that names every stage. It reads like the table of stages in the README.

1 read (project/) - 3 mark up (markup/) - 4 style (style/) - 5 lay out (layout/, text/) - 6 write (pdf/).
In: a `Piece`. Out: a `Result`, the bytes of one PDF with what is to be said of it. `Press` keeps what a warm process
uses again: parsed stylesheets, styles, shaped words.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from generator import __version__
from generator.errors import TemplateError
from generator.layout.document import Desk, lay_out
from generator.layout.fit import fit
from generator.markup import MarkupRoom
from generator.papers import PAPERS
from generator.pdf.document import DocumentInfo, write
from generator.pictures import Drawn, PictureShelf
from generator.style.cascade import Cascade
from generator.style.page_style import page_style
from generator.style.stylesheet import Stylesheet, parse_stylesheet
from generator.text.catalogue import FontCatalogue
from generator.text.typesetter import Typesetter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.errors import Notice
    from generator.layout.pages import Pages
    from generator.markup import Markup, Piece
    from generator.project.records import Brand, HandoutSource
    from generator.style.page_style import PageStyle


@dataclass(frozen=True, slots=True)
class Result:
    """One finished piece."""

    data: bytes
    pages: int
    title: str
    notices: tuple[Notice, ...]


class Press:
    """Makes pieces; what can be used again is kept between them."""

    def __init__(self, cache: Path | None = None) -> None:
        """`cache`: an existing folder for compiled templates, or None."""
        self.room = MarkupRoom(cache)
        self._sheets: dict[Path, Stylesheet] = {}
        self._cascades: dict[Any, tuple[Cascade, dict[str, PageStyle], Drawn]] = {}
        self._typesetters: dict[str, Typesetter] = {}

    def make(self, piece: Piece) -> Result:
        """Take a piece through every stage. Raises a HandoutsError with its position."""
        with collector_at_rest():
            return self._make(piece)

    def _make(self, piece: Piece) -> Result:
        markup = self.room.mark_up(piece)
        pages, notices = self.pages(piece, markup)
        data = write(pages, _info(piece, pages))
        return Result(data, len(pages.pages), pages.title, (*markup.notices, *notices))

    def pages(self, piece: Piece, markup: Markup) -> tuple[Pages, tuple[Notice, ...]]:
        """Style and lay out a marked-up page."""
        cascade, kinds, drawn = self._cascade(piece, markup)
        styled = cascade.style_tree(markup.tree)

        def kind_of(name: str) -> PageStyle:
            if name not in kinds:
                kinds[name] = page_style(cascade, styled.style, name)
            return kinds[name]

        shelf = PictureShelf(markup.assets, piece.templates, markup.position, drawn)
        desk = Desk(self._typesetter(piece.brand), shelf, kind_of, markup.position)
        floor = kind_of("").floor
        title = markup.title
        if floor is not None:
            pages, notices = fit(styled, desk, title, floor)
        else:
            pages, notices = lay_out(styled, desk, title), ()
        pages.images = shelf.images
        return pages, notices

    def _cascade(self, piece: Piece, markup: Markup) -> tuple[Cascade, dict[str, PageStyle], Drawn]:
        names = tuple(link.get("href") for link in markup.tree.iter("link") if link.get("rel") == "stylesheet")
        root = markup.tree.get("class")
        key = (names, piece.templates, piece.brand.slug, piece.paper, root, piece.brand.source.text)
        found = self._cascades.get(key)
        if found is None:
            sheet = Stylesheet()
            for name in names:
                sheet.extend(self._sheet(piece.templates, name))
            width, height = PAPERS[piece.paper]
            properties = {**piece.brand.css_variables(), "--paper-width": f"{width}pt", "--paper-height": f"{height}pt"}
            found = self._cascades[key] = (Cascade(sheet, properties), {}, {})
        return found

    def _sheet(self, folders: tuple[Path, ...], name: str) -> Stylesheet:
        path = next((f / name for f in folders if (f / name).is_file()), None)
        if path is None:
            raise TemplateError(f'there is no stylesheet "{name}"', None, "it belongs into templates/")
        if path not in self._sheets:
            self._sheets[path] = parse_stylesheet(path.read_text(encoding="utf-8"), f"templates/{name}")
        return self._sheets[path]

    def _typesetter(self, brand: Brand) -> Typesetter:
        if brand.slug not in self._typesetters:
            folders = (brand.folder,) if brand.folder.is_dir() else ()
            self._typesetters[brand.slug] = Typesetter(FontCatalogue(folders))
        return self._typesetters[brand.slug]


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the cyclic garbage collector from running: while a piece is made it finds nothing, and costs a tenth."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _info(piece: Piece, pages: Pages) -> DocumentInfo:
    handout = piece.handout
    return DocumentInfo(
        title=pages.title,
        lang=pages.lang,
        creator=f"handouts {__version__}",
        date=build_date(handout),
        author=piece.brand.name,
        subject=handout.summary,
    )


def build_date(handout: HandoutSource) -> datetime:
    """Give the date that a file bears: SOURCE_DATE_EPOCH, else the day of the review, so that bytes are reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.combine(handout.reviewed, time(), UTC)
