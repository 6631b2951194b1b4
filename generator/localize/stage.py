"""Stage 2: what was written, in the reader's language: the handout, the facts, the brand's words, the templates' words.

In: records of the project and a locale. Out: the same records with other words, an `Interface`, and notices; or an error that
lists what is not translated. Knows neither HTML nor pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import Notice, Position
from generator.localize import habits
from generator.localize.facts import brand_in
from generator.localize.hotlines import serving
from generator.localize.interface import Interface
from generator.localize.locales import as_written, exists, no_such
from generator.localize.records import Localized
from generator.project.handouts import RESERVED
from generator.project.settings import TAG

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project.records import Brand, HandoutSource, Project


def localized(project: Project, handout: HandoutSource, brand: Brand, locale: str, folders: tuple[Path, ...]) -> Localized:
    """Translate what one piece is made from. `folders` hold a folder of catalogs for each locale, the project's own first.

    The templates' words may come from any of them, translations of handouts and facts from the project's alone.

    Raises ContentError where a translation is missing (and the project refuses that), or damaged.
    """
    if not exists(locale):
        raise no_such(locale, project.root)
    source = project.settings.default_locale
    if locale in habits.PSEUDO:
        from generator.localize.translation import by_rule

        return _typed_in(by_rule(project, handout, brand, locale), interface_words(project.root, folders, source))
    words = interface_words(project.root, folders, locale)
    if habits.same_language(locale, source):
        interface = Interface(locale, words, own=project.settings.wordings)
        brand = brand_in(brand, {}, locale)
        return Localized(project, handout, brand, serving(project, handout, locale, interface), interface, _english(locale, words))
    from generator.localize.translation import translated

    return _typed_in(translated(project, handout, brand, locale, folders, words), interface_words(project.root, folders, source))


def _typed_in(found: Localized, source: dict[str, str] | None) -> Localized:
    """Let a translation know the words of its source: the author called boxes in these, and no translator sees that."""
    return found._replace(interface=found.interface._replace(typed=source)) if source else found


def _english(locale: str, words: dict[str, str] | None) -> tuple[Notice, ...]:
    """Say that the templates speak English on the pages of a language that has no catalog for them."""
    if words is None or words:
        return ()
    return (Notice(f"the templates' words are not translated into {locale} and stand in English", Position("content/project.yml"),
                   f"run: handouts translate update --locale {locale}; then translate interface.po"),)  # fmt: skip


def interface_words(root: Path, folders: tuple[Path, ...], locale: str) -> dict[str, str] | None:
    """Give the templates' words in a locale; None for English. Raises ContentError where a translation is damaged."""
    if habits.is_english(locale):
        return None
    from generator.localize.translation import interface_words as words

    return words(root, folders, locale)


def orphans(project: Project) -> list[Notice]:
    """Give a notice for each handout that is gone and has left catalogs or a template, and for a folder that is named for no locale."""
    known = {*RESERVED, *(h.slug for h in project.handouts), *(name for name, _ in project.failures)}
    folder = project.root / "content" / "locales"
    there = sorted(folder.glob("*/*.po"))
    out = [_misnamed(path) for path in dict.fromkeys(path.parent for path in there) if not TAG.fullmatch(path.name)]
    left: dict[str, list[Path]] = {}
    for path in there:
        if TAG.fullmatch(path.parent.name) and path.stem not in known:
            left.setdefault(path.stem, []).append(path)
    for name, paths in left.items():
        others = f", nor for those in {habits.join('en', (p.parent.name for p in paths[1:]))}" if paths[1:] else ""
        out.append(Notice(f"there is no handout {name} for this catalog{others}", Position(paths[0].relative_to(project.root).as_posix()),
                          "where the handout has another name now, handouts translate update takes over what is translated; then delete it"))
    templates = [path.name for path in sorted(folder.glob("*.pot")) if path.stem not in known]
    if templates:
        out.append(Notice(f"there is no handout for {habits.join('en', templates)}", Position("content/locales"), "delete what is not needed"))
    return out


def _misnamed(folder: Path) -> Notice:
    """Say of a folder that its name is no locale's, and which one is meant."""
    meant = as_written(folder.name)
    hint = f"name it {meant}" if TAG.fullmatch(meant) and exists(meant) else "name it language, script and region, like es, zh-Hans or pt-BR"
    return Notice(f'the folder "{folder.name}" is named for no locale, so its catalogs are not used',
                  Position(f"content/locales/{folder.name}"), hint)  # fmt: skip
