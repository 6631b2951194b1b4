"""Stages 4 to 6 as one: a marked-up page in, the bytes of its PDF out: style/, then layout/ with text/, then pdf/.

In: a `Manuscript`. Out: a `Result`. Keeps what a warm process uses again: parsed stylesheets, styles, shaped words.
Knows neither Markdown nor Jinja, so that it can work in a process of its own (relay.py).
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from generator import __version__
from generator.errors import BrandError, LayoutError, Notice, Position, TemplateError
from generator.layout.document import Desk, lay_out
from generator.layout.filling import fill
from generator.layout.fit import fit
from generator.layout.watch import Watch
from generator.manuscript import Result
from generator.papers import PAPERS
from generator.pdf.document import DocumentInfo, write
from generator.pdf.fonts import StackedLetter
from generator.pictures import Drawn, PictureShelf
from generator.plain import NamedTuple
from generator.rehearsal import BODY, Bones, rehearse, shape_lines
from generator.style.cascade import Cascade
from generator.style.compiled import kept_stylesheet
from generator.style.page_style import page_style
from generator.style.shown import refuse_hidden
from generator.style.stylesheet import Stylesheet
from generator.text.catalogue import FontCatalogue
from generator.text.types import TextStyle
from generator.text.typesetter import Typesetter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from generator.layout.pages import Pages
    from generator.manuscript import Announced, Manuscript
    from generator.memories import Memories, Remembered
    from generator.project.records import Brand
    from generator.style.cascade import Styled as Tree
    from generator.style.computed import Style
    from generator.style.page_style import Floor, PageStyle

    Kinds = dict[tuple[Style, str], PageStyle]  # of pages, by the style of <html>: a page's sides are its reader's

MANY_KINDS = 64  # of pages, kept at once
LINKED = re.compile(r'<link rel="stylesheet" href="([^"{}]+)"')


class Styled(NamedTuple):
    """A manuscript at the end of stage 4."""

    tree: Tree
    desk: Desk
    shelf: PictureShelf
    floor: Floor | None
    manuscript: Manuscript

    def lay_out(self, watch: Watch | None) -> tuple[Pages, tuple[Notice, ...]]:
        """Do stage 5; `watch` holds a client's words, and learns which paragraphs show them."""
        desk = self.desk._replace(watch=watch)
        notices: tuple[Notice, ...] = ()
        if self.floor is not None:
            pages, notices = fit(self.tree, desk, self.manuscript.title, self.floor)
        else:
            pages = lay_out(self.tree, desk, self.manuscript.title)
        pages.images, pages.names = self.shelf.images, self.shelf.names
        return pages, notices

    def info(self, pages: Pages) -> DocumentInfo:
        """Give what the file says about itself."""
        return _info(self.manuscript, pages)


class Compositor:
    """Sets manuscripts; what can be used again is kept between them."""

    def __init__(self, cache: Path | None = None, memories: Memories | None = None) -> None:
        """Begin with empty shelves. `cache`: an existing folder for parsed stylesheets, or None.

        `memories`: pieces will come again with little changed, or others like them.
        """
        self._cache = cache
        self._memories = memories
        self._sheets: dict[Path, Stylesheet] = {}
        self._cascades: dict[Any, tuple[Cascade, Kinds, Drawn]] = {}
        self._typesetters: dict[str, Typesetter] = {}
        self._bones: Bones | None = None  # of the piece that was announced
        self._first: Any = None  # its page

    def remembering(self, memories: Memories) -> Compositor:
        """Keep what pieces have in common from now on; what is on the shelves stays."""
        self._memories = memories
        return self

    def compose(self, manuscript: Manuscript) -> Result:
        """Make the PDF. Raises a HandoutsError with its position."""
        pages, notices = self.pages(manuscript)
        remembered = self._remembered(manuscript)
        try:
            data = write(pages, _info(manuscript, pages), remembered.painted if remembered is not None else None)
        except StackedLetter as exc:
            raise LayoutError(exc.message, manuscript.source.find(exc.letter), exc.hint) from exc
        if self._memories is not None:
            self._memories.made(self._dress(manuscript), len(pages.pages))
        return Result(data, len(pages.pages), pages.title, (*notices, *self._weak(manuscript)))

    def rehearse(self, announced: Announced) -> Iterator[None]:
        """Get ready for the first manuscript, a little at a time; what is wrong with it may be raised, and comes again with it.

        Stylesheets are read, the faces of its language opened and the words of its text shaped; where a piece in the same dress has
        left its bones, in its very styles.
        """
        self._cache, brand = announced.cache, announced.brand
        self._bones = Bones(announced, announced.cache) if announced.cache is not None else None
        text = next((f / announced.template).read_text(encoding="utf-8") for f in announced.templates if (f / announced.template).is_file())
        names = tuple(LINKED.findall(text))
        for name in names:
            self._sheet(announced.templates, name)
        yield
        typesetter, style = self._typesetter(brand), TextStyle((brand.body.family,), brand.body.weight, lang=announced.locale)
        typesetter.expect(style)
        yield
        tree = self._bones.found() if self._bones is not None else None
        if tree is None:
            yield from shape_lines(typesetter, {BODY: style}, announced.text)
            return
        cascade, _, _ = self._cascade(tree, brand, announced.templates, announced.paper)
        yield
        styled = cascade.style_tree(tree)
        yield
        yield from rehearse(styled, announced.locale, typesetter, announced.text)

    def leave_bones(self) -> None:
        """Keep those of the first page that was made since one was announced, for the next process."""
        if self._bones is not None and self._first is not None:
            self._bones.keep(self._first)
            self._bones = self._first = None

    def pages(self, manuscript: Manuscript) -> tuple[Pages, tuple[Notice, ...]]:
        """Style and lay out."""
        try:
            return self._pages(manuscript)
        except BrandError as exc:
            raise (exc if exc.position is not None else _at_home(manuscript.brand, exc)) from exc

    def _pages(self, manuscript: Manuscript) -> tuple[Pages, tuple[Notice, ...]]:
        if manuscript.fields is None:
            return self.styled(manuscript).lay_out(None)
        pages, notices = self.styled(manuscript).lay_out(Watch(manuscript.fields))
        fill(pages, manuscript.fields)
        return pages, notices

    def styled(self, manuscript: Manuscript) -> Styled:
        """Do stage 4, and get all ready for laying out, once or for one client after another."""
        if self._bones is not None and self._first is None:
            self._first = manuscript.tree
        cascade, kinds, drawn = self._cascade(manuscript.tree, manuscript.brand, manuscript.templates, manuscript.paper)
        remembered = self._remembered(manuscript)
        styled = cascade.style_tree(manuscript.tree, remembered.styles if remembered is not None else None)
        refuse_hidden(manuscript.tree, styled)

        def kind_of(name: str) -> PageStyle:
            key = (styled.style, name)
            if key not in kinds:
                if len(kinds) >= MANY_KINDS:
                    kinds.clear()
                kinds[key] = page_style(cascade, styled.style, name)
            return kinds[key]

        shelf = PictureShelf(manuscript.assets, manuscript.templates, manuscript.position, drawn)
        memory = remembered.layout if remembered is not None and kind_of("").floor is None else None
        desk = Desk(self._typesetter(manuscript.brand), shelf, kind_of, manuscript.position, None, memory)
        return Styled(styled, desk, shelf, kind_of("").floor, manuscript)

    def _weak(self, manuscript: Manuscript) -> Iterator[Notice]:
        """Tell of a font of the brand's own that sets the text and has no bold: what is marked strong is not seen."""
        brand, typesetter = manuscript.brand, self._typesetter(manuscript.brand)
        style = TextStyle((brand.body.family,), brand.body.weight, lang=manuscript.tree.get("lang", ""))
        for family in typesetter.catalogue.without_bold(brand.folder):
            if typesetter.sets(style, family):
                yield Notice(f"the font {family} has no bold: headings and what is marked strong look like all other text",
                             brand.source.find("typography"), "put its bold into the brand's folder too, or another font that has one")

    def _remembered(self, manuscript: Manuscript) -> Remembered | None:
        if self._memories is None or manuscript.fields is not None:
            return None
        return self._memories.find(manuscript.source.path, self._dress(manuscript))

    def _dress(self, manuscript: Manuscript) -> Any:
        """Give all that a piece's looks rest on besides its words."""
        key = _cascade_key(manuscript.tree, manuscript.brand, manuscript.templates, manuscript.paper)
        return (key, *map(manuscript.tree.get, ("lang", "dir", "data-digits")))

    def _cascade(self, tree: Any, brand: Brand, folders: tuple[Path, ...], paper: str) -> tuple[Cascade, Kinds, Drawn]:
        key = _cascade_key(tree, brand, folders, paper)
        found = self._cascades.get(key)
        if found is None:
            sheet = Stylesheet()
            for name in key[0]:
                sheet.extend(self._sheet(folders, name))
            width, height = PAPERS[paper]
            properties = {**brand.css_variables(), "--paper-width": f"{width}pt", "--paper-height": f"{height}pt"}
            found = self._cascades[key] = (Cascade(sheet, properties), {}, {})
        return found

    def _sheet(self, folders: tuple[Path, ...], name: str) -> Stylesheet:
        path = next((f / name for f in folders if (f / name).is_file()), None)
        if path is None:
            raise TemplateError(f'there is no stylesheet "{name}"', None, "it belongs into templates/")
        if path not in self._sheets:
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError as exc:
                raise TemplateError("the stylesheet is not UTF-8", Position(f"templates/{name}"), "save it with the encoding UTF-8") from exc
            self._sheets[path] = kept_stylesheet(text, f"templates/{name}", self._cache)
        return self._sheets[path]

    def _typesetter(self, brand: Brand) -> Typesetter:
        if brand.slug not in self._typesetters:
            folders = (brand.folder,) if brand.folder.is_dir() else ()
            self._typesetters[brand.slug] = Typesetter(FontCatalogue(folders))
        return self._typesetters[brand.slug]


def _cascade_key(tree: Any, brand: Brand, folders: tuple[Path, ...], paper: str) -> Any:
    names = tuple(link.get("href") for link in tree.iter("link") if link.get("rel") == "stylesheet")
    return names, folders, brand.slug, paper, tree.get("class"), brand.source.text


def _info(manuscript: Manuscript, pages: Pages) -> DocumentInfo:
    return DocumentInfo(
        title=pages.title,
        lang=pages.lang,
        creator=f"handouts {__version__}",
        date=build_date(manuscript.reviewed),
        author=manuscript.author,
        subject=manuscript.summary,
    )


def build_date(reviewed: date) -> datetime:
    """Give the date that a file bears: SOURCE_DATE_EPOCH, else the day of the review, so that bytes are reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.combine(reviewed, time(), UTC)


def _at_home(brand: Brand, error: BrandError) -> BrandError:
    """Place an unknown font family where the brand names it."""
    name = re.search("“(.+?)”", error.message)
    return BrandError(error.message, brand.source.find(name[1] if name else "typography"), error.hint)
