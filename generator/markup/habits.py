"""Habits from GitHub, rewritten into what Python-Markdown reads as meant.

A list or a table straight after a paragraph, nesting by two spaces, `1)` for `1.`, a fence inside a list item. In: lines of
Markdown. Out: lines. Text inside fences is left alone, but for a fence inside a list item, which becomes an
indented block there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ITEM = re.compile(r"^(?P<indent>[ ]*)(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap>[ ]+|$)(?P<rest>.*)$")
FENCE = re.compile(r"^(?P<indent>[ ]*)(?P<fence>```+|~~~+)")
RULE = re.compile(r"^[ ]{0,3}([-*_][ ]*){3,}$")
TABLE_RULE = re.compile(r"^[ >]*(?=[^|]*\|)\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
LEAD = re.compile(r"^[ >]*")
STEP = 4


@dataclass
class _State:
    stack: list[int] = field(default_factory=list)  # where each open item's content begins
    fence: str = ""
    fence_indent: int = 0
    before: str = ""  # the last line written


def normalise(lines: list[str]) -> list[str]:
    """Rewrite the habits."""
    out: list[str] = []
    state = _State()
    for raw in lines:
        for line in _line(raw.expandtabs(4), state, out):
            if "|" in line and not state.fence and TABLE_RULE.match(line):
                _part_table(out)
            out.append(line)
            state.before = line
    return out


def _part_table(out: list[str]) -> None:
    """Part the head of a table, which is the last line, from a text right above it."""
    if len(out) < 2 or "|" not in out[-1]:
        return
    lead = LEAD.match(out[-1])
    above = LEAD.match(out[-2])
    if lead and above and lead[0] == above[0] and out[-2].strip(" >"):
        out.insert(-1, lead[0].rstrip())


def _line(line: str, state: _State, out: list[str]) -> list[str]:
    if state.fence:
        return _in_fence(line, state)
    if not line.strip():
        return [""]
    fence = FENCE.match(line)
    if fence and not (fence["indent"] and not state.stack):
        return _open_fence(fence, line, state)
    item = None if RULE.match(line) else ITEM.match(line)
    if item and _is_item(item, state, out):
        return _item(item, state)
    return _continued(line, state)


def _is_item(item: re.Match[str], state: _State, out: list[str]) -> bool:
    """Tell an item from a paragraph's line that happens to start like one."""
    if state.stack:
        return True
    if len(item["indent"]) >= STEP:
        return False
    first = item["marker"][:-1] in ("", "1") or not state.before.strip()
    return first or bool(out and ITEM.match(out[-1]))


def _item(item: re.Match[str], state: _State) -> list[str]:
    indent = len(item["indent"])
    while state.stack and indent < state.stack[-1] and not (len(state.stack) == 1 and indent >= 2 and indent >= state.stack[0]):
        state.stack.pop()
    depth = len(state.stack)
    fresh = depth == 0 and bool(state.before.strip()) and not ITEM.match(state.before) and not state.before.startswith(" ")
    gap = len(item["gap"]) if 0 < len(item["gap"]) <= STEP else 1
    state.stack.append(indent + len(item["marker"]) + gap)
    marker = item["marker"].replace(")", ".")
    line = " " * (STEP * depth) + marker + " " + item["rest"]
    return ["", line] if fresh else [line]


def _continued(line: str, state: _State) -> list[str]:
    """Indent a line that goes on inside an item to that item's depth."""
    indent = len(line) - len(line.lstrip(" "))
    if not state.stack:
        return [line]
    lazy = bool(state.before.strip())
    if indent < min(state.stack[0], 2) and not lazy:
        state.stack.clear()
        return [line]
    if lazy and indent < state.stack[-1]:
        return [" " * (STEP * len(state.stack)) + line.strip() if indent else line]
    while state.stack and indent < state.stack[-1] and indent < STEP * len(state.stack):
        state.stack.pop()
    extra = max(0, indent - state.stack[-1]) if state.stack else indent
    extra = extra if extra >= STEP else 0
    return [" " * (STEP * len(state.stack) + extra) + line.strip()]


def _open_fence(fence: re.Match[str], line: str, state: _State) -> list[str]:
    state.fence, state.fence_indent = fence["fence"], len(fence["indent"])
    if not state.fence_indent:
        state.stack.clear()
    return [""] if state.stack else [line]


def _in_fence(line: str, state: _State) -> list[str]:
    closes = line.strip().startswith(state.fence) and not line.strip().strip(state.fence[0])
    if closes:
        state.fence = ""
        return [""] if state.stack else [line]
    if not state.stack:
        return [line]
    cut = min(state.fence_indent, len(line) - len(line.lstrip(" ")))
    return [" " * (STEP * (len(state.stack) + 1)) + line[cut:]]
