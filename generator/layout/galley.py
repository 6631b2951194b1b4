"""The galley: content set at one width and not yet cut into pages, as a list of unbreakable slabs.

It is TeX's vertical list in plain data: a slab has a height, the items on it, the glue above it (dropped at
the top of a page) and the penalty of breaking before it. Decors are the boxes around slabs (backgrounds,
borders, positioned children); they open at one slab and close after another, and may be cut by a page.
Knows nothing of how content was set, nor of pages.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from generator.plain import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.layout.boxes import Box, Control, LinkTarget
    from generator.layout.pages import Colour, Shape
    from generator.layout.watch import Watched
    from generator.style.computed import Style
    from generator.text.face import Face, Word
    from generator.text.types import Piece

FORBID = float("inf")
FORCE = float("-inf")
AVOID = 1e6
LONE_LINE = 1e5  # a widow or an orphan

Item = tuple[float, float, Any]
"""x from the galley's left edge, y from the slab's top (both points), and one of the payloads below."""


class Glyphs(NamedTuple):
    """Pieces of one line with one colour and content leaf; the item's y is the baseline."""

    pieces: tuple[Piece, ...]
    colour: Colour
    content: int


class Frame(NamedTuple):
    """A rectangle with fill and borders, as `pages.Box` has them."""

    width: float
    height: float
    fill: Colour | None
    style: Style | None = None
    top: bool = True
    bottom: bool = True


class Vector(NamedTuple):
    """A vector picture scaled to its place."""

    shapes: tuple[Shape, ...]
    viewbox: tuple[float, float, float, float]
    width: float
    height: float
    content: int
    mirror: bool = False


class Photo(NamedTuple):
    """A raster picture."""

    key: str
    width: float
    height: float
    content: int


class Hot(NamedTuple):
    """The area of a link."""

    width: float
    height: float
    link: LinkTarget


class Ink(NamedTuple):
    """What is typed with: a face, the words that hold every letter a font for it must have, and a size in points."""

    face: Face
    words: tuple[Word, ...]
    size: float


class Blank(NamedTuple):
    """The area of a form field; `ink` for one to type into."""

    width: float
    height: float
    control: Control
    colour: Colour
    ink: Ink | None
    rtl: bool


class Mark(NamedTuple):
    """A place to remember: an anchor (`name`), a bookmark (`level`, `title`), a running element (`box`)."""

    name: str = ""
    level: int = 0
    title: str = ""
    running: Box | None = None


class Tag(NamedTuple):
    """Before (`opens`) and behind the items of a line of a watched paragraph; `x` is the left edge that its items start from."""

    watched: Watched
    line: int
    x: float
    opens: bool
    content: int | None = None  # what became of the content of all that stands between, where it is an artifact now


class ClipTo(NamedTuple):
    """Begin clipping to a rounded rectangle; `width` None ends it."""

    width: float | None = None
    height: float = 0.0
    radii: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(slots=True, eq=False, repr=False)
class Slab:
    """An unbreakable slice of the galley."""

    height: float
    items: list[Item]
    glue: float = 0.0
    penalty: float = 0.0
    page: str = ""  # name of the page it must stand on
    repeat: tuple[Slab, ...] = ()  # a table's head, set again when a page begins here
    line: int = 0
    stretch: int = 0  # writing lines that may still be added here
    leading: float = 0.0  # their distance
    optional: bool = False  # it is left out where it would cost a page
    sinks: bool = False  # what is left of its page goes above it


@dataclass(slots=True, eq=False, repr=False)
class Decor:
    """A box around slabs `start` to `end` (exclusive)."""

    start: int
    end: int
    x: float
    width: float
    box: Box
    absolutes: list[Box] = field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class Galley:
    """The finished list. Heights are in points."""

    slabs: list[Slab] = field(default_factory=list)
    decors: list[Decor] = field(default_factory=list)
    margin_after: float = 0.0  # collapsed margin that stands below the last slab
    _reach: list[int] = field(default_factory=list)  # by decor: the furthest end of it and those before

    def decors_from(self, start: int) -> Iterator[Decor]:
        """Give the boxes from the first one that reaches beyond slab `start`: a long document has thousands before. It must be finished."""
        if len(self._reach) != len(self.decors):
            self._reach = list(accumulate([d.end for d in self.decors], max))
        return map(self.decors.__getitem__, range(bisect_right(self._reach, start), len(self.decors)))

    def height(self, scale: float = 1.0) -> float:
        """Give the height when nothing is cut; the first slab's glue is left out."""
        slabs = self.slabs
        if not slabs:
            return 0.0
        return sum(s.height for s in slabs) + scale * (sum(s.glue for s in slabs) - slabs[0].glue)


class State(NamedTuple):
    """Where a builder is, marks aside."""

    glue: float
    negative: float
    penalty: float
    page: str
    columns: bool
    avoid_active: int
    avoid_fresh: int


class GalleyBuilder:
    """Adds slabs, with the rules that join them: collapsed margins, break penalties, boxes around."""

    def __init__(self, page: str = "") -> None:
        """Start an empty galley for the page named `page`."""
        self.galley = Galley()
        self.pending_glue = 0.0
        self.pending_negative = 0.0
        self.pending_penalty = 0.0
        self.marks: list[Item] = []
        self.page = page
        self.sinks = False  # the next slab
        self.columns = False  # inside a multi-column box
        self._avoid_active = 0
        self._avoid_fresh = 0

    def state(self) -> State:
        """Give what the next slab depends on."""
        return State(self.pending_glue, self.pending_negative, self.pending_penalty, self.page, self.columns, self._avoid_active,
                     self._avoid_fresh)  # fmt: skip

    def take_up(self, state: State) -> None:
        """Go on from a state."""
        (self.pending_glue, self.pending_negative, self.pending_penalty, self.page, self.columns, self._avoid_active,
         self._avoid_fresh) = state  # fmt: skip

    def margin(self, size: float) -> None:
        """Add a margin; adjoining ones collapse (CSS 2, 8.3.1)."""
        if size > self.pending_glue:
            self.pending_glue = size
        elif size < self.pending_negative:
            self.pending_negative = size

    def break_rule(self, rule: str) -> None:
        """Add a break-before or break-after value for the boundary here."""
        if rule == "auto":
            return
        if rule == "column" and not self.columns:
            return
        if rule.startswith("avoid"):
            self.penalty(AVOID)
        else:
            self.penalty(FORCE)

    def penalty(self, value: float) -> None:
        """Add a penalty for the boundary here, each reason its own: a forced break wins over all but a forbidden one."""
        now = self.pending_penalty
        if now in (FORCE, FORBID):
            self.pending_penalty = FORBID if value == FORBID else now
        else:
            self.pending_penalty = value if value in (FORCE, FORBID) else now + value

    def add(self, slab: Slab) -> Slab:
        """Append a slab below what is there."""
        slab.glue += self.pending_glue + self.pending_negative
        if self._avoid_active:
            self.penalty(self._avoid_active * AVOID)
        penalty = self.pending_penalty
        slab.penalty = slab.penalty + penalty if penalty != FORCE else FORCE
        slab.page = self.page
        slab.sinks, self.sinks = self.sinks, False
        if self.marks:
            slab.items[:0] = self.marks
            self.marks = []
        self.pending_glue = self.pending_negative = self.pending_penalty = 0.0
        self._avoid_active += self._avoid_fresh
        self._avoid_fresh = 0
        self.galley.slabs.append(slab)
        return slab

    def kern(self, height: float) -> None:
        """Add space that is never dropped, with no break after it."""
        if height:
            self.add(Slab(height, []))

    def begin_avoid(self) -> None:
        """Avoid breaks between the slabs that follow."""
        self._avoid_fresh += 1

    def end_avoid(self) -> None:
        """End the innermost begin_avoid."""
        if self._avoid_fresh:
            self._avoid_fresh -= 1
        else:
            self._avoid_active -= 1

    def open(self, box: Box, x: float, width: float) -> Decor:
        """Open a box around what follows."""
        decor = Decor(len(self.galley.slabs), -1, x, width, box, box.absolutes)
        self.galley.decors.append(decor)
        return decor

    def close(self, decor: Decor) -> None:
        """Close a box; one with nothing in it vanishes."""
        decor.end = len(self.galley.slabs)

    def finish(self) -> Galley:
        """Give the galley."""
        self.galley.margin_after = self.pending_glue + self.pending_negative
        if self.marks:  # nothing followed: they belong to the end
            self.galley.slabs.append(Slab(0.0, self.marks, penalty=FORBID, page=self.page))
            self.marks = []
        return self.galley
