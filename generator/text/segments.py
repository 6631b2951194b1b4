"""A paragraph as unbreakable segments: what stands between two places where a line may end.

In: spans and atoms. Out: `Segment`s with shaped parts and the space behind each. Plain Western text takes the
short way; text of other scripts or directions is cut by ICU's breaks, scripts and bidi levels (UAX #14, #24, #9).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.text.breaking import icu_breaks, inner_breaks, is_plain, phrase_breaks
from generator.text.costs import HYPHEN_COST, HYPHENATED_COST, cost_behind
from generator.text.fullwidth import ANY, CLOSING, OPENING, halved
from generator.text.scripts import bidi_levels, script_of, script_runs
from generator.text.types import Atom

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.text.face import Word
    from generator.text.shelf import Shaped, StyleShelf
    from generator.text.types import Setting, Span

    ShelfOf = Callable[[Span], StyleShelf]

SOFT = "\u00ad"
HYPHENS = ("-", "‐")
MANY_WORDS = 8_000
JOINING = frozenset({"Arab", "Syrc", "Nkoo", "Mong", "Mand", "Adlm", "Rohg"})
JOINED = JOINING | {"Zinh"}  # marks go with their letters
FULL_WIDTH = ("zh", "ja")


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
    word: ReadyWord | None = None  # set where the segment is that one word and nothing else


class Trims(NamedTuple):
    """What takes the place of a segment's outermost part where it begins or ends a line: a sign in half its square."""

    first: Part | None
    final: Part | None


class ReadyWord(NamedTuple):
    """A word with its space, ready to be joined with its neighbours from the same `home` into one piece."""

    home: ReadyWords
    text: str
    show: bytes
    words: tuple[Word, Word]


class ReadyWords(dict[str, Segment | None]):
    """The segments of words in one style and tag, each made once and never changed; None for what must be cut further."""

    def __init__(self, shelf: StyleShelf, span: Span) -> None:
        """Take what all of them share."""
        super().__init__()
        self.shelf, self.tag, self.rise = shelf, span.tag, span.rise
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
        word, space = shaped[0].word, self.shelf.space.word
        ready = ReadyWord(self, word.text, (word.show + space.show).replace(b")(", b""), (word, space))
        part = Part(shaped[0], shaped[0].width, self.tag, self.shelf, self.rise)
        return Segment([part], part.width, self.space.width, self.space, cost=cost_behind(chunk, self.shelf.lang), word=ready)


class _Collector:
    """Gathers parts into segments."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.open = Segment()

    def add(self, shaped: Sequence[Shaped], span: Span, shelf: StyleShelf, level: int = 0) -> None:
        here, tag, rise = self.open, span.tag, span.rise
        here.word = None
        for item in shaped:
            width = item[2]
            here.parts.append(Part(item, width, tag, shelf, rise, level))
            here.width += width

    def atom(self, atom: Atom, level: int = 0) -> None:
        self.open.word = None
        self.open.parts.append(Part(None, atom.width, atom.tag, None, 0.0, level))
        self.open.width += atom.width

    def glue(self, span: Span, shelf: StyleShelf, level: int = 0) -> None:
        """End a segment with a space; one that follows a space widens it no further."""
        if self.open.parts:
            self._end()
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
        self.open.soft = self.open.changes = True
        self.open.cost = HYPHEN_COST
        self._end()

    def chance(self, cost: float = 0.0) -> None:
        if self.open.parts:
            self.open.cost = cost
            self._end()

    def hard(self) -> None:
        self._end()
        self.segments[-1].hard = True

    def _end(self) -> None:
        self.segments.append(self.open)
        self.open = Segment()

    def finish(self) -> list[Segment]:
        if self.open.parts:
            self._end()
        return self.segments


def segment(
    inlines: Sequence[Span | Atom], setting: Setting, shelf_of: ShelfOf, hyphenate: Callable[[str, str], list[int]] | None
) -> list[Segment]:
    """Cut inline content into segments. Raises MissingGlyph."""
    if not setting.rtl and all(isinstance(i, Atom) or is_plain(i.text) for i in inlines):
        return _plain(inlines, setting, shelf_of, hyphenate)
    return _full(inlines, setting, shelf_of)


def _plain(inlines: Sequence[Span | Atom], setting: Setting, shelf_of: ShelfOf, hyphenate: Any) -> list[Segment]:
    out = _Collector()
    for item in inlines:
        if isinstance(item, Atom):
            out.atom(item)
            continue
        shelf = shelf_of(item)
        for number, line in enumerate(item.text.split("\n")):
            if number:
                out.hard()
            if item.nowrap or setting.preserve:
                _kept(out, line, item, shelf, preserve=setting.preserve)
            else:
                _words(out, line, item, shelf, hyphenate)
    return out.finish()


def _kept(out: _Collector, text: str, span: Span, shelf: StyleShelf, *, preserve: bool) -> None:
    """Add text that may not break inside; spaces at its edges may still end a line."""
    core = text if preserve else text.strip(" ")
    if not preserve and text.startswith(" "):
        out.glue(span, shelf)
    if core:
        out.add(shelf[core], span, shelf)
    if not preserve and core and text.endswith(" "):
        out.glue(span, shelf)


def _words(out: _Collector, text: str, span: Span, shelf: StyleShelf, hyphenate: Any) -> None:
    *chunks, final = text.split(" ")
    if hyphenate is not None:
        for chunk in chunks:
            _chunk(out, chunk, span, shelf, hyphenate)
            out.glue(span, shelf)
        _chunk(out, final, span, shelf, hyphenate)
        return
    ready = _ready(span, shelf)
    segments = out.segments
    if not out.open.parts:
        whole = [ready[chunk] for chunk in chunks]
        if None not in whole:
            segments += whole  # type: ignore[arg-type]
            chunks = []
    for chunk in chunks:
        made = ready[chunk] if not out.open.parts else None
        if made is not None:
            segments.append(made)
        else:
            _chunk(out, chunk, span, shelf, None)
            out.glue(span, shelf)
    made = ready[final] if not out.open.parts else None
    if made is not None:
        out.open = Segment(list(made.parts), made.width, word=made.word)  # what follows may still join it
    else:
        _chunk(out, final, span, shelf, None)


def _ready(span: Span, shelf: StyleShelf) -> ReadyWords:
    found: ReadyWords | None = shelf.kept.get((span.tag, span.rise))
    if found is None or len(found) > MANY_WORDS:
        found = shelf.kept[span.tag, span.rise] = ReadyWords(shelf, span)
    return found


def _chunk(out: _Collector, chunk: str, span: Span, shelf: StyleShelf, hyphenate: Any) -> None:
    """Add what stands between two spaces, cut where a line may end in it."""
    if not chunk:
        return
    breaks = [] if hyphenate is None and chunk.isalpha() else inner_breaks(chunk)
    soft = hyphenate is not None and not breaks
    if soft:
        breaks = hyphenate(chunk, span.style.lang)
    _pieces(out, chunk, breaks, span, shelf, soft=soft)


def _pieces(out: _Collector, chunk: str, breaks: list[int], span: Span, shelf: StyleShelf, *, soft: bool) -> None:
    for start, stop in pairwise([0, *breaks, len(chunk)]):
        part = chunk[start:stop]
        out.add(shelf[part], span, shelf)
        if stop < len(chunk):
            if soft or part.endswith(SOFT):
                out.soft()
            else:
                out.chance(HYPHENATED_COST if part[-1] in HYPHENS else 0.0)


# -- all scripts


@dataclass(slots=True, eq=False, repr=False)
class _Text:
    """The whole paragraph as one string, with what holds where."""

    text: str
    edges: list[int]  # where spans and atoms begin
    inlines: Sequence[Span | Atom]
    levels: list[tuple[int, int]]  # (start, level)
    scripts: list[tuple[int, str]]  # (start, script)
    halved: frozenset[int] | None  # full-width signs without their empty half; None: there are no such signs


def _full(inlines: Sequence[Span | Atom], setting: Setting, shelf_of: ShelfOf) -> list[Segment]:
    pieces = ["\ufffc" if isinstance(i, Atom) else i.text for i in inlines]
    text = "".join(pieces)
    edges, at = [], 0
    for piece in pieces:
        edges.append(at)
        at += len(piece)
    lang = next((i.style.lang for i in inlines if not isinstance(i, Atom)), "en")
    signs = halved(text) if lang[:2] in FULL_WIDTH and not setting.preserve and ANY.search(text) else None
    whole = _Text(text, edges, inlines, bidi_levels(text, rtl=setting.rtl), script_runs(text), signs)
    ends = phrase_breaks(text, lang) if setting.phrases else None
    out = _Collector()
    start = 0
    for stop in icu_breaks(text, lang):
        if stop < len(text) and text[stop - 1] != "\n":
            if _forbidden(whole, stop) or setting.preserve:
                continue
            if ends is not None and stop not in ends and text[stop - 1].isalnum() and text[stop].isalnum():
                continue
        _segment(out, whole, start, stop, shelf_of)
        start = stop
    return out.finish()


def _forbidden(whole: _Text, offset: int) -> bool:
    """Tell whether a break would fall inside a nowrap span."""
    index = bisect_right(whole.edges, offset) - 1
    item = whole.inlines[index]
    return whole.edges[index] < offset and not isinstance(item, Atom) and item.nowrap


def _segment(out: _Collector, whole: _Text, start: int, end: int, shelf_of: ShelfOf) -> None:
    raw = whole.text[start:end]
    core = raw.rstrip(" \n\u200b")
    stop = start + len(core)
    for a, b in _runs(whole, start, stop):
        item = whole.inlines[bisect_right(whole.edges, a) - 1]
        level = _at(whole.levels, a)
        if isinstance(item, Atom):
            out.atom(item, level)
            continue
        shelf = shelf_of(item)
        script = _at(whole.scripts, a)
        if whole.halved is not None and b - a == 1 and ANY.match(whole.text, a):
            _sign(out, whole, a, (start, stop), item, shelf, script)
            continue
        beside = _beside(whole, a, b) if script in JOINING else ("", "")
        out.add(shelf.shape(whole.text[a:b], script, rtl=bool(level & 1), beside=beside), item, shelf, level)
    if raw.endswith("\n"):
        out.hard()
    elif whole.halved is not None and core[-1:] in CLOSING:
        out.chance()  # the sign brings its own space
    elif " " in raw[len(core) :]:
        item = whole.inlines[bisect_right(whole.edges, stop) - 1]
        if not isinstance(item, Atom):
            out.glue(item, shelf_of(item), _at(whole.levels, stop))
    elif core.endswith(SOFT):
        out.soft()
    else:
        out.chance(HYPHENATED_COST if core[-1:] in HYPHENS else 0.0)


def _sign(out: _Collector, whole: _Text, at: int, segment: tuple[int, int], span: Span, shelf: StyleShelf, script: str) -> None:
    """Add a full-width sign: without its empty half beside another sign, and ready to lose it at the end of a line."""
    sign = whole.text[at]
    full, half = shelf.shape(sign, script, rtl=False), shelf.half(sign, script)
    if half is None:
        out.add(full, span, shelf)
        return
    if whole.halved is not None and at in whole.halved:
        out.add((half,), span, shelf)
        return
    out.add(full, span, shelf)
    lean = out.open.parts[-1]._replace(shaped=half, width=half.width)
    first = lean if at == segment[0] and sign in OPENING and len(out.open.parts) == 1 else None
    final = lean if at == segment[1] - 1 and sign in CLOSING else None
    if first is not None or final is not None:
        before = out.open.trims
        out.open.trims, out.open.changes = Trims(first or (before and before.first), final), True


def _beside(whole: _Text, start: int, stop: int) -> tuple[str, str]:
    """Give the letters before and after a run that it joins: a link or a bold part inside a word does not tear it."""
    text = whole.text
    before = text[start - 1] if start and script_of(text[start - 1]) in JOINED else ""
    after = text[stop] if stop < len(text) and script_of(text[stop]) in JOINED else ""
    return before, after


def _runs(whole: _Text, start: int, stop: int) -> list[tuple[int, int]]:
    """Cut [start, stop) where the span, the level or the script changes."""
    cuts = {start, stop}
    for starts in (whole.edges, [s for s, _ in whole.levels], [s for s, _ in whole.scripts]):
        low = bisect_right(starts, start)
        while low < len(starts) and starts[low] < stop:
            cuts.add(starts[low])
            low += 1
    if whole.halved is not None:
        for match in ANY.finditer(whole.text, start, stop):
            cuts |= {match.start(), match.end()}
    return [(a, b) for a, b in pairwise(sorted(cuts)) if a < b]


def _at(runs: list[tuple[int, Any]], offset: int) -> Any:
    index = bisect_right(runs, offset, key=lambda r: r[0]) - 1
    return runs[max(index, 0)][1]
