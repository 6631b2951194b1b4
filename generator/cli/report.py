"""Errors and notices as text for people: `file:line:column: error: …`, the line, a caret, a hint. The one place for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from generator.errors import HandoutsError

if TYPE_CHECKING:
    from generator.errors import Notice, Position


CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")  # would steer the terminal


def error_text(error: HandoutsError) -> str:
    """Write an error."""
    return _text("error", error.message, error.position, error.hint)


def notice_text(notice: Notice) -> str:
    """Write a notice."""
    return _text("notice", notice.message, notice.position, notice.hint)


def as_error(notice: Notice) -> HandoutsError:
    """Take a notice for an error, as --strict does."""
    return HandoutsError(f"{notice.message} (--strict)", notice.position, notice.hint)


def _text(kind: str, message: str, position: Position | None, hint: str) -> str:
    head = f"{position}: {kind}: {message}" if position is not None and position.file else f"{kind}: {message}"
    lines = [head]
    if position is not None and position.text.strip():
        lines += _excerpt(position)
    if hint:
        lines.append(f"  hint: {hint}")
    return "\n".join(lines)


def _excerpt(position: Position) -> list[str]:
    """Show the line with a caret; a long one is cut around the place."""
    text, column = CONTROL.sub("\ufffd", position.text.expandtabs(1)), max(position.column, 1)
    start = max(0, column - 60) if len(text) > 100 else 0
    shown = text[start : start + 100]
    lines = [f"    {shown}"]
    if position.column:
        lines.append("    " + " " * (column - 1 - start) + "^")
    return lines


def error_data(error: HandoutsError) -> dict[str, Any]:
    """Give an error for --json."""
    position = error.position
    return {
        "message": error.message,
        "file": position.file if position else "",
        "line": position.line if position else 0,
        "column": position.column if position else 0,
        "hint": error.hint,
    }


def fail(error: HandoutsError) -> None:
    """Print an error, with what was found beside it, and end with its exit code."""
    for one in (error, *error.more):
        click.echo(error_text(one), err=True)
    raise SystemExit(error.exit_code)
