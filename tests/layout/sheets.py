"""Pages as data from a few lines of CSS and HTML, and from pictures of which only the size matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import html

from generator.layout.boxes import Picture
from generator.layout.document import Desk, lay_out
from generator.layout.pages import Raster, Text
from generator.style.cascade import Cascade
from generator.style.page_style import page_style
from generator.style.stylesheet import parse_stylesheet
from generator.text.catalogue import FontCatalogue
from generator.text.typesetter import Typesetter

if TYPE_CHECKING:
    from generator.layout.pages import Page, Pages

SETTER = Typesetter(FontCatalogue())
BASE = """
@page { size: 300pt 200pt; margin: 0 }
body { font-family: "Atkinson Hyperlegible"; font-size: 10pt; line-height: 20pt; orphans: 2; widows: 2 }
html, body, div, p, hr, ul { display: block } li { display: list-item } img { display: block }
table { display: table } thead { display: table-header-group } tbody { display: table-row-group } tr { display: table-row }
td, th { display: table-cell }
"""


class Pictures:
    """Every picture is a raster of one size."""

    def __init__(self, size: tuple[float, float]) -> None:
        self.size = size

    def image(self, source, style, line):
        return Picture(*self.size, key=source)


class Written(NamedTuple):
    """A line of text on a page: where it begins, where its baseline is, and what it says."""

    x: float
    y: float
    text: str


def pages_of(css: str, body: str, *, rtl: bool = False, picture: tuple[float, float] = (10.0, 10.0)) -> Pages:
    """Lay out a document of 20-point lines on pages of 300 by 200 points without margins."""
    cascade = Cascade(parse_stylesheet(BASE + css, "x.css"), {})
    direction = ' lang="ar" dir="rtl"' if rtl else ' lang="en"'
    root = cascade.style_tree(html.document_fromstring(f"<html{direction}><body>{body}</body></html>"))
    return lay_out(root, Desk(SETTER, Pictures(picture), lambda name: page_style(cascade, root.style, name), lambda *_: None), "A title")


def lines(page: Page) -> list[Written]:
    """Give what is written on a page, in its order."""
    return [Written(f.x + min(p.x for p in f.pieces), f.y, "".join(w.text for p in f.pieces for w in p.words).strip())
            for f in page.fragments if isinstance(f, Text)]  # fmt: skip


def texts(pages: Pages) -> list[list[str]]:
    """Give the lines of every page."""
    return [[line.text for line in lines(page)] for page in pages.pages]


def pictures(page: Page) -> list[Raster]:
    return [f for f in page.fragments if isinstance(f, Raster)]
