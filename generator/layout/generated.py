"""Generated content: ::before and ::after as children, `content` carried out (CSS Generated Content 3).

In: a styled element and the counters. Out: its children with the generated ones among them. What waits for pages
(`counter(page)`, `target-counter()`) becomes a `::page` element. Knows nothing of boxes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout.counters import Counters, numeral, represent
from generator.style.cascade import Styled
from generator.style.computed import anonymous

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.style.computed import Style

QUOTES = {"open-quote": "“", "close-quote": "”"}


def with_pseudo(element: Styled, counters: Counters) -> Iterable[Styled | str]:
    """Give an element's children between its ::before and ::after."""
    style = element.style
    if element.tag == "::page":
        return ()
    children: Sequence[Styled | str] = element.children
    if style.before is None and style.after is None:
        return children
    before = [generated(element, style.before, counters)] if style.before is not None else []
    after = [generated(element, style.after, counters)] if style.after is not None else []
    return [*before, *children, *after]


def generated(element: Styled, pseudo: Style, counters: Counters) -> Styled:
    """Turn ::before or ::after into a child element."""
    holder = Styled("::pseudo", {}, pseudo, [], element.line)
    for part in pseudo.content or ():
        item = _part(part, element, pseudo, counters)
        if item:
            holder.children.append(item)
    alt = next((p[1] for p in pseudo.content if p[0] == "alt"), None)
    if alt == "":
        holder.attributes = {"aria-hidden": "true"}
    return holder


def _part(part: tuple[str, ...], element: Styled, pseudo: Style, counters: Counters) -> Styled | str:  # noqa: PLR0911
    kind = part[0]
    if kind == "string":
        return part[1]
    if kind in QUOTES:
        return QUOTES[kind]
    if kind == "attr":
        return element.attributes.get(part[1], "")
    if kind == "url":
        alt = next((p[1] for p in pseudo.content or () if p[0] == "alt"), "")
        return Styled("img", {"src": part[1], "alt": alt}, anonymous(pseudo), [], element.line)
    if kind == "counter" and part[1] != "page":
        return represent(counters.value(part[1]), part[-1] if len(part) > 3 else "decimal", counters.digits)
    if kind == "counters":
        return part[2].join(numeral(v, counters.digits) for v in counters.values(part[1]))
    return _reference(part, element, pseudo)


def _reference(part: tuple[str, ...], element: Styled, pseudo: Style) -> Styled | str:
    if part[0] == "counter":
        target = ""
    elif part[0] == "target-counter":
        name = part[1]
        target = element.attributes.get(name[5:], "") if name.startswith("attr:") else name
    elif part[0] == "string":
        target = "string:" + part[1]
    else:
        return ""
    return Styled("::page", {"target": target}, anonymous(pseudo), [], element.line)
