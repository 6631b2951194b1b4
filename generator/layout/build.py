"""From the styled tree to boxes and structure: one pass in document order.

In: `Styled` nodes and a source of pictures. Out: the root `Box`, the root structure `Node`, the number of
content leaves. White space is collapsed here (CSS Text 3, 4.1), counters are counted, pseudo-elements
become children. Knows nothing of widths, lines or pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from generator.errors import LayoutError, Position, TemplateError
from generator.layout.boxes import ARTIFACT, Box, InlineBox, LinkTarget, Marker, PageReference, Picture, Run
from generator.layout.collect import InlineCollector
from generator.layout.counters import Counters, represent
from generator.layout.generated import with_pseudo
from generator.layout.pages import Node
from generator.layout.spoken import POP_ISOLATE, isolate_of, link_text, plain_text
from generator.layout.structure import node_for
from generator.layout.writing import CONTROLS, control_of
from generator.plain import NamedTuple, dataclass
from generator.style.cascade import Styled
from generator.style.computed import anonymous

if TYPE_CHECKING:
    from generator.layout.memory import Memory
    from generator.style.computed import Style

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
GROUPING = frozenset({"Document", "Sect", "Art", "Div", "BlockQuote", "Part"})
KINDS = {
    "table": "table", "table-row-group": "row-group", "table-header-group": "row-group", "table-footer-group": "row-group",
    "table-row": "row", "table-cell": "cell", "table-caption": "caption",
}  # fmt: skip
BULLETS_LANG = "en"  # bullets are set in the brand's own face, whatever the text's language: those of other scripts' faces differ
RISES = {"super": 0.38, "sub": -0.16}  # of the raised text's own size


class Pictures(Protocol):
    """Where layout gets its pictures from; the caller reads and checks the files."""

    def image(self, source: str, style: Style, line: int) -> Picture:
        """Give the picture an <img> or url() names."""

    def inline(self, element: object, style: Style) -> Picture:
        """Give the picture that an inline <svg> draws."""


class Context(NamedTuple):
    """What an element hands down to its children."""

    node: Node | None
    lang: str
    link: LinkTarget | None = None
    nowrap: bool = False
    rise: float = 0.0  # of superscripts, added up
    contents: bool = False  # inside <nav>
    notes: bool = False  # inside the footnotes
    artifact: bool = False
    tracks: tuple[Node, ...] = ()  # of a bilingual stretch: where each language's blocks go


@dataclass(slots=True, eq=False, repr=False)
class Built:
    """The result."""

    root: Box
    node: Node
    leaves: int


class Builder:
    """Builds one document's boxes."""

    def __init__(self, pictures: Pictures, memory: Memory | None = None) -> None:
        """Take the source of pictures, and what is remembered of the same document."""
        self.pictures = pictures
        self.memory = memory
        self.counters = Counters()
        self.leaves = memory.leaves if memory is not None else 0
        self.anchor = ""  # of an inline element, for the run that comes next
        self.levels: list[int] = []  # of the headings that are open
        self.fresh = False  # what is out of the flow is painted apart, so it takes a leaf of its own

    def build(self, root: Styled) -> Built:
        """Build the whole document below <html>."""
        lang = root.attributes.get("lang", "en")
        self.counters.digits = root.attributes.get("data-digits", "")
        node = Node("Document", lang=lang)
        body = next((c for c in root.children if isinstance(c, Styled) and c.tag == "body"), None)
        if body is None:
            raise TemplateError("a stylesheet hides the whole page", Position("templates"), "take display: none away from html and body")
        box = Box("block", body.style, "body", node=node, line=body.line)
        try:
            self.fill(body, box, Context(node, lang))
        finally:  # parts that were built before an error are remembered too, and keep their leaves
            if self.memory is not None:
                self.memory.leaves = self.leaves
        return Built(box, node, self.leaves)

    def leaf(self, node: Node | None) -> int:
        """Give the content leaf that text straight inside `node` belongs to."""
        if node is None:
            return ARTIFACT
        if node.kids and isinstance(node.kids[-1], int) and not self.fresh:
            return node.kids[-1]
        self.fresh = False
        self.leaves += 1
        node.kids.append(self.leaves - 1)
        return self.leaves - 1

    # -- blocks

    def block(self, element: Styled, context: Context) -> Box:
        """Build the box of a block-level element and all below it."""
        style = element.style
        self._count(element)
        inner = self._enter(element, context)
        if style.white_space == "nowrap" or style.text_wrap == "nowrap":
            inner = inner._replace(nowrap=True)
        box = Box(KINDS.get(style.display, "block"), style, element.tag, line=element.line, node=inner.node)
        box.anchor = element.attributes.get("id", "")
        if style.bookmark_level:
            box.heading = element.attributes.get("title") or " ".join(plain_text(element).split())
        if box.kind == "cell":
            box.span = (_count_of(element, "colspan"), _count_of(element, "rowspan"))
        if element.tag in ("img", "svg"):
            self._picture(element, box, context)
        elif element.tag in CONTROLS:
            box.control = control_of(element, inner.node, inner.lang)
        else:
            if style.display == "list-item":
                self._marker(element, box, inner)
                inner = self._body(element, inner)
            self.fill(element, box, inner)
        self.counters.leave()
        return box

    def _count(self, element: Styled) -> None:
        style, resets, steps = element.style, element.style.counter_reset, element.style.counter_increment
        if element.tag in ("ol", "ul"):
            start = element.attributes.get("start", "1")
            resets = (*resets, ("list-item", int(start) - 1 if start.lstrip("-").isdigit() else 0))
        if style.display == "list-item":
            value = element.attributes.get("value", "")
            steps = (*steps, ("list-item", int(value) - self.counters.value("list-item") if value.isdigit() else 1))
        self.counters.enter(resets, steps)

    def _enter(self, element: Styled, context: Context) -> Context:
        """Make the element's structure node and the context of its children."""
        attributes = element.attributes
        lang = attributes.get("lang") or context.lang
        contents = context.contents or element.tag == "nav"
        if context.artifact or attributes.get("aria-hidden") == "true" or context.node is None:
            return context._replace(node=None, lang=lang, contents=contents, artifact=True)
        classes = attributes.get("class", "").split()
        node = node_for(element, lang, context.lang, inside_contents=context.contents)
        parent = self._definition(element.tag, context.node) if element.tag in ("dt", "dd") else context.node
        if context.node.role == "Figure" and element.tag in ("img", "p"):
            if element.tag == "img":
                context.node.alt = context.node.alt or attributes.get("alt", "")
            node = None
        if element.tag == "sup" and attributes.get("id", "").startswith("fnref"):
            node = Node("Reference")
        if "data-track" in attributes and context.tracks:
            parent = context.tracks[int(attributes["data-track"])]
        tracks = context.tracks
        if "data-tracks" in attributes:
            tracks = tuple(Node("Div", lang=name) for name in attributes["data-tracks"].split())
            parent.kids += tracks
        if node is not None:
            if element.tag in HEADINGS:
                node.role = self._heading(int(element.tag[1]))
            parent.kids.append(node)
        return context._replace(node=node or parent, lang=lang, contents=contents, tracks=tracks,
                       notes=context.notes or "footnote" in classes)  # fmt: skip

    def _heading(self, level: int) -> str:
        """Give a heading's tag: levels follow the outline and never skip one (PDF/UA-1 7.4.2)."""
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        self.levels.append(level)
        return f"H{len(self.levels)}"

    def _definition(self, tag: str, parent: Node) -> Node:
        """Give the list item that a <dt> or <dd> belongs to."""
        last = parent.kids[-1] if parent.kids else None
        if isinstance(last, Node) and last.role == "LI":
            has_body = any(isinstance(k, Node) and k.role == "LBody" for k in last.kids)
            if tag == "dd" or not has_body:
                return last
        item = Node("LI")
        parent.kids.append(item)
        return item

    def _body(self, element: Styled, context: Context) -> Context:
        """Open the body of a list item: LBody, with a Note inside for a footnote (PDF/UA-1 7.9)."""
        if context.node is None:
            return context
        body = Node("Reference" if context.node.role == "TOCI" else "LBody")
        context.node.kids.append(body)
        if context.notes:
            note = Node("Note", ident=element.attributes.get("id", ""))
            body.kids.append(note)
            body = note
        return context._replace(node=body)

    def _marker(self, element: Styled, box: Box, context: Context) -> None:
        style = element.style
        marker = style.marker or style
        kind = style.list_style_type
        ordinal = kind not in ("disc", "circle", "square", "none")
        text = represent(self.counters.value("list-item"), kind, self.counters.digits) + ("." if ordinal else "")
        if marker.content is not None:
            text = "".join(p[1] for p in marker.content if p[0] == "string")
        if not text:
            return
        node = None
        if context.node is not None and context.node.role == "LI":
            node = Node("Lbl")
            context.node.kids.append(node)
        bullet = not ordinal and marker.content is None
        run = Run(text, marker, BULLETS_LANG if bullet else context.lang, self.leaf(node), line=element.line, nowrap=True)
        box.marker = Marker(run, ordinal, style.font_size, context.lang if bullet else "")

    def _picture(self, element: Styled, box: Box, context: Context) -> None:
        box.kind = "picture"
        if element.tag == "svg":
            box.picture = self.pictures.inline(element.element, element.style)
            label = element.attributes.get("aria-label", "")
            node = Node("Figure", alt=label) if label and context.node is not None else None
            if node is not None and context.node is not None:
                context.node.kids.append(node)
        else:
            box.picture = self.pictures.image(element.attributes.get("src", ""), element.style, element.line)
            node = box.node if element.attributes.get("alt") or (box.node and box.node.role == "Figure") else None
        box.content = self.leaf(node)
        box.link = context.link

    def fill(self, element: Styled, box: Box, context: Context) -> None:
        """Build the children of a box; runs of inline content between blocks become anonymous boxes."""
        paragraph = InlineCollector()
        owner: Context | None = None
        for child in with_pseudo(element, self.counters):
            if isinstance(child, str) or _is_inline(child):
                if owner is None and isinstance(child, str) and not child.strip() and not _keeps(element.style):
                    continue  # white space between blocks
                owner = owner or _owner(context)
                self.inline(child, element.style, paragraph, box, owner)
            elif _out_of_flow(child.style):
                self._aside(child, box, context, late=bool(paragraph.items or box.children))
            else:
                _flush(paragraph, element, box, owner)
                owner = None
                known = self.memory.built(self, child, context) if self.memory is not None else None
                box.children.append(known or self.block(child, context))
        _flush(paragraph, element, box, owner)
        if len(box.children) == 1 and not box.children[0].tag:
            box.inlines, box.waits = box.children[0].inlines, box.children[0].waits
            box.children.clear()

    def _aside(self, child: Styled, box: Box, context: Context, *, late: bool) -> None:
        """Build a child that takes no part in the flow."""
        style = child.style
        if style.display == "none":
            return
        if isinstance(style.position, tuple):
            known = self.memory.running(self, child, context) if self.memory is not None else None
            box.children.append(known or self.running(child, style.position[1], context))
        else:
            self.fresh = True
            inner = self.block(child, context)
            inner.late = late
            box.absolutes.append(inner)
            self.fresh = True

    def running(self, child: Styled, name: str, context: Context) -> Box:
        """Build a running head or foot."""
        box = Box("running", child.style, child.tag, heading=name)
        box.children.append(self.block(child, context._replace(node=None, artifact=True)))
        return box

    # -- inline content

    def inline(self, child: Styled | str, style: Style, paragraph: InlineCollector, box: Box, context: Context) -> None:
        """Add a string or an inline element to the paragraph."""
        if isinstance(child, str):
            self._text(child, style, paragraph, context)
        elif _out_of_flow(child.style):
            self._aside(child, box, context, late=bool(paragraph.items or box.children))
        elif child.tag == "::page":
            reference = PageReference(child.attributes["target"])
            run = Run(reference, style, context.lang, self.leaf(context.node), context.link, nowrap=context.nowrap)
            paragraph.text(run, preserve=False)
        elif child.tag == "br":
            paragraph.line_break(Run("\n", style, context.lang, self.leaf(context.node)))
        elif child.tag in ("img", "svg") or child.style.display == "inline-block":
            self._atom(child, paragraph, context)
        else:
            self._inline_element(child, style, paragraph, box, context)

    def _text(self, text: str, style: Style, paragraph: InlineCollector, context: Context) -> None:
        keep = _keeps(style)
        run = Run(text, style, context.lang, ARTIFACT, context.link, 0, self.anchor, context.nowrap, context.rise)
        if keep or text.strip(" \t\n\r\f") or not paragraph.open_space:
            run.content = self.leaf(context.node)
        self.anchor = ""
        paragraph.text(run, preserve=keep)

    def _atom(self, child: Styled, paragraph: InlineCollector, context: Context) -> None:
        inner = self.block(child, context)
        paragraph.atom(InlineBox(inner, context.link, context.lang, child.line))

    def _inline_element(self, child: Styled, outer: Style, paragraph: InlineCollector, box: Box, context: Context) -> None:
        if child.style.display not in ("inline", "list-item"):
            raise LayoutError(f"a block <{child.tag}> stands inside running text",
                              Position("", child.line), "end the paragraph before it")  # fmt: skip
        self._count(child)
        inner = self._enter(child, context)
        style = child.style
        if child.tag == "a" and child.attributes.get("href"):
            node = inner.node or Node("Link")
            target = LinkTarget(child.attributes["href"], link_text(child), node)
            inner = inner._replace(link=target if not inner.artifact else None)
        if style.white_space == "nowrap" or style.text_wrap == "nowrap":
            inner = inner._replace(nowrap=True)
        if style.vertical_align != "baseline":
            inner = inner._replace(rise=context.rise + rise_of(style))
        self.anchor = child.attributes.get("id", "") or self.anchor
        opening = isolate_of(child, outer)
        if opening:
            paragraph.text(Run(opening, style, inner.lang, ARTIFACT, nowrap=inner.nowrap), preserve=True)
        for item in with_pseudo(child, self.counters):
            self.inline(item, style, paragraph, box, inner)
        if opening:
            paragraph.text(Run(POP_ISOLATE, style, inner.lang, ARTIFACT, nowrap=inner.nowrap), preserve=True)
        self.counters.leave()


def rise_of(style: Style) -> float:
    """Give how far a run is raised above the baseline, in points."""
    align = style.vertical_align
    if isinstance(align, float):
        return align
    return RISES.get(align, 0.0) * float(style.font_size) if isinstance(align, str) else 0.0


def _is_inline(child: Styled) -> bool:
    return child.style.display in ("inline", "inline-block") and not _out_of_flow(child.style)


def _out_of_flow(style: Style) -> bool:
    return style.display == "none" or style.position == "absolute" or isinstance(style.position, tuple)


def _owner(context: Context) -> Context:
    """Settle which node inline content belongs to: a P of its own inside a grouping element."""
    if context.node is None or context.node.role not in GROUPING:
        return context
    node = Node("P")
    context.node.kids.append(node)
    return context._replace(node=node)


def _flush(paragraph: InlineCollector, element: Styled, box: Box, owner: Context | None) -> None:
    """End an anonymous paragraph, if one is open and has anything in it."""
    items = paragraph.take() if owner is not None else []
    if owner is not None and items:
        inner = Box("block", anonymous(element.style), inlines=items, node=owner.node, line=element.line)
        inner.waits = any(isinstance(i, Run) and isinstance(i.text, PageReference) for i in items)
        box.children.append(inner)


def _keeps(style: Style) -> bool:
    return style.white_space in ("pre", "pre-wrap")


def _count_of(element: Styled, name: str) -> int:
    value = element.attributes.get(name, "1")
    return max(1, int(value)) if value.isdigit() else 1
