"""Every error and notice of the program: what is wrong, where, and what to do.

Imports nothing of the project, so every room may use it. Turning these into text for a person is the
work of `cli/report.py` alone; nothing here prints.
"""

from __future__ import annotations

from typing import Any

from generator.plain import NamedTuple


class Position(NamedTuple):
    """A place in a file a person can open: `file` as shown (relative to the project), 1-based line and column.

    `text` is the whole source line, shown with a caret under `column`. 0 or "" means "not known".
    """

    file: str
    line: int = 0
    column: int = 0
    text: str = ""

    def __str__(self) -> str:
        """Render `file:line:column`, leaving out what is not known."""
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


class Notice(NamedTuple):
    """A warning that stands beside a result; `--strict` takes it for an error, and the result stays."""

    message: str
    position: Position | None = None
    hint: str = ""


class HandoutsError(Exception):
    """Base of the family: a message in plain words, where it is, and a hint that says what to do."""

    exit_code = 1

    def __init__(self, message: str, position: Position | None = None, hint: str = "") -> None:
        """Keep the three parts apart, so that the command line, JSON and tests can each use them."""
        super().__init__(message)
        self.message = message
        self.position = position
        self.hint = hint
        self.more: tuple[HandoutsError, ...] = ()  # that were found with it

    def __reduce__(self) -> tuple[type[HandoutsError], tuple[str, Position | None, str], dict[str, Any]]:
        """Survive the trip between worker processes with all parts."""
        return (type(self), (self.message, self.position, self.hint), self.__dict__)


def together(errors: list[HandoutsError]) -> HandoutsError:
    """Give the first of several errors, which brings the others."""
    first, *more = errors
    first.more = tuple(more)
    return first


class ContentError(HandoutsError):
    """The author of a handout can mend it: front matter, Markdown, an image, a missing fact."""


class Untranslated(ContentError):
    """A handout of which nothing is translated into some `locales`; `source` is its own language, `catalogs` what is to be filled in."""

    locales: tuple[str, ...] = ()
    source: str = ""
    catalogs: tuple[str, ...] = ()


class TemplateError(HandoutsError):
    """The designer can mend it: a page template or a stylesheet."""


class BrandError(HandoutsError):
    """Whoever keeps the brand can mend it: brand.yml, a logo, a colour without contrast, a font."""


class LayoutError(HandoutsError):
    """The text does not fit or cannot be set: a card too long, a row taller than a page, a missing glyph."""


class ProjectError(HandoutsError):
    """The project folder or the output folder is not usable."""

    exit_code = 2


class PrintError(HandoutsError):
    """Whoever prints can mend it: a sheet too small, a paper too thick, a bleed that no page has."""


class ClusterError(HandoutsError):
    """Whoever runs the other machines can mend it: no scheduler, no workers, another version of the program there."""


class DeliveryError(HandoutsError):
    """A finished file could not be written or handed on."""


def unexpected(exc: BaseException, label: str) -> HandoutsError:
    """Tell an error of the program itself as such, with the place in the code and none of the data it worked on."""
    if isinstance(exc, RecursionError):
        return HandoutsError(f"{label}: something is nested too deeply to be set", None, "take away tags or marks around it")
    frame = exc.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename.rpartition('/')[2]}:{frame.tb_lineno}" if frame is not None else "?"
    return HandoutsError(f"{label}: the program failed: {type(exc).__name__} in {where}", None,
                         "this is a defect of handouts; please report it with the handout that shows it")  # fmt: skip
