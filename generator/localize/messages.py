"""A handout's Markdown cut into messages, a block each, and put together again from translations.

In: the text as written. Out: `Message`s with their places; or the same text with other words, each line with the number of
the line it comes from. Marks of structure (list markers, hashes, attribute lists, table bars) stay outside a message;
emphasis, links, footnote calls and Jinja placeholders stay inside. Code is no message. Knows no catalog and no HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.localize.labels import labels_alone
from generator.plain import NamedTuple
from generator.project.depth import Depth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")
NO_TEXT = re.compile(
    r"""^[ \t>]*(?:
        (?:\{%(?:(?!%\}).)*%\}[ \t]*)+|\{\#\#.*\#\#\}|\{:.*\}   # statements, a comment, an attribute list
      | \{\{(?!-?\s*(?:checkbox|field|lines)\([^{}]*["'])[^{}]*\}\}   # a placeholder alone, that has no label in it
      | </?[a-zA-Z][^>]*>|<!--.*-->                    # a tag alone
      | \[[^\]^][^\]]*\]:\s*\S.*                       # where a link leads
      | (?:[-*_][ \t]*){3,}|=+                         # a rule, an underline
      | \|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?   # between head and body of a table
    )?[ \t]*$""",
    re.VERBOSE,
)
MARKER = re.compile(r"^(?:[ \t]|>|[-*+][ \t]+|\d+[.)][ \t]+|\[[ xX]\][ \t]+|:[ \t]+|\[\^[^\]]+\]:[ \t]*|\*\[[^\]]+\]:[ \t]*)*(?:\#{1,6}[ \t]+)?")
STARTS = re.compile(r"^[ \t>]*(?:\{\{-?\s*(?:checkbox|field|lines)\(|[-*+][ \t]|\d+[.)][ \t]|\#{1,6}[ \t]|:[ \t]|\[\^[^\]]+\]:|\*\[|!!![ \t])")
BOX = re.compile(r'^([ \t>]*!!![ \t]+[\w -]+?[ \t]*)"([^"]*)"[ \t]*$')
BOX_ALONE = re.compile(r"^[ \t>]*!!![ \t]+[\w -]+$")
ATTRIBUTES = re.compile(r"[ \t]*#*[ \t]*\{[.#:][^{}]*\}[ \t]*$|[ \t]+#+[ \t]*$")
PICTURE = re.compile(r'^!\[(?P<alt>[^\]]*)\]\((?P<src>[^()"]*?)(?:\s+"(?P<title>[^"]*)")?\)(?:\{[^{}]*\})?$')
HEADING = re.compile(r"^[ \t>]*(\#{1,6})[ \t]")
BAR = re.compile(r"\\.|\{\{.*?\}\}|\{%.*?%\}|(`+)(?!`).*?(?<!`)\1(?!`)|(?P<bar>\|)")
"""What parts the cells of a row: a bar, but none that is escaped or stands in a placeholder (a filter's) or in code."""
LETTER = re.compile(r"[^\W\d_]")
FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
DEFINITION = re.compile(r"^[ \t>]*:[ \t]")
QUOTED = re.compile(r"^[ \t]*>")
KINDS = (
    (re.compile(r"^[ \t>]*\[\^"), "footnote"),
    (re.compile(r"^[ \t>]*\*\["), "abbreviation"),
    (DEFINITION, "definition"),
    (re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]"), "list item"),
    (QUOTED, "quotation"),
)
"""What a block is by the mark that it begins with."""


class Stretch(NamedTuple):
    """Columns `start` to `stop` of the line with index `line`."""

    line: int
    start: int
    stop: int


class Message(NamedTuple):
    """One block's words; where they stand; the headings above; a hard break inside is a newline in the text.

    `kind` names the block for translators.
    """

    text: str
    stretches: tuple[Stretch, ...]
    path: tuple[str, ...]
    kind: str

    @property
    def line(self) -> int:
        """The index of its first line."""
        return self.stretches[0].line


def has_words(text: str) -> bool:
    """Tell whether there is anything to translate beside placeholders and numbers."""
    return LETTER.search(FILLED_IN.sub("", labels_alone(text))) is not None


def messages_of(lines: Sequence[str]) -> list[Message]:
    """Cut a text into messages, in order."""
    return list(_Scanner(lines).scan())


def with_translations(lines: Sequence[str], found: Sequence[Message], translate: Callable[[Message], str | None]) -> tuple[
    list[str], list[int]]:  # fmt: skip
    """Give the lines with translated messages, and for each the index of the line it comes from. None keeps a message."""
    edits: dict[int, list[tuple[int, int, str]]] = {}
    gone: set[int] = set()
    for message in found:
        text = translate(message)
        if text is None:
            continue
        first, *rest = message.stretches
        indent = re.sub(r"[^\s>]", " ", lines[first.line][: first.start])
        edits.setdefault(first.line, []).append((first.start, first.stop, text.replace("\n", "  \n" + indent)))
        gone |= {s.line for s in rest}
    out: list[str] = []
    origin: list[int] = []
    for index, line in enumerate(lines):
        if index in gone:
            continue
        for start, stop, text in sorted(edits.get(index, ()), reverse=True):
            line = line[:start] + text + line[stop:]  # noqa: PLW2901
        pieces = line.split("\n")
        out += pieces
        origin += [index] * len(pieces)
    return out, origin


def _parted(row: str) -> list[str]:
    """Part a table's row at its bars."""
    bars = [found.start() for found in BAR.finditer(row) if found["bar"]]
    return [row[start:stop] for start, stop in zip([0, *(at + 1 for at in bars)], [*bars, len(row)], strict=True)]


class _Scanner:
    """Walks the lines once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.path: list[tuple[int, str]] = []
        self.open: list[Stretch] = []
        self.kind = "paragraph"
        self.depth = Depth()

    def scan(self) -> Iterator[Message]:
        fence, inside_html = "", False
        for index, line in enumerate(self.lines):
            mark = FENCE.match(line)
            if mark and (not fence or mark[1].startswith(fence)):
                fence = "" if fence else mark[1][:3]
                yield from self._close()
                continue
            inside_html = ("<!--" in line and "-->" not in line) or (inside_html and "-->" not in line)
            if fence or inside_html or self.depth.is_code(line, begins=not self.open):
                continue
            yield from self._line(index, line)
        yield from self._close()

    def _line(self, index: int, line: str) -> Iterator[Message]:
        if self.open and re.fullmatch(r"[ \t>]*(=+|-+)[ \t]*", line):  # the underline of a heading
            level = 1 if "=" in line else 2
            self._head(level)
            yield from self._close()
        elif NO_TEXT.match(line) or BOX_ALONE.match(line):
            yield from self._close()
        elif box := BOX.match(line):
            yield from self._close()
            yield self._made([Stretch(index, box.start(2), box.end(2))], "box title")
        elif self._in_table(index):
            yield from self._close()
            yield from self._cells(index, line)
        else:
            if DEFINITION.match(line):
                yield from self._terms()
            if STARTS.match(line) or self._quotes(line):
                yield from self._close()
            yield from self._text(index, line)

    def _text(self, index: int, line: str) -> Iterator[Message]:
        start = MARKER.match(line).end()  # type: ignore[union-attr]
        tail = ATTRIBUTES.search(line) if not self.open or HEADING.match(line) else None
        stop = tail.start() if tail and tail.start() > start else len(line.rstrip())
        picture = PICTURE.match(line[start:].rstrip())
        if picture and not self.open:
            yield from self._picture(index, start, picture)
            return
        if not self.open:
            self.kind = next((kind for mark, kind in KINDS if mark.match(line)), "paragraph")
        self.open.append(Stretch(index, start, stop))
        heading = HEADING.match(line)
        if heading:
            self._head(len(heading[1]))
            yield from self._close()

    def _quotes(self, line: str) -> bool:
        """Tell whether a quotation begins here, right behind other text."""
        return bool(QUOTED.match(line) and self.open and not QUOTED.match(self.lines[self.open[-1].line]))

    def _terms(self) -> Iterator[Message]:
        """Close the lines above a definition: each is a term of its own, but those of another definition are one."""
        if self.kind == "definition":
            yield from self._close()
            return
        for line in self.open:
            yield self._made([line], "term")
        self.open = []

    def _head(self, level: int) -> None:
        self.kind = "heading"
        text = self._words(self.open)
        self.path = [(n, t) for n, t in self.path if n < level] + [(level, text)]

    def _picture(self, index: int, start: int, picture: re.Match[str]) -> Iterator[Message]:
        for name, kind in (("alt", "text alternative"), ("title", "caption")):
            if has_words(picture[name] or ""):
                yield self._made([Stretch(index, start + picture.start(name), start + picture.end(name))], kind)

    def _in_table(self, index: int) -> bool:
        """Tell whether a line is a row: there is a line of dashes and bars next to it, or above its stretch of rows."""
        if "|" not in self.lines[index]:
            return False
        rule = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$")
        if index + 1 < len(self.lines) and rule.match(self.lines[index + 1]):
            return True
        at = index - 1
        while at >= 0 and "|" in self.lines[at]:
            if rule.match(self.lines[at]):
                return True
            at -= 1
        return False

    def _cells(self, index: int, line: str) -> Iterator[Message]:
        at = 0
        for cell in _parted(line):
            text = cell.strip()
            if has_words(text) and not NO_TEXT.match(text):
                start = at + cell.index(text)
                yield self._made([Stretch(index, start, start + len(text))], "table cell")
            at += len(cell) + 1

    def _close(self) -> Iterator[Message]:
        if self.open:
            message = self._made(self.open, self.kind)
            if has_words(message.text):
                yield message
        self.open, self.kind = [], "paragraph"

    def _made(self, stretches: list[Stretch], kind: str) -> Message:
        path = self.path[:-1] if kind == "heading" else self.path
        return Message(self._words(stretches), tuple(stretches), tuple(t for _, t in path), kind)

    def _words(self, stretches: list[Stretch]) -> str:
        """Join the lines of a block; two spaces at a line's end are a hard break."""
        *others, last = stretches
        out = ""
        for s in others:
            raw = self.lines[s.line]
            out += raw[s.start : s.stop].rstrip() + ("\n" if raw.endswith("  ") else " ")
        return out + self.lines[last.line][last.start : last.stop]
