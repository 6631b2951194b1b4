"""A handout's Markdown into HTML: Jinja first, then Python-Markdown.

In: a handout source and the values its text may use. Out: HTML with data-line on blocks. Knows no templates.
"""

from __future__ import annotations

import importlib
import re
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from generator.errors import ContentError, Notice
from generator.markup import web
from generator.markup.boxes import TYPED, HandoutMarkdown, UnknownBox
from generator.markup.jinja import render_content
from generator.markup.lines import SKIPPED, add_marks, strip_marks
from generator.markup.quotes import TEX
from generator.markup.sections import CARD_ONLY, seen_nowhere
from generator.markup.swallowed import refuse_swallowed
from generator.markup.whole import Footnotes, Misread, Tables
from generator.markup.worksheets import Worksheet
from generator.tree import outside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from markdown import Markdown

    from generator.errors import Position
    from generator.localize.interface import Interface
    from generator.markup.sectioned import Sectioned
    from generator.project.records import HandoutSource

EXTENSIONS = ("abbr", "attr_list", "def_list", "fenced_code", "md_in_html", "admonition", "sane_lists")
ALIGNED = re.compile(r'style="text-align: (left|center|right);"')
SIDES = {"left": "start", "center": "center", "right": "end"}
VERBATIM = frozenset({"code", "pre", "style", "svg"})
SUSPECT = re.compile(r"\*\*|__|\]\[|!!!|\{:|\{%|\]\(|\[\^")  # some part of whatever LEAKED finds
LEAKED = re.compile(r"\*\*|(?<!\w)__(?=[^\W_])|\[[^\]]+\]\[[^\]]*\]|^!!!|\{:|\{%|\]\(|\[\^[^\]]+\]")

STRANGE_SIGNS, ICON = ("==", "++", "~", "^", "{", "import ", "export "), re.compile(":[a-z]")  # some part of whatever STRANGE_MARK finds
STRANGE_MARK = re.compile(
    r"==(?=[^\s=])[^=\n]*[^\s=]==|\+\+[a-z0-9]+(?:\+[a-z0-9]+)*\+\+|(?<![\w:/]):[a-z][a-z0-9_+-]{2,}:(?![\w:/])"
    r"|(?<=[^\W_])~\w{1,4}~|(?<=[^\W_])\^\w{1,4}\^|\{ ?[.#][a-z][\w-]* ?\}|^\s*(?:import \w+ from|export (?:const|default)) |\{/\*")
"""What MkDocs, pandoc, GitHub and MDX read and Markdown does not: highlights, keys, icons by name, H~2~O, x^2^, attributes, imports, remarks."""


def converter(interface: Interface) -> Markdown:
    """Make a Markdown converter; it may be used again for any number of handouts."""
    import markdown

    # Instances, not names: for a name Python-Markdown first searches every installed distribution.
    with _without("pygments"):
        made = [importlib.import_module(f"markdown.extensions.{name}").makeExtension() for name in EXTENSIONS]
    return markdown.Markdown(
        extensions=[*made, Footnotes(), Tables(), HandoutMarkdown(interface, lambda: made[EXTENSIONS.index("abbr")].abbrs)],
        output_format="html",
    )


@contextmanager
def _without(package: str) -> Iterator[None]:
    """Import as if a package were not installed: fenced_code would load Pygments, which colours code, and no page here does."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[package]


def convert(md: Markdown | Sectioned, env: Environment, handout: HandoutSource, values: dict[str, Any], said: list[Notice]) -> str:
    """Convert a handout's body. What is to be told is added to `said`. Raises ContentError with file and line."""
    marked = add_marks(handout.body, handout.line)
    blocks: list[str] = []
    worksheet = Worksheet()

    def known() -> dict[str, Any]:  # a text with an error is rendered again, for the next one: nothing is counted twice
        nonlocal worksheet
        worksheet = Worksheet()
        blocks.clear()
        return {**_stashing(values, blocks), **worksheet.functions}

    if any(sign in handout.body for sign in ("{{", "{%", "{##")):
        from generator.markup.braces import apart

        marked = apart(marked, env, known(), lambda index, word: handout.source.find(word, handout.line(index)), said)
    rendered = render_content(env, marked, known, handout.source, handout.line)
    text = worksheet.apart(rendered)
    md.reset()
    try:
        text = "\n".join(web.opened(text.split("\n"), partial(_stash, blocks))) if "<" in text else text
        html = _unstashed(str(md.convert(text)), blocks)
        if "<" in text:
            refuse_swallowed(text, html, handout.source, handout.body_line)
        html = ALIGNED.sub(lambda m: f'class="{SIDES[m[1]]}"', strip_marks(html))
        return worksheet.settled(html, lambda e, needle: written(e, needle, handout))
    except Misread as exc:
        line = handout.source.find(exc.line, handout.body_line) if exc.line else None
        start = line.line if line is not None and line.column else handout.body_line
        raise ContentError(exc.message, handout.source.find(exc.needle, start), exc.hint) from exc
    except UnknownBox as exc:
        name = _as_typed(exc.message.split("`")[1].removeprefix("!!! "), handout)
        message = f"unknown box {name}]" if name.startswith("[!") else exc.message
        raise ContentError(message, handout.source.find(name, handout.body_line), exc.hint) from exc


def _as_typed(kind: str, handout: HandoutSource) -> str:
    """Give a box's kind as it stands in the text; its letters were made small."""
    typed = re.search(rf"(?:!!!|\?\?\?\+?|:::+|\[!)[ ]*{re.escape(kind)}", handout.source.text, re.IGNORECASE)
    return typed[0] if typed else kind


def written(element: Any, needle: str, handout: HandoutSource) -> Position:
    """Give where an element was written: its own line, or where `needle` stands behind the block before it.

    A picture without a description is looked for as such: another of the same file may stand above it.
    """
    before = (a for e in (element, *element.iterancestors()) for a in (e, *e.itersiblings(preceding=True)))
    line = next((int(e.get("data-line")) for e in before if e.get("data-line")), handout.body_line)
    bare = handout.source.find(f"![]({needle}", line) if element.tag == "img" else None
    if bare is not None and bare.column:
        return bare
    tag = needle.startswith("<")
    found = handout.source.find(needle, line, folded=tag)
    if tag and not found.column:  # a line of its own above the first words in it, which are what has a line
        above = (handout.source.find(needle, at, folded=True) for at in range(line - 1, handout.body_line - 1, -1))
        found = next((place for place in above if place.column), found)
    return found


STASHED = re.compile("<p[^>]*>\ue0f0([0-9]+)\ue0f1</p>|\ue0f0([0-9]+)\ue0f1")


def _stashing(values: dict[str, Any], blocks: list[str]) -> dict[str, Any]:
    """Let functions that make HTML blocks leave a token in the Markdown, so that the block passes through whole."""

    def hotline_list(*names: str) -> str:
        return _stash(blocks, values["hotline_list"](*names))

    return {**values, "hotline_list": hotline_list}


def _stash(blocks: list[str], block: str) -> str:
    blocks.append(block)
    return f"\ue0f0{len(blocks) - 1}\ue0f1"


def _unstashed(text: str, blocks: list[str]) -> str:
    return STASHED.sub(lambda m: _unstashed(blocks[int(m[1] or m[2])], blocks), text) if blocks else text


def refuse_empty(root: Any, handout: HandoutSource) -> None:
    """Raise ContentError for a box with nothing in it; how its kind was typed is forgotten then."""
    for box in root.iter("aside"):
        typed = box.attrib.pop(TYPED, "")
        if len(box) == 1 and box[0].get("class") == "box-title" and not (box[0].tail or "").strip():
            kind = typed or box.get("class").split()[1]
            raise ContentError(f"the box `!!! {kind}` is empty", written(box, f"!!! {kind}", handout),
                               "indent its text by four spaces")  # fmt: skip


def refuse_unseen(root: Any, handout: HandoutSource) -> None:
    """Raise ContentError for a block that is marked so that no PDF has it."""
    block = seen_nowhere(root)
    if block is not None:
        raise ContentError("this text is in no PDF: only a step and the safety box are on cards, and no block is kept off both",
                           written(block, CARD_ONLY, handout), "move it into a step, or take the mark {: .card-only } away")  # fmt: skip


def leaks(root: Any, handout: HandoutSource) -> list[Notice]:
    """Find Markdown that was left standing in the text."""
    out: list[Notice] = []
    whole = "".join(root.itertext())
    own, strange = SUSPECT.search(whole), any(sign in whole for sign in STRANGE_SIGNS) or ICON.search(whole)
    if not (own or strange):
        return out
    for element in outside(root, VERBATIM):
        for text in (element.text if element.get("class") != TEX else "", *(c.tail for c in element)):
            match = LEAKED.search(text) if own and text else None
            if match:
                out.append(Notice(f"Markdown left in the text: {match[0]}", _left_at(element, match[0], handout), _cure(match[0])))
            match = STRANGE_MARK.search(text) if strange and text else None
            if match:
                mark = match[0].strip()
                out.append(Notice(f"a mark of another program stands in the text as it was typed: {mark}", _left_at(element, mark, handout),
                                  "write in words or Markdown what it means, or take it out"))  # fmt: skip
    return out


def _left_at(element: Any, mark: str, handout: HandoutSource) -> Position:
    line = next((int(a.get("data-line")) for a in (element, *element.iterancestors()) if a.get("data-line")), 0)
    return handout.source.find(mark, _first_line(handout, line))


def _first_line(handout: HandoutSource, line: int) -> int:
    """Give the line on which a block begins; its number is that of its first line of plain words, and marks may stand above."""
    lines = handout.source.lines
    while line > handout.body_line and lines[line - 2].strip() and SKIPPED.match(lines[line - 2]):
        line -= 1
    return line


def _cure(left: str) -> str:
    if left.startswith("[^"):
        return f"the note itself is missing; write it on a line of its own: {left}: What it says"
    if left == "{:":
        return "write it on the line right below the block that it is for, or a backslash before it"
    return "close it, or write a backslash before it"
