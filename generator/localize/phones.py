"""Telephone numbers as their callers know them: how they are written, where a link leads, which stand in a text.

In: numbers and the region they are dialled in. Out: text, and what follows `tel:` (RFC 3966). The numbers of North America are
read here; all others through phonenumbers, which is imported for them alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

NORTH_AMERICA = frozenset({"US", "CA", "PR", "VI", "GU", "AS", "MP"})
NATIONAL = re.compile(r"(?:\+?1[-. ]?)?\(?(\d{3})\)?[-. ]?(\d{3})[-. ]?(\d{4})")
AMERICAN = r"(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}"
ABROAD = r"\+\d[\d ().-]{5,}\d"
EXTENDED = r",? (?:ext\.?|x) ?\d{1,6}"
EXTENSION = re.compile(r"(.*\d)(,? (?:ext\.?|x) ?(\d{1,6}))")
INLAND = r"\(?0\d[\d ()./-]{4,}\d"
WHOLE = r"\d{2,3}(?:[ \u00a0]\d{2,4}){2,4}"
"""A number of a country whose numbers have no 0 in front: 910 12 34 56. What else may be such groups, `is_number` refuses."""
AMOUNT = re.compile(r"\d{1,2}(?:[ \u00a0]\d{3})+")


def pattern(region: str) -> str:
    """Give an expression for what may be a number in a text read in a region; `is_number` tells what is one."""
    numbers = f"{AMERICAN}|{ABROAD}" if region in NORTH_AMERICA else f"{ABROAD}|{AMERICAN}|{INLAND}|{WHOLE}"
    return f"(?:{numbers})(?:{EXTENDED})?"


def is_number(text: str, region: str) -> bool:
    """Tell whether a text that looks like a telephone number can be one."""
    extended = EXTENSION.fullmatch(text)
    text = extended[1] if extended else text
    if re.fullmatch(WHOLE, text) and not text.startswith("0"):
        return AMOUNT.fullmatch(text) is None and _is_whole(text, region)
    return (region in NORTH_AMERICA and re.fullmatch(AMERICAN, text) is not None) or _valid(text, region) is not None


def _is_whole(text: str, region: str) -> bool:
    """Tell a number that is dialled inland as it stands; one that lacks the 0 of its country is more likely to be none."""
    found = _valid(text, region)
    if found is None:
        return False
    import phonenumbers

    inland = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.NATIONAL)
    return re.sub(r"\D", "", inland) == re.sub(r"\D", "", text)


def tel(text: str, region: str) -> str:
    """Give a number as a tel: link writes it: +1-800-799-7233; short numbers (988, 116 123) as they are dialled."""
    extended = EXTENSION.fullmatch(text)
    if extended:
        return f"{tel(extended[1], region)};ext={extended[3]}"
    american = NATIONAL.fullmatch(text) if region in NORTH_AMERICA else None
    if american:
        return "+1-" + "-".join(american.groups())
    if len(re.sub(r"\D", "", text)) > 3 and (found := _valid(text, region)) is not None:
        import phonenumbers

        return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.RFC3966)).removeprefix("tel:")
    abroad = NATIONAL.fullmatch(text) if text.lstrip("+").startswith("1") else None
    return "+1-" + "-".join(abroad.groups()) if abroad else re.sub(r"[^\d+]", "", text)


def written(text: str, region: str) -> str:
    """Give a number that was typed in its international form as callers in a region write it; others stand as they were typed."""
    extended = EXTENSION.fullmatch(text)
    if extended:
        return written(extended[1], region) + extended[2]
    found = _valid(text, region) if text.startswith("+") else None
    if found is None:
        return text
    import phonenumbers

    if region not in phonenumbers.region_codes_for_country_code(found.country_code):
        return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    if found.country_code == 1:  # with the 1 and hyphens, as hotlines in North America are known
        return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.RFC3966)).removeprefix("tel:+")
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.NATIONAL))


@lru_cache(maxsize=256)
def _valid(text: str, region: str) -> Any:
    """Give what phonenumbers reads in a text; None where no such number can be dialled."""
    import phonenumbers

    try:
        found = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return found if phonenumbers.is_valid_number(found) else None
