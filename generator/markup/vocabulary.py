"""The HTML that has a meaning here; everything else is an error, never dropped.

In: the parsed page. Out: nothing, or an error with the line of the handout. Knows nothing of styles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.errors import HandoutsError, TemplateError, together
from generator.project.nearest import did_you_mean
from generator.tree import outside

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.errors import Position

BLOCKS = frozenset(
    [
        "html",
        "head",
        "body",
        "title",
        "link",
        "meta",
        "main",
        "article",
        "section",
        "aside",
        "header",
        "footer",
        "nav",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "hr",
        "address",
        "textarea",
    ]
)
INLINES = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
ELEMENTS = BLOCKS | INLINES
PLAIN = ELEMENTS - {"input", "img"}  # nothing is asked of them
DRAWINGS = frozenset({"svg"})
ATTRIBUTES = frozenset(["id", "class", "lang", "dir", "title", "role", "aria-hidden", "aria-label"])
OWN = {
    "a": {"href", "rel"}, "img": {"src", "alt", "width", "height"}, "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers"}, "ol": {"start", "type"}, "li": {"value"}, "abbr": {"title"},
    "link": {"rel", "href"}, "time": {"datetime"}, "meta": {"charset", "name", "content"}, "blockquote": {"cite"}, "q": {"cite"},
    "bdo": {"dir"}, "input": {"type", "name"}, "textarea": {"name", "rows"},
}  # fmt: skip
INPUTS = ("checkbox", "text")
SCHEMES = ("http://", "https://", "mailto:", "tel:", "sms:", "ftp://", "#")
HINTS = {
    "script": "a printed page runs no scripts", "style": "put rules into a stylesheet in templates/",
    "iframe": "use a link, or a picture with a link", "video": "use a picture with a link", "audio": "use a link",
    "form": "write {{ lines(4) }}, {{ checkbox(…) }} or {{ field(…) }}",
}  # fmt: skip


def check(root: Any, position: Callable[[Any, str], Position | None], kind: type[HandoutsError]) -> None:
    """Check every element and attribute. Raises `kind`: ContentError for a handout, TemplateError for a page."""
    errors: list[HandoutsError] = []
    for element in outside(root, DRAWINGS):
        found = _element(element) if element.tag not in PLAIN else None
        for name, value in element.items() if found is None else ():
            if name not in ATTRIBUTES and not name.startswith("data-"):  # as nearly all are
                found = _attribute(element, name, value, kind)
                if found is not None:
                    break
        if found is not None:
            message, hint, needle = found
            errors.append(kind(message, position(element, needle), hint))
    if errors:
        raise together(errors)


Fault = tuple[str, str, str]
"""What is wrong, what to do, and the text to look for in the source."""


def _element(element: Any) -> Fault | None:
    tag = element.tag
    if tag not in ELEMENTS:
        hint = HINTS.get(tag) or (f"write `<{tag}>` or &lt;{tag}&gt; if it is text; else use Markdown, or one of: {', '.join(sorted(INLINES))}")
        return f"<{tag}> has no meaning in a printed handout", hint, f"<{tag}"
    if tag == "input" and element.get("type") not in INPUTS:
        return f'<input type="{element.get("type", "")}"> has no meaning in a printed handout', HINTS["form"], "<input"
    if tag == "img" and not (element.get("alt") or "").strip() and "decorative" not in (element.get("class") or ""):
        src = element.get("src", "")
        hint = "say what it shows: ![what it shows](picture.png), or mark it {.decorative}"
        return f'the picture "{src}" has no text alternative', hint, src
    return None


def _attribute(element: Any, name: str, value: str, kind: type[HandoutsError]) -> Fault | None:
    if name.startswith("on"):
        return f'the attribute "{name}" would run a script', "take it out", name
    if name == "href" and element.tag == "a" and not value.startswith(SCHEMES):
        return f'the link "{value}" leads nowhere on paper', "link to https://…, mailto:…, tel:… or #heading, or take the link off its words", value
    if name in OWN.get(element.tag, ()):
        return None
    if name == "style" and kind is TemplateError:
        return None
    known = [*ATTRIBUTES, *OWN.get(element.tag, ())]
    return f'the attribute "{name}" of <{element.tag}> has no meaning here', did_you_mean(name, known, "known"), f"{name}="
