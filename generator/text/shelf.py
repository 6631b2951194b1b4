"""Faces by text style, with fallback: which face sets which characters, and the words already shaped.

In: a `TextStyle` and text of one script and direction. Out: shaped words with their face. A character that no
font has is an error that names it. Knows nothing of lines.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generator.errors import LayoutError
from generator.plain import NamedTuple
from generator.text.breaking import letters
from generator.text.catalogue import FALLBACK, normal
from generator.text.face import Face, Word, opened
from generator.text.fullwidth import OPENING
from generator.text.languages import SYMBOLS, families_for, family_for, letters_of, script_of_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.text.catalogue import FaceSpec, FontCatalogue
    from generator.text.types import TextStyle

NARROW = "\u202f"  # the space inside French quotation marks
EMPHASIS = 700  # the weight that stands for an italic
MANY_WORDS = 10_000  # kept; a process may set texts without end
INVISIBLE = dict.fromkeys([0x200B, 0x2060, 0xFEFF, 0x00AD, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
"""Characters that steer breaking and direction and are not drawn."""


def _such_as(character: str) -> str:
    block = unicodedata.name(character, "").split(" ")[0].capitalize()
    return f", such as Noto Sans {block}," if unicodedata.category(character)[0] in "LM" and block else ""


def _words_and_signs(text: str) -> list[str]:
    """Cut text into words, and signs one by one (with what belongs to each: a variation, a skin tone, a joined picture)."""
    out: list[str] = []
    in_word = False
    for letter in letters(text):
        is_word = unicodedata.category(letter[0])[0] in "LMN"
        if is_word and in_word:
            out[-1] += letter
        else:
            out.append(letter)
        in_word = is_word
    return out


class MissingGlyph(LayoutError):
    """No font at hand has this character."""

    def __init__(self, character: str, families: tuple[str, ...]) -> None:
        """Name the character by its Unicode name."""
        name = unicodedata.name(character, "unnamed character")
        super().__init__(
            f"no font has “{character}” (U+{ord(character):04X} {name})",
            None,
            f"write it in another way, or put a font that has it{_such_as(character)} into the brand's folder "
            f"(the text is set in {', '.join(families)})",
        )
        self.character = character


class Shaped(NamedTuple):
    """A shaped word: its face, and its width in points."""

    word: Word
    face: Face
    width: float


class Metrics(NamedTuple):
    """Vertical measures of a style's first face, in points; descent is positive."""

    ascent: float
    descent: float
    x_height: float
    cap_height: float


@lru_cache(maxsize=256)
def open_face(spec: FaceSpec) -> Face:
    """Open a font instance once for the process."""
    return Face(spec)


def forget() -> None:
    """Open files anew from now on."""
    open_face.cache_clear()
    opened.cache_clear()


class StyleShelf(dict[str, tuple[Shaped, ...]]):
    """The words of one style, shaped when first asked for; Latin, left to right."""

    def __init__(self, style: TextStyle, catalogue: FontCatalogue) -> None:
        """Find the style's own face."""
        super().__init__()
        self.style = style
        self.catalogue = catalogue
        self.lang = style.lang
        self.face = self._own_face()
        self.scale = style.size / 1000.0
        self.spacing = style.letter_spacing
        self._chains: dict[str, list[str]] = {}
        self.kept: dict[Any, Any] = {}  # what others make of these words and want to find again
        self.space = self.shape(" ", "Latn", rtl=False)[0]
        self.metrics = Metrics(*(self.face_measure(n) for n in ("ascent", "descent", "x_height", "cap_height")))

    def face_measure(self, name: str) -> float:
        """Give a measure of the first face in points."""
        return float(getattr(self.face, name)) * self.scale

    def _own_face(self) -> Face:
        """Give the first face that has all letters of the language: a text is not set in two faces that take turns.

        Code is: its columns hold in a face of equal widths alone.
        """
        first = self._open(self.style.families[0])
        wanted = letters_of(self.lang)
        if not wanted or first.has(wanted) or first.is_even:
            return first
        own = family_for(script_of_language(self.lang), self.lang)
        for name in (*self.style.families[1:], *([own] if own else []), FALLBACK):
            if self.catalogue.has(name) and (face := self._open(name)).has(wanted):
                return face
        return self._open(own) if own and self.catalogue.has(own) else first

    def _open(self, family: str) -> Face:
        style = self.style
        weight = style.weight
        if style.italic and not self.catalogue.has_italic(family):
            weight = max(weight, EMPHASIS)  # no script is slanted that has no italic: it is set stronger
        return open_face(self.catalogue.select(family, weight, style.size, italic=style.italic))

    def chain(self, script: str) -> Iterator[Face]:
        """Give the faces to try for a script: the style's own, the one made for the script, the fallback, symbols, then any.

        A face is opened when it is come to, for most texts find theirs soon.
        """
        yield self.face
        names = self._chains.get(script)
        if names is None:
            own = families_for(script, self.lang)
            others = sorted(self.catalogue.families(), key=lambda f: not f.family.startswith(FALLBACK))
            wanted = [*self.style.families, *own, FALLBACK, *SYMBOLS, *(f.family for f in others)]
            names = self._chains[script] = [n for n in dict.fromkeys(map(normal, wanted)) if self.catalogue.has(n)]
        for name in names:
            yield self._open(name)

    def __missing__(self, text: str) -> tuple[Shaped, ...]:
        """Shape a Latin word."""
        if len(self) > MANY_WORDS:
            self.clear()
            self.kept.clear()
        found = self[text] = self.shape(text, "Latn", rtl=False)
        return found

    def shape(self, text: str, script: str, *, rtl: bool, beside: tuple[str, str] = ("", "")) -> tuple[Shaped, ...]:
        """Shape a piece of one script and direction; several parts where one face does not have all of it.

        `beside`: the letters before and after it that it joins, though they are set in another style.
        """
        drawn = text if text.isascii() else text.translate(INVISIBLE)
        if not drawn:
            return ()
        if self.face.has(drawn):
            return (self._shaped(drawn, self.face, script, rtl=rtl, beside=beside),)
        if NARROW in drawn and len(drawn) > 1:  # a space that the face lacks does not send its words to another face
            first, rest = drawn.split(NARROW, 1)
            return tuple(shaped for part in (first, NARROW, rest) for shaped in self.shape(part, script, rtl=rtl))
        parts = self._split(drawn, script)
        if len(parts) == 1:
            return (self._shaped(drawn, parts[0][1], script, rtl=rtl, beside=beside),)
        return tuple(self._shaped(part, face, script, rtl=rtl) for part, face in parts)

    def _shaped(self, text: str, face: Face, script: str, *, rtl: bool, beside: tuple[str, str] = ("", "")) -> Shaped:
        word = face.word(text, script, self.lang, rtl=rtl, features=self.style.features, beside=beside)
        return Shaped(word, face, word.width * self.scale + self.spacing * len(word.cids and text))

    def half(self, sign: str, script: str) -> Shaped | None:
        """Shape a full-width sign in half its square (OpenType halt); None where the face has no such form or the half is not empty."""
        key = ("half", sign, script)
        if key not in self.kept:
            self.kept[key] = self._half(sign, script)
        found: Shaped | None = self.kept[key]
        return found

    def _half(self, sign: str, script: str) -> Shaped | None:
        if not self.face.has(sign):
            return None
        full = self.face.word(sign, script, self.lang, features=self.style.features)
        word = self.face.word(sign, script, self.lang, features=(*self.style.features, "halt"))
        opens, moved = sign in OPENING, not word.show.startswith(b"(")
        if word.width > 0.6 * full.width or opens != moved:  # a sign in the middle of its square has its space around it
            return None
        return Shaped(word, self.face, word.width * self.scale + self.spacing)

    def _split(self, text: str, script: str) -> list[tuple[str, Face]]:
        """Cut text where the face changes: between words and signs, and inside a word only where no face has all of it."""
        out: list[tuple[str, Face]] = []
        for group in _words_and_signs(text):
            whole = self._face_for(group, script)
            for part in [group] if whole else letters(group):
                face = whole or self._face_for(part, script)
                for piece in [part] if face else part:
                    its = face or self._face_for(piece, script)
                    if its is None:
                        raise MissingGlyph(piece, self.style.families)
                    if out and out[-1][1] is its:
                        out[-1] = (out[-1][0] + piece, its)
                    else:
                        out.append((piece, its))
        return out

    def _face_for(self, text: str, script: str) -> Face | None:
        """Find the first face that has all of a text. A private character means something in the brand's own fonts alone."""
        private = any(unicodedata.category(c) == "Co" for c in text)
        faces = (self._open(f) for f in self.style.families if self.catalogue.has(f)) if private else self.chain(script)
        return next((face for face in faces if face.has(text)), None)

    def hyphen(self) -> Shaped:
        """Give the hyphen drawn where a word is split: it reads as U+00AD, so that copied words join again."""
        word = self.face.alias("-", "\u00ad")
        return Shaped(word, self.face, word.width * self.scale)
