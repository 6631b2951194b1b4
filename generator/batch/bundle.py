"""All that a project's pieces are made from, as one archive, for machines that do not have its folder.

In: a project and its folders of templates. Out: bytes, the same for the same files; and from them a project again, below another
folder. Only what a build reads goes in: no client lists, no output.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from generator.batch.inputs import LISTS, strays
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from generator.project.records import Project

PACKED = 1  # deflate's quickest: the text of a project is small, and its pictures are packed already


class Bundle(NamedTuple):
    """An archive, and where in it the project and each folder of templates lie."""

    data: bytes
    project: str
    templates: tuple[str, ...]


def pack(project: Project, templates: tuple[Path, ...]) -> Bundle:
    """Pack a project. Folders beside which templates lie bring their catalogs, which hold the templates' words."""
    roots = {root: f"r{number}" for number, root in enumerate(dict.fromkeys((project.root, *(f.parent.resolve() for f in templates))))}
    files: dict[str, Path] = {}
    for root, name in roots.items():
        part = "content" if root == project.root else "content/locales"
        files.update(_below(root / part, f"{name}/{part}"))
    inside_root = project.root.resolve()
    for path in (stray for handout in project.handouts for stray in strays(project.root, handout.source.text)):
        files[f"{roots[project.root]}/{path.relative_to(inside_root).as_posix()}"] = path
    inside = []
    for folder in templates:
        inside.append(f"{roots[folder.parent.resolve()]}/{folder.name}")
        files.update(_below(folder, inside[-1]))
    return Bundle(_archive(sorted(files.items())), roots[project.root], tuple(inside))


def _below(path: Path, name: str) -> Iterator[tuple[str, Path]]:
    for file in path.rglob("*") if path.is_dir() else ():
        if file.is_file() and file.suffix.lower() not in LISTS:
            yield f"{name}/{file.relative_to(path).as_posix()}", file


def _archive(files: Iterable[tuple[str, Path]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKED) as archive:
        for name, path in files:
            archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED, PACKED)  # without the file's date
    return out.getvalue()


def unpack(data: bytes, folder: Path) -> None:
    """Lay an archive's files below a folder."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
