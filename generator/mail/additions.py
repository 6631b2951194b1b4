"""A file that goes on behind the bytes of another (ISO 32000-1 7.5.6): copies for many clients share a beginning and add their own objects.

In: a file's bytes. Out: a digest of the beginning, and the added objects by number; None for a file that is not written so. And once
for each beginning: on which objects a page's words depend. Knows no clients, and nothing of how copies are made.
"""

from __future__ import annotations

import hashlib
import re
import struct
from typing import TYPE_CHECKING, Any

from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"\d+ 0 obj\s*<<([^>\x00]*(?:<[0-9a-f]*>[^>\x00]*)*)>>\s*stream\r?\n")
_INDEX = re.compile(rb"/Index\s*\[([\d\s]+)\]")
_PREVIOUS = re.compile(rb"/Prev (\d+)")
_ROW = struct.Struct(">BIH")


class Additions(NamedTuple):
    """What a file adds. `head`: the sha256 of all that stands before."""

    head: bytes
    own: dict[int, bytes]


class Needs(NamedTuple):
    """What a page's words depend on: the number of its content, and those of all else."""

    content: int
    others: frozenset[int]


def additions(data: bytes) -> Additions | None:
    """Tell a file's beginning from what it adds to it."""
    start = _START.search(data, max(0, len(data) - 64))
    table = _TABLE.match(data, int(start[1])) if start is not None else None
    if start is None or table is None:
        return None
    places, previous = _places(data, table), _PREVIOUS.search(table[1])
    if not places or previous is None or int(previous[1]) >= min(places.values()):
        return None
    ordered = sorted(places.items(), key=lambda place: place[1])
    ends = [at for _, at in ordered[1:]] + [start.start()]
    own = {number: data[at:end] for (number, at), end in zip(ordered, ends, strict=True)}
    return Additions(hashlib.sha256(memoryview(data)[: ordered[0][1]]).digest(), own)


def _places(data: bytes, table: re.Match[bytes]) -> dict[int, int]:
    """Read a cross-reference stream that is not compressed and whose rows are places; {} for any other."""
    index = _INDEX.search(table[1])
    if index is None or b"/W[1 4 2]" not in table[1] or b"/Filter" in table[1]:
        return {}
    runs = list(map(int, index[1].split()))
    numbers = [n for first, count in zip(runs[::2], runs[1::2], strict=True) for n in range(first, first + count)]
    rows = _ROW.iter_unpack(data[table.end() : table.end() + _ROW.size * len(numbers)])
    found = {number: at for number, (kind, at, _) in zip(numbers, rows, strict=True) if kind == 1}
    return found if len(found) == len(numbers) else {}


def needs(pages: Iterable[Any]) -> list[Needs | None]:
    """Give what each page of a file opened with pikepdf depends on; None where its content is in several parts."""
    return [_needs(page.obj) for page in pages]


def _needs(page: Any) -> Needs | None:
    content = page.get("/Contents")
    if content is None or not content.is_indirect or not hasattr(content, "read_raw_bytes"):
        return None
    others: set[int] = {page.objgen[0]}
    for name in page:
        if name == "/Parent":
            others.update(_above(page.Parent))
        elif name not in ("/Contents", "/Annots"):
            _reach(page[name], others)
    return Needs(content.objgen[0], frozenset(others))


def _above(node: Any) -> Iterator[int]:
    while node is not None:
        yield node.objgen[0]
        node = node.get("/Parent")


def _reach(value: Any, found: set[int]) -> None:
    """Collect the numbers of all objects below one."""
    import pikepdf

    if isinstance(value, pikepdf.Object) and value.is_indirect:
        if value.objgen[0] in found:
            return
        found.add(value.objgen[0])
    if isinstance(value, pikepdf.Array):
        for item in value:
            _reach(item, found)
    elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for name in value.keys():  # noqa: SIM118 - not a dict
            _reach(value[name], found)
