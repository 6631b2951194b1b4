"""The one module that names every stage. It reads like the table of stages in the README.

1 read (project/) - 2 translate (localize/) - 3 mark up (markup/) - 4 style (style/) - 5 lay out (layout/, text/) -
6 write (pdf/); the last three are the compositor's. In: a `Piece`. Out: a `Result`, the bytes of one PDF with what is to be
said of it.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from generator.errors import HandoutsError
from generator.localize.stage import localized
from generator.manuscript import Manuscript
from generator.markup import MarkupRoom

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.compositor import Compositor
    from generator.errors import Notice, Position
    from generator.localize.records import Localized
    from generator.manuscript import Result
    from generator.markup import Markup, Piece
    from generator.memories import Memories


class Composing(Protocol):
    """Whoever makes a PDF of a manuscript: a `Compositor` here, or a `Relay` to one in another process."""

    def compose(self, manuscript: Manuscript) -> Result:
        """Make it."""


class Press:
    """Makes pieces; what can be used again is kept between them."""

    def __init__(self, cache: Path | None = None, compositor: Composing | None = None, *, remember: bool = False) -> None:
        """`cache`: an existing folder for compiled templates and stylesheets, or None. `remember`: the same pieces will come again and again."""
        self.room = MarkupRoom(cache, remember=remember)
        self._cache = cache
        self._remember = remember
        self._compositor = compositor
        self._localized: tuple[Any, Localized] | None = None

    def make(self, piece: Piece) -> Result:
        """Take a piece through every stage. Raises a HandoutsError with its position."""
        with collector_at_rest():
            piece, notices = self.localized(piece)
            try:
                markup = self.room.mark_up(piece)
                result = self.compositor.compose(manuscript(piece, markup))
            except HandoutsError as exc:
                for error in (exc, *exc.more):
                    error.hint = _with_entry(error.hint, error.position, piece)
                raise
            said = (n._replace(hint=_with_entry(n.hint, n.position, piece)) for n in (*markup.notices, *result.notices))
            return result._replace(title=markup.title, notices=(*notices, *said))

    def localized(self, piece: Piece) -> tuple[Piece, tuple[Notice, ...]]:
        """Put a piece into its reader's language; pieces of one handout come one after another, and share the work."""
        if piece.interface is not None:
            return piece, ()
        if piece.bilingual:
            one, notices = self.localized(piece._replace(bilingual=""))
            other, more = self.localized(piece._replace(locale=piece.bilingual, bilingual=""))
            return one._replace(second=other), (*notices, *more)
        key = (piece.project.root, piece.handout, piece.brand.slug, piece.locale)
        if self._localized is None or self._localized[0] != key:
            roots = dict.fromkeys((piece.project.root, *(folder.parent.resolve() for folder in piece.templates)))
            folders = tuple(root / "content" / "locales" for root in roots)
            self._localized = (key, localized(piece.project, piece.handout, piece.brand, piece.locale, folders))
        found = self._localized[1]
        piece = piece._replace(project=found.project, handout=found.handout, brand=found.brand, hotlines=found.hotlines)
        return piece._replace(interface=found.interface), found.notices

    @property
    def compositor(self) -> Composing:
        """The compositor, hired when the first piece needs one."""
        if self._compositor is None:
            from generator.compositor import Compositor

            self._compositor = Compositor(self._cache, _memories() if self._remember else None)
        return self._compositor


def _with_entry(hint: str, position: Position | None, piece: Piece) -> str:
    """Say in a hint where the words of a translated line stand: the line is that of the source, which may well be sound."""
    entries = (piece.second or piece).handout.entries
    entry = entries.get(position.line, "") if position is not None and position.file == piece.handout.source.shown else ""
    return f"{hint}; the translation is in {entry}".removeprefix("; ") if entry and entry not in hint else hint


def kindred(cache: Path | None, compositor: Compositor | None = None) -> Press:
    """Give a press for many pieces, some of them in the same dress; `compositor` may be ready for the first."""
    from generator.compositor import Compositor

    return Press(cache, (compositor or Compositor(cache)).remembering(_memories(kin=True)))


def _memories(*, kin: bool = False) -> Memories:
    from generator.memories import Memories

    return Memories(kin=kin)


def manuscript(piece: Piece, markup: Markup) -> Manuscript:
    """Put together what the compositor needs of a piece."""
    handout = piece.handout
    title, summary = (piece.neutral_title, "") if piece.neutral else (markup.title, handout.summary)
    author = "" if piece.neutral == "pages" else piece.brand.name
    return Manuscript(markup.tree, title, markup.source, markup.assets, piece.brand, piece.paper, piece.templates,
                      summary, handout.reviewed, markup.fields, author)  # fmt: skip


def forget_fonts() -> None:
    """Open font files anew from now on; for a process that outlives a change of them."""
    from generator.text import shelf

    shelf.forget()


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the cyclic garbage collector from running: while a piece is made it finds nothing, and costs a tenth."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
