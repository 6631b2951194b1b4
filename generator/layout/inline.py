"""Paragraphs: inline content of a box into lines, and each line into items on a slab.

In: a box with `inlines` and a measure in points. Out: lines, their heights and baselines, and the items to
paint (glyphs, link areas, underlines, pictures). Knows nothing of pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import LayoutError
from generator.layout.boxes import InlineBox, PageReference, Run
from generator.layout.galley import Frame, Glyphs, Hot, Item, Mark, Tag
from generator.layout.watch import columns_of
from generator.plain import dataclass
from generator.style.computed import used
from generator.text.types import Atom, Setting, Span
from generator.text.typesetter import MissingGlyph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.layout.boxes import Box
    from generator.layout.context import Context
    from generator.layout.watch import Extents, Watched
    from generator.text.types import Line, Piece

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class LongWord(LayoutError):
    """A word of a client's is longer than its line; the message does not repeat it."""


@dataclass(slots=True, eq=False, repr=False)
class AtomBox:
    """An inline box, set: size in points, how far its top stands above the baseline, items from its top left."""

    width: float
    height: float
    above: float
    items: list[Item]


@dataclass(slots=True, eq=False, repr=False)
class SetParagraph:
    """A paragraph's lines with all that painting them needs."""

    box: Box
    lines: tuple[Line, ...]
    atoms: dict[int, AtomBox]
    leading: float
    baseline: float  # from the top of a plain line
    plain: bool  # all runs alike: every line has the same height
    watched: Watched | None = None


class ParagraphSetter:
    """Sets paragraphs for one document."""

    def __init__(self, context: Context, set_atom: Callable[[InlineBox, float], AtomBox]) -> None:
        """Take the shared context and the way to lay out an inline box."""
        self.context = context
        self.set_atom = set_atom

    def set(self, box: Box, width: float) -> SetParagraph:
        """Break a box's inline content into lines of `width` points. Raises LayoutError for what does not fit."""
        atoms = {i: self.set_atom(item, width) for i, item in enumerate(box.inlines) if isinstance(item, InlineBox)}
        lines = box.set_lines.get(width) if not box.waits else None
        if lines is None:
            lines = self._lines(box, atoms, width)
            box.set_lines[width] = lines
        paragraph = self._paragraph(box, lines, atoms)
        watch = self.context.watch
        if watch is not None and (watched := watch.note(self, box, width)) is not None:
            watched.extents = self.extents(paragraph)
            paragraph.watched = watched
        return paragraph

    def anew(self, box: Box, width: float) -> SetParagraph:
        """Set a watched paragraph again, for other values; what was set before is left alone."""
        return self._paragraph(box, self._lines(box, {}, width), {})

    def extents(self, paragraph: SetParagraph) -> Extents:
        """Give each line's height and baseline, and the anchors in it."""
        anchors = {tag: item.anchor for tag, item in enumerate(paragraph.box.inlines) if isinstance(item, Run) and item.anchor}
        if paragraph.plain and not anchors:
            return ((paragraph.leading, paragraph.baseline, ()),) * len(paragraph.lines)
        out = []
        for line in paragraph.lines:
            height, baseline = (paragraph.leading, paragraph.baseline) if paragraph.plain else self._extent(paragraph, line)
            out.append((height, baseline, tuple(anchors[piece.tag] for piece in line.pieces if piece.tag in anchors)))
        return tuple(out)

    def _paragraph(self, box: Box, lines: tuple[Line, ...], atoms: dict[int, AtomBox]) -> SetParagraph:
        style = box.style
        metrics = self.context.typesetter.metrics(self.context.text_style(style, self._lang(box)))
        baseline = (style.leading - metrics.ascent - metrics.descent) / 2 + metrics.ascent
        return SetParagraph(box, lines, atoms, style.leading, baseline, not atoms and self._uniform(box))

    def measure(self, box: Box) -> tuple[float, float]:
        """Give the narrowest and the widest measure of a paragraph, in points."""
        if self.context.watch is not None:
            self.context.watch.note(self, box, 1e6, measured=True)
        atoms = {i: self.set_atom(item, 1e6) for i, item in enumerate(box.inlines) if isinstance(item, InlineBox)}
        with self._positions(box):
            return self.context.typesetter.measure(self._spans(box, atoms), setting_of(box, 1e6))

    def _lines(self, box: Box, atoms: dict[int, AtomBox], width: float) -> tuple[Line, ...]:
        with self._positions(box):
            lines = self.context.typesetter.set(self._spans(box, atoms), setting_of(box, width), width)
        for line in lines:
            if line.width > width + 0.01:
                word = _whole(max(line.text.split() or [line.text], key=len), box)
                over = line.width - width
                if self.context.watch is not None and columns_of(box):
                    raise LongWord(f"a word is {over:.0f} pt longer than its line", self.context.position(box.line, ""),
                                   "shorten it, or let it split with overflow-wrap: anywhere")  # fmt: skip
                raise self.context.fail(f"“{word}” is {max(over, 1):.0f} pt longer than its line", box.line,
                                        "shorten it, or let it split with overflow-wrap: anywhere", word)  # fmt: skip
        return lines

    def _positions(self, box: Box) -> _Positioned:
        return _Positioned(self.context, box)

    def _lang(self, box: Box) -> str:
        first = box.inlines[0]
        return first.lang

    def _uniform(self, box: Box) -> bool:
        style = box.style
        return all(
            i.style is style or (i.style.font_size <= style.font_size and i.style.leading <= style.leading
                                 and not i.rise)
            for i in box.inlines
            if isinstance(i, Run)
        )  # fmt: skip

    def _spans(self, box: Box, atoms: dict[int, AtomBox]) -> list[Span | Atom]:
        spans: list[Span | Atom] = []
        text_style = self.context.text_style
        for tag, item in enumerate(box.inlines):
            if isinstance(item, InlineBox):
                spans.append(Atom(atoms[tag].width, tag))
                continue
            text = self.context.resolve(item.text) if isinstance(item.text, PageReference) else item.text
            if self.context.watch is not None:
                text = self.context.watch.words(text, rtl=box.style.rtl)
            spans.append(Span(text, text_style(item.style, item.lang), tag, item.nowrap, item.rise))
        return spans

    # -- painting

    def line_items(self, paragraph: SetParagraph, line: Line, x: float) -> tuple[float, float, list[Item]]:
        """Give a line's height, its baseline from the top, and its items; `x` is the line box's left edge."""
        height, baseline, items = self._line_items(paragraph, line, x)
        if paragraph.watched is not None:
            at = next(number for number, known in enumerate(paragraph.lines) if known is line)
            tag = Tag(paragraph.watched, at, x, opens=True)
            items = [(0.0, 0.0, tag), *items, (0.0, 0.0, tag._replace(opens=False))]
        return height, baseline, items

    def _line_items(self, paragraph: SetParagraph, line: Line, x: float) -> tuple[float, float, list[Item]]:
        height, baseline = paragraph.leading, paragraph.baseline
        if not paragraph.plain:
            height, baseline = self._extent(paragraph, line)
        items: list[Item] = []
        for tag, pieces in _grouped(line):
            item = paragraph.box.inlines[tag]
            if isinstance(item, InlineBox):
                self._paint_atom(paragraph.atoms[tag], x + pieces[0].x, baseline, items)
            else:
                items.append((x, baseline, Glyphs(tuple(pieces), item.style.color, item.content)))
                self._decorate(item, pieces, x, baseline, items)
            if item.link is not None:
                left, right = _ink(pieces)
                items.append((x + left, 0.0, Hot(right - left, height, item.link)))
            if isinstance(item, Run) and item.anchor:
                items.append((x, 0.0, Mark(item.anchor)))
        return height, baseline, items

    def _paint_atom(self, atom: AtomBox, x: float, baseline: float, items: list[Item]) -> None:
        top = baseline - atom.above
        items.extend((x + ix, top + iy, payload) for ix, iy, payload in atom.items)

    def _decorate(self, run: Run, pieces: list[Piece], x: float, baseline: float, items: list[Item]) -> None:
        style = run.style
        ground = style.background_color if style.display == "inline" else None  # a block paints its own, behind all its lines
        if not style.text_decoration_line and ground is None:
            return
        start, stop = _ink(pieces)
        left, width = x + start, stop - start
        if ground is not None:
            tall = style.font_size * 1.25
            items.insert(0, (left - 2, baseline - style.font_size * 0.95, Frame(width + 4, tall, ground)))
        thickness = max(0.5, style.font_size * 0.055)
        for kind in style.text_decoration_line:
            y = baseline + (style.font_size * 0.13 if kind == "underline" else -style.font_size * 0.28)
            items.append((left, y, Frame(width, thickness, style.color)))

    def _extent(self, paragraph: SetParagraph, line: Line) -> tuple[float, float]:
        """Height and baseline of a line whose runs differ (CSS 2, 10.8)."""
        above, below = paragraph.baseline, paragraph.leading - paragraph.baseline
        for piece in line.pieces:
            item = paragraph.box.inlines[piece.tag]
            if isinstance(item, InlineBox):
                atom = paragraph.atoms[piece.tag]
                top, bottom = atom.above, atom.height - atom.above
            else:
                metrics = self.context.typesetter.metrics(self.context.text_style(item.style, item.lang))
                half = (item.style.leading - metrics.ascent - metrics.descent) / 2
                top, bottom = half + metrics.ascent + piece.rise, half + metrics.descent - piece.rise
            above, below = max(above, top), max(below, bottom)
        return above + below, above


class _Positioned:
    """Gives the typographer's errors their place in the handout."""

    def __init__(self, context: Context, box: Box) -> None:
        self.context = context
        self.box = box

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Raise a missing glyph again, with file and line."""
        if isinstance(error, MissingGlyph) and error.position is None:
            raise self.context.fail(error.message, self.box.line, error.hint, error.character) from error


def setting_of(box: Box, width: float) -> Setting:
    """Give how a box's paragraph is to be broken."""
    style = box.style
    wrap = "normal" if style.text_wrap in ("wrap", "nowrap") else style.text_wrap
    return Setting(
        align=style.text_align,
        wrap=wrap,
        indent=used(style.text_indent, width),
        rtl=style.rtl,
        hyphens=style.hyphens == "auto",
        phrases=wrap == "balance" or box.tag in HEADINGS,
        preserve=style.white_space in ("pre", "pre-wrap"),
        anywhere=frozenset(
            i for i, item in enumerate(box.inlines) if isinstance(item, Run) and item.style.overflow_wrap == "anywhere"
        ),
    )


def _whole(part: str, box: Box) -> str:
    """Give the word that a part of it was cut from, as nothing can be done about a part."""
    words = " ".join(i.text for i in box.inlines if isinstance(i, Run) and isinstance(i.text, str)).split()
    return next((word for word in words if part in word), part)


def _ink(pieces: list[Piece]) -> tuple[float, float]:
    """Give where pieces begin and end, without a space that ends the line: it has no width."""
    drawn = [p for p in pieces if p.width] or pieces
    return min(p.x for p in drawn), max(p.x + p.width for p in drawn)


def _grouped(line: Line) -> Iterator[tuple[int, list[Piece]]]:
    """Yield runs of consecutive pieces with one tag."""
    tag = -1
    group: list[Piece] = []
    for piece in line.pieces:
        if piece.tag != tag and group:
            yield tag, group
            group = []
        tag = piece.tag
        group.append(piece)
    if group:
        yield tag, group
