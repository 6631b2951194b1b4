"""Marks as people type them who know GitHub, a word processor or a telephone, turned into those that a handout has.

In: the lines of a handout's body. Out: as many lines, so that each keeps its number, and notices of what looks like a mark and is none.
Blocks of other programs (blocks.py), alerts (`> [!NOTE]`), boxes whose text is not indented, typed bullets, a title in curly
quotation marks, `{.Step}`. Code stays as it is.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from generator.errors import ContentError, Notice
from generator.project.blocks import SIGNS as SIGNS_OF_BLOCKS
from generator.project.blocks import Blocks
from generator.project.depth import CODE, Depth
from generator.project.formulas import keep as keep_formulas
from generator.project.steps import step_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.errors import Position
    from generator.project.source import Source

# What is compiled here, most texts have; what is rare stays a string, and is compiled where a text has it.
FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")
UNQUOTED_FENCE = r"[ ]{0,3}(`{3,}|~{3,})[^`\n]*$"  # in no list and no quotation, which end their code with themselves
CURLED = re.compile(r"^([ \t>]*!!![ \t]*[\w-]+(?:[ \t]+[\w-]+)*[ \t]+)[“”„«»]([^\n“”„«»\"]+)[“”«»](?=[ \t]*$)")
"""A box's title in the quotation marks that word processors put; straight ones are as wide, so that columns stay."""
ALERT = r"^(?P<indent>[ \t]*)>[ \t]*\[!(?P<kind>[^\W\d_][\w -]*)\](?![(\[])[+-]?[ \t]*(?P<title>[^\n]*?)[ \t]*$"
NAMED = "the alerts are [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] and [!CAUTION]; a title of your own stands behind the bracket"
QUOTED = r"^[ \t]*>[ ]?"
BOX = re.compile(r"^[ \t]*!!![ \t]*[\w-]")
BARE = re.compile(r"^[ \t]*!!![ \t]*(?P<kind>[\w-]+)[ \t]+(?P<rest>[^\"]*?)[ \t]*$")
CLASSES = re.compile(r"[a-z][a-z0-9-]*(?:[ ]+[a-z][a-z0-9]*-[a-z0-9-]+)*")
"""What may stand behind a box's kind without quotation marks: a class, or more of them where they are no words."""
BEGINS = re.compile(r"^[ \t]*(?:!!!|\#{1,6}[ \t]|`{3}|~{3}|\{%|\{:|(?:[-*_][ \t]*){3,}$)")
"""What no paragraph goes on with."""
ITEM = r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]"
GLYPH = r"""(?x)^(?P<lead>[ \t>]*)(?:[-*+][ \t]+(?=[☐□☑☒]))?
    (?:(?P<dot>[•▪‣●◦○■·\uf0b7])[ \t\u00a0]+|(?P<open>[☐□])[ \t\u00a0]*|(?P<done>[☑☒])[ \t\u00a0]*)(?=\S)"""
BRACKETS = r"^(?P<lead>[ \t>]*)(?P<box>\[[ xX]\])[ \t\u00a0]+(?=\S)"
DASH = r"^(?P<lead>[ \t>]*)[–—][ \t\u00a0]+(?=\S)"
GLUED = r"^[ \t>]*(?P<mark>[-+]|\d{1,3}[.)])[^\W\d_]"
SIGNS = {GLYPH: "•▪‣●◦○■·\uf0b7☐□☑☒", BRACKETS: ("[ ]", "[x]", "[X]"), DASH: "–—"}
"""What a text has somewhere that has such lines."""
GLUE = re.compile(r"\n[ \t>]*(?:[-+]|\d{1,3}[.)])[^\W\d_]")


def as_meant(source: Source, above: int) -> tuple[str, tuple[Notice, ...]]:
    """Give the text below the first `above` lines of a file with the marks that it means. Raises ContentError at a mark that is none."""
    typed = _Typed(source, above)
    typed.turn_blocks()
    typed.read()
    return "\n".join(typed.lines), tuple(typed.notices)


class _Typed:
    """The lines on their way."""

    def __init__(self, source: Source, above: int) -> None:
        self.source, self.above = source, above
        self.lines = list(source.lines[above:])
        self.written: Sequence[str] = source.lines[above:]
        self.notices: list[Notice] = []

    def turn_blocks(self) -> None:
        """Turn blocks of other programs, and formulas; what stands in them is told from code as it stands then."""
        text = "\n".join(self.lines)
        if any(sign in text for sign in SIGNS_OF_BLOCKS):
            Blocks(self.lines, self._place, self.notices).turn(self._told_apart)
            self.written = list(self.lines)
        if "$" in text:
            keep_formulas(self.lines, self._told_apart(), self._place, self.notices)
            self.written = list(self.lines)

    def read(self) -> None:
        """Read all habits; alerts become boxes, and what is in boxes may be lists. Most texts have none, and are not looked through."""
        text = "\n".join(self.lines)
        if "```" in text or "~~~" in text:
            self._insist_on_ends()
        for index in self._those(ALERT) if "[!" in text else ():
            self._alert(index)
        for index, line in enumerate(self.lines) if "!!!" in text else ():
            if "!!!" in line and BOX.match(line):
                self._title(index)
                self._box(index)
        for pattern, mark in ((GLYPH, _glyph), (BRACKETS, _brackets)):
            for index in self._those(pattern) if any(sign in text for sign in SIGNS[pattern]) else ():
                self.lines[index] = re.sub(pattern, mark, self.lines[index])
        for index in self._runs(DASH) if any(sign in text for sign in SIGNS[DASH]) else ():
            self.lines[index] = re.sub(DASH, r"\g<lead>- ", self.lines[index])
        if GLUE.search(text):
            self._glued()
        for index, line in step_marks(self.lines, self._is_text, self._place, self.notices):
            self.lines[index] = line

    def _insist_on_ends(self) -> None:
        """Raise ContentError where code begins that nothing ends: it might be meant to, or to be all of the rest."""
        depth, opened, at, free, until = Depth(), "", 0, True, ""
        for index, line in enumerate(self.lines):
            if not opened:
                until = _still_open(line, until)
            if until:
                continue
            if opened:
                if re.fullmatch(rf"[ ]{{0,3}}{opened[0]}{{{len(opened)},}}[ \t]*", line):
                    opened = ""
                continue
            code = depth.is_code(line, begins=free)
            free = code or not line.strip()
            match = re.match(UNQUOTED_FENCE, line) if not code else None
            if match:
                opened, at = match[1], index
        if opened:
            raise ContentError("code begins here and has no end", self._place(at, opened), f"write {opened} on a line of its own where it ends")

    def _place(self, index: int, needle: str = "") -> Position:
        line = self.above + index + 1
        return self.source.position(line, self.source.lines[line - 1].find(needle) + 1 if needle else 0)

    def _those(self, pattern: str) -> Iterator[int]:
        """Give the lines that begin so and are no code."""
        begins = re.compile(pattern).match
        return (index for index, line in enumerate(self.lines) if begins(line) and self._is_text(index))

    def _runs(self, pattern: str) -> list[int]:
        """Give the lines that begin so, where the one above or below does too."""
        found = list(self._those(pattern))
        return [index for index in found if index - 1 in found or index + 1 in found]

    def _is_text(self, index: int) -> bool:
        return self._text[index]

    @cached_property
    def _text(self) -> list[bool]:
        """Tell of each line as it was written whether it is no code; asked only where something is found."""
        return self._told_apart(self.written)

    def _told_apart(self, lines: Sequence[str] | None = None) -> list[bool]:
        """Tell of each line, as it stands now or as given, whether it is no code."""
        out, depth, fence, free, until = [], Depth(), "", True, ""
        for line in self.lines if lines is None else lines:
            mark = FENCE.match(line)
            inside = bool(fence or until)
            if mark and (not fence or mark[1].startswith(fence)):
                fence, inside = ("" if fence else mark[1][:3]), True
            until = _still_open(line, until)
            code = inside or bool(until) or depth.is_code(line, begins=free)
            free = code or not line.strip()
            out.append(not code)
        return out

    def _alert(self, index: int) -> None:
        """`> [!NOTE]` begins a quotation that is a box."""
        match = re.match(ALERT, self.lines[index])
        kind = match["kind"].lower() if match else ""
        if match is None or (index and re.match(QUOTED, self.lines[index - 1])):
            return
        own = match["title"].strip('"“”„«» ')
        if not kind.replace("-", "").isalnum():  # two words are no kind, but a title
            own = own or match["kind"].strip()
            self.notices.append(Notice(f"there is no box “{match['kind']}”: it is set as a note", self._place(index, "[!"), NAMED))
            kind = "note"
        indent = match["indent"]
        self.lines[index] = f"{indent}!!! {kind}" + (f' "{own}"' if own else "")
        for at in range(index + 1, len(self.lines)):
            line = self.lines[at]
            if not line.strip() or re.match(ALERT, line) or (not re.match(QUOTED, line) and (BEGINS.match(line) or re.match(ITEM, line))):
                return
            inner = re.sub(QUOTED, "", line, count=1) if re.match(QUOTED, line) else line.lstrip()
            self.lines[at] = indent + " " * CODE + inner if inner.strip() else ""

    def _title(self, index: int) -> None:
        """Straighten the quotation marks around a box's title. Raises ContentError where there are none: it would be taken for classes."""
        straight = CURLED.sub(r'\1"\2"', self.lines[index])
        match = BARE.match(straight)
        bare = match["rest"] if match is not None and not CLASSES.fullmatch(match["rest"]) else ""
        if not (bare or straight != self.lines[index]) or not self._is_text(index):
            return
        if match is not None and bare:
            raise ContentError("the title of a box stands in quotation marks", self._place(index, bare), f'!!! {match["kind"]} "{bare}"')
        self.lines[index] = straight

    def _box(self, index: int) -> None:
        """Indent a text that follows `!!! kind` right away, as far as it goes."""
        base = _indent(self.lines[index])
        after = self.lines[index + 1] if index + 1 < len(self.lines) else ""
        extra = _indent(after) - base
        if not after.strip() or not 0 <= extra < CODE or BEGINS.match(after) or not self._is_text(index):
            return
        for at in self._reach(index + 1, base, extra):
            line = self.lines[at].expandtabs(CODE)
            self.lines[at] = " " * (base + CODE) + line[min(base + extra, _indent(line)) :]

    def _reach(self, start: int, base: int, extra: int) -> Iterator[int]:
        """Walk the lines of a box's text: a paragraph, or where it is indented at all whatever is as deep."""
        going_on = True
        for at in range(start, len(self.lines)):
            line = self.lines[at]
            if not line.strip():
                if not extra:
                    return
                going_on = False
                continue
            deep = bool(extra) and _indent(line) - base >= extra
            if not deep and (not going_on or BEGINS.match(line)):
                return
            going_on = True
            yield at

    def _glued(self) -> None:
        """Say where lines look like a list and are none."""
        runs = self._runs(GLUED)
        for index in runs:
            if index - 1 not in runs:
                match = re.match(GLUED, self.lines[index])
                mark = match["mark"] if match else "-"
                self.notices.append(Notice("these lines are no list and run together", self._place(index, mark),
                                           f"write a space behind the {mark}"))  # fmt: skip


def _still_open(line: str, until: str) -> str:
    """Give what ends the comment or the preformatted text that a line stands in, or leaves open."""
    if until:
        return "" if until in line else until
    return next((end for begin, end in (("<!--", "-->"), ("<pre", "</pre>")) if begin in line and end not in line), "")


def _indent(line: str) -> int:
    line = line.expandtabs(CODE)
    return len(line) - len(line.lstrip(" "))


def _glyph(match: re.Match[str]) -> str:
    return match["lead"] + ("- " if match["dot"] else "- [ ] " if match["open"] else "- [x] ")


def _brackets(match: re.Match[str]) -> str:
    return f"{match['lead']}- {match['box']} "
