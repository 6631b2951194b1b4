"""A gettext catalog (.po) as a build needs it: what is translated, what is fuzzy, who has reviewed it.

In: a file. Out: a `Catalog`. A syntax error, a wrong encoding or a twin is a ContentError with file and line.
Babel, which writes these files
(templates.py), is not asked here: to import it takes longer than to make a page. Knows neither handouts nor pages.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from generator.errors import ContentError, Position
from generator.localize import habits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LINE = re.compile(r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*")?\s*')
SYNTAX = 'a line is msgid "…", msgstr "…" or a comment; quotes inside are written \\"'
PART = re.compile(r'\s*(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)?\s*"(.*)"\s*$')
ESCAPED = re.compile(r"\\(.)")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
HEADER = re.compile(r"^(?:X-)?(reviewed(?:[-_]by)?):[ \t]*(.*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)


class Entry(NamedTuple):
    """One translation; `line` is that of its msgid."""

    msgid: str
    msgstr: str
    fuzzy: bool
    line: int


class Catalog(NamedTuple):
    """A file's translations by their source text."""

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

    def translation(self, text: str) -> Entry | None:
        """Give a finished translation, if there is one."""
        entry = self.entries.get(text)
        return entry if entry is not None and entry.msgstr and not entry.fuzzy else None


@lru_cache(maxsize=256)
def _load(path: Path, shown: str, stamp: tuple[int, int]) -> Catalog:  # noqa: ARG001 - the stamp makes a changed file another one
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = raw.count(b"\n", 0, exc.start) + 1
        raise ContentError("the catalog is not UTF-8", Position(shown, line), "save it as UTF-8, and say so in its header") from exc
    lines = tuple(text.splitlines())
    charset = re.search(r"charset=([\w-]+)", text)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "charset", "us-ascii", "ascii"):
        raise ContentError(f"the catalog's header says charset={charset[1]}, but the file is UTF-8",
                           _at(lines, shown, "charset="), "write charset=UTF-8")  # fmt: skip
    _syntax(lines, shown)
    _twins(lines, shown)
    review = {name.lower().replace("-", "_"): value for name, value in HEADER.findall(_header(text))}
    entries = {entry.msgid: entry for entry in _entries(lines) if entry.msgid}
    return Catalog(shown, lines, entries, review.get("reviewed_by", ""), review.get("reviewed", ""))


def _entries(lines: tuple[str, ...]) -> Iterator[Entry]:
    """Yield the entries in order; obsolete ones are comments. Of a plural message the singular counts."""
    words = {"msgid": "", "msgstr": ""}
    field, line = "", 0
    fuzzy = pending = False  # of the entry that is open, and of the one whose comments are being read
    for number, raw in enumerate([*lines, 'msgid ""'], 1):
        match = PART.match(raw)
        if match is None:
            pending = pending or (raw.startswith("#,") and "fuzzy" in raw)
            continue
        name = match[1] or field
        if match[1] in ("msgctxt", "msgid") and field.startswith("msgstr"):
            yield Entry(words["msgid"], words["msgstr"], fuzzy, line)
            words = {"msgid": "", "msgstr": ""}
        if match[1] == "msgid":
            line, fuzzy, pending = number, pending, False
        field = name
        key = "msgstr" if name == "msgstr[0]" else name
        if key in words:
            words[key] += ESCAPED.sub(lambda m: ESCAPES.get(m[1], m[1]), match[2])


def load(path: Path, root: Path) -> Catalog:
    """Read a catalog below `root`; a process reads a file once, until it changes. Raises ContentError with its line."""
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    status = path.stat()
    return _load(path, shown, (status.st_mtime_ns, status.st_size))


def _syntax(lines: tuple[str, ...], shown: str) -> None:
    """Refuse a line that is none of the format's: Babel reads over a quote that is not closed."""
    for number, line in enumerate(lines, 1):
        if LINE.fullmatch(line) is None:
            raise ContentError("the catalog's syntax is broken on this line", Position(shown, number, 1, line), SYNTAX)


def _header(text: str) -> str:
    """Give the header's text, one field a line."""
    head = re.search(r'^msgid ""\nmsgstr ""\n((?:".*"\n?)+)', text, re.MULTILINE)
    return "\n".join(line.strip('"').removesuffix("\\n") for line in head[1].splitlines()) if head else ""


def _at(lines: tuple[str, ...], shown: str, needle: str) -> Position:
    for number, line in enumerate(lines, 1):
        if needle in line:
            return Position(shown, number, line.index(needle) + 1, line)
    return Position(shown)


def _twins(lines: tuple[str, ...], shown: str) -> None:
    """Refuse a second entry of one message: Babel would keep the last without a word."""
    seen: dict[str, int] = {}
    key = ""
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith(("msgctxt ", "msgid ")):
            key = key + "\n" + line if key.startswith("msgctxt") and line.startswith("msgid ") else line
            start = number
        elif key and line.startswith('"'):
            key += line
        elif key and not line.startswith("msgid_plural"):
            if key in seen and key != 'msgid ""':
                raise ContentError(f"this message stands in the catalog twice, first on line {seen[key]}",
                                   Position(shown, start, 1, lines[start - 1]), "keep one of them")  # fmt: skip
            seen[key] = start
            key = ""


def find(folders: tuple[Path, ...], locale: str, name: str) -> Path | None:
    """Give the catalog `name`.po for a locale: its own, else that of the nearest language; earlier folders win."""
    for candidate in habits.chain(locale):
        for folder in folders:
            path = folder / candidate / f"{name}.po"
            if path.is_file():
                return path
    return None
