"""Text of any script or direction, cut into segments by ICU's breaks, scripts and bidi levels (UAX #14, #24, #9).

In: spans and atoms. Out: `Segment`s. What stands in one span, script and level and between two spaces or letters that join nothing is cut
once and kept on its shelf: a page of Chinese is the same few hundred segments again and again.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from generator.plain import NamedTuple, dataclass, replace
from generator.text.breaking import icu_breaks, phrase_breaks
from generator.text.costs import HYPHENATED_COST
from generator.text.fullwidth import ANY, CLOSING, OPENING, halved
from generator.text.parts import HYPHENS, MANY_WORDS, SOFT, Collector, Segment, Trims
from generator.text.scripts import bidi_levels, script_of, script_runs
from generator.text.types import Atom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.text.shelf import StyleShelf
    from generator.text.types import Setting, Span

    ShelfOf = Callable[[Span], StyleShelf]

JOINING = frozenset({"Arab", "Syrc", "Nkoo", "Mong", "Mand", "Adlm", "Rohg"})
JOINED = JOINING | {"Zinh"}  # marks go with their letters
FULL_WIDTH = ("zh", "ja")
EMPTY = " \n\u200b"


@dataclass(slots=True, eq=False, repr=False)
class _Text:
    """The whole paragraph as one string, with what holds where."""

    text: str
    edges: list[int]  # where spans and atoms begin
    inlines: Sequence[Span | Atom]
    levels: list[tuple[int, int]]  # (start, level)
    scripts: list[tuple[int, str]]  # (start, script)
    halved: frozenset[int] | None  # full-width signs without their empty half; None: there are no such signs


def cut_by_scripts(inlines: Sequence[Span | Atom], setting: Setting, shelf_of: ShelfOf) -> list[Segment]:
    """Cut inline content. Raises MissingGlyph."""
    pieces = ["\ufffc" if isinstance(i, Atom) else i.text for i in inlines]
    text = "".join(pieces)
    if not text:
        return []
    edges, at = [], 0
    for piece in pieces:
        edges.append(at)
        at += len(piece)
    lang = next((i.style.lang for i in inlines if not isinstance(i, Atom)), "en")
    signs = halved(text) if lang[:2] in FULL_WIDTH and not setting.preserve and ANY.search(text) else None
    whole = _Text(text, edges, inlines, bidi_levels(text, rtl=setting.rtl), script_runs(text), signs)
    ends = phrase_breaks(text, lang) if setting.phrases else None
    held = setting.preserve or any(not isinstance(i, Atom) and i.nowrap for i in inlines)
    out = Collector()
    start, runs = 0, _uniform(whole, shelf_of)
    run = next(runs)
    for stop in icu_breaks(text, lang):
        if stop < len(text) and text[stop - 1] != "\n":
            if held and (setting.preserve or _forbidden(whole, stop)):
                continue
            if ends is not None and stop not in ends and text[stop - 1].isalnum() and text[stop].isalnum():
                continue
        while run.stop <= start:
            run = next(runs)
        if stop <= run.stop and run.ready is not None and _stands_alone(whole, start, stop, run.script):
            _ready(out, whole, start, stop, shelf_of, run.ready)
        else:
            _segment(out, whole, start, stop, shelf_of)
        start = stop
    return out.finish()


class _Run(NamedTuple):
    """Where one span, level and script end, and the segments of such text that are kept; None for an atom."""

    stop: int
    script: str
    ready: dict[str, Segment] | None


def _uniform(whole: _Text, shelf_of: ShelfOf) -> Iterator[_Run]:
    cuts = sorted({*whole.edges, *(s for s, _ in whole.levels), *(s for s, _ in whole.scripts), len(whole.text)})
    for start, stop in pairwise(cuts if len(cuts) > 1 else [0, 0]):
        item, level, script = whole.inlines[bisect_right(whole.edges, start) - 1], _at(whole.levels, start), _at(whole.scripts, start)
        yield _Run(stop, script, None if isinstance(item, Atom) else _kept(shelf_of(item), ("runs", item.tag, item.rise, level, script)))


def _kept(shelf: StyleShelf, key: tuple[object, ...]) -> dict[str, Segment]:
    found: dict[str, Segment] | None = shelf.kept.get(key)
    if found is None or len(found) > MANY_WORDS:
        found = shelf.kept[key] = {}
    return found


def _stands_alone(whole: _Text, start: int, stop: int, script: str) -> bool:
    """Tell whether nothing beside a stretch has a say in how it is set: no letter that it joins, no sign that shares its space."""
    text = whole.text
    if script in JOINING:
        return (not start or text[start - 1] in EMPTY) and (stop == len(text) or text[stop - 1] in EMPTY)
    return whole.halved is None or ANY.search(text, start, stop) is None


def _ready(out: Collector, whole: _Text, start: int, stop: int, shelf_of: ShelfOf, ready: dict[str, Segment]) -> None:
    """Add a segment that is kept, or cut it and keep it."""
    raw = whole.text[start:stop]
    found = ready.get(raw) if not out.open.parts else None
    if found is not None:
        out.segments.append(found)
        return
    count, whole_one = len(out.segments), not out.open.parts
    if not raw.strip(EMPTY) and out.segments:  # a space may be added to the segment before, which others may share
        out.segments[-1] = replace(out.segments[-1])
        whole_one = False
    _segment(out, whole, start, stop, shelf_of)
    if whole_one and len(out.segments) == count + 1 and not out.open.parts:
        ready[raw] = out.segments[-1]


def _forbidden(whole: _Text, offset: int) -> bool:
    """Tell whether a break would fall inside a nowrap span."""
    index = bisect_right(whole.edges, offset) - 1
    item = whole.inlines[index]
    return whole.edges[index] < offset and not isinstance(item, Atom) and item.nowrap


def _segment(out: Collector, whole: _Text, start: int, end: int, shelf_of: ShelfOf) -> None:
    raw = whole.text[start:end]
    core = raw.rstrip(EMPTY)
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


def _sign(out: Collector, whole: _Text, at: int, segment: tuple[int, int], span: Span, shelf: StyleShelf, script: str) -> None:
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
