"""The bilingual edition: source and translation side by side, block by block.

In: the parts of a handout in two languages. Out: parts whose HTML holds pairs: `<div class="bilingual" data-tracks>` with a
`pair` for each block and a `half` for each language. Layout sets the halves side by side; the structure tree puts all halves of
one language before those of the other, so that a screen reader reads one language at a time.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from lxml import etree
from markupsafe import Markup as Safe

from generator.localize.habits import direction
from generator.markup.sections import Parts, Section
from generator.tree import parse_fragment, serial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.localize.interface import Interface

HEADINGS = frozenset({"h3", "h4", "h5", "h6"})


def joined(one: Parts, other: Parts, langs: tuple[str, str]) -> Parts:
    """Join two languages' parts; a section counts and is named as the first has it."""
    out = Parts()
    out.intro = paired(one.intro, other.intro, langs)
    out.sections = [_section(a, b, langs) for a, b in zip(one.sections, other.sections, strict=True)]
    out.boxes = {name: _stacked(one.boxes[name], other.boxes.get(name, Safe("")), langs) for name in one.boxes}
    out.safety_after = one.safety_after
    out.titles = {name: _also(title, other.titles.get(name, Safe("")), langs[1]) for name, title in one.titles.items()}
    out.body, out.footnotes = one.body, _stacked(one.footnotes, other.footnotes, langs)
    return out


def _section(one: Section, other: Section, langs: tuple[str, str]) -> Section:
    title = _also(one.title_html, other.title_html, langs[1])
    return one._replace(title_html=title, html=paired(one.html, other.html, langs))


def _also(one: Safe, other: Safe, lang: str) -> Safe:
    return one + Safe(' <span class="also" {}>{}</span>').format(_spoken(lang), other)


def paired(one: Safe, other: Safe, langs: tuple[str, str]) -> Safe:
    """Set the blocks of two stretches of HTML side by side."""
    pairs = list(_blocks(one, other))
    if not pairs:
        return Safe("")
    rows = Safe("").join(
        Safe('<div class="pair {}">{}{}</div>').format(kind, _half(a, 0, langs[0]), _half(b, 1, langs[1])) for kind, a, b in pairs
    )
    return Safe('<div class="bilingual" data-tracks="{} {}"><div class="pairs">{}</div></div>').format(*langs, rows)


def _half(block: Safe, track: int, lang: str) -> Safe:
    return Safe('<div class="half" data-track="{}" {}>{}</div>').format(track, _spoken(lang), block)


def _spoken(lang: str) -> Safe:
    return Safe('lang="{}" dir="{}"').format(lang, direction(lang))


def _blocks(one: Safe, other: Safe) -> Iterator[tuple[str, Safe, Safe]]:
    """Give the blocks of both with the kind of the pair: what stands below it, and how far away, depends on it."""
    first, second = parse_fragment(one), parse_fragment(other)
    for element in second.iter():
        if isinstance(element.tag, str) and element.get("id"):
            del element.attrib["id"]  # a target is named once
    for a, b in zip_longest(_leaves(first), _leaves(second)):
        leading = a if a is not None else b
        kind = "of-heading" if leading.tag in HEADINGS else "of-box" if leading.tag == "aside" else "of-text"
        yield kind, _written(a), _written(b)


def _leaves(root: Any) -> Iterator[Any]:
    """Give the blocks that stand side by side: what only groups others (columns) is taken apart."""
    for element in root:
        if element.tag == "div" and "columns" in (element.get("class") or "").split():
            yield from element
        else:
            yield element


def _written(element: Any) -> Safe:
    return Safe("") if element is None else serial([element])


def _stacked(one: Safe, other: Safe, langs: tuple[str, str]) -> Safe:
    """Put a box of the second language below that of the first: its frame needs the whole width."""
    if not one or not other:
        return one
    root = parse_fragment(other)
    for element in root.iter():
        if isinstance(element.tag, str) and element.get("id"):
            del element.attrib["id"]
    return one + Safe('<div class="again" {}>{}</div>').format(_spoken(langs[1]), serial(list(root)))


def names(one: Interface, other: Interface) -> dict[str, str]:
    """Give the names of places and persons in the second language by those in the first."""
    return {one.facts.get(source, source): name for source, name in other.facts.items()}


def faces(one: Any, other: Any) -> Any:
    """Put a card in two languages back to back: the second page's body becomes the second face of the first."""
    body = one.find("body")
    _face(body, one, "first")
    second = other.find("body")
    _face(second, other, "second")
    body.append(second[0])
    one.set("data-faces", "2")
    return one


def _face(body: Any, page: Any, name: str) -> None:
    """Wrap all that a body holds into a section with the page's language and direction."""
    face = etree.Element("section", {"class": f"face {name}", "lang": page.get("lang"), "dir": page.get("dir")})
    face.text, body.text = body.text, None
    face.extend(list(body))
    body.append(face)
