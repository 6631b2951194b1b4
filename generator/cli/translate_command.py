"""`handouts translate`: extract templates, update catalogs, tell how far translations are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from generator.cli.report import fail
from generator.errors import HandoutsError

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project.records import HandoutSource, Project

PROJECT = click.option("--project", metavar="DIR", help="The project's folder [default: the nearest one above].")


@click.group("translate")
def command() -> None:
    """Extract texts for translators, merge new texts into catalogs, and tell how far translations are."""


@command.command("extract")
@PROJECT
def extract(project: str | None) -> None:
    """Write a gettext template (.pot) for each handout, for the facts and for the templates' words."""
    from generator.batch.files import write_whole
    from generator.localize.templates import written

    loaded, folder = _loaded(project)
    for name, fresh in _templates(loaded).items():
        path = folder / f"{name}.pot"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, written(fresh, previous=False))
        click.echo(f"{path.relative_to(loaded.root)}: {len(fresh)} messages")


@command.command("update")
@click.option("--locale", "locales", multiple=True, metavar="LOCALE", help="Only this locale [default: all of project.yml].")
@PROJECT
def update(locales: tuple[str, ...], project: str | None) -> None:
    """Merge new and changed texts into content/locales/LOCALE/*.po; nothing that a translator wrote is lost."""
    from generator.batch.files import write_whole
    from generator.localize.habits import same_language
    from generator.localize.locales import exists, near
    from generator.localize.templates import merged

    loaded, folder = _loaded(project)
    source = loaded.settings.default_locale
    wanted = locales or tuple(loc for loc in loaded.settings.locales if not same_language(loc, source))
    for locale in wanted:
        if not exists(locale):
            meant = near(locale)
            hint = f"did you mean {meant}?" if meant else "write a tag such as es, zh-Hans or pt-BR"
            raise click.UsageError(f'there is no locale "{locale}"; {hint}')
    for locale in wanted:
        for name in (*_names(loaded), "facts", "interface"):
            path = folder / locale / f"{name}.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                write_whole(path, merged(path, _templates(loaded)[name], locale))
            except HandoutsError as exc:
                fail(exc)
            click.echo(str(path.relative_to(loaded.root)))


@command.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
@PROJECT
def status(project: str | None, *, as_json: bool) -> None:
    """Tell, for each locale and handout, what is translated, stale and missing, and who reviewed it when."""
    loaded, folder = _loaded(project)
    try:
        rows = [row for locale in _locales(loaded, folder) for row in _rows(loaded, folder, locale)]
    except HandoutsError as exc:
        fail(exc)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    heads = ("locale", "handout", "translated", "stale", "missing", "reviewed by", "reviewed")
    table = [heads, *(tuple(str(row[h.replace(" ", "_")]) for h in heads) for row in rows)]
    widths = [max(len(r[i]) for r in table) for i in range(len(heads))]
    for number, row in enumerate(table):
        click.echo("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())
        if not number:
            click.echo("  ".join("-" * w for w in widths))


def _loaded(project: str | None) -> tuple[Project, Path]:
    from generator.cli.folders import project_root
    from generator.project import load_project

    try:
        loaded = load_project(project_root(project))
    except HandoutsError as exc:
        fail(exc)
    for _, error in loaded.failures:
        fail(error)
    return loaded, loaded.root / "content" / "locales"


def _names(project: Project) -> list[str]:
    return [h.slug for h in project.handouts]


def _templates(project: Project) -> dict[str, Any]:
    from generator.cli.folders import template_folders
    from generator.localize.templates import Wanted, of_facts, of_handout, template
    from generator.markup.words import words_of

    title = project.brands[0].name if project.brands else "handouts"
    out = {h.slug: template(of_handout(h), title) for h in project.handouts}
    out["facts"] = template(of_facts(project), title)
    words = [Wanted(text, file, line) for text, file, line in words_of(template_folders(project.root))]
    out["interface"] = template(words, title)
    return out


def _locales(project: Project, folder: Path) -> list[str]:
    from generator.localize.habits import PSEUDO, same_language

    source = project.settings.default_locale
    there = sorted(p.name for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []
    known = dict.fromkeys([*project.settings.locales, *(n for n in there if any((folder / n / f"{s}.po").exists() for s in _names(project)))])
    return [loc for loc in known if not same_language(loc, source) and loc not in PSEUDO]


def _rows(project: Project, folder: Path, locale: str) -> list[dict[str, Any]]:
    return [_row(project, folder, locale, handout) for handout in project.handouts]


def _row(project: Project, folder: Path, locale: str, handout: HandoutSource) -> dict[str, Any]:
    from generator.localize import catalog
    from generator.localize.stage import missing_in

    path = catalog.find((folder,), locale, handout.slug)
    found = catalog.load(path, project.root) if path is not None else None
    count, missing = missing_in(handout, found)
    stale = sum(m.state == "stale" for m in missing)
    return {"locale": locale, "handout": handout.slug, "messages": count, "translated": count - len(missing), "stale": stale,
            "missing": len(missing) - stale, "reviewed_by": found.reviewed_by if found else "",
            "reviewed": found.reviewed if found else ""}  # fmt: skip
