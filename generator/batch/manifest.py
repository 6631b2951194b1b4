"""The manifest: what lies in the output folder and what is to be said of each file.

In: the entries of a run and those of the runs before, and what journals tell of runs that were killed. Out: output/manifest.json.
An entry outlives a run only while its file is there and the run did not ask for that piece again. Two runs write one after the other.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from generator.batch import journal
from generator.batch.believed import believed, parsed
from generator.batch.files import remove, write_whole
from generator.batch.locks import alone
from generator.errors import Notice, Position
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

NAME = "manifest.json"
STATE = ".cache"  # below the output folder: journals, locks, compiled templates
VERSION = 1


class Entry(NamedTuple):
    """One file. `path` is relative to the output folder; `step` is 0 for a booklet and for a whole deck; `sheet` is what it is printed on."""

    path: str
    handout: str
    kind: str
    brand: str
    locale: str
    paper: str
    pages: int
    bytes: int
    sha256: str
    notices: tuple[str, ...] = ()
    step: int = 0
    inputs: str = ""  # the digest of what it was made from
    sheet: str = ""
    how: tuple[str, ...] = ()  # to print and finish it
    edition: str = "standard"
    places: tuple[tuple[Position | None, str], ...] = ()  # of the notices: where each stands, and its hint

    def with_notices(self, notices: Iterable[Notice]) -> Entry:
        """Keep what was to be said, each as a line for people, and what else a later run needs to say it again."""
        said = tuple(dict.fromkeys(notices))  # the cards of a sheet may all have the same
        lines = tuple(f"{n.position}: {n.message}" if n.position else n.message for n in said)
        return self._replace(notices=lines, places=tuple((n.position, n.hint) for n in said))

    @property
    def said(self) -> list[Notice]:
        """Give the notices as they were."""
        return [Notice(line.removeprefix(f"{place}: "), place, hint) for line, (place, hint) in zip(self.notices, self.places, strict=True)]


def known(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Give the entries of earlier runs by the digest of what they were made from."""
    out: dict[str, list[dict[str, Any]]] = {}
    for entry in _by_path(folder).values():
        if entry.get("inputs"):
            out.setdefault(entry["inputs"], []).append(entry)
    return out


def _by_path(folder: Path) -> dict[str, dict[str, Any]]:
    return {entry["path"]: entry for entry in (*read(folder), *journal.entries(folder / STATE))}


def unchanged(folder: Path, found: list[dict[str, Any]]) -> list[Entry]:
    """Give the entries of a job if its files are as an earlier run left them; else none."""
    for entry in found:
        try:
            data = (folder / entry["path"]).read_bytes()
        except OSError:
            return []
        if hashlib.sha256(data).hexdigest() != entry.get("sha256"):
            return []
    try:
        return [Entry(**{**e, "notices": tuple(e["notices"]), "how": tuple(e.get("how", ())), "places": _places(e)}) for e in found]
    except (TypeError, KeyError, ValueError):
        return []


def _places(entry: dict[str, Any]) -> tuple[tuple[Position | None, str], ...]:
    found = tuple((Position(*place) if place else None, hint) for place, hint in entry.get("places", ()))
    if len(found) != len(entry["notices"]):
        raise ValueError(entry["path"])
    return found


def read(folder: Path) -> list[dict[str, Any]]:
    """Read the entries of earlier runs; a damaged manifest counts as none, and so does a damaged entry."""
    try:
        return believed(parsed((folder / NAME).read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return []


class Settled(NamedTuple):
    """The manifest's content, and the outdated files that were deleted, each with the reason."""

    content: dict[str, Any]
    deleted: tuple[tuple[str, str], ...]


def settle(folder: Path, made: Iterable[Entry], why: Callable[[dict[str, Any]], str]) -> Settled:
    """Write the manifest and delete what is outdated: files of earlier runs for which `why` gives a reason, and that this one did not make."""
    with alone(folder / STATE / "manifest.lock"):
        settled = _settled(folder, made, why)
        journal.sweep(folder / STATE)
    return settled


def _settled(folder: Path, made: Iterable[Entry], why: Callable[[dict[str, Any]], str]) -> Settled:
    entries = {e.path: e._asdict() for e in made}
    root = folder.resolve()
    outdated: dict[Path, tuple[str, str]] = {}
    for old in _by_path(folder).values():
        if old["path"] in entries:
            continue
        path = (folder / old["path"]).resolve()
        if not path.is_relative_to(root):
            continue
        if not path.is_file():
            continue
        reason = why(old)
        if reason:
            outdated[path] = (old["path"], reason)
        else:
            entries[old["path"]] = old
    remove(outdated)
    content = {"version": VERSION, "files": [entries[p] for p in sorted(entries)]}
    write_whole(folder / NAME, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    return Settled(content, tuple(outdated.values()))
