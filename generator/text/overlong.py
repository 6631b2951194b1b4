"""Words wider than their line: hyphens where the language's patterns allow, breaks between letters where CSS does.

In: segments and a measure in points. Out: the same text in smaller segments. What still does not fit is for the caller to say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from generator.text.breaking import letters
from generator.text.costs import HYPHEN_COST
from generator.text.parts import Segment
from generator.text.scripts import script_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.text.parts import Part

UNSPACED = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Hani", "Hira", "Kana"})
CLOSING = ".,;:!?)]”’»…"
JOINT = re.compile(r"(?<=[ \u00a0\u202f./_:@&=?+,;)\]}\-])(?=\w)")
SPACE = re.compile(r"(?<=\S) +(?=\S)")
WORD = re.compile(r"[^\W\d_]{6,}")


def hyphenated(segments: Sequence[Segment], width: float, plainly: frozenset[int] = frozenset()) -> list[Segment]:
    """Divide words wider than the line, though the text is not hyphenated otherwise: a long word is no reason to refuse it.

    `plainly`: tags of addresses and code, which no hyphen may be read into.
    """
    out: list[Segment] = []
    whole = [piece for item in segments for piece in (_divided(item, _spaces) if item.width > width else [item])]
    for item in whole:
        for piece in _divided(item, _joints) if item.width > width else [item]:
            spelt = piece.width > width and not any(part.tag in plainly for part in piece.parts)
            out += _divided(piece, _hyphens) if spelt else [piece]
    return out


def _divided(item: Segment, chances_of: Callable[[str, str], dict[int, bool]]) -> list[Segment]:
    out = [Segment()]
    for part in item.parts:
        text = part.shaped.word.text if part.shaped is not None else ""
        chances = chances_of(text, part.shelf.lang) if part.shelf is not None else {}
        for start, stop in pairwise([0, *sorted(chances), len(text)]) if chances else [(0, 0)]:
            if start:
                out[-1].soft = out[-1].changes = chances[start]
                out[-1].cost = HYPHEN_COST if chances[start] else 0.0
                out.append(Segment())
            pieces = _again(part, text[start:stop]) if chances else [part]
            out[-1].parts += pieces
            out[-1].width += sum(p.width for p in pieces)
    out[-1].glue, out[-1].space, out[-1].hard, out[-1].soft = item.glue, item.space, item.hard, item.soft
    out[-1].changes, out[-1].cost = item.soft, item.cost
    return out


def _spaces(text: str, lang: str) -> dict[int, bool]:  # noqa: ARG001 - they are the same in any language
    """Give where a line of code may end before it ends anywhere else."""
    return dict.fromkeys((m.end() for m in SPACE.finditer(text)), False)


def _joints(text: str, lang: str) -> dict[int, bool]:  # noqa: ARG001 - signs join in any language
    """Give where a line may end behind a sign or a space in a text that has no better place."""
    return dict.fromkeys((m.start() for m in JOINT.finditer(text)), False)


def _hyphens(text: str, lang: str) -> dict[int, bool]:
    """Give where a line may end inside a word, with a hyphen."""
    return {word.start() + p: True for word in WORD.finditer(text) for p in hyphen_positions(word[0], lang)}


def _again(part: Part, text: str) -> list[Part]:
    """Shape a piece of a part's text as a part of its own, or several where faces change."""
    if part.shelf is None:
        return [part]
    shaped = part.shelf.shape(text, script_of(text[0]), rtl=bool(part.level & 1))
    return [part._replace(shaped=s, width=s.width) for s in shaped]


def split_anywhere(
    segments: list[Segment], ends: list[int], width: float, tags: frozenset[int]
) -> tuple[list[Segment], list[int]]:
    """Split a segment wider than the measure between its letters (overflow-wrap: anywhere)."""
    out: list[Segment] = []
    marks = [0]
    for a, b in pairwise(ends):
        for item in segments[a:b]:
            splits = item.width > width and (any(p.tag in tags for p in item.parts) or _is_unspaced(item))
            pieces = _letters(item, width) if splits else [item]
            for piece in pieces[:-1]:
                out.append(piece)
                marks.append(len(out))
            out.append(pieces[-1])
        marks.append(len(out))
    return out, marks


def _is_unspaced(item: Segment) -> bool:
    """Tell a run of a script that puts no space between words: where its dictionary knows none, it may end between letters."""
    text = next((p.shaped.word.text for p in item.parts if p.shaped is not None), "")
    return text[:1] >= "\u0e00" and script_of(text[0]) in UNSPACED


def _letters(item: Segment, width: float) -> list[Segment]:
    out = [Segment()]
    for part in item.parts:
        if part.shaped is None or part.shelf is None:
            out[-1].parts.append(part)
            out[-1].width += part.width
            continue
        for letter in letters(part.shaped.word.text):
            pieces = _again(part, letter)
            wide = sum(p.width for p in pieces)
            if out[-1].parts and out[-1].width + wide > width:
                out.append(Segment())
            out[-1].parts += pieces
            out[-1].width += wide
    out[-1].glue, out[-1].space, out[-1].hard = item.glue, item.space, item.hard
    return out


@lru_cache(maxsize=8)
def _dictionary(lang: str) -> Any:
    import pyphen

    found = pyphen.language_fallback(lang.replace("-", "_"))
    return pyphen.Pyphen(lang=found) if found else None


def hyphen_positions(word: str, lang: str) -> list[int]:
    """Give where a word may be split with a hyphen: two letters before, three after."""
    dictionary = _dictionary(lang)
    core = word.rstrip(CLOSING)
    if dictionary is None or len(core) < 6 or not core[1:].isalpha() or not core[1:].islower():
        return []
    return [p for p in dictionary.positions(core) if p >= 2 and len(core) - p >= 3]
