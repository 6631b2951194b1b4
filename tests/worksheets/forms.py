"""What a reader does with a worksheet on a screen: pdfium opens it as a browser does, clicks and types; pikepdf reads it back."""

from __future__ import annotations

import ctypes
import io
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


def labels(data: bytes) -> dict[str, str]:
    """The form's fields by name, with what a screen reader calls them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {str(field.T): str(field.TU) for field in pdf.Root.AcroForm.Fields}


def values(data: bytes) -> dict[str, str]:
    """What stands in each field that has a value."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {str(field.T): str(field.V) for field in pdf.Root.AcroForm.Fields if "/V" in field}


def widgets(data: bytes) -> list[tuple[int, str, tuple[float, ...]]]:
    """Page, name and rectangle of each widget, in the order in which a reader comes to them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            (at, str(a.T), tuple(float(v) for v in a.Rect))
            for at, page in enumerate(pdf.pages)
            for a in page.get("/Annots", [])
            if a.Subtype == "/Widget"
        ]


def filled(data: bytes, texts: dict[str, str]) -> bytes:
    """Click on every box and type into every line that `texts` names, and save, all by pdfium."""
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        form = document.formenv.raw
        for page_number, name, (left, low, right, high) in widgets(data):
            if name not in texts:
                continue
            page = document[page_number]
            x, y = (left + right) / 2, (low + high) / 2
            pdfium.FORM_OnMouseMove(form, page.raw, 0, x, y)
            pdfium.FORM_OnLButtonDown(form, page.raw, 0, x, y)
            pdfium.FORM_OnLButtonUp(form, page.raw, 0, x, y)
            if texts[name]:
                units = (texts[name] + "\0").encode("utf-16-le")
                pdfium.FORM_ReplaceSelection(form, page.raw, (ctypes.c_ushort * (len(units) // 2)).from_buffer_copy(units))
            pdfium.FORM_ForceToKillFocus(form)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def pixels(data: bytes, page: int, area: tuple[float, float, float, float], scale: float = 4.0) -> Any:
    """A rectangle of a page (points, from the bottom left) as grey pixels."""
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        shown = document[page]
        height = shown.get_height()
        left, low, right, high = area
        picture = shown.render(scale=scale, may_draw_forms=True).to_pil().convert("L")
        return picture.crop(tuple(round(v * scale) for v in (left, height - high, right, height - low)))


def tab_order(data: bytes) -> list[str]:
    """The names of fields as the structure tree has them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return list(_below(pdf.Root.StructTreeRoot.K[0]))


def _below(node: Any) -> Any:
    for kid in node.K:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            if kid.Obj.Subtype == "/Widget":
                assert node.S == "/Form"
                yield str(kid.Obj.T)
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _below(kid)
