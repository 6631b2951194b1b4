"""Formulas in TeX, which no page here sets: they stand as they were typed, in one piece, and are told once.

In: lines, and which of them are no code. Out: as many lines, in which a formula on lines of its own is a block of code, and a notice.
One in running text is left to inline Markdown, which knows it by the same expression. Knows no TeX.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.errors import Position

TYPED = r"(?=[^$\n]*[\\^_{])(?:[^$\n\\]|\\.)+"
INLINE = rf"(?<![\w\\$])(?:\$\$(?!\$){TYPED}\$\$|\$(?![\s$]){TYPED}(?<!\s)\$)(?![\w$])"
"""Dollars around what is written as only TeX is: with a backslash, a brace, or a mark for a place above or below the line. Spaces stand
inside of two dollars alone: one with a space behind it is money."""
FENCE = re.compile(r"^(?P<lead>[ \t>]*)\$\$[ \t]*$")
CODE = re.compile(r"`+[^`]*`+")
HINT = "set it elsewhere and take it in as a picture (SVG), with what it says as its description"


def keep(lines: list[str], text: Sequence[bool], place: Callable[[int, str], Position], notices: list[Notice]) -> None:
    """Make code of the formulas that stand by themselves, and tell of the first of all."""
    opened, first = -1, -1
    for index, line in enumerate(lines):
        if "$" not in line or not text[index]:
            continue
        mark = FENCE.match(line)
        if mark is None:
            first = index if first < 0 and opened < 0 and re.search(INLINE, CODE.sub("", line)) else first
        elif opened < 0 or not _is_formula(lines[opened + 1 : index]):
            opened = index
        else:
            first = opened if first < 0 else first
            for at in (opened, index):
                lines[at] = lines[at].replace("$$", "```")
            opened = -1
    if first >= 0:
        notices.append(Notice("formulas in TeX are not set here: they stand as they were typed", place(first, "$"), HINT))


def _is_formula(lines: Sequence[str]) -> bool:
    """Tell a formula from text between two marks that have nothing to do with each other: it is short, and no line of it is a fence."""
    return 0 < len(lines) <= 60 and not any(line.lstrip(" \t>").startswith(("```", "~~~", "#")) for line in lines)
