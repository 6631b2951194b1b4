"""`handouts build`: plan, run with a progress bar, settle the manifest, tell what was made."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.print_options import print_options, take_print
from generator.cli.report import error_data, error_text, fail, notice_text
from generator.errors import HandoutsError

if TYPE_CHECKING:
    from generator.batch.plan import Job, Request
    from generator.batch.records import Outcome
    from generator.project.records import Project


@click.command("build")
@click.argument("handouts", nargs=-1, metavar="[HANDOUT]...")
@click.option("--brand", "brands", multiple=True, metavar="NAME", help="Only this brand (may be given again).")
@click.option("--locale", "locales", multiple=True, metavar="LOCALE", help="Only this locale, such as en-US.")
@click.option("--format", "formats", multiple=True, type=click.Choice(["booklet", "cards"]), help="Only this format.")
@click.option("--paper", "papers", multiple=True, metavar="PAPER",
              help="letter, a4, half-letter or a5 for booklets; half-letter, 4x6, a6, letter, 3x5, 3.5x2 or 85x55 for cards.")  # fmt: skip
@click.option("--bilingual", metavar="LOCALE", default="", help="Source and this translation side by side; cards back to back.")
@click.option(
    "--output", type=click.Path(file_okay=False), metavar="DIR", help="Where files go [default: output/ in the project]."
)
@click.option("--clients", metavar="FILE", help="Make a personal copy for every row of this list (.csv, .xlsx, .jsonl).")
@click.option("--name", "naming", multiple=True, metavar="COLUMN", help="Name the copies' files by this column [default: id].")
@click.option("--project", metavar="DIR", help="The project's folder [default: the nearest one above].")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many processes [default: one for each core].")
@click.option("--fail-fast", is_flag=True, help="Stop at the first piece that fails.")
@click.option("--fresh", is_flag=True, help="Make everything anew, whatever has not changed too.")
@click.option("--dry-run", is_flag=True, help="Show the plan and build nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option("--strict", is_flag=True, help="Take notices for errors.")
@print_options
def command(handouts: tuple[str, ...], output: str | None, project: str | None, jobs: int | None, *, as_json: bool, strict: bool,
            bilingual: str, fresh: bool, dry_run: bool, fail_fast: bool, clients: str | None, **chosen: Any) -> None:  # fmt: skip
    """Build booklets and step cards into the output folder.

    Without a HANDOUT, everything in content/ is built.
    """
    printing = take_print(chosen)
    from generator.batch.plan import Request

    request = Request(handouts, chosen["brands"], chosen["locales"], chosen["formats"], chosen["papers"], printing, bilingual)
    try:
        if dry_run:
            _show_plan(request, project, as_json=as_json)
            return
        if clients is not None or chosen["naming"]:
            from generator.cli.copies_build import Run, build_copies

            code = build_copies(Run(request, project, output, jobs or 0, clients, chosen["naming"], as_json=as_json, strict=strict))
        else:
            code = _build(request, project, output, jobs or 0, as_json=as_json, strict=strict, fresh=fresh, fail_fast=fail_fast)
    except HandoutsError as exc:
        fail(exc)
    raise SystemExit(code)


def _show_plan(request: Request, given: str | None, *, as_json: bool) -> None:
    """Tell what a build would make."""
    from generator.batch.plan import plan
    from generator.cli.folders import project_root
    from generator.project import load_project

    project = load_project(project_root(given))
    planned = plan(project, request)
    if as_json:
        rows = [
            {"handout": j.handout, "brand": j.brand, "locale": j.languages, "format": j.format, "paper": j.paper, "sheet": j.sheet}
            for j in planned
        ]
        click.echo(json.dumps({"plan": rows}, ensure_ascii=False, indent=1))
        return
    for job in planned:
        click.echo(job.label)
    count = len(planned)
    click.echo(f"{count} {'piece' if count == 1 else 'pieces'} (the cards of a handout count as one); nothing was built")


def _build(request: Request, given: str | None, output: str | None, processes: int, *, as_json: bool, strict: bool,
           fresh: bool, fail_fast: bool) -> int:  # fmt: skip
    from generator import relay
    from generator.batch.plan import plan, template_of
    from generator.cli.folders import project_root, template_folders
    from generator.project import load_project

    root = project_root(given)
    project = load_project(root)
    target = Path(output) if output else root / "output"
    planned = plan(project, request)
    helper = relay.take()
    if helper is not None and planned:
        first = planned[0]
        helper.prepare(template_folders(root), template_of(first), project.brand(first.brand))

    from generator.batch.files import sweep
    from generator.batch.pieces import Bench
    from generator.batch.run import run

    sweep(target)
    bench = Bench(project, template_folders(root), target, strict, cache_folder(target), fresh)
    outcomes: list[Outcome] = []
    progress: Any = click.progressbar(
        length=len(planned),
        label="Building",
        file=bar_file(as_json=as_json),
        item_show_func=lambda job: job.label if job is not None else "",
    )
    with progress as bar, closing(run(bench, planned, processes, helper)) as running:
        for outcome in running:
            outcomes.append(outcome)
            bar.update(1, outcome.job)
            if fail_fast and outcome.errors:
                planned = [o.job for o in outcomes]
                break
    failures = _failures(project, request)
    return _settle(target, planned, request, outcomes, failures, project, as_json=as_json, strict=strict)


def cache_folder(target: Path) -> Path | None:
    """Make the folder for compiled templates; where that cannot be done the build goes without."""
    folder = target / ".cache"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def bar_file(*, as_json: bool) -> Any:
    """Give where the bar goes: a terminal's standard error; elsewhere it would only be noise."""
    import sys
    from io import StringIO

    return StringIO() if as_json or not sys.stderr.isatty() else sys.stderr


def _failures(project: Project, request: Request) -> list[tuple[str, HandoutsError]]:
    """Give what could not be read and was asked for."""
    brands = set(project.settings.brands)

    def asked(name: str) -> bool:
        wanted = request.brands if name in brands else request.handouts
        return not wanted or name in wanted

    return [(name, error) for name, error in project.failures if asked(name)]


def _settle(target: Path, planned: list[Job], request: Request, outcomes: list[Outcome],
            failures: list[tuple[str, HandoutsError]], project: Project, *, as_json: bool, strict: bool) -> int:  # fmt: skip
    from generator.batch.manifest import settle

    jobs = {(j.handout, j.brand, j.languages, j.kind, j.paper, j.sheet, j.printing.step if j.printing else 0) for j in planned}
    unread = {name for name, _ in failures}
    known = {h.slug for h in project.handouts} | {n for n, _ in project.failures}
    brands = {b.slug for b in project.brands} | {n for n, _ in project.failures}

    def asked(old: dict[str, Any]) -> bool:
        if old.get("kind") == "copies":
            return False  # they are made by runs of their own
        step = old.get("step", 0) if old.get("kind") == "sheet" else 0
        key = (*(old.get(name) for name in ("handout", "brand", "locale", "kind", "paper")), old.get("sheet", ""), step)
        gone = old.get("handout") not in known or old.get("brand") not in brands
        return key in jobs or old.get("handout") in unread or old.get("brand") in unread or gone

    entries = [e for o in outcomes for e in o.entries]
    manifest = settle(target, entries, asked)
    every = [e for _, e in failures] + [e for o in outcomes for e in o.errors]
    errors = list({(e.message, e.position): e for e in every}.values())  # what is wrong for many pieces is said once
    from generator.localize.stage import orphans

    notices = [*project.notices, *orphans(project), *dict.fromkeys(n for o in outcomes for n in o.notices)]
    bad = bool(errors) or (strict and bool(notices))
    if as_json:
        made = [f for f in manifest["files"] if f["path"] in {e.path for e in entries}]
        click.echo(json.dumps({"files": made, "errors": [error_data(e) for e in errors],
                               "notices": [n.message for n in notices], "printing": _how(outcomes)},
                              ensure_ascii=False, indent=1))  # fmt: skip
        return 1 if bad else 0
    for error in errors:
        click.echo(error_text(error), err=True)
    for notice in notices:
        click.echo(notice_text(notice), err=True)
    _table(target, outcomes, request)
    return 1 if bad else 0


def _table(target: Path, outcomes: list[Outcome], request: Request) -> None:
    """Tell what was made, where, and what to look at."""
    rows = [("handout", "brand", "locale", "format", "paper", "files", "pages", "look at")]
    for outcome in outcomes:
        job, entries = outcome.job, outcome.entries
        look = str(_shown(target / entries[0].path)) if entries else "-"
        state = str(len(entries)) + (", unchanged" if outcome.unchanged else "") + (f", {len(outcome.errors)} failed" if outcome.errors else "")
        pages = str(sum(e.pages for e in entries))
        paper = job.paper.removeprefix("card-") + (f" on {job.sheet}" if job.sheet else "")
        rows.append((job.handout, job.brand, job.languages, job.kind if job.sheet else job.format, paper, state, pages, look))
    if len(rows) > 1:
        widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
        for number, row in enumerate(rows):
            click.echo("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())
            if not number:
                click.echo("  ".join("-" * w for w in widths))
    count = sum(len(o.entries) for o in outcomes)
    click.echo(f"{count} {'file' if count == 1 else 'files'} in {_shown(target)}" if count else _nothing(request))
    _tell_how(_how(outcomes))


def _how(outcomes: list[Outcome]) -> dict[str, tuple[str, ...]]:
    """Give how to print each file that is for the printer."""
    return {entry.path: entry.how for outcome in outcomes for entry in outcome.entries if entry.how}


def _tell_how(found: dict[str, tuple[str, ...]]) -> None:
    """Say how to print: one line for all files that are printed alike."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for path, how in found.items():
        alike.setdefault(how, []).append(path)
    for how, paths in alike.items():
        what = "them" if len(alike) == 1 < len(paths) else f"{len(paths)} of them" if len(paths) > 1 else paths[0]
        click.echo(f"To print {what}: {'; '.join(how)}.")


def _nothing(request: Request) -> str:
    return (
        "Nothing was made."
        if request != type(request)()
        else "There is nothing to build yet: write a handout in content/handouts/."
    )


def _shown(path: Path) -> Path:
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path
