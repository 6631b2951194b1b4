"""Form fields (ISO 32000-1 12.7): one for each widget of the pages, and the dictionary that lists them.

In: a page's `Widget` areas and the document's fonts. Out: fields merged with their annotations, each tied to its structure element
both ways (ISO 14289-1 7.18.4), with appearances drawn here: PDF/A lets no program make them up (ISO 19005-2 6.4.1). An empty field
shows what the page shows below it; a ticked box shows a tick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pdf.syntax import colour, name, number, numbers, ref, text_string
from generator.pdf.tags import nodes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.layout.pages import Pages, Widget
    from generator.pdf.fonts import FontTable
    from generator.pdf.objects import Document
    from generator.pdf.tags import Marks

MULTILINE = 1 << 12
PRINT = 4
_TICK = ((0.22, 0.48), (0.42, 0.27), (0.8, 0.75))  # parts of the box, y upwards
_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 %b %b]/Resources<<>>"


def note_letters(pages: Pages, fonts: FontTable) -> None:
    """Let the fonts hold what may be typed; before they are written."""
    for page in pages.pages:
        for widget in page.widgets:
            if widget.face is not None:
                fonts.draw(widget.face, widget.words)


def add_widgets(document: Document, pages: Pages, numbers_of_pages: list[int], marks: Marks, fonts: FontTable) -> list[list[int]]:
    """Write every page's fields in reading order; give the numbers of its annotations. Their keys follow those of the links."""
    key = len(pages.pages) + sum(len(page.links) for page in pages.pages)
    order = {id(node): at for at, node in enumerate(nodes_of(pages.root))}
    shapes = _Appearances(document)
    out: list[list[int]] = []
    for at, page in enumerate(pages.pages):
        out.append([])
        for widget in sorted(page.widgets, key=lambda w: order[id(w.node)]):
            body = _annotation(widget, page.height, key, numbers_of_pages[at], _field(widget, shapes, fonts))
            number = document.add(body)
            marks.add_annotation(widget.node, at, number, key)
            out[-1].append(number)
            key += 1
    return out


def add_form(document: Document, pages: Pages, annotations: list[list[int]], fonts: FontTable, entries: Mapping[str, bytes]) -> None:
    """Write the form's dictionary, if there are fields. `entries`: the font resources by name."""
    fields = [number for page in annotations for number in page]
    if not fields:
        return
    used = {fonts.use(w.face).name: w for page in pages.pages for w in page.widgets if w.face is not None}
    letters = b"".join(name(font) + b" " + entries[font] for font in used)
    first = next(iter(used.values()), None)
    appearance = b"/DA" + text_string(_typed(first, fonts).decode()) if first is not None else b""
    listed = b" ".join(map(ref, fields))
    document.Catalog.AcroForm = ref(document.add(b"<</Fields[%b]/DR<</Font<<%b>>>>%b>>" % (listed, letters, appearance)))


def _annotation(widget: Widget, page_height: float, key: int, page: int, field: bytes) -> bytes:
    top = page_height - widget.y
    area = numbers((widget.x, top - widget.height, widget.x + widget.width, top))
    return b"<</Type/Annot/Subtype/Widget/Rect[%b]/F %d/P %b/StructParent %d/T%b/TU%b%b>>" % (
        area, PRINT, ref(page), key, text_string(widget.name), text_string(widget.label), field,
    )  # fmt: skip


def _field(widget: Widget, shapes: _Appearances, fonts: FontTable) -> bytes:
    if widget.kind == "checkbox":
        states = b"<</On %b/Off %b>>" % (ref(shapes.tick(widget)), ref(shapes.empty(widget)))
        return b"/FT/Btn/V/Off/AS/Off/MK<<>>/AP<</N%b>>" % states
    flags = b"/Ff %d" % MULTILINE if widget.rows > 1 else b""
    side = b"/Q 2" if widget.rtl else b""
    letters = text_string(_typed(widget, fonts).decode())
    return b"/FT/Tx/DA%b%b%b/MK<<>>/BS<</W 0>>/AP<</N %b>>" % (letters, flags, side, ref(shapes.empty(widget)))


def _typed(widget: Widget, fonts: FontTable) -> bytes:
    """Write the default appearance: font, size and colour of what is typed."""
    if widget.face is None:
        raise ValueError("a field to type into has no face")
    return b"%b %b Tf %b" % (fonts.use(widget.face).operand, number(widget.size), colour(widget.colour))


class _Appearances:
    """Form XObjects, one for all widgets that look alike."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[bytes, int] = {}

    def empty(self, widget: Widget) -> int:
        """Give the appearance of a field with nothing in it."""
        return self._stream(widget, b"/Tx BMC\nEMC" if widget.kind == "text" else b"")

    def tick(self, widget: Widget) -> int:
        """Give the appearance of a ticked box."""
        points = [numbers((x * widget.width, y * widget.height)) for x, y in _TICK]
        stroke = colour(widget.colour).replace(b"rg", b"RG").replace(b"g", b"G")
        return self._stream(widget, b"q %b %b w 1 J 1 j %b m %b l %b l S Q" % (stroke, number(widget.width * 0.15), *points))

    def _stream(self, widget: Widget, operators: bytes) -> int:
        entries = _FORM % (number(widget.width), number(widget.height))
        key = entries + operators
        if key not in self._known:
            self._known[key] = self._document.add_stream(operators, entries, compress=False)
        return self._known[key]
