"""HTML text into a tree and back, through lxml's plain elements: its own HTML classes cost a look-up at every step.

In: text. Out: elements, or text again. Knows no handout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from lxml import etree
from markupsafe import Markup as Safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def parse_page(text: str) -> Any:
    """Parse a whole page; gives <html>. Links inside it, which writing escapes, read as their targets do."""
    root = etree.fromstring(text, etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True))
    if "%" in text:
        for link in root.iter("a"):
            target = link.get("href") or ""
            if target.startswith("#") and "%" in target:
                link.set("href", unquote(target))
    return root


def parse_fragment(text: str) -> Any:
    """Parse an HTML fragment below a <div>."""
    root = parse_page(f"<html><body>{text}</body></html>")
    body = root.find("body")
    root.remove(body)
    body.tag = "div"
    return body


def serial(elements: Iterable[Any]) -> Safe:
    """Write elements with the text behind them as HTML."""
    return Safe("".join(etree.tostring(e, method="html", encoding="unicode") for e in elements))


def page_text(root: Any) -> str:
    """Write a whole page as HTML."""
    return str(etree.tostring(root, method="html", encoding="unicode"))


def drop(element: Any) -> None:
    """Take an element out of its parent; the text behind it stays."""
    parent = element.getparent()
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def outside(root: Any, skipped: frozenset[str]) -> Iterator[Any]:
    """Give the elements in document order without those of the names `skipped` and all that is in them; no comments."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str) and element.tag not in skipped:
            yield element
            if len(element):
                waiting += element[::-1]
