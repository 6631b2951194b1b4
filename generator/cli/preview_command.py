"""`handouts preview`: a PNG contact sheet of each thing that was built. In: the manifest. Out: files in output/preview/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from generator.cli.report import fail
from generator.errors import HandoutsError, ProjectError

Group = tuple[str, ...]


@click.command("preview")
@click.argument("handouts", nargs=-1, metavar="[HANDOUT]...")
@click.option("--brand", "brands", multiple=True, metavar="NAME", help="Only this brand (may be given again).")
@click.option("--locale", "locales", multiple=True, metavar="LOCALE", help="Only this locale.")
@click.option("--width", type=click.IntRange(40, 2000), default=360, show_default=True, metavar="PX", help="How wide a page is drawn.")
@click.option("--output", type=click.Path(file_okay=False), metavar="DIR", help="What was built [default: output/ in the project].")
@click.option("--project", metavar="DIR", help="The project's folder [default: the nearest one above].")
def command(handouts: tuple[str, ...], brands: tuple[str, ...], locales: tuple[str, ...], width: int, output: str | None,
            project: str | None) -> None:  # fmt: skip
    """Write PNG contact sheets of what was built into its preview folder.

    One picture a booklet, a deck of cards or a file for the printer. Personal copies are left out.
    """
    from generator.cli.folders import handout_name, project_root

    try:
        folder = Path(output) if output else project_root(project) / "output"
        wanted = {"handout": tuple(map(handout_name, handouts)), "brand": brands, "locale": locales}
        paths = _draw(folder, wanted, width)
    except HandoutsError as exc:
        fail(exc)
    for path in paths:
        click.echo(str(path))


def _nothing(folder: Path, wanted: dict[str, tuple[str, ...]]) -> ProjectError:
    """Say that nothing was built yet, or nothing of a name that was asked for."""
    from generator.batch.manifest import read
    from generator.project.nearest import did_you_mean

    for key, names in wanted.items():
        there = {str(entry[key]) for entry in read(folder) if entry.get(key) and entry.get("kind") != "copies"}
        for name in names:
            if there and name not in there:
                return ProjectError(f'there is nothing to show of the {key} "{name}"', None, did_you_mean(name, there, "there are"))
    return ProjectError(f"there is nothing to show in {folder}", None, "build it first: handouts build")


def _draw(folder: Path, wanted: dict[str, tuple[str, ...]], width: int) -> list[Path]:
    from generator.batch.files import write_whole
    from generator.batch.manifest import read
    from generator.press.contact import Look, contact_sheet

    groups: dict[Group, list[dict[str, Any]]] = {}
    for entry in read(folder):
        asked = all(not names or entry.get(key) in names for key, names in wanted.items()) and entry.get("kind") != "copies"
        if asked and _is_inside(folder, entry["path"]):
            groups.setdefault(_group(entry), []).append(entry)
    if not groups:
        raise _nothing(folder, wanted)
    paths = []
    for group, entries in groups.items():
        files = {str(folder / e["path"]): (folder / e["path"]).read_bytes() for e in sorted(entries, key=lambda e: int(e.get("step", 0)))}
        path = folder.joinpath("preview", *group).with_suffix(".png")
        write_whole(path, contact_sheet(files, Look(width)))
        paths.append(path)
    return paths


def _is_inside(folder: Path, path: str) -> bool:
    """Tell whether a file of the manifest is there, and in its folder."""
    found = (folder / path).resolve()
    return found.is_relative_to(folder.resolve()) and found.is_file()


def _group(entry: dict[str, Any]) -> Group:
    """Name the picture that a file stands in: the cards of one size are one picture, anything else has its own."""
    path = Path(entry["path"])
    if entry.get("kind") != "card":
        return (*path.parent.parts, path.name)
    return (*path.parent.parts, "cards-" + str(entry.get("paper", "")).removeprefix("card-") + ".pdf")
