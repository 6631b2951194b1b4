"""One font instance: shapes words, numbers glyphs for the PDF, cuts the subset.

A character code in the PDF (CID) is the font's own glyph number, so that a shaped word can be kept and used in
any document. Where one glyph stands for two texts (a hyphen that breaks a line is U+00AD) the second gets a CID
of its own; where a cluster of glyphs is not one to one with its characters (Indic reordering, Arabic dots) it
becomes one composite glyph with a CID of its own. So `Word.cids` maps every CID to exactly the text it stands
for, and copied text is the source's text without ActualText (ISO 32000-1 9.10.3). All advances are in em/1000.
"""

from __future__ import annotations

import itertools
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import uharfbuzz as hb

from generator.text.program import Part, Program, cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from generator.text.catalogue import FaceSpec

MAX_WORDS = 20_000
FEW = 4  # font programs kept
ESCAPES = {0x28: b"\\(", 0x29: b"\\)", 0x5C: b"\\\\", 0x0D: b"\\r", 0x0A: b"\\n"}


class Word:
    """A shaped word: `width` in em/1000, `show` the body of a TJ array, `cids` what each code stands for."""

    __slots__ = ("cids", "show", "text", "width")

    def __init__(self, text: str, width: float, show: bytes, cids: dict[int, str]) -> None:
        """Keep the parts; a word never changes."""
        self.text = text
        self.width = width
        self.show = show
        self.cids = cids


def code(cid: int) -> bytes:
    """Give a two-byte code for a literal string (ISO 32000-1 7.3.4.2)."""
    high, low = cid >> 8, cid & 255
    return (ESCAPES.get(high) or bytes((high,))) + (ESCAPES.get(low) or bytes((low,)))


def number(value: float) -> bytes:
    """Write a number with at most two decimals and no exponent."""
    whole = int(value)
    if whole == value:
        return b"%d" % whole
    return (b"%.2f" % value).rstrip(b"0").rstrip(b".")


class _Steps(dict[tuple[int, str, tuple[int, int, int, int]], "bytes | None"]):
    """What is shown for a letter's glyph in its place: the same few come again in all words of a face."""

    def __init__(self, make: Callable[[int, str, tuple[int, int, int, int]], bytes | None]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, step: tuple[int, str, tuple[int, int, int, int]]) -> bytes | None:
        if len(self) > MAX_WORDS:
            self.clear()
        found = self[step] = self._make(*step)
        return found


LEFT, RIGHT = "\u200e", "\u200f"  # the marks of direction
IGNORABLE = frozenset([0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E, 0x200C, 0x200D, 0x3164,
                       *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])  # fmt: skip
"""Default ignorable code points (UAX #44): they steer shaping, and HarfBuzz draws nothing for them."""


def reversed_for_reading(part: str) -> str:
    """Give a right-to-left cluster as it stands in a string read backwards.

    A bracket is drawn as its mirror image. Some readers of PDF mirror what they find in such a string and some do not; some turn the two
    halves of a character beyond U+FFFF around, and lose it. Between two marks of direction each leaves either as it is (tried with pdfium
    and poppler).
    """
    if (len(part) == 1 and unicodedata.mirrored(part)) or part[0] > "\uffff":
        return RIGHT + part + LEFT
    return part[::-1]


@lru_cache(maxsize=256)
def opened(path: Path, number: int) -> tuple[hb.Face, frozenset[str], frozenset[int]]:
    """Map a file into memory once for all its instances; give its tables and characters: a Chinese one has 17 MB."""
    face = hb.Face(hb.Blob.from_file_path(str(path)), number)
    return face, frozenset(face.table_tags), frozenset(face.unicodes)


def _hangs(letter: str, place: tuple[int, int, int, int]) -> bool:
    """Tell whether a letter is drawn below or beside the one before it and takes no room, as half of a Bengali ligature does.

    With a code of its own it would be read as the beginning of another word.
    """
    return not place[2] and unicodedata.category(letter) == "Lo"


class Face:
    """A font file, opened, with its axes pinned. Measures in em/1000 as a FontDescriptor wants them."""

    def __init__(self, spec: FaceSpec) -> None:
        """Open the file. Nothing is read that is not needed."""
        self.spec = spec
        self.hb_face, self.tables, self.cmap = opened(spec.path, spec.number)
        self.font = hb.Font(self.hb_face)
        if spec.variations:
            self.font.set_variations(dict(spec.variations))
        self.kind = "glyf" if "glyf" in self.tables else "cff"
        self.per_mille = 1000.0 / self.hb_face.upem
        self._measure()
        self._had: set[str] = set()  # characters that were asked for and are there
        self._primary: dict[int, str] = {}
        self._synthetic: dict[tuple[object, ...], int] = {}
        self._parts: dict[int, tuple[float, tuple[Part, ...]]] = {}
        self._next = self.hb_face.glyph_count
        self._advances: dict[int, float] = {}
        self._steps = _Steps(self._step)
        self._middles: dict[str, float] = {}
        self._words: dict[tuple[object, ...], Word] = {}
        self._buffer = hb.Buffer()
        self._programs: dict[tuple[int, ...], Program] = {}

    def _measure(self) -> None:
        k, font = self.per_mille, self.font
        extents = font.get_font_extents("ltr")
        self.ascent, self.descent = extents.ascender * k, -extents.descender * k
        self.line_gap = extents.line_gap * k
        self.cap_height = self._top("H") or self.ascent * 0.7
        self.x_height = self._top("x") or self.ascent * 0.5
        weight = dict(self.spec.variations).get("wght")
        name = self.spec.path.stem
        self.weight = int(weight) if weight else (700 if "Bold" in name else 400)
        self.italic_angle = -12.0 if "Italic" in name else 0.0
        self.bbox = (-1000.0, -self.descent, 3000.0, self.ascent)
        family = "".join(c for c in name.partition("[")[0] if c.isalnum() or c == "-")
        axes = "".join(f"-{tag}{value:g}" for tag, value in self.spec.variations).replace(".", "p")
        self.ps_name = family + axes

    def _top(self, character: str) -> float:
        glyph = self.font.get_nominal_glyph(ord(character))
        extents = self.font.get_glyph_extents(glyph) if glyph else None
        return extents.y_bearing * self.per_mille if extents else 0.0

    @property
    def is_even(self) -> bool:
        """Tell whether all Latin letters are of one width."""
        font = self.font
        narrow, wide = (font.get_nominal_glyph(ord(c)) for c in "iW")
        return bool(narrow and wide) and font.get_glyph_h_advance(narrow) == font.get_glyph_h_advance(wide)

    def middle(self, character: str) -> float:
        """Give how high above the baseline the middle of a character's ink is."""
        found = self._middles.get(character)
        if found is None:
            extents = self.font.get_glyph_extents(self.font.get_nominal_glyph(ord(character)) or 0)
            found = self._middles[character] = (extents.y_bearing + extents.height / 2) * self.per_mille if extents else 0.0
        return found

    def has(self, text: str) -> bool:
        """Tell whether every character of a text has a glyph here; those that are never drawn need none."""
        if self._had.issuperset(text):
            return True
        cmap = self.cmap
        if not all(ord(c) in cmap or ord(c) in IGNORABLE for c in text):
            return False
        self._had.update(text)
        return True

    def advance(self, cid: int) -> float:
        """Give a code's advance width."""
        found = self._advances.get(cid)
        if found is None:
            parts = self._parts.get(cid)
            units = parts[0] if parts else self.font.get_glyph_h_advance(cid)
            found = self._advances[cid] = units * self.per_mille
        return found

    # -- shaping

    def word(
        self, text: str, script: str = "Latn", lang: str = "en", *, rtl: bool = False, features: tuple[str, ...] = (),
        beside: tuple[str, str] = ("", "")
    ) -> Word:  # fmt: skip
        """Shape a piece of text that has one script, language and direction; it joins the letters `beside` it."""
        key = (text, script, lang, rtl, features, beside)
        found = self._words.get(key)
        if found is None:
            if len(self._words) > MAX_WORDS:
                self._words.clear()
            found = self._words[key] = self._shape(text, script, lang, features, beside, rtl=rtl)
        return found

    def alias(self, text: str, stands_for: str) -> Word:
        """Give the glyphs of `text` as a word that reads as `stands_for` (one character each)."""
        glyph = self.font.get_nominal_glyph(ord(text)) or 0
        self._primary.setdefault(glyph, text)
        cid = self._cid(glyph, stands_for)
        return Word(stands_for, self.advance(cid), b"(" + code(cid) + b")", {cid: stands_for})

    def _shape(
        self, text: str, script: str, lang: str, features: tuple[str, ...], beside: tuple[str, str], *, rtl: bool
    ) -> Word:
        buffer = self._buffer
        buffer.clear_contents()
        before = len(beside[0])
        buffer.add_str(f"{beside[0]}{text}{beside[1]}", before, len(text))
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.script, buffer.language = script, lang
        wanted = {f.lstrip("-"): not f.startswith("-") for f in features} or None
        hb.shape(self.font, buffer, wanted)
        infos = buffer.glyph_infos
        gids = [i.codepoint for i in infos]
        clusters = [i.cluster - before for i in infos]
        places = [p.position for p in buffer.glyph_positions]
        return self._encode(text, gids, clusters, places, rtl=rtl)

    def _encode(self, text: str, gids: list[int], clusters: list[int], places: list[tuple[int, int, int, int]], *,
                rtl: bool) -> Word:  # fmt: skip
        """Write shaped glyphs as a TJ body, a cluster at a time.

        Right-to-left words are shown from left to right, so a code that stands for several characters stands for them in
        reverse: whoever reads the show string turns all of it around (ISO 32000-1 14.8.2.3.3).
        """
        plain = None if rtl else self._encode_plain(text, gids, clusters, places)
        if plain is not None:
            return plain
        starts = [*sorted(set(clusters)), len(text)]
        ends = dict(itertools.pairwise(starts))
        cids: dict[int, str] = {}
        out: list[bytes] = []
        string: list[bytes] = []
        pending, total, index = 0, 0, 0
        k = self.per_mille
        while index < len(gids):
            stop, last = index + 1, clusters[index]
            while stop < len(gids) and (clusters[stop] == last or (not rtl and _hangs(text[clusters[stop]], places[stop]))):
                last = clusters[stop]
                stop += 1
            part = text[clusters[index] : ends[last]]
            if rtl:
                part = reversed_for_reading(part)
            cid, x_offset, advance, own = self._cluster(part, gids[index:stop], places[index:stop])
            gap = pending - x_offset
            if gap:
                out += [b"(", *string, b")", number(round(gap * k, 2))] if string else [number(round(gap * k, 2))]
                string = []
            string.append(code(cid))
            cids[cid] = part
            pending = own + x_offset - advance
            total += advance
            index = stop
        if string:
            out += [b"(", *string, b")"]
        if pending:
            out.append(number(round(pending * k, 2)))
        return Word(text, total * k, b"".join(out), cids)

    def _encode_plain(
        self, text: str, gids: list[int], clusters: list[int], places: list[tuple[int, int, int, int]]
    ) -> Word | None:
        """Write a word of one glyph a character, none moved up or first moved: the common case. None for any other."""
        if len(gids) != len(text) or clusters != list(range(len(text))):
            return None
        steps = self._steps
        shown = [steps[step] for step in zip(gids, text, places, strict=True)]
        if None in shown:
            return None
        body = b"(%b)" % b"".join(shown)  # type: ignore[arg-type]
        if body.endswith(b"()") and not body.endswith(b"\\()"):  # nothing is shown behind the last gap; an escaped bracket is a code
            body = body[:-2]
        return Word(text, sum([p[2] for p in places]) * self.per_mille, body, dict(zip(gids, text, strict=True)))

    def _step(self, gid: int, letter: str, place: tuple[int, int, int, int]) -> bytes | None:
        """Give the code of a glyph that stands for a letter, and how the string goes on behind it; None where it is moved or an alias."""
        x, y, advance, _ = place
        if x or y or self._primary.setdefault(gid, letter) != letter:
            return None
        gap = self.font.get_glyph_h_advance(gid) - advance
        return code(gid) + (b")%b(" % number(round(gap * self.per_mille, 2)) if gap else b"")

    def _cluster(self, part: str, gids: list[int], places: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
        """Give a cluster's code, its x offset, its advance and the code's own advance, in font units."""
        x, y, advance, _ = places[0]
        if len(gids) == 1 and (not y or self.kind == "cff"):
            cid = self._cid(gids[0], part)
            return cid, x, advance, round(self.advance(cid) / self.per_mille)
        pen = 0
        parts = []
        for gid, (dx, dy, step, _) in zip(gids, places, strict=True):
            parts.append(Part(gid, pen + dx, dy))
            pen += step
        return self._composite(tuple(parts), pen, part), 0, pen, pen

    def _cid(self, gid: int, text: str) -> int:
        """Give the code of a glyph that stands for `text`: its own number, or an alias."""
        if self._primary.setdefault(gid, text) == text:
            return gid
        return self._synthesize((gid, text), self.font.get_glyph_h_advance(gid), (Part(gid, 0, 0),))

    def _composite(self, parts: tuple[Part, ...], advance: int, text: str) -> int:
        return self._synthesize((parts, advance, text), advance, parts)

    def _synthesize(self, key: tuple[object, ...], advance: int, parts: tuple[Part, ...]) -> int:
        cid = self._synthetic.get(key)
        if cid is None:
            cid = self._synthetic[key] = self._next
            self._next += 1
            self._parts[cid] = (advance, parts)
        return cid

    # -- embedding

    @property
    def glyph_count(self) -> int:
        """How many glyphs the font has: codes from here on are no glyph's own number."""
        return int(self.hb_face.glyph_count)

    def glyph_of(self, cid: int) -> int | None:
        """Give the glyph that a code means; None for one put together of several, or moved."""
        made = self._parts.get(cid)
        if made is None:
            return cid
        first = made[1][0]
        return first.gid if len(made[1]) == 1 and not (first.dx or first.dy) else None

    def parts_of(self, cid: int) -> tuple[float, tuple[Part, ...]] | None:
        """Give the advance and the glyphs of a code that is no glyph's own number."""
        return self._parts.get(cid)

    def subset(self, cids: Iterable[int]) -> Program:
        """Cut a font program that draws the given codes, glyphs put together in their order.

        The last programs are kept: layouts of one text ask for the same again.
        """
        wanted = tuple(dict.fromkeys(cids))
        found = self._programs.get(wanted)
        if found is None:
            if len(self._programs) >= FEW:
                self._programs.clear()
            found = self._programs[wanted] = cut(self, wanted)
        return found
