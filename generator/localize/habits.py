"""How a locale writes: dates, digits, lists, quotation marks, order, paper. From CLDR through ICU.

In: a BCP 47 tag and values. Out: text. English is written here without any library, since start-up counts.
Knows no catalog and no page.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

T = TypeVar("T")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
PSEUDO = ("qps-ploc", "qps-plocm")
LETTER_REGIONS = frozenset({"US", "CA", "MX", "PH", "CO", "CL", "VE", "GT", "CR", "PA", "SV", "NI", "DO", "PR", "BO"})
ASCII_DIGITS = "0123456789"
QUOTES: dict[str, str | tuple[str, ...]] = {
    "en": "“”‘’", "es": "«»“”", "fr": ("«\u202f", "\u202f»", "“", "”"), "de": "„“‚‘", "it": "«»“”", "pt": "“”‘’", "pl": "„”«»", "ro": "„”«»",
    "ru": "«»„“", "uk": "«»„“", "el": "«»“”", "tr": "“”‘’", "ar": "«»“”", "fa": "«»‹›", "ur": "”“’‘", "he": "”“’‘", "ja": "「」『』",
    "zh-Hant": "「」『』", "am": "«»‹›", "cs": "„“‚‘", "sv": "””’’", "fi": "””’’", "da": "”“’‘", "nb": "«»‘’", "hu": "„”»«",
    "bg": "„“‚‘", "sr": "„“‚‘", "hr": "„“‚‘", "sk": "„“‚‘", "sl": "„“‚‘", "lt": "„“‚‘", "nl": "‘’“”",
}  # fmt: skip
"""Opening and closing marks, outer and inner, where CLDR's are not those of English; a French pair holds a narrow space."""


def language(locale: str) -> str:
    """Give the language of a tag: pt-BR -> pt."""
    return locale.partition("-")[0]


def direction(locale: str) -> str:
    """Give ltr or rtl."""
    return "rtl" if language(locale) in RTL or locale == "qps-plocm" else "ltr"


def chain(locale: str) -> list[str]:
    """Give the locales whose catalogs serve one, the nearest first: zh-TW -> zh-TW, zh-Hant, zh."""
    if locale in PSEUDO:
        return []
    found = [locale]
    if language(locale) == "zh" and "Han" not in locale:
        found.append("zh-Hant" if locale.rpartition("-")[2] in ("TW", "HK", "MO") else "zh-Hans")
    parts = locale.split("-")
    found += ["-".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]
    if language(locale) == "pt":
        found.append("pt-BR")
    if language(locale) == "fil":
        found.append("tl")
    return list(dict.fromkeys(found))


def same_language(one: str, other: str) -> bool:
    """Tell whether a text in one locale serves readers of the other."""
    if language(one) != language(other):
        return False
    return language(one) != "zh" or chain(one)[1:2] == chain(other)[1:2] or one == other


def is_english(locale: str) -> bool:
    """Tell whether a locale is written without any library."""
    return language(locale) in ("en", "qps")


@lru_cache(maxsize=64)
def icu_locale(locale: str) -> Any:
    """Give ICU's locale."""
    import icu

    return icu.Locale.forLanguageTag(locale)


@lru_cache(maxsize=64)
def exists(locale: str) -> bool:
    """Tell whether a tag names a language (and a script and region) that there is."""
    if locale in ("en", "en-US", "en-GB", *PSEUDO):
        return True
    import icu

    first, *rest = locale.split("-")
    known = {2: icu.Locale.getISOCountries(), 3: ("001", "150", "419")}
    return first in (*icu.Locale.getISOLanguages(), "tl") and all(len(p) == 4 or p in known.get(len(p), ()) for p in rest)


def names_of_languages() -> list[str]:
    """Give the codes of languages, to name the nearest."""
    import icu

    return [str(code) for code in icu.Locale.getISOLanguages()]


def english_name(code: str) -> str:
    """Give a language's name in English: vi -> Vietnamese."""
    return str(icu_locale(code).getDisplayLanguage(icu_locale("en")))


@lru_cache(maxsize=64)
def digits(locale: str) -> str:
    """Give the ten digits of a locale, "" where they are 0 to 9."""
    if is_english(locale):
        return ""
    import icu

    writer = icu.NumberFormat.createInstance(icu_locale(locale))
    writer.setGroupingUsed(False)
    own = "".join(str(writer.format(digit)) for digit in range(10))
    return "" if own == ASCII_DIGITS else own


def number(locale: str, value: int) -> str:
    """Write a whole number in the digits of a locale."""
    own = digits(locale)
    return str(value).translate(str.maketrans(ASCII_DIGITS, own)) if own else str(value)


def long_date(locale: str, day: date) -> str:
    """Write a date as a reader would, in the calendar that is used: 8 March 2025, 8 de marzo de 2025, 8 มีนาคม 2568."""
    if is_english(locale):
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    import icu

    writer = icu.DateFormat.createDateInstance(icu.DateFormat.kLong, icu_locale(locale))
    writer.setTimeZone(icu.TimeZone.createTimeZone("UTC"))
    return str(writer.format(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)))


def join(locale: str, items: Iterable[str]) -> str:
    """Write a list: a, b and c."""
    every = list(items)
    if is_english(locale):
        return " and ".join(x for x in (", ".join(every[:-1]), *every[-1:]) if x)
    import icu

    return str(icu.ListFormatter.createInstance(icu_locale(locale)).format(every)) if every else ""


def in_order(locale: str, items: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """Sort by names as a reader of the locale looks for them (UCA with CLDR's tailoring)."""
    if is_english(locale):
        return sorted(items, key=lambda item: name(item).casefold())
    import icu

    collator = icu.Collator.createInstance(icu_locale(locale))
    return sorted(items, key=lambda item: collator.getSortKey(name(item)))


def quotes(locale: str) -> tuple[str, ...]:
    """Give four quotation marks: outer opening and closing, inner opening and closing; spaces inside belong to them."""
    return tuple(next((QUOTES[name] for name in chain(locale) if name in QUOTES), QUOTES["en"]))


def spaces(locale: str) -> tuple[tuple[str, str], ...]:
    """Give what spaces beside marks become: in French a narrow one that no line breaks at, before a colon a full one."""
    if language(locale) != "fr":
        return ()
    return (("«[ \u00a0]", "«\u202f"), ("[ \u00a0](?=[»?!;])", "\u202f"), (" (?=:)", "\u00a0"))


def region(locale: str) -> str:
    """Give a tag's region, "" where it names none."""
    last = locale.rpartition("-")[2]
    return last if len(last) == 2 and last.isupper() else ""
