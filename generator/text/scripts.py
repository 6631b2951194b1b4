"""Which script and which direction each part of a text has (UAX #24, UAX #9).

In: text. Out: runs of it. Asks ICU, which is imported where a text needs it. Knows no fonts and no lines.
"""

from __future__ import annotations

import re

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
    wide = [index for index, character in enumerate(text) if character > "\uffff"] if text and max(text) > "\uffff" else []
    out, at, count = [], 0, len(text) + len(wide)  # ICU counts in UTF-16 units
    while at < count:
        end, level = bidi.getLogicalRun(at)
        out.append((at - sum(1 for number, index in enumerate(wide) if index + number < at), level))
        at = end
    return out or [(0, 1 if rtl else 0)]


class _Scripts(dict[str, str]):
    """Scripts by character, asked for once."""

    def __missing__(self, character: str) -> str:
        import icu

        found = self[character] = str(icu.Script.getScript(character).getShortName())
        return found


_scripts = _Scripts()
COMMON = frozenset(["Zyyy", "Zinh"])


def script_of(character: str) -> str:
    """Give a character's ISO 15924 script."""
    return _scripts[character]


def script_runs(text: str) -> list[tuple[int, str]]:
    """Give scripts as (start, script) runs; common characters go with what stands before them (UAX #24, 5.1)."""
    found = {_scripts[character] for character in set(text)} - COMMON
    if len(found) < 2:
        return [(0, found.pop() if found else "Latn")]
    out: list[tuple[int, str]] = []
    for index, script in enumerate(map(_scripts.__getitem__, text)):
        if script in COMMON:
            continue
        if not out:
            out.append((0, script))
        elif out[-1][1] != script:
            out.append((index, script))
    return out
