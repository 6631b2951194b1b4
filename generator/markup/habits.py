"""Markdown as GitHub reads it, rewritten into what Python-Markdown reads as meant.

Python-Markdown nests by four columns, knows fences at the margin alone, and takes for one block what stands without an empty line
between: a list or a table behind a paragraph, a quotation in an item. In: lines of Markdown. Out: lines. What a line stands in is
told by containers.py. Code is left alone, but for a fence inside a container, which becomes an indented block there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markup.containers import HOLDER, HOLDS, ITEM, LISTED, QUOTE, QUOTED, STEP, Container, begun, entered, indent_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FENCE = re.compile(r"[ ]{0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})[ ]*(?P<info>.*)$")
ATTRIBUTES = re.compile(r"\{[ ]*[.#:]")
LANGUAGE = re.compile(r"[\w#.+-]+(?=[ ,{}]|$)")  # the first word behind a fence; the others are for other programs
RULE = re.compile(r"[ ]{0,3}(?:(?:-[ ]*){3,}|(?:\*[ ]*){3,}|(?:_[ ]*){3,})$")
UNDERLINE = re.compile(r"[ ]{0,3}(?:-+|=+)[ ]*$")
HEADING = re.compile(r"[ ]{0,3}#{1,6}(?:[ ]|$)")
DELIMITERS = re.compile(r"[ >]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
RAW = (("<pre", "</pre>"), ("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>"))
MARKS = re.compile("[\ue000-\ue0ff]")
TEXT, CODE, TABLE, OTHER = "text", "code", "table", "other"


def normalise(lines: list[str]) -> list[str]:
    """Rewrite all lines."""
    reader = _Reader([line.expandtabs(STEP) for line in lines])
    for index in range(len(lines)):
        reader.read(index)
    reader.close(0)
    return reader.out


class _Reader:
    """The lines read so far, and what is open behind the last one."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.out: list[str] = []
        self.root = Container("")
        self.stack: list[Container] = []
        self.fence = ""  # the marks of the open one
        self.until = ""  # what ends raw HTML
        self.open = ""  # the kind of block that the next line may go on with
        self.begun = (0, 0)  # where the block that was begun last stands in `out`, and how long the marks before it are

    @property
    def holder(self) -> Container:
        return self.stack[-1] if self.stack else self.root

    def read(self, index: int) -> None:
        """Read a line."""
        line = self.lines[index]
        if self.until:
            self.out.append(line)
            self.until = "" if self.until in line else self.until
            return
        depth, rest = entered(line, self.stack)
        if self.fence:
            self._in_fence(index, depth, rest)
        elif not rest.strip():
            self.close(depth)  # a quotation ends where its mark is missing
            self.open = ""
            self._gap()
        elif self._underlines(depth, rest):
            self._make_heading("#" if "=" in rest else "##")
        elif self._is_underline_aside(rest):
            self.out[-1], self.open = self.out[-1].lstrip(" "), ""
            self.out.append(rest.strip())
        elif self._goes_on(index, depth, rest):
            self._break_line()
            self.out.append(self._lead() + rest.strip() if self.stack else rest)
        else:
            self._begin(index, depth, rest)

    # -- what goes on

    def _goes_on(self, index: int, depth: int, rest: str) -> bool:
        """Tell whether a line goes on with the block of the line before, also where it lacks the marks of its containers."""
        if depth == len(self.stack):
            if self.open == TABLE:
                return DELIMITERS.match(rest) is not None or not self._starts(index, rest, alone=True)
            return self.open == TEXT and not self._starts(index, rest, alone=False)
        return self.open == TEXT and self.stack[depth].mark not in ("box", "footnote") and not self._starts(index, rest, alone=True)

    def _starts(self, index: int, rest: str, *, alone: bool) -> bool:
        """Tell whether a line begins a block though a paragraph is open; `alone`: in a container that this line is not in."""
        if not rest.lstrip(" ")[0].isalpha() and not (UNDERLINE.match(rest) and not alone):
            if any(pattern.match(rest) for pattern in (RULE, HEADING, FENCE, QUOTED, HOLDS)):
                return True
            item = LISTED.match(rest) if indent_of(rest) < STEP else None
            if item and (alone or (item["rest"].strip() and item["marker"] in ("-", "*", "+", "1.", "1)"))):
                return True
        return self._is_table(index, rest)

    def _is_table(self, index: int, rest: str) -> bool:
        """Tell whether a line is the head of a table: the next one draws its columns."""
        if "|" not in rest or index + 1 == len(self.lines):
            return False
        after = MARKS.sub("", self.lines[index + 1])
        return "|" in after and DELIMITERS.match(after) is not None

    def _underlines(self, depth: int, rest: str) -> bool:
        """Tell whether a line makes a heading of the one before it, in a container: Python-Markdown knows that at the margin alone."""
        there = self.stack and depth == len(self.stack) and self.open == TEXT and self.begun[0] == len(self.out) - 1
        return bool(there) and UNDERLINE.match(rest) is not None

    def _is_underline_aside(self, rest: str) -> bool:
        """Tell whether a line makes a heading of the one before it, and one of them is indented: Python-Markdown knows neither."""
        there = not self.stack and self.open == TEXT and self.begun[0] == len(self.out) - 1 and UNDERLINE.match(rest) is not None
        return there and (rest.startswith(" ") or self.out[-1].startswith(" "))

    def _make_heading(self, marks: str) -> None:
        line, at = self.out[-1], self.begun[1]
        self.out[-1] = f"{line[:at]}{marks} {line[at:]}"
        self.open, self.holder.last = "", OTHER

    def _break_line(self) -> None:
        """Write the backslash that ends a line as Python-Markdown has it: two spaces."""
        last = self.out[-1]
        if self.open == TEXT and (len(last) - len(last.rstrip("\\"))) % 2:
            self.out[-1] = last[:-1] + "  "

    # -- what begins

    def _begin(self, index: int, depth: int, rest: str) -> None:
        """Begin what a line begins, one container after another, and write it."""
        self.close(depth)
        lead, first = self._lead(), True
        while (found := begun(rest) if not RULE.match(rest) else None) is not None:
            container, mark, rest = found
            if container.kind == QUOTE and lead.strip("> "):
                lead = self._alone(lead)
            if first:
                self._part(container.mark or OTHER)
            else:
                self.holder.last = container.mark or OTHER
            lead, first = lead + mark, False
            self.stack.append(container)
            if container.kind == HOLDER:
                self.out.append(lead)
                self.open = "" if container.mark == "box" else TEXT
                container.last = self.open
                return
        self._block(index, lead, rest, first=first)

    def _block(self, index: int, lead: str, rest: str, *, first: bool) -> None:
        fence = FENCE.match(rest)
        if fence:
            self._open_fence(fence, lead, first=first)
            return
        kind = TEXT
        if indent_of(rest) >= STEP:
            kind = CODE
        elif self._is_table(index, rest):
            kind = TABLE
        elif HEADING.match(rest) or RULE.match(rest):
            kind = OTHER
        if first:
            self._part(kind)
        elif kind == TABLE and lead.strip("> "):
            lead = self._alone(lead)
        self.holder.last, self.begun = kind, (len(self.out), len(lead))
        bare = kind == CODE or not (self.stack or HEADING.match(rest))
        self.out.append(lead + (rest if bare else rest.lstrip(" ")))
        self.open = kind if rest.strip() and kind in (TEXT, TABLE) else ""
        if not self.stack:
            end = next((end for begin, end in RAW if rest.startswith(begin)), "")
            self.until = "" if end in rest else end

    def _part(self, kind: str) -> None:
        """Note a block of its container, and write an empty line before it, unless Python-Markdown parts it from what is before as it is."""
        holder = self.holder
        together = (
            not holder.last  # the first in its container
            or (kind == holder.last and kind in ("bullets", "numbers") and not holder.apart)
            or (kind == holder.last == CODE)
            or kind == "definition"
            or (holder.kind == ITEM and kind in ("bullets", "numbers") and holder.last == TEXT and not holder.apart)
        )
        is_apart = bool(self.out) and not self.out[-1].strip("> ")
        if holder.last and (is_apart or not together):
            holder.apart = True
        if not together and not is_apart:
            self._gap()
        if holder.last != kind and kind in ("bullets", "numbers") and holder.kind != ITEM:
            holder.apart = False  # another list: whether there are empty lines in it is still to be seen
        if holder.last != kind:
            holder.tight.clear()
        elif holder.apart:
            self._part_items()
        elif kind in ("bullets", "numbers"):
            holder.tight.append(len(self.out))
        holder.last = kind

    def _alone(self, lead: str) -> str:
        """Write the mark of an item whose first block has several lines, and give what comes before these."""
        self.out.append(lead)
        self.holder.apart = True
        self._gap()
        return self._lead()

    def _gap(self) -> None:
        """Write an empty line, which inside a quotation has the quotation's mark."""
        self.out.append(self._lead().rstrip(" "))

    # -- fences

    def _open_fence(self, fence: re.Match[str], lead: str, *, first: bool) -> None:
        self.fence, self.open = fence["fence"], ""
        if not self.stack:
            info = fence["info"].strip()
            language = LANGUAGE.match(info.lstrip("{ "))  # {r, echo=FALSE} is of another program
            self._part(CODE)
            self.out.append(fence["fence"] + (info if ATTRIBUTES.match(info) else language[0] if language else ""))
            return
        if first:
            self._part(OTHER)
        elif lead.strip("> "):
            self._alone(lead)
        self.holder.last = OTHER

    def _in_fence(self, index: int, depth: int, rest: str) -> None:
        torn = next((c for c in self.stack[depth:] if c.kind == QUOTE), None) is not None
        closes = rest.strip().startswith(self.fence) and not rest.strip().strip(self.fence[0])
        if not self.stack:
            self.out.append(self.fence if closes else self.lines[index])  # which may close with more marks than it was opened with
        elif not closes and not torn:
            self.out.append((self._lead() + " " * STEP + rest).rstrip(" "))
        if closes or torn:
            self.fence = ""
        if torn and rest.strip() and not closes:
            self._begin(index, depth, rest)

    # -- containers

    def close(self, depth: int) -> None:
        """Leave all containers deeper than `depth`."""
        if any(container.apart for container in self.stack[depth:]):
            (self.stack[depth - 1] if depth else self.root).apart = True
        del self.stack[depth:]
        if self.holder.apart:
            self._part_items()

    def _part_items(self) -> None:
        """Write empty lines between the items of a list, as there is one somewhere in it: all of them are set alike."""
        for at in reversed(self.holder.tight):
            self.out.insert(at, self._lead().rstrip(" "))
        self.holder.tight.clear()

    def _lead(self) -> str:
        return "".join([container.lead for container in self.stack])
