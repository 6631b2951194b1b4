"""What it costs to end a line in a place: words and numbers that lean on the next one, words left alone on the last line.

In: a paragraph's segments and a measure. Out: penalties for `fitting`. Costs are parts of the square of the measure, so that
they weigh the same in any size. Knows no fonts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.text.fitting import INFINITE
from generator.text.leaning import IN_TEXT, leaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.text.parts import Segment
    from generator.text.types import Setting

HYPHEN_COST = 0.04
HYPHENATED_COST = 0.1  # behind the hyphen of a word that has one: peut-être
NEVER_FIRST = -1.0  # no line begins here
DASHES = "—–"
LONELY_COST = 0.25
LONE_LETTER_COST = 0.02  # avoided where another line end is nearly as good
FORBIDDEN_COST = 0.15  # where good printing does not allow it at all
NUMBER_COST = 0.015
STRICT = frozenset({"ru", "uk", "be", "pl", "cs", "sk"})
"""Languages whose typographers let no word of one letter end a line."""
SHORT = 12
LONE = re.compile(r"[^\w\s]*[^\W\d_]")
NUMBER = re.compile(r"[^\w\s]*\d(?:[\d.,:]*\d)?")
FEWEST = ((0x0E00, 0x0EFF, 6), (0x1000, 0x109F, 6), (0x1780, 0x17FF, 6), (0x2E80, 0x9FFF, 3), (0xF900, 0xFAFF, 3), (0x20000, 0x3FFFF, 3))
"""How many letters the last line of a paragraph has at least, in scripts that put no space between words."""


def cost_behind(text: str, lang: str) -> float:
    """Give the cost of ending a line behind a word and its space: one letter (a, I, в), or a number that counts what follows.

    A dash between spaces ends a line, but does not begin one.
    """
    if text[0] in DASHES and not text[1:2].isalnum():
        return NEVER_FIRST
    if len(text) > SHORT or text[-1] > "\u052f":
        return 0.0
    if LONE.fullmatch(text):
        return FORBIDDEN_COST if lang.partition("-")[0] in STRICT else LONE_LETTER_COST
    return NUMBER_COST if NUMBER.fullmatch(text) else 0.0


def penalties(segments: list[Segment], setting: Setting, width: float) -> dict[int, float]:
    """Give the cost of ending a line after item j - 1, where there is one."""
    square = width * width
    out = {j: s.cost * square for j, s in enumerate(segments, 1) if s.cost}
    if out and min(out.values()) < 0:
        out = {(j if cost > 0 else j - 1): (cost if cost > 0 else INFINITE) for j, cost in out.items()}
    out.pop(len(segments), None)
    lang = _language(segments)
    if setting.phrases or lang[:2] in IN_TEXT:
        for j, cost in leaning([_text(s) for s in segments], [s.glue > 0 for s in segments], lang, title=setting.phrases).items():
            out[j] = out.get(j, 0.0) + cost * square
    if setting.wrap != "normal":
        fewest = _fewest_letters(segments)
        if fewest:
            _keep_letters(segments, fewest, out)
        else:
            _keep_words(segments, setting, width, out)
    return out


def _language(segments: list[Segment]) -> str:
    """Give the language of a paragraph's first letters."""
    return next((p.shelf.lang for s in segments for p in s.parts if p.shelf is not None), "")


def _fewest_letters(segments: list[Segment]) -> int:
    """Give how many letters a last line needs at least; 0 where words are counted instead."""
    for item in reversed(segments):
        letter = next((c for c in reversed(_text(item)) if c.isalnum()), "")
        if letter:
            return next((n for first, last, n in FEWEST if first <= ord(letter) <= last), 0)
    return 0


def _keep_letters(segments: list[Segment], fewest: int, out: dict[int, float]) -> None:
    """Forbid line ends that leave too few letters, if the paragraph has enough for two lines."""
    behind, places = 0, []
    for j in range(len(segments) - 1, -1, -1):
        behind += sum([c.isalnum() for c in _text(segments[j])])
        if behind < fewest:
            places.append(j)
        elif behind >= 2 * fewest:
            out.update(dict.fromkeys((j for j in places if j), INFINITE))
            return


def _text(item: Segment) -> str:
    """Give a segment's text; a picture counts as a letter."""
    return "".join([p.shaped.word.text if p.shaped is not None else "x" for p in item.parts])


def _keep_words(segments: list[Segment], setting: Setting, width: float, out: dict[int, float]) -> None:
    """Forbid line ends that leave a single word, where there are words enough and two of them fit on a line."""
    count = len(segments)
    last = count - 1
    while last and not segments[last - 1].glue:
        last -= 1
    if not last:
        return
    words, at = 2, last - 1
    while at and words < setting.tie_words:
        at -= 1
        words += segments[at].glue > 0
    ties = words >= setting.tie_words and _room_for_two(segments, last, width)
    for j in range(last, count):
        out[j] = INFINITE if ties else max(out.get(j, 0.0), LONELY_COST * width * width)


def _room_for_two(segments: list[Segment], last: int, width: float) -> bool:
    """Tell whether the last two words fit on a line together."""
    start = last - 1
    while start and not segments[start - 1].glue:
        start -= 1
    return sum(s.width for s in segments[start:]) + sum(s.glue for s in segments[start:-1]) <= width


def strictly(costs: dict[int, float]) -> Iterator[dict[int, float]]:
    """Forbid what only costs, then all but what costs least, and so on: the lines of a title are even enough wherever they end well."""
    for level in (0.0, *sorted({cost for cost in costs.values() if cost < INFINITE})):
        yield {j: INFINITE for j, cost in costs.items() if cost > level}
