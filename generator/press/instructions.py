"""How to print a file, in the words of a printer's dialog and of a desk with scissors and a stapler.

In: what was planned. Out: sentences. English, as the command line is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.press.sheets import Sheet

NAMES = {"letter": "Letter", "a4": "A4", "tabloid": "Tabloid (11 x 17 in)", "a3": "A3"}


def dialog(sheet: Sheet, paper: str, duplex: str) -> list[str]:
    """Say what to choose in the printer's dialog."""
    lies = "Landscape" if sheet.width > sheet.height else "Portrait"
    sides = f"Print on both sides: Flip on {duplex} edge" if sheet.back is not None else "Print on one side"
    return [f"Paper: {NAMES[paper]}", f"Orientation: {lies}", "Scale: Actual size (100 %)", sides]


def to_fold(stacks: Sequence[int]) -> list[str]:
    """Say how stacks of so many sheets become a booklet."""
    if len(stacks) == 1:
        sheets = {1: "the sheet", 2: "both sheets together"}.get(stacks[0], f"all {stacks[0]} sheets together")
        return [f"Fold {sheets} in the middle, the cover outside" + (", and staple twice on the fold" if stacks[0] > 1 else "")]
    first, ranges = 1, []
    for stack in stacks:
        ranges.append(f"{first}-{first + stack - 1}" if stack > 1 else str(first))
        first += stack
    return [f"Fold the sheets {', '.join(ranges)} each together", "Lay the folded stacks behind one another, and sew or glue the spine"]


def to_cut(sheet: Sheet, *, folded: bool) -> list[str]:
    """Say how cards come out of a sheet."""
    solid = any(not mark.dashed for mark in sheet.front.marks)
    cut = "Cut from mark to mark" if solid else "Cut in the middle" + (", both ways" if _both_ways(sheet) else "")
    return [cut, "Fold each card like a fan at the dashed marks, the cover outside"] if folded else [cut]


def _both_ways(sheet: Sheet) -> bool:
    first = sheet.front.placements[0].area
    return first.width * 2 < sheet.width + 1 and first.height * 2 < sheet.height + 1
