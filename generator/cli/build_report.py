"""What a build tells at its end: the manifest settled, errors, notices, a table of what was made, and how to print it."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outdated import outdated, told
from generator.cli.progress import shortened
from generator.cli.report import as_error, error_data, error_text, notice_text
from generator.errors import BrandError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.batch.manifest import Settled
    from generator.batch.plan import Job, Request
    from generator.batch.records import Outcome
    from generator.errors import HandoutsError, Notice
    from generator.project.records import Project

GAP = "  "
SEVERAL = 3  # notices of one kind that are told one by one
QUOTED = re.compile("“[^”]*”")


def failures_of(project: Project, request: Request) -> list[tuple[str, HandoutsError]]:
    """Give what could not be read and was asked for."""

    def asked(name: str, error: HandoutsError) -> bool:
        wanted = request.brands if isinstance(error, BrandError) else request.handouts  # a handout may be called as a brand is
        return not wanted or name in wanted

    return [(name, error) for name, error in project.failures if asked(name, error)]


def settle_and_tell(target: Path, planned: list[Job], outcomes: list[Outcome],
                    failures: list[tuple[str, HandoutsError]], project: Project, *, as_json: bool, strict: bool,
                    brief: bool = False) -> int:  # fmt: skip
    """Write the manifest and tell what became of a build; give its exit code."""
    from generator.batch.manifest import settle

    known = outdated(project, planned, outcomes, failures)
    settled = settle(target, [e for o in outcomes for e in o.entries], known.why)
    every = [e for _, e in failures] + [e for o in outcomes for e in o.errors]
    from generator.localize.stage import orphans

    errors = list({(e.message, e.position): e for e in every}.values())  # what is wrong for many pieces is said once
    if errors:
        from generator.localize.gate import gathered

        errors = gathered(errors)
    general, of_pieces = [*project.notices, *orphans(project)], list(dict.fromkeys(n for o in outcomes for n in o.notices))
    if strict:
        errors += map(as_error, (*general, *of_pieces))
        general, of_pieces = [], []
    if as_json:
        _tell_json(outcomes, settled, errors, [*general, *of_pieces])
        return int(bool(errors))
    for error in errors:
        click.echo(error_text(error), err=True)
    for notice in general:
        click.echo(notice_text(notice), err=True)
    _tell_alike(of_pieces)
    if brief:
        _told(target, outcomes)
    else:
        _table(target, outcomes, project)
        for line in told(settled.deleted):
            click.echo(line)
    return int(bool(errors))


def _tell_json(outcomes: list[Outcome], settled: Settled, errors: list[HandoutsError], notices: list[Notice]) -> None:
    """Tell all for another program."""
    paths = {e.path for o in outcomes for e in o.entries}
    made = [f for f in settled.content["files"] if f["path"] in paths]
    click.echo(json.dumps({"files": made, "errors": [error_data(e) for e in errors], "notices": [n.message for n in notices],
                           "deleted": [path for path, _ in settled.deleted], "printing": _how(outcomes)},
                          ensure_ascii=False, indent=1))  # fmt: skip


def _tell_alike(notices: list[Notice]) -> None:
    """Tell of pieces' notices kind by kind: of many that differ in what they quote alone, the first few."""
    kinds: dict[str, list[Notice]] = {}
    for notice in notices:
        kinds.setdefault(QUOTED.sub("“”", notice.message), []).append(notice)
    for alike in kinds.values():
        shown = len(alike) if len(alike) <= SEVERAL + 1 else SEVERAL
        for notice in alike[:shown]:
            click.echo(notice_text(notice), err=True)
        if alike[shown:]:
            click.echo(f"notice: {len(alike) - shown} more of this kind; manifest.json in the output folder has them all", err=True)


def _told(target: Path, outcomes: list[Outcome]) -> None:
    """Tell in a line a file what was made just now."""
    made, shown = [entry for outcome in outcomes if not outcome.unchanged for entry in outcome.entries], _shown(target)
    for entry in made:
        click.echo(f"{shown / entry.path} ({entry.pages} {'page' if entry.pages == 1 else 'pages'})")


def _table(target: Path, outcomes: list[Outcome], project: Project) -> None:
    """Tell what was made, where, and what to look at."""
    rows, shown = [("handout", "brand", "locale", "format", "paper", "files", "pages", "look at")], _shown(target)
    for outcome in outcomes:
        job, entries = outcome.job, outcome.entries
        look = str(shown / entries[0].path) if entries else "-"
        state = str(len(entries)) + (", unchanged" if outcome.unchanged else "") + (f", {len(outcome.errors)} failed" if outcome.errors else "")
        pages = str(sum(e.pages for e in entries))
        paper = job.paper.removeprefix("card-") + (f" on {job.sheet}" if job.sheet else "")
        kind = (job.kind if job.sheet else job.format) + ("" if job.edition.standard else f", {job.edition.name}")
        rows.append((job.handout, job.brand, job.languages, kind, paper, state, pages, look))
    if len(rows) > 1:
        for line in table_lines(rows, _columns()):
            click.echo(line)
    count = sum(len(o.entries) for o in outcomes)
    click.echo(f"{count} {'file' if count == 1 else 'files'} in {shown}" if count else _nothing(project))
    _tell_how(_how(outcomes))


def _columns() -> int:
    """Give the width of the terminal, 0 where there is none."""
    if not sys.stdout.isatty():
        return 0
    from shutil import get_terminal_size

    return get_terminal_size().columns


def table_lines(rows: Sequence[tuple[str, ...]], columns: int = 0) -> Iterator[str]:
    """Set a table whose last column names files; where it is too wide for a terminal of so many columns, these stand below their rows."""
    below = columns and sum(max(map(len, column)) + len(GAP) for column in zip(*rows, strict=True)) - len(GAP) > columns
    table = [row[:-1] for row in rows] if below else rows
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    if below:
        widths[0] = max(len(rows[0][0]), min(widths[0], columns - sum(widths[1:]) - len(GAP) * (len(widths) - 1)))
    for number, row in enumerate(table):
        yield GAP.join(c.ljust(w) for c, w in zip((shortened(row[0], widths[0]), *row[1:]), widths, strict=True)).rstrip()
        if not number:
            yield GAP.join("-" * w for w in widths)
        elif below:
            yield f"{GAP}{rows[number][-1]}"


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


def _nothing(project: Project) -> str:
    return "Nothing was made." if project.handouts or project.failures else "There is nothing to build yet: write a handout in content/handouts/."


def _shown(path: Path) -> Path:
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path
