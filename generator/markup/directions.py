"""What runs against the page: code, and blocks in letters of the other direction, keep their own order of words and stops.

In: the parsed page. Out: the same tree with `dir` where it is needed. A block that mixes both is left to the page's direction:
a heading that begins with a Latin name is still a heading of its page (UAX #9 orders what is inside). A paragraph in the other
direction with a few words of the page's is none of those. Knows no fonts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from generator.markup.vocabulary import BLOCKS
from generator.tree import outside

if TYPE_CHECKING:
    from collections.abc import Iterator

FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
LETTER = re.compile(r"[^\W\d_]")
SKIPPED = frozenset({"svg", "head", "title"})
CODE = frozenset({"code", "kbd", "samp"})
BESIDE_MARKS = frozenset({"li", "dd", "td", "th"})  # what stands by a bullet or in a column begins there
FEW = 6  # of so many letters of a paragraph one may be of the other direction
LONG = 60  # characters from which a paragraph is set from its own side, and not only in its own order


def turn(root: Any) -> None:
    """Give blocks and code their own direction, where it is not that of the page."""
    rtl = root.get("dir") == "rtl"
    if not rtl and not FROM_RIGHT.search("".join(root.itertext())):
        return
    for element in list(outside(root, SKIPPED)):
        around = _around(element)
        if element.get("dir") or around in ("ltr", "auto"):
            continue
        back = rtl or around == "rtl"  # a handout in such letters may say so itself, around all of its text
        if element.tag == "pre":
            text = "".join(element.itertext())  # a comment in it turns no program round, but a poem is none
            element.set("dir", "ltr" if LETTER.search(FROM_RIGHT.sub("", text)) or not FROM_RIGHT.search(text) else "auto")
        elif element.tag in CODE:
            if back:
                element.set("dir", "auto" if FROM_RIGHT.search("".join(element.itertext())) else "ltr")
        elif element.tag in BLOCKS and not _pictured(element) and _runs_against("".join(_own(element)), rtl=back):
            _set(element, "ltr" if back else "rtl")


def _around(element: Any) -> str | None:
    """Give the direction that something around an element has of its own, the page aside; None where nothing has."""
    return next((a.get("dir") for a in element.iterancestors() if a.get("dir") and a.getparent() is not None), None)


def _pictured(element: Any) -> bool:
    """Tell a block with a picture in it, as a logo beside a name: its place is the page's."""
    return next(element.iter("svg", "img"), None) is not None


def _runs_against(text: str, *, rtl: bool) -> bool:
    from_right = FROM_RIGHT.search(text) is not None
    from_left = LETTER.search(FROM_RIGHT.sub("", text)) is not None
    if not (from_left if rtl else from_right):
        return False
    return not (from_right if rtl else from_left) or (len(text) > LONG and _mostly_against(text, rtl=rtl))


def _mostly_against(text: str, *, rtl: bool) -> bool:
    """Tell a paragraph in the other direction, which a few words of the page's turn no more around."""
    letters = LETTER.findall(text)
    against = [letter for letter in letters if (FROM_RIGHT.match(letter) is None) == rtl]
    return against[:1] == letters[:1] and len(against) * FEW >= len(letters) * (FEW - 1)


def _own(element: Any) -> Iterator[str]:
    """Yield a block's text up to the first block inside it."""
    yield element.text or ""
    for child in element:
        if child.tag in BLOCKS:
            return
        yield "".join(child.itertext())
        yield child.tail or ""


def _set(element: Any, direction: str) -> None:
    if _placed(element) is None and element.tag == "p" and element.getparent().tag not in BESIDE_MARKS and len("".join(element.itertext())) > LONG:
        element.set("dir", direction)
        return
    inner = etree.Element("span", {"dir": direction})
    placed = _placed(element)
    if placed is None:
        inner.text, element.text = element.text, None
    else:
        inner.text, placed.tail = placed.tail, None
    start = 0 if placed is None else 1
    for child in list(element)[start:]:
        if child.tag in BLOCKS:
            break
        inner.append(child)
    element.insert(start, inner)


def _placed(element: Any) -> Any:
    """Give what stands in front of a block's text in a place that goes by the page's direction: a numeral, a box to tick."""
    first = element[0] if len(element) and not (element.text or "").strip() else None
    return first if first is not None and (first.tag == "input" or first.get("class") == "numeral") else None
