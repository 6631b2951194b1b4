"""The gate: a translation passes, or is noted as missing, stale or damaged.

In: a catalog and texts with their places. Out: translations; and in the end an error that lists what is wrong, or notices.
Knows neither handouts nor pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import ContentError, HandoutsError, Notice, Position
from generator.localize.checks import fault, is_copy
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from generator.localize.catalog import Catalog, Entry
    from generator.localize.checks import Fault

SHOWN = 60  # characters of a block that an error quotes
MANY = 3  # blocks that an error names
ALIKE = 0.6  # how much a text resembles the one that was translated before it changed


class Missing(NamedTuple):
    """A block without a finished translation: where it stands, its text, and stale or missing."""

    position: Position
    text: str
    state: str


class Damage(NamedTuple):
    """A translation that must not be printed: where it stands, what is wrong, what to do."""

    position: Position
    message: str
    hint: str


class Gate:
    """What of one catalog may pass."""

    def __init__(self, found: Catalog | None, texts: Iterable[str]) -> None:
        """`texts`: all that there is to translate; what else the catalog has may be the old text of a changed one."""
        self.found = found
        self.missing: list[Missing] = []
        self.damaged: list[Damage] = []
        self.notices: list[Notice] = []
        self._unused = set(found.entries) - set(texts) if found is not None else set()

    def translation(self, text: str, place: Callable[[], Position],
                    also: Callable[[str, str], Fault | None] = lambda _source, _translation: None) -> str | None:  # fmt: skip
        """Give the translation of a text; None where there is none that may pass. `place` is asked only then; `also` finds other faults."""
        entry = self.found.translation(text) if self.found is not None else None
        if self.found is None or entry is None:
            self.missing.append(Missing(place(), text, self._state(text)))
            return None
        wrong = fault(text, entry.msgstr) or also(text, entry.msgstr)
        if wrong is not None:
            self.refuse(entry, wrong)
        elif is_copy(text, entry.msgstr):
            self.notices.append(Notice("a message is translated by its own source: " + short(text), self.found.position(entry),
                                       "translate it, or mark it fuzzy until it is"))  # fmt: skip
        return "\n".join(line.strip() for line in entry.msgstr.strip().split("\n"))

    def refuse(self, entry: Entry, wrong: Fault) -> None:
        """Note that a translation is damaged."""
        if self.found is not None:
            self.damaged.append(Damage(self.found.position(entry), f"{wrong[0]} in the translation of {short(entry.msgid)}", wrong[1]))

    def _state(self, text: str) -> str:
        """Tell a block whose source has changed since it was translated from a new one."""
        if self.found is None:
            return "missing"
        entry = self.found.entries.get(text)
        if entry is not None:
            return "stale" if entry.fuzzy and entry.msgstr else "missing"
        from difflib import get_close_matches

        return "stale" if get_close_matches(text, self._unused, 1, ALIKE) else "missing"


def settle(gates: Sequence[Gate], locale: str, policy: str, source: str = "") -> list[Notice]:
    """Give the notices of all gates, the handout's first. Raises ContentError for damage, and for what is missing where the policy refuses that.

    `source`: the language that the content is written in, for a handout that has no catalog yet.
    """
    damaged = [d for gate in gates for d in gate.damaged]
    if damaged:
        raise _of_damage(damaged)
    missing = [m for gate in gates for m in gate.missing]
    if missing and policy == "refuse":
        raise refusal(locale, missing) if gates[0].found is not None else _untranslated(locale, missing[0].position, source)
    notices = [n for gate in gates for n in gate.notices]
    if missing:
        count = "1 block stands" if len(missing) == 1 else f"{len(missing)} blocks stand"
        notices.append(Notice(f"{count} in the source language for {locale}", missing[0].position,
                              "handouts translate status tells what is not translated"))  # fmt: skip
    return notices


def _of_damage(damaged: Sequence[Damage]) -> HandoutsError:
    """Name the first in full, so that an editor can jump there, and the others below it."""
    first, *others = damaged
    rows = "".join(f"\n    {d.position.file}:{d.position.line}: {d.message}" for d in others)
    return ContentError(first.message, first.position, first.hint + (f"; more of the kind:{rows}" if others else ""))


def _untranslated(locale: str, position: Position, source: str) -> HandoutsError:
    hint = (f"write locales: [{source}] in its front matter to make it in {source} alone; to translate it, run: handouts translate update "
            f"--locale {locale}")  # fmt: skip
    return ContentError(f"this handout is not translated into {locale}", position, hint)


def refusal(locale: str, missing: Sequence[Missing], most: int = MANY) -> HandoutsError:
    """Say what is not translated, with file and line: of many blocks the first few."""
    told = missing if len(missing) <= most + 1 else missing[:most]
    rows = "".join(f"\n    {m.position.file}:{m.position.line}: {m.state}: {short(m.text)}" for m in told)
    if missing[len(told) :]:
        rows += f"\n    and {len(missing) - most} more; handouts translate status --locale {locale} shows them"
    count = "1 block is" if len(missing) == 1 else f"{len(missing)} blocks are"
    hint = (f"complete the catalogs in content/locales/{locale} (handouts translate update --locale {locale} writes into them what is new), "
            f"or write incomplete: {{{locale}: mark}} in content/project.yml:{rows}")  # fmt: skip
    return ContentError(f"{count} not translated into {locale}", missing[0].position, hint)


def short(text: str) -> str:
    """Quote the beginning of a text."""
    one = " ".join(text.split())
    return f"“{one if len(one) <= SHOWN else one[: SHOWN - 1] + '…'}”"
