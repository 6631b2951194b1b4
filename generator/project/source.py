"""Text files: a path in, decoded text out, with a way from a line number to a position a person can open.

Knows nothing of what the text means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import ContentError, HandoutsError, Position
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

NEAR = 12  # lines that a paragraph may take
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Source(NamedTuple):
    """A text file as read: `text` without byte order mark and with "\\n" line ends; `shown` is its name for people."""

    path: Path
    shown: str
    text: str
    lines: tuple[str, ...] = ()

    def position(self, line: int, column: int = 0) -> Position:
        """Return the place of a 1-based line and column (0: not known) together with the line's text."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Position(self.shown, line, column, text)

    def find(self, needle: str, line: int = 1, *, folded: bool = False) -> Position:
        """Return where `needle` first stands at or after `line`, or that line without a column. `folded`: in letters of any size."""
        for number in range(max(line, 1), len(self.lines) + 1):
            column = (self.lines[number - 1].lower() if folded else self.lines[number - 1]).find(needle)
            if column >= 0:
                return self.position(number, column + 1)
        return self.position(line)

    def near(self, line: int, needle: str = "") -> Position:
        """Return the column of `needle` where it stands at most a few lines on, else the line; 0 is a line not known."""
        if needle:
            found = self.find(needle, max(line, 1))
            if found.column and (not line or found.line - line < NEAR):
                return found
        return self.position(line) if line else Position(self.shown)


def source_of(path: Path, shown: str, text: str) -> Source:
    """Wrap text that is already decoded; line ends of any kind become "\\n", and a form feed, which old texts part pages by, a space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ")
    return Source(path, shown, text, tuple(text.split("\n")))


def read_source(path: Path, root: Path, error: type[HandoutsError] = ContentError) -> Source:
    """Read a UTF-8 text file below `root`. Raise `error` where it is missing, empty or not UTF-8."""
    shown = shown_path(path, root)
    try:
        raw = path.read_bytes()
    except OSError as exc:
        reason = exc.strerror or str(exc)
        raise error(f"cannot be read: {reason}", Position(shown), "check that the file exists and may be read") from exc
    try:
        text = raw.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as exc:
        raise _not_utf8(error, shown, exc) from exc
    if not text.strip():
        raise error("the file is empty", Position(shown), "write something in it, or delete it")
    return source_of(path, shown, text)


def shown_path(path: Path, root: Path) -> str:
    """Return the path as shown to people: relative to the project, with forward slashes."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def _not_utf8(error: type[HandoutsError], shown: str, exc: UnicodeDecodeError) -> HandoutsError:
    """Say which byte is wrong and where, with the line as far as it can be read."""
    raw = exc.object
    start = raw.rfind(b"\n", 0, exc.start) + 1
    end = raw.find(b"\n", exc.start)
    before = raw[start : exc.start].decode("utf-8")
    whole = raw[start : end if end >= 0 else len(raw)].decode("utf-8", "replace").rstrip("\r")
    line = raw.count(b"\n", 0, exc.start) + 1
    return error(
        f"the file is not UTF-8: byte {exc.start + 1} is 0x{raw[exc.start]:02X}",
        Position(shown, line, len(before) + 1, whole),
        'save the file with the encoding "UTF-8"',
    )
