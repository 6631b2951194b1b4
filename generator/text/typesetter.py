"""Paragraphs into lines: the typographer's front door.

In: spans, a `Setting` and a measure in points. Out: `Line`s. Total fit by default: the whole paragraph is weighed
before any line is ended. A word wider than the measure comes back as a line that is too wide; the caller says so.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from generator.text.breaking import icu_breaks
from generator.text.fitting import INFINITE, greedy, justified, ragged
from generator.text.languages import letters_of, script_of_language, typed_letters
from generator.text.lines import build_line
from generator.text.overlong import hyphen_positions, hyphenated, split_anywhere
from generator.text.segments import Segment, segment
from generator.text.shelf import Metrics, MissingGlyph, StyleShelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.text.catalogue import FontCatalogue
    from generator.text.face import Face, Word
    from generator.text.types import Atom, Line, Setting, Span, TextStyle

SLACK = (0.3, 1.0)
HYPHEN_COST = 0.04  # of the measure squared
LONELY_COST = 0.25
TYPED = "letters that are typed"
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

    def expect(self, style: TextStyle) -> None:
        """Get ready for text in a style: its face, and the breaks of its language. Raises BrandError for an unknown family."""
        self._shelf(style)
        if script_of_language(style.lang) != "Latn":
            icu_breaks(letters_of(style.lang)[:10], style.lang)

    def words(self, style: TextStyle, texts: Iterable[str]) -> list[tuple[Face, list[Word]]]:
        """Shape texts in a style's first face, its hyphen among them; what the face does not have is left out."""
        shelf = self._shelf(style)
        shaped = [s for text in texts if shelf.face.has(text) for s in shelf[text]]
        return [(shelf.face, [s.word for s in (*shaped, shelf.space, shelf.hyphen()) if s.face is shelf.face])]

    def letters(self, style: TextStyle) -> tuple[Face, tuple[Word, ...]]:
        """Give a style's first face, and a word for each letter that a reader of its language may type."""
        shelf = self._shelf(style)
        found: tuple[Word, ...] | None = shelf.kept.get(TYPED)
        if found is None:
            found = shelf.kept[TYPED] = tuple(shelf.face.alias(c, c) for c in typed_letters(style.lang, shelf.face.cmap))
        return shelf.face, found

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
        if any([s.width > width for s in segments]):  # noqa: C419 - a list is quicker
            segments = hyphenated(segments, width)
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
            segments, ends = split_anywhere(segments, ends, width, setting.anywhere)
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


__all__ = ["MissingGlyph", "Typesetter"]
