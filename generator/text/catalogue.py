"""Which font file sets a family, weight and style; where fonts come from.

In: folders of the brand, then pip packages found by their folders' names. Out: `FaceSpec`s. Start-up counts:
families are told from file names, and a file is opened only when it is used or listed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import BrandError
from generator.plain import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUFFIXES = (".ttf", ".otf", ".ttc")
WEIGHTS = {
    "thin": 100, "extralight": 200, "light": 300, "regular": 400, "medium": 500, "semibold": 600, "bold": 700,
    "extrabold": 800, "black": 900,
}  # fmt: skip
NAME = re.compile(
    r"^(?P<family>[^\[\-]+)(?:-(?P<style>(?!VariableFont)[A-Za-z]+))?(?:\[(?P<axes>[a-zA-Z,]+)\]|-VariableFont_(?P<loaded>[a-zA-Z,]+))?$"
)
"""A file's name: NotoSans-BoldItalic, NotoSans-Italic[wdth,wght], or NotoSans-Italic-VariableFont_wdth,wght as Google's downloads have it."""
PACKAGES = ("fontpkg_", "justmytype_", "deckr_fonts")
COLOURED = "Color"  # layers in place of outlines: nothing would be drawn of such a glyph
FALLBACK = "Noto Sans"


class FaceSpec(NamedTuple):
    """One instance of a font file: `variations` pins the axes of a variable font."""

    path: Path
    number: int = 0
    variations: tuple[tuple[str, float], ...] = ()


class FontFile(NamedTuple):
    """A file of a family, as its name tells it."""

    path: Path
    weight: int
    italic: bool
    axes: tuple[str, ...]


@dataclass(slots=True, eq=False, repr=False)
class FamilyInfo:
    """A family with its files and where they come from."""

    family: str
    source: str
    files: list[FontFile] = field(default_factory=list)


def normal(family: str) -> str:
    """Give a family name without case, spaces and hyphens."""
    return re.sub(r"[\s_\-]", "", family).lower()


class FontCatalogue:
    """The fonts that are at hand. Earlier folders win."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        """Look into `folders`, then into the installed font packages."""
        self._families: dict[str, FamilyInfo] = {}
        for folder in folders:
            self._add(sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES), f"folder {folder.name}")
        for package in _packages():
            name = package.name.replace("_", "-")
            self._add(sorted(p for p in package.rglob("*") if p.suffix.lower() in SUFFIXES), f"pip package {name}")

    def _add(self, paths: Iterable[Path], source: str) -> None:
        for path in paths:
            match = NAME.match(path.stem)
            if match is None or COLOURED in match["family"]:
                continue
            style = (match["style"] or "Regular").lower()
            italic = style.endswith(("italic", "oblique"))
            weight = WEIGHTS.get(re.sub("(italic|oblique)$", "", style) or "regular", 400)
            axes = tuple((match["axes"] or match["loaded"] or "").split(",")) if match["axes"] or match["loaded"] else ()
            key = normal(match["family"])
            info = self._families.setdefault(key, FamilyInfo(_spaced(match["family"]), source))
            if info.source == source:
                info.files.append(FontFile(path, weight, italic, axes))

    def families(self) -> list[FamilyInfo]:
        """List all families by name."""
        return sorted(self._families.values(), key=lambda f: f.family)

    def without_bold(self, folder: Path) -> list[str]:
        """List the families of a folder that have no weight to set anything stronger in."""
        return [
            info.family
            for info in self.families()
            if info.source == f"folder {folder.name}"
            and not any("wght" in f.axes or f.weight >= WEIGHTS["semibold"] for f in info.files)
        ]

    def find(self, family: str) -> FamilyInfo:
        """Find a family. Raises BrandError that names the nearest ones."""
        found = self._families.get(normal(family))
        if found is None:
            from difflib import get_close_matches

            names = [f.family for f in self.families()]
            near = get_close_matches(family, names, 2) or names[:6]
            hint = f"at hand: {', '.join(near)}; handouts fonts lists all; or put the font's files into the brand's folder"
            raise BrandError(f"no font family “{family}” is installed", None, hint)
        return found

    def has(self, family: str) -> bool:
        """Tell whether a family is at hand."""
        return normal(family) in self._families

    def has_italic(self, family: str) -> bool:
        """Tell whether a family has an italic."""
        return any(f.italic for f in self.find(family).files)

    def select(self, family: str, weight: int, size: float, *, italic: bool) -> FaceSpec:
        """Give the instance for a weight, style and size in points.

        A family without an italic is set upright: a slanted copy would be no letter its designer drew.
        """
        info = self.find(family)
        slanted = [f for f in info.files if f.italic == italic] or info.files
        variable = [f for f in slanted if "wght" in f.axes]
        chosen = variable[0] if variable else min(slanted, key=lambda f: (abs(f.weight - weight), f.weight))
        pins: list[tuple[str, float]] = []
        if "wght" in chosen.axes:
            pins.append(("wght", float(weight)))
        if "opsz" in chosen.axes:
            pins.append(("opsz", optical(size)))
        return FaceSpec(chosen.path, 0, tuple(pins))


def optical(size: float) -> float:
    """Give the optical size for a type size: few steps, so that few subsets are needed."""
    for limit, cut in ((9.5, 8.0), (24.0, 14.0), (36.0, 32.0)):
        if size <= limit:
            return cut
    return 60.0


def _spaced(name: str) -> str:
    """Turn SourceSerif4 into Source Serif 4."""
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", name).strip()


def _packages() -> list[Path]:
    found: dict[str, Path] = {}
    for entry in sys.path:
        folder = Path(entry or ".")
        if folder.name not in ("site-packages", "dist-packages") or not folder.is_dir():
            continue
        for path in folder.iterdir():
            if path.name.startswith(PACKAGES) and path.is_dir() and not path.name.endswith((".dist-info", ".egg-info")):
                found.setdefault(path.name, path)
    return [found[name] for name in sorted(found)]
