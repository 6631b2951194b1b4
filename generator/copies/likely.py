"""Words whose glyphs a client's fields are likely to need, so that few copies bring a font of their own.

In: paragraphs with fields. Out: faces and words shaped with them: the letters that names are mostly made of and those of the
paragraph's language, each alone and in ligatures, and the paragraph's own words. Nothing of it comes from any client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import fields
from generator.layout.boxes import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.layout.watch import Watched
    from generator.text.face import Face, Word

LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "–—‘’“”…" + "áäçèéíñóöúüÁÉÍÑÓÖÜ"
"""Few, since each costs a hundred bytes in every copy and every face; a copy that needs others gets them."""
LIGATURES = ("fi", "fl", "ff", "ffi", "ffl", "fj", "ft", "tt", "ti", "Th")


def likely(paragraphs: Iterable[Watched]) -> Iterator[tuple[Face, Sequence[Word]]]:
    """Yield faces with words."""
    for paragraph in paragraphs:
        context = paragraph.setter.context
        for run in paragraph.box.inlines:
            if isinstance(run, Run) and isinstance(run.text, str):
                style = context.text_style(run.style, run.lang)
                texts = [*fields.MARKED.sub(" ", run.text).split(), *LIGATURES, *LETTERS] if fields.OPEN in run.text else run.text.split()
                yield from context.typesetter.words(style, texts)
