"""The box tree: what flow lays out. Plain data, built from the styled tree by `build.py`.

A box either holds boxes (`children`) or one paragraph of inline content (`inlines`), never both (CSS 2, 9.2.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plain import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from generator.layout.pages import Node, Shape
    from generator.style.computed import Style
    from generator.text.types import Line

ARTIFACT = -1


class LinkTarget(NamedTuple):
    """Where a link leads, and the structure element that stands for it."""

    target: str
    contents: str
    node: Node


class PageReference(NamedTuple):
    """Text that is known only when pages are: the page of an anchor ("#name"), or of the page itself ("")."""

    target: str


@dataclass(slots=True, eq=False, repr=False)
class Run:
    """Inline text of one style and one content leaf, white space collapsed. `text` may wait for pages."""

    text: str | PageReference
    style: Style
    lang: str
    content: int = ARTIFACT
    link: LinkTarget | None = None
    line: int = 0
    anchor: str = ""
    nowrap: bool = False
    rise: float = 0.0  # points above the baseline


class Picture(NamedTuple):
    """A vector or raster picture: natural size in points, and shapes or the key of the raster's bytes."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    viewbox: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    key: str = ""


@dataclass(slots=True, eq=False, repr=False)
class InlineBox:
    """A box that stands in a line like a character: a picture or an inline block."""

    box: Box
    link: LinkTarget | None = None
    lang: str = ""
    line: int = 0


Inline = Run | InlineBox


class Control(NamedTuple):
    """What a reader fills in: `kind` is checkbox or text; `rows` 0: as the style says; `node` is its structure element."""

    kind: str
    name: str
    label: str
    rows: int
    node: Node
    lang: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Marker:
    """A list item's marker."""

    run: Run
    ordinal: bool
    size: float = 12.0  # of the item's own text, in points
    beside: str = ""  # the language of the text whose middle a bullet stands at; "": it stands on the baseline


@dataclass(slots=True, eq=False, repr=False)
class Box:
    """A block-level box (or the inside of an inline block).

    `kind`: block, table, row-group, row, cell, caption, picture, running. `line` is the handout's line.
    """

    kind: str
    style: Style
    tag: str = ""
    children: list[Box] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)
    absolutes: list[Box] = field(default_factory=list)
    marker: Marker | None = None
    picture: Picture | None = None
    control: Control | None = None
    content: int = ARTIFACT
    node: Node | None = None
    anchor: str = ""
    heading: str = ""  # plain text, for the outline
    line: int = 0
    span: tuple[int, int] = (1, 1)  # columns, rows
    link: LinkTarget | None = None
    set_lines: dict[float, tuple[Line, ...]] = field(default_factory=dict)
    waits: bool = False  # holds a page reference
    late: bool = False  # out of the flow, and read after what is in it
