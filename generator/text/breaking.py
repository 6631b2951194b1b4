"""Where lines may end (UAX #14).

In: text. Out: break opportunities as offsets into it. Plain Western text is read here; all else, and all that
is doubtful, goes to ICU, which has the dictionaries for Thai, Lao and Khmer and the rules for the rest.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

PLAIN = re.compile(r"[\n !-~\u00a0\u00ad\u00c0-\u024f\u1e00-\u1eff\u2010-\u2019\u201c-\u201e\u2022\u2026\u20ac\ufffc]*")
WITHIN = re.compile(
    r"(?<=[^\W\d_]-)(?=[^\W\d_])|(?<=[—])(?=\w)|(?<=\w)(?=—)|(?<=\w–)(?=[^\W\d_])|(?<=[^\W\d_]/)(?=[^\W\d_])|(?<=\u00ad)"
)
INNER = re.compile(r"[-—–/\u00ad]")


def is_plain(text: str) -> bool:
    """Tell whether spaces, hyphens, dashes and slashes are all that can end a line in `text`."""
    return PLAIN.fullmatch(text) is not None


def inner_breaks(word: str) -> list[int]:
    """Give the offsets inside a plain word where a line may end: after a hyphen, around a dash, at a soft hyphen."""
    if INNER.search(word) is None:
        return []
    return [m.start() for m in WITHIN.finditer(word) if 0 < m.start() < len(word)]


def letters(text: str) -> list[str]:
    """Cut text into what its readers see as single letters (grapheme clusters, UAX #29)."""
    if text.isascii():
        return list(text)
    import icu

    breaker = icu.BreakIterator.createCharacterInstance(icu.Locale.getRoot())
    found = icu.UnicodeString(text)
    breaker.setText(found)
    ends = [0, *breaker]
    return [str(found[a:b]) for a, b in pairwise(ends)]


@lru_cache(maxsize=64)
def _breaker(lang: str) -> Any:
    import icu

    locale = icu.Locale.forLanguageTag(lang)
    if locale.getLanguage() in ("ja", "zh"):
        locale = icu.Locale(f"{locale.getName()}@lb=strict")  # no small kana or sound mark begins a line (kinsoku)
    return icu.BreakIterator.createLineInstance(locale)


def icu_breaks(text: str, lang: str) -> list[int]:
    """Give all break opportunities, the end included. ICU counts UTF-16 units; these are characters."""
    return [b for b in _all_breaks(text, lang) if b == len(text) or not _inside_korean(text, b, lang)]


def _inside_korean(text: str, offset: int, lang: str) -> bool:
    """Tell whether a break falls between syllables of a Korean word: a ragged text is easier to read with whole words."""
    return lang.partition("-")[0] == "ko" and text[offset - 1].isalnum() and text[offset].isalnum()


def _all_breaks(text: str, lang: str) -> list[int]:
    breaker = _breaker(lang)
    breaker.setText(text)
    found = list(breaker)
    if found and found[-1] == len(text):
        return found
    offsets, unit = {}, 0
    for index, character in enumerate(text):
        offsets[unit] = index
        unit += 2 if ord(character) > 0xFFFF else 1
    offsets[unit] = len(text)
    return [offsets[u] for u in found]
