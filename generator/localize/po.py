"""The gettext format (.po), line by line: what stands in a file, with the lines as they were written.

In: lines. Out: `Block`s, or an error that names the line. Babel reads over a quote that is not closed and keeps the last
of two twins without a word; a translator must hear of both. Knows no handouts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from generator.errors import ContentError, Position
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?[ \t]*"((?:[^"\\]|\\.)*)"')
ESCAPED = re.compile(r"\\(.)")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
BEFORE = {"msgctxt": ("",), "msgid": ("", "msgctxt"), "msgid_plural": ("msgid",), "msgstr": ("msgid", "msgid_plural", "msgstr")}
"""Which keywords may stand before one."""
FLAGS = re.compile(r"[#,\s]+")
HINT = 'a line is msgid "…", msgstr "…", a string of its own, or a comment; quotes inside are written \\"'
MIND = {
    "msgstr": "write msgid with the source text above it",
    "msgid_plural": "write msgid with the singular above it",
    "msgid": 'write msgstr for the message above first; an empty one is msgstr ""',
    "msgctxt": 'write msgstr for the message above first; an empty one is msgstr ""',
}


class Block(NamedTuple):
    """One entry: its strings by keyword, the number of its msgid's line, its raw lines, comments first."""

    words: dict[str, str]
    line: int
    comments: tuple[str, ...]
    raw: tuple[str, ...]
    obsolete: bool = False

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells an entry from others: context and source text."""
        return self.words.get("msgctxt"), composed(self.words.get("msgid", ""))

    @property
    def is_whole(self) -> bool:
        """Tell whether it can be read; one that is no longer used need not be."""
        found = [LINE.fullmatch(line.strip().removeprefix("#~").strip()) for line in self.raw]
        return bool(self.words.get("msgid")) and all(line is not None and _unknown(line[2]) is None for line in found)

    @property
    def fuzzy(self) -> bool:
        """Tell whether the translation is in doubt."""
        return any("fuzzy" in FLAGS.split(line) for line in self.comments if line.startswith("#,"))


def read_escaped(text: str) -> str:
    """Give what a string means."""
    return ESCAPED.sub(lambda m: ESCAPES.get(m[1], m[1]), text)


def composed(text: str) -> str:
    """Give a text with letters and their marks in one: some programs write é as two characters, and it is the same text."""
    return normalize("NFC", text)


def blocks(lines: Sequence[str], shown: str) -> list[Block]:
    """Read a file's lines. Raises ContentError at the line that is wrong, or at the second of two twins."""
    out = list(_Reader(lines, shown).read())
    seen: dict[tuple[str | None, str], int] = {}
    for block in out:
        if block.obsolete:
            continue
        if block.key in seen:
            raise ContentError(f"this message stands in the catalog twice, first on line {seen[block.key]}",
                               Position(shown, block.line, 1, lines[block.line - 1]), "keep one of them")  # fmt: skip
        seen[block.key] = block.line
    return out


def _unknown(text: str) -> re.Match[str] | None:
    """Find an escape that there is not."""
    return next((found for found in ESCAPED.finditer(text) if found[1] not in ESCAPES), None)


class _Reader:
    """Walks the lines once."""

    def __init__(self, lines: Sequence[str], shown: str) -> None:
        self.lines = lines
        self.shown = shown
        self._begin()

    def _begin(self) -> None:
        self.words: dict[str, str] = {}
        self.keyword = ""
        self.line = 0
        self.comments: list[str] = []
        self.raw: list[str] = []
        self.obsolete = False

    def read(self) -> Iterator[Block]:
        for number, raw in enumerate(self.lines, 1):
            line = raw.strip()
            gone = line.startswith("#~") and not line.startswith("#~|")
            if line.startswith("#") and not gone:
                yield from self._close(number)
                self.comments.append(line)
            elif line:
                yield from self._string(number, raw, line[2:].strip() if gone else line, obsolete=gone)
        yield from self._close(len(self.lines))
        if self.comments:  # behind the last entry
            yield Block({}, 0, tuple(self.comments), (), obsolete=True)

    def _string(self, number: int, raw: str, text: str, *, obsolete: bool) -> Iterator[Block]:
        match = LINE.fullmatch(text)
        if match is None:
            if not obsolete:
                raise self._wrong("the catalog's syntax is broken on this line", number, HINT)
            if not self.obsolete:
                yield from self._close(number)
            self.obsolete = True
            self.raw.append(raw)  # what is no longer used need not be whole, and is kept as it is
            return
        keyword = match[1]
        if keyword in ("msgctxt", "msgid") and (self.keyword.startswith("msgstr") or obsolete != self.obsolete):
            yield from self._close(number)
        if keyword:
            self._expect(keyword, number)
            self.keyword = keyword
            self.line = number if keyword == "msgid" else self.line
            self.words[keyword] = ""
        elif not self.keyword:
            raise self._wrong("this string belongs to no message", number, HINT)
        self.obsolete = obsolete
        if not obsolete:
            self._refuse_signs(match[2], number)
        self.words[self.keyword] += read_escaped(match[2])
        self.raw.append(raw)

    def _refuse_signs(self, text: str, number: int) -> None:
        """Refuse what a page would show as something else than was meant, or not at all."""
        unknown = _unknown(text)
        if unknown is not None:
            raise self._wrong(
                f"{unknown[0]} means nothing in a catalog",
                number,
                "write \\\\ for a backslash, \\\" for a quotation mark, \\n for a line's end, any other letter as it is",
            )
        control = CONTROL.search(text)
        if control:
            raise self._wrong(f"a control character (U+{ord(control[0]):04X}) stands on this line", number, "take it out")

    def _expect(self, keyword: str, number: int) -> None:
        plain = keyword.partition("[")[0]
        if self.keyword.partition("[")[0] not in BEFORE[plain] or keyword in self.words:
            raise self._wrong(f"{keyword} stands where it cannot", number, MIND[plain])

    def _close(self, number: int) -> Iterator[Block]:
        """Finish the open entry; comments wait for one."""
        if not self.raw:
            return
        if not self.keyword.startswith("msgstr") and not self.obsolete:
            raise self._wrong("this message has no msgstr", self.line or number, 'write msgstr "…" below it, or msgstr ""')
        yield Block(self.words, self.line, tuple(self.comments), tuple(self.raw), self.obsolete)
        self._begin()

    def _wrong(self, message: str, number: int, hint: str) -> ContentError:
        return ContentError(message, Position(self.shown, number, 1, self.lines[number - 1] if self.lines else ""), hint)
