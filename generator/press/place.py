"""Making the file: each page placed as a form XObject, its text and fonts taken over as they are, each once.

In: the bytes of PDF files, `Sheet`s, and what is to be said of the file. Out: bytes. The result is for a printer: it keeps the
fonts, the text and PDF/A-2u, and drops what serves reading on a screen (tags, links, outline); that is what the sources are for.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from generator.errors import PrintError
from generator.plain import NamedTuple
from generator.press.notes_page import Notes, notes_stream
from generator.press.sheets import HEADED_NOTES, MM, NOTES, Placement, Rect, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pikepdf

    from generator.press.sheets import Line, Sheet

SLACK = 0.5
MARK_WIDTH = 0.25


class Job(NamedTuple):
    """What is to be said of a file. `duplex`: long, short, or "" for one side; `notes`: how pages without a page look."""

    title: str
    duplex: str = ""
    notes: Notes = Notes()
    first: bytes = b""  # a file whose only page goes onto a first sheet of its own
    headed: bytes = b""  # a file whose only page is the first notes page; without it, that is like the others


def press(sources: Sequence[bytes], sheets: Sequence[Sheet], job: Job) -> bytes:
    """Make the PDF. Raises PrintError for a page that is not as large, or has not the bleed, that its place asks for."""
    import pikepdf

    out = pikepdf.new()
    files = [pikepdf.open(io.BytesIO(data)) for data in (*sources, *filter(None, (job.headed, job.first)))]
    bed = _Bed(out, files, job.notes, headed=len(sources) if job.headed else None)
    if job.first:
        _first_sheet(bed, len(files) - 1, sheets[0])
    for sheet in sheets:
        bed.add(sheet.width, sheet.height, sheet.front)
        if sheet.back is not None:
            bed.add(sheet.width, sheet.height, sheet.back)
    _describe(out, files[0], job)
    made = io.BytesIO()
    out.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True, min_version="1.7")
    return made.getvalue()


def bleed_of(data: bytes) -> float:
    """Give how far the first page of a file runs beyond its trim on every side, in points."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as file:
        page = file.pages[0]
        return _beyond(_rect(page.trimbox), _rect(page.bleedbox))


def _beyond(trim: Rect, bleed: Rect) -> float:
    left, low = trim.x - bleed.x, trim.y - bleed.y
    return max(0.0, min(left, low, bleed.width - trim.width - left, bleed.height - trim.height - low))


class _Bed:
    """The file on the bed of the press: its pages so far, and the forms that they share."""

    def __init__(self, out: pikepdf.Pdf, files: list[pikepdf.Pdf], notes: Notes, *, headed: int | None) -> None:
        self._out, self._files, self._notes, self._headed = out, files, notes, headed
        self._forms: dict[tuple[Any, ...], tuple[Any, Rect]] = {}

    def add(self, width: float, height: float, side: Side | None) -> None:
        """Add a side as a page; None: a blank one."""
        import pikepdf

        names: dict[int, str] = {}
        forms: dict[str, Any] = {}
        drawn = []
        for placement in side.placements if side is not None else ():
            form, trim = self._form(placement)
            name = names.setdefault(id(form), f"/P{len(names) + 1}")
            forms[name] = form
            drawn.append(_drawn(placement, name, trim))
        marks = _marks(side.marks) if side is not None else b""
        page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, _fine(width), _fine(height)],
                                  Contents=self._out.make_stream(b"".join([*drawn, marks])),
                                  Resources=pikepdf.Dictionary(XObject=forms))  # fmt: skip
        if side is not None:
            page.TrimBox, page.BleedBox = (_box(_within(box, width, height)) for box in (side.trim, side.bleed))
        self._out.pages.append(pikepdf.Page(self._out.make_indirect(page)))

    def trim(self, source: int, page: int) -> Rect:
        """Give the size of a page of a source."""
        return _rect(self._files[source].pages[page].trimbox)

    def _form(self, placement: Placement) -> tuple[Any, Rect]:
        """Give a page as a form, made when it is first asked for, and where its trim is in it."""
        area = placement.area
        if placement.page == HEADED_NOTES:
            placement = placement._replace(page=NOTES) if self._headed is None else placement._replace(source=self._headed, page=0)
        key: tuple[Any, ...] = (placement.source, placement.page)
        if placement.page == NOTES:
            key = (NOTES, round(area.width, 2), round(area.height, 2))
        if key not in self._forms:
            made = self._notes_form(area) if placement.page == NOTES else self._page_form(placement)
            self._forms[key] = made
        return self._forms[key]

    def _page_form(self, placement: Placement) -> tuple[Any, Rect]:
        page = self._files[placement.source].pages[placement.page]
        trim, bleed = _rect(page.trimbox), _rect(page.bleedbox)
        _check(placement, trim, bleed)
        form = self._out.copy_foreign(page.as_form_xobject())
        form.BBox = _box(bleed)
        for name in ("/StructParents", "/Group"):
            if name in form:
                del form[name]
        return form, trim

    def _notes_form(self, area: Rect) -> tuple[Any, Rect]:
        import pikepdf

        box = Rect(0, 0, area.width, area.height)
        form = self._out.make_stream(notes_stream(box.width, box.height, self._notes), Type=pikepdf.Name.XObject,
                                     Subtype=pikepdf.Name.Form, BBox=_box(box), Resources=pikepdf.Dictionary())  # fmt: skip
        return form, box


def _check(placement: Placement, trim: Rect, bleed: Rect) -> None:
    area = placement.area
    if abs(area.width - trim.width) > SLACK or abs(area.height - trim.height) > SLACK:
        raise PrintError(f"page {placement.page + 1} is {_size(trim)} and not {_size(area)} as its place on the sheet", None,
                         "every page of a booklet or a deck has one size")  # fmt: skip
    there = _beyond(trim, bleed)
    if placement.bleed > there + SLACK / 10:
        has = f"a bleed of {there / MM:.1f} mm" if there > 0 else "no bleed box"
        raise PrintError(f"the card has {has}, and {placement.bleed / MM:g} mm are asked for", None,
                         "let its ground run over the edge: @page { bleed: 3mm } in card.css, or leave out --bleed")  # fmt: skip


def _drawn(placement: Placement, name: str, trim: Rect) -> bytes:
    """Clip, turn and move a form to its place."""
    area, clip = placement.area, placement.clip
    sign = -1 if placement.turned else 1
    x = area.x + (area.width if placement.turned else 0) - sign * trim.x
    y = area.y + (area.height if placement.turned else 0) - sign * trim.y
    window = " ".join(f"{_fine(v)}" for v in clip)
    return f"q {window} re W n {sign} 0 0 {sign} {_fine(x)} {_fine(y)} cm {name} Do Q\n".encode()


def _marks(marks: Iterable[Line]) -> bytes:
    """Draw marks: whole ones to cut, dashed ones to fold."""
    out = []
    for dashed in (False, True):
        lines = [f"{_fine(m.x0)} {_fine(m.y0)} m {_fine(m.x1)} {_fine(m.y1)} l" for m in marks if m.dashed == dashed]
        if lines:
            out.append(f"q {MARK_WIDTH} w 0 G {'[2 2] 0 d ' if dashed else ''}{' '.join(lines)} S Q\n")
    return "".join(out).encode()


def _first_sheet(bed: _Bed, source: int, like: Sheet) -> None:
    """Put the page that tells how to print on the front of a sheet of its own, in the middle; its back stays empty."""
    page = bed.trim(source, 0)
    area = Rect((like.width - page.width) / 2, (like.height - page.height) / 2, page.width, page.height)
    whole = Rect(0, 0, like.width, like.height)
    bed.add(like.width, like.height, Side((Placement(source, 0, area, area),), (), whole, whole))
    if like.back is not None:
        bed.add(like.width, like.height, None)


def _describe(out: pikepdf.Pdf, source: pikepdf.Pdf, job: Job) -> None:
    """Take over language, colours and metadata; tell the printer's dialog not to scale, and how to turn the sheet."""
    import pikepdf

    root = out.Root
    for name in ("/Lang", "/OutputIntents", "/Metadata"):
        if name in source.Root:
            found = source.Root[name]
            root[name] = out.copy_foreign(found) if found.is_indirect else out.copy_foreign(source.make_indirect(found))
    wishes = pikepdf.Dictionary(PrintScaling=pikepdf.Name("/None"), PickTrayByPDFSize=True, DisplayDocTitle=True)
    edges = {"long": "/DuplexFlipLongEdge", "short": "/DuplexFlipShortEdge", "": "/Simplex"}
    wishes.Duplex = pikepdf.Name(edges[job.duplex])
    root.ViewerPreferences = wishes
    for name, value in source.docinfo.items():
        out.docinfo[name] = value
    out.docinfo["/Title"] = job.title
    with out.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
        packet["dc:title"] = job.title
        if "pdfuaid:part" in packet:
            del packet["pdfuaid:part"]
        if "pdfaid:part" in packet:
            packet["pdfaid:conformance"] = "U"


def _within(box: Rect, width: float, height: float) -> Rect:
    """Keep a box on the sheet: two A5 pages may be a hair wider than their A4."""
    x, y = max(box.x, 0.0), max(box.y, 0.0)
    return Rect(x, y, min(box.x + box.width, width) - x, min(box.y + box.height, height) - y)


def _rect(box: Any) -> Rect:
    x0, y0, x1, y1 = (float(v) for v in box)
    return Rect(x0, y0, x1 - x0, y1 - y0)


def _box(rect: Rect) -> list[float]:
    return [_fine(v) for v in (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)]


def _fine(value: float) -> float:
    """Round to a ten thousandth of a point; whole numbers stay whole."""
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def _size(rect: Rect) -> str:
    return f"{rect.width / MM:.0f} x {rect.height / MM:.0f} mm"
