"""Files that content and templates name: a written path in, a checked file inside the project out.

Knows nothing of what is in the files.
"""

from __future__ import annotations

import errno
import re
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from generator.errors import ContentError, HandoutsError
from generator.project.nearest import nearest

if TYPE_CHECKING:
    from generator.errors import Position
    from generator.project.records import Project

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


def resolve_asset(
    project: Project,
    base: Path,
    src: str,
    position: Position | None = None,
    error: type[HandoutsError] = ContentError,
) -> Path:
    """Return the real file that `src` names, looked for beside `base` (a folder) and then in `content/`.

    Raises `error` for a web or data address, an absolute path, a path or symbolic link that leaves the project,
    and a file that is not there.
    """
    return resolve_within(project.root, (base, project.root / "content"), src, position, error)


def resolve_within(
    root: Path,
    bases: tuple[Path, ...],
    src: str,
    position: Position | None,
    error: type[HandoutsError],
) -> Path:
    """Do the work of `resolve_asset` for any list of folders to look in."""
    _refuse_foreign(src, position, error)
    inside = root.resolve()
    left = False
    for base in bases:
        try:
            found = (base / src).resolve()
            there = found.is_file()
        except (OSError, RuntimeError) as exc:
            if isinstance(exc, OSError) and exc.errno == errno.ENAMETOOLONG:
                raise error(f'"{src[:60]}…" is too long for the name of a file', position, "give the file a shorter name") from exc
            raise error(f'"{src}" is a link that leads to itself', position, "put the file itself there") from exc
        if not found.is_relative_to(inside):
            left = True
        elif there:
            return found
    if left:
        message = f'"{src}" lies outside the project'
        raise error(message, position, "copy the file into content/images/ and name it from there")
    raise error(f'the file "{src}" does not exist', position, _missing_hint(bases, src))


def _refuse_foreign(src: str, position: Position | None, error: type[HandoutsError]) -> None:
    """Refuse what is no relative path."""
    if not src.strip():
        raise error("the path of a file is empty", position, "name a file in content/images/")
    if PureWindowsPath(src).drive or (src.startswith(("/", "\\")) and not src.startswith("//")):
        hint = "write a path relative to the content folder, such as images/picture.png"
        raise error(f'"{src}" is an absolute path', position, hint)
    if _SCHEME.match(src):
        hint = "save the picture in content/images/ and name it from there: nothing is fetched from elsewhere"
        raise error(f'"{src[:60]}" is an address, not a file of the project', position, hint)
    if "\0" in src:
        raise error("the path of a file holds a null character", position, "type the path again")


def _missing_hint(bases: tuple[Path, ...], src: str) -> str:
    """Name the nearest file that is there, by its written path."""
    plain = src.replace("\\", "/").removeprefix("./").removeprefix("content/")
    if plain != src and any((base / plain).is_file() for base in bases):
        return f"write {plain}: a path is counted from the content folder, and its parts stand between forward slashes"
    folder, name = Path(src).parent, Path(src).name
    for base in bases:
        if (base / "images" / src).is_file():
            return f'did you mean "{(Path("images") / src).as_posix()}"?'
        here = base / folder
        if here.is_dir():
            close = nearest(name, [item.name for item in here.iterdir() if item.is_file()])
            if close:
                return f'did you mean "{(folder / close).as_posix()}"?'
    return "put the file into content/images/ and check its spelling, capital letters included"
