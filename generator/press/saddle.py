"""A booklet on its sheets: pages side by side, moved for creep, backs as the printer takes them.

In: a count of pages, their size, the sheet's size and how it is printed. Out: `Sheet`s. Only arithmetic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import PrintError
from generator.plain import NamedTuple
from generator.press.creep import check_thickness, creep
from generator.press.imposition import HEADED, impose
from generator.press.marks import around, there_is_room
from generator.press.sheets import HEADED_NOTES, MM, NOTES, Placement, Rect, Sheet, Side, back_for

if TYPE_CHECKING:
    from generator.press.imposition import Folded
    from generator.press.sheets import Line

SLACK = 0.5
"""Points by which a spread may exceed its sheet: A5 twice is not quite A4."""


class Folding(NamedTuple):
    """How a booklet is printed. `duplex`: the edge on which the printer flips; `signature`: sheets folded together, 0 for all;
    `thickness` of the paper in mm; `bare`: the last page, which is seen from outside, stays empty.
    """  # noqa: D205

    rtl: bool = False
    duplex: str = "short"
    signature: int = 0
    thickness: float = 0.0
    bare: bool = False


def fold(count: int, page: tuple[float, float], sheet: tuple[float, float], folding: Folding) -> list[Sheet]:
    """Plan the sheets. Raises PrintError for what cannot be printed so."""
    width, height = max(sheet), min(sheet)
    spread = Rect((width - 2 * page[0]) / 2, (height - page[1]) / 2, 2 * page[0], page[1])
    if min(spread.x, spread.y) * 2 < -SLACK:
        raise PrintError(f"two pages of {_size(page)} do not fit a sheet of {_size((width, height))} side by side", None,
                         "half letter goes on letter, a5 on a4, letter on tabloid, a4 on a3")  # fmt: skip
    folded = impose(count + folding.bare, limit=folding.signature, rtl=folding.rtl)
    check_thickness(max(f.nest for f in folded) + 1, folding.thickness)
    marks = _marks(spread, width, height)
    out = []
    for one in folded:
        front, back = (_side(pages, one, spread, marks, folding, count) for pages in (one.front, one.back))
        out.append(Sheet(width, height, front, back_for(back, width, height, folding.duplex)))
    return out


def _side(pages: tuple[int | None, int | None], folded: Folded, spread: Rect, marks: tuple[Line, ...], folding: Folding, count: int) -> Side:
    half = spread.width / 2
    shift = creep(folded.nest, folding.thickness)
    placements = []
    for page, x, towards_fold in ((pages[0], spread.x, shift), (pages[1], spread.x + half, -shift)):
        if page is not None and page > count:
            continue
        clip = Rect(x, spread.y, half, spread.height)
        area = clip._replace(x=x + towards_fold)
        placements.append(Placement(0, NOTES if page is None else HEADED_NOTES if page == HEADED else page - 1, area, clip))
    return Side(tuple(placements), marks, spread, spread)


def _marks(spread: Rect, width: float, height: float) -> tuple[Line, ...]:
    """Where the sheet is larger than the spread: corners to cut, the middle to fold."""
    if not there_is_room(spread, width, height):
        return ()
    middle = spread.x + spread.width / 2
    corners = around(spread, (spread.x, spread.x + spread.width), (spread.y, spread.y + spread.height))
    return (*corners, *around(spread, (middle,), (), dashed=True))


def _size(size: tuple[float, float]) -> str:
    return f"{size[0] / MM:.0f} x {size[1] / MM:.0f} mm"
