"""A gettext catalog (.po) as a build needs it: what is translated, what is fuzzy, who has reviewed it.

In: a file. Out: a `Catalog`. A syntax error, a wrong encoding, a twin or a review without its day is a ContentError with file
and line. Babel, which writes these files (templates.py), is not asked here: to import it takes longer than to make a
page. Knows neither handouts nor pages.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.errors import ContentError, Position
from generator.localize import habits
from generator.localize.po import blocks, composed
from generator.plain import NamedTuple
from generator.project.fields import has_not_come
from generator.project.source import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

CHARSET = re.compile(r"charset=([^\s;]+)")
KNOWN = ("utf-8", "utf8", "us-ascii", "ascii", "charset")  # the last stands in a template that nobody has filled in
REVIEW = re.compile(r"(?:x-)?(reviewed(?:[-_]by)?)", re.IGNORECASE)


class Entry(NamedTuple):
    """One translation; `line` is that of its msgid."""

    msgid: str
    msgstr: str
    fuzzy: bool
    line: int


class Catalog(NamedTuple):
    """A file's translations by their source text, composed."""

    shown: str
    lines: tuple[str, ...]
    entries: Mapping[str, Entry]
    reviewed_by: str = ""
    reviewed: str = ""

    def position(self, entry: Entry) -> Position:
        """Give the place of an entry."""
        text = self.lines[entry.line - 1] if 0 < entry.line <= len(self.lines) else ""
        return Position(self.shown, entry.line, 1, text)

    @property
    def is_reviewed(self) -> bool:
        """Tell whether somebody has signed the translation."""
        return bool(self.reviewed_by and self.reviewed)

    def entry(self, text: str) -> Entry | None:
        """Give what stands there for a text, finished or not."""
        return self.entries.get(composed(text))

    def translation(self, text: str) -> Entry | None:
        """Give a finished translation, if there is one."""
        entry = self.entry(text)
        return entry if entry is not None and entry.msgstr.strip() and not entry.fuzzy else None


def load(path: Path, root: Path) -> Catalog:
    """Read a catalog below `root`; a process reads a file once, until it changes. Raises ContentError with its line."""
    try:
        status = path.stat()
    except OSError as exc:
        raise _unread(path, root, exc) from exc
    return _load(path, root, (status.st_mtime_ns, status.st_size))


def read(path: Path, root: Path) -> bytes:
    """Give a catalog's bytes. Raises ContentError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as exc:
        raise _unread(path, root, exc) from exc


def _unread(path: Path, root: Path, exc: OSError) -> ContentError:
    return ContentError(f"the catalog cannot be read: {exc.strerror or exc}", Position(shown_path(path, root)),
                        "check that it is a file, and may be read")  # fmt: skip


@lru_cache(maxsize=256)
def _load(path: Path, root: Path, stamp: tuple[int, int]) -> Catalog:  # noqa: ARG001 - the stamp makes a changed file another one
    shown = shown_path(path, root)
    lines = lines_of(read(path, root), shown)
    entries: dict[str, Entry] = {}
    header = ""
    for block in blocks(lines, shown):
        msgid, words = block.key[1], block.words
        msgstr = words.get("msgstr", words.get("msgstr[0]", ""))  # of a plural message the singular counts
        if block.obsolete:
            continue
        if not msgid:
            header = header or msgstr
        elif msgid not in entries or not words.get("msgctxt"):  # with a context it is a second choice
            entries[msgid] = Entry(msgid, msgstr, block.fuzzy, block.line)
    found = Catalog(shown, lines, entries)
    check_charset(header, lines, shown)
    review = _review(found, _fields(header))
    return found._replace(reviewed_by=review.get("reviewed_by", ""), reviewed=review.get("reviewed", ""))


def lines_of(raw: bytes, shown: str) -> tuple[str, ...]:
    """Decode a file. Raises ContentError where it is not UTF-8."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = raw.count(b"\n", 0, exc.start) + 1
        raise ContentError("the catalog is not UTF-8", Position(shown, line), "save it as UTF-8, and say so in its header") from exc
    return tuple(text.replace("\r\n", "\n").split("\n"))  # not splitlines(): U+2028 may stand in a translation


def check_charset(header: str, lines: tuple[str, ...], shown: str) -> None:
    """Raise ContentError for a header that names another encoding than the file has."""
    for name, value in _fields(header):
        charset = CHARSET.search(value) if name.lower() == "content-type" else None
        if charset and charset[1].lower() not in KNOWN:
            raise ContentError(f"the catalog's header says charset={charset[1]}, but the file is UTF-8",
                               _at(Catalog(shown, lines, {}), "charset="), "write charset=UTF-8")  # fmt: skip


def _fields(header: str) -> Iterator[tuple[str, str]]:
    for line in header.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _review(found: Catalog, fields: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Give who signed the translation, and when. Raises ContentError for a day that is none."""
    out = {}
    for name, value in fields:
        review = REVIEW.fullmatch(name)
        if review:
            out[review[1].lower().replace("-", "_")] = value
    day = out.get("reviewed", "")
    try:
        early = bool(day) and has_not_come(date.fromisoformat(day))
    except ValueError as exc:
        raise ContentError(f'"{day}" in the catalog\'s header is not a date', _at(found, day),
                           "write it as year-month-day, such as 2025-03-08") from exc  # fmt: skip
    if early:
        raise ContentError(f'"{day}" in the catalog\'s header is still to come', _at(found, day), "write the day of the review")
    return out


def _at(found: Catalog, needle: str) -> Position:
    for number, line in enumerate(found.lines, 1):
        if needle in line:
            return Position(found.shown, number, line.index(needle) + 1, line)
    return Position(found.shown)


def find(folders: tuple[Path, ...], locale: str, name: str) -> Path | None:
    """Give the catalog `name`.po for a locale: its own, else that of the nearest language; earlier folders win."""
    return next(found_for(folders, locale, name), None)


def found_for(folders: tuple[Path, ...], locale: str, name: str) -> Iterator[Path]:
    """Yield the catalogs `name`.po that serve a locale, the nearest language first and of one language earlier folders first."""
    for candidate in habits.chain(locale):
        for folder in folders:
            path = folder / candidate / f"{name}.po"
            if is_there(path):
                yield path


def is_there(path: Path) -> bool:
    """Tell whether there is anything of this name: what is no file, or may not be looked at, is told when it is read."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
