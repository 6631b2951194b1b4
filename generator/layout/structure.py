"""HTML elements and the structure types they become (ISO 32000-1 14.8.4; PDF/UA-1 7).

In: a styled element. Out: a `Node`, or None where the element adds nothing to the structure. Knows nothing
of boxes or pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout.pages import Node

if TYPE_CHECKING:
    from generator.style.cascade import Styled

ROLES = {
    "article": "Art", "section": "Sect", "aside": "Sect", "nav": "Sect", "h1": "H1", "h2": "H2", "h3": "H3",
    "h4": "H4", "h5": "H5", "h6": "H6", "p": "P", "ul": "L", "ol": "L", "dl": "L", "li": "LI", "blockquote": "BlockQuote",
    "q": "Quote", "pre": "P", "code": "Code", "figure": "Figure", "figcaption": "Caption", "table": "Table",
    "caption": "Caption", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
    "a": "Link", "img": "Figure", "abbr": "Span", "dt": "Lbl", "dd": "LBody", "address": "P",
    "input": "Form", "textarea": "Form",
}  # fmt: skip
NUMBERING = {
    "disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal", "decimal-leading-zero": "Decimal",
    "lower-alpha": "LowerAlpha", "lower-latin": "LowerAlpha", "upper-alpha": "UpperAlpha", "upper-latin": "UpperAlpha",
    "lower-roman": "LowerRoman", "upper-roman": "UpperRoman", "none": "None",
}  # fmt: skip
TRANSPARENT = frozenset({"abbr", "a"})


def role_of(element: Styled, *, inside_contents: bool) -> str:
    """Give the structure type, "" for none. A list in `<nav>` is a table of contents."""
    tag = element.tag
    if inside_contents and tag in ("ol", "ul"):
        return "TOC"
    if inside_contents and tag == "li":
        return "TOCI"
    if tag == "a" and not element.attributes.get("href"):
        return ""
    if tag == "abbr" and not element.attributes.get("title"):
        return ""
    if tag == "img" and not element.attributes.get("alt"):
        return ""
    return ROLES.get(tag, "")


def node_for(element: Styled, lang: str, parent_lang: str, *, inside_contents: bool) -> Node | None:
    """Make the structure element for a styled element; a bare change of language makes a Span or Div."""
    role = role_of(element, inside_contents=inside_contents)
    attributes = element.attributes
    own_lang = lang if lang != parent_lang else ""
    if not role:
        if not own_lang:
            return None
        role = "Span" if element.style.display == "inline" else "Div"
    node = Node(role, lang=own_lang)
    if role == "Figure":
        node.alt = attributes.get("alt", "")
        node.attributes["placement"] = "Inline" if element.tag == "img" else "Block"
    if role == "Form":
        node.attributes["placement"] = "Inline" if element.style.display == "inline-block" else "Block"
    if element.tag == "abbr":
        node.expansion = attributes.get("title", "")
    if role == "L":
        node.attributes["list_numbering"] = "None" if element.tag == "dl" else NUMBERING[element.style.list_style_type]
    if role in ("TH", "TD"):
        _cell(node, attributes)
    return node


def _cell(node: Node, attributes: object) -> None:
    get = attributes.get  # type: ignore[attr-defined]
    if node.role == "TH":
        node.attributes["scope"] = "Row" if get("scope") in ("row", "rowgroup") else "Column"
    for html, name in (("colspan", "col_span"), ("rowspan", "row_span")):
        count = get(html, "1")
        if count.isdigit() and int(count) > 1:
            node.attributes[name] = int(count)
