"""Which script and which direction each part of a text has (UAX #24, UAX #9).

In: text. Out: runs of it. Asks ICU, which is imported where a text needs it. Knows no fonts and no lines.
"""

from __future__ import annotations

import re
from functools import lru_cache

DIRECTED = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""What a line from left to right does not simply read on from."""


def bidi_levels(text: str, *, rtl: bool) -> list[tuple[int, int]]:
    """Give embedding levels as (start, level) runs (UAX #9). What is open at a forced break stays open behind it (CSS Writing Modes 3, 2.4)."""
    text = text.replace("\n", "\u2028")
    if not rtl and DIRECTED.search(text) is None:
        return [(0, 0)]
    import icu

    bidi = icu.Bidi()
    bidi.setPara(icu.UnicodeString(text), 1 if rtl else 0)
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if ord(character) > 0xFFFF else 1))
    position = {unit: index for index, unit in enumerate(units)}
    out, at = [], 0
    while at < units[-1]:
        end, level = bidi.getLogicalRun(at)
        out.append((position[at], level))
        at = end
    return out or [(0, 1 if rtl else 0)]


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """Give a character's ISO 15924 script."""
    import icu

    return str(icu.Script.getScript(character).getShortName())


def script_runs(text: str) -> list[tuple[int, str]]:
    """Give scripts as (start, script) runs; common characters go with what stands before them (UAX #24, 5.1)."""
    out: list[tuple[int, str]] = []
    for index, character in enumerate(text):
        script = script_of(character)
        if script in ("Zyyy", "Zinh"):
            continue
        if not out:
            out.append((0, script))
        elif out[-1][1] != script:
            out.append((index, script))
    return out or [(0, "Latn")]
