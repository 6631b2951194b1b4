"""The mark that makes a step of a heading, `{.step}`, and what people write instead of it.

In: lines. Out: headings with the mark as it is meant; an error or a notice where a heading looks like a step and would be none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import ContentError, Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.errors import Position

STEP = ".step"
HEADING = re.compile(r"^[ ]{0,3}(?P<level>#{1,6})[ \t]+\S")
BRACED = re.compile(r"(?P<gap>[ \t]*)\{(?P<inner>[^{}]*)\}[ \t]*#*[ \t]*$")
MARK = re.compile(r"(?:^|(?<=[ \t(\[{<]))[(\[{<]?[ \t]*\.[ \t]*steps?\b[ \t]*[)\]}>]?", re.IGNORECASE)
"""Anything that is meant for the mark, in whatever brackets, wherever it stands."""
NEAR = 0.75
HINT = "did you mean {.step}?"
RIGHT = re.compile(r"^## [^{}.`]*[^{}.`\s] \{\.step\}$")
"""A step as nearly all are written: there is nothing to look for."""
CODE = re.compile(r"`[^`]*`")


def step_marks(lines: Sequence[str], is_text: Callable[[int], bool], place: Callable[[int, str], Position],
               notices: list[Notice]) -> Iterator[tuple[int, str]]:  # fmt: skip
    """Give the lines to be put instead. Raises ContentError."""
    for index, line in enumerate(lines):
        heading = HEADING.match(line) if "#" in line and ("{" in line or STEP in line.lower()) else None
        if heading is None or RIGHT.search(line) or not is_text(index):
            continue
        braced = BRACED.search(line)
        inner = braced["inner"] if braced is not None else ""
        rest = line[: braced.start()] if braced is not None else line
        meant = _meant(inner)
        wrong = MARK.search(CODE.sub("", rest))
        if wrong is not None or meant in ("step", "steps"):
            found = wrong[0].strip() if wrong is not None else f"{{{inner}}}"
            hint = "put {.step} at the end of the line" if found.lower() == "{.step}" else HINT
            raise ContentError(f"{found} marks no step", place(index, found), hint)
        if meant == STEP and heading["level"] != "##":
            raise ContentError("only a second-level heading can be a step", place(index, "{"), "write ## before it, or take {.step} out")
        if meant and meant != STEP:
            notices.append(Notice(f"{{{inner}}} marks no step", place(index, "{"), HINT))
        if braced is not None and inner[:1] in (".", "#", ":") and not (braced["gap"] and _written(inner) == inner):
            yield index, f"{rest} {{{_written(inner)}}}"


def _meant(inner: str) -> str:
    """Give the word between braces that is the mark or may be meant for it, "" where there is none."""
    for word in inner.lower().split():
        if word in (STEP, "step", "steps"):
            return word
        if word.startswith(".s") and _is_near(word):
            return word
    return ""


def _is_near(word: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, word, STEP).ratio() >= NEAR


def _written(inner: str) -> str:
    return " ".join(STEP if word.lower() == STEP else word for word in inner.split(" "))
