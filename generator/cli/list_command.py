"""`handouts list`: what the project has."""

from __future__ import annotations

import json

import click

from generator.cli.report import error_text, fail
from generator.errors import HandoutsError


@click.command("list")
@click.option("--project", metavar="DIR", help="The project's folder [default: the nearest one above].")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def command(project: str | None, *, as_json: bool) -> None:
    """List the project's handouts, brands and what would be built."""
    from generator.cli.folders import project_root
    from generator.project.load import load_project

    try:
        found = load_project(project_root(project))
    except HandoutsError as exc:
        fail(exc)
    rows = [
        {"handout": h.slug, "title": h.title, "version": h.version, "reviewed": h.reviewed.isoformat(),
         "formats": list(h.formats), "brands": [b.slug for b in found.brands_of(h)]}
        for h in found.handouts
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            click.echo(f"{row['handout']}\n  {row['title']}\n  {', '.join(row['formats'])} for {', '.join(row['brands']) or 'no brand'}; "
                       f"version {row['version'] or '-'}, reviewed {row['reviewed']}")  # fmt: skip
    for _, error in found.failures:
        click.echo(error_text(error), err=True)
    raise SystemExit(1 if found.failures else 0)
