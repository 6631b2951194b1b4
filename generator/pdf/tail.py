"""The last part of a copy: the objects that are its own, behind the part that all copies share.

In: a `Prefix` and bodies of objects. Out: bytes to write behind the prefix, the whole file's sha256. Its cross-reference stream
lists its own objects and leads to the prefix's table for the others (ISO 32000-1 7.5.6, 7.5.8).
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import TYPE_CHECKING

from generator.pdf.objects import LEVEL

if TYPE_CHECKING:
    from generator.pdf.objects import Prefix

_ROW = struct.Struct(">BIH").pack


class Tail:
    """Objects of one copy, numbered like the document's they belong to."""

    def __init__(self, prefix: Prefix) -> None:
        """Begin behind the prefix."""
        self._prefix = prefix
        self._next = prefix.next
        self._bodies: dict[int, bytes] = {}

    def reserve(self, count: int = 1) -> int:
        """Take the next `count` object numbers and give the first."""
        first = self._next
        self._next += count
        return first

    def add(self, body: bytes, at: int = 0) -> int:
        """Add an object under its number, or the next one; give its number."""
        at = at or self.reserve()
        self._bodies[at] = body
        return at

    def add_stream(self, data: bytes, entries: bytes = b"", *, compress: bool = True) -> int:
        """Add a stream with its dictionary's `entries`; give its number. `compress` False: `data` as it is."""
        if compress:
            data = zlib.compress(data, LEVEL)
            entries += b"/Filter/FlateDecode"
        return self.add(stream(data, entries))

    def close(self) -> tuple[bytes, str]:
        """Give the bytes that follow the prefix, and the file's sha256."""
        prefix = self._prefix
        offset = len(prefix.data)
        out: list[bytes] = []
        places: dict[int, int] = {}
        for number, body in self._bodies.items():
            whole = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            places[number] = offset
            offset += len(whole)
            out.append(whole)
        digest = prefix.digest.copy()
        ident = hashlib.sha256(b"".join(out)).hexdigest()[:32].encode()
        at = self.reserve()
        places[at] = offset
        rows = b"".join([_ROW(1, places[number], 0) for number in sorted(places)])
        entries = b"/Type/XRef/W[1 4 2]/Index[%b]/Size %d/Prev %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (
            _index(sorted(places)), at + 1, prefix.table_at, prefix.root, prefix.info, prefix.ident, ident)  # fmt: skip
        out.append(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (at, stream(rows, entries), offset))
        data = b"".join(out)
        digest.update(data)
        return data, digest.hexdigest()


def stream(data: bytes, entries: bytes) -> bytes:
    """Write a stream's body."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


def _index(numbers: list[int]) -> bytes:
    """Write runs of neighbouring numbers: first, count."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][0] + runs[-1][1]:
            runs[-1][1] += 1
        else:
            runs.append([number, 1])
    return b" ".join([b"%d %d" % (first, count) for first, count in runs])
