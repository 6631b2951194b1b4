"""A handout, its facts and the templates' words through the gate, into another language or a pseudo-locale.

In: records of the project and a locale. Out: the same records with other words; or an error that lists what is not translated.
Imported where a page is translated: a build in the language of the content needs none of it. Knows neither HTML nor pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import Notice, Position
from generator.localize import catalog, facts, habits, pseudo
from generator.localize.desk import FRONT, Desk
from generator.localize.gate import Gate, settle, short
from generator.localize.hotlines import serving
from generator.localize.interface import Interface
from generator.localize.messages import messages_of
from generator.localize.records import Localized

if TYPE_CHECKING:
    from pathlib import Path

    from generator.localize.catalog import Catalog
    from generator.project.records import Brand, HandoutSource, Project


def interface_words(root: Path, folders: tuple[Path, ...], locale: str) -> dict[str, str]:
    """Give the templates' words that are translated.

    What the nearest catalog lacks, the next one has: a project's own need not repeat what the program carries.
    """
    out: dict[str, str] = {}
    gates = []
    for path in catalog.found_for(folders, locale, "interface"):
        found = catalog.load(path, root)
        gate = Gate(found, ())
        for text in found.entries:
            entry = found.translation(text)
            translation = gate.translation(text, lambda: Position("")) if entry is not None and text not in out else None
            if translation is not None:
                out[text] = habits.spaced(locale, translation)
        gates.append(gate)
    settle([g for g in gates if g.damaged], locale, "source")
    return out


def translated(project: Project, handout: HandoutSource, brand: Brand, locale: str, folders: tuple[Path, ...],
               words: dict[str, str] | None) -> Localized:  # fmt: skip
    """Translate what one piece is made from. Raises ContentError where a translation is missing or damaged."""
    policy = project.settings.incomplete.get(locale, "refuse")
    own, shared = (_catalog(project, folders, locale, name) for name in (handout.slug, "facts"))
    desk = Desk(own, handout)
    out = desk.handout()
    gate, names = _names(project, brand, shared)
    staying = _let_stay(gate, brand) if policy == "refuse" else frozenset()
    notices = [*settle([desk.gate, gate], locale, policy, project.settings.default_locale), *_unsigned(own, shared)]
    foreign = staying if policy == "refuse" else frozenset({*desk.foreign, *(m.text for m in gate.missing)})
    draft = own is None or any(found is not None and not found.is_reviewed for found in (own, shared))
    interface = Interface(locale, words, draft, policy=policy, foreign=foreign, lacking=set(), facts=names, own=project.settings.wordings)
    out = out._replace(title=habits.spaced(locale, out.title), subtitle=habits.spaced(locale, out.subtitle))
    lines = tuple(facts.hotline_in(h, names) for h in serving(project, handout, locale, interface))
    project = project._replace(facts=facts.facts_in(project.facts, names))
    return Localized(project, out, facts.brand_in(brand, names, locale), lines, interface, tuple(notices))


def _catalog(project: Project, folders: tuple[Path, ...], locale: str, name: str) -> Catalog | None:
    path = catalog.find(folders[:1], locale, name)
    return catalog.load(path, project.root) if path is not None else None


def _names(project: Project, brand: Brand, found: Catalog | None) -> tuple[Gate, dict[str, str]]:
    """Give the words of the facts and of a brand by their sources."""
    words = list(facts.words(project, (brand,)))
    gate = Gate(found, (w.text for w in facts.words(project, project.brands)))
    names = {w.text: gate.translation(w.text, lambda w=w: w.place(project)) for w in words}  # type: ignore[misc]
    return gate, {text: name for text, name in names.items() if name is not None}


def _let_stay(gate: Gate, brand: Brand) -> frozenset[str]:
    """Let cities that nobody has translated stand as they are, with a notice: most have the same name in every language."""
    cities = {office.city for office in brand.offices}
    staying = [m for m in gate.missing if m.text in cities]
    gate.missing = [m for m in gate.missing if m.text not in cities]
    gate.notices += [Notice(f"the city {short(m.text)} is not translated and stands as it is", m.position,
                            "run handouts translate update, and write its name into facts.po of each language, the same where it is the same")
                     for m in staying]  # fmt: skip
    return frozenset(m.text for m in staying)


def _unsigned(own: Catalog | None, shared: Catalog | None) -> list[Notice]:
    """Say why a page is called a draft though somebody has signed it: by half, or not the words of the facts."""
    notices = []
    for found in (own, shared):
        if found is not None and bool(found.reviewed_by) != bool(found.reviewed):
            lacks = "its day" if found.reviewed_by else "a name"
            notices.append(Notice(f"the review in the catalog's header lacks {lacks}", Position(found.shown, 1),
                                  "write both: X-Reviewed-By: Name, X-Reviewed: 2025-03-08"))  # fmt: skip
    if own is not None and own.is_reviewed and shared is not None and not (shared.reviewed_by or shared.reviewed):
        notices.append(Notice("every page is called a draft: nobody has reviewed the words of hotlines and places", Position(shared.shown, 1),
                              "have them read, then write X-Reviewed-By and X-Reviewed into the header"))  # fmt: skip
    return notices


def by_rule(project: Project, handout: HandoutSource, brand: Brand, locale: str) -> Localized:
    """Translate by rule: everything that a translator would see."""
    words = pseudo.Words(locale)
    texts = [*(m.text for m in messages_of(handout.body.split("\n"))), *(getattr(handout, name) for name in FRONT)]
    desk = Desk(pseudo.catalog_of(texts, locale), handout)
    out = desk.handout()
    settle([desk.gate], locale, "refuse")
    interface = Interface(locale, words, own=project.settings.wordings)
    lines = tuple(facts.hotline_in(h, words) for h in serving(project, handout, locale, interface))
    project = project._replace(facts=facts.facts_in(project.facts, words))
    return Localized(project, out, facts.brand_in(brand, words, locale), lines, interface)
