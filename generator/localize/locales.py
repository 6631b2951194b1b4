"""Which locales there are. In: a BCP 47 tag. Out: whether it names one, or an error with the nearest. Asks CLDR through Babel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.errors import HandoutsError, ProjectError
from generator.localize import habits
from generator.project.nearest import nearest
from generator.project.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

OURS = frozenset({"en", "en-US", "en-GB", *habits.PSEUDO})  # known without looking


def exists(locale: str) -> bool:
    """Tell whether a tag names a language (and a script and region) that there is."""
    if locale in OURS:
        return True
    from babel import Locale

    english = Locale("en")
    known: dict[int, Any] = {4: english.scripts, 2: english.territories, 3: english.territories}
    first, *rest = locale.split("-")
    return first in english.languages and all(part in known.get(len(part), ()) for part in rest)


def no_such(locale: str, root: Path) -> HandoutsError:
    """Say that a locale in project.yml does not exist, and which was meant."""
    settings = read_source(root / "content" / "project.yml", root, ProjectError)
    where = settings.find(locale, settings.find("locales:").line)
    meant = near(locale)
    return ProjectError(f'there is no locale "{locale}"', where,
                        f"did you mean {meant}?" if meant else "write a tag such as es, zh-Hans or pt-BR")  # fmt: skip


def near(locale: str) -> str:
    """Give what was probably meant, as tag and name: a country's language (jp: ja), one whose name begins so (sp: es), a like tag."""
    from babel import Locale
    from babel.languages import get_official_languages

    english = Locale("en")
    names = {tag: name for tag, name in english.languages.items() if "_" not in tag}
    first, *rest = locale.split("-")
    if first in names:  # the script or the region is wrong
        known = {2: english.territories, 4: english.scripts}
        parts = [nearest(part, known.get(len(part), ())) for part in rest]
        return _shown("-".join([first, *(p for p in parts if p)]), names)
    spoken = get_official_languages(first.upper())
    if spoken:
        return _shown(spoken[0].replace("_", "-"), names)
    begun = next((tag for tag, name in sorted(names.items(), key=lambda n: (len(n[0]), n[1])) if name.lower().startswith(first)), "")
    return _shown(begun or nearest(first, names), names)


def _shown(tag: str, names: Any) -> str:
    return f"{tag} ({names[habits.language(tag)]})" if tag else ""
