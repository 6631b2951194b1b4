"""What a language asks of a font: its letters, and the family that is made for its script.

In: a BCP 47 tag. Out: letters and families to try. From CLDR through ICU, which is imported for other languages than
English alone. Knows no font files.
"""

from __future__ import annotations

from functools import lru_cache

FAMILIES = {
    "Arab": "Noto Sans Arabic", "Hebr": "Noto Sans Hebrew", "Deva": "Noto Sans Devanagari", "Beng": "Noto Sans Bengali",
    "Taml": "Noto Sans Tamil", "Telu": "Noto Sans Telugu", "Gujr": "Noto Sans Gujarati", "Thai": "Noto Sans Thai",
    "Laoo": "Noto Sans Lao", "Khmr": "Noto Sans Khmer", "Mymr": "Noto Sans Myanmar", "Ethi": "Noto Sans Ethiopic",
    "Hans": "Noto Sans SC", "Hant": "Noto Sans TC", "Jpan": "Noto Sans JP", "Kore": "Noto Sans KR", "Hira": "Noto Sans JP",
    "Kana": "Noto Sans JP", "Hang": "Noto Sans KR", "Bopo": "Noto Sans TC",
}  # fmt: skip
SYMBOLS = ("Noto Sans Symbols 2", "STIX Two Math", "Noto Emoji")
"""What has the arrows, signs and pictures that letters' faces lack, for a text in any script."""
HAN = {"Hans": "Noto Sans SC", "Hant": "Noto Sans TC", "Jpan": "Noto Sans JP", "Kore": "Noto Sans KR"}
ENGLISH = "en"
SOFT_HYPHEN = 0xAD
COMMON = {"Hans": ("gb2312", 0xB0, 0xD7), "Hant": ("big5", 0xA4, 0xC6), "Jpan": ("euc_jp", 0xA4, 0xCF), "Kore": ("euc_kr", 0xB0, 0xC8)}
"""The rows of a national character set that hold what is written every day: a font with all Chinese characters has 10 MB."""
LATIN = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x180), 0x192, *range(0x218, 0x21C), 0x1E9E, *range(0x2010, 0x2015), 0x2018, 0x2019,
                   0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x2039, 0x203A, 0x20AC, 0x2122])  # fmt: skip
"""What names and addresses are written with in any country that writes Latin letters."""


@lru_cache(maxsize=256)
def script_of_language(lang: str) -> str:
    """Give the ISO 15924 script that a language is written in: zh-Hant -> Hant, ur -> Arab."""
    if lang.partition("-")[0] == ENGLISH or not lang:
        return "Latn"
    import icu

    return str(icu.Locale.forLanguageTag(lang).addLikelySubtags().getScript()) or "Latn"


@lru_cache(maxsize=64)
def letters_of(lang: str) -> str:
    """Give the letters that a language cannot do without (CLDR's main exemplars); "" for English and where none are known."""
    if lang.partition("-")[0] == ENGLISH or not lang:
        return ""
    import icu

    try:
        found = icu.LocaleData(icu.Locale.forLanguageTag(lang).getName()).getExemplarSet()
    except icu.ICUError:
        return ""
    return "".join(str(text) for text in icu.UnicodeSetIterator(found))


def typed_letters(lang: str, has: frozenset[int]) -> str:
    """Give what may be typed into a form in a language, of the characters that a face has: Latin letters, and those of its script."""
    script = script_of_language(lang)
    letters = _everyday(*COMMON[script]) if script in COMMON else letters_of(lang)
    found = LATIN | {ord(c) for text in letters for c in (text, text.upper()) if len(c) == 1}
    if script not in (*COMMON, "Latn"):
        import icu

        for code in icu.Script.getCode(script):  # none for a pseudo-locale
            found |= {c for c in has if icu.Script.hasScript(chr(c), code)}
    return "".join(chr(c) for c in sorted(found & has) if c != SOFT_HYPHEN)


def _everyday(charset: str, first: int, last: int) -> str:
    codes = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(0x40, 0xFF))
    return "".join(code.decode(charset, "ignore") for code in codes)


def family_for(script: str, lang: str) -> str | None:
    """Give the family made for a run of a script (ISO 15924); Han goes by the language it is read in."""
    return next(iter(families_for(script, lang)), None)


def families_for(script: str, lang: str) -> tuple[str, ...]:
    """Give the families made for a run of a script; a rare Han character may be in another country's face alone."""
    if script == "Hani":
        return tuple(dict.fromkeys((HAN.get(script_of_language(lang), HAN["Hans"]), *HAN.values())))
    return (FAMILIES[script],) if script in FAMILIES else ()
