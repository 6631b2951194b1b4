"""What a card's text calls and another part of the handout has: headings of the booklet, steps on cards of their own, notes.

In: a card's page and the names that the whole handout has. Out: the same page, on which such a link is its words alone, and the call of
a note that is not there is gone. A name that nothing has stays, for whoever refuses it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from generator.markup.headings import called_by, words_of
from generator.tree import drop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NAMED = re.compile(r'\bid="([^"{}]+)"')
CALL = "footnote-ref"


def unlink(tree: Any, known: Callable[[], Iterable[str]]) -> None:
    """Take the links off whose targets stand elsewhere. `known` gives the names, and is asked only where it must be."""
    links = [link for link in tree.iter("a") if (link.get("href") or "").startswith("#")]
    if not links:
        return
    here = {e.get("id") for e in tree.iter() if isinstance(e.tag, str)}
    away = [link for link in links if unquote(link.get("href"))[1:] not in here]
    names = set(known()) if away else set()
    for link in away:
        if unquote(link.get("href"))[1:] not in names:
            continue
        if CALL in (link.get("class") or "").split():
            _drop_call(link)
        else:
            link.tag = "span"
            del link.attrib["href"]


def without_calls(root: Any) -> Any:
    """Take the calls of notes out of a text that is shown without them."""
    for link in [link for link in root.iter("a") if CALL in (link.get("class") or "").split()]:
        _drop_call(link)
    return root


def _drop_call(link: Any) -> None:
    parent = link.getparent()
    drop(parent if parent.tag == "sup" and len(parent) == 1 else link)


def names_in(html: str) -> set[str]:
    """Give the names in HTML, or in a template as far as they are written out there."""
    return set(NAMED.findall(html))


def names_of(elements: Iterable[Any], source: Sequence[str] = ()) -> set[str]:
    """Give the names that elements have or, of headings without one, would have. `source`: the lines that a translation was made from."""
    found: set[str] = set()
    for element in (inner for e in elements for inner in e.iter() if isinstance(inner.tag, str)):
        if element.get("id"):
            found.add(element.get("id"))
        if element.tag in ("h2", "h3", "h4", "h5", "h6"):
            found |= called_by(words_of(element, source))
    return found
