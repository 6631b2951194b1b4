"""SVG drawings as plain shapes: logos, icons and figures that stay sharp and take the brand's colours.

In: the bytes of a file or an `<svg>` element, and custom properties. Out: `Picture`, or ContentError that names the
element, its line and what to do. Entities, scripts, references out of the file, and whatever would need see-through
paint or a font are refused; nothing is dropped in silence.

Written here rather than taken from svglib, which takes 0.37 s to import and sets text in fonts that are not
embedded, so that no file with such text could keep to PDF/A.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from generator.errors import ContentError, Position
from generator.images.basic_shapes import shape_path
from generator.images.geometry import IDENTITY, Matrix, multiply, parse_transform, transformed, uniform_scale
from generator.images.path_data import parse_path
from generator.images.svg_style import Paint, Rules, colour_of, inherit, parse_sheet
from generator.images.viewport import Picture, fitted, length_of, outer_frame
from generator.layout.pages import Shape
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.layout.pages import PathOp

SVG = "http://www.w3.org/2000/svg"
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href")
_DEEPEST = 40  # uses inside uses: a drawing that needs more refers to itself
_LARGEST, _BEYOND = 1e9, "a number in it is too large for a page"
_MOST_SHAPES = 100_000
_BASIC = frozenset({"rect", "circle", "ellipse", "line", "polyline", "polygon"})
_SILENT = frozenset({"defs", "title", "desc", "metadata", "style", "symbol"})
_HINTS = {
    "text": "convert text to paths", "image": "put the picture into the page beside the drawing",
    "script": "remove it: a printed page runs nothing", "foreignObject": "draw it with paths",
    "a": "put the link around the whole drawing, in the text", "style": "use presentation attributes",
}  # fmt: skip
_FLATTEN = "flatten it to plain shapes before exporting"


def read_svg(data: bytes, properties: Mapping[str, str] = {}, file: str = "") -> Picture:
    """Read an SVG file. `properties`: custom properties by "--name", and "color" for currentColor.

    `file` is the name for messages. Raises ContentError.
    """
    return element_to_picture(_parsed(data, file), properties, file)


def svg_size(data: bytes, file: str = "") -> tuple[float, float]:
    """Give a drawing's width and height in points without reading its shapes. Raises ContentError."""
    frame = _Reader(_parsed(data, file), {}, file).frame()
    return frame.width, frame.height


def _parsed(data: bytes, file: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as e:
        line, column = e.position
        raise ContentError(f"the SVG is broken: {e.msg}", Position(file, line, column), "export it again") from e
    internal = root.getroottree().docinfo.internalDTD
    if internal is not None and any(True for _ in cast("Any", internal).iterentities()):
        raise ContentError("the SVG declares entities", Position(file, 1), "save it as plain SVG, without a DTD")
    return root


def element_to_picture(element: Any, properties: Mapping[str, str] = {}, file: str = "") -> Picture:
    """Turn a parsed `<svg>` element, namespaced or not, into a picture. Raises ContentError."""
    return _Reader(element, properties, file).picture()


def _local(element: Any) -> str:
    """Give an element's name without a namespace; "" for what is not SVG's and so draws nothing."""
    if not isinstance(element.tag, str):
        return "" if element.tag.__name__ in ("Comment", "ProcessingInstruction") else "&entity;"
    namespace, brace, name = element.tag.rpartition("}")
    return name if not brace or namespace[1:] == SVG else ""


class _View(NamedTuple):
    """Where an element is drawn: matrix, inherited paint, how deep in uses."""

    matrix: Matrix = IDENTITY
    paint: Paint = Paint()
    depth: int = 0


class _Reader:
    """Walks one drawing and collects its shapes."""

    def __init__(self, root: Any, properties: Mapping[str, str], file: str) -> None:
        self._root = root
        self._properties = properties
        self._file = file
        self._shapes: list[Shape] = []
        self._by_id = {e.get("id"): e for e in root.iter() if isinstance(e.tag, str) and e.get("id")}
        self._rules: Rules = []
        self._box = (0.0, 0.0, 0.0, 0.0)

    def frame(self) -> Picture:
        """Give the drawing's size, without shapes."""
        root = self._root
        if _local(root) != "svg":
            raise self.error(root, f"the drawing begins with <{_local(root)}>, not with <svg>", "export it again")
        try:
            found = outer_frame(root)
            if not all(abs(number) < _LARGEST for number in (found.width, found.height, *found.viewbox)):
                raise ValueError(_BEYOND)  # noqa: TRY301
            return found  # noqa: TRY300
        except (ValueError, ArithmeticError) as e:
            raise self.error(root, str(e), "mend the attribute") from e

    def picture(self) -> Picture:
        """Read the whole drawing."""
        frame = self.frame()
        self._check_all()
        self._box = frame.viewbox
        self._walk(self._root, _View())
        return frame._replace(shapes=tuple(self._shapes))

    def error(self, element: Any, message: str, hint: str) -> ContentError:
        line = getattr(element, "sourceline", None) or 0
        return ContentError(message, Position(self._file or "drawing.svg", line), hint)

    def _check_all(self) -> None:
        """Refuse what is dangerous wherever it stands, and read the style sheets."""
        for element in self._root.iter():
            name = _local(element)
            if name == "&entity;":
                raise self.error(element.getparent(), "the SVG uses an entity", "write the character itself")
            if name in ("script", "foreignObject"):
                raise self.error(element, f"<{name}> is not allowed in a drawing", _HINTS[name])
            if not name:
                continue
            for key, value in element.attrib.items():
                if key.startswith("on"):
                    raise self.error(element, f"<{name}> runs a script ({key})", _HINTS["script"])
                if key in _LINKS and not value.strip().startswith("#") and name not in ("a", "image"):
                    message = f"<{name}> refers to {value!r}, outside of the drawing"
                    raise self.error(element, message, "put it into the file")
            if name == "style":
                self._add_sheet(element)

    def _add_sheet(self, element: Any) -> None:
        try:
            self._rules += parse_sheet("".join(element.itertext()))
        except ValueError as e:
            raise self.error(element, str(e), _HINTS["style"]) from e

    def _walk(self, element: Any, view: _View) -> None:
        name = _local(element)
        if not name or (name in _SILENT and not (name == "symbol" and view.depth)):
            return
        if name not in _BASIC and name not in ("svg", "g", "path", "use", "symbol"):
            raise self.error(element, f"<{name}> in a drawing is not supported", _HINTS.get(name, _FLATTEN))
        try:
            view = self._enter(element, name, view)
            if not view.paint.shown:
                return
            if name == "use":
                self._use(element, view)
            elif name in ("svg", "g", "symbol"):
                for kid in element:
                    self._walk(kid, view)
            else:
                self._draw(element, name, view)
        except ArithmeticError as e:
            raise self.error(element, f"<{name}>: {_BEYOND}", "draw it smaller") from e
        except ValueError as e:
            raise self.error(element, f"<{name}>: {e}", _FLATTEN) from e

    def _enter(self, element: Any, name: str, view: _View) -> _View:
        """Give the view of an element: its paint and its transform on top of what is around it."""
        attributes = dict(element.attrib)
        paint = inherit(name, attributes, view.paint, self._rules, self._properties)
        self._check_clip(element, attributes)
        matrix = view.matrix
        if "transform" in attributes and element is not self._root:
            matrix = multiply(matrix, parse_transform(attributes["transform"]))
        if name == "svg" and element is not self._root:
            matrix = multiply(matrix, self._fitted(element, element))
        return _View(matrix, paint, view.depth)

    def _check_clip(self, element: Any, attributes: Mapping[str, str]) -> None:
        """Let a clip pass that cuts nothing off, as drawing programs put around a whole export."""
        style = dict(part.split(":", 1) for part in attributes.get("style", "").split(";") if ":" in part)
        clip = attributes.get("clip-path") or style.get("clip-path", "none").strip()
        if clip == "none":
            return
        target = self._by_id.get(clip.removeprefix("url(").rstrip(")").strip("\"'#"))
        kids = [kid for kid in target if _local(kid)] if target is not None else []
        if len(kids) == 1 and _local(kids[0]) == "rect" and not kids[0].get("transform") and self._covers(kids[0]):
            return
        raise self.error(element, f"<{_local(element)}> is cut by a clipPath, which is not supported", _FLATTEN)

    def _covers(self, rect: Any) -> bool:
        x, y, width, height = (self._length(rect, name) or 0.0 for name in ("x", "y", "width", "height"))
        left, top, wide, high = self._box
        return x <= left and y <= top and x + width >= left + wide and y + height >= top + high

    def _length(self, element: Any, name: str) -> float | None:
        return length_of(element, name, self._box)

    def _fitted(self, framed: Any, sized: Any) -> Matrix:
        return fitted(framed, self._length(sized, "width"), self._length(sized, "height"), self._box)

    def _use(self, element: Any, view: _View) -> None:
        """Draw what a `use` refers to where it stands (SVG 1.1, 5.6)."""
        link = next((element.get(key) for key in _LINKS if element.get(key)), "")
        target = self._by_id.get(link[1:])
        if target is None:
            raise self.error(element, f"<use> refers to {link!r}, which is not in the drawing", "put it into the file")
        if view.depth >= _DEEPEST:
            raise self.error(element, f"<use> refers to itself by way of {link!r}", "remove the circle")
        moved = (1.0, 0.0, 0.0, 1.0, self._length(element, "x") or 0.0, self._length(element, "y") or 0.0)
        matrix = multiply(view.matrix, moved)
        if _local(target) == "symbol":
            matrix = multiply(matrix, self._fitted(target, element))
        self._walk(target, _View(matrix, view.paint, view.depth + 1))

    def _draw(self, element: Any, name: str, view: _View) -> None:
        path = self._path(element, name)
        if not path or view.paint.get("visibility", "visible") != "visible":
            return
        if len(self._shapes) >= _MOST_SHAPES:
            raise self.error(element, f"the drawing has more than {_MOST_SHAPES:,} shapes", "simplify it")
        paint = view.paint
        fill = colour_of(paint.get("fill", "black"), paint, self._properties) if name != "line" else None
        stroke = colour_of(paint.get("stroke", "none"), paint, self._properties)
        width = paint.length("stroke-width", 1.0) if stroke else 0.0
        if fill is None and not width:
            return
        scale = uniform_scale(view.matrix) if width else 1.0
        if scale is None:
            message = f"<{name}> has a stroke that a transform distorts"
            raise self.error(element, message, "convert the stroke to a path")
        placed = transformed(path, view.matrix)
        if not all(abs(number) < _LARGEST for number in (width * scale, *(n for _, points in placed for n in points))):
            raise ValueError(_BEYOND)
        self._shapes.append(Shape(
            path=placed,
            fill=fill,
            stroke=stroke if width else None,
            stroke_width=width * scale,
            even_odd=paint.get("fill-rule", "nonzero") == "evenodd",
            line_cap=paint.index("stroke-linecap", "butt"),
            line_join=paint.index("stroke-linejoin", "miter"),
            miter_limit=float(paint.get("stroke-miterlimit", "4")),
            dash=tuple(length * scale for length in paint.dash()),
        ))  # fmt: skip

    def _path(self, element: Any, name: str) -> tuple[PathOp, ...]:
        if name == "path":
            return parse_path(element.get("d") or "")
        return shape_path(name, lambda key: self._length(element, key), element.get("points") or "")
