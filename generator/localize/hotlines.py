"""The hotlines that serve a reader: those of the reader's region, and what to say to one that speaks another language.

In: a project, a handout, a locale and its words. Out: hotlines as the page shows them. Knows no catalog and no page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import ContentError
from generator.localize import habits, phones

if TYPE_CHECKING:
    from generator.localize.interface import Interface
    from generator.project.records import HandoutSource, Hotline, Project

SPOKEN = ("In English", "For an interpreter, say in English: “%(words)s”")
"""What is said of a hotline, for translators."""


def serving(project: Project, handout: HandoutSource, locale: str, interface: Interface) -> tuple[Hotline, ...]:
    """Give the handout's hotlines of the reader's region, those in another language with a note that says so.

    Raises ContentError where a safety block is required and none of them serves the language.
    """
    settings = project.settings
    region = habits.region(locale) or settings.region
    named = next((settings.hotlines[name] for name in habits.chain(locale) if name in settings.hotlines), ())
    known = [h for h in project.facts.hotlines if not h.regions or region in h.regions or h.id in named]
    chosen = [h for h in known if (h.id in named if named else not handout.hotlines or h.id in handout.hotlines)]
    spoken = habits.language(settings.default_locale if locale in habits.PSEUDO else locale)
    speaking = [h for h in chosen if not h.languages or spoken in h.languages or h.interpreters]
    if "safety" in handout.requires and project.facts.hotlines and not named and not _enough(project, speaking, region):
        elsewhere = f'; "{habits.language(locale)}" alone is for readers in {settings.region}' if region != settings.region else ""
        raise ContentError(f"no hotline serves readers of {locale} in {region}", handout.source.find("safety"),
                           f"name one for the locale in content/project.yml, hotlines: {{{locale}: [id]}}, or add one to facts.yml"
                           + elsewhere)  # fmt: skip
    if any(h.card for h in chosen) and not any(h.card for h in speaking):  # the cards name one that can be talked to
        chosen = [h._replace(card=h in speaking) for h in chosen] if speaking else chosen
    return tuple(h._replace(phone=phones.written(h.phone, region), note=_note(h, spoken, interface)) for h in chosen)


def _enough(project: Project, speaking: list[Hotline], region: str) -> bool:
    """Tell whether one is for this region: beside lines that name theirs, one that names none may be the practice's own desk."""
    if any(h.regions for h in project.facts.hotlines):
        return any(region in h.regions for h in speaking)
    return bool(speaking)


ASKED_FOR = {"zh": "Mandarin"}
"""What an interpreter is asked for, where it is not the language's name: Chinese is written, Mandarin spoken."""


def _note(line: Hotline, spoken: str, interface: Interface) -> str:
    """Say what a hotline speaks. No line is said to speak English that does not: it is told by the name of its language."""
    if not line.languages or spoken in line.languages:
        return ""
    if "en" in line.languages:
        if line.interpreters:
            return interface.gettext(SPOKEN[1], words=f"{ASKED_FOR.get(spoken) or habits.english_name(spoken)}, please")
        return interface.gettext(SPOKEN[0])
    names = interface.join(habits.language_name(code, interface.locale) for code in line.languages)
    names = names[:1].upper() + names[1:]
    if not line.interpreters:
        return names
    opening, closing = habits.quotes(interface.locale)[:2]
    return f"{names}: {opening}{habits.language_name(spoken, line.languages[0])}{closing}"
