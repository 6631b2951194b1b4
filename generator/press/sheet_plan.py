"""Cards on a sheet: how many fit, where each one lies, where it is cut and folded, and where its back goes.

In: the sizes of card and sheet, gutter and bleed, what each card is. Out: `Sheet`s. Only arithmetic.
"""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING

from generator.errors import PrintError
from generator.plain import NamedTuple
from generator.press.marks import OFFSET, ROOM, around, there_is_room
from generator.press.sheets import MM, Placement, Rect, Sheet, Side, back_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.press.sheets import Line

SLACK = 0.5
NEARLY = 3.0
"""Points that four A6 leave of an A4, whose sides are rounded to millimetres."""
Leaf = tuple[int, int]
"""A page: its file and its number, both counted from 0."""


class Card(NamedTuple):
    """One card of a deck: the pages of its front from the top down, and those behind each of them (or none).

    A card of several pages is folded between them; None leaves one of them empty.
    """

    front: tuple[Leaf | None, ...]
    back: tuple[Leaf | None, ...] = ()


class Grid(NamedTuple):
    """Cards in columns and rows on a sheet; `x`, `y` is the bottom left corner of the block."""

    width: float
    height: float
    columns: int
    rows: int
    card: tuple[float, float]
    gutter: float
    bleed: float

    @property
    def holds(self) -> int:
        """How many cards a sheet holds."""
        return self.columns * self.rows

    @property
    def block(self) -> Rect:
        """All the cards with their gutters, in the middle of the sheet."""
        width = self.columns * (self.card[0] + self.gutter) - self.gutter
        height = self.rows * (self.card[1] + self.gutter) - self.gutter
        return Rect((self.width - width) / 2, (self.height - height) / 2, width, height)

    def cell(self, at: int, *, mirrored: bool = False) -> Rect:
        """Give the place of a card, counted from the top left; mirrored, from the top right."""
        row, column = divmod(at, self.columns)
        if mirrored:
            column = self.columns - 1 - column
        block, (width, height) = self.block, self.card
        return Rect(block.x + column * (width + self.gutter), block.y + block.height - height - row * (height + self.gutter),
                    width, height)  # fmt: skip


def grid(card: tuple[float, float], sheet: tuple[float, float], gutter: float = 0.0, bleed: float = 0.0) -> Grid:
    """Arrange as many cards as fit with crop marks, the sheet upright or on its side.

    Cards that fill the sheet to its edges, as two half letters do, are laid so where that doubles their number: they are cut
    in the middle and need no marks. Raises PrintError.
    """
    if bleed < 0 or gutter < 0:
        raise PrintError("a gutter or a bleed cannot be less than nothing", None, "give millimetres, such as --gutter 5")
    gutter = max(gutter, 2 * bleed)
    short, long = sorted(sheet)
    marked = [_arranged(card, size, gutter, bleed, ROOM + bleed) for size in ((short, long), (long, short))]
    filling = [_arranged(card, size, gutter, bleed, 0.0) for size in ((short, long), (long, short))] if not bleed else marked
    best, full = (max(found, key=lambda g: g.holds) for found in (marked, filling))
    chosen = full if full.holds >= 2 * best.holds and _fills(full) else best
    if not chosen.holds:
        raise PrintError(f"a card of {_size(card)}{f' with {bleed / MM:g} mm bleed' if bleed else ''} does not fit a sheet of "
                         f"{_size((short, long))} with its crop marks", None, "choose a larger --sheet or a smaller --paper")  # fmt: skip
    return chosen


def _arranged(card: tuple[float, float], sheet: tuple[float, float], gutter: float, bleed: float, margin: float) -> Grid:
    columns, rows = (max(0, int((s - 2 * margin + gutter + SLACK) // (c + gutter))) for s, c in zip(sheet, card, strict=True))
    return Grid(*sheet, columns, rows, card, gutter, bleed)


def _fills(found: Grid) -> bool:
    """Tell whether the cards take the whole sheet, so that its edges are theirs."""
    return found.width - found.block.width <= NEARLY and found.height - found.block.height <= NEARLY


def filled(cards: Sequence[Card], places: int) -> list[Card]:
    """Give each card once, and then the first ones again until no place of a sheet is left: it is cut in any case."""
    return [*cards, *islice(cycle(cards), -len(cards) % places)]


def plan(cards: Sequence[Card], found: Grid, duplex: str) -> list[Sheet]:
    """Lay the cards on as many sheets as they need, each back behind its front."""
    parts = len(cards[0].front)
    fronts = _marks(found, parts)
    out = []
    for start in range(0, len(cards), found.holds):
        own = cards[start : start + found.holds]
        front = _side([c.front for c in own], found, fronts, mirrored=False)
        back = _side([c.back for c in own], found, fronts, mirrored=True) if any(c.back for c in own) else None
        turned = back_for(back, found.width, found.height, duplex) if back is not None else None
        out.append(Sheet(found.width, found.height, front, turned))
    return out


def _side(faces: list[tuple[Leaf | None, ...]], found: Grid, marks: tuple[Line, ...], *, mirrored: bool) -> Side:
    placements = []
    for at, face in enumerate(faces):
        cell = found.cell(at, mirrored=mirrored)
        height = cell.height / max(1, len(face))
        for row, leaf in enumerate(face):
            if leaf is None:
                continue
            area = Rect(cell.x, cell.y + cell.height - (row + 1) * height, cell.width, height)
            placements.append(Placement(*leaf, area, _window(area, cell, found.bleed), bleed=found.bleed))
    return Side(tuple(placements), marks, found.block, found.block.grown(found.bleed))


def _window(area: Rect, cell: Rect, bleed: float) -> Rect:
    """Let a page show its bleed where its card ends, but not over the fold to the next page."""
    low = bleed if abs(area.y - cell.y) < SLACK else 0.0
    high = bleed if abs(area.y + area.height - cell.y - cell.height) < SLACK else 0.0
    return Rect(area.x - bleed, area.y - low, area.width + 2 * bleed, area.height + low + high)


def _marks(found: Grid, parts: int) -> tuple[Line, ...]:
    """Mark every cut, and with dashes every fold of cards of several `parts`."""
    outer = found.block.grown(found.bleed)
    if not there_is_room(outer, found.width, found.height, ROOM - OFFSET):
        return ()
    cells = [found.cell(at) for at in range(found.holds)]
    columns = sorted({round(x, 3) for c in cells for x in (c.x, c.x + c.width)})
    rows = sorted({round(y, 3) for c in cells for y in (c.y, c.y + c.height)})
    height = found.card[1]
    folds = sorted({round(c.y + height * part / parts, 3) for c in cells for part in range(1, parts)})
    return (*around(outer, columns, rows), *around(outer, (), folds, dashed=True))


def _size(size: tuple[float, float]) -> str:
    return f"{size[0] / MM:.0f} x {size[1] / MM:.0f} mm"
