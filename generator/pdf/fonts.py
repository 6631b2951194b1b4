"""Fonts: the faces that a document uses, each embedded as a subset once (ISO 32000-1 9.7, 9.8, 9.10.3).

In: faces and the words drawn with them. Out: Type0 fonts with Identity-H codes, where a code is the face's own
CID, a CIDToGIDMap into the subset and a ToUnicode map that gives back the source text exactly. Shaping and
subsetting are the text room's work; nothing here opens a font file.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

from generator.pdf.syntax import name, number, numbers, ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.pdf.objects import Objects
    from generator.text.face import Face, Word

_BLOCK = 100  # entries that one bfchar operator takes at most (Adobe technical note 5014)
_MAP_HEAD = b"""/CIDInit/ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def/CMapType 2 def
1 begincodespacerange<0000><FFFF>endcodespacerange
"""
_MAP_TAIL = b"endcmap CMapName currentdict/CMap defineresource pop end end"
_SYMBOLIC, _ITALIC = 4, 64  # ISO 32000-1 table 123


class FontUse:
    """One face in one document: its resource name and the words drawn with it."""

    __slots__ = ("_words", "face", "name", "operand")

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.name = resource
        self.operand = name(resource)
        self._words: dict[int, Word] = {}

    def draw(self, words: Sequence[Word]) -> None:
        """Note that `words` are drawn. They are kept by identity: the text room caches a word once."""
        self._words.update(zip(map(id, words), words, strict=True))

    def texts(self) -> dict[int, str]:
        """Give the CIDs in use, in order, each with the text that it stands for."""
        found: dict[int, str] = {}
        for word in self._words.values():
            found.update(word.cids)
        return dict(sorted(found.items()))


class Fonts(Protocol):
    """Whoever gives the operand of a font, and learns what is drawn with it."""

    def draw(self, face: Face, words: Sequence[Word]) -> bytes:
        """Note that `words` are drawn with `face`, and give the operand of Tf."""

    def embed(self, document: Objects) -> dict[str, bytes]:
        """Write every font; give the entries of the Font resource dictionary."""


class FontTable:
    """All faces of a document; `prefix` begins the names of its resources."""

    def __init__(self, prefix: str = "F") -> None:
        self._uses: dict[int, FontUse] = {}
        self._prefix = prefix

    def draw(self, face: Face, words: Sequence[Word]) -> bytes:
        """Note that `words` are drawn with `face`, and give the operand of Tf."""
        use = self.use(face)
        use.draw(words)
        return use.operand

    def use(self, face: Face) -> FontUse:
        """Find or enter a face. Faces are told apart by identity, as the text room keeps one of each."""
        found = self._uses.get(id(face))
        if found is None:
            found = self._uses[id(face)] = FontUse(face, f"{self._prefix}{len(self._uses) + 1}")
        return found

    def __iter__(self) -> Iterator[FontUse]:
        """Give the faces with what they draw."""
        return iter(self._uses.values())

    def embed(self, document: Objects) -> dict[str, bytes]:
        """Write every font; give the entries of the Font resource dictionary."""
        return {use.name: ref(_embed(use.face, use.texts(), document)) for use in self._uses.values()}


def _embed(face: Face, texts: Mapping[int, str], document: Objects) -> int:
    program = face.subset(texts.keys())
    tag = hashlib.md5(repr(sorted(texts)).encode(), usedforsecurity=False).digest()
    base = name("".join(chr(65 + byte % 26) for byte in tag[:6]) + "+" + face.ps_name)
    outlines = program.kind == "glyf"
    if outlines:
        file = b"/FontFile2 " + ref(document.add_stream(program.data, b"/Length1 %d" % len(program.data)))
        mapping = b"/CIDToGIDMap " + ref(document.add_stream(_cid_to_gid(texts, program.gids or {})))
    else:
        file = b"/FontFile3 " + ref(document.add_stream(program.data, b"/Subtype/CIDFontType0C"))
        mapping = b""
    descriptor = document.add(_descriptor(face, base, file))
    kind, suffix = (b"2", b"") if outlines else (b"0", b"-Identity-H")
    system = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    descendant = document.add(b"<</Type/Font/Subtype/CIDFontType%b/BaseFont%b%b/DW 0/W%b/FontDescriptor %b%b>>" % (
        kind, base, system, _widths(face, texts), ref(descriptor), mapping,
    ))  # fmt: skip
    unicode = document.add_stream(_to_unicode(texts))
    parts = (base, suffix, ref(descendant), ref(unicode))
    entries = b"/BaseFont%b%b/Encoding/Identity-H/DescendantFonts[%b]/ToUnicode %b" % parts
    return document.add(b"<</Type/Font/Subtype/Type0%b>>" % entries)


def _descriptor(face: Face, base: bytes, file: bytes) -> bytes:
    flags = _SYMBOLIC | (_ITALIC if face.italic_angle else 0)
    stem = 50 + (face.weight / 65) ** 2  # a usual estimate; no reader relies on it for an embedded font
    measures = b"/FontBBox[%b]/ItalicAngle %b/Ascent %b/Descent %b/CapHeight %b/StemV %b" % (
        numbers(face.bbox),
        *map(number, (face.italic_angle, face.ascent, -face.descent, face.cap_height, stem)),
    )
    return b"<</Type/FontDescriptor/FontName%b/Flags %d%b%b>>" % (base, flags, measures, file)


def _widths(face: Face, texts: Mapping[int, str]) -> bytes:
    """Write the W array (ISO 32000-1 9.7.4.3): runs of neighbouring CIDs, each with its advances."""
    runs: list[tuple[int, list[bytes]]] = []
    previous = -2
    for cid in texts:
        if cid != previous + 1:
            runs.append((cid, []))
        runs[-1][1].append(number(face.advance(cid)))
        previous = cid
    return b"[" + b"".join(b"%d[%b]" % (first, b" ".join(widths)) for first, widths in runs) + b"]"


def _cid_to_gid(texts: Mapping[int, str], gids: Mapping[int, int]) -> bytes:
    table = bytearray(2 * (max(texts, default=0) + 1))
    for cid in texts:
        table[2 * cid : 2 * cid + 2] = gids[cid].to_bytes(2, "big")
    return bytes(table)


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    rows = [b"<%04X><%b>\n" % (cid, _hex(text)) for cid, text in texts.items() if text]
    blocks = (rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK))
    body = b"".join(b"%d beginbfchar\n%bendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
    return _MAP_HEAD + body + _MAP_TAIL


def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().upper().encode()
