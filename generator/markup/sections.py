"""A handout's HTML, taken apart for the templates: intro, sections, steps, boxes, footnotes.

In: the HTML of the whole body. Out: a `Parts`. Serialises nothing twice that a template may want once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree
from markupsafe import Markup as Safe
from markupsafe import escape

from generator.localize.habits import direction
from generator.markup import headings
from generator.markup.elsewhere import names_of
from generator.plain import NamedTuple, dataclass, field
from generator.tree import drop, parse_fragment, serial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.errors import Notice

MANY_COLUMNS = 6
SMALL, NARROW, WIDE = 50, 63, 78
"""Columns of code that stand on half Letter, in the column of the text on A4 and Letter, and on the whole width there."""
DRAWN = re.compile("[\u2500-\u257f\u2580-\u259f\u25b2-\u25c4]|\\+-{3,}")
"""What drawings of letters are made of."""
BOX_KINDS = ("key", "safety")
BOOKLET_ONLY, CARD_ONLY = "booklet-only", "card-only"


class Section(NamedTuple):
    """A second-level section. `html` is its content without the heading; `number` counts steps from 1."""

    id: str
    title: str
    title_html: Safe
    heading: Safe
    html: Safe
    is_step: bool
    number: int | None
    classes: tuple[str, ...]
    line: int
    words: int


@dataclass(slots=True, eq=False, repr=False)
class Parts:
    """All parts in source order."""

    intro: Safe = Safe("")
    sections: list[Section] = field(default_factory=list)
    boxes: dict[str, Safe] = field(default_factory=dict)
    safety_after: int = 0  # so many sections stand before the safety block
    titles: dict[str, Safe] = field(default_factory=dict)  # of the boxes
    footnotes: Safe = Safe("")
    body: Safe = Safe("")
    hidden: frozenset[str] = frozenset()  # the names in what was taken out
    notices: tuple[Notice, ...] = ()

    @property
    def safety_before(self) -> int:
        """Give the section that the safety block stands before: where it was written, but never behind a step."""
        first = next((at for at, section in enumerate(self.sections) if section.is_step), 0)
        return min(self.safety_after, first)

    @property
    def steps(self) -> list[Section]:
        """The sections that are steps."""
        return [s for s in self.sections if s.is_step]


class Untranslated(NamedTuple):
    """The lines of blocks that stand in the source language, that language, and whether a reader is to see it."""

    lines: frozenset[int]
    lang: str
    seen: bool = True

    def mark(self, root: Any) -> None:
        """Tag these blocks, and cells that say so, with their own language, so that they are read and seen as what they are."""
        for element in root.iter("p", "li", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "figcaption"):
            classes = (element.get("class") or "").split()
            if "untranslated" in classes:
                element.set("class", " ".join(c for c in classes if c != "untranslated"))
                mark_as(element, self.lang, seen=self.seen)
            elif int(element.get("data-line") or 0) in self.lines:
                mark_as(element, self.lang, seen=self.seen)


def mark_as(element: Any, lang: str, *, seen: bool) -> None:
    """Tag an element with its own language, and mark it as untranslated."""
    element.set("lang", lang)
    element.set("dir", direction(lang))
    if seen:
        element.set("class", f"{element.get('class', '')} untranslated".strip())


def take_apart(root: Any, *, hidden: str, marked: Untranslated | None = None, title: str = "", called: str = "",
               source: Sequence[str] = ()) -> Parts:  # fmt: skip
    """Divide the parsed body, which is used up. Blocks of the class `hidden` (booklet-only, card-only) are taken out first.

    A second-level heading takes its section along, but for the boxes that have a place of their own. `title` is the handout's, which its
    text may begin with; `called` the one that links call, where that is another; `source` the lines that a translation was made from.
    """
    headings.settle_first_level(root, title)
    if marked is not None:
        marked.mark(root)
    gone = names_of(_take_out(root, hidden), source)
    headings.name(root, called or title, source)
    _name_safety(root)
    _frame_pictures(root)
    _widen_tables(root)
    _widen_drawings(root)
    parts = Parts(hidden=frozenset(gone))
    notes = [e for e in root if "footnote" in _classes(e)]
    for note in notes:
        root.remove(note)
        _drop_back_links(note)
    parts.footnotes = serial(notes)
    parts.body = serial(list(root))
    loose: list[Any] = []
    groups: list[tuple[Any, list[Any]]] = []
    for element in list(root):
        kind = _box_kind(element)
        if kind:
            if kind == "safety" and kind not in parts.boxes:
                parts.safety_after = len(groups)
            parts.boxes[kind] = parts.boxes.get(kind, Safe("")) + serial([element])
            parts.titles.setdefault(kind, _title_of(element))
        elif element.tag == "h2":
            groups.append((element, []))
        else:
            (groups[-1][1] if groups else loose).append(element)
    parts.intro = serial(loose)
    parts.sections = _sections(groups)
    return parts


def _name_safety(root: Any) -> None:
    """Let the safety block be found: the contents lead to the first, and its rule says what it must have."""
    boxes = [box for box in root.iter("aside") if _box_kind(box) == "safety"]
    for box in boxes:
        box.set("data-requires", "safety")
    if boxes and not any(e.get("id") == "safety" for e in root.iter()):
        boxes[0].set("id", "safety")


def _take_out(root: Any, hidden: str) -> list[Any]:
    """Take out the blocks of a class; give them."""
    gone = []
    for element in root.xpath(f'.//*[contains(concat(" ", @class, " "), " {hidden} ")]'):
        for below in list(element.itersiblings()) if element.tag == "h2" and element.getparent() is root else ():
            if below.tag == "h2" or "footnote" in _classes(below):
                break
            if not _box_kind(below):
                drop(below)
                gone.append(below)
        if element.getparent() is not None:  # it went with its section
            drop(element)
            gone.append(element)
    return gone


def seen_nowhere(root: Any) -> Any:
    """Find the first block that neither booklet nor card shows: one for cards outside a step, or in what no card shows."""
    in_step = kept = False
    for element in root:
        if element.tag == "h2":
            in_step, kept = {"step", BOOKLET_ONLY} & {*_classes(element)} == {"step"}, CARD_ONLY in _classes(element)
        on_card = (in_step and _box_kind(element) != "key") or _box_kind(element) == "safety" or "footnote" in _classes(element)
        for inner in element.iter():
            if CARD_ONLY in _classes(inner) and (not on_card or any(BOOKLET_ONLY in _classes(e) for e in (inner, *inner.iterancestors()))):
                return inner
            if kept and BOOKLET_ONLY in _classes(inner):
                return inner
    return None


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _title_of(box: Any) -> Safe:
    title = next((e for e in box if e.get("class") == "box-title"), None)
    return Safe(escape("".join(title.itertext()).strip())) if title is not None else Safe("")


def _drop_back_links(note: Any) -> None:
    """Take out the arrows that lead back up: on paper they lead nowhere, and few fonts have them."""
    for link in list(note.iter("a")):
        if "footnote-backref" in (link.get("class") or ""):
            parent = link.getparent()
            drop(link)
            if parent.text and not len(parent):
                parent.text = parent.text.rstrip("\u00a0 ")


def _box_kind(element: Any) -> str:
    if element.tag != "aside":
        return ""
    classes = (element.get("class") or "").split()
    return next((k for k in BOX_KINDS if k in classes), "")


def _sections(groups: list[tuple[Any, list[Any]]]) -> list[Section]:
    out: list[Section] = []
    for heading, elements in groups:
        classes = tuple((heading.get("class") or "").split())
        is_step = "step" in classes
        number = sum(s.is_step for s in out) + 1 if is_step else None
        if number:
            heading.set("data-step", str(number))
        heading.tail = None
        inner = Safe(heading.text or "") + serial(list(heading))
        text = " ".join("".join(e.itertext()) for e in elements)
        out.append(Section(heading.get("id") or "", "".join(heading.itertext()).strip(), inner, serial([heading]),
                           serial(elements), is_step, number, classes, int(heading.get("data-line") or 0),
                           len(text.split())))  # fmt: skip
    return out


def _frame_pictures(root: Any) -> None:
    """Turn a picture alone in its paragraph into a figure; its title is the caption."""
    for image in list(root.iter("img")):
        parent = image.getparent()
        alone = parent.tag == "p" and len(parent) == 1 and not (parent.text or "").strip() and not (image.tail or "").strip()
        if not alone:
            continue
        title = image.attrib.pop("title", "")
        if not title:
            parent.set("class", " ".join([*(parent.get("class") or "").split(), "image"]))
            continue
        parent.tag = "figure"
        caption = etree.SubElement(parent, "figcaption")
        caption.text = title


def _widen_tables(root: Any) -> None:
    """Let a table of many columns have the whole width of the page, where its stylesheet gives it."""
    for table in root.findall("table"):
        if max((len(row) for row in table.iter("tr")), default=0) >= MANY_COLUMNS:
            frame = etree.Element("div", {"class": "wide"})
            table.addprevious(frame)
            frame.tail, table.tail = table.tail, None
            frame.append(table)


def _widen_drawings(root: Any) -> None:
    """Let a drawing of letters, which a broken line would tear, have the whole width of the page, and smaller letters where it needs them."""
    for code in root.findall("pre"):
        lines = "".join(code.itertext()).split("\n")
        width = max(map(len, lines))
        if width > SMALL and any(DRAWN.search(line) for line in lines):
            frame = etree.Element("div", {"class": "drawing" + " wide" * (width > NARROW) + " drawn" * (width > WIDE)})
            code.addprevious(frame)
            frame.tail, code.tail = code.tail, None
            frame.append(code)


class Notes:
    """The footnotes of a handout, given out section by section, each where it is cited first."""

    def __init__(self, footnotes: str) -> None:
        """Take them all."""
        self._root = parse_fragment(footnotes)
        self._list = next(self._root.iter("ol"), None)
        self._left = list(self._list) if self._list is not None else []
        for number, item in enumerate(self._left, 1):
            item.set("value", str(number))

    def cited(self, text: str | None = None) -> Safe:
        """Give those that a stretch of HTML cites and that were not given yet; without a text, all that are left."""
        given = [item for item in self._left if text is None or f'href="#{item.get("id")}"' in text]
        if self._list is None or not given:
            return Safe("")
        self._left = [item for item in self._left if item not in given]
        self._list[:] = given
        return serial(list(self._root))


def notes_for(footnotes: str, text: str) -> Safe:
    """Give the footnotes that a stretch of HTML cites."""
    return Notes(footnotes).cited(text) if footnotes and "footnote-ref" in text else Safe("")
