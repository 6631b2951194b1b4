"""Names, titles and cells that stand in the source language on a translated page, tagged as what they are.

In: a page as a tree and the texts that have no translation. Out: the same tree; an element that holds nothing else is tagged
itself, other text gets a <span>. Text that is tagged with its language already stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from generator.markup.sections import mark_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.localize.interface import Interface

SKIPPED = frozenset({"head", "svg", "style", "code", "pre"})


def mark(root: Any, words: Interface, source: str) -> None:
    """Tag what stands in the `source` language where the page speaks that of `words`."""
    if not words.foreign:
        return
    seen = words.policy == "mark"
    names = sorted(words.foreign, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
    for element in list(_spoken(root, words.locale, root.get("lang") or "")):
        if element.tag == "img" and element.get("alt") in words.foreign:
            _picture(element, source, words.locale)
        elif not len(element) and (element.text or "").strip() in words.foreign:
            mark_as(element, source, seen=seen)
        else:
            _spans(element, pattern, source, seen=seen)


def _picture(image: Any, source: str, locale: str) -> None:
    """Tag a picture whose text alternative is not translated; a figure takes it over, but not for its caption."""
    figure = image.getparent()
    if figure.tag != "figure":
        image.set("lang", source)
        return
    figure.set("lang", source)
    for caption in figure.iter("figcaption"):
        caption.set("lang", caption.get("lang") or locale)


def _spoken(element: Any, locale: str, lang: str) -> Iterator[Any]:
    """Yield the elements whose own text is in a locale."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED:
        return
    lang = element.get("lang") or lang
    if lang == locale:
        yield element
    for child in element:
        yield from _spoken(child, locale, lang)


def _spans(element: Any, pattern: re.Pattern[str], source: str, *, seen: bool) -> None:
    """Wrap what matches in the text right inside an element."""
    for child in reversed(list(element)):
        _wrap(element, child, pattern, source, seen=seen)
    _wrap(element, None, pattern, source, seen=seen)


def _wrap(parent: Any, before: Any, pattern: re.Pattern[str], source: str, *, seen: bool) -> None:
    """Wrap what matches in the text behind a child, or at the parent's beginning."""
    text = (parent.text if before is None else before.tail) or ""
    at, place = 0, 0 if before is None else parent.index(before) + 1
    last = before
    for match in pattern.finditer(text):
        _put(parent, last, text[at : match.start()])
        last = etree.Element("span")
        last.text = match[0]
        mark_as(last, source, seen=seen)
        parent.insert(place, last)
        at, place = match.end(), place + 1
    if at:
        _put(parent, last, text[at:])


def _put(parent: Any, before: Any, text: str) -> None:
    if before is None:
        parent.text = text
    else:
        before.tail = text
