"""Blocks as other programs open them, turned into those that a handout has: `??? note`, `::: tip … :::`, `=== "Tab"`, "```{note}".

In: lines, and which of them are no code. Out: as many lines, and notices of containers that are none here. What is folded away on a
screen stands open on paper, and what is behind a tab stands below the tab's name. Knows nothing of what is in them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import Notice
from generator.project.depth import CODE
from generator.project.kinds import BOXES, ELSEWHERE, mistyped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.errors import Position

SIGNS = ("???", ":::", "=== ", "```{", "~~~{")
"""What a text has somewhere that has such blocks."""
FOLDED = r'^(?P<lead>[ \t>]*)\?\?\?\+?(?=[ \t]*[\w-]+(?:[ \t]+[\w-]+)*(?:[ \t]+["“„«].*)?[ \t]*$)'
TAB = r"^(?P<lead>[ \t]*)===[!+]*[ \t]+[\"'“„«](?P<title>.*[^\s\"'”“»])[\"'”“»][ \t]*$"
OPENED = r"""(?x)^(?P<lead>[ ]*) (?P<mark>:{3,}) [ ]*
    (?: \{[ ]*\.?(?P<braced>[\w-]+)[^}]*\} | (?P<kind>[\w-]+) ) (?:[ ]*\[(?P<bracket>[^\]]*)\])? (?P<title>[^{}]*) (?:\{[^}]*\}[ ]*)?$"""
CLOSED = r"^[ ]*:{3,}[ ]*$"
FENCE = r"^[ ]*(?P<mark>`{3,}|~{3,})"
DIRECTIVE = r"^(?P<lead>[ ]*)[`~]+\{(?P<braced>[\w-]+)\}(?P<title>[^`]*)$(?P<kind>)(?P<bracket>)"
LEFT = r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?P<mark>:{3,}|\?{3}|={3}(?=[!+]*[ \t]+[\"“„«].*[\"”»“][ \t]*$))\+?[ \t]*(?P<kind>[\w-]*)"
HINT = "write !!! and the kind of the box, and its text indented by four spaces below; what ::: opens, ::: on a line of its own ends"
QUOTED = r"^[\"“”„«][ ]*(.*?)[ ]*[\"“”»«]$"
TAB_NAME = "tab"
"""The class of a tab's name."""
MOST = 8  # how deep they may stand in each other


class Blocks:
    """The lines on their way."""

    def __init__(self, lines: list[str], place: Callable[[int, str], Position], notices: list[Notice]) -> None:
        """`lines` are changed in place; `place` gives where one stands, and `notices` takes what is to be told."""
        self.lines, self.place, self.notices = lines, place, notices

    def turn(self, is_text: Callable[[], Sequence[bool]]) -> None:
        """Turn all blocks. `is_text` tells of each line as it stands now whether it is no code: what is in a block is found in the next round."""
        for _ in range(MOST):
            text = is_text()
            before = list(self.lines)
            self._directives()
            self._containers(text)
            for index in [i for i in range(len(before)) if text[i] and self.lines[i] == before[i]]:
                self._fold(index)
            self._tabs(text)
            if self.lines == before:
                break
        self._tell_left(is_text())

    def _tell_left(self, text: Sequence[bool]) -> None:
        """Tell of what looks like a block and is none: it has no end or no text, or stands behind a mark where none is looked for."""
        for index, line in enumerate(self.lines):
            match = re.match(LEFT, line) if text[index] else None
            kind = (match["kind"] or "").lower() if match else ""
            if match and (match["mark"] != "???" or kind in BOXES or kind in ELSEWHERE):
                self.notices.append(Notice(f"“{line[match.start('mark') :].strip()}” is no box here, and stands as it was typed",
                                           self.place(index, match["mark"]), HINT))  # fmt: skip

    def _fold(self, index: int) -> None:
        match = re.match(FOLDED, self.lines[index]) if "???" in self.lines[index] else None
        if match and self._holds(index, len(match["lead"].expandtabs(CODE))):
            self.lines[index] = f"{match['lead']}!!!{self.lines[index][match.end() :]}"

    def _tabs(self, text: Sequence[bool]) -> None:
        """Write the name of a tab as a paragraph, and what is behind it below."""
        for index, line in enumerate(self.lines):
            match = re.match(TAB, line) if "===" in line and text[index] else None
            base = len(match["lead"].expandtabs(CODE)) if match else 0
            if match is None or not self._holds(index, base):
                continue
            end = " " * 2 if self.lines[index + 1].strip() else ""
            self.lines[index] = f"{match['lead']}**{match['title']}**{{.{TAB_NAME}}}{end}"
            for at in range(index + 1, len(self.lines)):
                inner = self.lines[at].expandtabs(CODE)
                if inner.strip() and _indent(inner) < base + CODE:
                    break
                self.lines[at] = inner[:base] + inner[base + CODE :] if inner.strip() else ""

    def _holds(self, index: int, base: int) -> bool:
        """Tell whether what follows a line is indented below it."""
        after = next((line for line in self.lines[index + 1 :] if line.strip()), "")
        return _indent(after.replace(">", " ")) >= base + CODE

    def _directives(self) -> None:
        """Turn a fence into the box whose kind stands behind it; any other is code."""
        start, sign = 0, ""
        for index, line in enumerate(self.lines):
            mark = re.match(FENCE, line)
            if mark is None:
                continue
            if not sign:
                start, sign = index, mark["mark"]
            elif line.strip().startswith(sign) and not line.strip().strip(sign[0]):
                sign, match = "", re.match(DIRECTIVE, self.lines[start])
                if match and (match["braced"] in BOXES or match["braced"] in ELSEWHERE):
                    self._container(start, match, index)

    def _containers(self, text: Sequence[bool]) -> None:
        """`::: kind` to `:::`; the innermost that is open is closed first."""
        opened: list[tuple[int, re.Match[str]]] = []
        for index, line in enumerate(self.lines):
            if ":::" not in line or not text[index]:
                continue
            match = re.match(OPENED, line)
            if match:
                opened.append((index, match))
            elif re.match(CLOSED, line) and opened:
                if len(opened) <= MOST:
                    self._container(*opened[-1], index)
                opened.pop()

    def _container(self, start: int, match: re.Match[str], end: int) -> None:
        kind = (match["braced"] or match["kind"]).lower().removeprefix("callout-")
        title = re.sub(QUOTED, r"\1", (match["bracket"] or match["title"] or "").strip())
        self.lines[end] = ""
        if not (kind in BOXES or kind in ELSEWHERE or mistyped(kind)):
            becomes = "it is set as a note" if title else "its text stands by itself"
            self.notices.append(Notice(f"“::: {kind}” is no box here: {becomes}", self.place(start, ":::"),
                                       "take the colons out, or write !!! note"))  # fmt: skip
            if not title:
                self.lines[start] = ""
                return
            kind = "note"
        self.lines[start] = f"{match['lead']}!!! {kind}" + (f' "{title}"' if title else "")
        base = len(match["lead"])
        for at in range(start + 1, end):
            line = self.lines[at].expandtabs(CODE)
            self.lines[at] = " " * (base + CODE) + line[min(base, _indent(line)) :] if line.strip() else ""


def _indent(line: str) -> int:
    line = line.expandtabs(CODE)
    return len(line) - len(line.lstrip(" "))
