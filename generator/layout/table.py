"""Tables (CSS 2, 17): automatic column widths, rows as slabs that are never split, the head repeated.

In: a table box. Out: slabs in the flow's galley. Borders are drawn as given on rows and cells; neighbouring
ones are not merged, so a stylesheet draws each line once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout.boxes import Box
from generator.layout.column_widths import grown, shared
from generator.layout.galley import FORBID, LONE_LINE, Frame, Slab
from generator.layout.paginate import cut
from generator.layout.place import place
from generator.plain import dataclass
from generator.style.computed import anonymous, used
from generator.style.values import Percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.layout.column_widths import Extent
    from generator.layout.flow import Flow
    from generator.layout.galley import Galley, Item

PARTS = 4  # of a page, that a row of side by side blocks is divided into where it is taller than one
FEW = 5  # rows that stay on one page


@dataclass(slots=True, eq=False, repr=False)
class Cell:
    """A cell in the grid: its box, first column and row, and how many of each it spans."""

    box: Box
    column: int
    row: int
    columns: int
    rows: int
    galley: Galley | None = None
    height: float = 0.0
    baseline: float = 0.0


@dataclass(slots=True, eq=False, repr=False)
class Row:
    """A row in the grid."""

    box: Box
    cells: list[Cell]
    head: bool
    height: float = 0.0


def lay_out(flow: Flow, box: Box, x: float, width: float) -> None:
    """Add a table to the flow's galley. Raises LayoutError for a row taller than a page."""
    for child in box.children:
        if child.kind == "caption":
            flow.block(child, x, width)
            flow.builder.penalty(FORBID)
    rows = _grid(box)
    if not rows:
        return
    count = max(c.column + c.columns for r in rows for c in r.cells)
    widths = _widths(flow, box, rows, count, width)
    for row in rows:
        _set_row(flow, row, widths)
    _spread(rows)
    few = _is_tabular(box) and sum(not row.head for row in rows) <= FEW
    if few:
        flow.builder.begin_avoid()
    _emit(flow, box, rows, widths, x)
    if few:
        flow.builder.end_avoid()


def _grid(box: Box) -> list[Row]:
    """Give every cell its place (HTML's table model)."""
    rows: list[Row] = []
    taken: dict[tuple[int, int], bool] = {}
    for row_box, head in _rows(box):
        row = Row(row_box, [], head)
        column = 0
        for cell_box in row_box.children:
            while taken.get((len(rows), column)):
                column += 1
            columns, down = cell_box.span
            row.cells.append(Cell(cell_box, column, len(rows), columns, down))
            for r in range(down):
                for c in range(columns):
                    taken[(len(rows) + r, column + c)] = True
            column += columns
        if row.cells:
            rows.append(row)
    return rows


def _rows(box: Box) -> list[tuple[Box, bool]]:
    """Give rows, and whether each is of the head; cells that stand in none make one (CSS 2, 17.2.1)."""
    out: list[tuple[Box, bool]] = []
    for child in box.children:
        if child.kind == "row":
            out.append((child, False))
        elif child.kind == "row-group":
            head = child.style.display == "table-header-group"
            out += [(r, head) for r in child.children if r.kind == "row"]
    loose = [child for child in box.children if child.kind == "cell"]
    return [*out, (Box("row", anonymous(box.style), children=loose), False)] if loose else out


def _widths(flow: Flow, box: Box, rows: Sequence[Row], count: int, width: float) -> list[float]:
    """Share out the table's width (CSS 2, 17.5.2.2)."""
    least, most, fixed = [0.0] * count, [0.0] * count, [False] * count
    texts: list[list[Extent]] = [[] for _ in rows]
    for at, cell in ((at, c) for at, r in enumerate(rows) for c in r.cells):
        edges = flow.edges(cell.box, width)
        low, high = flow.extremes(cell.box, width)
        if cell.box.style.width != "auto":
            high = used(cell.box.style.width, width)
            low = min(max(low, high), high) if high >= low else low
            if cell.columns == 1:
                fixed[cell.column] = True
        if cell.columns == 1:
            texts[at].append((cell.column, high, edges))
        for c in range(cell.column, cell.column + cell.columns):
            least[c] = max(least[c], (low + edges) / cell.columns)
            most[c] = max(most[c], (max(low, high) + edges) / cell.columns)
    full = isinstance(box.style.width, Percent) or box.style.width != "auto"
    if sum(most) <= width:
        return grown(most, fixed, width) if full else most
    return shared(least, most, texts, width, heads=sum(row.head for row in rows))


def _set_row(flow: Flow, row: Row, widths: list[float]) -> None:
    """Set a row's cells and find its height."""
    for cell in row.cells:
        wide = sum(widths[cell.column : cell.column + cell.columns])
        style = cell.box.style
        inner = wide - flow.edges(cell.box, wide)
        cell.galley = flow.inside(cell.box, inner, flow.builder.page)
        top = used(style.padding_top, wide) + style.borders[0]
        bottom = used(style.padding_bottom, wide) + style.borders[2]
        content = cell.galley.height()
        cell.height = max(content, used(style.height, 0.0)) + top + bottom
        cell.baseline = top + _baseline(cell.galley, content)
    deepest = max(c.baseline for c in row.cells)
    for cell in row.cells:
        shift = deepest - cell.baseline if cell.box.style.vertical_align == "baseline" else 0.0
        cell.baseline = shift
        if cell.rows == 1:
            row.height = max(row.height, cell.height + shift)


def _baseline(galley: Galley, default: float) -> float:
    from generator.layout.galley import Glyphs

    if not galley.slabs:
        return default
    return min((y for _, y, p in galley.slabs[0].items if isinstance(p, Glyphs)), default=default)


def _spread(rows: list[Row]) -> None:
    """Make rows tall enough for the cells that span them."""
    for row in rows:
        for cell in row.cells:
            if cell.rows > 1:
                spanned = rows[cell.row : cell.row + cell.rows]
                lacking = cell.height + cell.baseline - sum(r.height for r in spanned)
                if lacking > 0:
                    spanned[-1].height += lacking


def _emit(flow: Flow, box: Box, rows: list[Row], widths: list[float], x: float) -> None:
    """Add the rows as slabs, those that a cell spans as one."""
    head: list[Slab] = []
    tallest = flow.context.page_style(flow.builder.page).content_height
    index, body = 0, 0
    bodies = sum(not r.head for r in rows)
    while index < len(rows):
        stop = _group_end(rows, index)
        slab = _slab(flow, rows[index:stop], widths, x, rtl=box.style.rtl)
        row = rows[index]
        if slab.height > tallest and not _is_tabular(box):
            for part in _parts(flow, row, widths, x, tallest / PARTS, rtl=box.style.rtl):
                flow.builder.add(part)
            index = stop
            continue
        if slab.height > tallest:
            raise flow.context.fail(f"a table row is {slab.height - tallest:.0f} pt taller than the page", row.box.line or box.line,
                                    "divide it into several rows", "|")  # fmt: skip
        if row.head:
            slab.penalty = FORBID if index else 0.0
            head.append(Slab(slab.height, [i for i in slab.items if _repeats(i)]))
        else:
            slab.repeat = tuple(head)
            if not body:
                slab.penalty = FORBID if head else 0.0
            elif body == 1 or body == bodies - 1:
                slab.penalty = LONE_LINE
            body += stop - index
        flow.builder.break_rule(row.box.style.break_before)
        flow.builder.add(slab)
        flow.builder.break_rule(rows[stop - 1].box.style.break_after)
        index = stop
    if head:
        flow.builder.penalty(0.0)


def _is_tabular(box: Box) -> bool:
    """Tell a table from blocks that only stand side by side, as the pairs of a bilingual edition do."""
    return box.node is not None and box.node.role == "Table"


def _parts(flow: Flow, row: Row, widths: list[float], x: float, height: float, *, rtl: bool) -> Iterator[Slab]:
    """Divide a row taller than a page into slabs of about `height`, each with a stretch of every cell."""
    done = [0] * len(row.cells)
    while any(c.galley is not None and at < len(c.galley.slabs) for c, at in zip(row.cells, done, strict=True)):
        slab = Slab(0.0, [], line=row.box.line)
        for number, cell in enumerate(row.cells):
            galley = cell.galley
            if galley is None or done[number] >= len(galley.slabs):
                continue
            left, wide = _place_of(cell, widths, x, rtl=rtl)
            left += used(cell.box.style.padding_left, wide)
            ((first, end),) = cut(galley, done[number], height, 1)
            slab.glue = max(slab.glue, galley.slabs[first].glue if first else used(cell.box.style.padding_top, wide))
            slab.items += place(galley, first, end, left, 0.0, flow.absolute)
            slab.height = max(slab.height, sum(s.height + s.glue for s in galley.slabs[first:end]) - galley.slabs[first].glue)
            done[number] = end
        yield slab


def _repeats(item: Item) -> bool:
    """Leave out of a repeated head what may stand once only."""
    from generator.layout.galley import Mark

    return not isinstance(item[2], Mark)


def _group_end(rows: list[Row], index: int) -> int:
    stop = index + 1
    at = index
    while at < stop:
        stop = max([stop, *(c.row + c.rows for c in rows[at].cells)])
        stop = min(stop, len(rows))
        at += 1
    return stop


def _slab(flow: Flow, rows: list[Row], widths: list[float], x: float, *, rtl: bool) -> Slab:
    """Paint a row, or several that belong together."""
    total = sum(widths)
    items: list[Item] = []
    top = 0.0
    for row in rows:
        style = row.box.style
        if style.decorated:
            items.append((x, top, Frame(total, row.height, style.background_color, style)))
        for cell in row.cells:
            left, wide = _place_of(cell, widths, x, rtl=rtl)
            height = sum(r.height for r in rows if cell.row <= rows.index(r) + rows[0].cells[0].row < cell.row + cell.rows)
            items += _cell(flow, cell, left, top, wide, height)
        top += row.height
    return Slab(top, items, line=rows[0].box.line)


def _place_of(cell: Cell, widths: list[float], x: float, *, rtl: bool) -> tuple[float, float]:
    """Give a cell's left edge and its width."""
    wide = sum(widths[cell.column : cell.column + cell.columns])
    before = sum(widths[: cell.column])
    return x + (sum(widths) - before - wide if rtl else before), wide


def _cell(flow: Flow, cell: Cell, left: float, top: float, wide: float, height: float) -> list[Item]:
    style = cell.box.style
    items: list[Item] = []
    if style.decorated:
        items.append((left, top, Frame(wide, height, style.background_color, style)))
    if cell.galley is not None:
        room = height - cell.height
        down = {"middle": room / 2, "bottom": room}.get(style.vertical_align, cell.baseline)
        inner_x = left + used(style.padding_left, wide) + style.borders[3]
        inner_y = top + used(style.padding_top, wide) + style.borders[0] + down
        items += flow.items(cell.galley, inner_x, inner_y)
    return items
