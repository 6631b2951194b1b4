"""One layout of a piece, from which copies are stamped: all clients whose words take the same lines share it.

In: a styled piece and one client's values to lay it out with. Out: a copy for any values that move nothing, or None. Whatever could
move something is compared: the heights of all lines in paragraphs with fields, wherever layout tried to set them, and the values
on which more than lines depends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.copies.likely import likely
from generator.layout.filling import filled_link
from generator.layout.finish import refilled
from generator.layout.watch import Extents, Watch
from generator.pdf.stencil import Filling, Stencil
from generator.plain import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.compositor import Styled
    from generator.layout.inline import SetParagraph
    from generator.pdf.stencil import Stretch


class Copy(NamedTuple):
    """A file in two parts; the first is shared by many."""

    head: bytes
    tail: bytes
    sha256: str
    pages: int

    @property
    def data(self) -> bytes:
        """The whole file."""
        return self.head + self.tail


Shape = tuple[Extents, ...]


class Variant:
    """A layout with its stencil."""

    def __init__(self, styled: Styled, values: Sequence[str]) -> None:
        """Lay out for one client. Raises a HandoutsError."""
        self.watch = Watch(values)
        pages, self.notices = styled.lay_out(self.watch)
        self.paragraphs = self.watch.free()
        self.shape: Shape = tuple(p.extents for p in self.paragraphs)
        self._columns = tuple(sorted(self.watch.rigid_columns()))
        self._rigid = self.rigid(values)
        free = {id(p) for p in self.paragraphs}
        for page in pages.pages:
            page.slots = [slot for slot in page.slots if id(slot.paragraph) in free]
        self._stencil = Stencil(pages, styled.info(pages), likely(self.paragraphs))
        self._pages = len(pages.pages)
        self._place = {id(p): at for at, p in enumerate(self.paragraphs)}

    def rigid(self, values: Sequence[str]) -> tuple[str, ...]:
        """Give the values on which more than lines depends."""
        return tuple(values[c] for c in self._columns)

    def serves(self, values: Sequence[str]) -> bool:
        """Tell whether the shared part may be this client's: it shows no value of its own."""
        return self.rigid(values) == self._rigid

    def set(self, values: Sequence[str]) -> list[SetParagraph]:
        """Set all paragraphs for a client. Raises LayoutError."""
        self.watch.values = values
        return [p.reset() for p in self.paragraphs]

    def shape_of(self, paragraphs: Sequence[SetParagraph]) -> Shape:
        """Give the shape of paragraphs that were set here."""
        return tuple(p.setter.extents(s) for p, s in zip(self.paragraphs, paragraphs, strict=True))

    def alike(self, other: Variant) -> bool:
        """Tell whether layout set the same paragraphs at the same widths there: then what is set there can be shown here."""
        return len(self.paragraphs) == len(other.paragraphs) and all(
            a.width == b.width and len(a.box.inlines) == len(b.box.inlines) and a.box.style.leading == b.box.style.leading
            for a, b in zip(self.paragraphs, other.paragraphs, strict=True)
        )

    def copy(self, values: Sequence[str], paragraphs: Sequence[SetParagraph]) -> Copy | None:
        """Make a copy of paragraphs that have this shape; None where its structure is another nevertheless."""
        own = [p if p.box is w.box else replace(p, box=w.box) for p, w in zip(paragraphs, self.paragraphs, strict=True)]
        stamped = self._stencil.stamp([self._filling(s, own, values) for s in self._stencil.stretches], values)
        if stamped is None:
            return None
        return Copy(self._stencil.prefix.data, *stamped, self._pages)

    def _filling(self, stretch: Stretch, paragraphs: Sequence[SetParagraph], values: Sequence[str]) -> Filling:
        filling = Filling([], [])
        for slot in stretch.slots:
            at = self._place[id(slot.paragraph)]
            page = refilled(slot, self.paragraphs[at].items(paragraphs[at], slot.line, slot.left))
            filling.fragments.extend(page.fragments)  # type: ignore[attr-defined]
            filling.links.extend(filled_link(link, values) for link in page.links)  # type: ignore[attr-defined]
        return filling
