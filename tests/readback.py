"""What a PDF says and shows, read by others: structure with its words by pikepdf, text and pixels by pdfium."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pikepdf
import pypdfium2


def pixels(data: bytes, scale: float = 1.0) -> list[str]:
    """A digest of each page's pixels."""
    with pypdfium2.PdfDocument(data) as document:
        return [hashlib.sha256(bytes(page.render(scale=scale).buffer)).hexdigest() for page in document]


def text(data: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def structure(data: bytes) -> list[str]:
    """The structure tree, an element a line, and what hangs on the catalog besides: outline, properties, links."""
    out: list[str] = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        _element(pdf.Root.StructTreeRoot.K, pages, 0, out, None)
        with pdf.open_outline() as outline:
            _outline(outline.root, out)
        out.append(repr({k: str(v) for k, v in pdf.docinfo.items()}))
        out.append(str(pdf.Root.Metadata.read_bytes()))
        for at, page in enumerate(pdf.pages):
            out += [f"{at} {link.Rect} {link.get('/Contents')} {link.get('/A', {}).get('/URI')} {_place(link)}" for link in page.get("/Annots", ())]
    return out


def _element(node: Any, pages: dict, depth: int, out: list[str], page: Any) -> None:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            _element(kid, pages, depth, out, page)
        return
    if not isinstance(node, pikepdf.Dictionary):
        out.append("  " * depth + f"{pages.get(page)}:{node}")
        return
    page = node.Pg.objgen if "/Pg" in node else page
    if node.get("/Type") == "/MCR":
        out.append("  " * depth + f"{pages.get(page)}:{node.MCID}")
    elif node.get("/Type") == "/OBJR":
        out.append("  " * depth + f"link {node.Obj.Contents}")
    else:
        words = {k: str(v) for k, v in node.items() if k in ("/S", "/Lang", "/Alt", "/ActualText", "/E", "/T", "/ID")}
        words["/A"] = repr(node.get("/A"))
        out.append("  " * depth + repr(sorted(words.items())))
        _element(node.get("/K", pikepdf.Array()), pages, depth + 1, out, page)


def _place(link: Any) -> list[str]:
    return [str(part) for part in list(link.get("/Dest", ()))[1:]]


def _outline(items: Any, out: list[str]) -> None:
    for item in items:
        out.append(f"{item.title} {[str(x) for x in list(item.destination)[1:]]}")
        _outline(item.children, out)


def difference(one: bytes, other: bytes) -> str:
    """Where two files differ in text, structure or pixels; "" where they do not."""
    for name, read in (("text", text), ("structure", structure), ("pixels", pixels)):
        a, b = read(one), read(other)
        if a != b:
            at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            return f"{name} {at}: {a[at:at + 1]} / {b[at:at + 1]}"
    return ""
