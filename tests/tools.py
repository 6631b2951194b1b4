"""What outsiders see in a finished PDF: its text and pixels by pdfium, its structure tree by pikepdf.

For the tests of every room. Each takes a path or the bytes of a file and gives plain values.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.Image import Image

Source = Path | str | bytes


def text_of(source: Source, page: int | None = None) -> str:
    """The text as it is copied out in Chrome; pages are parted by a form feed. `page` (0-based): that one alone.

    A hyphen at a line's end comes back as pdfium gives it (U+FFFE or U+00AD joined words included).
    """
    with pypdfium2.PdfDocument(_pdfium(source)) as document:
        wanted = range(len(document)) if page is None else (page,)
        return "\f".join(_page_text(document[at]) for at in wanted)


def _page_text(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        return textpage.get_text_bounded().replace("\r\n", "\n")
    finally:
        textpage.close()
        page.close()


def render(source: Source, dpi: float = 72) -> list[Image]:
    """Every page as an RGB picture."""
    with pypdfium2.PdfDocument(_pdfium(source)) as document:
        out = []
        for page in document:
            bitmap = page.render(scale=dpi / 72)
            out.append(bitmap.to_pil().convert("RGB"))
            bitmap.close()
            page.close()
        return out


def structure(source: Source) -> str:
    """The structure tree as indented lines: role, its words (alt, lang, ...), then the text of its own content.

    An element's text is what its marked content shows, through ToUnicode; a link's annotation stands as `-> target`.
    """
    with pikepdf.open(_pikepdf(source)) as pdf:
        contents = {page.objgen: _marked_text(page) for page in pdf.pages}
        root = pdf.Root.StructTreeRoot.K
        tops = list(root) if isinstance(root, pikepdf.Array) else [root]
        return "\n".join(line for top in tops for line in _element(top, 0, contents))


def _pdfium(source: Source) -> Any:
    return source if isinstance(source, bytes) else str(source)


def _pikepdf(source: Source) -> Any:
    return io.BytesIO(source) if isinstance(source, bytes) else source


_Contents = dict[tuple[int, int], dict[int, str]]
_WORDS = {"/Lang": "lang", "/Alt": "alt", "/ActualText": "actual", "/E": "expansion", "/T": "title", "/ID": "id"}
_SKIPPED = {"/O", "/BBox", "/Placement"}  # places change with the layout; tests of figures look at them alone


def _element(node: pikepdf.Dictionary, depth: int, contents: _Contents) -> Iterator[str]:
    kids = node.get("/K", pikepdf.Array())
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    words = [f"{label}={str(node[key])!r}" for key, label in _WORDS.items() if key in node]
    line = " ".join([str(node.S)[1:], *words, *_attributes(node)])
    pending = ""
    below: list[str] = []
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") is not None:
            below += _flush(pending, depth)
            pending = ""
            below += _element(kid, depth + 1, contents)
        else:
            pending += _leaf(kid, node, contents)
    if not below:
        yield "  " * depth + line + (f" {pending!r}" if pending else "")
        return
    yield "  " * depth + line
    yield from below
    yield from _flush(pending, depth)


def _flush(pending: str, depth: int) -> list[str]:
    return ["  " * (depth + 1) + repr(pending)] if pending else []


def _leaf(kid: Any, node: pikepdf.Dictionary, contents: _Contents) -> str:
    if isinstance(kid, pikepdf.Dictionary):
        if kid.get("/Type") == "/OBJR":
            return f" -> {_target(kid.Obj)}"
        return contents[kid.Pg.objgen].get(int(kid.MCID), "")
    return contents[node.Pg.objgen].get(int(kid), "")


def _target(annotation: pikepdf.Dictionary) -> str:
    action = annotation.get("/A")
    return str(action.URI) if action is not None and "/URI" in action else "inside"


def _attributes(node: pikepdf.Dictionary) -> list[str]:
    given = node.get("/A")
    if given is None:
        return []
    owners = list(given) if isinstance(given, pikepdf.Array) else [given]
    return [f"{key[1:]}={_plain(value)}" for owner in owners for key, value in sorted(owner.items()) if key not in _SKIPPED]


def _plain(value: Any) -> str:
    if isinstance(value, pikepdf.Array):
        return ",".join(str(v) for v in value)
    return str(value).removeprefix("/")


def _marked_text(page: pikepdf.Page) -> dict[int, str]:
    """The text of every marked-content sequence of a page, by MCID, in the order of the stream."""
    fonts = {key: _decoder(font) for key, font in page.Resources.get("/Font", {}).items()}
    out: dict[int, str] = {}
    stack: list[tuple[int, str | None]] = []
    decode: Callable[[bytes], str] = str
    for operands, operator in pikepdf.parse_content_stream(page):
        kind = str(operator)
        if kind in ("BDC", "BMC"):
            stack.append(_opened(operands, stack))
        elif kind == "EMC":
            mcid, actual = stack.pop()
            outer = any(words is not None for _, words in stack)
            if actual is not None and mcid >= 0 and not outer:
                out[mcid] = out.get(mcid, "") + actual
        elif kind == "Tf":
            decode = fonts[str(operands[0])]
        elif kind in ("TJ", "Tj") and stack and stack[-1][0] >= 0 and stack[-1][1] is None:
            strings = operands[0] if kind == "TJ" else [operands[0]]
            shown = "".join(decode(bytes(part)) for part in strings if isinstance(part, pikepdf.String))
            out[stack[-1][0]] = out.get(stack[-1][0], "") + shown
        elif kind == "Do" and stack and stack[-1][0] >= 0:
            out.setdefault(stack[-1][0], "")
    return out


def _opened(operands: Any, stack: list[tuple[int, str | None]]) -> tuple[int, str | None]:
    properties = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
    around = stack[-1] if stack else (-1, None)
    mcid = int(properties["/MCID"]) if "/MCID" in properties else around[0]
    if str(operands[0]) == "/Artifact":
        mcid = -1
    actual = str(properties["/ActualText"]) if "/ActualText" in properties else around[1]
    return mcid, actual


def _decoder(font: pikepdf.Dictionary) -> Callable[[bytes], str]:
    """Two-byte codes to text, by the font's ToUnicode map."""
    table: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(font.ToUnicode):
        if str(operator) == "endbfchar":
            for code, text in zip(operands[::2], operands[1::2], strict=True):
                table[int.from_bytes(bytes(code), "big")] = bytes(text).decode("utf-16-be")

    def decode(data: bytes) -> str:
        return "".join(
            table.get(int.from_bytes(data[at : at + 2], "big"), "\N{REPLACEMENT CHARACTER}") for at in range(0, len(data), 2)
        )

    return decode
