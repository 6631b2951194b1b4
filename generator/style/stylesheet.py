"""CSS text in, checked rules out: style rules and page rules, every declaration parsed or set aside for var().

A property, value, selector or at-rule outside the subset is a TemplateError with file, line, column and
the nearest supported one; nothing is dropped. Knows nothing of elements.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import tinycss2

from generator.errors import Position, TemplateError
from generator.plain import NamedTuple, dataclass, field
from generator.style.shorthands import ALIASES, SHORTHANDS, known_names, lookup
from generator.style.signature import Discriminators
from generator.style.values import BadValue, Token, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MARKS = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|/\*|[{}]""", re.DOTALL)
WIDE = ("inherit", "initial", "unset")
MARGIN_BOXES = ("top-left", "top-center", "top-right", "bottom-left", "bottom-center", "bottom-right")


class Declaration(NamedTuple):
    """One longhand with its specified value; `important` counts last."""

    name: str
    value: Any
    important: bool = False


class Deferred(NamedTuple):
    """A value with var() in it: parsed for each element, once its custom properties are known."""

    tokens: tuple[Token, ...]
    position: Position


class Custom(NamedTuple):
    """The tokens of a custom property."""

    tokens: tuple[Token, ...]


class Selector(NamedTuple):
    """What cssselect2's Matcher asks of a selector that it compiled."""

    test: Any
    specificity: tuple[int, int, int]
    pseudo_element: str | None
    never_matches: bool
    id: str | None
    class_name: str | None
    local_name: str | None
    lower_local_name: str | None
    namespace: str | None
    requires_lang_attr: bool


class StyleRule(NamedTuple):
    """A selector list with its declarations."""

    selectors: tuple[Selector, ...]
    declarations: tuple[Declaration, ...]


class PageRule(NamedTuple):
    """An @page rule: `name` "" is every page; `boxes` are its margin boxes."""

    name: str
    declarations: tuple[Declaration, ...]
    boxes: dict[str, tuple[Declaration, ...]]


@dataclass(slots=True, eq=False, repr=False)
class Stylesheet:
    """All rules of one or more files, in order."""

    rules: list[StyleRule] = field(default_factory=list)
    pages: list[PageRule] = field(default_factory=list)
    discriminators: Discriminators = field(default_factory=Discriminators)

    def extend(self, other: Stylesheet) -> None:
        """Append another sheet's rules behind these."""
        self.rules += other.rules
        self.pages += other.pages
        self.discriminators.extend(other.discriminators)


class _Reader:
    """Parses one file; keeps what error positions need."""

    def __init__(self, text: str, file: str, line_offset: int = 0) -> None:
        self.lines = text.splitlines()
        self.file = file
        self.offset = line_offset

    def position(self, node: Any) -> Position:
        line, column = node.source_line, node.source_column
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Position(self.file, line + self.offset, column, text)

    def fail(self, message: str, node: Any, hint: str = "") -> TemplateError:
        return TemplateError(message, self.position(node), hint)

    def declarations(self, content: Sequence[Any]) -> Iterable[Any]:
        """Yield declarations and nested at-rules; a syntax error is raised."""
        for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
            if item.type == "error":
                raise self.fail(f"CSS syntax: {item.message}", item, "a declaration is `name: value;`")
            if item.type == "qualified-rule":
                raise self.fail("nested rules are outside the CSS subset", item, "write the rule at the top level")
            yield item

    def parse(self, item: Any) -> list[Declaration]:
        """Turn one declaration node into longhands."""
        if item.name.startswith("--"):
            return [Declaration(item.name, Custom(tuple(item.value)), item.important)]
        name = ALIASES.get(item.lower_name, item.lower_name)
        if lookup(name) is None and name not in SHORTHANDS:
            from difflib import get_close_matches

            near = get_close_matches(name, known_names(), 1)
            hint = f"did you mean `{near[0]}`?" if near else "the README lists the supported properties"
            raise self.fail(f"unknown CSS property `{item.name}`", item, hint)
        if uses_var(item.value):
            deferred = Deferred(tuple(item.value), self.position(item))
            return [Declaration(name, deferred, item.important)]
        return expand(name, tokens_of(item.value), self.position(item), important=item.important)

    @contextmanager
    def understanding(self, node: Any) -> Iterator[None]:
        """Tell what a library trips over as an error at its rule. Raises TemplateError."""
        try:
            yield
        except RecursionError as exc:
            raise self.fail("this rule is nested too deeply", node, "take away brackets in it") from exc
        except (NotImplementedError, SyntaxError) as exc:  # cssselect2 writes Python, and not of everything that it reads
            raise self.fail("selector not understood", node, "the README lists what may stand in a stylesheet") from exc

    def style_rule(self, node: Any) -> StyleRule:
        """Compile one rule's selectors and parse its declarations."""
        import cssselect2

        try:
            compiled = cssselect2.compile_selector_list(node.prelude)
        except cssselect2.SelectorError as exc:
            raise self.fail(f"selector not understood: {exc}", node) from exc
        selectors = tuple(Selector(*(getattr(s, name) for name in Selector._fields)) for s in compiled)
        for selector in selectors:
            if selector.pseudo_element not in (None, "before", "after", "marker"):
                raise self.fail(f"unknown pseudo-element `::{selector.pseudo_element}`", node,
                                "use ::before, ::after or ::marker")  # fmt: skip
        declarations: list[Declaration] = []
        for item in self.declarations(node.content):
            if item.type != "declaration":
                raise self.fail(f"`@{item.at_keyword}` cannot stand inside a rule", item)
            declarations += self.parse(item)
        return StyleRule(selectors, tuple(declarations))

    def page_rule(self, node: Any) -> PageRule:
        """Parse `@page name { ... }` with its margin boxes."""
        prelude: list[Any] = tokens_of(node.prelude)
        if len(prelude) > 1 or any(t.type != "ident" for t in prelude):
            raise self.fail("@page takes a name at most", node, "give the section `page: cover` and write @page cover")
        page = str(prelude[0].value) if prelude else ""
        own: list[Declaration] = []
        boxes: dict[str, tuple[Declaration, ...]] = {}
        for item in self.declarations(node.content):
            if item.type == "declaration":
                own += self.page_declaration(item)
            elif item.lower_at_keyword in MARGIN_BOXES:
                inner = [d for i in self.declarations(item.content) for d in self.parse(i)]
                boxes[item.lower_at_keyword] = tuple(inner)
            else:
                raise self.fail(f"unknown margin box `@{item.at_keyword}`", item, "use one of: " + ", ".join(MARGIN_BOXES))
        return PageRule(page, tuple(own), boxes)

    def page_declaration(self, item: Any) -> list[Declaration]:
        """Parse a declaration of @page, which knows `size`, `bleed` and the fitting floor besides margins."""
        if item.lower_name in ("size", "bleed", "-handouts-fit"):
            return [Declaration(item.lower_name, Deferred(tuple(item.value), self.position(item)))]
        if not item.lower_name.startswith(("margin", "--")):
            raise self.fail(f"`{item.name}` means nothing in @page", item, "use size, margin, bleed or -handouts-fit")
        return self.parse(item)


def uses_var(tokens: Iterable[Any]) -> bool:
    """Tell whether var() occurs anywhere in a value."""
    return any(token.type == "function" and (token.lower_name == "var" or uses_var(token.arguments)) for token in tokens)


def expand(name: str, tokens: list[Token], position: Position, *, important: bool = False) -> list[Declaration]:
    """Parse a property's value into longhand declarations.

    `name` is a known longhand or shorthand. Raises TemplateError at `position` with what is accepted.
    """
    if len(tokens) == 1 and tokens[0].type == "ident" and tokens[0].lower_value in WIDE:  # type: ignore[attr-defined]
        return _wide(name, tokens[0].lower_value, important=important)  # type: ignore[attr-defined]
    try:
        if name in SHORTHANDS:
            return [Declaration(n, v, important) for n, v in SHORTHANDS[name](tokens).items()]
        found = lookup(name)
        if found is None or not tokens:
            raise BadValue("a value")  # noqa: TRY301
        return [Declaration(name, found.parse(tokens), important)]
    except BadValue as exc:
        value = tinycss2.serialize(tokens)
        raise TemplateError(f"`{name}: {value}` is outside the CSS subset", position, f"expected {exc}") from exc


def _wide(name: str, word: str, *, important: bool) -> list[Declaration]:
    """Expand inherit, initial and unset; a shorthand does so for each of its longhands."""
    if name not in SHORTHANDS:
        return [Declaration(name, ("css-wide", word), important)]
    sample = {"border": "0", "background": "none", "text-decoration": "none", "list-style": "none"}
    text = next((v for k, v in sample.items() if name.startswith(k)), "0")
    longhands = SHORTHANDS[name](tokens_of(tinycss2.parse_component_value_list(text)))
    return [Declaration(n, ("css-wide", word), important) for n in longhands]


def parse_stylesheet(text: str, file: str) -> Stylesheet:
    """Parse one CSS file. Raises TemplateError at the first thing outside the subset."""
    reader = _Reader(text, file)
    unclosed = _unclosed(text)
    if unclosed is not None:
        at, what = unclosed
        raise TemplateError(f"{what} is not closed", _place(text, file, at), "close it; all that follows would belong to it")
    sheet = Stylesheet()
    for node in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if node.type == "qualified-rule":
            with reader.understanding(node):
                sheet.rules.append(reader.style_rule(node))
                sheet.discriminators.scan(node.prelude)
        elif node.type == "at-rule" and node.lower_at_keyword == "page":
            with reader.understanding(node):
                sheet.pages.append(reader.page_rule(node))
        elif node.type == "at-rule":
            raise reader.fail(f"`@{node.at_keyword}` is outside the CSS subset", node,
                              "only @page is known; papers are told apart by a class on <html>")  # fmt: skip
        else:
            raise reader.fail(f"CSS syntax: {node.message}", node)
    return sheet


def _unclosed(text: str) -> tuple[int, str] | None:
    """Find what the end of a file leaves open, which CSS Syntax 3 would close without a word."""
    braces: list[int] = []
    for mark in _MARKS.finditer(text):
        if mark[0] == "{":
            braces.append(mark.start())
        elif mark[0] == "}" and braces:
            braces.pop()
        elif mark[0] == "/*":
            return mark.start(), "this comment"
    return (braces[-1], "this rule") if braces else None


def _place(text: str, file: str, at: int) -> Position:
    start = text.rfind("\n", 0, at) + 1
    return Position(file, text.count("\n", 0, at) + 1, at - start + 1, text[start:].partition("\n")[0])


def parse_inline(text: str, position: Position) -> tuple[Declaration, ...]:
    """Parse a style attribute; errors stand at the element's position."""
    reader = _Reader(text, position.file)
    try:
        nodes = list(reader.declarations(tinycss2.parse_component_value_list(text)))
        return tuple(d for node in nodes for d in reader.parse(node))
    except TemplateError as exc:
        raise TemplateError(exc.message, position, exc.hint) from exc
