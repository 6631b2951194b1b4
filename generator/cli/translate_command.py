"""`handouts translate`: extract templates, update catalogs, tell how far translations are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from generator.cli.report import error_text, fail, notice_text
from generator.errors import HandoutsError, Notice, Position
from generator.project.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.localize.status import Row
    from generator.project.records import Project

PROJECT = click.option("--project", metavar="DIR", help="The project's folder [default: the nearest one above].")
HEADS = ("locale", "handout", "translated", "stale", "missing", "damaged", "reviewed by", "reviewed")


@click.group("translate")
def command() -> None:
    """Extract texts for translators, merge new texts into catalogs, and tell how far translations are."""


@command.command("extract")
@PROJECT
def extract(project: str | None) -> None:
    """Write a gettext template (.pot) for each handout, for the facts and for the templates' words."""
    from generator.cli.translate_update import templates, write
    from generator.localize.merging import written

    loaded, folder = _loaded(project)
    try:
        for name, fresh in templates(loaded).items():
            path = folder / f"{name}.pot"
            write(path, written(fresh))
            click.echo(f"{path.relative_to(loaded.root)}: {len(fresh)} messages")
    except HandoutsError as exc:
        fail(exc)


@command.command("update")
@click.option("--locale", "locales", multiple=True, metavar="LOCALE", help="Only this locale [default: all of project.yml].")
@PROJECT
def update(locales: tuple[str, ...], project: str | None) -> None:
    """Merge new and changed texts into content/locales/LOCALE/*.po; nothing that a translator wrote is lost."""
    from generator.cli.translate_update import update_all
    from generator.localize.stage import orphans
    from generator.localize.status import locales as of_project

    loaded, folder = _loaded(project)
    wanted = locales or tuple(of_project(loaded))
    for locale in wanted:
        _check(locale)
        _tell_unused(loaded, locale)
    try:
        errors = update_all(loaded, folder, wanted, own=bool(locales))
    except HandoutsError as exc:
        fail(exc)
    for notice in orphans(loaded):
        click.echo(notice_text(notice), err=True)
    for error in errors:
        click.echo(error_text(error), err=True)
    if errors:
        raise SystemExit(1)


@command.command("status")
@click.option(
    "--locale",
    "locales",
    multiple=True,
    metavar="LOCALE",
    help="Only this locale, with every text that it lacks or that is damaged.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
@PROJECT
def status(locales: tuple[str, ...], project: str | None, *, as_json: bool) -> None:
    """Tell, for each locale and handout, what is translated, stale and missing, and who reviewed it when."""
    from generator.cli.folders import template_folders
    from generator.cli.translate_update import catalog_folders
    from generator.localize.stage import orphans
    from generator.localize.status import status as how_far
    from generator.markup.words import words_of

    loaded, _ = _loaded(project)
    for locale in locales:
        _check(locale, loaded.settings.locales)
        _tell_unused(loaded, locale)
    try:
        words = {
            text: Position(file, line) for text, file, line in words_of(template_folders(loaded.root), loaded.settings.words)
        }
    except HandoutsError as exc:
        fail(exc)
    found = how_far(loaded, catalog_folders(loaded), words, locales)
    if as_json:
        click.echo(json.dumps([row._asdict() for row in found.rows], ensure_ascii=False, indent=1))
    else:
        _table(found.rows)
        for missing in found.missing if locales else ():
            click.echo(f"{missing.position}: {missing.told}")
        for damage in found.damaged if locales else ():
            click.echo(f"{damage.position}: damaged: {damage.message}; {damage.hint}")
    for notice in orphans(loaded):
        click.echo(notice_text(notice), err=True)
    for error in found.errors:
        click.echo(error_text(error), err=True)
    if found.errors:
        raise SystemExit(1)


def _table(rows: list[Row]) -> None:
    table = [HEADS, *(tuple(str(getattr(row, head.replace(" ", "_"))) for head in HEADS) for row in rows)]
    widths = [max(len(r[i]) for r in table) for i in range(len(HEADS))]
    for number, row in enumerate(table):
        click.echo("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())
        if not number:
            click.echo("  ".join("-" * w for w in widths))


def _loaded(project: str | None) -> tuple[Project, Path]:
    from generator.cli.folders import project_root
    from generator.project.load import load_project

    try:
        loaded = load_project(project_root(project))
    except HandoutsError as exc:
        fail(exc)
    for _, error in loaded.failures:
        click.echo(error_text(error), err=True)
    if loaded.failures:
        raise SystemExit(1)
    return loaded, loaded.root / "content" / "locales"


def _tell_unused(project: Project, locale: str) -> None:
    """Say that nothing is built from the catalogs of a locale: the project does not name it, nor one that it serves."""
    from generator.localize.habits import chain

    if not any(locale in chain(used) for used in project.settings.locales):
        click.echo(notice_text(Notice(f'the project has no locale "{locale}", so nothing is built from its catalogs',
                                      Position("content/project.yml"), f"add {locale} to locales:")), err=True)  # fmt: skip


def _check(locale: str, known: Sequence[str] = ()) -> None:
    """Refuse a locale that there is not, or that has no catalogs. `known`: those of the project, where no other can be meant."""
    from generator.localize.habits import PSEUDO
    from generator.localize.locales import as_written, exists, near

    if locale in PSEUDO:
        raise click.UsageError(f"{locale} is translated by rule and has no catalogs; handouts build --locale {locale} makes it")
    if not exists(locale):
        if known and not exists(as_written(locale)):
            raise click.UsageError(f'there is no locale "{locale}"; {did_you_mean(locale, known, "there are")}')
        meant = near(locale)
        hint = f"did you mean {meant}?" if meant else "write a tag such as es, zh-Hans or pt-BR"
        raise click.UsageError(f'there is no locale "{locale}"; {hint}')
