"""HTML as people write it for the web, turned into what it means on paper.

In: Markdown's lines, and then the parsed body. Out: the same with tags that have a meaning here, and notices of looks that were
asked for and are not to be had: how a page looks is the templates'. No word is taken away. Knows no pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from generator.errors import Notice
from generator.markup.nested import sink
from generator.tree import drop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.errors import Position

OPENED = re.compile(r"[ ]{0,3}<(div|p|center|details|section|article|header|footer|aside|main)(?=[\s>])([^>]*)>")
TAGS, ENDS = (re.compile(rf"<{slash}(?:div|p|center|details|section|article|header|footer|aside|main)(?=[\s>])") for slash in ("", "/"))
CLOSED = re.compile(r"[ ]{0,3}</p>[ ]*$")
FENCE = re.compile(r"[ >]*(`{3,}|~{3,})")
ASIDES = {"left": "start", "center": "center", "middle": "center", "right": "end", "start": "start", "end": "end"}
ALIGNED = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "section", "article", "figure"})
FOR_SCREENS = frozenset({"target", "rel", "loading", "decoding", "fetchpriority", "srcset", "sizes", "referrerpolicy", "crossorigin",
                         "download", "tabindex", "accesskey", "draggable", "translate", "open"})  # fmt: skip
"""What tells a browser how to fetch or to open something, and changes no page."""
LOOKS = frozenset({"style", "align", "valign", "border", "cellpadding", "cellspacing", "bgcolor", "color", "face", "size", "width", "height",
                   "nowrap", "frame", "rules", "clear", "hspace", "vspace", "hl_lines", "linenums"})  # fmt: skip
RENAMED = {"center": "div", "details": "div", "tt": "code", "strike": "s", "big": "span", "font": "span", "nobr": "span", "picture": "span"}


def opened(lines: Sequence[str], keep: Callable[[str], str] = str) -> Iterator[str]:
    """Give the lines with HTML blocks opened for Markdown where an empty line follows their tag, as GitHub has it.

    `keep` takes a whole block that stands in such a one, and gives what is to stand for it: Python-Markdown would tear it.
    """
    fence, waiting, depth, skipped = "", 0, 0, 0
    for index, line in enumerate(lines):
        if index < skipped:
            continue
        mark = FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        match = None if fence else OPENED.match(line)
        if match and "markdown=" not in match[2] and _left_open(lines, index, match[1]):
            tag = "div" if match[1] == "p" else match[1]  # paragraphs hold none
            waiting += match[1] == "p"
            depth += _balance(line)
            yield f'<{tag}{match[2]} markdown="block">{line[match.end() :]}'
        elif match and depth and "markdown=" not in match[2]:
            skipped = next((at for at in range(index, len(lines)) if not lines[at].strip()), len(lines))
            whole = "\n".join(lines[index:skipped])
            yield keep(whole) if not _balance(whole) else whole
            depth += _balance(whole)
        elif waiting and not fence and CLOSED.match(line):
            waiting -= 1
            depth -= 1
            yield "</div>"
        else:
            depth = max(0, depth + (0 if fence else _balance(line)))
            yield line


def _balance(text: str) -> int:
    """Count blocks that are opened less those that are closed."""
    return len(TAGS.findall(text)) - len(ENDS.findall(text))


def _left_open(lines: Sequence[str], start: int, tag: str) -> bool:
    """Tell whether an empty line comes before the end of a block."""
    depth = 0
    for line in lines[start:]:
        if not line.strip():
            return depth > 0
        depth += len(re.findall(rf"<{tag}(?=[\s>])", line)) - line.count(f"</{tag}>")
        if depth <= 0:
            return False
    return False


def adapt(root: Any, place: Callable[[Any, str], Position | None]) -> list[Notice]:
    """Turn tags and attributes; `place` finds where an element was written."""
    said: list[Notice] = []
    for element in list(root.iter()):
        if isinstance(element.tag, str):
            for name in [name for name in element.attrib if name in FOR_SCREENS or name in LOOKS]:
                _attribute(element, name, place, said)
            if element.tag in RENAMED or element.tag in ("summary", "source") or (element.tag == "a" and element.get("name")):
                _element(element)
    sink(root)
    for holder in [child for child in root if child.tag in ("div", "section", "article", "main") and _has_sections(child)]:
        _unwrap(holder)
    return said


def _attribute(element: Any, name: str, place: Callable[[Any, str], Position | None], said: list[Notice]) -> None:
    value = element.attrib[name]
    if name in ("width", "height") and element.tag in ("img", "svg"):
        return
    side = ASIDES.get(value.strip().lower()) if name == "align" and element.tag in ALIGNED else None
    if name in LOOKS and side is None:
        said.append(Notice(f'the attribute "{name}" of <{element.tag}> changes nothing here', place(element, f"{name}="),
                           "take it out: how a page looks stands in the stylesheets in templates/"))  # fmt: skip
    del element.attrib[name]
    if side is not None:
        element.set("class", f"{element.get('class', '')} {side}".strip())


def _element(element: Any) -> None:
    tag = element.tag
    if tag == "center":
        element.set("class", f"{element.get('class', '')} center".strip())
    if tag == "source" and not len(element) and not (element.text or "").strip():
        drop(element)
    elif tag == "source":  # the parser does not know that it is empty, and put what follows into it
        element.tag = "span"
        element.attrib.clear()
    elif tag == "summary":
        element.tag = "p"
        strong = etree.Element("strong")
        strong.text, element.text = element.text, None
        strong.extend(list(element))
        element.append(strong)
    elif tag == "a":
        element.set("id", element.get("id") or element.attrib.pop("name"))
        element.attrib.pop("name", None)
    else:
        element.tag = RENAMED[tag]


def _has_sections(element: Any) -> bool:
    """Tell a block around sections; one with text of its own, beside blocks, stays one."""
    return next(element.iter("h1", "h2"), None) is not None and not (element.text or "").strip()


def _unwrap(holder: Any) -> None:
    """Let the sections in a block that holds several stand by themselves; they keep its direction, its language and its class."""
    for child in list(holder):
        for name in ("dir", "lang", "class"):
            if holder.get(name) and not child.get(name):
                child.set(name, holder.get(name))
        holder.addprevious(child)
    drop(holder)
