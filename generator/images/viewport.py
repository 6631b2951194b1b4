"""Sizes and viewports of drawings (SVG 1.1, 7): where a drawing's own coordinates come to lie.

In: the attributes of an `<svg>` or `<symbol>`. Out: the frame of a `Picture`, and matrices. Errors are ValueErrors
that say which attribute makes no sense; whoever knows the file adds the place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.images.geometry import NUMBER, Matrix
from generator.images.svg_style import parse_length
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from generator.layout.pages import Shape

PIXEL = 0.75  # points: 96 CSS pixels are 72 points
Box = tuple[float, float, float, float]
_DEFAULT = (300.0, 150.0)  # the size of a drawing that says nothing of it (CSS 2.1, 10.3.2)
_RELATIVE = ("%", "em", "ex", "vw", "vh")
_DOWNWARD = frozenset({"y", "height", "cy", "ry", "y1", "y2"})


class Picture(NamedTuple):
    """A drawing. `width` and `height` are points; `shapes` are in the units of `viewbox` (x, y, width, height).

    `stretch`: it may be drawn out of proportion (preserveAspectRatio="none"). `align` is where it lies in a larger
    area, 0 to 1 across and down.
    """

    width: float
    height: float
    viewbox: tuple[float, float, float, float]
    shapes: tuple[Shape, ...]
    stretch: bool = False
    align: tuple[float, float] = (0.5, 0.5)

    def placed(self, x: float, y: float, width: float, height: float) -> Matrix:
        """Give the matrix that sets the drawing into an area of the page (points, y down)."""
        left, top, wide, high = self.viewbox
        across, down = width / wide, height / high
        if not self.stretch:
            across = down = min(across, down)
        x += (width - wide * across) * self.align[0]
        y += (height - high * down) * self.align[1]
        return (across, 0.0, 0.0, down, x - left * across, y - top * down)


def outer_frame(element: Any) -> Picture:
    """Give the frame of a whole drawing, without shapes. A width alone brings its height by the proportions."""
    width, height = _outer(element, "width"), _outer(element, "height")
    box = _viewbox(element) or (0.0, 0.0, width or _DEFAULT[0], height or _DEFAULT[1])
    wide = width or (height * box[2] / box[3] if height else box[2])
    high = height or wide * box[3] / box[2]
    stretch, align = _aspect(element)
    return Picture(wide * PIXEL, high * PIXEL, box, (), stretch, align)


def length_of(element: Any, name: str, box: Box) -> float | None:
    """Read a length in user units, None where it is not given; percentages are of the drawing's viewBox."""
    text = element.get(name)
    if text is None or text == "auto":
        return None
    if text.endswith("%"):
        return float(text[:-1]) / 100 * (box[3] if name in _DOWNWARD else box[2])
    return parse_length(text, name)


def fitted(element: Any, width: float | None, height: float | None, outer: Box) -> Matrix:
    """Give the matrix of a viewBox inside the drawing (SVG 1.1, 7.7 to 7.9)."""
    x, y = length_of(element, "x", outer) or 0.0, length_of(element, "y", outer) or 0.0
    box = _viewbox(element)
    if box is None:
        return (1.0, 0.0, 0.0, 1.0, x, y)
    stretch, align = _aspect(element)
    return Picture(0, 0, box, (), stretch, align).placed(x, y, width or outer[2], height or outer[3])


def _outer(element: Any, name: str) -> float | None:
    """Read the drawing's own width or height; a share of what is around it counts as none."""
    text = (element.get(name) or "").strip()
    if text in ("", "auto", "inherit") or text.endswith(_RELATIVE):
        return None
    value = parse_length(text, name)
    return value if value > 0 else None


def _viewbox(element: Any) -> Box | None:
    text = element.get("viewBox") or element.get("viewbox")  # an HTML parser writes attributes in lower case
    if not text:
        return None
    values = [float(v) for v in NUMBER.findall(text)]
    if len(values) != 4 or values[2] <= 0 or values[3] <= 0:
        raise ValueError(f"viewBox is {text!r}; write four numbers: x, y, width, height")
    return (values[0], values[1], values[2], values[3])


def _aspect(element: Any) -> tuple[bool, tuple[float, float]]:
    """Read preserveAspectRatio: whether proportions may change, and where the drawing lies (0 to 1)."""
    text = element.get("preserveAspectRatio") or element.get("preserveaspectratio") or "xMidYMid"
    if "slice" in text:
        raise ValueError("preserveAspectRatio with slice is not supported; crop the drawing instead")
    places = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    word = text.split()[0]
    return word == "none", (places.get(word[1:4], 0.5), places.get(word[5:8], 0.5))
