"""Braces in code that are no calls of ours: `{{ user.name }}` of another program's templates, `${{ github.ref }}`.

In: a handout's text before Jinja. Out: the same, in which such braces stand for themselves, and notices that name them. What Jinja can
make of code as it stands is a call, as everywhere; what stands in {% raw %} stays. Knows no Markdown but where code is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, meta, nodes

from generator.errors import Notice
from generator.markup.lines import MARKED
from generator.project.depth import Depth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Environment

    from generator.errors import Position

FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(`{3,}(?=[^`]*$)|~{3,})")
INLINE = re.compile(r"(?<![`\\])(?P<ticks>`+)(?!`)(?P<code>(?:(?!\n[ \t>]*\n).)+?)(?<!`)(?P=ticks)(?!`)", re.DOTALL)
RAW = re.compile(r"\{%[-+]?\s*raw\b.*?\{%[-+]?\s*endraw\b", re.DOTALL)
TAG = re.compile(r"\{%(.*?)%\}", re.DOTALL)
OPENED = re.compile(r"\{\{|\{%|\{##")
SHOWN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{[{%#].*", re.DOTALL)
NAME = re.compile(r"[^\W\d]\w*")


def apart(text: str, env: Environment, values: Mapping[str, Any], place: Callable[[int, str], Position], said: list[Notice]) -> str:
    """Let braces in code stand for themselves where they are no calls. `place` gives where a word stands, by the index of its line."""
    spans = [(start, end) for start, end in _joined(_code(text)) if OPENED.search(text, start, end)]
    if not spans:
        return text
    raw = [(m.start(), m.end()) for m in RAW.finditer(text)]
    outside, at = "", 0
    for start, end in spans:
        outside, at = outside + text[at:start], end
    names = {*values, *env.globals, *(n for tag in TAG.findall(outside + text[at:]) for n in NAME.findall(tag))}
    out, at = [], 0
    for start, end in spans:
        code = text[start:end]
        if any(begin < end and start < stop for begin, stop in raw) or _is_call(MARKED.sub("", code), env, values, names):
            continue
        out += [text[at:start], OPENED.sub(lambda m: f"{{{{ '{m[0]}' }}}}", code)]
        at = end
        found = SHOWN.search(MARKED.sub("", code))
        shown = found[0].split("\n")[0] if found else ""
        said.append(Notice(f"“{shown}” in code is no call here, and stands as it is", place(text.count("\n", 0, start + code.find("{")), shown),
                           "what is shown by a handout's text stands outside of code"))  # fmt: skip
    return "".join([*out, text[at:]])


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Give where code stands: fenced blocks, indented ones, and what is in running text between them."""
    depth, fence, free = Depth(), "", True
    at = begin = 0
    for line in text.splitlines(keepends=True):
        mark = FENCE.match(line.rstrip("\n"))
        is_mark = mark is not None and (not fence or mark[1].startswith(fence))
        is_code = bool(fence) or is_mark or depth.is_code(line.rstrip("\n"), begins=free)
        if mark is not None and is_mark:
            fence = "" if fence else mark[1]
        free = is_code or not line.strip()
        if is_code:
            yield from (m.span("code") for m in INLINE.finditer(text, begin, at))
            yield at, at + len(line)
            begin = at + len(line)
        at += len(line)
    yield from (m.span("code") for m in INLINE.finditer(text, begin))


def _joined(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Take lines of code that follow one another for one block."""
    begin = end = -1
    for start, stop in spans:
        if start != end:
            if begin >= 0:
                yield begin, end
            begin = start
        end = stop
    if begin >= 0:
        yield begin, end


def _is_call(code: str, env: Environment, values: Mapping[str, Any], names: set[str]) -> bool:
    """Tell whether Jinja can make something of code as it stands."""
    try:
        tree = env.parse(code)
        asked = meta.find_undeclared_variables(tree)
    except TemplateSyntaxError:  # or a filter that there is not
        return False
    if not asked <= names or any(test.name not in env.tests for test in tree.find_all(nodes.Test)):
        return False
    if any(one.name not in env.filters for one in tree.find_all(nodes.Filter)):
        return False
    shown = [node for output in tree.find_all(nodes.Output) for node in output.nodes if isinstance(node, nodes.Name)]
    return not any(callable(values.get(node.name)) for node in shown)
