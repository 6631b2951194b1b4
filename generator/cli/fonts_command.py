"""`handouts fonts`: each font at hand, the scripts it covers and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.errors import HandoutsError

if TYPE_CHECKING:
    from pathlib import Path


@click.command("fonts")
@click.option("--project", metavar="DIR", help="The project's folder, for the fonts in its brands.")
def command(project: str | None) -> None:
    """List the fonts at hand, the scripts they cover and where they come from."""
    from generator.cli.folders import project_root
    from generator.text.catalogue import FontCatalogue
    from generator.text.coverage import scripts_of

    folders: tuple[Path, ...] = ()
    try:
        brands = project_root(project) / "content" / "brands"
        folders = tuple(sorted(p for p in brands.iterdir() if p.is_dir())) if brands.is_dir() else ()
    except HandoutsError:
        folders = ()  # outside a project the packages' fonts are listed all the same
    for family in FontCatalogue(folders).families():
        weights = [str(w) for w in sorted({f.weight for f in family.files if not f.axes})] or ["variable"]
        italic = "with italic" if any(f.italic for f in family.files) else "no italic"
        click.echo(f"{family.family}\n  {', '.join(weights)}; {italic}\n  {', '.join(scripts_of(family.files[0].path))}\n"
                   f"  {family.source}")  # fmt: skip
