"""Text that Markdown drops: from an HTML block without an end in another one on, Python-Markdown gives nothing of what follows.

In: the marked text that was converted, what became of it, and the lines as they were written. Out: nothing, or an error at the tag that
has no end. Knows no HTML but its tags.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import ContentError
from generator.markup.lines import END, MARK, MARKED, decode
from generator.markup.web import FENCE, TAGS
from generator.markup.whole import LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.project.source import Source

BEGUN = re.compile(f"(?:^|(?<=\n\n))(?:#{{1,6}} )?{MARK}([\ue010-\ue019]+){END}")
"""The mark of a paragraph or heading that stands in nothing."""
TAG = re.compile(TAGS.pattern.replace("<(?:", "<(/?)("))


def refuse_swallowed(text: str, html: str, source: Source, begin: int) -> None:
    """Raise ContentError where a paragraph or heading of a text is not in its HTML. `begin` is the body's first line."""
    there = {*map(int, LINE.findall(html)), *map(decode, MARKED.finditer(html))}
    for match in BEGUN.finditer(text):
        number = decode(match)
        if number not in there:
            line, tag = _open(source.lines[begin - 1 : number - 1])
            if not tag:
                raise ContentError("HTML before this text swallows it", source.position(number), "end every tag that is opened there")
            raise ContentError(f"a <{tag}> is opened here and has no end", source.near(begin + line, f"<{tag}"),
                               f"write </{tag}> where it ends")  # fmt: skip


def _open(lines: Sequence[str]) -> tuple[int, str]:
    """Give the index of the line of the last tag that is still open behind some lines, or was where what holds it ended; and its name."""
    stack: list[tuple[int, str]] = []
    passed, fence = (0, ""), ""
    for index, line in enumerate(lines):
        mark = FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        for end, tag in () if fence else TAG.findall(line):
            if not end:
                stack.append((index, tag))
            elif tag in (held for _, held in stack):
                while (last := stack.pop())[1] != tag:
                    passed = last
    return stack[-1] if stack else passed
