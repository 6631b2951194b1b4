"""Folding: which page comes where on the sheets of a booklet.

In: a count of pages, how many sheets are folded together, the reading direction. Out: for each sheet the page numbers left and
right on both sides. Only arithmetic; a back is as seen when the sheet is turned like the page of a book.
"""

from __future__ import annotations

from generator.errors import PrintError
from generator.plain import NamedTuple

HEADED = 0
"""The first notes page, which has a heading."""

MOST_FOLDED = 20
"""Sheets of paper that can be folded together and stapled."""


class Folded(NamedTuple):
    """A sheet of a booklet: pages (left, right) counted from 1, HEADED or None for a notes page; `nest` sheets lie around it."""

    front: tuple[int | None, int | None]
    back: tuple[int | None, int | None]
    nest: int
    signature: int


def filled(count: int) -> list[int | None]:
    """Give the pages with notes pages in front of the last, the back cover, up to a multiple of 4."""
    if count < 1:
        raise PrintError("there are no pages to fold", None, "a booklet needs at least one page")
    missing = -count % 4
    notes = [HEADED, *[None] * (missing - 1)] if missing else []
    return [1, *notes] if count == 1 else [*range(1, count), *notes, count]


def signatures(sheets: int, limit: int = 0) -> list[int]:
    """Divide sheets into stacks of at most `limit`, as even as can be; 0: all in one."""
    if limit < 0 or limit > MOST_FOLDED:
        raise PrintError(f"{limit} sheets cannot be folded together", None, f"--signature takes 1 to {MOST_FOLDED}")
    if not limit and sheets > MOST_FOLDED:
        raise PrintError(f"{sheets * 4} pages make {sheets} sheets, too many to fold and staple as one", None,
                         "divide the booklet: --signature 4 makes stacks of 4 sheets, to be sewn or glued")  # fmt: skip
    stacks = -(-sheets // limit) if limit else 1
    small, larger = divmod(sheets, stacks)
    return [small + (at < larger) for at in range(stacks)]


def impose(count: int, *, limit: int = 0, rtl: bool = False) -> list[Folded]:
    """Give the sheets in the order in which they are printed: stack after stack, each from its outermost sheet."""
    pages = filled(count)
    out = []
    start = 0
    for number, stack in enumerate(signatures(len(pages) // 4, limit)):
        own = pages[start : start + 4 * stack]
        start += 4 * stack
        for nest in range(stack):
            first, last = 2 * nest, len(own) - 1 - 2 * nest
            front, back = (own[last], own[first]), (own[first + 1], own[last - 1])
            out.append(Folded(front[::-1], back[::-1], nest, number) if rtl else Folded(front, back, nest, number))
    return out
