"""Stage 2: what was written, in the reader's language: the handout, the facts, the brand's words, the templates' words.

In: records of the project and a locale. Out: the same records with other words, an `Interface`, and notices; or an error that
lists what is not translated. Knows neither HTML nor pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.errors import ContentError, HandoutsError, Notice, Position
from generator.localize import catalog, habits, pseudo
from generator.localize.checks import fault, is_copy
from generator.localize.hotlines import serving
from generator.localize.interface import Interface
from generator.localize.locales import exists, no_such
from generator.localize.messages import Message, messages_of, with_translations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from generator.localize.catalog import Catalog, Entry
    from generator.project.records import Brand, HandoutSource, Hotline, Project

RESERVED = ("interface", "facts")  # names of catalogs that no handout may have
FRONT = ("title", "subtitle", "summary")
SHOWN = 60  # characters of a missing block that an error quotes


class Localized(NamedTuple):
    """A handout and a brand for a locale's readers, the hotlines that serve them, and what is to be said of it."""

    handout: HandoutSource
    brand: Brand
    hotlines: tuple[Hotline, ...]
    interface: Interface
    notices: tuple[Notice, ...] = ()


class Missing(NamedTuple):
    """A block without a finished translation: where it stands, its text, and stale or missing."""

    position: Position
    text: str
    state: str


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
        return Localized(handout, brand, serving(project, handout, locale, interface), interface, _english(locale, words))
    return _translated(project, handout, brand, locale, folders, words)


def _english(locale: str, words: dict[str, str] | None) -> tuple[Notice, ...]:
    """Say that the templates speak English on the pages of a language that has no catalog for them."""
    if words is None or words:
        return ()
    return (Notice(f"the templates' words are not translated into {locale} and stand in English", Position("content/project.yml"),
                   f"run: handouts translate update --locale {locale}; then translate interface.po"),)  # fmt: skip


def interface_words(root: Path, folders: tuple[Path, ...], locale: str) -> dict[str, str] | None:
    """Give the templates' words in a locale; None for English."""
    if habits.is_english(locale):
        return None
    path = catalog.find(folders, locale, "interface")
    if path is None:
        return {}
    found = catalog.load(path, root)
    out = {}
    for entry in found.entries.values():
        if entry.msgstr and not entry.fuzzy:
            _refuse_damage(found, entry)
            out[entry.msgid] = habits.spaced(locale, entry.msgstr)
    return out


def _translated(project: Project, handout: HandoutSource, brand: Brand, locale: str, folders: tuple[Path, ...],
                words: dict[str, str] | None) -> Localized:  # fmt: skip
    policy = project.settings.incomplete.get(locale, "refuse")
    path = catalog.find(folders[:1], locale, handout.slug)
    if path is None and policy == "refuse":
        raise ContentError(f"{handout.slug} is not translated into {locale}", handout.source.position(1),
                           f"run: handouts translate update --locale {locale}; then translate {handout.slug}.po in "  # noqa: S608
                           f"content/locales/{locale}, or set incomplete: {{{locale}: mark}} in project.yml")  # fmt: skip
    found = catalog.load(path, project.root) if path is not None else None
    desk = _Desk(found, handout)
    out = desk.handout()
    facts = catalog.find(folders[:1], locale, "facts")
    names = _names(catalog.load(facts, project.root) if facts is not None else None)
    if desk.missing and policy == "refuse":
        raise _refusal(locale, desk.missing, found)
    interface = Interface(locale, words, draft=found is None or not found.is_reviewed)
    lines = tuple(_named(h, names) for h in serving(project, handout, locale, interface))
    out = out._replace(title=habits.spaced(locale, out.title), subtitle=habits.spaced(locale, out.subtitle))
    if policy != "mark":
        out = out._replace(untranslated=frozenset())
    return Localized(out, _brand(brand, names, locale), lines, interface, tuple(desk.notices))


def _pseudo(project: Project, handout: HandoutSource, brand: Brand, locale: str) -> Localized:
    """Translate by rule: everything that a translator would see."""
    words = pseudo.Words(locale)
    texts = [*(m.text for m in messages_of(handout.body.split("\n"))), handout.title, handout.subtitle, handout.summary]
    out = _Desk(pseudo.catalog_of(texts, locale), handout).handout()
    interface = Interface(locale, words)
    lines = tuple(_named(h, words) for h in serving(project, handout, locale, interface))
    return Localized(out, _brand(brand, words, locale), lines, interface)


class _Desk:
    """One handout on the translator's desk."""

    def __init__(self, found: Catalog | None, source: HandoutSource) -> None:
        self.found = found
        self.source = source
        self.missing: list[Missing] = []
        self.notices: list[Notice] = []
        self._unused = set(found.entries) if found is not None else set()

    def handout(self) -> HandoutSource:
        source = self.source
        lines = source.body.split("\n")
        messages = messages_of(lines)
        self._unused -= {m.text for m in messages}
        title, subtitle, summary = (self._front(name) for name in FRONT)
        untranslated: set[int] = set()

        def translate(message: Message) -> str | None:
            text = self._translation(message.text, source.source.position(source.line(message.line), message.stretches[0].start + 1))
            if text is None:
                untranslated.add(source.line(message.line))
            return text

        body, origin = with_translations(lines, messages, translate)
        numbers = tuple(source.line(index) for index in origin)
        return source._replace(title=title, subtitle=subtitle, summary=summary, body="\n".join(body), origin=numbers,
                               untranslated=frozenset(untranslated))  # fmt: skip

    def _front(self, name: str) -> str:
        text: str = getattr(self.source, name)
        return (self._translation(text, self.source.source.find(text)) or text) if text else ""

    def _translation(self, text: str, position: Position) -> str | None:
        entry = self.found.translation(text) if self.found is not None else None
        if self.found is None or entry is None:
            self.missing.append(Missing(position, text, self._state(text)))
            return None
        _refuse_damage(self.found, entry)
        if is_copy(text, entry.msgstr):
            self.notices.append(Notice("a message is translated by its own source: " + _short(text), self.found.position(entry),
                                       "translate it, or mark it fuzzy until it is"))  # fmt: skip
        return entry.msgstr

    def _state(self, text: str) -> str:
        """Tell a block whose source has changed since it was translated from a new one."""
        if self.found is None:
            return "missing"
        entry = self.found.entries.get(text)
        if entry is not None:
            return "stale" if entry.fuzzy and entry.msgstr else "missing"
        from difflib import get_close_matches

        return "stale" if get_close_matches(text, self._unused, 1, 0.6) else "missing"


def missing_in(handout: HandoutSource, found: Catalog | None) -> tuple[int, list[Missing]]:
    """Count a handout's messages, and give those without a finished translation."""
    desk = _Desk(found, handout)
    desk.handout()
    count = len(messages_of(handout.body.split("\n"))) + sum(bool(getattr(handout, name)) for name in FRONT)
    return count, desk.missing


def _refuse_damage(found: Catalog, entry: Entry) -> None:
    wrong = fault(entry.msgid, entry.msgstr)
    if wrong is not None:
        raise ContentError(f"{wrong[0]} in the translation of {_short(entry.msgid)}", found.position(entry), wrong[1])


def _refusal(locale: str, missing: list[Missing], found: Catalog | None) -> HandoutsError:
    rows = [f"{m.position.file}:{m.position.line}: {m.state}: {_short(m.text)}" for m in missing]
    where = found.shown if found is not None else f"content/locales/{locale}"
    count = "1 block is" if len(rows) == 1 else f"{len(rows)} blocks are"
    return ContentError(f"{count} not translated into {locale}", missing[0].position,
                        f"run: handouts translate update --locale {locale}; then complete {where}:\n    " + "\n    ".join(rows))  # fmt: skip


def _short(text: str) -> str:
    one = " ".join(text.split())
    return f"“{one if len(one) <= SHOWN else one[: SHOWN - 1] + '…'}”"


def _names(found: Catalog | None) -> dict[str, str]:
    """Give the translations of facts and of a brand's words; names that are not there stay as they are."""
    if found is None:
        return {}
    return {e.msgid: e.msgstr for e in found.entries.values() if e.msgstr and not e.fuzzy}


def _named(line: Hotline, names: Mapping[str, str]) -> Hotline:
    return line._replace(name=names.get(line.name, line.name), hours=names.get(line.hours, line.hours),
                         description=names.get(line.description, line.description))  # fmt: skip


def _brand(brand: Brand, names: Mapping[str, str], locale: str) -> Brand:
    """Give a brand with its places named and sorted as the reader knows them."""
    states = [s._replace(name=names.get(s.name, s.name)) for s in brand.states]
    offices = [o._replace(city=names.get(o.city, o.city), state_name=names.get(o.state_name, o.state_name)) for o in brand.offices]
    return brand._replace(
        audience=names.get(brand.audience, brand.audience),
        states=tuple(habits.in_order(locale, states, lambda s: s.name)),
        offices=tuple(habits.in_order(locale, offices, lambda o: o.city)),
    )


def facts_words(project: Project) -> Iterable[tuple[str, str]]:
    """Give the words of facts and brands that translators see, each with what it is."""
    for line in project.facts.hotlines:
        yield line.name, "name of a hotline"
        yield line.hours, f"hours of {line.name}"
        yield line.description, f"what {line.name} is"
    for state in project.facts.states:
        yield state.name, "state"
    for brand in project.brands:
        yield brand.audience, f"whom {brand.name} sees"
        for office in brand.offices:
            yield office.city, "city of an office"
            yield office.state_name, "state"


def orphans(project: Project) -> list[Notice]:
    """Give a notice for each catalog whose handout is gone, and for a folder that is named for no locale."""
    known = {*RESERVED, *(h.slug for h in project.handouts), *(name for name, _ in project.failures)}
    out = []
    for path in sorted((project.root / "content" / "locales").glob("*/*.po")):
        if path.stem not in known:
            shown = path.relative_to(project.root).as_posix()
            out.append(Notice(f"there is no handout {path.stem} for this catalog", Position(shown),
                              "name the file as its handout is now, or delete it"))  # fmt: skip
    return out
