"""A document for many clients: what all copies share is written once, and a copy is stamped with what is its own.

In: pages with slots (lines that a client's words change), and marks of fields in strings. Out: a `Stencil`, and from it for each
copy the bytes behind the shared part. Nothing that is set in a slot gets into the shared part, not even its glyphs: fonts
hold the glyphs of the rest and of words named as likely, and a copy that needs others brings a font of its own. Where a copy's
content would need other structure elements or links, it is refused, and must be written as a document of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pdf.content import Painted, Painter, Resources
from generator.pdf.document import assemble, resources_for
from generator.pdf.fonts import FontTable
from generator.pdf.links import Targets, annotation
from generator.pdf.phrases import phrased, said
from generator.pdf.splice import Splice
from generator.pdf.tail import Tail, stream
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.layout.pages import Fragment, Link, Node, Page, Pages, Slot
    from generator.pdf.document import DocumentInfo
    from generator.pdf.extent import Extent
    from generator.pdf.fonts import FontUse
    from generator.pdf.objects import Objects
    from generator.text.face import Face, Word


class Stretch(NamedTuple):
    """Neighbouring slots of one page, painted as one; what their content comes to in the structure, and their annotations."""

    page: int
    height: float
    slots: tuple[Slot, ...]
    first: int  # marked-content identifier
    leaves: tuple[int, ...]
    extents: Mapping[int, Extent]
    nodes: tuple[Node, ...]  # of the links
    annotations: tuple[tuple[int, int], ...] = ()  # object number and key of each


class Filling(NamedTuple):
    """What a copy shows in a stretch."""

    fragments: Sequence[Fragment]
    links: Sequence[Link]


MANY_WORDS = 20_000


class _Known:
    """A face of the shared part: its font as it was written, and words found to need no other codes."""

    __slots__ = ("_codes", "_words", "use")

    def __init__(self, use: FontUse) -> None:
        self.use, self._codes = use, frozenset(use.codes)
        self._words: set[Word] = set()

    def has(self, words: Sequence[Word]) -> bool:
        """Tell whether the font has all that the words need."""
        known = self._words
        if known.issuperset(words):
            return True
        if len(known) > MANY_WORDS:
            known.clear()
        for word in words:
            if word not in known:
                if not word.cids.keys() <= self._codes:
                    return False
                known.add(word)
        return True


class _Supplement:
    """The fonts of one copy: those of the shared part where they have all glyphs, else one of its own."""

    def __init__(self, known: Mapping[int, _Known]) -> None:
        self._known = known
        self.more = FontTable("S")

    def draw(self, face: Face, words: Sequence[Word], show: bytes) -> tuple[bytes, bytes]:
        found = self._known.get(id(face))
        if found is not None and found.has(words):
            return found.use.operand, found.use.show(words, show)
        return self.more.draw(face, words, show)

    def embed(self, document: Objects) -> dict[str, bytes]:
        return self.more.embed(document)


class Stencil:
    """The shared part, and how to go on from it."""

    def __init__(self, pages: Pages, info: DocumentInfo, likely: Iterable[tuple[Face, Sequence[Word]]]) -> None:
        """Write what is shared. `likely`: words whose glyphs copies may need."""
        self._shared = resources_for(pages)
        self._splices: dict[int, Splice] = {}
        stretches: list[Stretch] = []
        painted = [self._page(page, at, stretches) for at, page in enumerate(pages.pages)]
        table = self._shared.fonts
        for face, words in likely:
            table.draw(face, words)
        whole = assemble(pages, info, self._shared, painted)
        self._known = {id(use.face): _Known(use) for use in table}
        self._faces = [use.face for use in table]  # kept alive: they are told apart by identity
        self.stretches = _with_annotations(stretches, pages, whole.annotations)
        self._contents = [whole.contents[at] for at in self._splices]
        numbers = [whole.document.number_of(page) for page in whole.pages]
        self._targets = Targets(pages, numbers)
        bodies = whole.document.bodies()
        links = {number for stretch in self.stretches for number, _ in stretch.annotations}
        self._phrases = {
            n: p for n, body in bodies.items() if n not in links and not whole.document.is_stream(n) and (p := phrased(body))
        }
        self._fonts = (whole.fonts, bodies[whole.fonts])
        self.prefix = whole.document.without([*self._contents, *links, *self._phrases])

    def _page(self, page: Page, at: int, stretches: list[Stretch]) -> Painted:
        """Paint what is shared of a page, and note its stretches."""
        painter = Painter(page.height, self._shared)
        chunks: list[bytes] = []
        done = count = 0
        for slots in _neighbours(page.slots):
            start, stop = slots[0].fragments[0], slots[-1].fragments[1]
            for fragment in page.fragments[done:start]:
                painter.paint(fragment)
            links = [link for slot in slots for link in page.links[slot.links[0] : slot.links[1]]]
            count = painter.count
            inside = self._paint(Filling(page.fragments[start:stop], links), page.height, count, _Supplement({}))
            chunks.append(painter.cut(inside))
            nodes = tuple(link.node for link in links)
            stretches.append(Stretch(at, page.height, tuple(slots), count, inside.leaves, inside.extents, nodes))
            done = stop
        for fragment in page.fragments[done:]:
            painter.paint(fragment)
        painted = painter.finish()
        if chunks:
            self._splices[at] = Splice([_spaced(chunk) for chunk in (*chunks, painted.stream)])
            return painted._replace(stream=b"")
        return painted

    def _paint(self, filling: Filling, height: float, first: int, fonts: _Supplement) -> Painted:
        painter = Painter(height, Resources(fonts, self._shared.images, self._shared.roles, self._shared.measured), first)
        for fragment in filling.fragments:
            painter.paint(fragment)
        return painter.finish()

    def stamp(self, fillings: Sequence[Filling], values: Sequence[str]) -> tuple[bytes, str] | None:
        """Give the bytes behind the prefix and the sha256 of the whole file; None where the copy has another structure."""
        fonts = _Supplement(self._known)
        tail = Tail(self.prefix)
        pieces: dict[int, list[bytes]] = {at: [] for at in self._splices}
        for stretch, filling in zip(self.stretches, fillings, strict=True):
            painted = self._paint(filling, stretch.height, stretch.first, fonts)
            if not _same(stretch, painted, filling):
                return None
            pieces[stretch.page].append(_spaced(painted.stream))
            for link, (number, key) in zip(filling.links, stretch.annotations, strict=True):
                tail.add(annotation(link, stretch.height, self._targets, key), number)
        for (at, splice), number in zip(self._splices.items(), self._contents, strict=True):
            tail.add(stream(splice.join(pieces[at]), b"/Filter/FlateDecode"), number)
        for number, phrase in self._phrases.items():
            tail.add(said(phrase, values), number)
        more = fonts.embed(tail)
        if more:
            number, body = self._fonts
            entries = b"".join([b"/%b %b" % (name.encode(), reference) for name, reference in more.items()])
            tail.add(body.rstrip()[:-2] + entries + b">>", number)
        return tail.close()


def _spaced(chunk: bytes) -> bytes:
    return chunk + b"\n" if chunk else chunk


def _same(stretch: Stretch, painted: Painted, filling: Filling) -> bool:
    """Tell whether a copy's content hangs on the structure as the shared part has it."""
    return (
        painted.leaves == stretch.leaves
        and painted.extents == stretch.extents
        and len(filling.links) == len(stretch.nodes)
        and all(link.node is node for link, node in zip(filling.links, stretch.nodes, strict=True))
    )


def _neighbours(slots: Sequence[Slot]) -> list[list[Slot]]:
    """Group slots between which nothing else is painted."""
    out: list[list[Slot]] = []
    for slot in slots:
        if out and out[-1][-1].fragments[1] == slot.fragments[0]:
            out[-1].append(slot)
        else:
            out.append([slot])
    return out


def _with_annotations(stretches: Sequence[Stretch], pages: Pages, numbers: Sequence[Sequence[int]]) -> list[Stretch]:
    """Find the annotations of the links in each stretch; keys are counted as links.py does."""
    first = [len(pages.pages)]
    for page in pages.pages:
        first.append(first[-1] + len(page.links))
    out = []
    for stretch in stretches:
        places = [at for slot in stretch.slots for at in range(*slot.links)]
        found = tuple((numbers[stretch.page][at], first[stretch.page] + at) for at in places)
        out.append(stretch._replace(annotations=found))
    return out
