"""Stage 2: what was written, in the reader's language: the handout, the facts, the brand's words, the templates' words.

In: records of the project and a locale. Out: the same records with other words, an `Interface`, and notices; or an error that
lists what is not translated. Knows neither HTML nor pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.errors import Notice, Position
from generator.localize import catalog, facts, habits, pseudo
from generator.localize.desk import FRONT, Desk
from generator.localize.gate import Gate, settle
from generator.localize.hotlines import serving
from generator.localize.interface import Interface
from generator.localize.locales import exists, no_such
from generator.localize.messages import messages_of
from generator.project.handouts import RESERVED
from generator.project.settings import TAG

if TYPE_CHECKING:
    from pathlib import Path

    from generator.localize.catalog import Catalog
    from generator.project.records import Brand, HandoutSource, Hotline, Project


class Localized(NamedTuple):
    """A project, a handout and a brand for a locale's readers, the hotlines that serve them, and what is to be said of it."""

    project: Project
    handout: HandoutSource
    brand: Brand
    hotlines: tuple[Hotline, ...]
    interface: Interface
    notices: tuple[Notice, ...] = ()


def localized(project: Project, handout: HandoutSource, brand: Brand, locale: str, folders: tuple[Path, ...]) -> Localized:
    """Translate what one piece is made from. `folders` hold a folder of catalogs for each locale, the project's own first.

    The templates' words may come from any of them, translations of handouts and facts from the project's alone.

    Raises ContentError where a translation is missing (and the project refuses that), or damaged.
    """
    if not exists(locale):
        raise no_such(locale, project.root)
    if locale in habits.PSEUDO:
        return _pseudo(project, handout, brand, locale)
    words = interface_words(project.root, folders, locale)
    if habits.same_language(locale, project.settings.default_locale):
        interface = Interface(locale, words)
        return Localized(project, handout, brand, serving(project, handout, locale, interface), interface, _english(locale, words))
    return _translated(project, handout, brand, locale, folders, words)


def _english(locale: str, words: dict[str, str] | None) -> tuple[Notice, ...]:
    """Say that the templates speak English on the pages of a language that has no catalog for them."""
    if words is None or words:
        return ()
    return (Notice(f"the templates' words are not translated into {locale} and stand in English", Position("content/project.yml"),
                   f"run: handouts translate update --locale {locale}; then translate interface.po"),)  # fmt: skip


def interface_words(root: Path, folders: tuple[Path, ...], locale: str) -> dict[str, str] | None:
    """Give the templates' words in a locale; None for English.

    What the nearest catalog lacks, the next one has: a project's own need not repeat what the program carries.
    """
    if habits.is_english(locale):
        return None
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


def _translated(project: Project, handout: HandoutSource, brand: Brand, locale: str, folders: tuple[Path, ...],
                words: dict[str, str] | None) -> Localized:  # fmt: skip
    policy = project.settings.incomplete.get(locale, "refuse")
    own, shared = (_catalog(project, folders, locale, name) for name in (handout.slug, "facts"))
    desk = Desk(own, handout)
    out = desk.handout()
    gate, names = _names(project, brand, shared)
    notices = [*settle([desk.gate, gate], locale, policy), *_unsigned(own, shared)]
    foreign = frozenset() if policy == "refuse" else frozenset({*desk.foreign, *(m.text for m in gate.missing)})
    draft = own is None or any(found is not None and not found.is_reviewed for found in (own, shared))
    interface = Interface(locale, words, draft, policy=policy, foreign=foreign, lacking=set())
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


def _pseudo(project: Project, handout: HandoutSource, brand: Brand, locale: str) -> Localized:
    """Translate by rule: everything that a translator would see."""
    words = pseudo.Words(locale)
    texts = [*(m.text for m in messages_of(handout.body.split("\n"))), *(getattr(handout, name) for name in FRONT)]
    desk = Desk(pseudo.catalog_of(texts, locale), handout)
    out = desk.handout()
    settle([desk.gate], locale, "refuse")
    interface = Interface(locale, words)
    lines = tuple(facts.hotline_in(h, words) for h in serving(project, handout, locale, interface))
    project = project._replace(facts=facts.facts_in(project.facts, words))
    return Localized(project, out, facts.brand_in(brand, words, locale), lines, interface)


def orphans(project: Project) -> list[Notice]:
    """Give a notice for each catalog whose handout is gone, and for a folder that is named for no locale."""
    known = {*RESERVED, *(h.slug for h in project.handouts), *(name for name, _ in project.failures)}
    out = []
    for path in sorted((project.root / "content" / "locales").glob("*/*.po")):
        shown = path.relative_to(project.root).as_posix()
        if not TAG.fullmatch(path.parent.name):
            out.append(Notice(f'the folder "{path.parent.name}" is named for no locale, so its catalogs are not used', Position(shown),
                              "name it language, script and region, like es, zh-Hans or pt-BR"))  # fmt: skip
        elif path.stem not in known:
            out.append(Notice(f"there is no handout {path.stem} for this catalog", Position(shown),
                              "name the file as its handout is now, or delete it"))  # fmt: skip
    return out
