"""Block flow: a tree of boxes into a galley of slabs.

In: boxes and a width in points. Out: a `Galley`. Margins, padding, fixed heights, list markers, pictures,
tables, columns and what is written on are laid out by their own modules through this one. Knows nothing of where
pages end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout import beside, columns, picture, table, writing
from generator.layout.boxes import Box, InlineBox
from generator.layout.bullets import drop_of, indent_of
from generator.layout.galley import (
    FORBID,
    FORCE,
    LONE_LINE,
    Galley,
    GalleyBuilder,
    Glyphs,
    Item,
    Mark,
    Slab,
)
from generator.layout.inline import AtomBox, ParagraphSetter
from generator.layout.place import place
from generator.plain import replace
from generator.style.computed import changed, used
from generator.style.values import Percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.layout.boxes import Marker, Run
    from generator.layout.context import Context
    from generator.text.types import Line


class Flow:
    """Lays out the boxes of one document."""

    def __init__(self, context: Context) -> None:
        """Take the shared context."""
        self.context = context
        self.paragraphs = ParagraphSetter(context, self.atom)
        self.builder = GalleyBuilder()
        self.markers: list[tuple[Marker, float, float]] = []
        self._marker_lines: dict[tuple[object, ...], Line] = {}

    # -- entry points

    def galley(self, boxes: Sequence[Box], width: float, page: str = "") -> Galley:
        """Set boxes below each other at `width` points; nested calls are fine."""
        outer, markers = self.builder, self.markers
        self.builder, self.markers = GalleyBuilder(page), []
        try:
            for box in boxes:
                self.block(box, 0.0, width)
            return self.builder.finish()
        finally:
            self.builder, self.markers = outer, markers

    def inside(self, box: Box, width: float, page: str = "", *, columns: bool = False) -> Galley:
        """Set what a box holds, without the box's own margins, borders and padding."""
        outer, markers = self.builder, self.markers
        self.builder, self.markers = GalleyBuilder(page), []
        self.builder.columns = columns
        try:
            self._content(box, 0.0, width)
            return self.builder.finish()
        finally:
            self.builder, self.markers = outer, markers

    def items(self, galley: Galley, x: float = 0.0, y: float = 0.0) -> list[Item]:
        """Place a whole galley."""
        return place(galley, 0, len(galley.slabs), x, y, self.absolute)

    # -- blocks

    def block(self, box: Box, x: float, width: float) -> None:
        """Add a block-level box whose containing block starts at `x` and is `width` points wide."""
        if box.kind == "running":
            self.builder.marks.append((0.0, 0.0, Mark(box.heading, running=box.children[0])))
            return
        memory = self.context.memory
        if memory is not None and memory.is_part(box):
            if not memory.flowed(self, box, x, width):
                memory.note(self, box, x, width)
            return
        self.unremembered(box, x, width)

    def unremembered(self, box: Box, x: float, width: float) -> None:
        """Add a block-level box as if it had never been set."""
        builder, style = self.builder, box.style
        before = builder.page
        if style.page != before and style.page:
            builder.penalty(FORCE)
            builder.page = style.page
            width = self.context.page_style(style.page).content_width
        builder.break_rule(style.break_before)
        self._framed(box, x, width)
        builder.break_rule(style.break_after)
        if builder.page != before:
            builder.penalty(FORCE)
            builder.page = before

    def _framed(self, box: Box, x: float, width: float) -> None:
        builder, style = self.builder, box.style
        top, _, bottom, _ = (used(p, width) + b for p, b in zip(style.paddings, style.borders, strict=True))
        left, inner = self.horizontal(box, width)
        outer = inner + self.edges(box, width)
        if style.margin_top == "auto":
            builder.sinks = True
        else:
            builder.margin(used(style.margin_top, width))
        avoid = style.break_inside != "auto"
        if avoid:
            builder.begin_avoid()
        self._marks(box, x + left)
        framed = style.decorated or bool(box.absolutes) or style.position == "relative"
        decor = builder.open(box, x + left, outer) if framed else None
        count = len(builder.galley.slabs)
        if top:
            builder.kern(top)
            builder.penalty(FORBID)
        inner_x = x + left + used(style.padding_left, width) + style.borders[3]
        self._content(box, inner_x, inner)
        if top and len(builder.galley.slabs) == count + 1:
            builder.pending_penalty = 0.0  # a rule alone is not tied to what follows
        self._close(box, width, count, top, bottom, framed=framed)
        if decor is not None:
            builder.close(decor)
        if style.handouts_optional != "no" and self.context.page_style(builder.page).floor is None:  # a card gives way as a whole
            for slab in builder.galley.slabs[count:]:
                slab.optional = True
        if avoid:
            builder.end_avoid()
        builder.margin(used(style.margin_bottom, width))

    def _close(self, box: Box, width: float, count: int, top: float, bottom: float, *, framed: bool) -> None:
        """Fill a box up to its height and add its lower padding."""
        builder = self.builder
        filler = self._filler(box, width, count, top)
        if filler and box.style.align_content == "end" and not framed and len(builder.galley.slabs) > count:
            builder.galley.slabs[count].glue += filler
            filler = 0.0
        if filler or bottom:
            builder.penalty(FORBID)
            builder.kern(filler + bottom)
        elif framed and len(builder.galley.slabs) == count:
            builder.add(Slab(0.0, []))

    def _filler(self, box: Box, width: float, count: int, top: float) -> float:
        """Give what a box's content, the slabs from `count` on, lacks of the height that its style asks for."""
        height = self._height(box, width)
        if not height:
            return 0.0
        slabs = self.builder.galley.slabs[count:]
        so_far = sum([s.height + s.glue for s in slabs]) - top
        if slabs and not top:
            so_far -= slabs[0].glue
        return max(0.0, height - so_far)

    def _height(self, box: Box, width: float) -> float:
        style = box.style
        if style.height == "auto" and not style.min_height:
            return 0.0
        base = self.context.page_style(self.builder.page).content_height
        height = max(used(style.height, base), used(style.min_height, base))
        if height and style.box_sizing == "border-box":
            height -= used(style.padding_top, width) + used(style.padding_bottom, width) + style.borders[0] + style.borders[2]
        return max(0.0, height)

    def edges(self, box: Box, width: float) -> float:
        """Give the horizontal borders and padding of a box, in points."""
        style = box.style
        return used(style.padding_left, width) + used(style.padding_right, width) + style.borders[1] + style.borders[3]

    def horizontal(self, box: Box, width: float) -> tuple[float, float]:
        """Give a block's left offset and its content width (CSS 2, 10.3.3)."""
        style = box.style
        left, right = used(style.margin_left, width), used(style.margin_right, width)
        edges = self.edges(box, width)
        room = width - left - right - edges
        inner = room
        if style.width != "auto":
            inner = used(style.width, width) - (edges if style.box_sizing == "border-box" else 0)
        elif box.kind == "picture" and box.picture is not None:
            inner = min(picture.size_of(self, box, room)[0], room)
        if style.max_width != "none":
            inner = min(inner, used(style.max_width, width))
        spare = width - left - right - edges - inner
        if spare > 0:
            left_auto, right_auto = style.margin_left == "auto", style.margin_right == "auto"
            if left_auto or (style.rtl and not right_auto):
                left += spare / 2 if left_auto and right_auto else spare
        return left, max(0.0, inner)

    def _marks(self, box: Box, x: float) -> None:
        if box.anchor:
            self.builder.marks.append((x, 0.0, Mark(box.anchor)))
        if box.heading:
            self.builder.marks.append((x, 0.0, Mark("", box.style.bookmark_level, "" if box.style.bookmark_label == "page" else box.heading)))

    def _content(self, box: Box, x: float, width: float) -> None:
        """Add what is inside a box's padding."""
        style = box.style
        if box.marker is not None:
            self.markers.append((box.marker, x, width))
        if box.kind == "table":
            table.lay_out(self, box, x, width)
        elif box.kind == "picture":
            picture.lay_out(self, box, x, width)
        elif style.column_count > 1:
            columns.lay_out(self, box, x, width)
        elif style.handouts_lines[1] or box.control is not None:
            writing.lay_out(self, box, x, width)
        elif box.inlines:
            self._paragraph(box, x, width)
        else:
            before = -1
            for child in box.children:
                count = len(self.builder.galley.slabs)
                if child.style.handouts_beside != "yes" or count - before != 1 or not self._beside(child, x, width):
                    self.block(child, x, width)
                before = count
        if box.marker is not None and self.markers and self.markers[-1][0] is box.marker:
            self._lone_marker(box)

    def _beside(self, box: Box, x: float, width: float) -> bool:
        """Put a block onto the line before it, if it may stand there."""
        galley = self.galley([box], width, self.builder.page)
        if not beside.joined(self.builder.galley.slabs[-1], galley, x):
            return False
        self.builder.margin(galley.margin_after)
        return True

    # -- paragraphs

    def _paragraph(self, box: Box, x: float, width: float) -> None:
        paragraph = self.paragraphs.set(box, width)
        count = len(paragraph.lines)
        orphans, widows = box.style.orphans, box.style.widows
        add = self.builder.add
        for index, line in enumerate(paragraph.lines):
            height, baseline, items = self.paragraphs.line_items(paragraph, line, x)
            if self.markers and not index:
                self._place_markers(baseline, items)
            lone = 0 < index < orphans or (index and count - index < widows)
            add(Slab(height, items, penalty=LONE_LINE if lone else 0.0, line=box.line))

    def _place_markers(self, baseline: float, items: list[Item]) -> None:
        """Put the list markers that wait for a first line beside this one."""
        for position, (marker, x, room) in enumerate(self.markers):
            run = marker.run
            line = self._marker_line(run)
            start = min(p.x for p in line.pieces)
            indent = indent_of(marker, line.width)
            left = x + room + indent - line.width if run.style.rtl else x - indent
            low = baseline + drop_of(self.context, marker, line)
            items.insert(position, (left - start, low, Glyphs(line.pieces, run.style.color, run.content)))
        self.markers.clear()

    def _marker_line(self, run: Run) -> Line:
        """Set a marker; bullets are alike throughout a list."""
        key = (run.text, run.style, run.lang)
        found = self._marker_lines.get(key)
        if found is None:
            found = self._marker_lines[key] = self.paragraphs.set(Box("block", run.style, inlines=[run]), 1e6).lines[0]
        return found

    def _lone_marker(self, box: Box) -> None:
        """Give an empty list item a line of its own."""
        items: list[Item] = []
        metrics = self.context.typesetter.metrics(self.context.text_style(box.style, "en"))
        baseline = (box.style.leading - metrics.ascent - metrics.descent) / 2 + metrics.ascent
        self._place_markers(baseline, items)
        self.builder.add(Slab(box.style.leading, items, line=box.line))

    # -- boxes inside lines, and out of the flow

    def atom(self, item: InlineBox, width: float) -> AtomBox:
        """Set an inline picture or inline block."""
        watch = self.context.watch
        if watch is None:
            return self._atom(item, width)
        watch.inside += 1
        try:
            return self._atom(item, width)
        finally:
            watch.inside -= 1

    def _atom(self, item: InlineBox, width: float) -> AtomBox:
        box = item.box
        style = box.style
        if box.kind == "picture":
            wide, high = picture.size_of(self, box, width)
            items: list[Item] = [(0.0, 0.0, picture.painted(box, wide, high))]
        else:
            wide, high, items = self._inline_block(box, width)
        left, right = used(style.margin_left, width), used(style.margin_right, width)
        above = high
        if style.vertical_align == "middle":
            metrics = self.context.typesetter.metrics(self.context.text_style(style, item.lang))
            above = high / 2 + metrics.cap_height / 2
        elif isinstance(style.vertical_align, float):
            above = high + style.vertical_align
        elif box.kind != "picture":
            above = first_baseline(items, high)
        return AtomBox(left + wide + right, high, above, [(ix + left, iy, p) for ix, iy, p in items])

    def _inline_block(self, box: Box, width: float) -> tuple[float, float, list[Item]]:
        edges = self.edges(box, width)
        inner = min(self.shrink(box, width - edges), width - edges)
        galley = self.galley([box], inner + edges)
        return inner + edges, galley.height(), self.items(galley)

    def shrink(self, box: Box, width: float) -> float:
        """Give the shrink-to-fit content width (CSS 2, 10.3.5)."""
        style = box.style
        if style.width != "auto":
            return used(style.width, width)
        least, most = self.extremes(box, width)
        return max(least, min(most, width))

    def extremes(self, box: Box, width: float) -> tuple[float, float]:
        """Give a box's narrowest and widest content width, in points."""
        if box.kind == "picture":
            wide = picture.size_of(self, box, width)[0]
            return wide, wide
        if box.control is not None:
            return writing.extremes(box)
        if box.inlines:
            return self.paragraphs.measure(box)
        least = most = line = 0.0
        for child in box.children:
            if child.kind == "running":
                continue
            style = child.style
            around = self.edges(child, width) + used(style.margin_left, width) + used(style.margin_right, width)
            low, high = self.extremes(child, width)
            if style.width != "auto" and not isinstance(style.width, Percent):
                low = high = used(style.width, width)
            high += line + beside.APART if style.handouts_beside == "yes" and line else 0.0
            least, most, line = max(least, low + around), max(most, high + around), high + around
        return least, most

    def absolute(self, box: Box, x: float, y: float, width: float, height: float) -> list[Item]:
        """Place an absolutely positioned box in its containing block's padding box (CSS 2, 10.3.7 and 10.6.4)."""
        style = box.style
        left, right = _inset(style.left, width), _inset(style.right, width)
        if style.height == "auto" and style.top != "auto" and style.bottom != "auto":
            box = _stretched(box, height - used(style.top, height) - used(style.bottom, height))
        edges = self.edges(box, width)
        around = edges + used(style.margin_left, width) + used(style.margin_right, width)
        room = width - (left or 0.0) - (right or 0.0) - around
        if style.width == "auto" and (left is None or right is None):
            inner = min(self.shrink(box, room), max(room, 0.0))
        else:
            inner = room if style.width == "auto" else used(style.width, width)
        galley = self.galley([box], inner + around)
        high = galley.height() + galley.margin_after + (galley.slabs[0].glue if galley.slabs else 0.0)
        if left is None:
            left = width - right - inner - around if right is not None else (
                width - inner - around if style.rtl else 0.0)  # fmt: skip
        top, bottom = _inset(style.top, height), _inset(style.bottom, height)
        if top is None:
            top = height - bottom - high if bottom is not None else 0.0
        lead = galley.slabs[0].glue if galley.slabs else 0.0
        return self.items(galley, x + left, y + top + lead)


def first_baseline(items: list[Item], default: float) -> float:
    """Give the y of the first text in a list of items."""
    return min((y for _, y, payload in items if isinstance(payload, Glyphs)), default=default)


def _stretched(box: Box, height: float) -> Box:
    """Give a positioned box that reaches from its top inset to its bottom one."""
    return replace(box, style=changed(box.style, height=height, box_sizing="border-box"))


def _inset(value: object, base: float) -> float | None:
    return None if value == "auto" else used(value, base)  # type: ignore[arg-type]
