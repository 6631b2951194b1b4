"""Attribute dictionaries of structure elements (ISO 32000-1 14.8.5).

In: a node and the extents of its content. Out: the bytes of its /A entry, or nothing.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from generator.pdf.extent import Extent
from generator.pdf.syntax import name, numbers, text_string

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.layout.pages import Node

_KNOWN = frozenset({
    "scope", "col_span", "row_span", "headers", "summary", "list_numbering", "bbox", "placement", "checked",
})  # fmt: skip


def attributes_of(node: Node, extents: Sequence[Extent]) -> bytes:
    """Write /A with one dictionary for each owner that has something to say."""
    given = node.attributes
    if not given and not extents:
        return b""
    unknown = given.keys() - _KNOWN
    if unknown:
        raise ValueError(f"structure attributes without a meaning in PDF: {', '.join(sorted(unknown))}")
    owners = {
        b"Layout": _layout(given, extents),
        b"Table": _table(given),
        b"List": _list(given),
        b"PrintField": _field(given),
    }
    written = [b"<</O/%b%b>>" % (owner, body) for owner, body in owners.items() if body]
    if not written:
        return b""
    return b"/A" + (written[0] if len(written) == 1 else b"[%b]" % b"".join(written))


def _layout(given: Mapping[str, object], extents: Sequence[Extent]) -> bytes:
    out = b""
    if given.get("placement"):
        out += b"/Placement" + name(str(given["placement"]))
    if extents:
        box = reduce(Extent.join, extents)
        out += b"/BBox[%b]" % numbers((box.left, box.bottom, box.right, box.top))
    return out


def _table(given: Mapping[str, object]) -> bytes:
    out = b""
    if given.get("scope"):
        out += b"/Scope" + name(str(given["scope"]))
    for key, entry in (("col_span", b"/ColSpan"), ("row_span", b"/RowSpan")):
        span = given.get(key, 1)
        if isinstance(span, int) and span != 1:
            out += b"%b %d" % (entry, span)
    headers = given.get("headers")
    if isinstance(headers, (tuple, list)) and headers:
        out += b"/Headers[%b]" % b"".join(text_string(str(ident)) for ident in headers)
    if given.get("summary"):
        out += b"/Summary" + text_string(str(given["summary"]))
    return out


def _list(given: Mapping[str, object]) -> bytes:
    return b"/ListNumbering" + name(str(given["list_numbering"])) if given.get("list_numbering") else b""


def _field(given: Mapping[str, object]) -> bytes:
    """Say of a printed tick box that it is one (ISO 32000-1 14.8.5.6)."""
    if "checked" not in given:
        return b""
    return b"/Role/cb/checked/" + (b"on" if given["checked"] else b"off")
