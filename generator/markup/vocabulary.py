"""The HTML that has a meaning here; everything else is an error, never dropped.

In: the parsed page. Out: nothing, or an error with the line of the handout. Knows nothing of styles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.errors import ContentError, HandoutsError, TemplateError
from generator.project.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.errors import Position

BLOCKS = frozenset(
    "html head body title link meta main article section aside header footer nav div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd "
    "blockquote pre figure figcaption table caption thead tbody tfoot tr th td hr address".split()
)
INLINES = frozenset("a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup "
                    "time u var wbr".split())  # fmt: skip
ELEMENTS = BLOCKS | INLINES
ATTRIBUTES = frozenset("id class lang dir title role hidden aria-hidden aria-label".split())
OWN = {
    "a": {"href", "rel"}, "img": {"src", "alt", "width", "height"}, "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers"}, "ol": {"start", "type"}, "li": {"value"}, "abbr": {"title"},
    "link": {"rel", "href"}, "time": {"datetime"}, "meta": {"charset", "name", "content"}, "blockquote": {"cite"}, "q": {"cite"},
    "bdo": {"dir"},
}  # fmt: skip
SCHEMES = ("http://", "https://", "mailto:", "tel:", "#")
HINTS = {
    "script": "a printed page runs no scripts", "style": "put rules into a stylesheet in templates/",
    "iframe": "use a link, or a picture with a link", "video": "use a picture with a link", "audio": "use a link",
    "form": "use lists and boxes to write in", "input": "write a task list: - [ ] text", "font": "use a class and a stylesheet",
    "center": "use a class and a stylesheet",
}  # fmt: skip


def check(root: Any, position: Callable[[Any], Position | None]) -> None:
    """Check every element and attribute. Raises ContentError (TemplateError outside the handout's own blocks)."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "svg":
            continue
        if any(a.tag == "svg" for a in element.iterancestors()):
            continue
        _element(element, position)


def _fail(element: Any, position: Callable[[Any], Position | None], message: str, hint: str) -> HandoutsError:
    written = any(a.get("data-line") for a in (element, *element.iterancestors()))
    kind = ContentError if written else TemplateError
    return kind(message, position(element), hint)


def _element(element: Any, position: Callable[[Any], Position | None]) -> None:
    tag = element.tag
    if tag not in ELEMENTS:
        raise _fail(element, position, f"<{tag}> has no meaning in a printed handout",
                    HINTS.get(tag) or did_you_mean(tag, ELEMENTS, "use Markdown, or one of"))  # fmt: skip
    for name, value in element.attrib.items():
        _attribute(element, name, value, position)
    if tag == "img" and not element.get("alt") and "decorative" not in (element.get("class") or ""):
        raise _fail(element, position, f'the picture "{element.get("src", "")}" has no text alternative',
                    'say what it shows: ![what it shows](picture.png), or mark it {.decorative}')  # fmt: skip


def _attribute(element: Any, name: str, value: str, position: Callable[[Any], Position | None]) -> None:
    if name.startswith("on"):
        raise _fail(element, position, f'the attribute "{name}" would run a script', "take it out")
    if name.startswith("data-") or name in ATTRIBUTES or name in OWN.get(element.tag, ()):
        if name == "href" and element.tag == "a" and not value.startswith(SCHEMES):
            raise _fail(element, position, f'the link "{value}" leads nowhere on paper',
                        "link to https://…, mailto:…, tel:… or #heading")  # fmt: skip
        return
    if name == "style" and not any(a.get("data-line") for a in (element, *element.iterancestors())):
        return
    known = [*ATTRIBUTES, *OWN.get(element.tag, ())]
    raise _fail(element, position, f'the attribute "{name}" of <{element.tag}> has no meaning here',
                did_you_mean(name, known, "known"))  # fmt: skip
