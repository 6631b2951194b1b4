"""How a locale writes: dates, digits, lists, quotation marks, order, paper. From CLDR through ICU.

In: a BCP 47 tag and values. Out: text. English is written here without any library, since start-up counts.
Knows no catalog and no page.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from generator.localize.answers import answered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

T = TypeVar("T")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
MIRRORED = "qps-plocm"
PSEUDO = ("qps-ploc", MIRRORED)
LETTER_REGIONS = frozenset({"US", "CA", "MX", "PH", "CO", "CL", "VE", "GT", "CR", "PA", "SV", "NI", "BZ", "DO", "PR", "BO"})
ASCII_DIGITS = "0123456789"
AND = {"en": "and", "qps": "and", "ht": "ak"}
HAITIAN = ("janvye", "fevriye", "mas", "avril", "me", "jen", "jiyè", "out", "septanm", "oktòb", "novanm", "desanm")
"""CLDR has French words for Haitian Creole."""
QUOTES = {
    "en": ("“", "”", "‘", "’"), "fr": ("«\u202f", "\u202f»", "“", "”"), "fr-CH": ("«\u202f", "\u202f»", "‹", "›"),
    "ar": ("«", "»", "“", "”"), "ht": ("“", "”", "‘", "’"), "nl": ("‘", "’", "“", "”"), "bg": ("„", "“", "’", "’"),
    "es-US": ("“", "”", "‘", "’"),
}  # fmt: skip
"""Outer and inner marks where books differ from CLDR; a French pair holds a narrow space."""


def language(locale: str) -> str:
    """Give the language of a tag: pt-BR -> pt."""
    return locale.partition("-")[0]


def direction(locale: str) -> str:
    """Give ltr or rtl."""
    return "rtl" if language(locale) in RTL or locale == MIRRORED else "ltr"


def chain(locale: str) -> list[str]:
    """Give the locales whose catalogs serve one, the nearest first: zh-TW -> zh-TW, zh-Hant, zh."""
    if locale in PSEUDO:
        return []
    found = [locale]
    if language(locale) == "zh" and "Han" not in locale:
        found.append("zh-Hant" if locale.rpartition("-")[2] in ("TW", "HK", "MO") else "zh-Hans")
    parts = locale.split("-")
    found += [near for count in range(len(parts) - 1, 0, -1) if same_script(near := "-".join(parts[:count]), locale)]
    if language(locale) == "pt":
        found.append("pt-BR")
    if language(locale) == "fil":
        found.append("tl")
    return list(dict.fromkeys(found))


def same_language(one: str, other: str) -> bool:
    """Tell whether a text in one locale serves readers of the other."""
    if language(one) != language(other) or not same_script(one, other):
        return False
    return language(one) != "zh" or chain(one)[1:2] == chain(other)[1:2] or one == other


def same_script(one: str, other: str) -> bool:
    """Tell whether two tags of one language are written in the same letters: sr is in Cyrillic ones, sr-Latn is not. Chinese: see `chain`."""
    named = [next((part for part in tag.split("-")[1:] if len(part) == len("Latn")), "") for tag in (one, other)]
    if named[0] == named[1] or language(one) == "zh":
        return True
    scripts = [script or str(icu_locale(tag).addLikelySubtags().getScript()) for script, tag in zip(named, (one, other), strict=True)]
    return scripts[0] == scripts[1]


def is_english(locale: str) -> bool:
    """Tell whether a locale is written without any library."""
    return language(locale) in ("en", "qps")


@lru_cache(maxsize=64)
def icu_locale(locale: str) -> Any:
    """Give ICU's locale."""
    import icu

    return icu.Locale.forLanguageTag(locale)


def english_name(code: str) -> str:
    """Give a language's name in English: vi -> Vietnamese."""
    return language_name(code, "en")


@answered
def language_name(code: str, locale: str) -> str:
    """Give a language's name in a locale: es in fr -> espagnol."""
    return str(icu_locale(code).getDisplayLanguage(icu_locale(locale)))


@lru_cache(maxsize=64)
def digits(locale: str) -> str:
    """Give the ten digits of a locale, "" where they are 0 to 9."""
    return "" if is_english(locale) else _digits(locale)


@answered
def _digits(locale: str) -> str:
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
    """Write a date as a reader would, in the calendar that is used: March 8, 2025, 8 de marzo de 2025, 8 มีนาคม 2568."""
    if is_english(locale):
        month = MONTHS[day.month - 1]
        return f"{month} {day.day}, {day.year}" if region(locale) in ("", "US") else f"{day.day} {month} {day.year}"
    if language(locale) == "ht":
        return f"{day.day} {HAITIAN[day.month - 1]} {day.year}"
    return _long_date(locale, day.isoformat())


@answered
def _long_date(locale: str, day: str) -> str:
    import icu

    writer = icu.DateFormat.createDateInstance(icu.DateFormat.kLong, icu_locale(locale))
    writer.setTimeZone(icu.TimeZone.createTimeZone("UTC"))
    return str(writer.format(datetime.fromisoformat(f"{day}T12:00:00+00:00")))


@lru_cache(maxsize=64)
def dates(locale: str) -> tuple[str, ...]:
    """Give expressions for dates as a text in the locale has them: the whole one, and that without its year."""
    if is_english(locale):
        names = "|".join(MONTHS)
        return (rf"\b\d{{1,2}} (?:{names})(?: \d{{4}})?\b", rf"\b(?:{names}) \d{{1,2}}(?:, \d{{4}})?\b")
    if language(locale) == "ht":
        return (rf"\b\d{{1,2}} (?:{'|'.join(HAITIAN)})(?: \d{{4}})?\b",)
    return _dates(locale)


@answered
def _dates(locale: str) -> tuple[str, ...]:
    import icu

    here = icu_locale(locale)
    own = icu.DateFormat.createDateInstance(icu.DateFormat.kLong, here)
    wide = (*own.getDateFormatSymbols().getMonths(), *icu.DateFormatSymbols(here).getMonths())
    months = "|".join(re.escape(name) for name in dict.fromkeys(wide))
    generator = icu.DateTimePatternGenerator.createInstance(here)
    forms = dict.fromkeys([str(own.toPattern()), str(generator.getBestPattern("yMMMMd")), str(generator.getBestPattern("MMMMd"))])
    fields = {"M": r"\d{1,2}", "MMMM": f"(?:{months})", "LLLL": f"(?:{months})", "d": r"\d{1,2}", "y": r"\d{4}", "G": r"[^\s\d]+"}
    return tuple(_date_expression(form, fields) for form in forms)


def _date_expression(form: str, fields: dict[str, str]) -> str:
    """Turn a date format of CLDR (d 'de' MMMM 'de' y) into an expression."""
    text = "".join(
        fields.get(piece[0], fields.get(piece["field"], "")) if piece["field"] else re.escape(piece["quoted"] or piece[0])
        for piece in re.finditer(r"'(?P<quoted>[^']*)'|(?P<field>[A-Za-z])(?P=field)*|.", form)
    ).replace(r"\ ", "[ \u00a0\u202f]")
    return rf"(?<!\d){text}(?!\d)"


def join(locale: str, items: Iterable[str]) -> str:
    """Write a list: a, b and c."""
    every = list(items)
    if language(locale) in AND:
        return f" {AND[language(locale)]} ".join(x for x in (", ".join(every[:-1]), *every[-1:]) if x)
    return _join(locale, *every) if every else ""


@answered
def _join(locale: str, *items: str) -> str:
    import icu

    return str(icu.ListFormatter.createInstance(icu_locale(locale)).format(items))


def in_order(locale: str, items: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """Sort by names as a reader of the locale looks for them (UCA with CLDR's tailoring)."""
    if is_english(locale):
        return sorted(items, key=lambda item: name(item).casefold())
    every = list(items)
    return [every[place] for place in _order(locale, *map(name, every))]


@answered
def _order(locale: str, *names: str) -> tuple[int, ...]:
    """Give the places of names in their order."""
    import icu

    collator = icu.Collator.createInstance(icu_locale(locale))
    return tuple(sorted(range(len(names)), key=lambda place: collator.getSortKey(names[place])))


@lru_cache(maxsize=64)
def quotes(locale: str) -> tuple[str, ...]:
    """Give four quotation marks: outer opening and closing, inner opening and closing; spaces inside belong to them."""
    named = next((QUOTES[name] for name in chain(locale) if name in QUOTES), None)
    if named is not None or is_english(locale):
        return named or QUOTES["en"]
    return _quotes(locale)


@answered
def _quotes(locale: str) -> tuple[str, ...]:
    import icu

    found = icu.LocaleData(icu_locale(locale).getName())
    return tuple(str(found.getDelimiter(kind)) for kind in range(4))


def spaces(locale: str) -> tuple[tuple[str, str], ...]:
    """Give what spaces beside marks become: in French a narrow one that no line breaks at, before a colon a full one."""
    if language(locale) != "fr":
        return ()
    return (("«[ \u00a0]", "«\u202f"), ("[ \u00a0](?=[»?!;])", "\u202f"), (" (?=:)", "\u00a0"))


def spaced(locale: str, text: str) -> str:
    """Give a text with the spaces beside its marks as they should be."""
    for form, replacement in spaces(locale):
        text = re.sub(form, replacement, text)
    return text


def region(locale: str) -> str:
    """Give a tag's region, "" where it names none."""
    last = locale.rpartition("-")[2]
    return last if len(last) == 2 and last.isupper() else ""
