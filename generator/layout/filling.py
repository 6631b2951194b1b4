"""A client's words in what is said of pages and not set on them: descriptions, bookmarks, the names and addresses of links, labels of form fields.

In: pages in whose strings marks of fields stand, and the words. Out: the same pages with the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.layout.pages import Link, Node, Pages

SAID = ("alt", "actual_text", "expansion", "title")


def fill(pages: Pages, values: Sequence[str]) -> None:
    """Put the words in."""
    _fill_node(pages.root, values)
    for page in pages.pages:
        page.links = [filled_link(link, values) for link in page.links]
        page.widgets = [widget._replace(label=fields.line(widget.label, values)) for widget in page.widgets]
    pages.outline = [entry._replace(title=fields.line(entry.title, values)) for entry in pages.outline]


def filled_link(link: Link, values: Sequence[str]) -> Link:
    """Give a link with the words."""
    return link._replace(contents=fields.line(link.contents, values), target=fields.target(link.target, values))


def _fill_node(node: Node, values: Sequence[str]) -> None:
    for name in SAID:
        text = getattr(node, name)
        if text and fields.OPEN in text:
            setattr(node, name, fields.line(text, values))
    for kid in node.kids:
        if not isinstance(kid, int):
            _fill_node(kid, values)
