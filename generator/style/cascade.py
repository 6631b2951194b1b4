"""The cascade: stylesheets and brand properties over the HTML tree, giving a tree of styled nodes.

In: lxml elements, a `Stylesheet`, custom properties of the root. Out: `Styled` nodes (tag, attributes,
style, children). Elements that no selector can tell apart share one style: their signature (parent's
signature, tag, class, the attributes and places that the sheet's selectors speak of) is looked up before
any selector is matched, which is what makes a long booklet cheap. Knows nothing of pages.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import tinycss2
from cssselect2 import ElementWrapper, Matcher
from lxml import etree

from generator.errors import Position, TemplateError
from generator.plain import dataclass, field
from generator.style.computed import INITIAL, Style, compute, inherited
from generator.style.properties import INHERITED, PROPERTIES
from generator.style.shorthands import physical
from generator.style.stylesheet import Custom, Declaration, Deferred, Stylesheet, expand, parse_inline
from generator.style.values import grey, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

    from generator.style.kept import KeptStyles

ROOT_SIZE = 12.0  # points, where no rule says otherwise
COLOURS = tuple(name for name in PROPERTIES if name in ("fill", "stroke") or name.endswith("color"))


@dataclass(slots=True, eq=False, repr=False)
class Styled:
    """An element with its computed style. `children` are Styled nodes and strings, in order."""

    tag: str
    attributes: Mapping[str, str]
    style: Style
    children: list[Styled | str] = field(default_factory=list)
    line: int = 0  # of the handout's file, 0 in what a template wrote
    element: Any = None  # the source element, for inline SVG


class Cascade:
    """Computes styles for documents that share stylesheets and root properties (one brand, one paper)."""

    def __init__(self, sheet: Stylesheet, properties: Mapping[str, str]) -> None:
        """Compile the matcher; `properties` are custom properties of the root ("--color-primary": "#6a1f4b")."""
        self.sheet = sheet
        self.matcher = Matcher()
        for rule in sheet.rules:
            for selector in rule.selectors:
                self.matcher.add_selector(selector, rule.declarations)
        self.discriminators = sheet.discriminators
        self.customs = {k: tuple(tinycss2.parse_component_value_list(v)) for k, v in properties.items()}
        self.styles: dict[Any, tuple[int, Style]] = {}
        self._count = 0
        self.parsed: dict[Any, list[Declaration]] = {}
        self.root_size = ROOT_SIZE  # of the document that is being styled
        self._kept: KeptStyles | None = None

    def style_tree(self, root: _Element, kept: KeptStyles | None = None) -> Styled:
        """Style a whole document; parts that `kept` holds are taken from it.

        Raises TemplateError for a value that does not hold once var() is filled in.
        """
        wrapper = ElementWrapper.from_html_root(root)
        self._kept = kept
        if kept is not None:
            kept.begin()
        self.root_size = ROOT_SIZE
        return self._visit(root, wrapper, (0, None), rtl=root.get("dir") == "rtl", line=0, root=True)

    def _visit(self, element: Any, wrapper: Any, parent: tuple[int, Style | None], *, rtl: bool, line: int,
               root: bool = False) -> Styled:  # fmt: skip
        attributes = element.attrib
        if attributes:
            direction = attributes.get("dir")
            rtl = direction == "rtl" if direction in ("rtl", "ltr") else rtl
            mark = attributes.get("data-line")
            line = int(mark) if mark else line
        key = self.discriminators.key(wrapper, parent[0], rtl=rtl)
        entry = self.styles.get(key) if key is not None else None
        if entry is None:
            style = self._style(wrapper, parent[1], rtl=rtl, position=Position("style attribute", line))
            self._count += 1
            entry = (self._count, style)
            if key is not None:
                self.styles[key] = entry
        if root:
            self.root_size = entry[1].font_size
        out = Styled(element.tag, attributes, entry[1], [], line, element if element.tag == "svg" else None)
        if entry[1].display != "none" and element.tag != "svg":
            self._children(element, wrapper, out, entry, rtl=rtl, line=line)
        return out

    def _children(self, element: Any, wrapper: Any, out: Styled, entry: tuple[int, Style], *, rtl: bool,
                  line: int) -> None:  # fmt: skip
        children = out.children
        if element.text:
            children.append(element.text)
        previous = None
        for index, child in enumerate(wrapper.etree_children):
            inner = ElementWrapper(child, wrapper, index, previous, in_html_document=True)
            previous = inner
            if isinstance(child.tag, str):
                visit = self._visit if self._kept is None or element.tag != "body" else self._part
                children.append(visit(child, inner, entry, rtl=rtl, line=line))
            if child.tail:
                children.append(child.tail)

    def _part(self, child: Any, wrapper: Any, parent: tuple[int, Style | None], *, rtl: bool, line: int) -> Styled:
        """Style a child of <body>, or take it as it was styled before: all that selectors can see of it is in the key."""
        around = self.discriminators.key(wrapper, parent[0], rtl=rtl)
        if self._kept is None or around is None:
            return self._visit(child, wrapper, parent, rtl=rtl, line=line)
        key = (around, parent[0], line, etree.tostring(child, with_tail=False))
        found = self._kept.find(key)
        if found is None:
            own = deepcopy(child)  # apart, so that what is kept does not keep its whole page
            alone = ElementWrapper(own, wrapper.parent, wrapper.index, wrapper.previous, in_html_document=True)
            found = self._visit(own, alone, parent, rtl=rtl, line=line)
            self._kept.keep(key, found)
        return found

    def _style(self, wrapper: Any, parent: Style | None, *, rtl: bool, position: Position) -> Style:
        """Match and compute one element with its pseudo-elements."""
        own: dict[str | None, list[Declaration]] = {None: [], "before": [], "after": [], "marker": []}
        for _, _, pseudo, declarations in self.matcher.match(wrapper):
            own[pseudo].extend(declarations)
        inline = wrapper.etree_element.get("style")
        if inline:
            own[None].extend(parse_inline(inline, position))
        style = self.resolve(own[None], parent, rtl=rtl)
        for pseudo in ("before", "after"):
            if own[pseudo]:
                inner = self.resolve(own[pseudo], style, rtl=rtl)
                setattr(style, pseudo, inner if inner.content is not None else None)
        if style.display == "list-item":
            style.marker = self.resolve(own["marker"], style, rtl=rtl)
        return style

    def resolve(self, declarations: Iterable[Declaration], parent: Style | None, *, rtl: bool) -> Style:
        """Compute a style from declarations in cascade order (CSS Cascade 4, 6 and 7)."""
        ordered = sorted(declarations, key=lambda d: d.important)
        customs = self._customs(ordered, parent)
        specified: dict[str, Any] = {}
        for item in ordered:
            if isinstance(item.value, Custom):
                continue
            for name, value, _ in self._filled(item, customs):
                specified[physical(name, rtl=rtl)] = value
        return self._computed(specified, customs, parent, rtl=rtl)

    def _customs(self, ordered: list[Declaration], parent: Style | None) -> Mapping[str, Any]:
        inherited: Mapping[str, Any] = parent.customs if parent is not None else self.customs
        own = {d.name: d.value.tokens for d in ordered if isinstance(d.value, Custom)}
        if parent is None:  # what the build hands in is the brand's word, and stands over the sheets' defaults
            return {**own, **self.customs}
        return {**inherited, **own} if own else inherited

    def _filled(self, item: Declaration, customs: Mapping[str, Any]) -> list[Declaration]:
        if not isinstance(item.value, Deferred):
            return [item]
        tokens = tokens_of(fill(item.value.tokens, customs, item.value.position))
        key = (item.name, tinycss2.serialize(tokens))
        found = self.parsed.get(key)
        if found is None:
            found = self.parsed[key] = expand(item.name, tokens, item.value.position)
        return found

    def _computed(self, specified: Mapping[str, Any], customs: Mapping[str, Any], parent: Style | None, *,
                  rtl: bool) -> Style:  # fmt: skip
        parent_size = parent.font_size if parent is not None else ROOT_SIZE
        values = dict(INITIAL) if parent is None else inherited(parent)
        size = compute("font-size", _wide(specified, "font-size", parent), parent_size, self.root_size, parent_size)
        for name in specified:
            value = _wide(specified, name, parent)
            values[name] = compute(name, value, size, self.root_size, parent_size)
        values["font-size"] = size
        if values["filter"] == "grayscale":
            values |= {name: grey(values[name]) for name in COLOURS if type(values[name]) is tuple}
        return Style(values, customs, rtl=rtl)


def _wide(specified: Mapping[str, Any], name: str, parent: Style | None) -> Any:
    """Give the specified value of a property, with the CSS-wide words carried out."""
    value = specified.get(name, ("css-wide", "unset"))
    if type(value) is not tuple or len(value) != 2 or value[0] != "css-wide":
        return value
    inherit = value[1] == "inherit" or (value[1] == "unset" and name in INHERITED)
    if inherit and parent is not None:
        return getattr(parent, name.lstrip("-").replace("-", "_"))
    return PROPERTIES[name].initial


def fill(tokens: Iterable[Any], customs: Mapping[str, Any], position: Position, depth: int = 0) -> list[Any]:
    """Put custom properties in place of var() (CSS Variables 1, 3). Raises TemplateError for an unknown one."""
    if depth > 20:
        raise TemplateError("custom properties refer to each other in a circle", position)
    out: list[Any] = []
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            out += _value_of(token, customs, position, depth)
        else:
            out.append(_filled_function(token, customs, position, depth) if token.type == "function" else token)
    return out


def _filled_function(token: Any, customs: Mapping[str, Any], position: Position, depth: int) -> Any:
    arguments = fill(token.arguments, customs, position, depth + 1)
    return tinycss2.ast.FunctionBlock(token.source_line, token.source_column, token.name, arguments)


def _value_of(token: Any, customs: Mapping[str, Any], position: Position, depth: int) -> list[Any]:
    arguments = [t for t in token.arguments if t.type != "whitespace"]
    name = arguments[0].value if arguments else ""
    value = customs.get(name)
    if value is None and len(arguments) > 2:
        value = arguments[2:]
    if value is None:
        raise TemplateError(f"var({name}) is not defined", position, "define it on :root or give a fallback")
    return fill(value, customs, position, depth + 1)
