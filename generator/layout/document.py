"""A whole document: styled tree in, `Pages` out. Names the steps of layout in their order.

1 boxes and structure, 2 the galley, 3 page breaks, 4 page numbers (and 2 to 3 again where the flow shows them),
5 writing lines stretched, 6 items placed, with running heads and feet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import HandoutsError, LayoutError, Position, together
from generator.layout.build import Builder, Built, Pictures
from generator.layout.context import Context
from generator.layout.counters import numeral
from generator.layout.finish import fragments
from generator.layout.flow import Flow
from generator.layout.galley import Blank, Galley, Glyphs, Mark, Photo, Tag, Vector
from generator.layout.margin_boxes import margin_items, with_feet
from generator.layout.pages import Anchor, OutlineEntry, Page, Pages, Text
from generator.layout.paginate import PageCut, TooTall, paginate
from generator.layout.place import place
from generator.layout.stretch import stretch
from generator.plain import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.layout.boxes import Box
    from generator.layout.galley import Item
    from generator.layout.memory import Memory
    from generator.layout.pages import Fragment
    from generator.layout.watch import Watch
    from generator.style.cascade import Styled
    from generator.style.page_style import PageStyle
    from generator.text.typesetter import Typesetter

SLIGHT = 1.0  # points that a line may reach over the edge of a page: the bearing of a letter


class Desk(NamedTuple):
    """What a document is laid out with."""

    typesetter: Typesetter
    pictures: Pictures
    page_style: Callable[[str], PageStyle]
    position: Callable[[int, str], Position | None]
    watch: Watch | None = None
    memory: Memory | None = None


@dataclass(slots=True, eq=False, repr=False)
class Laid:
    """A document cut into pages and not yet painted."""

    built: Built
    flow: Flow
    galley: Galley
    cuts: list[PageCut]
    digits: str = ""


def lay_out(root: Styled, desk: Desk, title: str) -> Pages:
    """Lay out a document. Raises LayoutError for what cannot be set or fits nowhere."""
    return paint(cut_into_pages(root, desk), desk, root.attributes.get("lang", "en"), title)


def cut_into_pages(root: Styled, desk: Desk) -> Laid:
    """Do steps 1 to 4."""
    if desk.memory is not None:
        desk.memory.begin()
    built = Builder(desk.pictures, desk.memory).build(root)
    context = Context(desk.typesetter, desk.page_style, desk.position, desk.watch, desk.memory)
    context.page_style = with_feet(Flow(context), built.root)
    for _ in range(3):
        context.missing.clear()
        flow = Flow(context)
        galley = flow.inside(built.root, context.page_style("").content_width)
        cuts = _paginated(galley, context)
        before = dict(context.references)
        context.references = _page_numbers(galley, cuts, root.attributes.get("data-digits", ""))
        if not context.missing and all(before.get(k, v) == v for k, v in context.references.items()):
            break
    return Laid(built, flow, galley, cuts, root.attributes.get("data-digits", ""))


def _paginated(galley: Galley, context: Context) -> list[PageCut]:
    try:
        return paginate(galley, lambda name: context.page_style(name).content_height)
    except TooTall as exc:
        message = f"this block is {exc.excess:.0f} pt taller than a page and may not be split"
        raise context.fail(message, exc.slab.line, "shorten it, or allow breaks inside it in the stylesheet") from exc


def _page_numbers(galley: Galley, cuts: list[PageCut], digits: str) -> dict[str, str]:
    """Give the page of every anchor in the flow."""
    numbers: dict[str, str] = {}
    for number, cut in enumerate(cuts, 1):
        for slab in galley.slabs[cut.start : cut.stop]:
            for _, _, payload in slab.items:
                if type(payload) is Mark and payload.name:
                    numbers.setdefault("#" + payload.name, numeral(number, digits))
    return numbers


def paint(laid: Laid, desk: Desk, lang: str, title: str) -> Pages:
    """Do steps 5 and 6."""
    pages = Pages([], laid.built.node, lang, title, laid.built.leaves)
    running: dict[str, Box] = {}
    for index, cut in enumerate(laid.cuts):
        style = laid.flow.context.page_style(cut.name)
        laid.flow.context.references[""] = numeral(index + 1, laid.digits)
        stretch(laid.galley, cut, style.content_height)
        page = Page(style.width, style.height, label=str(index + 1), name=cut.name, bleed=style.bleed)
        _mark(_body(laid, cut, style, page, desk.memory), index, pages, running)
        _margins(laid, style, running, lang, page, desk.memory)
        pages.pages.append(page)
    _check_links(pages, laid)
    return pages


def _body(laid: Laid, cut: PageCut, style: PageStyle, page: Page, memory: Memory | None) -> list[tuple[float, float, Mark]]:
    """Put what flows on a page; give the marks on it."""
    key = memory.page_key(laid.galley, cut) if memory is not None else None
    known = memory.page(key) if memory is not None else None
    if known is not None:
        page.fragments += known.fragments
        page.links += known.links
        page.widgets += known.widgets
        return known.marks
    marks = fragments(_page_items(laid, cut, style), page)
    _refuse_outside(page, page.fragments)
    if memory is not None:
        memory.keep_page(key, page, marks, laid.galley.slabs[cut.start : cut.stop], laid.galley.decors)
    return marks


def _margins(laid: Laid, style: PageStyle, running: dict[str, Box], lang: str, page: Page, memory: Memory | None) -> None:
    """Put running heads and feet on a page."""
    key = memory.margin_key(style.name, running, lang, laid.flow.context.references[""]) if memory is not None else None
    known = memory.margins(key) if memory is not None and key is not None else None
    if known is not None:
        page.fragments += known
        return
    count, areas = len(page.fragments), (len(page.links), len(page.widgets))
    fragments(margin_items(laid.flow, style, running, lang), page)
    _refuse_outside(page, page.fragments[count:])
    if memory is not None and (len(page.links), len(page.widgets)) == areas:
        memory.keep_margins(key, page.fragments[count:])


def _page_items(laid: Laid, cut: PageCut, style: PageStyle) -> list[Item]:
    """Place one page's stretch, a repeated table head first."""
    x, y = style.margins[3], style.margins[0]
    items: list[Item] = []
    first = laid.galley.slabs[cut.start]
    if first.repeat and cut.start:
        for slab in first.repeat:
            items += [(ix + x, iy + y, _unmarked(payload)) for ix, iy, payload in slab.items if type(payload) is not Blank]
            y += slab.height
    return items + place(laid.galley, cut.start, cut.stop, x, y, laid.flow.absolute, cut.scale)


def _unmarked(payload: object) -> object:
    """Make a repeated table head an artifact: it is read once."""
    return payload._replace(content=-1) if isinstance(payload, Glyphs | Vector | Photo | Tag) else payload


def _mark(marks: list[tuple[float, float, Mark]], page: int, pages: Pages, running: dict[str, Box]) -> None:
    for x, y, mark in marks:
        if mark.running is not None:
            running[mark.name] = mark.running
        elif mark.level:
            pages.outline.append(OutlineEntry(mark.level, mark.title or str(page + 1), page, y))
        else:
            pages.anchors.setdefault(mark.name, Anchor(page, x, y))


def _refuse_outside(page: Page, fragments: Sequence[Fragment]) -> None:
    """Refuse a line that runs off the page; what is remembered was on it. Whose words it has is not said: they may be a client's."""
    for item in fragments:
        if type(item) is not Text:
            continue
        left = item.x + min([piece.x for piece in item.pieces])
        right = item.x + max([piece.x + piece.width for piece in item.pieces])
        if min(left, item.y, page.width - right, page.height - item.y) < -SLIGHT:
            raise LayoutError(f"a line of page {page.label} runs off the page", Position("templates"),
                              "look for a margin, an offset, a width or a position in the stylesheets that moves it there")  # fmt: skip


def _check_links(pages: Pages, laid: Laid) -> None:
    """Refuse links that lead nowhere."""
    errors: list[HandoutsError] = []
    for page in pages.pages:
        for link in page.links:
            if link.target.startswith("#") and link.target[1:] not in pages.anchors:
                position = laid.flow.context.position(0, link.target)
                errors.append(LayoutError(f"the link “{link.contents}” leads to {link.target}, which is nowhere in this piece",
                                          position, "name the heading it means: ## Heading {#name}"))  # fmt: skip
    if errors:
        raise together(errors)
