"""Words that lean on a neighbour: what it costs to end a line between two of them.

In: the texts between which a line may end, and their language. Out: costs, as parts of the square of the measure. In a title a line
ends by sense, in any language that has its small words here; in running text only scripts that put no space between words, and
Vietnamese, which puts one between syllables, need to know more than their spaces tell. Knows no fonts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.plain import NamedTuple
from generator.text.small_words import BOUND, NEXT, PREVIOUS

if TYPE_CHECKING:
    from collections.abc import Sequence


class Costs(NamedTuple):
    """What the ends of lines cost: between words that lean, inside what is one word, beside a short word, behind a title's first."""

    leans: float
    torn: float
    beside_short: float = 0.0
    unspaced: float = 0.0
    alone: float = 0.0


TITLE = Costs(leans=0.3, torn=0.5, alone=0.6)
TEXT = Costs(leans=0.04, torn=0.15, beside_short=0.012, unspaced=0.008)
UNSPACED = frozenset({"th", "lo", "km", "my"})
"""Languages that put spaces between phrases: a line ends there, or else between longer words."""
IN_TEXT = UNSPACED | {"vi"}
OPENING = '“‘„«‹([{¿¡"'
CLOSING = '”’“»›)]}.,:;!?…—–"'
HYPHENS = ("-", "‐")
BINDS = "\u00a0"
FEW = 3  # letters of a word that is a bad neighbour for the end of a line
ALONE = 4  # letters of a first word that makes no line of a title by itself


class Known(NamedTuple):
    """What is known of a language: words that lean on the next or on the previous one, and what holds together."""

    next: frozenset[str]
    previous: frozenset[str]
    bound: re.Pattern[str] | None


@lru_cache(maxsize=64)
def known(language: str) -> Known:
    """Give what is known of a language, which may be nothing."""
    bound = [re.escape(word.strip()) for word in BOUND.get(language, "").split(",") if word.strip()]
    edge = "" if language in UNSPACED else r"\b"
    pattern = re.compile(rf"{edge}(?:{'|'.join(sorted(bound, key=len, reverse=True))}){edge}") if bound else None
    return Known(frozenset(NEXT.get(language, "").split()), frozenset(PREVIOUS.get(language, "").split()), pattern)


def leaning(texts: Sequence[str], spaced: Sequence[bool], lang: str, *, title: bool) -> dict[int, float]:
    """Give the cost of ending a line before text j, where there is one. `spaced`: which texts have a space behind them."""
    language = lang.partition("-")[0]
    words, costs = known(language), TITLE if title else TEXT
    texts = [text.lower().replace("'", "’") for text in texts]
    out: dict[int, float] = {}
    for j, (head, tail) in enumerate(pairwise(texts), 1):
        if language not in UNSPACED:
            if title and head[-1:] in HYPHENS and not spaced[j - 1]:
                out[j] = costs.torn
            elif title and _leans(head, tail, words):
                out[j] = costs.leans
        elif not spaced[j - 1]:  # a space stands between phrases
            outermost = (j > 1 and spaced[j - 2]) or spaced[j]  # the first or the last word of a phrase stays with it
            out[j] = costs.leans if outermost or _leans(head, tail, words) else _between(head, tail, words, costs)
    torn = _torn(texts, spaced, words.bound) + (_echoed(texts, spaced) if language in UNSPACED else [])
    out.update(dict.fromkeys(torn, costs.torn))
    if costs.alone and len(texts) > 2 and spaced[0] and len(texts[0]) <= ALONE:
        out[1] = max(out.get(1, 0.0), costs.alone)
    return {j: cost for j, cost in out.items() if cost}


def _leans(head: str, tail: str, words: Known) -> bool:
    """Tell whether a small word would be parted from the one that it belongs to; a sign between them parts them anyway."""
    if head.lstrip(OPENING).rpartition(BINDS)[2] in words.next:
        return True
    return head[-1:] not in CLOSING and tail.rstrip(CLOSING).partition(BINDS)[0] in words.previous


def _between(head: str, tail: str, words: Known, costs: Costs) -> float:
    """Give the cost of ending a line between any two words of a phrase; before a small word that leads what follows it is a good place."""
    short = tail not in words.next and min(_letters(head), _letters(tail)) <= FEW
    return costs.beside_short if short else costs.unspaced


def _letters(text: str) -> int:
    return sum([c.isalnum() for c in text])


def _torn(texts: Sequence[str], spaced: Sequence[bool], bound: re.Pattern[str] | None) -> list[int]:
    """Give the places inside of what is one word."""
    if bound is None:
        return []
    starts, at = {}, 0
    for j, text in enumerate(texts):
        starts[at] = j
        at += len(text) + spaced[j]
    whole = "".join([text + " " * space for text, space in zip(texts, spaced, strict=True)])
    return [starts[at] for m in bound.finditer(whole) for at in range(m.start() + 1, m.end()) if at in starts]


def _echoed(texts: Sequence[str], spaced: Sequence[bool]) -> list[int]:
    """Give the place in the middle of a saying that says its first word twice: ตรง ไป ตรง มา."""
    return [i + 2 for i in range(len(texts) - 3) if texts[i] == texts[i + 2] and texts[i + 1] != texts[i + 3] and not any(spaced[i : i + 3])]
