"""Where a project and the defaults lie. In: a path or none. Out: folders that exist, or a ProjectError."""

from __future__ import annotations

import shlex
from pathlib import Path

from generator.errors import ProjectError

PACKAGE = Path(__file__).resolve().parent.parent


def project_root(given: str | None) -> Path:
    """Find the project: the folder given, else the nearest one above that has content/."""
    start = Path(given) if given else Path.cwd()
    candidates = [start] if given else [start, *start.parents]
    for folder in candidates:
        if (folder / "content").is_dir():
            return folder.resolve()
    hint = "go to a project's folder, name one with --project, or make one: handouts init my-handouts"
    below = next((folder for folder in sorted(start.glob("*")) if (folder / "content" / "handouts").is_dir()), None)
    if below is not None:
        hint = f"there is one in it; go there: cd {shlex.quote(below.name)}"
    raise ProjectError(f"{start} is no handouts project: it has no content/ folder", None, hint)


def handout_name(given: str) -> str:
    """Give a handout's name, where its file was named too: content/handouts/first-visit.md."""
    return Path(given).stem if given.endswith(".md") else given


def defaults() -> Path:
    """Give the folder with the templates and the content that ship with the program."""
    carried = PACKAGE / "defaults"
    return carried if carried.is_dir() else PACKAGE.parent


def template_folders(root: Path) -> tuple[Path, ...]:
    """Give the project's templates, then the program's own."""
    own, shipped = root / "templates", defaults() / "templates"
    folders = [own] if own.is_dir() else []
    return tuple(folders if own.resolve() == shipped.resolve() and folders else [*folders, shipped])
