"""What must never break over lines: phone numbers, dates, names of hotlines, "Step 3".

In: the parsed page. Out: the same tree with `<span class="nobr">` and tappable phone links. Knows no fonts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from generator.tree import outside

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
PHONE = r"(?<![0-9A-Za-z-])(?P<phone>(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4})(?![0-9A-Za-z-])"
DATE = rf"\b\d{{1,2}} (?:{MONTHS})(?: \d{{4}})?\b|\b(?:{MONTHS}) \d{{1,2}},? \d{{4}}\b"
NUMBERED = r"\b(?:[Ss]tep|[Pp]age|[Pp]art) \d+\b"
LONGEST = 36  # characters of a name that still fits a narrow line whole
ADDRESSES = ("http://", "https://", "www.")
SKIPPED = frozenset({"pre", "code", "svg", "title", "head"})


class Unbroken:
    """Wraps what stays together."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names (of hotlines) that never break."""
        several = sorted((n for n in names if " " in n and len(n) <= LONGEST), key=len, reverse=True)
        self.quick = re.compile("|".join([r"\d", *(re.escape(n) for n in several)]))
        parts = [PHONE, DATE, NUMBERED, *(re.escape(n) for n in several)]
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
            node = _kept(match, linked=linked)
            node.tail = text[match.end() : end]
            parent.insert(index + number, node)


def _kept(match: re.Match[str], *, linked: bool) -> Any:
    phone = match.groupdict().get("phone")
    if phone and not linked:
        node = etree.Element("a", {"href": "tel:" + tel(phone), "class": "tel nobr", "dir": "ltr"})
    else:
        node = etree.Element("span", {"class": "nobr"})
    node.text = match[0]
    return node


def tel(phone: str) -> str:
    """Give a number as a tel: link writes it (RFC 3966): +1-800-799-7233; short numbers as they are."""
    digits = re.sub(r"\D", "", phone)
    if len(digits) == 10:
        digits = "1" + digits
    if len(digits) == 11 and digits[0] == "1":
        return f"+1-{digits[1:4]}-{digits[4:7]}-{digits[7:]}"
    return digits
