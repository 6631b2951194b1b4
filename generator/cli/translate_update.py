"""`handouts translate update`: every catalog of some locales brought up to date with what there is to translate.

In: a project and locales. Out: files in content/locales, a line for each; and the errors of catalogs that cannot be read, which stay as they
are and keep no other from being updated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from generator.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.errors import HandoutsError
    from generator.project.records import Project

SHARED = "interface"  # the one catalog beside which those of near languages, and the program's own, serve message by message


def update_all(project: Project, folder: Path, locales: Sequence[str], *, own: bool) -> list[HandoutsError]:
    """Update them. `own`: each is to have catalogs of its own, also where those of a near language serve it."""
    from generator.batch.files import sweep

    sweep(folder)
    known = templates(project)
    errors: list[HandoutsError] = []
    done: set[Path] = set()
    for locale in locales:
        try:
            names = _needed(project, locale, known[SHARED])
        except ContentError as exc:
            errors.append(exc)
            continue
        if not names:
            click.echo(f"{locale}: no catalog is needed")
        for name in names:
            path = _path(folder, locale, name, own=own)
            if path not in done:
                done.add(path)
                try:
                    click.echo(_update(project, path, known[name], known))
                except ContentError as exc:
                    errors.append(exc)
    return errors


def _path(folder: Path, locale: str, name: str, *, own: bool) -> Path:
    """Give the catalog to update: where a near language's serves the locale, and it need not have its own, that one, or one beside it."""
    from generator.localize.catalog import find
    from generator.localize.habits import chain

    if own or name == SHARED:
        return folder / locale / f"{name}.po"
    served = find((folder,), locale, name)
    home = next((near for near in chain(locale) if any(p.stem != SHARED for p in (folder / near).glob("*.po"))), locale)
    return served or folder / home / f"{name}.po"


def _update(project: Project, path: Path, fresh: Any, known: dict[str, Any]) -> str:
    """Update one catalog, or make it; give the line that tells of it. Raises ContentError where it cannot be read."""
    from generator.localize.catalog import is_there, read
    from generator.localize.merging import begun, in_locale, merged
    from generator.localize.taken_over import origin

    locale, shown = path.parent.name, path.relative_to(project.root).as_posix()
    if is_there(path):
        data, how = merged(read(path, project.root), fresh, locale, shown), ""
    else:
        texts = [str(message.id) for message in fresh if message.id]
        old = origin(path.parents[1], locale, path.stem, texts, known) if path.stem != SHARED else None
        if old is None:
            data, how = begun(fresh, locale), ""
        else:
            data = in_locale(merged(read(old, project.root), fresh, locale, shown), locale)
            how = f": begun with {old.relative_to(project.root).as_posix()}"
    return shown + how if write(path, data) else f"{shown}: unchanged"


def templates(project: Project) -> dict[str, Any]:
    """Give what there is to translate, by the names of catalogs."""
    from generator.cli.folders import template_folders
    from generator.localize.templates import Wanted, of_facts, of_handout, template
    from generator.markup.words import words_of

    title = project.brands[0].name if project.brands else "handouts"
    out = {h.slug: template(of_handout(h), title) for h in project.handouts}
    out["facts"] = template(of_facts(project), title)
    words = [Wanted(text, file, line) for text, file, line in words_of(template_folders(project.root), project.settings.words)]
    out[SHARED] = template(words, title)
    return out


def catalog_folders(project: Project) -> tuple[Path, ...]:
    """Give where catalogs lie: the project's own, then the program's."""
    from generator.cli.folders import defaults

    return tuple(dict.fromkeys(root / "content" / "locales" for root in (project.root, defaults().resolve())))


def _needed(project: Project, locale: str, words: Any) -> list[str]:
    """Name the catalogs that a locale needs; one for the templates' words only where those that there are do not carry all."""
    from generator.localize.catalog import is_there
    from generator.localize.status import lacks_words, names

    found = names(project, locale)
    own = project.root / "content" / "locales" / locale / f"{SHARED}.po"
    if not is_there(own) and not lacks_words(catalog_folders(project), locale, [str(m.id) for m in words if m.id]):
        found.remove(SHARED)
    return found


def write(path: Path, data: bytes) -> bool:
    """Write a file, unless it would differ in its date alone; tell whether it was written."""
    from generator.batch.files import write_whole
    from generator.localize.merging import same

    path = path.resolve()  # a link stays one
    if path.exists() and same(path.read_bytes(), data):
        return False
    write_whole(path, data, elsewhere="")
    return True
