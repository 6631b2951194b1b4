"""Paragraphs into lines: the typographer's front door.

In: spans, a `Setting` and a measure in points. Out: `Line`s. Total fit by default: the whole paragraph is weighed
before any line is ended. A word wider than the measure comes back as a line that is too wide; the caller says so.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from generator.text.breaking import letters
from generator.text.fitting import INFINITE, greedy, justified, ragged
from generator.text.lines import build_line
from generator.text.segments import Segment, script_of, segment
from generator.text.shelf import Metrics, MissingGlyph, StyleShelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.text.catalogue import FontCatalogue
    from generator.text.types import Atom, Line, Setting, Span, TextStyle

SLACK = (0.3, 1.0)
HYPHEN_COST = 0.04  # of the measure squared
LONELY_COST = 0.25
UNSPACED = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Hani", "Hira", "Kana"})
MAX_SHELVES = 400


class Typesetter:
    """Sets paragraphs with the fonts of one catalogue; keeps shaped words from one to the next."""

    def __init__(self, catalogue: FontCatalogue) -> None:
        """Take the fonts."""
        self.catalogue = catalogue
        self._shelves: dict[TextStyle, StyleShelf] = {}

    def _shelf(self, style: TextStyle) -> StyleShelf:
        found = self._shelves.get(style)
        if found is None:
            if len(self._shelves) > MAX_SHELVES:
                self._shelves.clear()
            found = self._shelves[style] = StyleShelf(style, self.catalogue)
        return found

    def _shelf_of(self, span: Span) -> StyleShelf:
        return self._shelf(span.style)

    def metrics(self, style: TextStyle) -> Metrics:
        """Give a style's vertical measures in points."""
        return self._shelf(style).metrics

    def measure(self, inlines: Sequence[Span | Atom], setting: Setting) -> tuple[float, float]:
        """Give the widest segment, and the widest line when only forced breaks end lines, in points."""
        least = most = run = 0.0
        for item in segment(inlines, setting, self._shelf_of, None):
            least = max(least, item.width)
            most = max(most, run + item.width)
            run = 0.0 if item.hard else run + item.width + item.glue
        return least, most

    def set(self, inlines: Sequence[Span | Atom], setting: Setting, width: float) -> tuple[Line, ...]:
        """Set a paragraph at `width` points. Raises MissingGlyph."""
        segments = segment(inlines, setting, self._shelf_of, None)
        lines: list[Line] = []
        parts = _paragraphs(segments)
        for number, part in enumerate(parts, 1):
            lines += self._lines(part, setting, width, inlines, ending=number == len(parts))
        return tuple(lines)

    def _lines(self, segments: list[Segment], setting: Setting, width: float, inlines: Sequence[Span | Atom],
               *, ending: bool) -> list[Line]:  # fmt: skip
        ends = self._ends(segments, setting, width, SLACK[0])
        if ends is None and setting.hyphens:
            finer = segment(inlines, setting, self._shelf_of, hyphen_positions)
            if not any(s.hard for s in finer[:-1]):
                segments = finer
            ends = self._ends(segments, setting, width, SLACK[1])
        if ends is None:
            ends = self._ends(segments, setting, width, SLACK[1]) or self._greedy(segments, setting, width)
        if setting.wrap == "balance" and len(ends) > 2:
            ends = self._balanced(segments, setting, width, len(ends))
        if setting.anywhere or any([s.width > width for s in segments]):  # noqa: C419 - a list is quicker
            segments, ends = _split_overlong(segments, ends, width, setting.anywhere)
        return [
            build_line(segments[a:b], setting, width, first=not a, last=ending and b == len(segments))
            for a, b in pairwise(ends)
        ]

    def _greedy(self, segments: list[Segment], setting: Setting, width: float) -> list[int]:
        starts, edges = _edges(segments)
        return greedy(starts, edges, width, setting.indent, {})

    def _ends(self, segments: list[Segment], setting: Setting, width: float, slack: float) -> list[int] | None:
        starts, edges = _edges(segments)
        count = len(segments)
        if edges[count] <= width - setting.indent:
            return [0, count]
        penalties = _penalties(segments, setting, width)
        if setting.align == "justify":
            spaces = list(accumulate((1 if s.glue else 0 for s in segments), initial=0))
            space = next((s.glue for s in segments if s.glue), 1.0)
            return justified(starts, edges, spaces, width, space, penalties, setting.indent)
        return ragged(starts, edges, width, slack * width, penalties, setting.indent)

    def _balanced(self, segments: list[Segment], setting: Setting, width: float, count: int) -> list[int]:
        """Find the narrowest measure that takes no more lines, and fill it evenly."""
        low, high = width / (count - 1) * 0.6, width
        best = self._ends(segments, setting, width, SLACK[1])
        for _ in range(12):
            middle = (low + high) / 2
            ends = self._ends(segments, setting, middle, SLACK[1])
            if ends is not None and len(ends) <= count:
                best, high = ends, middle
            else:
                low = middle
        return best or self._greedy(segments, setting, width)


def _paragraphs(segments: list[Segment]) -> list[list[Segment]]:
    """Cut at forced breaks."""
    out: list[list[Segment]] = [[]]
    for item in segments:
        out[-1].append(item)
        if item.hard:
            out.append([])
    return [p for p in out if p]


def _edges(segments: list[Segment]) -> tuple[list[float], list[float]]:
    """Give where each segment starts, and where a line would end behind it (its hyphen counted in)."""
    starts = list(accumulate([s.width + s.glue for s in segments], initial=0.0))
    edges = [0.0, *(a + s.width for a, s in zip(starts, segments, strict=False))]
    for index, item in enumerate(segments[:-1], 1):
        if item.soft and item.parts and item.parts[-1].shelf is not None:
            edges[index] += item.parts[-1].shelf.hyphen().width
    return starts, edges


def _penalties(segments: list[Segment], setting: Setting, width: float) -> dict[int, float]:
    """Give the cost of ending a line after item j - 1, where there is one."""
    square = width * width
    out = {j: HYPHEN_COST * square for j, s in enumerate(segments[:-1], 1) if s.soft}
    words = sum(1 for s in segments if s.glue) + 1
    last = max((j for j, s in enumerate(segments[:-1], 1) if s.glue), default=0)
    if last and setting.wrap != "normal":
        out[last] = INFINITE if words >= setting.tie_words and _room_for_two(segments, last, width) else LONELY_COST * square
    return out


def _room_for_two(segments: list[Segment], last: int, width: float) -> bool:
    """Tell whether the last two words fit on a line together."""
    start = last - 1
    while start and not segments[start - 1].glue:
        start -= 1
    return sum(s.width for s in segments[start:]) + sum(s.glue for s in segments[start:-1]) <= width


def _split_overlong(
    segments: list[Segment], ends: list[int], width: float, tags: frozenset[int]
) -> tuple[list[Segment], list[int]]:
    """Split a segment wider than the measure between its letters (overflow-wrap: anywhere)."""
    out: list[Segment] = []
    marks = [0]
    for a, b in pairwise(ends):
        for item in segments[a:b]:
            splits = item.width > width and (any(p.tag in tags for p in item.parts) or _is_unspaced(item))
            pieces = _letters(item, width) if splits else [item]
            for piece in pieces[:-1]:
                out.append(piece)
                marks.append(len(out))
            out.append(pieces[-1])
        marks.append(len(out))
    return out, marks


def _is_unspaced(item: Segment) -> bool:
    """Tell a run of a script that puts no space between words: where its dictionary knows none, it may end between letters."""
    text = next((p.shaped.word.text for p in item.parts if p.shaped is not None), "")
    return text[:1] >= "\u0e00" and script_of(text[0]) in UNSPACED


def _letters(item: Segment, width: float) -> list[Segment]:
    out = [Segment()]
    for part in item.parts:
        if part.shaped is None or part.shelf is None:
            out[-1].parts.append(part)
            out[-1].width += part.width
            continue
        for letter in letters(part.shaped.word.text):
            shaped = part.shelf.shape(letter, script_of(letter[0]), rtl=bool(part.level & 1))
            wide = sum(s.width for s in shaped)
            if out[-1].parts and out[-1].width + wide > width:
                out.append(Segment())
            out[-1].parts += [part._replace(shaped=s, width=s.width) for s in shaped]
            out[-1].width += wide
    out[-1].glue, out[-1].space, out[-1].hard = item.glue, item.space, item.hard
    return out


@lru_cache(maxsize=8)
def _dictionary(lang: str) -> Any:
    import pyphen

    found = pyphen.language_fallback(lang.replace("-", "_"))
    return pyphen.Pyphen(lang=found) if found else None


def hyphen_positions(word: str, lang: str) -> list[int]:
    """Give where a word may be split with a hyphen: two letters before, three after."""
    dictionary = _dictionary(lang)
    letters = word.rstrip(".,;:!?)”’")
    if dictionary is None or len(letters) < 6 or not letters[1:].isalpha() or not letters[1:].islower():
        return []
    return [p for p in dictionary.positions(letters) if p >= 2 and len(letters) - p >= 3]


__all__ = ["MissingGlyph", "Typesetter"]
