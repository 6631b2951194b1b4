"""A handout's headings: their levels below the title, and the names by which links call them.

In: the parsed body, and the lines of the source where it is a translation. Out: the same tree, in which every heading has an id of its own
and links reach it. Knows no sections.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
MARKS = re.compile(r"\*+|~~|`|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])")


def settle_first_level(root: Any, title: str) -> None:
    """Let no first-level heading stand beside the title: the title itself goes, and parts that have such a heading go down a level."""
    first = next((e for e in root if e.tag in LEVELS), None)
    if first is not None and first.tag == "h1" and _words(first) == " ".join(title.split()).casefold():
        first.tail = None
        root.remove(first)
    if next(root.iter("h1"), None) is None:
        return
    steps = any("step" in (e.get("class") or "").split() for e in root.iter("h2"))
    for heading in list(root.iter("h1") if steps else root.iter(*LEVELS[:5])):
        heading.tag = f"h{int(heading.tag[1]) + 1}"


def _words(heading: Any) -> str:
    return " ".join("".join(heading.itertext()).split()).casefold()


def name(root: Any, title: str, source: Sequence[str] = ()) -> None:
    """Give every heading an id that is its own; links that call it as GitHub does reach it too. One to the top is its words on paper.

    `source`: the lines that a translation was made from.
    """
    taken = {e.get("id") for e in root.iter() if isinstance(e.tag, str) and e.get("id")}
    called: dict[str, str] = {}
    for heading in root.iter("h2", "h3", "h4", "h5", "h6"):
        text = words_of(heading, source)
        if not heading.get("id"):
            heading.set("id", _own(slug(text) or "section", taken))
        taken.add(heading.get("id"))
        called[_own(anchor(text), called, 0)] = heading.get("id")
        called.setdefault(slug(_unmarked(text)), heading.get("id"))  # as sites made by Python-Markdown call it
    for link in root.iter("a"):
        target = unquote(link.get("href") or "")
        heading = called.get(target[1:]) or called.get(target[1:].lower())  # GitHub minds no capitals
        if target.startswith("#") and target[1:] not in taken and heading:
            link.set("href", f"#{heading}")
        elif target in ("#", "#top", f"#{anchor(title)}", f"#{slug(title)}") and target[1:] not in taken:
            link.tag = "span"
            del link.attrib["href"]


def words_of(heading: Any, source: Sequence[str] = ()) -> str:
    """Give the words by which links call a heading: in a translation those of its source, for links are not translated."""
    line = int(heading.get("data-line") or 0)
    raw = source[line - 1] if 0 < line <= len(source) else ""
    if not raw or "{{" in raw:  # what is filled in stands in the page alone
        return "".join(heading.itertext())
    from generator.localize.messages import ATTRIBUTES, MARKER

    start, tail = MARKER.match(raw).end(), ATTRIBUTES.search(raw)  # type: ignore[union-attr]  # it matches anything
    return MARKS.sub("", LINK.sub(r"\1", raw[start : tail.start() if tail else None])).strip()


def _own(base: str, taken: Container[str], count: int = 1) -> str:
    """Give a name that no other has: the second of `count` plus one, as GitHub counts from none."""
    name = base
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name


def slug(text: str) -> str:
    """Give an id from a heading's words, in any script."""
    kept = "".join(c if c.isalnum() else "-" for c in text.lower())
    return "-".join(p for p in kept.split("-") if p)


def called_by(text: str) -> set[str]:
    """Give the names by which links may call a heading of these words, where no other has the same words."""
    return {slug(text), anchor(text), slug(_unmarked(text))} - {""}


def _unmarked(text: str) -> str:
    """Give Latin letters without their accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def anchor(text: str) -> str:
    """Give the name by which GitHub calls a heading: its letters with their marks and its digits, hyphens for spaces."""
    text = text.strip().lower()
    kept = (c for c in text if c in " -_" or c.isalnum() or unicodedata.category(c)[0] == "M")
    return "".join(kept).replace(" ", "-")
