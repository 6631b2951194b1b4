"""Paragraphs into lines: the typographer's front door.

In: spans, a `Setting` and a measure in points. Out: `Line`s. Total fit by default: the whole paragraph is weighed
before any line is ended. A word wider than the measure comes back as a line that is too wide; the caller says so.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from generator.text.breaking import icu_breaks
from generator.text.costs import penalties, strictly
from generator.text.fitting import HAIR, greedy, justified, ragged
from generator.text.languages import letters_of, script_of_language, typed_letters
from generator.text.lines import build_line
from generator.text.overlong import hyphen_positions, hyphenated, split_anywhere
from generator.text.segments import segment
from generator.text.shelf import Metrics, MissingGlyph, StyleShelf
from generator.text.types import Setting, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.text.catalogue import FontCatalogue
    from generator.text.face import Face, Word
    from generator.text.parts import Segment
    from generator.text.types import Atom, Line, TextStyle

SLACK = (0.3, 1.0)
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

    def rehearse(self, style: TextStyle, text: str, tag: int = 0) -> None:
        """Shape the words of a text that is still to come; what no font has is told when it comes."""
        with suppress(MissingGlyph):
            segment([Span(text, style, tag)], Setting(), self._shelf_of, None)

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

    def sets(self, style: TextStyle, family: str) -> bool:
        """Tell whether a style's language is set in a family."""
        wanted, shelf = letters_of(style.lang), self._shelf(style)
        face = (
            next((f for f in shelf.chain(script_of_language(style.lang)) if f.has(wanted)), shelf.face)
            if wanted
            else shelf.face
        )
        return face.spec.path in (file.path for file in self.catalogue.find(family).files)

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
        wide = any([s.width > width + HAIR for s in segments])  # noqa: C419 - a list is quicker
        if wide:
            segments = hyphenated(segments, width, setting.anywhere)
        fit = _Fit(segments, setting, width)
        ends = fit.whole() or fit.ends(width, SLACK[setting.phrases])  # a title's lines end by sense first
        if ends is None and setting.hyphens:
            finer = segment(inlines, setting, self._shelf_of, hyphen_positions)
            if not any(s.hard for s in finer[:-1]):
                segments, fit = finer, _Fit(finer, setting, width)
            ends = fit.ends(width, SLACK[1])
        if ends is None:
            ends = fit.ends(width, SLACK[1]) or fit.greedy(width)
        if setting.wrap == "balance" and len(ends) > 2:
            ends = fit.balanced(ends)
        if setting.anywhere or wide:
            segments, ends = split_anywhere(segments, ends, width, setting.anywhere)
        return [
            build_line(segments[a:b], setting, width, first=not a, last=ending and b == len(segments))
            for a, b in pairwise(ends)
        ]


class _Fit:
    """One paragraph, weighed once: where its lines may end at any measure up to the full one."""

    def __init__(self, segments: list[Segment], setting: Setting, width: float) -> None:
        """Measure the segments; what ending a line costs is worked out when it is first asked for."""
        self.segments, self.setting, self.width = segments, setting, width
        self.starts, self.edges = _edges(segments)
        self.costs: dict[int, float] | None = None

    def whole(self) -> list[int] | None:
        """Give the ends of a paragraph of a single line; None for a longer one."""
        if self.edges[-1] - self.starts[0] <= self.width - self.setting.indent + HAIR:
            return [0, len(self.segments)]
        return None

    def ends(self, width: float, slack: float) -> list[int] | None:
        """Choose the line ends that cost least."""
        segments, setting = self.segments, self.setting
        if self.costs is None:
            self.costs = penalties(segments, setting, self.width)
        if setting.align == "justify":
            spaces = list(accumulate((1 if s.glue else 0 for s in segments), initial=0))
            space = next((s.glue for s in segments if s.glue), 1.0)
            return justified(self.starts, self.edges, spaces, width, space, self.costs, setting.indent)
        return ragged(self.starts, self.edges, width, slack * width, self.costs, setting.indent)

    def greedy(self, width: float) -> list[int]:
        """Fill one line after the other."""
        return greedy(self.starts, self.edges, width, self.setting.indent, self.costs or {})

    def balanced(self, ends: list[int]) -> list[int]:
        """Find the narrowest measure that takes no more lines than are needed, and fill it evenly; lines end badly only if they must."""
        count, costs = min(len(ends), len(self.greedy(self.width))), self.costs
        for self.costs in strictly(costs) if costs else ():
            strict = self.ends(self.width, SLACK[1])
            if strict is not None and len(strict) <= count:
                ends = strict
                break
        else:
            self.costs = costs
        low, high = self.width / (count - 1) * 0.6, self.width
        for _ in range(12):
            middle = (low + high) / 2
            found = self.ends(middle, SLACK[1])
            if found is not None and len(found) <= count:
                ends, high = found, middle
            else:
                low = middle
        return ends


def _paragraphs(segments: list[Segment]) -> list[list[Segment]]:
    """Cut at forced breaks."""
    if not [s for s in segments if s.hard]:
        return [segments] if segments else []
    out: list[list[Segment]] = [[]]
    for item in segments:
        out[-1].append(item)
        if item.hard:
            out.append([])
    return [p for p in out if p]


def _edges(segments: list[Segment]) -> tuple[list[float], list[float]]:
    """Give where each segment starts, and where a line would end behind it (its hyphen counted in), if it begins or ends a line."""
    starts = list(accumulate([s.width + s.glue for s in segments], initial=0.0))
    edges = [0.0, *[a + s.width for a, s in zip(starts, segments, strict=False)]]
    for index in [i for i, s in enumerate(segments) if s.changes]:
        item = segments[index]
        if item.soft:
            shelf = item.parts[-1].shelf if item.parts and item is not segments[-1] else None
            edges[index + 1] += shelf.hyphen().width if shelf is not None else 0.0
        if item.trims is not None:
            first, final = item.trims
            starts[index] += item.parts[0].width - first.width if first is not None else 0.0
            edges[index + 1] -= item.parts[-1].width - final.width if final is not None else 0.0
    return starts, edges


__all__ = ["MissingGlyph", "Typesetter"]
