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
    r"(?<=[^\W\d_]{3}-)(?=[^\W\d_]{3})|(?<=[—])(?=\w)|(?<=\w)(?=—)|(?<=\w–)(?=[^\W\d_])|(?<=[^\W\d_]/)(?=[^\W\d_])|(?<=\u00ad)"
)
INNER = re.compile(r"[-—–/\u00ad]")
PARTICLE = re.compile(r"(?<=[^\W\d_])[-‐](?=[^\W\d_])(?!(?<=[^\W\d_]{3}.)[^\W\d_]{3})")
"""A hyphen with fewer than three letters on a side of it ("prenez-le", "по-прежнему"): no line ends behind it."""
REPEATED = "ๆฯໆຯៗ"
"""Signs of Thai, Lao and Khmer that belong to the word before them, also where a space stands between."""

MISREAD = re.compile("(?<=អាច)(?=មក)")
"""Where ICU's Khmer dictionary reads "can come" as another word and tears the second one."""


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
    apart = [m.start() for m in MISREAD.finditer(text)]
    if apart:
        return [a + end for a, b in pairwise([0, *apart, len(text)]) for end in icu_breaks(text[a:b], lang)]
    held = {m.end() for m in PARTICLE.finditer(text)}
    found = _all_breaks(_breaker(lang), text)
    if not held and lang.partition("-")[0] != "ko" and not any(sign in text for sign in REPEATED):
        return found
    return [b for b in found if b == len(text) or not (b in held or _holds(text, b, lang))]


def phrase_breaks(text: str, lang: str) -> frozenset[int] | None:
    """Give the ends of the words in a Chinese or Japanese text, as a dictionary knows them; None for other languages.

    In Japanese a particle or an ending stays with its word.
    """
    language = lang.partition("-")[0]
    if language not in ("zh", "ja"):
        return None
    ends = _all_breaks(_words(lang), text)
    return frozenset(ends if language == "zh" else (b for b, after in pairwise([*ends, len(text) + 2]) if not _trails(text, b, after)))


def _trails(text: str, start: int, stop: int) -> bool:
    """Tell whether a Japanese word is read with the one before it: hiragana behind kanji or katakana, or one letter of it."""
    if start == len(text) or not _is_hiragana(text[start]):
        return False
    return stop - start == 1 or text[start] in "てたっゃゅょ" or (text[start - 1].isalpha() and not _is_hiragana(text[start - 1]))


def _is_hiragana(character: str) -> bool:
    return "\u3041" <= character <= "\u309f"


@lru_cache(maxsize=8)
def _words(lang: str) -> Any:
    import icu

    return icu.BreakIterator.createWordInstance(icu.Locale.forLanguageTag(lang))


def _holds(text: str, offset: int, lang: str) -> bool:
    """Tell whether what stands on both sides of a break is better read together.

    That are syllables of a Korean word, for a ragged text is easier to read with whole words, and signs of repetition.
    """
    if text[offset] in REPEATED and text[offset - 1] != "\n":
        return True
    return lang.partition("-")[0] == "ko" and text[offset - 1].isalnum() and text[offset].isalnum()


def _all_breaks(breaker: Any, text: str) -> list[int]:
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
