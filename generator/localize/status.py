"""How far translations are: a row for each locale and catalog.

In: a project, the folders of catalogs, the templates' words. Out: `Row`s, and the errors of catalogs that cannot be read. Knows
no page.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from generator.errors import HandoutsError
from generator.localize import catalog, facts, habits
from generator.localize.desk import Desk
from generator.localize.gate import Gate
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from generator.errors import Position
    from generator.localize.catalog import Catalog
    from generator.localize.gate import Damage, Missing
    from generator.project.records import HandoutSource, Project


class Row(NamedTuple):
    """One catalog of one locale. What is damaged counts as translated too."""

    locale: str
    handout: str
    messages: int
    translated: int
    stale: int
    missing: int
    damaged: int
    reviewed_by: str
    reviewed: str


class Status(NamedTuple):
    """All rows, and what could not be read."""

    rows: list[Row]
    errors: list[HandoutsError]
    missing: list[Missing]  # and stale
    damaged: list[Damage]


def names(project: Project, locale: str) -> list[str]:
    """Give the names of the catalogs that serve a locale.

    A handout's front matter may name locales alone; in the language of the content nothing but the templates' words is translated.
    """
    if habits.same_language(locale, project.settings.default_locale):
        return ["interface"]
    return [*(h.slug for h in project.handouts if not h.locales or locale in h.locales), "facts", "interface"]


def locales(project: Project) -> list[str]:
    """Give the locales of the project that are translations."""
    source = project.settings.default_locale
    return [loc for loc in project.settings.locales if not habits.same_language(loc, source) and loc not in habits.PSEUDO]


def status(project: Project, folders: tuple[Path, ...], words: Mapping[str, Position], wanted: Sequence[str] = ()) -> Status:
    """Look at every catalog that a build would take. `words`: the templates', with their places; `wanted`: these locales, without any all."""
    out = Status([], [], [], [])
    handouts = {h.slug: h for h in project.handouts}
    for locale in wanted or locales(project):
        for name in names(project, locale):
            try:
                found = _found(project, folders, locale, name)
                gate, count = _gate(project, found, handouts.get(name)) if name != "interface" else _of_interface(project, folders, locale, words)
            except HandoutsError as error:
                out.errors.append(error)
            else:
                out.rows.append(_row(locale, name, found, gate, count))
                out.missing.extend(gate.missing)
                out.damaged.extend(gate.damaged)
    return out


def _found(project: Project, folders: tuple[Path, ...], locale: str, name: str) -> Catalog | None:
    path = catalog.find(folders if name == "interface" else folders[:1], locale, name)
    return catalog.load(path, project.root) if path is not None else None


def _gate(project: Project, found: Catalog | None, handout: HandoutSource | None) -> tuple[Gate, int]:
    """Send a handout's messages, or the words of the facts, through the gate."""
    if handout is not None:
        desk = Desk(found, handout)
        desk.handout()
        return desk.gate, desk.count
    words = list(facts.words(project, project.brands))
    gate = Gate(found, (w.text for w in words))
    for word in words:
        gate.translation(word.text, partial(word.place, project))
    return gate, len(words)


def _of_interface(project: Project, folders: tuple[Path, ...], locale: str, words: Mapping[str, Position]) -> tuple[Gate, int]:
    """Send the templates' words through the gate; what one catalog lacks the next one may have."""
    if habits.is_english(locale):
        return Gate(None, ()), 0
    gates = [Gate(catalog.load(path, project.root), words) for path in catalog.found_for(folders, locale, "interface")]
    gates = gates or [Gate(None, ())]
    for word in words:
        chosen = next((g for g in gates if g.found is not None and g.found.translation(word)), gates[0])
        if chosen.translation(word, partial(words.__getitem__, word)) is not None and chosen is not gates[0]:
            gates[0].damaged += [d for d in chosen.damaged if d not in gates[0].damaged]
    return gates[0], len(words)


def lacks_words(folders: tuple[Path, ...], locale: str, words: Iterable[str]) -> bool:
    """Tell whether the catalogs that there are leave some of the templates' words untranslated. English has no need of any."""
    found = [catalog.load(path, path.parents[3]) for path in catalog.found_for(folders, locale, "interface")]
    return not habits.is_english(locale) and any(not any(f.translation(word) for f in found) for word in words)


def _row(locale: str, name: str, found: Catalog | None, gate: Gate, count: int) -> Row:
    stale = sum(m.state == "stale" for m in gate.missing)
    signed: Iterator[str] = iter((found.reviewed_by, found.reviewed) if found is not None else ("", ""))
    return Row(locale, name, count, count - len(gate.missing), stale, len(gate.missing) - stale, len(gate.damaged), *signed)
