"""Fonts: the faces that a document uses, each embedded as a subset once (ISO 32000-1 9.7, 9.8, 9.10.3).

In: faces and the words drawn with them. Out: Type0 fonts with Identity-H codes, where a code is as a rule the glyph's own
number, a CIDToGIDMap into the subset and a ToUnicode map that gives back the source text exactly. Shaping and
subsetting are the text room's work; nothing here opens a font file.
"""

from __future__ import annotations

import hashlib
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from generator.errors import LayoutError
from generator.pdf.syntax import name, number, numbers, ref
from generator.text.face import code as code_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.pdf.objects import Objects
    from generator.text.face import Face, Word

MOST_TOLD = 512  # bytes that a ToUnicode entry may tell of one code (ISO 32000-1 9.10.3)
FEW = 3  # words that are looked for one by one
LEAST = 3  # bytes; shorter strings may be one object for different words
_BLOCK = 100  # entries that one bfchar operator takes at most (Adobe technical note 5014)
_MAP_HEAD = b"""/CIDInit/ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def/CMapType 2 def
1 begincodespacerange<0000><FFFF>endcodespacerange
"""
_MAP_TAIL = b"endcmap CMapName currentdict/CMap defineresource pop end end"
_STRING = re.compile(rb"\(((?:[^\\()]|\\.)*)\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_SYMBOLIC, _ITALIC = 4, 64  # ISO 32000-1 table 123


class StackedLetter(LayoutError):
    """A letter with more marks than a PDF can tell; `letter` is what to look for."""

    def __init__(self, letter: str) -> None:
        """Keep the letter."""
        super().__init__(f"a letter is made of {len(letter)} characters, which no reader of a PDF can tell", None, "take marks away from it")
        self.letter = letter

    def __reduce__(self) -> Any:
        """Cross to another process."""
        return type(self), (self.letter,)


class FontUse:
    """One face in one document: its resource name, the words drawn with it, and their codes.

    A process numbers the codes of a face as it meets them. A document has its own numbers, in the order in which they are drawn, so
    that its bytes do not tell what else the process has set before.
    """

    __slots__ = ("_known", "_moved", "_next", "_taken", "_texts", "_words", "codes", "drawn", "face", "name", "operand")

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.name = resource
        self.operand = name(resource)
        self.codes: dict[int, int] = {}  # of the document, by the process's
        self._texts: dict[int, str] = {}  # by the document's codes
        self._words: dict[int, Word] = {}
        self._taken: set[int] = set()  # glyphs whose own numbers are codes
        self._next = face.glyph_count
        self._moved: set[int] = set()  # the process's codes that are others here
        self._known: dict[bytes, bytes] = {}
        self.drawn: dict[int, tuple[bytes, bytes]] = {}  # show strings, kept alive, and what they are here; by identity

    def draw(self, words: Sequence[Word]) -> None:
        """Note that `words` are drawn. They are kept by identity: the text room caches a word once."""
        known = self._words
        count = len(known)
        known.update(zip(map(id, words), words, strict=True))
        if len(known) > count:
            for word in list(islice(reversed(known.values()), len(known) - count))[::-1]:
                if not word.cids.keys() <= self.codes.keys():
                    self._enter(word)

    def _enter(self, word: Word) -> None:
        for cid, text in word.cids.items():
            if cid not in self.codes:
                if len(text.encode("utf-16-be")) > MOST_TOLD:
                    raise StackedLetter(text)
                code = self.codes[cid] = self._code(cid)
                self._texts[code] = text
                if code != cid:
                    self._moved.add(cid)

    def _code(self, cid: int) -> int:
        """Give a code: the glyph's number to the first text that it stands for, else the next that no glyph has."""
        glyph = self.face.glyph_of(cid)
        if glyph is not None and glyph not in self._taken:
            self._taken.add(glyph)
            return glyph
        if self.face.kind == "cff":
            return cid  # a program that is not told which glyph a code means
        self._next += 1
        return self._next - 1

    def show(self, words: Sequence[Word], show: bytes) -> bytes:
        """Give a show string in the document's codes."""
        moved = self._moved
        if not moved or all([moved.isdisjoint(word.cids) for word in words]):  # noqa: C419 - a list is quicker
            return show
        found = self._known.get(show)
        if found is None:
            found = self._known[show] = self._in_own_codes(words, show)
        return found

    def _in_own_codes(self, words: Sequence[Word], show: bytes) -> bytes:
        """Write a show string anew: of its words, each written once, where it is nothing but them."""
        if len(words) == 1 or b"".join([word.show for word in words]).replace(b")(", b"") != show:
            return _STRING.sub(self._recoded, show)
        return b"".join([self.show((word,), word.show) for word in words]).replace(b")(", b"")

    def _recoded(self, match: re.Match[bytes]) -> bytes:
        raw = _ESCAPED.sub(_unescaped, match[1])
        codes = self.codes
        pairs = (raw[at] << 8 | raw[at + 1] for at in range(0, len(raw), 2))
        return b"(" + b"".join([code_bytes(codes.get(cid, cid)) for cid in pairs]) + b")"

    def texts(self) -> dict[int, str]:
        """Give the codes in use, in order, each with the text that it stands for."""
        return dict(sorted(self._texts.items()))

    def cids(self) -> dict[int, int]:
        """Give the process's codes by the document's, in the order of these."""
        return dict(sorted((code, cid) for cid, code in self.codes.items()))


def _unescaped(match: re.Match[bytes]) -> bytes:
    return {b"r": b"\r", b"n": b"\n"}.get(match[1], match[1])


class Fonts(Protocol):
    """Whoever gives the operand of a font, and learns what is drawn with it."""

    def draw(self, face: Face, words: Sequence[Word], show: bytes) -> tuple[bytes, bytes]:
        """Note that `words` are drawn with `face`; give the operand of Tf, and their show string in the codes of that font."""

    def embed(self, document: Objects) -> dict[str, bytes]:
        """Write every font; give the entries of the Font resource dictionary."""


class FontTable:
    """All faces of a document; `prefix` begins the names of its resources."""

    def __init__(self, prefix: str = "F") -> None:
        self._uses: dict[int, FontUse] = {}
        self._prefix = prefix

    def draw(self, face: Face, words: Sequence[Word], show: bytes = b"") -> tuple[bytes, bytes]:
        """Note that `words` are drawn with `face`; give the operand of Tf, and their show string in the font's codes."""
        use = self._uses.get(id(face)) or self.use(face)
        if len(words) > FEW:
            use.draw(words)
            return use.operand, use.show(words, show)
        known = use.drawn.get(id(show))  # a word that is shown alone has one show string, whose words were noted with it
        if known is not None and known[0] is show:
            return use.operand, known[1]
        use.draw(words)
        codes = use.show(words, show)
        if len(show) > LEAST:
            use.drawn[id(show)] = (show, codes)
        return use.operand, codes

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
        return {use.name: ref(_embed(use, document)) for use in self._uses.values()}


def _embed(use: FontUse, document: Objects) -> int:
    face, texts, cids = use.face, use.texts(), use.cids()
    program = face.subset(cids.values())
    tag = hashlib.md5(repr(sorted(texts)).encode(), usedforsecurity=False).digest()
    base = name("".join(chr(65 + byte % 26) for byte in tag[:6]) + "+" + face.ps_name)
    outlines = program.kind == "glyf"
    if outlines:
        file = b"/FontFile2 " + ref(document.add_stream(program.data, b"/Length1 %d" % len(program.data)))
        mapping = b"/CIDToGIDMap " + ref(document.add_stream(_code_to_glyph(cids, program.gids or {})))
    else:
        file = b"/FontFile3 " + ref(document.add_stream(program.data, b"/Subtype/CIDFontType0C"))
        mapping = b""
    descriptor = document.add(_descriptor(face, base, file))
    kind, suffix = (b"2", b"") if outlines else (b"0", b"-Identity-H")
    system = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    descendant = document.add(b"<</Type/Font/Subtype/CIDFontType%b/BaseFont%b%b/DW 0/W%b/FontDescriptor %b%b>>" % (
        kind, base, system, _widths(face, cids), ref(descriptor), mapping,
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


def _widths(face: Face, cids: Mapping[int, int]) -> bytes:
    """Write the W array (ISO 32000-1 9.7.4.3): runs of neighbouring codes, each with its advances."""
    runs: list[tuple[int, list[bytes]]] = []
    previous = -2
    for code, cid in cids.items():
        if code != previous + 1:
            runs.append((code, []))
        runs[-1][1].append(number(face.advance(cid)))
        previous = code
    return b"[" + b"".join(b"%d[%b]" % (first, b" ".join(widths)) for first, widths in runs) + b"]"


def _code_to_glyph(cids: Mapping[int, int], gids: Mapping[int, int]) -> bytes:
    table = bytearray(2 * (max(cids, default=0) + 1))
    for code, cid in cids.items():
        table[2 * code : 2 * code + 2] = gids[cid].to_bytes(2, "big")
    return bytes(table)


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    rows = [b"<%04X><%b>\n" % (cid, _hex(text)) for cid, text in texts.items() if text]
    blocks = (rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK))
    body = b"".join(b"%d beginbfchar\n%bendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
    return _MAP_HEAD + body + _MAP_TAIL


def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().upper().encode()
