"""The whole file: `write` takes pages and gives the bytes of a tagged PDF.

The order is told by `write`: paint every page, then links and form fields, fonts and pictures, tags, outline, labels, metadata.
Each step is a module of its own. The same pages and the same `DocumentInfo` always give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pdf.content import Painted, Resources, paint
from generator.pdf.fonts import FontTable
from generator.pdf.images import ImageTable
from generator.pdf.labels import page_labels
from generator.pdf.library import pdfdoc
from generator.pdf.links import add_links
from generator.pdf.metadata import DocumentInfo, add_metadata
from generator.pdf.objects import Document
from generator.pdf.outline import add_outline
from generator.pdf.syntax import fine, ref
from generator.pdf.tags import Marks, add_tags, figure_leaves, leaf_roles
from generator.pdf.widgets import add_form, add_widgets, note_letters
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.layout.pages import Page, Pages
    from generator.pdf.kept import KeptPages

__all__ = ["DocumentInfo", "write"]


class _Page(pdfdoc.PDFPage):  # type: ignore[misc]
    """ReportLab's page, written by itself: with the entries of tagged PDF, and of ready bytes."""

    def __init__(self, entries: bytes) -> None:
        """Begin with the entries that are known; resources and annotations follow."""
        super().__init__()
        self.entries = entries

    def format(self, document: Document) -> bytes:
        """Give the dictionary (ISO 32000-1 table 30)."""
        annotations = b"/Annots[%b]" % b" ".join(self.Annots) if self.Annots else b""
        parent = ref(document.number_of(document.Pages))
        return b"<</Type/Page/Parent %b%b/Resources %b%b>>" % (parent, self.entries, self.Resources, annotations)


def write(pages: Pages, info: DocumentInfo, kept: KeptPages | None = None) -> bytes:
    """Write a piece as PDF 1.7 that keeps to PDF/UA-1 and PDF/A-2a; pages that `kept` holds are not painted again.

    Raises ContentError for a picture that cannot be decoded and for a link to nowhere.
    """
    shared = resources_for(pages)
    painted = [paint(page, shared) for page in pages.pages] if kept is None else kept.paint(pages.pages, shared)
    return assemble(pages, info, shared, painted).document.format()


class Assembled(NamedTuple):
    """A document with all its objects, and the numbers of those that a copy may need to change."""

    document: Document
    pages: list[_Page]
    contents: list[int]  # of each page
    annotations: list[list[int]]  # of each page
    fonts: int  # the Font resource dictionary


def resources_for(pages: Pages) -> Resources[FontTable]:
    """Make what the pages of a document share."""
    return Resources(FontTable(), ImageTable(pages.images, pages.names), leaf_roles(pages.root), figure_leaves(pages.root))


def assemble(pages: Pages, info: DocumentInfo, shared: Resources[FontTable], painted: Sequence[Painted]) -> Assembled:
    """Enter everything into a document. Raises ContentError for a picture that cannot be decoded and for a link to nowhere."""
    document = Document(info.lang)
    marks = Marks()
    for at, content in enumerate(painted):
        marks.add_page(at, content)
    contents = [document.add_stream(content.stream) for content in painted]
    pairs = zip(pages.pages, painted, contents, strict=True)
    written = [_add_page(document, page, content, number, at) for at, (page, content, number) in enumerate(pairs)]
    numbers = [document.number_of(page) for page in written]
    annotations = add_links(document, pages, numbers, marks)
    note_letters(pages, shared.fonts)
    widgets = add_widgets(document, pages, numbers, marks, shared.fonts)
    for page, links, fields in zip(written, annotations, widgets, strict=True):
        page.Annots = [ref(number) for number in (*links, *fields)]
    add_tags(document, pages.root, marks, numbers, [content.leaves for content in painted])
    add_outline(document, pages.outline, numbers, [page.height for page in pages.pages])
    add_form(document, pages, widgets, shared.fonts, _add_resources(document, shared, written))
    _fill_catalog(document, pages)
    add_metadata(document, info)
    return Assembled(document, written, contents, annotations, document.idToObjectNumberAndVersion[pdfdoc.BasicFonts][0])


def _add_page(document: Document, page: Page, content: Painted, number: int, key: int) -> _Page:
    """Enter one page; `key` is its place in the ParentTree."""
    trim = _box(page, 0.0)
    boxes = b"/MediaBox" + trim
    if page.bleed:
        boxes = b"/MediaBox%b/BleedBox%b/TrimBox%b/CropBox%b" % (*[_box(page, page.bleed)] * 2, trim, trim)  # a screen shows the trim
    parents = b"/StructParents %d" % key if content.leaves else b""
    # /Tabs /S: annotations are reached in the order of the structure (ISO 14289-1 7.18.3)
    out = _Page(b"%b/Contents %b/Tabs/S%b" % (boxes, ref(number), parents))
    document.addPage(out)
    return out


def _box(page: Page, beyond: float) -> bytes:
    corners = (-beyond, -beyond, page.width + beyond, page.height + beyond)
    return b"[%b]" % b" ".join(map(fine, corners))


def _add_resources(document: Document, shared: Resources[FontTable], written: list[_Page]) -> dict[str, bytes]:
    """Write fonts and pictures, and one resource dictionary for all pages; give its fonts."""
    fonts = document.idToObject[pdfdoc.BasicFonts].dict
    letters = shared.fonts.embed(document)
    fonts.update(letters)
    pictures = shared.images.embed(document)
    entries = b"/Font " + ref(document.idToObjectNumberAndVersion[pdfdoc.BasicFonts][0])
    if pictures:
        entries += b"/XObject<<%b>>" % pictures
    resources = ref(document.add(b"<<%b>>" % entries))
    for page in written:
        page.Resources = resources
    return letters


def _fill_catalog(document: Document, pages: Pages) -> None:
    catalog = document.Catalog
    catalog.MarkInfo = b"<</Marked true>>"
    catalog.ViewerPreferences = b"<</DisplayDocTitle true>>"  # no /Direction: told R2L, PDFium reads Latin words last to first
    catalog.PageLabels = page_labels([page.label for page in pages.pages]) or None
