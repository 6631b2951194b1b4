"""What a paragraph is cut into: unbreakable segments, the parts in them, and how they are gathered.

In: shaped words. Out: `Segment`s. What is kept ready on a shelf and comes again is one object, which nobody changes. Knows no scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plain import NamedTuple, dataclass, field
from generator.text.breaking import inner_breaks
from generator.text.costs import HYPHEN_COST, cost_behind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.text.face import Face, Word
    from generator.text.shelf import Shaped, StyleShelf
    from generator.text.types import Atom, Span

SOFT = "\u00ad"
HYPHENS = ("-", "‐")
MANY_WORDS = 8_000


class Part(NamedTuple):
    """A shaped word, or an atom (`shaped` None), with the tag of its span and its bidi level."""

    shaped: Shaped | None
    width: float
    tag: int
    shelf: StyleShelf | None
    rise: float = 0.0
    level: int = 0


@dataclass(slots=True, eq=False, repr=False)
class Segment:
    """An unbreakable run. `glue` is the space behind it (0: none) set in `shelf`; `soft` asks for a hyphen."""

    parts: list[Part] = field(default_factory=list)
    width: float = 0.0
    glue: float = 0.0
    space: Part | None = None
    soft: bool = False
    hard: bool = False  # the line must end here
    cost: float = 0.0  # of ending a line here, in squares of the measure
    trims: Trims | None = None
    changes: bool = False  # has another width at the end of a line: it is soft, or has trims
    word: ReadyWord | None = None  # set where the segment is that and nothing else


class Trims(NamedTuple):
    """What takes the place of a segment's outermost part where it begins or ends a line: a sign in half its square."""

    first: Part | None
    final: Part | None


class Home(NamedTuple):
    """What words must have in common to be one piece. They are told apart by identity, as a shelf keeps one of each."""

    shelf: StyleShelf
    face: Face
    tag: int
    rise: float
    level: int  # 1: they read from right to left


class ReadyWord(NamedTuple):
    """A word, with its space where there is one behind it, ready to be joined with its neighbours from the same `home` into one piece."""

    home: Home
    text: str
    show: bytes
    words: tuple[Word, ...]
    bare: tuple[str, bytes]  # its text and what is shown for it without the space
    spaced: bool


def home_of(shelf: StyleShelf, face: Face, tag: int, rise: float, level: int = 0) -> Home:
    """Find where such words are at home."""
    key = ("home", id(face), tag, rise, level)
    found: Home | None = shelf.kept.get(key)
    if found is None:
        found = shelf.kept[key] = Home(shelf, face, tag, rise, level)
    return found


def ready_word(home: Home, words: Sequence[Word], space: Word | None) -> ReadyWord:
    """Join shaped words of one face, and the space behind them."""
    text, show = "".join([w.text for w in words]), _joined(words)
    if space is None:
        return ReadyWord(home, text, show, tuple(words), (text, show), spaced=False)
    whole = (*words, space)
    shown = (space, *words) if home.level else whole  # a show string goes from left to right
    return ReadyWord(home, text + space.text, _joined(shown), whole, (text, show), spaced=True)


def _joined(words: Sequence[Word]) -> bytes:
    return b"".join([w.show for w in words]).replace(b")(", b"")


class ReadyWords(dict[str, Segment | None]):
    """The segments of words in one style and tag, each made once and never changed; None for what must be cut further."""

    def __init__(self, shelf: StyleShelf, span: Span) -> None:
        """Take what all of them share."""
        super().__init__()
        self.shelf, self.tag, self.rise = shelf, span.tag, span.rise
        self.home = home_of(shelf, shelf.face, span.tag, span.rise)
        self.space = Part(shelf.space, shelf.space.width, span.tag, shelf, span.rise)

    def __missing__(self, chunk: str) -> Segment | None:
        """Shape a word. Raises MissingGlyph."""
        found = self[chunk] = self._made(chunk)
        return found

    def _made(self, chunk: str) -> Segment | None:
        if not chunk or not (chunk.isalpha() or not inner_breaks(chunk)):
            return None
        shaped = self.shelf[chunk]
        if len(shaped) != 1 or shaped[0].face is not self.shelf.face or self.shelf.space.face is not self.shelf.face:
            return None
        ready = ready_word(self.home, (shaped[0].word,), self.shelf.space.word)
        part = Part(shaped[0], shaped[0].width, self.tag, self.shelf, self.rise)
        return Segment([part], part.width, self.space.width, self.space, cost=cost_behind(chunk, self.shelf.lang), word=ready)


class Collector:
    """Gathers parts into segments."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.open = Segment()

    def add(self, shaped: Sequence[Shaped], span: Span, shelf: StyleShelf, level: int = 0) -> None:
        """Add shaped words to the open segment."""
        here, tag, rise = self.open, span.tag, span.rise
        here.word = None
        for item in shaped:
            width = item[2]
            here.parts.append(Part(item, width, tag, shelf, rise, level))
            here.width += width

    def atom(self, atom: Atom, level: int = 0) -> None:
        """Add an inline object to the open segment."""
        self.open.word = None
        self.open.parts.append(Part(None, atom.width, atom.tag, None, 0.0, level))
        self.open.width += atom.width

    def glue(self, span: Span, shelf: StyleShelf, level: int = 0) -> None:
        """End a segment with a space; one that follows a space widens it no further."""
        if self.open.parts:
            self.end()
        elif not self.segments or self.segments[-1].glue or self.segments[-1].hard:
            return
        last = self.segments[-1]
        width = shelf.space.width
        last.space = Part(shelf.space, width, span.tag, shelf, span.rise, level)
        last.glue = width
        shaped = last.parts[0].shaped if len(last.parts) == 1 else None
        if shaped is not None and shaped.word.text:
            last.cost = cost_behind(shaped.word.text, shelf.lang)

    def soft(self) -> None:
        """End a segment where a hyphen is drawn if its line ends there."""
        self.open.soft = self.open.changes = True
        self.open.cost = HYPHEN_COST
        self.end()

    def chance(self, cost: float = 0.0) -> None:
        """End a segment where a line may end, at a cost."""
        if self.open.parts:
            self.open.cost = cost
            self.end()

    def hard(self) -> None:
        """End a segment where the line must end."""
        self.end()
        self.segments[-1].hard = True

    def end(self) -> None:
        """End a segment."""
        self.segments.append(self.open)
        self.open = Segment()

    def finish(self) -> list[Segment]:
        """Give all segments."""
        if self.open.parts:
            self.end()
        return self.segments
