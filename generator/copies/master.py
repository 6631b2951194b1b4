"""A piece marked up and styled once for all clients who get the same text, with the layouts that their words have come to.

In: a piece with one client, and the values of others. Out: copies. What a text asked of its client (is a note there? is it this
state?) is remembered: another client gets this text only where the answers are the same.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from generator import fields
from generator.copies.variant import Variant
from generator.pipeline import collector_at_rest, manuscript

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.compositor import Compositor, Styled
    from generator.copies.variant import Copy, Shape
    from generator.errors import Notice
    from generator.layout.inline import SetParagraph
    from generator.markup import Piece
    from generator.pipeline import Press

MANY = 60  # layouts kept at once: each takes a third of a megabyte, and more for a long handout


class Layouts:
    """The layouts of all masters that are kept; the one that was not used for longest goes first."""

    def __init__(self, most: int = MANY) -> None:
        """Keep `most` at once."""
        self._most = most
        self._kept: OrderedDict[int, tuple[Master, Variant]] = OrderedDict()

    def keep(self, master: Master, variant: Variant) -> None:
        """Keep another one."""
        if len(self._kept) >= self._most:
            owner, oldest = self._kept.popitem(last=False)[1]
            owner.forget(oldest)
        self._kept[id(variant)] = (master, variant)

    def used(self, variant: Variant) -> None:
        """Note that one was of use."""
        if id(variant) in self._kept:
            self._kept.move_to_end(id(variant))

    def drop(self, master: Master) -> None:
        """Drop those of a master."""
        self._kept = OrderedDict((k, pair) for k, pair in self._kept.items() if pair[0] is not master)


class Master:
    """One text, for many clients."""

    def __init__(self, press: Press, compositor: Compositor, piece: Piece, layouts: Layouts) -> None:
        """Mark up and style a piece for its client. Raises a HandoutsError."""
        client = piece.client
        if client is None:
            raise ValueError("a master is made with a client")
        with collector_at_rest():
            piece, notices = press.localized(piece)
            markup = press.room.mark_up(piece)
            self._styled: Styled = compositor.styled(manuscript(piece, markup))
        self._asked = dict(client.asked)
        self._dates = client.dates
        shown = fields.columns_in(fields.decoded(markup.html))
        count = len(client.columns)
        self.columns = frozenset(c if c < count else self._dates.columns[c - count] for c in shown)
        self.title = markup.title
        body = " ".join(markup.tree.find("body").itertext())
        self._shown = sorted(fields.columns_in(body))
        self.text = fields.MARKED.sub(" ", body)  # what every client reads
        self.notices: tuple[Notice, ...] = (*notices, *markup.notices)
        self._layouts = layouts
        self._first: Variant | None = None  # the measure of all others, and always kept
        self._known: dict[tuple[tuple[str, ...], Shape], list[Variant]] = {}  # by what the first variant makes of a client's words

    def serves(self, values: Sequence[str]) -> bool:
        """Tell whether these values get the same text."""
        return all(fields.answered(values, index, text) == answer for (index, text), answer in self._asked.items())

    def own(self, values: Sequence[str]) -> tuple[str, ...]:
        """Give the words of a client's that the text shows. Raises NotADate."""
        behind = self._dates.behind(values)
        return tuple(behind[at] for at in self._shown if behind[at])

    def copy(self, values: Sequence[str]) -> Copy:
        """Make a client's copy. Raises a HandoutsError, and NotADate."""
        with collector_at_rest():
            values = self._dates.behind(values)
            return self._stamped(values) or self._laid_out(values)

    def _stamped(self, values: Sequence[str]) -> Copy | None:
        """Make a copy from a layout that is known, if there is one."""
        first = self._first
        if first is None:
            return None
        paragraphs = first.set(values)
        for variant in self._known.get((first.rigid(values), first.shape_of(paragraphs)), ()):
            found = self._from(variant, first, paragraphs, values)
            if found is not None:
                self._layouts.used(variant)
                return found
        return None

    def forget(self, variant: Variant) -> None:
        """Let a layout go."""
        self._known = {k: kept for k, known in self._known.items() if (kept := [v for v in known if v is not variant])}

    def _from(self, variant: Variant, first: Variant, paragraphs: list[SetParagraph], values: Sequence[str]) -> Copy | None:
        """Stamp a copy, unless something of this client's would stand elsewhere than in the layout."""
        if not variant.serves(values):
            return None
        if not variant.alike(first):
            paragraphs = variant.set(values)
            if variant.shape_of(paragraphs) != variant.shape:
                return None
        return variant.copy(values, paragraphs)

    def _laid_out(self, values: Sequence[str]) -> Copy:
        """Lay out for this client; others of the same shape may follow."""
        variant = Variant(self._styled, values)
        found = variant.copy(values, variant.set(values))
        if found is None:
            raise RuntimeError("a copy does not fit the layout that was made for it")
        if self._first is None:
            self._first = variant
        else:
            self._layouts.keep(self, variant)
        first = self._first
        self._known.setdefault((first.rigid(values), first.shape_of(first.set(values))), []).append(variant)
        return found
