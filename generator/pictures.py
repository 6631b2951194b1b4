"""Pictures for layout: files that markup has checked, and those beside the templates, read and probed.

In: a name as HTML or CSS has it. Out: a layout `Picture`; the bytes of rasters are kept for the PDF room.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import tinycss2
from lxml import etree

from generator.errors import ContentError, HandoutsError, Position, TemplateError
from generator.images.greyed import greyed
from generator.images.probe import looks_like_svg, probe
from generator.images.svg import element_to_picture, read_svg
from generator.layout.boxes import Picture
from generator.style.values import grey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from generator.images.viewport import Picture as Drawing
    from generator.style.computed import Style

    Locate = Callable[[int, str], Position | None]


Key = tuple[str | bytes, int, tuple[float, float, float], str]
Drawn = dict[Key, tuple[Picture, Any]]  # with the custom properties, whose identity is in the key: it is theirs as long as they live


class PictureShelf:
    """The pictures of one piece."""

    def __init__(self, assets: Mapping[str, Path], templates: tuple[Path, ...], locate: Locate, drawn: Drawn) -> None:
        """`assets` maps a src to its checked file; `locate` gives the place of a text at or after a line.

        `drawn` keeps the drawings of the templates and of inline SVG from one piece to the next.
        """
        self._drawn = drawn
        self.assets = assets
        self.locate = locate
        self.templates = templates
        self.images: dict[str, bytes] = {}
        self.names: dict[str, str] = {}
        self._known: Drawn = {}

    def image(self, source: str, style: Style, line: int) -> Picture:
        """Give the picture that an <img> or url() names. Raises ContentError or TemplateError."""
        key = _key(source, style)
        found = self._known.get(key) or (None if source in self.assets else self._drawn.get(key))
        if found is None:
            try:
                found = (self._read(source, style), style.customs)
            except HandoutsError as exc:
                if exc.position is not None and exc.position.file:
                    raise
                raise type(exc)(f"{source}: {exc.message}", self.locate(line, source), exc.hint) from exc
            # A raster's bytes belong to this piece alone, and a handout's own picture may change.
            kept = self._known if found[0].key or source in self.assets else self._drawn
            kept[key] = found
        return found[0]

    def _read(self, source: str, style: Style) -> Picture:
        path = self.assets.get(source) or next((f / source for f in self.templates if (f / source).is_file()), None)
        if path is None:
            raise TemplateError(f'there is no picture "{source}" in templates/', Position("templates"), "")
        data = path.read_bytes()
        if not data:
            raise ContentError(f'the picture "{source}" is empty', Position(source), "export it again")
        if looks_like_svg(data):
            return _picture(read_svg(data, properties_of(style), source), style)
        info = probe(data)
        data = greyed(data) if style.filter == "grayscale" else data
        name = hashlib.sha256(data).hexdigest()
        self.images[name], self.names[name] = data, source
        return Picture(info.width, info.height, key=name)

    def inline(self, element: Any, style: Style) -> Picture:
        """Give the picture that an inline <svg> draws."""
        key = _key(etree.tostring(element, with_tail=False), style)
        found = self._drawn.get(key)
        if found is None:
            drawing = self._drawing(element, style)
            found = self._drawn[key] = (_picture(drawing, style), style.customs)
        return found[0]

    def _drawing(self, element: Any, style: Style) -> Drawing:
        """Read an inline drawing. What is wrong with one that has a file of its own is told at the line of that file, not of the page."""
        name = element.get("data-name") or ""
        try:
            return element_to_picture(element, properties_of(style), name or "inline drawing")
        except ContentError:
            path = next((p for p in self.assets.values() if name and p.as_posix().endswith(f"/{name}")), None)
            if path is not None:
                read_svg(path.read_bytes(), properties_of(style), name)
            raise


def _key(source: str | bytes, style: Style) -> Key:
    """Tell pictures apart by all that a style does to one: custom properties and the text colour."""
    return source, id(style.customs), style.color, style.filter


def _picture(drawing: Drawing, style: Style) -> Picture:
    shapes = drawing.shapes
    if style.filter == "grayscale":
        shapes = tuple(s._replace(fill=s.fill and grey(s.fill), stroke=s.stroke and grey(s.stroke)) for s in shapes)
    return Picture(drawing.width, drawing.height, shapes, drawing.viewbox)


def properties_of(style: Style) -> dict[str, str]:
    """Give custom properties as text, and the text colour for currentColor."""
    red, green, blue = (round(255 * part) for part in style.color)
    properties = {name: tinycss2.serialize(tokens).strip() for name, tokens in style.customs.items()}
    return {**properties, "color": f"#{red:02x}{green:02x}{blue:02x}"}
