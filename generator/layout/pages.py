"""The pages: what layout gives and the PDF room takes. Plain data, no behaviour, no files, no ReportLab.

Points; the origin is the page's top left corner and y grows downwards (the PDF room turns it over).
Every fragment that means something names a `content` leaf of the structure tree; `content` -1 marks an
artifact (ISO 32000-1 14.8.2.2): decoration, running heads and feet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plain import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from generator.layout.watch import Watched
    from generator.text.face import Face, Word
    from generator.text.types import Piece

ARTIFACT = -1
HEADER = -2
"""A running head: an artifact too, but named as one (ISO 14289-1 7.8)."""
FOOTER = -3
"""A running foot, likewise."""

Colour = tuple[float, float, float]
"""sRGB, each part 0 to 1."""


@dataclass(slots=True, eq=False, repr=False)
class Node:
    """A structure element (ISO 32000-1 14.7.2, 14.8.4). `kids` are nodes, and content leaves as their numbers.

    `attributes` holds what the role needs, by these names: `scope` (TH: Row, Column), `col_span`, `row_span`,
    `headers` (tuple of ids), `list_numbering` (L: Disc, Decimal, ...), `bbox` (Figure; filled in by the PDF room),
    `placement`, `summary`, `checked` (task list item).
    """

    role: str
    kids: list[Node | int] = field(default_factory=list)
    lang: str = ""
    alt: str = ""
    actual_text: str = ""
    expansion: str = ""  # E: what an abbreviation stands for
    title: str = ""
    ident: str = ""
    attributes: dict[str, object] = field(default_factory=dict)


class Text(NamedTuple):
    """Pieces of one line that share a colour and a content leaf; `y` is the baseline, `x` the line's left edge."""

    x: float
    y: float
    pieces: tuple[Piece, ...]
    colour: Colour
    content: int = ARTIFACT


class Box(NamedTuple):
    """A rectangle: fill, then borders as CSS draws them (inside the rectangle), always an artifact.

    `widths` and `colours` are top, right, bottom, left; `radii` are top-left, top-right, bottom-right,
    bottom-left; `style` per side is one of solid, dashed, dotted, double or none.
    """

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    widths: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    colours: tuple[Colour, Colour, Colour, Colour] = ((0.0, 0.0, 0.0),) * 4
    radii: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    styles: tuple[str, str, str, str] = ("solid",) * 4


class Clip(NamedTuple):
    """Begin (`kind` "push") or end ("pop") clipping to a rounded rectangle."""

    kind: str
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    radii: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


PathOp = tuple[str, tuple[float, ...]]
"""("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)) or ("Z", ())."""


class Shape(NamedTuple):
    """One filled and/or stroked path, in its drawing's own coordinates (y down)."""

    path: tuple[PathOp, ...]
    fill: Colour | None = None
    stroke: Colour | None = None
    stroke_width: float = 1.0
    even_odd: bool = False
    line_cap: int = 0  # 0 butt, 1 round, 2 square (ISO 32000-1 table 54)
    line_join: int = 0  # 0 miter, 1 round, 2 bevel
    miter_limit: float = 4.0
    dash: tuple[float, ...] = ()


class Drawing(NamedTuple):
    """A vector picture: shapes set into the page by `matrix` (a b c d e f, drawing to page, y down)."""

    shapes: tuple[Shape, ...]
    matrix: tuple[float, float, float, float, float, float]
    content: int = ARTIFACT
    clip: tuple[float, float, float, float] | None = None  # x, y, width, height on the page


class Raster(NamedTuple):
    """A PNG or JPEG. `key` names the bytes in `Pages.images`."""

    x: float
    y: float
    width: float
    height: float
    key: str
    content: int = ARTIFACT


Fragment = Text | Box | Clip | Drawing | Raster


class Link(NamedTuple):
    """A link's area on a page. `target` is a URI, or "#name" of an anchor; `node` is the Link structure element."""

    x: float
    y: float
    width: float
    height: float
    target: str
    contents: str
    node: Node


class Widget(NamedTuple):
    """A form field's area on a page. `kind` is checkbox or text; `rows` above 1 take lines; `node` is the Form structure element.

    What is typed is set at `size` points with `face`; `words` hold all letters that a font for it must have.
    """

    x: float
    y: float
    width: float
    height: float
    kind: str
    name: str
    label: str
    node: Node
    colour: Colour
    rows: int = 1
    rtl: bool = False
    face: Face | None = None
    words: tuple[Word, ...] = ()
    size: float = 0.0


class Slot(NamedTuple):
    """Where a line that a client's words can change stands among a page's fragments and links (first, and behind the last).

    `x`, `y`: where the line's items are measured from. `line` of `paragraph` is set again by the layout room, with its items from
    `left` on; `content`, where there is one, takes the place of theirs.
    """

    paragraph: Watched
    line: int
    x: float
    y: float
    left: float
    fragments: tuple[int, int]
    links: tuple[int, int]
    content: int | None = None


@dataclass(slots=True, eq=False, repr=False)
class Page:
    """One page, painted in the order of `fragments`."""

    width: float
    height: float
    fragments: list[Fragment] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    widgets: list[Widget] = field(default_factory=list)
    label: str = ""  # page label as printed; empty: the page bears no number
    name: str = ""  # the @page name it was laid out with
    slots: list[Slot] = field(default_factory=list)  # in their order
    bleed: float = 0.0  # how far fragments may run beyond the edges, to be trimmed off


class OutlineEntry(NamedTuple):
    """A bookmark: level 1 is the outermost."""

    level: int
    title: str
    page: int  # 0-based
    y: float


class Anchor(NamedTuple):
    """Where a "#name" leads."""

    page: int  # 0-based
    x: float
    y: float


@dataclass(slots=True, eq=False, repr=False)
class Pages:
    """A whole piece, ready to be written.

    `content_count` leaves are numbered 0 to content_count - 1. `images` maps a Raster's key to the file's bytes.
    """

    pages: list[Page]
    root: Node
    lang: str
    title: str
    content_count: int = 0
    outline: list[OutlineEntry] = field(default_factory=list)
    anchors: dict[str, Anchor] = field(default_factory=dict)
    images: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of the pictures' files
