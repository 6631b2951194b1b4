"""The whole file: `write` takes pages and gives the bytes of a tagged PDF.

The order is told by `write`: paint every page, then fonts and pictures, links, tags, outline, labels, metadata.
Each step is a module of its own. The same pages and the same `DocumentInfo` always give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfdoc

from generator.pdf.content import Painted, Resources, paint
from generator.pdf.fonts import FontTable
from generator.pdf.images import ImageTable
from generator.pdf.labels import page_labels
from generator.pdf.links import add_links
from generator.pdf.metadata import DocumentInfo, add_metadata
from generator.pdf.objects import Document
from generator.pdf.outline import add_outline
from generator.pdf.syntax import fine, ref
from generator.pdf.tags import Marks, add_tags, figure_leaves, leaf_roles

if TYPE_CHECKING:
    from generator.layout.pages import Page, Pages

__all__ = ["DocumentInfo", "write"]


class _Page(pdfdoc.PDFPage):  # type: ignore[misc]
    """ReportLab's page with the entries of tagged PDF that it would drop."""

    __NoDefault__ = (*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs", "Group")


def write(pages: Pages, info: DocumentInfo) -> bytes:
    """Write a piece as PDF 1.7 that keeps to PDF/UA-1 and PDF/A-2a.

    Raises ContentError for a picture that cannot be decoded and for a link to nowhere.
    """
    document = Document(info.lang)
    marks = Marks()
    shared = Resources(FontTable(), ImageTable(pages.images), leaf_roles(pages.root), figure_leaves(pages.root))
    painted = [paint(page, shared) for page in pages.pages]
    for at, content in enumerate(painted):
        marks.add_page(at, content)

    pairs = zip(pages.pages, painted, strict=True)
    written = [_add_page(document, page, content, at) for at, (page, content) in enumerate(pairs)]
    numbers = [document.number_of(page) for page in written]
    for page, links in zip(written, add_links(document, pages, numbers, marks), strict=True):
        page.Annots = links
    _add_resources(document, shared, written)
    add_tags(document, pages.root, marks, numbers, [content.leaves for content in painted])
    add_outline(document, pages.outline, numbers, [page.height for page in pages.pages])
    _fill_catalog(document, pages)
    add_metadata(document, info)
    return document.format()


def _add_page(document: Document, page: Page, content: Painted, key: int) -> _Page:
    """Enter one page; `key` is its place in the ParentTree."""
    out = _Page()
    out.pagewidth, out.pageheight = page.width, page.height
    if page.bleed:
        trim, bleed = _box(page, 0.0), _box(page, page.bleed)
        out.MediaBox, out.BleedBox, out.TrimBox, out.CropBox = bleed, bleed, trim, trim  # a screen shows the trim
    out.Contents = ref(document.add_stream(content.stream))
    out.Tabs = b"/S"  # annotations are reached in the order of the structure (ISO 14289-1 7.18.3)
    if content.leaves:
        out.StructParents = key
    document.addPage(out)
    return out


def _box(page: Page, beyond: float) -> bytes:
    corners = (-beyond, -beyond, page.width + beyond, page.height + beyond)
    return b"[%b]" % b" ".join(map(fine, corners))


def _add_resources(document: Document, shared: Resources, written: list[_Page]) -> None:
    """Write fonts and pictures, and one resource dictionary for all pages."""
    fonts = document.idToObject[pdfdoc.BasicFonts].dict
    fonts.update(shared.fonts.embed(document))
    pictures = shared.images.embed(document)
    entries = b"/Font " + ref(document.idToObjectNumberAndVersion[pdfdoc.BasicFonts][0])
    if pictures:
        entries += b"/XObject<<%b>>" % pictures
    resources = ref(document.add(b"<<%b>>" % entries))
    for page in written:
        page.Resources = resources


def _fill_catalog(document: Document, pages: Pages) -> None:
    catalog = document.Catalog
    catalog.MarkInfo = b"<</Marked true>>"
    catalog.ViewerPreferences = b"<</DisplayDocTitle true%b>>" % (b"/Direction/R2L" if pages.rtl else b"")
    catalog.PageLabels = page_labels([page.label for page in pages.pages]) or None
