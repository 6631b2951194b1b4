"""What the typographer takes and gives: spans and a measure in, lines of placed pieces out.

All lengths are points unless a name says otherwise; `x` grows to the right, whatever the script.
Knows nothing of CSS, pages or PDF objects; the one PDF notion is `show`, the body of a TJ array
(ISO 32000-1 9.4.3), kept as bytes so that a cached word is written without being taken apart again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plain import NamedTuple

if TYPE_CHECKING:
    from generator.text.face import Face, Word


class TextStyle(NamedTuple):
    """How a run of characters is set. Hashable: word caches are keyed by it."""

    families: tuple[str, ...]
    weight: int = 400
    italic: bool = False
    size: float = 12.0
    lang: str = "en"
    letter_spacing: float = 0.0
    features: tuple[str, ...] = ()  # OpenType feature tags, e.g. ("tnum",) or ("-zero",)


class Span(NamedTuple):
    """A run of text in one style. White space is already collapsed; "\\n" is a forced line break.

    `tag` is the caller's own number and comes back on every piece. `nowrap` forbids breaks inside.
    """

    text: str
    style: TextStyle
    tag: int = 0
    nowrap: bool = False
    rise: float = 0.0  # points above the baseline (superscript), negative below


class Atom(NamedTuple):
    """An inline object (image, box): it takes `width` on the line like one unbreakable character."""

    width: float
    tag: int = 0


class Setting(NamedTuple):
    """How a paragraph is broken into lines.

    `align`: start, end, center, left, right, justify. `wrap`: normal, pretty (ties the last words when the
    paragraph has at least `tie_words` words), balance (lines of even length, same count). `indent` moves
    the first line. `rtl` is the base direction (UAX #9). `hyphens`: split words when nothing else fits well.
    `phrases`: Chinese and Japanese lines end between words only (CSS Text 4, word-break: auto-phrase), as in titles.
    """

    align: str = "start"
    wrap: str = "pretty"
    tie_words: int = 4
    indent: float = 0.0
    rtl: bool = False
    hyphens: bool = False
    phrases: bool = False
    preserve: bool = False  # white-space: pre, break at "\n" only
    anywhere: frozenset[int] = frozenset()  # tags with overflow-wrap: anywhere: a word of theirs longer than the line splits


class Piece(NamedTuple):
    """One run of glyphs of one face and size, placed on its line; pieces stand in logical (reading) order.

    `x`: points from the line box's left edge (alignment included). `show`: body of a TJ array.
    `words`: the cached words drawn, for the glyphs a subset needs. `actual_text`: set where the glyphs
    alone do not give back the text. An Atom comes back as a piece with `face` None.
    """

    x: float
    width: float
    tag: int
    face: Face | None = None
    size: float = 0.0
    show: bytes = b""
    words: tuple[Word, ...] = ()
    rise: float = 0.0
    char_space: float = 0.0  # points, for Tc
    actual_text: str | None = None
    reversed: bool = False  # its show string runs against the reading order


class Line(NamedTuple):
    """One set line. `width` is the ink width in points; `hard` says that it ends a paragraph or at a "\\n"."""

    pieces: tuple[Piece, ...]
    width: float
    text: str
    hard: bool = False
