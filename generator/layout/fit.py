"""Fitting a piece onto one page: lay out, and tighten step by step down to the floor that the CSS sets.

In: the styled tree of a card whose @page rule has `-handouts-fit`. Out: pages, or a LayoutError that names the
card and the section and says by how many lines it is too long. Optional blocks go first; then leading and
space give way, then size; last of all, blocks whose style says `-handouts-optional: told`, and that is told. Content is never cut.
What a step took too much is given back (give_back.py).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.errors import Notice
from generator.layout.document import Desk, Laid, cut_into_pages, paint
from generator.layout.give_back import loosest
from generator.plain import NamedTuple, replace
from generator.style.computed import changed
from generator.style.values import Percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.errors import Position
    from generator.layout.pages import Pages
    from generator.style.cascade import Styled
    from generator.style.computed import Style
    from generator.style.page_style import Floor

SIZE_STEP = 0.25  # points
LEAST_PADDING = 0.75  # of what a box has between its edge and its text: less, and the text sits on the edge


class Tightness(NamedTuple):
    """How far a card is tightened: text size in points at the body's size, and shares of the way to the floor."""

    size: float
    leading: float
    spacing: float
    optional: bool = True
    padding: float = LEAST_PADDING
    told: bool = True


def fit(root: Styled, desk: Desk, title: str, floor: Floor) -> tuple[Pages, tuple[Notice, ...]]:
    """Lay out a card on one page. Raises LayoutError when the floor is reached and it is still too long."""
    base = _body_size(root)
    laid: Laid | None = None
    tree = root
    told = list(_told(root))
    faces = int(root.attributes.get("data-faces", "1"))

    def attempt(tightness: Tightness) -> Laid | None:
        found = cut_into_pages(tighten(root, tightness, base, floor), desk)
        return found if len(found.cuts) == faces else None

    for tightness in (*steps(base, floor), *(t._replace(told=False) for t in steps(base, floor) if told)):
        tree = tighten(root, tightness, base, floor)
        laid = cut_into_pages(tree, desk)
        if len(laid.cuts) == faces:
            chosen, loosened = loosest(tightness, laid, attempt)
            pages = paint(loosened, desk, root.attributes.get("lang", "en"), title)
            place = desk.position(next(_lines(tree), 0), "")
            return pages, (*_notices(chosen, base, title, place), *_left_out([] if chosen.told else told, title, place))
    raise _too_long(laid, tree, title)


def steps(base: float, floor: Floor) -> Iterator[Tightness]:
    """Yield ever tighter settings."""
    yield Tightness(base, 0.0, 0.0)
    yield Tightness(base, 0.0, 0.5)
    yield Tightness(base, 0.0, 0.5, optional=False)
    for share in (0.5, 1.0):
        yield Tightness(base, share, share, optional=False)
    size = base
    while size > floor.size:
        size = max(floor.size, size - SIZE_STEP)
        yield Tightness(size, 1.0, 1.0, optional=False)
    yield Tightness(size, 1.0, 1.0, optional=False, padding=min(LEAST_PADDING, max(floor.spacing, 0.5)))


def _notices(tightness: Tightness, base: float, title: str, place: Position | None) -> tuple[Notice, ...]:
    if tightness.size >= base and not tightness.leading:
        return ()
    how = f"set at {tightness.size:g} pt instead of {base:g} pt" if tightness.size < base else "leading and space reduced"
    return (Notice(f"the card “{title}” was tightened to fit its page: {how}", place, "shorten the step to keep its full size"),)


def _left_out(blocks: list[str], title: str, place: Position | None) -> tuple[Notice, ...]:
    """Tell of blocks that gave way and whose style wants that to be told (`-handouts-optional: told`)."""
    if not blocks:
        return ()
    return (Notice(f"the card “{title}” has no room for everything: " + ", ".join(f"“{n}”" for n in blocks) + " is left out", place,
                   "shorten the rest of the card, or make a larger one"),)  # fmt: skip


def _lines(node: Styled) -> Iterator[int]:
    """Give the lines of the handout that a card shows."""
    if node.line:
        yield node.line
    for child in node.children:
        if not isinstance(child, str):
            yield from _lines(child)


def _told(node: Styled) -> Iterator[str]:
    """Give the first words of each block that may be left out if that is told."""
    if node.style.handouts_optional == "told":
        yield next(_texts(node), node.tag)
        return
    for child in node.children:
        if not isinstance(child, str):
            yield from _told(child)


def _texts(node: Styled) -> Iterator[str]:
    for child in node.children:
        if not isinstance(child, str):
            yield from _texts(child)
        elif child.strip():
            yield child.strip()


def _body_size(root: Styled) -> float:
    return next(float(c.style.font_size) for c in root.children if not isinstance(c, str) and c.tag == "body")


def tighten(root: Styled, tightness: Tightness, base: float, floor: Floor) -> Styled:
    """Give the tree with tightened styles; styles shared before are shared after."""
    memo: dict[int, Style] = {}

    def style_of(style: Style) -> Style:
        found = memo.get(id(style))
        if found is None:
            found = memo[id(style)] = _tightened(style, tightness, base, floor)
            for name in ("before", "after", "marker"):
                inner = getattr(found, name)
                if inner is not None:
                    setattr(found, name, _tightened(inner, tightness, base, floor))
        return found

    kept = {"no": True, "yes": tightness.optional, "told": tightness.told}

    def visit(node: Styled) -> Styled:
        children = [
            c if isinstance(c, str) else visit(c)
            for c in node.children
            if isinstance(c, str) or kept[c.style.handouts_optional]
        ]
        return replace(node, style=style_of(node.style), children=children)

    return visit(root)


def _tightened(style: Style, tightness: Tightness, base: float, floor: Floor) -> Style:
    size = style.font_size
    smaller = max(floor.size, size * tightness.size / base) if size > floor.size else size
    height = style.leading / size if size else 1.2
    target = min(height, max(floor.leading, style.handouts_leading_floor))
    leading = smaller * (height + (target - height) * tightness.leading)
    gap = 1 + (floor.spacing - 1) * tightness.spacing
    pad = 1 + (tightness.padding - 1) * max(0.0, 2 * tightness.spacing - 1)  # gaps give way first
    shares = {"margin_top": gap, "padding_top": pad, "padding_bottom": pad, **({} if _hangs(style) else {"margin_bottom": gap})}
    values = {n: getattr(style, n) * share for n, share in shares.items() if isinstance(getattr(style, n), float)}
    out = changed(style, font_size=smaller, leading=leading, line_height=leading, **values)
    out.margins = (out.margin_top, out.margin_right, out.margin_bottom, out.margin_left)
    out.paddings = (out.padding_top, out.padding_right, out.padding_bottom, out.padding_left)
    return out


def _hangs(style: Style) -> bool:
    """Tell whether something hangs below a box, such as the tail of a bubble: it needs the room that it has."""
    return style.after is not None and style.after.position == "absolute" and style.after.top == Percent(1.0)


def _too_long(laid: Laid | None, tree: Styled, title: str) -> Exception:
    """Say by how many lines, and where the text runs over."""
    if laid is None:
        raise ValueError("no step was tried")
    first = laid.cuts[0]
    page = laid.flow.context.page_style(first.name)
    slabs = laid.galley.slabs
    over = sum(s.height + s.glue for s in slabs) - slabs[0].glue - page.content_height
    body = next(c for c in tree.children if not isinstance(c, str) and c.tag == "body")
    lines = max(1, math.ceil(over / body.style.leading - 0.01))
    slab = laid.galley.slabs[first.stop]
    line = next((s.line for s in laid.galley.slabs[first.stop :] if s.line), slab.line)
    return laid.flow.context.fail(
        f"the card “{title}” is {lines} {'line' if lines == 1 else 'lines'} too long for its "
        f"{page.width / 72:.3g} x {page.height / 72:.3g} in page, even at {body.style.font_size:g} pt",
        line,
        f"cut about {lines * 9} words, or mark a paragraph {{: .booklet-only }}",
    )
