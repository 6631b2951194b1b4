"""The file itself: numbered objects packed into object streams and found through a cross-reference stream.

In: objects, ReportLab's own or ready bytes. Out: the bytes of a PDF 1.7 file (ISO 32000-1 7.5.7, 7.5.8).
ReportLab writes one uncompressed object after another and a classic table; `Document.format` replaces that,
which halves a tagged file. Knows nothing of pages, fonts or tags.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from generator.pdf.library import pdfdoc
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

LEVEL = 5  # deflate: 6 and above gain about 1 % and cost half as much time again
_PER_STREAM = 200  # objects in one object stream; a reader unpacks a whole stream to reach one object
_FREE = b"\0\0\0\0\0\xff\xff"
_ELSEWHERE = bytes(7)  # a number that this part of the file leaves free
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # the second line says "binary" to transfer programs (7.5.2)


class Objects(Protocol):
    """Whoever numbers objects and keeps their bytes."""

    def reserve(self, count: int = 1) -> int:
        """Take the next `count` object numbers and give the first."""

    def add(self, body: bytes, at: int = 0) -> int:
        """Add an object that is not a stream, under the reserved number `at` or the next one; give its number."""

    def add_stream(self, data: bytes, entries: bytes = b"", *, compress: bool = True) -> int:
        """Add a stream with its dictionary's `entries`; give its number. `compress` False: `data` as it is."""


@lru_cache(maxsize=256)
def deflated(data: bytes) -> bytes:
    """Compress a stream. Fonts, and pages of a piece that is written again with little changed, come again."""
    return zlib.compress(data, LEVEL)


class Document(pdfdoc.PDFDocument):  # type: ignore[misc]
    """ReportLab's document with a second, cheap kind of object: bytes that are serialised already.

    A tagged booklet has thousands of structure elements; ReportLab's dictionaries cost twenty times more.
    """

    def __init__(self, lang: str) -> None:
        """Start an empty document in `lang` (BCP 47). `invariant` keeps the clock out of it."""
        super().__init__(dummyoutline=0, compression=1, invariant=1, pdfVersion=(1, 7), lang=lang)
        self._ready: dict[int, bytes] = {}
        self._streams: set[int] = set()

    def reserve(self, count: int = 1) -> int:
        """Take the next `count` object numbers and give the first."""
        first: int = self.objectcounter + 1
        self.objectcounter += count
        return first

    def add(self, body: bytes, at: int = 0) -> int:
        """Add an object that is not a stream, under the reserved number `at` or the next one; give its number."""
        at = at or self.reserve()
        self._ready[at] = body
        return at

    def add_stream(self, data: bytes, entries: bytes = b"", *, compress: bool = True) -> int:
        """Add a stream with its dictionary's `entries`; give its number. `compress` False: `data` as it is."""
        if compress:
            data = deflated(data)
            entries += b"/Filter/FlateDecode"
        at = self.add(b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data))
        self._streams.add(at)
        return at

    def is_stream(self, number: int) -> bool:
        """Tell a stream from other objects."""
        return number in self._streams

    def number_of(self, target: Any) -> int:
        """Register one of ReportLab's objects and give its number."""
        found: int = self.idToObjectNumberAndVersion[self.Reference(target).name][0]
        return found

    def format(self) -> bytes:
        """Serialise every object and the cross-reference stream; the file's bytes."""
        root, info = self.number_of(self.Catalog), self.number_of(self.info)
        return _File(self._bodies(), self._streams, self.objectcounter).close(root, info)

    def bodies(self) -> dict[int, bytes]:
        """Give every object's bytes by number; streams among them."""
        self.number_of(self.Catalog)
        self.number_of(self.info)
        return self._bodies()

    def without(self, changing: Iterable[int]) -> Prefix:
        """Serialise all objects but these, as the part of a file that its copies have in common."""
        root, info = self.number_of(self.Catalog), self.number_of(self.info)
        bodies = self._bodies()
        for number in changing:
            del bodies[number]
        file = _File(bodies, self._streams & bodies.keys(), self.objectcounter)
        data = file.close(root, info, whole=False)
        return Prefix(data, file.table_at, file.number, root, info, file.ident, hashlib.sha256(data))

    def _bodies(self) -> dict[int, bytes]:
        """Give every object's bytes by number. Formatting one may register more, so the end moves."""
        bodies: dict[int, bytes] = {}
        at = 1
        while at <= self.objectcounter:
            body = self._ready.get(at)
            if body is None:
                body = pdfdoc.format(self.idToObject[self.numberToId[at]], self, toplevel=1).strip()
            bodies[at] = body
            at += 1
        return bodies


class Prefix(NamedTuple):
    """The first part of a file: it ends with a cross-reference stream at `table_at`; objects from `next` on are to come."""

    data: bytes
    table_at: int
    next: int
    root: int
    info: int
    ident: bytes
    digest: hashlib._Hash


class _File:
    """The bytes written so far and where each object is: (type, offset or stream, generation or index)."""

    def __init__(self, bodies: dict[int, bytes], streams: set[int], last: int) -> None:
        """`last`: the highest number taken, by one of `bodies` or by an object that is written elsewhere."""
        self._out: list[bytes] = [_HEADER]
        self._offset = len(_HEADER)
        self._where: dict[int, tuple[int, int, int]] = {}
        self._next = last + 1
        self._digest = hashlib.sha256()
        for at in sorted(streams):
            self._put(at, bodies[at])
        packed = [at for at in bodies if at not in streams]
        for start in range(0, len(packed), _PER_STREAM):
            self._pack({at: bodies[at] for at in packed[start : start + _PER_STREAM]})

    def _put(self, at: int, body: bytes) -> None:
        whole = b"%d 0 obj\n%b\nendobj\n" % (at, body)
        self._where[at] = (1, self._offset, 0)
        self._offset += len(whole)
        self._digest.update(whole)
        self._out.append(whole)

    def _pack(self, bodies: dict[int, bytes]) -> None:
        at, self._next = self._next, self._next + 1
        index: list[bytes] = []
        offset = 0
        for place, (member, body) in enumerate(bodies.items()):
            index.append(b"%d %d" % (member, offset))
            offset += len(body) + 1
            self._where[member] = (2, at, place)
        head = b" ".join(index) + b"\n"
        data = zlib.compress(head + b"\n".join(bodies.values()), LEVEL)
        entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d" % (len(bodies), len(head), len(data))
        self._put(at, b"<<%b>>\nstream\n%b\nendstream" % (entries, data))

    @property
    def number(self) -> int:
        """The next number that is free."""
        return self._next

    def close(self, root: int, info: int, *, whole: bool = True) -> bytes:
        """Add the cross-reference stream and give the file, or its first part; the identifier is a hash of its content."""
        at, self._next = self._next, self._next + 1
        self.table_at = self._offset
        self._where[at] = (1, self.table_at, 0)
        self.ident = self._digest.hexdigest()[:32].encode()
        rows = [_FREE, *(struct.pack(">BIH", *self._where[n]) if n in self._where else _ELSEWHERE for n in range(1, at + 1))]
        entries = b"/Size %d/ID[<%b><%b>]" % (at + 1, self.ident, self.ident)
        self._put(at, table(rows, root, info, entries))
        return b"".join((*self._out, b"startxref\n%d\n%%%%EOF\n" % self.table_at if whole else b""))


def table(rows: Iterable[bytes], root: int, info: int, entries: bytes) -> bytes:
    """Write a cross-reference stream (ISO 32000-1 7.5.8)."""
    data = zlib.compress(b"".join(rows), LEVEL)
    head = b"/Type/XRef/W[1 4 2]/Root %d 0 R/Info %d 0 R%b/Filter/FlateDecode/Length %d" % (root, info, entries, len(data))
    return b"<<%b>>\nstream\n%b\nendstream" % (head, data)
