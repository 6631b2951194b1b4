"""Pseudo-locales: a translation by rule, to see what will not fit before a translator starts.

In: source texts, Markdown among them. Out: the same, accented and two fifths longer, with brackets ‹› at both ends that show
where text was cut (Markdown gives square ones a meaning); for the mirrored locale the letters run from right to left.
Placeholders, numbers, addresses, links' targets and code stay as they are. Knows no files and no page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.localize.catalog import Catalog, Entry
from generator.localize.habits import MIRRORED
from generator.localize.labels import relabelled
from generator.localize.po import composed

ACCENTS = str.maketrans("acdegiklnorstuyzACDEGIKLNORSTUYZ", "åçđéğîķłñöřšţûýžÅÇĐÉĞÎĶŁÑÖŘŠŢÛÝŽ")
VOWELS = frozenset("aeiouyAEIOUY")
LONGER = 0.4
PADDING = "·"
KEPT = re.compile(
    r"""(?P<shown> \{\{.*?\}\} | %\(\w+\)[sd] | `[^`]+` | https?://\S+ | \S+@\S+ | \w[\w-]*(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?
          | [+(]?\d(?:[\d.,:/() -]*\d)? )
      | \{%.*?%\} | \]\([^()]*(?:\([^()]*\)[^()]*)*\) | \]\[[^\]]*\] | \[\^[^\]]+\] | <[^<>]+> | &\#?\w+; | \\. | \{[:.\#][^{}]*\}""",
    re.VERBOSE,
)
OVERRIDE, ISOLATE = ("\u202e", "\u202c"), ("\u2066", "\u2069")


def translated(text: str, locale: str) -> str:
    """Translate one block; a label inside a placeholder is a text of its own."""
    text = relabelled(text, lambda label: translated(label, locale))
    if not any(letter.isalpha() for letter in KEPT.sub("", text)):
        return text
    mirrored = locale == MIRRORED
    out, at, owed = [], 0, 0.0
    for kept in KEPT.finditer(text):
        longer, owed = _longer(text[at : kept.start()], owed)
        out += [longer, kept[0].join(ISOLATE) if mirrored and kept["shown"] else kept[0]]
        at = kept.end()
    longer, owed = _longer(text[at:], owed)
    padding = " " + PADDING * int(owed) if owed >= 2 else ""  # there were too few vowels to double
    return f"‹{''.join(out)}{longer}{padding}›".join(OVERRIDE if mirrored else ("", ""))


def _longer(text: str, owed: float) -> tuple[str, float]:
    """Accent a text and double vowels, so that its words grow too; what is still owed goes on to the next piece."""
    out = []
    for letter in text:
        owed += LONGER
        times = 1 + int(owed) if letter in VOWELS else 1
        owed -= times - 1
        out.append(letter.translate(ACCENTS) * times)
    return "".join(out), owed


class Words(Mapping[str, str]):
    """Every text with its translation, made when it is asked for."""

    def __init__(self, locale: str) -> None:
        """Take the pseudo-locale."""
        self.locale = locale

    def __getitem__(self, text: str) -> str:
        """Translate a text."""
        return translated(text, self.locale)

    def __contains__(self, text: object) -> bool:
        """Every text is translated."""
        return True

    def __bool__(self) -> bool:
        """There are words, though nobody can count them."""
        return True

    def __iter__(self) -> Iterator[str]:
        """Give nothing: there is no end of texts."""
        return iter(())

    def __len__(self) -> int:
        """Count nothing."""
        return 0


def catalog_of(texts: list[str], locale: str) -> Catalog:
    """Give a whole catalog of texts, reviewed by the rule that made it."""
    return Catalog(locale, (), {composed(text): Entry(text, translated(text, locale), fuzzy=False, line=0) for text in texts}, locale, locale)
