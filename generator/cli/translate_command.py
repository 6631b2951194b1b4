"""`handouts translate`: extract templates, update catalogs, tell how far translations are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from generator.cli.report import error_text, fail, notice_text
from generator.errors import HandoutsError, Position
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
    from generator.localize.merging import written

    loaded, folder = _loaded(project)
    for name, fresh in _templates(loaded).items():
        path = folder / f"{name}.pot"
        _write(path, written(fresh))
        click.echo(f"{path.relative_to(loaded.root)}: {len(fresh)} messages")


@command.command("update")
@click.option("--locale", "locales", multiple=True, metavar="LOCALE", help="Only this locale [default: all of project.yml].")
@PROJECT
def update(locales: tuple[str, ...], project: str | None) -> None:
    """Merge new and changed texts into content/locales/LOCALE/*.po; nothing that a translator wrote is lost."""
    from generator.localize.merging import begun, merged
    from generator.localize.status import locales as of_project

    loaded, folder = _loaded(project)
    wanted = locales or tuple(of_project(loaded))
    for locale in wanted:
        _check(locale)
    for locale in wanted:
        for name, fresh in _catalogs(loaded, locale).items():
            path = folder / locale / f"{name}.po"
            shown = path.relative_to(loaded.root).as_posix()
            try:
                data = merged(path.read_bytes(), fresh, locale, shown) if path.exists() else begun(fresh, locale)
            except HandoutsError as exc:
                fail(exc)
            click.echo(f"{shown}{'' if _write(path, data) else ': unchanged'}")


@command.command("status")
@click.option("--locale", "locales", multiple=True, metavar="LOCALE", help="Only this locale, with every text that it lacks.")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
@PROJECT
def status(locales: tuple[str, ...], project: str | None, *, as_json: bool) -> None:
    """Tell, for each locale and handout, what is translated, stale and missing, and who reviewed it when."""
    from generator.cli.folders import template_folders
    from generator.localize.gate import short
    from generator.localize.stage import orphans
    from generator.localize.status import status as how_far
    from generator.markup.words import words_of

    loaded, _ = _loaded(project)
    for locale in locales:
        _check(locale, loaded.settings.locales)
    words = {text: Position(file, line) for text, file, line in words_of(template_folders(loaded.root), loaded.settings.words)}
    found = how_far(loaded, _folders(loaded), words, locales)
    if as_json:
        click.echo(json.dumps([row._asdict() for row in found.rows], ensure_ascii=False, indent=1))
    else:
        _table(found.rows)
        for missing in found.missing if locales else ():
            click.echo(f"{missing.position}: {missing.state}: {short(missing.text)}")
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
        fail(error)
    return loaded, loaded.root / "content" / "locales"


def _folders(project: Project) -> tuple[Path, ...]:
    """Give where catalogs lie: the project's own, then the program's."""
    from generator.cli.folders import defaults

    return tuple(dict.fromkeys(root / "content" / "locales" for root in (project.root, defaults().resolve())))


def _check(locale: str, known: Sequence[str] = ()) -> None:
    """Refuse a locale that there is not. `known`: those of the project, where no other can be meant."""
    from generator.localize.locales import as_written, exists, near

    if not exists(locale):
        if known and not exists(as_written(locale)):
            raise click.UsageError(f'there is no locale "{locale}"; {did_you_mean(locale, known, "there are")}')
        meant = near(locale)
        hint = f"did you mean {meant}?" if meant else "write a tag such as es, zh-Hans or pt-BR"
        raise click.UsageError(f'there is no locale "{locale}"; {hint}')


def _templates(project: Project) -> dict[str, Any]:
    from generator.cli.folders import template_folders
    from generator.localize.templates import Wanted, of_facts, of_handout, template
    from generator.markup.words import words_of

    title = project.brands[0].name if project.brands else "handouts"
    out = {h.slug: template(of_handout(h), title) for h in project.handouts}
    out["facts"] = template(of_facts(project), title)
    words = [Wanted(text, file, line) for text, file, line in words_of(template_folders(project.root), project.settings.words)]
    out["interface"] = template(words, title)
    return out


def _catalogs(project: Project, locale: str) -> dict[str, Any]:
    """Give the templates of the catalogs that a locale needs of its own.

    A handout that is not made for it needs none; the templates' words need one only where the program does not carry all.
    """
    from generator.localize.status import is_made, lacks_words

    own = project.root / "content" / "locales" / locale / "interface.po"
    out = _templates(project)
    for handout in project.handouts:
        if not is_made(handout, locale):
            del out[handout.slug]
    if not own.exists() and not lacks_words(_folders(project), locale, [str(m.id) for m in out["interface"] if m.id]):
        del out["interface"]
    return out


def _write(path: Path, data: bytes) -> bool:
    """Write a file, unless it would differ in its date alone; tell whether it was written."""
    from generator.batch.files import write_whole
    from generator.localize.merging import same

    if path.exists() and same(path.read_bytes(), data):
        return False
    try:
        write_whole(path, data)
    except HandoutsError as exc:
        fail(exc)
    return True
