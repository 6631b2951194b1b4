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
from generator.text.parts import HYPHENS, MANY_WORDS, SOFT, Collector, ReadyWord, Segment, Trims, home_of, ready_word
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
    stops = icu_breaks(text, lang)
    if held or ends is not None:
        stops = [stop for stop in stops if stop == len(text) or text[stop - 1] == "\n" or _may_end(whole, stop, ends, held, setting)]
    return _segments(whole, stops, shelf_of)


def _may_end(whole: _Text, stop: int, ends: frozenset[int] | None, held: bool, setting: Setting) -> bool:  # noqa: FBT001 - worked out once
    if held and (setting.preserve or _forbidden(whole, stop)):
        return False
    return ends is None or stop in ends or not (whole.text[stop - 1].isalnum() and whole.text[stop].isalnum())


def _segments(whole: _Text, stops: list[int], shelf_of: ShelfOf) -> list[Segment]:
    """Cut at the stops; segments that are kept are taken as they are."""
    out = Collector()
    start = number = 0
    for run in _uniform(whole, shelf_of):
        within = bisect_right(stops, run.stop, number)
        if run.ready is not None and within > number and start < run.stop:
            _of_run(out, whole, [start, *stops[number:within]], shelf_of, run.script in JOINING, run.ready)
            number, start = within, stops[within - 1]
        while start < run.stop:  # it goes on in the next run, or stands in none
            _segment(out, whole, start, stops[number], shelf_of)
            number, start = number + 1, stops[number]
    return out.finish()


def _of_run(out: Collector, whole: _Text, places: list[int], shelf_of: ShelfOf, joining: bool,  # noqa: FBT001 - quicker by place
            ready: dict[Any, Segment]) -> None:  # fmt: skip
    """Add the segments between the places, all of them in one run."""
    text = whole.text
    kept = [ready.get(text[start:stop]) for start, stop in pairwise(places)]
    if not joining and not out.open.parts and None not in kept:
        out.segments += kept  # type: ignore[arg-type]
        return
    for (start, stop), found in zip(pairwise(places), kept, strict=True):
        if joining and not _stands_alone(text, start, stop):
            _segment(out, whole, start, stop, shelf_of)
        elif found is not None and not out.open.parts:
            out.segments.append(found)
        else:
            _ready(out, whole, start, stop, shelf_of, ready)


class _Run(NamedTuple):
    """Where one span, level and script end, and the segments of such text that are kept; None for an atom."""

    stop: int
    script: str
    ready: dict[Any, Segment] | None


def _uniform(whole: _Text, shelf_of: ShelfOf) -> Iterator[_Run]:
    cuts = sorted({*whole.edges, *(s for s, _ in whole.levels), *(s for s, _ in whole.scripts), len(whole.text)})
    for start, stop in pairwise(cuts if len(cuts) > 1 else [0, 0]):
        item, level, script = whole.inlines[bisect_right(whole.edges, start) - 1], _at(whole.levels, start), _at(whole.scripts, start)
        if isinstance(item, Atom):
            yield _Run(stop, script, None)
        else:
            yield _Run(stop, script, _kept(shelf_of(item), ("runs", item.tag, item.rise, level, script, whole.halved is not None)))


def _kept(shelf: StyleShelf, key: tuple[object, ...]) -> dict[Any, Segment]:
    found: dict[Any, Segment] | None = shelf.kept.get(key)
    if found is None or len(found) > MANY_WORDS:
        found = shelf.kept[key] = {}
    return found


def _stands_alone(text: str, start: int, stop: int) -> bool:
    """Tell whether no letter beside a stretch joins it."""
    return (not start or text[start - 1] in EMPTY) and (stop == len(text) or text[stop - 1] in EMPTY)


def _ready(out: Collector, whole: _Text, start: int, stop: int, shelf_of: ShelfOf, ready: dict[Any, Segment]) -> None:
    """Add a segment that is kept, or cut it and keep it; one with full-width signs for each way in which they share their space."""
    raw = whole.text[start:stop]
    key: Any = raw
    if whole.halved is not None and ANY.search(raw) is not None:
        key = (raw, *[at - start for at in range(start, stop) if at in whole.halved])
    found = ready.get(key) if not out.open.parts else None
    if found is not None:
        out.segments.append(found)
        return
    count, whole_one = len(out.segments), not out.open.parts
    if not raw.strip(EMPTY) and out.segments:  # a space may be added to the segment before, which others may share
        out.segments[-1] = replace(out.segments[-1])
        whole_one = False
    _segment(out, whole, start, stop, shelf_of)
    if whole_one and len(out.segments) == count + 1 and not out.open.parts:
        made = ready[key] = out.segments[-1]
        made.word = _word(made)


def _word(made: Segment) -> ReadyWord | None:
    """Give a segment as a word that is joined with others into one piece; None where it is set in several faces or directions."""
    first = made.parts[0] if made.parts else None
    if first is None or first.shelf is None or made.soft or made.hard:
        return None
    parts = [*made.parts, made.space] if made.space is not None else made.parts
    alike = (first.shelf, first.level, first.rise)
    shaped = [p.shaped for p in parts if p.shaped is not None and (p.shelf, p.level, p.rise) == alike]
    if len(shaped) < len(parts) or any(s.face is not shaped[0].face for s in shaped) or first.level > int(len(made.parts) == 1):
        return None
    words = [s.word for s in shaped]
    space = words.pop() if made.space is not None else None
    return ready_word(home_of(first.shelf, shaped[0].face, first.tag, first.rise, first.level), words, space)


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
