"""Contact sheets: the pages of finished PDF files side by side, as one PNG to look at.

In: the bytes of files and how wide a page is to be. Out: the bytes of a PNG. pypdfium2 draws the pages, imported late.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from generator.errors import Position, PrintError
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL.Image import Image

GROUND = (222, 222, 222)
GAP = 12
MOST_COLUMNS = 4
MOST_LONG = 50  # times its width that a page may be high


class Look(NamedTuple):
    """How large a page is drawn, in pixels, and how many stand side by side at most."""

    width: int = 360
    columns: int = MOST_COLUMNS


def contact_sheet(files: Mapping[str, bytes], look: Look = Look()) -> bytes:  # noqa: B008 - a plain record
    """Draw every page of the files, which are given by their names, on one sheet. Raises PrintError for one that is no PDF."""
    from PIL import Image

    drawn = [page for name, data in files.items() for page in _pages(name, data, look.width)]
    columns = min(look.columns, len(drawn))
    wide, high = (max(page.size[side] for page in drawn) + GAP for side in (0, 1))
    rows = -(-len(drawn) // columns)
    sheet = Image.new("RGB", (columns * wide + GAP, rows * high + GAP), GROUND)
    for at, page in enumerate(drawn):
        row, column = divmod(at, columns)
        sheet.paste(page, (GAP + column * wide, GAP + row * high))
    made = io.BytesIO()
    sheet.save(made, "PNG", optimize=True)
    return made.getvalue()


def _pages(name: str, data: bytes, width: int) -> list[Image]:
    import pypdfium2

    damaged = PrintError("the file is damaged", Position(name), "build it again: handouts build")
    try:
        with pypdfium2.PdfDocument(data) as document:
            drawn = [_drawn(page, width) for page in document]
    except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError) as exc:
        raise damaged from exc
    if not drawn:
        raise damaged
    return drawn


def _drawn(page: Any, width: int) -> Image:
    """Draw a page. Raises ValueError for one that has no size a page may have."""
    wide, high = page.get_size()
    if not wide or high > MOST_LONG * wide:
        raise ValueError("no page of ours")
    bitmap = page.render(scale=width / wide)
    picture: Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return picture
