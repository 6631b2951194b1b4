"""A paragraph as unbreakable segments: what stands between two places where a line may end.

In: spans and atoms. Out: `Segment`s with shaped parts and the space behind each. Plain Western text is cut here; text of other scripts or
directions by mixed.py.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from generator.text.breaking import inner_breaks, is_plain
from generator.text.costs import HYPHENATED_COST
from generator.text.mixed import cut_by_scripts
from generator.text.parts import HYPHENS, MANY_WORDS, SOFT, Collector, ReadyWords, Segment
from generator.text.types import Atom

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.text.shelf import StyleShelf
    from generator.text.types import Setting, Span

    ShelfOf = Callable[[Span], StyleShelf]

def segment(
    inlines: Sequence[Span | Atom], setting: Setting, shelf_of: ShelfOf, hyphenate: Callable[[str, str], list[int]] | None
) -> list[Segment]:
    """Cut inline content into segments. Raises MissingGlyph."""
    if not setting.rtl and all(isinstance(i, Atom) or is_plain(i.text) for i in inlines):
        return _plain(inlines, setting, shelf_of, hyphenate)
    return cut_by_scripts(inlines, setting, shelf_of)


def _plain(inlines: Sequence[Span | Atom], setting: Setting, shelf_of: ShelfOf, hyphenate: Any) -> list[Segment]:
    out = Collector()
    for item in inlines:
        if isinstance(item, Atom):
            out.atom(item)
            continue
        shelf = shelf_of(item)
        for number, line in enumerate(item.text.split("\n")):
            if number:
                out.hard()
            if item.nowrap or setting.preserve:
                _kept(out, line, item, shelf, preserve=setting.preserve)
            else:
                _words(out, line, item, shelf, hyphenate)
    return out.finish()


def _kept(out: Collector, text: str, span: Span, shelf: StyleShelf, *, preserve: bool) -> None:
    """Add text that may not break inside; spaces at its edges may still end a line."""
    core = text if preserve else text.strip(" ")
    if not preserve and text.startswith(" "):
        out.glue(span, shelf)
    if core:
        out.add(shelf[core], span, shelf)
    if not preserve and core and text.endswith(" "):
        out.glue(span, shelf)


def _words(out: Collector, text: str, span: Span, shelf: StyleShelf, hyphenate: Any) -> None:
    *chunks, final = text.split(" ")
    if hyphenate is not None:
        for chunk in chunks:
            _chunk(out, chunk, span, shelf, hyphenate)
            out.glue(span, shelf)
        _chunk(out, final, span, shelf, hyphenate)
        return
    ready = _ready(span, shelf)
    segments = out.segments
    if not out.open.parts:
        whole = [ready[chunk] for chunk in chunks]
        if None not in whole:
            segments += whole  # type: ignore[arg-type]
            chunks = []
    for chunk in chunks:
        made = ready[chunk] if not out.open.parts else None
        if made is not None:
            segments.append(made)
        else:
            _chunk(out, chunk, span, shelf, None)
            out.glue(span, shelf)
    made = ready[final] if not out.open.parts else None
    if made is not None:
        out.open = Segment(list(made.parts), made.width, word=made.word)  # what follows may still join it
    else:
        _chunk(out, final, span, shelf, None)


def _ready(span: Span, shelf: StyleShelf) -> ReadyWords:
    found: ReadyWords | None = shelf.kept.get((span.tag, span.rise))
    if found is None or len(found) > MANY_WORDS:
        found = shelf.kept[span.tag, span.rise] = ReadyWords(shelf, span)
    return found


def _chunk(out: Collector, chunk: str, span: Span, shelf: StyleShelf, hyphenate: Any) -> None:
    """Add what stands between two spaces, cut where a line may end in it."""
    if not chunk:
        return
    breaks = [] if hyphenate is None and chunk.isalpha() else inner_breaks(chunk)
    soft = hyphenate is not None and not breaks
    if soft:
        breaks = hyphenate(chunk, span.style.lang)
    _pieces(out, chunk, breaks, span, shelf, soft=soft)


def _pieces(out: Collector, chunk: str, breaks: list[int], span: Span, shelf: StyleShelf, *, soft: bool) -> None:
    for start, stop in pairwise([0, *breaks, len(chunk)]):
        part = chunk[start:stop]
        out.add(shelf[part], span, shelf)
        if stop < len(chunk):
            if soft or part.endswith(SOFT):
                out.soft()
            else:
                out.chance(HYPHENATED_COST if part[-1] in HYPHENS else 0.0)
