"""A face of the text room's shape over a font file, with no shaping: a glyph a character."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import uharfbuzz as hb

from generator.text.face import code
from generator.text.types import Piece

FILES = Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files"


@dataclass(frozen=True)
class Program:
    data: bytes
    kind: str
    gids: dict[int, int] | None


@dataclass(frozen=True, eq=False)
class Word:
    text: str
    cids: dict[int, str]

    @property
    def show(self) -> bytes:
        return b"(" + b"".join(map(code, self.cids)) + b")"


class Face:
    italic_angle = 0.0
    weight = 400
    cap_height = 668.0

    def __init__(self, file: str = "AtkinsonHyperlegible-Regular.ttf") -> None:
        self._face = hb.Face(hb.Blob.from_file_path(str(FILES / file)))
        self._font = hb.Font(self._face)
        self._scale = 1000 / self._face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascent, self.descent = extents.ascender * self._scale, -extents.descender * self._scale
        self.bbox = (-200.0, -300.0, 1500.0, 1000.0)
        self.ps_name = file.removesuffix(".ttf")
        self._aliases: dict[int, int] = {}
        self.words: dict[str, Word] = {}

    kind = "glyf"

    @cached_property
    def glyph_count(self) -> int:
        return self._face.glyph_count

    def glyph_of(self, cid: int) -> int:
        return self._aliases.get(cid, cid)

    def advance(self, cid: int) -> float:
        return self._font.get_glyph_h_advance(self._aliases.get(cid, cid)) * self._scale

    def word(self, text: str) -> Word:
        if text not in self.words:
            self.words[text] = Word(text, {self._font.get_nominal_glyph(ord(c)): c for c in text})
        return self.words[text]

    def alias(self, glyph_of: str, text: str) -> Word:
        """A second CID for one glyph, which stands for `text`."""
        cid = self.glyph_count + len(self._aliases)
        self._aliases[cid] = self._font.get_nominal_glyph(ord(glyph_of))
        return Word(text, {cid: text})

    def subset(self, cids) -> Program:
        cids = list(cids)
        glyphs = {0, *(self._aliases.get(cid, cid) for cid in cids)}
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.glyph_set.update(glyphs)
        plan = hb.SubsetPlan(self._face, wanted)
        data = plan.execute().blob.data
        moved = dict(plan.old_to_new_glyph_mapping)
        return Program(data, "glyf", {cid: moved[self._aliases.get(cid, cid)] for cid in cids})


def piece(face: Face, text: str, size: float = 12.0, x: float = 0.0, word: Word | None = None, **more) -> Piece:
    """One piece of `text`, each character by its nominal glyph, or of one ready `word`."""
    word = word or face.word(text)
    cids = list(word.cids) if word.text != text or len(word.cids) == 1 else [face._font.get_nominal_glyph(ord(c)) for c in text]
    show = b"(" + b"".join(map(code, cids)) + b")"
    width = sum(map(face.advance, cids)) * size / 1000
    return Piece(x, width, 0, face, size, show, (word,), **more)
