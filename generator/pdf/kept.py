"""Pages as they were painted last: what a long-living process need not paint again.

In: the pages of a document, in their versions one after another. Out: their content, as it was painted where a page shows the same
fragments under the same roles and its fonts have the same names. Holds one version, the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.layout.pages import Raster
from generator.pdf.content import Resources, paint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.layout.pages import Fragment, Page
    from generator.pdf.content import Painted
    from generator.pdf.fonts import FontTable
    from generator.pdf.objects import Objects
    from generator.text.face import Face, Word

    Drawn = list[tuple[Face, Sequence[Word], bytes]]


class _Kept(NamedTuple):
    """A page with what its content rests on."""

    height: float
    fragments: list[Fragment]
    roles: tuple[bytes, ...]
    drawn: Drawn
    painted: Painted


class KeptPages:
    """One document's."""

    def __init__(self) -> None:
        """Begin with none."""
        self._pages: list[_Kept] = []

    def paint(self, pages: Sequence[Page], shared: Resources[FontTable]) -> list[Painted]:
        """Give the content of all pages."""
        before, self._pages = self._pages, []
        out = []
        for at, page in enumerate(pages):
            known = before[at] if at < len(before) else None
            if known is None or not _holds(known, page, shared):
                known = _painted(page, shared)
            self._pages.append(known)
            out.append(known.painted)
        return out


def _holds(known: _Kept, page: Page, shared: Resources[FontTable]) -> bool:
    """Tell whether a page would be painted as it was; its fonts are entered on the way, as painting enters them."""
    if known.height != page.height or known.fragments != page.fragments:
        return False
    if any(leaf in shared.measured for leaf in known.painted.leaves) or any(type(f) is Raster for f in page.fragments):
        return False
    if tuple(shared.roles[leaf] for leaf in known.painted.leaves) != known.roles:
        return False
    return all([shared.fonts.draw(face, words) == operand for face, words, operand in known.drawn])  # noqa: C419 - each is entered


def _painted(page: Page, shared: Resources[FontTable]) -> _Kept:
    recorder = _Recorder(shared.fonts)
    painted = paint(page, Resources(recorder, shared.images, shared.roles, shared.measured))
    roles = tuple(shared.roles[leaf] for leaf in painted.leaves)
    return _Kept(page.height, list(page.fragments), roles, recorder.drawn(), painted)


class _Recorder:
    """A font table that remembers what one page draws."""

    def __init__(self, fonts: FontTable) -> None:
        self._fonts = fonts
        self._words: dict[int, tuple[Face, dict[int, Word], bytes]] = {}

    def draw(self, face: Face, words: Sequence[Word]) -> bytes:
        operand = self._fonts.draw(face, words)
        known = self._words.get(id(face))
        if known is None:
            known = self._words[id(face)] = (face, {}, operand)
        known[1].update(zip(map(id, words), words, strict=True))
        return operand

    def embed(self, document: Objects) -> dict[str, bytes]:
        return self._fonts.embed(document)

    def drawn(self) -> Drawn:
        return [(face, list(words.values()), operand) for face, words, operand in self._words.values()]
