"""Pages as they were painted last: what a long-living process need not paint again.

In: the pages of a document, in their versions one after another. Out: their content, as it was painted where a page shows the same
fragments under the same roles and its fonts have the same names. Holds one version, the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout.pages import Raster
from generator.pdf.content import Resources, paint
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.layout.pages import Fragment, Page
    from generator.pdf.content import Painted
    from generator.pdf.fonts import FontTable
    from generator.pdf.objects import Objects
    from generator.text.face import Face, Word

    Drawn = list[tuple[Face, Sequence[Word], bytes, dict[int, int]]]  # with the font and the codes that the page has them in


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
        self._pages: dict[int, _Kept] = {}  # by their first fragment, which a page that is taken from memory shares

    def paint(self, pages: Sequence[Page], shared: Resources[FontTable]) -> list[Painted]:
        """Give the content of all pages."""
        before, self._pages = self._pages, {}
        out = []
        for page in pages:
            key = id(page.fragments[0]) if page.fragments else 0
            known = before.get(key)
            if known is None or not _holds(known, page, shared):
                known = _painted(page, shared)
            self._pages[key] = known
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
    same = [_entered(shared.fonts, *drawn) for drawn in known.drawn]
    return all(same)


def _entered(fonts: FontTable, face: Face, words: Sequence[Word], operand: bytes, codes: dict[int, int]) -> bool:
    """Enter a page's words; tell whether its font and codes are those that it was painted with."""
    found, _ = fonts.draw(face, words)
    return found == operand and codes.items() <= fonts.use(face).codes.items()


def _painted(page: Page, shared: Resources[FontTable]) -> _Kept:
    recorder = _Recorder(shared.fonts)
    painted = paint(page, Resources(recorder, shared.images, shared.roles, shared.measured))
    roles = tuple(shared.roles[leaf] for leaf in painted.leaves)
    return _Kept(page.height, list(page.fragments), roles, recorder.drawn(), painted)


class _Recorder:
    """A font table that remembers what one page draws."""

    def __init__(self, fonts: FontTable) -> None:
        self._fonts = fonts
        self._words: dict[int, tuple[Face, dict[int, Word]]] = {}

    def draw(self, face: Face, words: Sequence[Word], show: bytes) -> tuple[bytes, bytes]:
        known = self._words.get(id(face))
        if known is None:
            known = self._words[id(face)] = (face, {})
        known[1].update(zip(map(id, words), words, strict=True))
        return self._fonts.draw(face, words, show)

    def embed(self, document: Objects) -> dict[str, bytes]:
        return self._fonts.embed(document)

    def drawn(self) -> Drawn:
        out: Drawn = []
        for face, words in self._words.values():
            use = self._fonts.use(face)
            codes = {cid: use.codes[cid] for word in words.values() for cid in word.cids}
            out.append((face, list(words.values()), use.operand, codes))
        return out
