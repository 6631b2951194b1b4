"""The gate: a translation passes, or is noted as missing, stale or damaged.

In: a catalog and texts with their places. Out: translations; and in the end an error that lists what is wrong, or notices.
Knows neither handouts nor pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import ContentError, HandoutsError, Notice, Position, Untranslated
from generator.localize import habits
from generator.localize.checks import fault, is_copy
from generator.localize.po import composed
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from generator.localize.alike import Alike
    from generator.localize.catalog import Catalog, Entry
    from generator.localize.checks import Fault

SHOWN = 60  # characters of a block that an error quotes
MANY = 3  # blocks that an error names


class Missing(NamedTuple):
    """A block without a finished translation: where it stands, its text, stale or missing, and where its catalog has it, if at all."""

    position: Position
    text: str
    state: str
    entry: str = ""

    @property
    def told(self) -> str:
        """Tell of it behind its place."""
        return f"{self.state}: {short(self.text)}" + (f" ({self.entry})" if self.entry else "")


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
        self.has_any = False  # translation at all
        self.missing: list[Missing] = []
        self.damaged: list[Damage] = []
        self.notices: list[Notice] = []
        self._alike: Alike | None = None
        self._unused = set(found.entries) - set(map(composed, texts)) if found is not None else set()

    def translation(self, text: str, place: Callable[[], Position],
                    also: Callable[[str, str], Fault | None] = lambda _source, _translation: None) -> str | None:  # fmt: skip
        """Give the translation of a text; None where there is none that may pass. `place` is asked only then; `also` finds other faults."""
        entry = self.found.translation(text) if self.found is not None else None
        if self.found is None or entry is None:
            if all(missing.text != text for missing in self.missing):  # one message, however often it stands there
                self.missing.append(Missing(place(), text, self._state(text), self.entry_of(text)))
            return None
        self.has_any = True
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
            damage = Damage(self.found.position(entry), f"{wrong[0]} in the translation of {short(entry.msgid)}", wrong[1])
            self.damaged += [damage] if damage not in self.damaged else []

    def entry_of(self, text: str) -> str:
        """Give file and line of a text's entry; "" where there is none, or no file."""
        entry = self.found.entry(text) if self.found is not None else None
        return f"{self.found.shown}:{entry.line}" if self.found is not None and entry is not None and entry.line else ""

    def _state(self, text: str) -> str:
        """Tell a block whose source has changed since it was translated from a new one."""
        if self.found is None:
            return "missing"
        entry = self.found.entry(text)
        if entry is not None:
            return "stale" if entry.fuzzy and entry.msgstr else "missing"
        if self._alike is None:
            from generator.localize.alike import Alike

            self._alike = Alike(sorted(self._unused))
        return "stale" if self._alike.nearest(text) is not None else "missing"


def settle(gates: Sequence[Gate], locale: str, policy: str, source: str = "") -> list[Notice]:
    """Give the notices of all gates, the handout's first. Raises ContentError for damage, and for what is missing where the policy refuses that.

    `source`: the language that the content is written in, for a handout of which nothing is translated yet.
    """
    damaged = [d for gate in gates for d in gate.damaged]
    if damaged:
        raise _of_damage(damaged)
    missing = [m for gate in gates for m in gate.missing]
    if missing and policy == "refuse":
        begun = gates[0].has_any or any(m.state == "stale" for m in gates[0].missing) or not gates[0].missing
        raise refusal(locale, missing) if begun else _untranslated(locale, gates, source)
    notices = [n for gate in gates for n in gate.notices]
    if missing:
        count = "1 message stands" if len(missing) == 1 else f"{len(missing)} messages stand"
        notices.append(Notice(f"{count} in the source language for {locale}", missing[0].position,
                              "handouts translate status tells what is not translated"))  # fmt: skip
    return notices


def _of_damage(damaged: Sequence[Damage]) -> HandoutsError:
    """Name the first in full, so that an editor can jump there, and the others below it."""
    first, *others = damaged
    rows = "".join(f"\n    {d.position.file}:{d.position.line}: {d.message}" for d in others)
    return ContentError(first.message, first.position, first.hint + (f"; more of the kind:{rows}" if others else ""))


def _untranslated(locale: str, gates: Sequence[Gate], source: str) -> HandoutsError:
    position = gates[0].missing[0].position
    slug = position.file.rpartition("/")[2].removesuffix(".md")
    names = [name for name, gate in zip((slug, "facts"), gates, strict=True) if gate.missing]
    return _of_untranslated(position, (locale,), source, tuple(f"content/locales/{locale}/{name}.po" for name in names))


def _of_untranslated(position: Position, locales: tuple[str, ...], source: str, catalogs: tuple[str, ...]) -> Untranslated:
    """Say of one handout into which languages nothing of it is translated, and which ways out there are."""
    one = f" --locale {locales[0]}" if len(locales) == 1 else ""
    shown = ", ".join(catalogs[:MANY]) + (" and the others" if catalogs[MANY:] else "")
    marks = ", ".join(f"{locale}: mark" for locale in locales)
    error = Untranslated(f"this handout is not translated into {habits.join('en', locales)}", position,
        f"to make it in {source} alone, write locales: [{source}] in its front matter;\n    "
        f"to translate it, run handouts translate update{one} and fill in {shown};\n    "
        f"to show it untranslated until then, write incomplete: {{{marks}}} in content/project.yml")  # fmt: skip
    error.locales, error.source, error.catalogs = locales, source, catalogs
    return error


def gathered(errors: Sequence[HandoutsError]) -> list[HandoutsError]:
    """Tell once of a handout that is not translated into several languages, where it was told first."""
    alike: dict[Position, list[Untranslated]] = {}
    out: list[HandoutsError] = []
    for error in errors:
        if not isinstance(error, Untranslated) or error.position is None:
            out.append(error)
        elif error.position in alike:
            alike[error.position].append(error)
        else:
            alike[error.position] = [error]
            out.append(error)
    return [_joined(alike[e.position]) if isinstance(e, Untranslated) and e.position is not None else e for e in out]


def _joined(errors: Sequence[Untranslated]) -> HandoutsError:
    first, *others = errors
    if not others or first.position is None:
        return first
    locales, catalogs = [loc for e in errors for loc in e.locales], [path for e in errors for path in e.catalogs]
    return _of_untranslated(first.position, tuple(dict.fromkeys(locales)), first.source, tuple(dict.fromkeys(catalogs)))


def refusal(locale: str, missing: Sequence[Missing], most: int = MANY) -> HandoutsError:
    """Say what is not translated, with file and line: of many blocks the first few."""
    told = missing if len(missing) <= most + 1 else missing[:most]
    rows = "".join(f"\n    {m.position.file}:{m.position.line}: {m.told}" for m in told)
    if missing[len(told) :]:
        rows += f"\n    and {len(missing) - most} more; handouts translate status --locale {locale} shows them"
    count = "1 message is" if len(missing) == 1 else f"{len(missing)} messages are"
    hint = (f"complete the catalogs in content/locales/{locale} (handouts translate update --locale {locale} writes into them what is new), "
            f"or write incomplete: {{{locale}: mark}} in content/project.yml:{rows}")  # fmt: skip
    return ContentError(f"{count} not translated into {locale}", missing[0].position, hint)


def short(text: str) -> str:
    """Quote the beginning of a text."""
    one = " ".join(text.split())
    return f"“{one if len(one) <= SHOWN else one[: SHOWN - 1] + '…'}”"
