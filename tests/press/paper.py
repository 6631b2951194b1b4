"""Paper: sheets printed, turned, folded and cut as hands would do it, from what stands in the PDF alone.

A page is known by a mark in its content (`/Page7 MP`), so that nothing of the program's own arithmetic is asked.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
import pypdfium2

if TYPE_CHECKING:
    from PIL import Image

MM = 72 / 25.4


def pages_of(count: int, width: float, height: float, bleed: float = 0.0, *, ground: bool = False) -> bytes:
    """A source: `count` pages, each with a mark in its content and a picture that no turn leaves as it was.

    `ground`: odd and even pages stand on different colours.
    """
    pdf = pikepdf.new()
    for number in range(1, count + 1):
        ink = f"/Page{number} MP {number * 3 % 97 / 100} 0.3 0.6 rg 20 {height - 40:g} 12 20 re f 32 {height - 40:g} {number} 4 re f"
        tint = f"{0.5 + number % 2 / 4} 0.9 1 rg 0 0 {width:g} {height:g} re f " if ground else ""
        beyond = f"0.8 0.9 1 rg {-bleed:g} {-bleed:g} {width + 2 * bleed:g} {height + 2 * bleed:g} re f " if bleed else ""
        page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[-bleed, -bleed, width + bleed, height + bleed],
                                  Contents=pdf.make_stream((beyond + tint + ink).encode()), Resources=pikepdf.Dictionary())  # fmt: skip
        if bleed:
            page.TrimBox, page.BleedBox = [0, 0, width, height], page.MediaBox
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


class Printed(NamedTuple):
    """A page as it lies on a side: number (0: a notes page), middle and the directions of its right and its top."""

    number: int
    x: float
    y: float
    right: tuple[float, float]
    up: tuple[float, float]


class Side(NamedTuple):
    width: float
    height: float
    printed: list[Printed]


def sides(data: bytes) -> list[Side]:
    """Read every page of a file for the printer."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [Side(float(p.mediabox[2]), float(p.mediabox[3]), _printed(p)) for p in pdf.pages]


def _printed(page: pikepdf.Page) -> list[Printed]:
    found, matrix = [], (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "q":
            matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        elif str(operator) == "cm":
            matrix = tuple(float(v) for v in operands)
        elif str(operator) == "Do":
            form = page.Resources.XObject[str(operands[0])]
            marked = re.search(rb"/Page(\d+) MP", form.read_bytes())
            x0, y0, x1, y1 = (float(v) for v in form.BBox)
            a, b, c, d, e, f = matrix
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            found.append(Printed(int(marked[1]) if marked else 0, a * x + c * y + e, b * x + d * y + f, (a, b), (c, d)))
    return found


def behind(back: Side, duplex: str) -> Side:
    """See the back of a sheet through the paper from the front, as the printer turned it."""
    over_the_side = (back.width <= back.height) == (duplex == "long")

    def through(p: Printed) -> Printed:
        if over_the_side:
            return Printed(p.number, back.width - p.x, p.y, (-p.right[0], p.right[1]), (-p.up[0], p.up[1]))
        return Printed(p.number, p.x, back.height - p.y, (p.right[0], -p.right[1]), (p.up[0], -p.up[1]))

    return Side(back.width, back.height, [through(p) for p in back.printed])


def folded(data: bytes, duplex: str, stacks: list[int], *, rtl: bool = False) -> list[Printed]:
    """Print on both sides, fold each stack of sheets in the middle, front outside, and leaf through: the pages as met."""
    every = sides(data)
    sheets = [(front, behind(back, duplex)) for front, back in zip(every[::2], every[1::2], strict=True)]
    out: list[Printed] = []
    for stack in stacks:
        own, sheets = sheets[:stack], sheets[stack:]
        first, second = ("left", "right") if rtl else ("right", "left")
        out += [_half(side, first) for sheet in own for side in sheet]
        out += [_half(side, second) for sheet in reversed(own) for side in reversed(sheet)]
    assert not sheets
    return out


def _half(side: Side, which: str) -> Printed:
    (found,) = [p for p in side.printed if (p.x < side.width / 2) == (which == "left")]
    return found


def cut(data: bytes, page: int, area: tuple[float, float, float, float], scale: float = 2) -> Image.Image:
    """Cut an area (left, bottom, width, height) out of a page."""
    x, y, width, height = area
    with pypdfium2.PdfDocument(data) as document:
        leaf = document[page]
        leaf.set_mediabox(x, y, x + width, y + height)
        leaf.set_cropbox(x, y, x + width, y + height)
        bitmap = leaf.render(scale=scale)
        picture = bitmap.to_pil().convert("RGB")
        bitmap.close()
        leaf.close()
        return picture


def trim(data: bytes, page: int = 0, box: str = "trimbox") -> tuple[float, float, float, float]:
    """Give a page's box as left, bottom, width, height."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        x0, y0, x1, y1 = (float(v) for v in getattr(pdf.pages[page], box))
        return x0, y0, x1 - x0, y1 - y0


def behind_area(area: tuple[float, float, float, float], sheet: tuple[float, float], duplex: str) -> tuple[float, float, float, float]:
    """Give where on the back's page the paper behind an area is printed."""
    x, y, width, height = area
    if (sheet[0] <= sheet[1]) == (duplex == "long"):
        return sheet[0] - x - width, y, width, height
    return x, sheet[1] - y - height, width, height


def turned_over(picture: Image.Image, sheet: tuple[float, float], duplex: str) -> Image.Image:
    """A card cut out and turned over like a page: where the printer turned the sheet like a calendar, it stands on its head."""
    return picture if (sheet[0] <= sheet[1]) == (duplex == "long") else picture.rotate(180)
