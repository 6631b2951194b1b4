"""A step in a line or two, for cards too small for it: the paragraph marked `{: .brief }`, else its first sentences.

In: the HTML of a step and its locale. Out: plain text, or the HTML of its box.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from generator.markup.elsewhere import without_calls
from generator.tree import drop, parse_fragment, serial

if TYPE_CHECKING:
    from markupsafe import Markup as Safe

ROOM = 90
"""Characters of two lines; wide ones count twice, marks above or below others not at all."""
LONGEST = 125
"""A sentence longer than that is no line of advice."""
CLOSING = "\"'”’»)]*"
ENDS = tuple(".!?…。！？।॥؟۔։።။។")


def in_brief(html: str, locale: str) -> tuple[str, bool]:
    """Give the line, or "" where the step begins with too long a sentence, and whether it says all that its sentence does.

    A step that begins with a list or a box gives that.
    """
    root = without_calls(parse_fragment(html))
    marked = next((e for e in root.iter("p") if "brief" in (e.get("class") or "").split()), None)
    if marked is not None:
        return _text(marked), True
    first = next((e for e in root.iter("p", "li") if _text(e)), root)
    line = _beginning(_text(first), locale)
    return line, bool(line) and not _goes_on(first, line)


def _goes_on(element: Any, line: str) -> bool:
    """Tell a line whose sentence ends in the list below it: “Call when”, “Try this:”."""
    below = element.getnext() if element.tag == "p" else None
    return below is not None and below.tag in ("ul", "ol") and not line.rstrip(CLOSING).endswith(ENDS)


def first_item(html: str) -> str:
    """Give the words of the first item of the first list, "" where there is none."""
    first = next(without_calls(parse_fragment(html)).iter("li"), None)
    if first is None:
        return ""
    for inner in list(first.iter("ul", "ol")):
        drop(inner)
    return _text(first)


def heart(html: str) -> Safe:
    """Give what a step comes down to: its words to say, else its first list."""
    root = without_calls(parse_fragment(html))
    boxes = [e for e in root.iter("aside") if "say" in (e.get("class") or "").split()]
    return serial((boxes or list(root.iter("ul", "ol")))[:1])


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _beginning(text: str, locale: str) -> str:
    """Give whole sentences, the first and as many more as two lines hold. ICU knows where each script ends one."""
    import icu

    breaks = icu.BreakIterator.createSentenceInstance(icu.Locale.forLanguageTag(locale))
    breaks.setText(text)
    units = text.encode("utf-16-le")  # in which ICU counts
    kept = ""
    for end in breaks:
        more = units[: 2 * end].decode("utf-16-le").strip()
        if kept and _width(more) > ROOM:
            break
        kept = more
    return kept if _width(kept) <= LONGEST else ""


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else unicodedata.category(c) != "Mn" for c in text)
