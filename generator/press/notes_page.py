"""A page to write on, ruled or blank, that fills a booklet up. In: a size and a style. Out: a content stream."""

from __future__ import annotations

from generator.plain import NamedTuple

KINDS = ("ruled", "blank")


class Notes(NamedTuple):
    """How a notes page looks. `colour` is sRGB, each part 0 to 1."""

    kind: str = "ruled"
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)


def notes_stream(width: float, height: float, notes: Notes) -> bytes:
    """Rule lines between margins such as a booklet's own pages have, as far apart as its own."""
    if notes.kind == "blank":
        return b""
    side, top, bottom, gap = (43.0, 70.0, 54.0, 26.0) if width < 450 else (63.0, 90.0, 72.0, 29.0)
    red, green, blue = notes.colour
    lines = []
    y = height - top
    while y >= bottom:
        lines.append(f"{side:g} {y:g} m {width - side:g} {y:g} l")
        y -= gap
    return f"{red:.3f} {green:.3f} {blue:.3f} RG 0.5 w {' '.join(lines)} S".encode()
