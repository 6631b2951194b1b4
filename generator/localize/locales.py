"""Which locales there are. In: a BCP 47 tag. Out: whether it names one, or an error with the nearest. Asks CLDR through ICU."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from generator.errors import HandoutsError, ProjectError
from generator.localize import habits
from generator.localize.answers import answered
from generator.project.nearest import nearest
from generator.project.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

NO_LANGUAGE = frozenset({"zxx", "mul", "und", "mis"})  # codes of ISO 639 that name none
OURS = frozenset({"en", "en-US", "en-GB", *habits.PSEUDO})  # known without looking


@lru_cache(maxsize=64)
def exists(locale: str) -> bool:
    """Tell whether a tag names a language (and a script and region) that there is."""
    return locale in OURS or _exists(locale)


@answered
def _exists(locale: str) -> bool:
    first, *rest = locale.split("-")
    return first in _languages() and all(part in _parts(len(part)) or _is_script(part) for part in rest)


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """Give all languages by code with their English names."""
    import icu

    return {str(code): habits.english_name(str(code)) for code in (*icu.Locale.getISOLanguages(), "tl")}


def _parts(length: int) -> tuple[str, ...]:
    """Give the regions of a length: two letters, or three digits for several countries."""
    import icu

    return tuple(icu.Locale.getISOCountries()) if length == 2 else ("001", "150", "419")


def _is_script(part: str) -> bool:
    return len(part) == 4 and str(habits.icu_locale(f"und-{part}").getDisplayScript(habits.icu_locale("en"))) != part


def no_such(locale: str, root: Path) -> HandoutsError:
    """Say that a locale in project.yml does not exist, and which was meant."""
    settings = read_source(root / "content" / "project.yml", root, ProjectError)
    where = settings.find(locale, settings.find("locales:").line)
    meant = near(locale)
    return ProjectError(f'there is no locale "{locale}"', where,
                        f"did you mean {meant}?" if meant else "write a tag such as es, zh-Hans or pt-BR")  # fmt: skip


def near(locale: str) -> str:
    """Give what was probably meant, as tag and name: a country's language (jp: ja), one whose name begins so (sp: es), a like code."""
    tag = as_written(locale)
    if tag != locale and exists(tag):
        return _shown(tag)
    first, *rest = locale.split("-")
    if first in _languages():  # the script or the region is wrong
        parts = [part if exists(f"{first}-{part}") else nearest(part, _parts(len(part))) for part in rest]
        return _shown("-".join([first, *(p for p in parts if p)]))
    likely = habits.icu_locale(f"und-{first.upper()}").addLikelySubtags() if first.upper() in _parts(2) else None
    if likely is not None:
        return _shown(str(likely.getLanguage()))
    begun = (code for code, name in sorted(_languages().items(), key=lambda n: (len(n[0]), n[1])) if name.lower().startswith(first))
    return _shown(next(begun, "") or nearest(first, [code for code in _languages() if code not in NO_LANGUAGE]))


def as_written(locale: str) -> str:
    """Write a tag as tags are written: pt_br is pt-BR, ZH-hans is zh-Hans."""
    first, *rest = locale.replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == len("Hans") else part.upper() for part in rest)])


def _shown(tag: str) -> str:
    return f"{tag} ({habits.english_name(habits.language(tag))})" if tag else ""
