"""The outline, which readers show as bookmarks (ISO 32000-1 12.3.3).

In: entries in reading order, each with a level. Out: the outline objects on the catalog. A level that is skipped
counts as one step, so that every entry hangs under the nearest one above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pdf.links import destination
from generator.pdf.syntax import ref, text_string
from generator.plain import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.layout.pages import OutlineEntry
    from generator.pdf.objects import Document


@dataclass(slots=True, eq=False, repr=False)
class _Item:
    entry: OutlineEntry | None
    number: int
    kids: list[_Item] = field(default_factory=list)


def add_outline(
    document: Document, entries: Sequence[OutlineEntry], page_numbers: Sequence[int], heights: Sequence[float]
) -> None:
    """Write the outline and have readers show it when the file opens. Nothing where there are no entries."""
    if not entries:
        document.Catalog.Outlines = None
        return
    first = document.reserve(len(entries) + 1)
    root = _Item(None, first)
    _nest(root, entries)
    count = _write_kids(document, root, page_numbers, heights)
    ends = _ends(root)
    document.add(b"<</Type/Outlines%b/Count %d>>" % (ends, count), root.number)
    document.Catalog.Outlines = ref(root.number)
    document.Catalog.showOutline()


def _nest(root: _Item, entries: Sequence[OutlineEntry]) -> None:
    path: list[_Item] = [root]
    for at, entry in enumerate(entries, 1):
        while (above := path[-1].entry) is not None and above.level >= entry.level:
            path.pop()
        item = _Item(entry, root.number + at)
        path[-1].kids.append(item)
        path.append(item)


def _write_kids(document: Document, parent: _Item, page_numbers: Sequence[int], heights: Sequence[float]) -> int:
    """Write the entries below `parent`, all open; how many there are at any depth."""
    total = len(parent.kids)
    for at, item in enumerate(parent.kids):
        below = _write_kids(document, item, page_numbers, heights)
        total += below
        links = b"/Prev " + ref(parent.kids[at - 1].number) if at else b""
        if at + 1 < len(parent.kids):
            links += b"/Next " + ref(parent.kids[at + 1].number)
        if below:
            links += _ends(item) + b"/Count %d" % below
        document.add(_body(item, parent, links, page_numbers, heights), item.number)
    return total


def _body(item: _Item, parent: _Item, links: bytes, page_numbers: Sequence[int], heights: Sequence[float]) -> bytes:
    entry = item.entry
    if entry is None:
        raise ValueError("the outline's root has no title of its own")
    where = destination(page_numbers[entry.page], 0, heights[entry.page] - entry.y)
    return b"<</Title%b/Parent %b%b/Dest%b>>" % (text_string(entry.title), ref(parent.number), links, where)


def _ends(item: _Item) -> bytes:
    return b"/First %b/Last %b" % (ref(item.kids[0].number), ref(item.kids[-1].number))
