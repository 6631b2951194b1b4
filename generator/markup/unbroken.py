"""What must never break over lines: phone numbers, dates, names of hotlines, "Step 3".

In: the parsed page. Out: the same tree with `<span class="nobr">` and tappable phone links. Knows no fonts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from generator.localize.phones import is_number, pattern, tel
from generator.tree import outside

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = rf"\b\d{{1,2}} (?:{MONTHS})(?: \d{{4}})?\b|\b(?:{MONTHS}) \d{{1,2}},? \d{{4}}\b"
NUMBERED = r"\b(?:[Ss]tep|[Pp]age|[Pp]art) \d+\b"
LONGEST = 36  # characters of a name that still fits a narrow line whole
ADDRESSES = ("http://", "https://", "www.")
SKIPPED = frozenset({"pre", "code", "svg", "title", "head"})


class Unbroken:
    """Wraps what stays together."""

    def __init__(self, names: Iterable[str], region: str = "US") -> None:
        """Take the names (of hotlines) that never break, and the region whose telephone numbers are read."""
        self.region = region
        several = sorted((n for n in names if " " in n and len(n) <= LONGEST), key=len, reverse=True)
        self.quick = re.compile("|".join([r"\d", *(re.escape(n) for n in several)]))
        parts = [pattern(region), DATE, NUMBERED, *(re.escape(n) for n in several)]
        self.pattern = re.compile("|".join(parts))

    def apply(self, root: Any) -> None:
        """Visit all text."""
        for element in list(outside(root, SKIPPED)):
            if element.tag == "a" and (element.text or "").startswith(ADDRESSES):
                element.set("dir", "ltr")
            if element.text and "nobr" not in (element.get("class") or "").split():
                self._wrap(element, element.text, None)
            for child in list(element):
                if child.tail:
                    self._wrap(element, child.tail, child)

    def _wrap(self, parent: Any, text: str, after: Any) -> None:
        if not self.quick.search(text):
            return
        matches = list(self.pattern.finditer(text))
        if not matches:
            return
        linked = any(a.tag == "a" for a in (parent, *parent.iterancestors()))
        head = text[: matches[0].start()]
        if after is None:
            parent.text = head
        else:
            after.tail = head
        index = 0 if after is None else parent.index(after) + 1
        for number, match in enumerate(matches):
            end = matches[number + 1].start() if number + 1 < len(matches) else len(text)
            node = self._kept(match, linked=linked)
            node.tail = text[match.end() : end]
            parent.insert(index + number, node)

    def _kept(self, match: re.Match[str], *, linked: bool) -> Any:
        phone = match.groupdict().get("phone")
        if phone and not linked and is_number(phone, self.region):
            node = etree.Element("a", {"href": "tel:" + tel(phone, self.region), "class": "tel nobr", "dir": "ltr"})
        else:
            node = etree.Element("span", {"class": "nobr"})
        node.text = match[0]
        return node


