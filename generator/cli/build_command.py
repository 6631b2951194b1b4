"""`handouts build`: its options, and which way of building they ask for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from generator.cli.print_options import print_options, take_print
from generator.cli.report import error_data, error_text, fail
from generator.errors import HandoutsError, ProjectError

if TYPE_CHECKING:
    from generator.batch.plan import Request
    from generator.editions import Edition


@click.command("build")
@click.argument("handouts", nargs=-1, metavar="[HANDOUT]...")
@click.option("--brand", "brands", multiple=True, metavar="NAME", help="Only this brand (may be given again).")
@click.option("--locale", "locales", multiple=True, metavar="LOCALE", help="Only this locale, such as en-US.")
@click.option("--format", "formats", multiple=True, type=click.Choice(["booklet", "cards"]), help="Only this format.")
@click.option("--paper", "papers", multiple=True, metavar="PAPER",
              help="letter, a4, half-letter or a5 for booklets; half-letter, 4x6, a6, letter, 3x5, 3.5x2 or 85x55 for cards.")  # fmt: skip
@click.option("--bilingual", metavar="LOCALE", default="", help="Source and this translation side by side; cards back to back.")
@click.option("--edition", "editions", multiple=True, metavar="NAME",
              help="large-print, mono, discreet, or the project's own (may be given again) [default: standard].")  # fmt: skip
@click.option(
    "--output", type=click.Path(file_okay=False), metavar="DIR", help="Where files go [default: output/ in the project]."
)
@click.option("--clients", metavar="FILE", help="Make a personal copy for every row of this list (.csv, .xlsx, .jsonl).")
@click.option("--name", "naming", multiple=True, metavar="COLUMN", help="Name the copies' files by this column [default: id].")
@click.option("--project", metavar="DIR", help="The project's folder [default: the nearest one above].")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many processes [default: one for each core].")
@click.option("--watch", is_flag=True, help="Build again whenever a file is saved, until Ctrl-C.")
@click.option("--scheduler", metavar="ADDRESS", default="", help="Build on a Dask cluster, such as tcp://host:8786.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first piece that fails.")
@click.option("--fresh", is_flag=True, help="Make everything anew, whatever has not changed too.")
@click.option("--dry-run", is_flag=True, help="Show the plan and build nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option("--strict", is_flag=True, help="Take notices for errors (files are made all the same).")
@print_options
def command(handouts: tuple[str, ...], output: str | None, project: str | None, jobs: int | None, *, as_json: bool, strict: bool,
            bilingual: str, fresh: bool, dry_run: bool, fail_fast: bool, clients: str | None,
            watch: bool, **chosen: Any) -> None:  # fmt: skip
    """Build booklets and step cards into the output folder.

    Without a HANDOUT, everything in content/ is built.
    """
    printing = take_print(chosen)
    from generator.batch.plan import Request
    from generator.cli.folders import handout_name

    named = tuple(map(handout_name, handouts))
    request = Request(named, chosen["brands"], chosen["locales"], chosen["formats"], chosen["papers"], printing, bilingual)
    try:
        if chosen["editions"]:
            request = request._replace(editions=_editions(chosen["editions"], project))
        if clients is not None or chosen["naming"]:
            _refuse_for_copies(watch=watch, scheduler=chosen["scheduler"])
            from generator.cli.copies_build import Run, build_copies

            code = build_copies(Run(request, project, output, jobs or 0, clients, chosen["naming"], as_json=as_json,
                                    strict=strict, fresh=fresh, fail_fast=fail_fast, dry_run=dry_run))  # fmt: skip
        elif dry_run:
            code = _show_plan(request, project, as_json=as_json)
        else:
            from generator.cli.building import Wish, build

            wish = Wish(request, project, output, jobs or 0, chosen["scheduler"], as_json=as_json, strict=strict, fresh=fresh,
                        fail_fast=fail_fast)  # fmt: skip
            if watch:
                from generator.cli.watching import watch_and_build

                watch_and_build(wish)
            code = 0 if watch else build(wish)
    except HandoutsError as exc:
        fail(exc)
    raise SystemExit(code)


def _editions(names: tuple[str, ...], project: str | None) -> tuple[Edition, ...]:
    from generator.cli.folders import project_root, template_folders
    from generator.editions import chosen

    return chosen(names, template_folders(project_root(project)))


def _refuse_for_copies(*, watch: bool, scheduler: str) -> None:
    for name in ("--watch",) * watch + ("--scheduler",) * bool(scheduler):
        raise ProjectError(f"{name} is not for personal copies", None, f"leave out {name}")


def _show_plan(request: Request, given: str | None, *, as_json: bool) -> int:
    """Tell what a build would make, and what it could not even read; give the exit code."""
    from generator.batch.plan import plan
    from generator.cli.build_report import failures_of
    from generator.cli.folders import project_root
    from generator.project.load import load_project

    project = load_project(project_root(given))
    planned = plan(project, request)
    errors = [error for _, error in failures_of(project, request)]
    if as_json:
        names = ("handout", "brand", "locale", "format", "paper", "sheet", "edition")
        rows = [dict(zip(names, (j.handout, j.brand, j.languages, j.format, j.paper, j.sheet, j.edition.name), strict=True)) for j in planned]
        click.echo(json.dumps({"plan": rows, "errors": [error_data(e) for e in errors]}, ensure_ascii=False, indent=1))
        return int(bool(errors))
    for error in errors:
        click.echo(error_text(error), err=True)
    for job in planned:
        click.echo(job.label)
    count = len(planned)
    click.echo(f"{count} {'piece' if count == 1 else 'pieces'} (the cards of a handout count as one); nothing was built")
    return int(bool(errors))
