"""Creep: how far the pages of an inner sheet are moved towards the fold.

In a folded stack each sheet lies around the next one, so that the fold of a sheet with `nest` sheets around it is `nest`
thicknesses deeper than the outermost fold, and its fore-edge stands out as far. Moved back by that, the outer margins are equal
when the booklet is trimmed, and the outermost sheet is where it was:

    creep(nest) = nest x thickness

In: places and millimetres. Out: points. (A fold that is not pressed would be round, and creep up to pi/2 times as much; a
stapled booklet is pressed.)
"""

from __future__ import annotations

from generator.errors import PrintError
from generator.press.sheets import MM

MARGIN = 18.0
"""Points at the edge of every page that bear no print."""
LEFT = 3 * MM
"""What must be left of them at the fold."""
THICKEST = 2.0
"""Millimetres; nobody folds more than that."""


def creep(nest: int, thickness: float) -> float:
    """Give the shift of a sheet's pages, `nest` sheets around it, `thickness` in mm."""
    return nest * thickness * MM


def check_thickness(sheets: int, thickness: float) -> None:
    """Refuse a thickness that would take the inner margins of a stack of `sheets`. Raises PrintError."""
    if not 0 <= thickness <= THICKEST:
        raise PrintError(f"a paper {thickness:g} mm thick cannot be folded", None,
                         "--paper-thickness takes millimetres: 0.1 for office paper, 0.12 for heavier")  # fmt: skip
    allowed = MARGIN - LEFT
    if creep(sheets - 1, thickness) > allowed + 1e-6:
        most = int(allowed / (thickness * MM)) + 1
        raise PrintError(f"{sheets} sheets of {thickness:g} mm push the innermost pages {creep(sheets - 1, thickness) / MM:.1f} mm "
                         "into the fold, and their margin is gone", None,
                         f"divide the booklet: --signature {min(most, sheets - 1)} folds that many sheets at a time at most")  # fmt: skip
