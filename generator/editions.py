"""Editions: the same content under one more stylesheet. In: folders of templates. Out: the editions that there are.

An edition is a file `editions/NAME.css` in a folder of templates. What concerns more than the look stands in it as custom properties:
`--papers: letter, a4` names the papers that it is made for (all, where it names none), and `--title: neutral` keeps titles that tell
what a handout is about off everything but its own pages. Knows no edition by name but the standard one, which has no file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import ProjectError
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDER = "editions"
_PROPERTY = re.compile(r"--(papers|title):\s*([\w\s,.-]+);")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Edition(NamedTuple):
    """A way to make a piece. `papers`: the only ones, () for all; `neutral`: it bears titles that tell nothing."""

    name: str = "standard"
    papers: tuple[str, ...] = ()
    neutral: bool = False

    @property
    def standard(self) -> bool:
        """Tell the one that is made unless another is asked for."""
        return self.name == "standard"

    def takes(self, paper: str) -> bool:
        """Tell whether it is made on a paper."""
        return not self.papers or paper in self.papers


STANDARD = Edition()


def editions(folders: Iterable[Path]) -> dict[str, Edition]:
    """Give the editions by name; where two folders have one, the first wins."""
    found = {STANDARD.name: STANDARD}
    for folder in folders:
        for path in sorted((folder / FOLDER).glob("*.css")):
            found.setdefault(path.stem, _read(path))
    return found


def chosen(names: Iterable[str], folders: Iterable[Path]) -> tuple[Edition, ...]:
    """Give the editions of these names. Raises ProjectError for one that there is not."""
    known = editions(folders)
    for name in names:
        if name not in known:
            raise ProjectError(f'there is no edition "{name}"', None, f"there are: {', '.join(known)}; each is a file templates/editions/NAME.css")
    return tuple(dict.fromkeys(known[name] for name in names))


def _read(path: Path) -> Edition:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:  # the stylesheet's own reader tells where
        return Edition(path.stem)
    said = dict(_PROPERTY.findall(_COMMENT.sub("", text)))
    papers = tuple(p.strip() for p in said.get("papers", "").split(",") if p.strip())
    return Edition(path.stem, papers, said.get("title", "").strip() == "neutral")
