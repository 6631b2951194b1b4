"""Pseudo-locales: a page as it will be when translations come, before there is one.

In: the finished page as a tree. Out: the same tree with accented, longer text (qps-ploc), or that and mirrored (qps-plocm:
the page runs from right to left). What may not change in a translation stays: numbers, links' addresses, names of brands.
"""

from __future__ import annotations

import re
from typing import Any

ACCENTED = str.maketrans(
    "aAbBcCdDeEgGhHiIjJkKlLnNoOrRsStTuUwWyYzZ", "åÅƀƁçÇđĐéÉĝĜĥĤîÎĵĴķĶļĻñÑöÖŕŔšŠţŢûÛŵŴýÝžŽ"
)
SKIPPED = frozenset({"head", "svg", "code", "pre", "style"})
KEPT = frozenset({"tel", "nobr"})
PADDING = "~"
LONGER = 0.4
WORD = re.compile(r"[A-Za-z]")


def apply(root: Any) -> None:
    """Change all text of a page in place. Brackets at both ends of a text show where it was cut."""
    for element in root.iter():
        if not isinstance(element.tag, str) or _is_kept(element):
            continue
        element.text = _longer(element.text)
        for child in element:
            child.tail = _longer(child.tail)


def _is_kept(element: Any) -> bool:
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag in SKIPPED or KEPT & set((ancestor.get("class") or "").split()) or ancestor.get("data-kept"):
            return True
    return False


def _longer(text: str | None) -> str | None:
    """Accent a text and lengthen it by two fifths, a syllable behind every few words, so that lines may still break."""
    if text is None or WORD.search(text) is None:
        return text
    core = text.strip()
    missing = round(len(core) * LONGER)
    words = core.translate(ACCENTED).split(" ")
    step = max(1, len(words) * 4 // max(1, missing))
    out: list[str] = []
    for number, word in enumerate(words, 1):
        out.append(word)
        if missing > 0 and number % step == 0:
            out.append(PADDING * min(3, missing))
            missing -= 4
    if missing > 0:
        out.append(PADDING * min(missing, 6))
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{start}[{' '.join(out)}]{end}"
