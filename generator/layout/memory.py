"""What layout remembers of a document from one version to the next, for a process that lays it out again at every save.

In: parts of a document (the children of <body>), known by the identity of their styled trees, and the state that each is met in.
Out: boxes, slabs and pages as they were made from the same part in the same state; else nothing, and they are made anew. What a part
leads to besides (leaves and counters counted, margins and breaks pending) is part of the state behind it. A part that shows pages'
numbers, or rasters, which the file must be told of, is never taken from memory further than it may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.layout.boxes import InlineBox, PageReference, Run
from generator.layout.galley import Decor
from generator.layout.pages import Node
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.layout.boxes import Box
    from generator.layout.build import Builder
    from generator.layout.build import Context as Outer
    from generator.layout.flow import Flow
    from generator.layout.galley import Galley, Mark, Slab, State
    from generator.layout.pages import Fragment, Link, Page, Widget
    from generator.layout.paginate import PageCut
    from generator.style.cascade import Styled
    from generator.style.kept import KeptStyles


class _Built(NamedTuple):
    """A part's box, with what was known before and after it."""

    part: Styled
    before: tuple[Any, ...]
    box: Box
    kids: tuple[Node | int, ...]
    after: tuple[Any, ...]


class _Flowed(NamedTuple):
    """A part's slabs."""

    box: Box
    before: tuple[Any, ...]
    slabs: list[Slab]
    decors: list[Decor]  # counted from the first of the slabs
    after: State


class Body(NamedTuple):
    """What flows on a page, with what its identities rest on."""

    fragments: list[Fragment]
    links: list[Link]
    widgets: list[Widget]
    marks: list[tuple[float, float, Mark]]
    alive: tuple[Any, ...]


class Memory:
    """One document's."""

    def __init__(self, styles: KeptStyles) -> None:
        """Take the parts."""
        self._styles = styles
        self._built: dict[int, _Built] = {}
        self._built_before: dict[int, _Built] = {}
        self._flowed: dict[int, _Flowed] = {}
        self._pages: dict[Any, Body] = {}
        self._pages_before: dict[Any, Body] = {}
        self._margins: dict[Any, list[Fragment]] = {}
        self._margins_before: dict[Any, list[Fragment]] = {}
        self._parts: set[int] = set()
        self._heads: set[int] = set()
        self.leaves = 0  # numbers taken

    def begin(self) -> None:
        """Begin another version; what the one before last left is let go."""
        self._built_before, self._built = self._built, {}
        self._pages_before, self._pages = self._pages, {}
        self._margins_before, self._margins = self._margins, {}
        boxes = {id(known.box) for known in self._built_before.values()}
        self._flowed = {key: known for key, known in self._flowed.items() if key in boxes}
        self._parts, self._heads = set(), set()

    # -- boxes

    def built(self, builder: Builder, part: Styled, context: Outer) -> Box | None:
        """Give a part's box, as it was or made now; None for what is no part."""
        if context.node is None or not self._styles.has(part):
            return None
        box = self._taken(builder, part, context, lambda: builder.block(part, context))
        if id(part) in self._built:
            self._parts.add(id(box))
        return box

    def running(self, builder: Builder, part: Styled, context: Outer) -> Box | None:
        """Give the box of a running head or foot, as it was or made now; None for what is no part."""
        if context.node is None or not self._styles.has(part):
            return None
        box = self._taken(builder, part, context, lambda: builder.running(part, part.style.position[1], context))
        if id(part) in self._built and not any(map(_refers, _boxes(box))):
            self._heads.add(id(box.children[0]))
        return box

    def _taken(self, builder: Builder, part: Styled, context: Outer, build: Callable[[], Box]) -> Box:
        """Give a part's box, and leave the builder as building it does."""
        parent = context.node or Node("")
        before = _state(builder, context, parent)
        known = self._built_before.get(id(part))
        if known is None or known.before != before:
            count = len(parent.kids)
            box = build()
            known = _Built(part, before, box, tuple(parent.kids[count:]), _state(builder, context, parent))
            if any(inner.picture is not None and inner.picture.key for inner in _boxes(box)):
                return box
        else:
            parent.kids += known.kids
            builder.fresh, builder.anchor, levels, counters, *_ = known.after
            builder.levels = list(levels)
            builder.counters.take_up(counters)
        self._built[id(part)] = known
        return known.box

    # -- slabs

    def is_part(self, box: Box) -> bool:
        """Tell whether this is the box of a part."""
        return id(box) in self._parts

    def flowed(self, flow: Flow, box: Box, x: float, width: float) -> bool:
        """Add a part's slabs as they were; tell whether that could be done."""
        known = self._flowed.get(id(box))
        if known is None or known.before != _place(flow, x, width):
            return False
        galley = flow.builder.galley
        base = len(galley.slabs)
        galley.slabs += known.slabs
        galley.decors += [Decor(base + d.start, base + d.end, d.x, d.width, d.box, d.absolutes) for d in known.decors]
        flow.builder.take_up(known.after)
        return True

    def note(self, flow: Flow, box: Box, x: float, width: float) -> None:
        """Set a part, and remember how."""
        builder, before = flow.builder, _place(flow, x, width)
        slabs, decors = len(builder.galley.slabs), len(builder.galley.decors)
        flow.unremembered(box, x, width)
        made = builder.galley.slabs[slabs:]
        quiet = before is not None and not builder.marks and not flow.markers
        if quiet and not any(s.stretch or s.optional or s.sinks for s in made) and not any(inner.waits for inner in _boxes(box)):
            inside = [Decor(d.start - slabs, d.end - slabs, d.x, d.width, d.box, d.absolutes) for d in builder.galley.decors[decors:]]
            self._flowed[id(box)] = _Flowed(box, before or (), made, inside, builder.state())

    # -- pages

    def page_key(self, galley: Galley, cut: PageCut) -> Any:
        """Give what a page's content rests on: its slabs and the boxes around them, each the very same."""
        slabs = galley.slabs[cut.start : cut.stop]
        around = [
            (id(d.box), max(d.start, cut.start) - cut.start, min(d.end, cut.stop) - cut.start, d.start >= cut.start, d.end <= cut.stop,
             d.x, d.width)
            for d in galley.decors if d.start < cut.stop and d.end > cut.start and d.end > d.start
        ]  # fmt: skip
        repeated = tuple(map(id, slabs[0].repeat)) if cut.start else ()
        return cut.name, cut.scale, tuple(map(id, slabs)), tuple(around), repeated

    def page(self, key: Any) -> Body | None:
        """Give a page's content as it was."""
        found = self._pages_before.get(key)
        if found is not None:
            self._pages[key] = found
        return found

    def margin_key(self, name: str, running: dict[str, Box], lang: str, number: str) -> Any:
        """Give what a page's running head and foot rest on; None where one of them is not remembered, or shows another page's number."""
        if any(id(box) not in self._heads for box in running.values()):
            return None
        return name, tuple((key, id(box)) for key, box in running.items()), lang, number

    def margins(self, key: Any) -> list[Fragment] | None:
        """Give what stood in a page's margin boxes."""
        found = self._margins_before.get(key)
        if found is not None:
            self._margins[key] = found
        return found

    def keep_margins(self, key: Any, fragments: list[Fragment]) -> None:
        """Remember what stands in a page's margin boxes."""
        if key is not None:
            self._margins[key] = fragments

    def keep_page(self, key: Any, page: Page, marks: list[tuple[float, float, Mark]], slabs: list[Slab], decors: list[Decor]) -> None:
        """Remember a page's content, and keep alive what its key names."""
        self._pages[key] = Body(list(page.fragments), list(page.links), list(page.widgets), marks, (slabs, [d.box for d in decors]))


def _state(builder: Builder, context: Outer, parent: Node) -> tuple[Any, ...]:
    """Give all that a part is built from besides itself; the first four are what building changes.

    Leaves are not among it: their numbers go on from one version to the next, so that no two parts ever have the same.
    """
    merges = bool(parent.kids) and isinstance(parent.kids[-1], int)
    return (builder.fresh, builder.anchor, tuple(builder.levels), builder.counters.state(), merges, parent.role,
            context._replace(node=None))  # fmt: skip


def _place(flow: Flow, x: float, width: float) -> tuple[Any, ...] | None:
    """Give all that a part's slabs rest on besides its box; None where something waits to be put on them."""
    if flow.builder.marks or flow.markers:
        return None
    return (x, width, *flow.builder.state())


def _refers(box: Box) -> bool:
    """Tell whether a paragraph shows the number of a page that it names."""
    return any(isinstance(i, Run) and isinstance(i.text, PageReference) and bool(i.text.target) for i in box.inlines)


def _boxes(box: Box) -> Iterator[Box]:
    """Give a box and all that are in it, out of the flow too."""
    yield box
    for inner in (*box.children, *box.absolutes, *(i.box for i in box.inlines if isinstance(i, InlineBox))):
        yield from _boxes(inner)
