"""What a job is made from, as one digest: two runs with the same digest make the same bytes.

In: a project and a job. Out: a digest of every input: the handout, its catalogs and pictures, facts, brand with its logo and
fonts, templates, settings, the program itself and the date a file bears. A file is known by its content; the program's and the
font packages' files, which nobody edits in place, by size and time. Knows not how a page is made.
"""

from __future__ import annotations

import hashlib
import os
import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__
from generator.localize import habits
from generator.project.records import MailSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.batch.plan import Job
    from generator.project.records import Project

NAME = re.compile(r"""[^\s()<>"']+""")
COMPOSED = re.compile(r"\}\}[^\s)\"']*\.(?:svg|png|jpe?g)\b", re.IGNORECASE)
FONTS = ("fontpkg_", "justmytype_", "deckr_fonts")
CLIMBING = re.compile(r"""(?<!\.)\.\.(?!\.)|\\\.|["']\.["'/]|&\#|&period|brands\b""", re.IGNORECASE)
"""What a path may begin with that leads out of content/ or to a brand, in whatever way it is written."""
PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg"})
STRAYING = ("../", "brands/")
LISTS = frozenset({".csv", ".xlsx", ".jsonl"})  # of clients: no piece is made from them
PACKAGE = Path(__file__).resolve().parent.parent


class Inputs:
    """The digests of one run; a file is read once."""

    def __init__(self, project: Project, templates: tuple[Path, ...]) -> None:
        """Take the project and the folders of templates."""
        self._project = project
        self._templates = templates
        self._content = project.root / "content"
        self._handouts = {h.slug: h for h in project.handouts}
        self._brands: dict[str, str] = {}
        self._catalogs: dict[tuple[str, str], list[str]] = {}

    def digest(self, job: Job) -> str:
        """Give a job's digest; `assets` found in the handout's text count with what they hold."""
        project = self._project
        handout = self._handouts[job.handout]
        parts = [self._shared, repr(job), handout.source.text, self._brand(job.brand), self._pictures]
        climbs = CLIMBING.search(handout.source.text)
        if climbs or COMPOSED.search(handout.source.text):  # a path put together by Jinja may name any brand's picture
            parts.append(self._all_brands)
        if climbs:
            parts.append(self._beside)
        parts += map(_content, strays(project.root, handout.source.text))
        for locale in (job.locale, job.bilingual):
            for name in (handout.slug, "facts", "interface") if locale else ():
                parts += self._catalog(name, locale)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _all_brands(self) -> str:
        return _tree(self._content / "brands")

    @cached_property
    def _beside(self) -> str:
        """All pictures of the project beside content/: a path can be written in more ways than a name is found in."""
        root = self._project.root
        apart = {str(root / "content"), str(root / "output")}
        there = _files(root, lambda path: path in apart or os.path.basename(path).startswith("."))  # noqa: PTH119
        return _digest(f"{path.relative_to(root).as_posix()}:{_content(path)}" for path in sorted(there) if path.suffix.lower() in PICTURES)

    def _brand(self, slug: str) -> str:
        if slug not in self._brands:
            brand = self._project.brand(slug)
            self._brands[slug] = brand.source.text + "\0" + _tree(brand.folder)  # as it was read, should the file change meanwhile
        return self._brands[slug]

    def _catalog(self, name: str, locale: str) -> list[str]:
        """Digest the catalogs of a name that a locale reads, and the files that their texts may name."""
        found = self._catalogs.get((name, locale))
        if found is None:
            paths = [folder / loc / f"{name}.po" for folder in self._locales for loc in habits.chain(locale)]
            strays_of = (stray for path in paths for stray in _strays_of(self._project.root, path))
            found = self._catalogs[name, locale] = [*map(_content, paths), *map(_content, strays_of)]
        return found

    @cached_property
    def _locales(self) -> list[Path]:
        roots = dict.fromkeys((self._project.root, *(f.parent.resolve() for f in self._templates)))
        return [root / "content" / "locales" for root in roots]

    @cached_property
    def _pictures(self) -> str:
        """All that a handout may name as a picture, wherever it lies in content/; a brand's files and catalogs are counted apart."""
        apart = {self._content / name for name in ("brands", "locales", "handouts", "project.yml", "facts.yml")}
        there = sorted(path for path in self._content.iterdir() if path not in apart and path.suffix.lower() not in LISTS)
        return _digest([*(f"{path.name}:{_content(path) or _tree(path)}" for path in there), _tree(self._content / "handouts", but=".md")])

    @cached_property
    def _shared(self) -> str:
        """What every job depends on: facts and settings as they were read too, should their files change meanwhile."""
        project = self._project
        read = [repr(project.facts), repr(project.settings._replace(mail=MailSettings()))]
        named = [_content(path) for folder in self._templates for path in strays(project.root, _templates_text(folder), folder)]
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        own = [_content(self._content / name) for name in ("project.yml", "facts.yml")]
        return "\0".join([__version__, epoch, program(), *own, *read, *named, *(_tree(f) for f in self._templates)])


def strays(root: Path, text: str, *beside: Path) -> list[Path]:
    """Find the files that a text may name outside the folders of pictures: beside content/ or the folders given, or among a brand's."""
    bases = (root / "content" / "handouts", root / "content", *beside)
    if not any(part in text for part in STRAYING):
        return []
    names = [name for name in NAME.findall(text) if any(part in name for part in STRAYING)]
    found = ((base / name).resolve() for name in names for base in bases)
    return sorted({path for path in found if path.is_file() and path.is_relative_to(root.resolve())})


def _templates_text(folder: Path) -> str:
    """Read all templates and stylesheets of a folder."""
    return "\n".join(p.read_text(encoding="utf-8", errors="replace") for p in sorted(_files(folder)) if p.suffix in (".html", ".css"))


def _strays_of(root: Path, catalog: Path) -> list[Path]:
    try:
        return strays(root, catalog.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return []


@lru_cache(maxsize=1)
def program() -> str:
    """Tell this program and the installed fonts from others."""
    import sys

    folders = [p for p in sys.path if Path(p or ".").name in ("site-packages", "dist-packages")]
    return _digest([*sorted(_modules(PACKAGE)), *sorted(f for folder in folders for f in _fonts(folder)), sys.version])


def _modules(folder: str | Path) -> Iterator[str]:
    """Give name, size and time of each module below a folder. Every build asks for hundreds: paths stay strings."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                state = entry.stat()
                yield f"{entry.name}:{state.st_size}:{state.st_mtime_ns}"
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _modules(entry.path)


def _fonts(folder: str) -> Iterator[str]:
    """Give name and time of each package of fonts in a folder."""
    try:
        with os.scandir(folder) as entries:
            yield from (f"{entry.name}:{entry.stat().st_mtime_ns}" for entry in entries if entry.name.startswith(FONTS))
    except OSError:
        return


def _files(folder: Path, apart: Callable[[str], bool] | None = None) -> Iterator[Path]:
    """Give all files below a folder, behind links too; a link to a folder above itself is not followed again. `apart`: folders to leave out."""
    seen: set[str] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        if apart is not None:
            folders[:] = [name for name in folders if not apart(os.path.join(place, name))]  # noqa: PTH118 - of strings
        yield from (path for path in map(Path(place).joinpath, names) if path.is_file())


def _tree(folder: Path, but: str = "\0") -> str:
    """Digest a folder's files with their names."""
    files = (p for p in _files(folder) if p.suffix != but) if folder.is_dir() else ()
    return _digest(f"{path.relative_to(folder).as_posix()}:{_content(path)}" for path in sorted(files))


@lru_cache(maxsize=4096)
def _read(path: Path, stamp: tuple[int, int, int]) -> str:  # noqa: ARG001 - a changed file has another stamp
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _content(path: Path) -> str:
    """Digest a file, "" where there is none."""
    try:
        found = path.stat()
        return _read(path, (found.st_mtime_ns, found.st_size, found.st_ino))
    except OSError:
        return ""


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
