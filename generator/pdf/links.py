"""Link annotations (ISO 32000-1 12.5.6.5): where to click, what it is called, where it leads.

In: a page's `Link` areas and the anchors. Out: annotation objects, each tied to its structure element both ways
(ISO 14289-1 7.18.5). A borderless rectangle that prints (flag 4) is what PDF/A asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import ContentError
from generator.pdf.syntax import numbers, ref, text_string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.layout.pages import Link, Pages
    from generator.pdf.objects import Document
    from generator.pdf.tags import Marks


def add_links(document: Document, pages: Pages, numbers_of_pages: Sequence[int], marks: Marks) -> list[list[int]]:
    """Write every page's links and give the numbers of its annotations. Their keys follow those of the pages."""
    key = len(pages.pages)
    targets = Targets(pages, numbers_of_pages)
    out: list[list[int]] = []
    for at, page in enumerate(pages.pages):
        out.append([])
        for link in page.links:
            number = document.add(annotation(link, page.height, targets, key))
            marks.add_annotation(link.node, at, number, key)
            out[-1].append(number)
            key += 1
    return out


def destination(page_number: int, x: float, y: float) -> bytes:
    """Write an explicit destination: the page, and the point at the window's corner, zoom unchanged."""
    return b"[%b/XYZ %b null]" % (ref(page_number), numbers((max(x, 0), y)))


def annotation(link: Link, page_height: float, targets: Targets, key: int) -> bytes:
    """Write an annotation; `key` is its place in the ParentTree."""
    top = page_height - link.y
    area = numbers((link.x, top - link.height, link.x + link.width, top))
    return b"<</Type/Annot/Subtype/Link/Rect[%b]/Border[0 0 0]/F 4/StructParent %d/Contents%b%b>>" % (
        area, key, text_string(link.contents or link.target), targets.action(link.target),
    )  # fmt: skip


class Targets:
    """Turns a target into a destination inside the file or a URI action."""

    def __init__(self, pages: Pages, page_numbers: Sequence[int]) -> None:
        self._anchors = pages.anchors
        self._heights = [page.height for page in pages.pages]
        self._numbers = page_numbers

    def action(self, target: str) -> bytes:
        """Write what a click does."""
        if not target.startswith("#"):
            return b"/A<</S/URI/URI%b>>" % text_string(_ascii_uri(target))
        anchor = self._anchors.get(target[1:])
        if anchor is None:
            raise ContentError(
                f"a link leads to {target!r}, and nothing in this piece has that name",
                hint="give the heading or the paragraph that identifier, or mend the link",
            )
        return b"/Dest" + destination(self._numbers[anchor.page], anchor.x, self._heights[anchor.page] - anchor.y)


def _ascii_uri(uri: str) -> str:
    """Percent-encode what is not ASCII: a URI action takes 7-bit text (ISO 32000-1 table 206)."""
    return "".join(c if "!" <= c <= "~" else "".join(f"%{b:02X}" for b in c.encode()) for c in uri)
