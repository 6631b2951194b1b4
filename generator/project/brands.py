"""A brand's folder in, a checked Brand out.

The file is the open brand.yml format (https://posit-dev.github.io/brand-yml/) with one block of ours, `handouts`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import BrandError
from generator.project.assets import resolve_within
from generator.project.brand_colours import read_colours
from generator.project.fields import Fields, read_all, read_fields
from generator.project.records import Brand, Colours, Face, Facts, Office, State
from generator.project.source import read_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.errors import Position

_FIELDS = ("meta", "logo", "color", "typography", "defaults", "handouts")
_META = ("name", "link", "description")
_PICTURES = (".svg", ".png", ".jpg", ".jpeg")
_LOGO = ("images", "small", "medium", "large")
_TYPOGRAPHY = ("fonts", "base", "headings", "monospace", "monospace-inline", "monospace-block", "link")
_FACE = ("family", "weight", "size", "line-height", "style", "color", "background-color", "decoration")
_FONT = ("family", "source", "files", "weight", "style", "display")
_HANDOUTS = ("corners", "panel", "motif", "numeral_weight", "phone", "web", "audience", "offices", "states")
_OFFICE = ("city", "state", "address", "phone")
_WEIGHTS = {"thin": 100, "light": 300, "normal": 400, "medium": 500, "semi-bold": 600, "bold": 700, "black": 900}
_MORE_STATES = "; another is added in content/facts.yml, below states:"


def load_brand(folder: Path, root: Path, facts: Facts) -> Brand:
    """Read `folder`/brand.yml. Raises BrandError at the line that is wrong, contrast of text colours included."""
    source = read_source(folder / "brand.yml", root, BrandError)
    fields = read_fields(source, _FIELDS, BrandError)
    meta = fields.child("meta", _META)
    if meta is None:
        raise fields.fail('the field "meta" is missing', None, "add meta: with the brand's name")
    name, short = _names(meta)
    parts = read_all({
        "typography": lambda: fields.child("typography", _TYPOGRAPHY),
        "handouts": lambda: fields.child("handouts", _HANDOUTS),
    })  # fmt: skip
    typography, block = parts["typography"], parts["handouts"]
    solid = block is None or block.text("panel", "solid") == "solid"
    return Brand(slug=folder.name, name=name, short=short, source=source, **read_all({
        "home": lambda: _home(meta),
        "logo": lambda: _logo(fields, folder, root),
        "colours": lambda: _colours(fields, solid=solid),
        "body": lambda: _face(typography, "base", 400),
        "headings": lambda: _face(typography, "headings", 600),
        "fonts": lambda: _fonts(typography),
        **({} if block is None else _switches(block, facts)),
    }))  # fmt: skip


def _names(meta: Fields) -> tuple[str, str]:
    """Return the full and the short name; a single name is both."""
    if meta.kind("name") != "mapping":
        name = meta.text("name")
        return name, name
    names = meta.child("name", ("short", "full"))
    assert names is not None  # noqa: S101
    full = names.text("full", "") or names.text("short")
    return full, names.text("short", full)


def _home(meta: Fields) -> str:
    """Return the brand's own address: `link` is a text, or a mapping with `home` among others."""
    if meta.kind("link") == "mapping":
        links = meta.child("link", None)
        address, where, name = ("" if links is None else links.text("home", "")), links or meta, "home"
    else:
        address, where, name = meta.text("link", ""), meta, "link"
    if address and not address.startswith(("https://", "http://")):
        raise where.fail(f'"{address}" is not a web address', name, "begin it with https://")
    return address


def _logo(fields: Fields, folder: Path, root: Path) -> Path | None:
    """Return the logo's file: a path, or the first of small, medium, large (each a path or a name of `images`)."""
    kind = fields.kind("logo")
    if not kind:
        return None
    if kind == "text":
        return _picture(folder, root, fields.text("logo"), fields.position("logo"))
    logo = fields.child("logo", _LOGO)
    assert logo is not None  # noqa: S101
    images = logo.child("images", None)
    for size in ("small", "medium", "large"):
        name = logo.text(size, "")
        if name:
            src = images.text(name) if images is not None and name in images else name
            return _picture(folder, root, src, logo.position(size))
    raise logo.fail("the logo names no file", hint="add small: logo.svg")


def _picture(folder: Path, root: Path, src: str, place: Position | None) -> Path:
    if Path(src).suffix.lower() not in _PICTURES:
        raise BrandError(f'"{src}" is no picture that a page takes', place, "save the logo as SVG, which stays sharp, or as PNG or JPEG")
    try:
        return resolve_within(root, (folder,), src, place, BrandError)
    except BrandError as exc:
        hint = exc.hint.replace("into content/images/", "beside brand.yml")
        raise BrandError(exc.message, exc.position, hint) from exc


def _colours(fields: Fields, *, solid: bool) -> Colours:
    colour = fields.child("color", None)
    if colour is None:
        raise fields.fail('the field "color" is missing', None, "add color: with foreground, background and primary")
    return read_colours(colour, solid=solid)


def _face(typography: Fields | None, name: str, weight: int) -> Face:
    """Return the base or headings face; headings fall back to the base family as brand.yml says."""
    face = None
    if typography is not None and name in typography:
        if typography.kind(name) == "text":
            return Face(typography.text(name), weight)
        face = typography.child(name, _FACE)
    if face is None or "family" not in face:
        fallback = "Noto Sans" if name == "base" else _face(typography, "base", weight).family
        return Face(fallback, weight if face is None else _weight(face, weight))
    return Face(face.text("family"), _weight(face, weight), _points(face, "size"), face.number("line-height", float, 0.0))


def _weight(face: Fields, default: int) -> int:
    """Return a weight of 1 to 1000, or one by its name (CSS Fonts 4, 2.2)."""
    if "weight" not in face:
        return default
    value = face.text("weight")
    weight = _WEIGHTS.get(value) or face.number("weight", int, 0)
    if not 1 <= weight <= 1000:
        raise face.fail(f"the weight {value} is not between 1 and 1000", "weight", "400 is regular, 700 is bold")
    return weight


def _points(face: Fields, name: str) -> float:
    """Return a size in points; `pt` and `px` are taken, a bare number is points, other units leave it to the CSS."""
    value = face.text(name, "")
    for unit, factor in (("pt", 1.0), ("px", 0.75), ("", 1.0)):
        number = value.removesuffix(unit) if value.endswith(unit) else ""
        if number.replace(".", "", 1).isdigit():
            return float(number) * factor
    return 0.0


def _fonts(typography: Fields | None) -> tuple[str, ...]:
    """Return the families that the brand lists, in order."""
    if typography is None:
        return ()
    return tuple(font.text("family") for font in typography.children("fonts", _FONT))


def _switches(block: Fields, facts: Facts) -> dict[str, Callable[[], object]]:
    """Give the readers of our own block: what the templates switch on, and where the practice is."""
    names = {state.code: state.name for state in facts.states}
    return {
        "corners": lambda: block.choice("corners", ("round", "square"), "round"),
        "panel": lambda: block.choice("panel", ("solid", "frame"), "solid"),
        "motif": lambda: block.choice("motif", ("halves", "arches", "none"), "none"),
        "numeral_weight": lambda: block.number("numeral_weight", int, 600),
        "phone": lambda: block.text("phone", ""),
        "web": lambda: block.text("web", ""),
        "audience": lambda: block.text("audience", ""),
        "offices": lambda: tuple(_office(entry, names) for entry in block.children("offices", _OFFICE)),
        "states": lambda: tuple(State(code, names[code]) for code in block.texts("states", names, _MORE_STATES)),
    }


def _office(entry: Fields, names: dict[str, str]) -> Office:
    """Read an office. `names`: the states' by their codes."""
    return Office(
        city=entry.text("city"),
        state=entry.choice("state", tuple(names), entry.text("state"), _MORE_STATES),
        state_name=names[entry.text("state")],
        address=entry.text("address", ""),
        phone=entry.text("phone", ""),
    )
