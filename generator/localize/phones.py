"""Telephone numbers as a region writes and dials them. North America is read here; elsewhere phonenumbers knows.

In: a number as it is written, and a region. Out: a tel: link (RFC 3966), or whether it is a number at all. Short numbers
(911, 116 123) stay as they are. Knows no page.
"""

from __future__ import annotations

import re

NORTH_AMERICA = frozenset({"US", "CA", "PR", ""})
LIKE_A_NUMBER = r"(?<![0-9A-Za-z-])(?P<phone>\+?[(\d][\d ()./-]{5,}\d)(?![0-9A-Za-z-])"
"""What may be a number outside North America; `is_number` decides."""
NORTH_AMERICAN = r"(?<![0-9A-Za-z-])(?P<phone>(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4})(?![0-9A-Za-z-])"


def pattern(region: str) -> str:
    """Give the pattern of what may be a telephone number in a text of a region."""
    return NORTH_AMERICAN if region in NORTH_AMERICA else LIKE_A_NUMBER


def is_number(text: str, region: str) -> bool:
    """Tell whether what the pattern found is a telephone number, and no date or sum."""
    if region in NORTH_AMERICA:
        return True
    import phonenumbers

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(text, region)))
    except phonenumbers.NumberParseException:
        return False


def tel(phone: str, region: str = "US") -> str:
    """Give a number as a tel: link writes it: +1-800-799-7233, +33123456789; short numbers as they are."""
    digits = re.sub(r"\D", "", phone)
    if len(digits) < 7:
        return digits
    if region in NORTH_AMERICA and not phone.startswith("+"):
        return _north_american(digits)
    if phone.startswith("+1") and len(digits) == 11:
        return _north_american(digits)
    import phonenumbers

    try:
        return str(phonenumbers.format_number(phonenumbers.parse(phone, region), phonenumbers.PhoneNumberFormat.E164))
    except phonenumbers.NumberParseException:
        return digits


def _north_american(digits: str) -> str:
    if len(digits) == 10:
        digits = "1" + digits
    if len(digits) == 11 and digits[0] == "1":
        return f"+1-{digits[1:4]}-{digits[4:7]}-{digits[7:]}"
    return digits
