"""What must never break over lines: phone numbers, dates, names of hotlines, "Step 3", "5 mL", each as the reader's language writes it.

In: the parsed page. Out: the same tree with `<span class="nobr">` and tappable phone links. Knows no fonts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from generator.localize import habits, phones
from generator.markup import units
from generator.tree import outside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.localize.interface import Interface
    from generator.project.records import Hotline

LONGEST = 36  # characters of a name that still fits a narrow line whole
ADDRESSES = ("http://", "https://", "www.")
SKIPPED = frozenset({"pre", "code", "svg", "title", "head"})


NUMBERED = "Step %(number)s of %(count)s"
SHORT = 4  # digits of a number that a text may also mean otherwise


class Unbroken:
    """Wraps what stays together."""

    def __init__(self, hotlines: Iterable[Hotline], interfaces: Iterable[Interface], region: str, own: Iterable[str] = ()) -> None:
        """Take the hotlines, whose names and numbers never break, and the languages and the region of the reader.

        `own`: the practice's numbers, which are such however they are written: nowhere may their groups change places, as they
        would on a page from right to left.
        """
        lines = list(hotlines)
        self.region = region
        names = {h.name for h in lines if " " in h.name and len(h.name) <= LONGEST}
        numbers = (*(h.phone for h in lines), *own)
        self.numbers = {n for n in numbers if len(re.sub(r"\D", "", n)) > SHORT}
        several = [re.escape(n) for n in sorted(names, key=len, reverse=True)]
        exact = [re.escape(n) for n in sorted(self.numbers, key=len, reverse=True)]
        phone = rf"(?<![0-9A-Za-z-])(?P<phone>{'|'.join([*exact, phones.pattern(region)])})(?![0-9A-Za-z-])"
        self.quick = re.compile("|".join([r"(?<![0-9A-Za-z])\d", *several]))
        self.pattern = re.compile("|".join([phone, *(form for words in interfaces for form in _habitual(words)), units.EXPRESSION, *several]))

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
        matches = [m for m in self.pattern.finditer(text) if not m["phone"] or self._is_number(m["phone"])]
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

    def _is_number(self, text: str) -> bool:
        return text in self.numbers or phones.is_number(text, self.region)

    def _kept(self, match: re.Match[str], *, linked: bool) -> Any:
        phone = match["phone"]
        if phone and not linked:
            node = etree.Element("a", {"href": "tel:" + phones.tel(phone, self.region), "class": "tel nobr", "dir": "ltr"})
        else:
            node = etree.Element("span", {"class": "nobr"})
        node.text = match[0]
        return node


def _habitual(interface: Interface) -> list[str]:
    """Give expressions for dates and for "Step 3" in the reader's language."""
    found = list(habits.dates(interface.locale))
    step = re.search(r"([^\s%]+)[ \u00a0]%\(number\)s", interface.word(NUMBERED))
    if habits.is_english(interface.locale):
        found.append(r"\b(?:[Ss]tep|[Pp]age|[Pp]art) \d+\b")
    elif step:
        found.append(rf"(?<!\w)(?i:{re.escape(step[1])})[ \u00a0]\d+")
    return found
