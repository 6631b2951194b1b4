"""`handouts init DIR`: a new project from the defaults that the program carries."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from generator.cli.report import fail
from generator.errors import ProjectError


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
def command(folder: str) -> None:
    """Make a new project that builds at once.

    DIR gets content/ (three handouts and two brands to start from) and templates/. Nothing is overwritten.
    """
    import shutil

    from generator.cli.folders import defaults

    target = Path(folder)
    made: list[Path] = []
    try:
        for name in ("content", "templates"):
            if (target / name).exists():
                fail(ProjectError(f"{target / name} exists already", None, "choose a new folder; nothing was changed"))
        for name in ("content", "templates"):
            made.append(target / name)
            shutil.copytree(defaults() / name, target / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    except OSError as exc:
        for half in made:
            shutil.rmtree(half, ignore_errors=True)  # no project is half made
        why = exc.args[0][0][2] if isinstance(exc, shutil.Error) else exc.strerror or exc
        fail(ProjectError(f"{target} cannot be written: {why}", None, "choose another folder"))
    click.echo(f"Made {target}. Now:\n  cd {shlex.quote(str(target))}\n  handouts build")
