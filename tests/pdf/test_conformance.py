"""veraPDF's verdict on files that together use everything the room can write."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from generator.layout.pages import (
    FOOTER,
    HEADER,
    Anchor,
    Box,
    Clip,
    Drawing,
    Link,
    Node,
    OutlineEntry,
    Page,
    Pages,
    Raster,
    Shape,
    Text,
)
from generator.pdf.document import write
from tests.pdf.samples import BLACK, BOLD, REGULAR, info, line, written
from tests.pdf.standin import piece

SQUARE = (("M", (0, 0)), ("L", (10, 0)), ("L", (10, 10)), ("C", (8, 12, 2, 12, 0, 10)), ("Z", ()))
OUTLINED = Shape(SQUARE, (0, 0.5, 0), BLACK, 0.5, even_odd=True, line_cap=1, line_join=1, dash=(2, 1))


def encoded(image: Image.Image, kind: str, **more) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def whole_booklet() -> Pages:
    web, inner = Node("Link", [4]), Node("Link", [5])
    head = Node("THead", [Node("TR", [
        Node("TH", [8], ident="h1", attributes={"scope": "Column", "col_span": 2}), Node("TH", attributes={"scope": "Column"}),
    ])])  # fmt: skip
    body = Node("TBody", [Node("TR", [
        Node("TD", [9], attributes={"headers": ("h1",)}), Node("TD", [10], attributes={"headers": ("h1",)}), Node("TD"),
    ])])  # fmt: skip
    root = Node("Document", [
        Node("TOC", [Node("TOCI", [Node("Reference", [inner])])]),
        Node("Sect", [
            Node("H1", [0]),
            Node("P", [1, Node("Em", [2]), Node("Span", [3], lang="es", expansion="Estados Unidos"), web]),
            Node("L", [Node("LI", [Node("Lbl", [6]), Node("LBody", [7])])], attributes={"list_numbering": "Disc"}),
            Node("Table", [Node("Caption", [11]), head, body], attributes={"summary": "Two columns"}),
            Node("Figure", [12, Node("Caption", [13])], alt="A shape", attributes={"placement": "Block"}),
            Node("Figure", [14], alt="A photo", attributes={"placement": "Inline"}),
            Node("Aside", [Node("H2", [15]), Node("P", [16])]),
            Node("Note", [17]), Node("Note", [18]),
            Node("BlockQuote", [Node("P", [19])]),
            Node("L", [Node("LI", [Node("Lbl", [20], attributes={"checked": False}), Node("LBody", [21])])]),
        ]),
    ])  # fmt: skip
    first = Page(396, 612, [
        line(20, "Running head", HEADER),
        Box(20, 30, 350, 60, fill=(0.9, 0.95, 1), widths=(1, 1, 1, 4), colours=(BLACK, BLACK, BLACK, (1, 0, 0)), radii=(6,) * 4),
        line(60, "Heading", 0, face=BOLD, size=20),
        Text(50, 100, (piece(REGULAR, "Plain "), piece(REGULAR, "and", x=40, char_space=0.5)), BLACK, 1),
        line(100, "slanted", 2, x=90), line(100, "EE. UU.", 3, x=150), line(100, "a link", 4, x=220),
        Clip("push", 10, 105, 300, 60, (4, 4, 4, 4)), line(115, "inside", 5), line(130, "•", 6), line(130, "item", 7, x=70),
        Clip("pop"),
        line(160, "col", 8), line(180, "a", 9), line(180, "b", 10, x=90), line(150, "Table 1", 11),
        Drawing((OUTLINED,), (5, 0, 0, 5, 100, 200), 12, (95, 195, 70, 70)),
        line(280, "Figure 1", 13), Raster(50, 300, 72, 72, "photo", 14),
        line(590, "1", FOOTER),
    ], links=[
        Link(220, 90, 40, 12, "https://example.org/ä?q=(1)", "example.org", web), Link(50, 105, 40, 12, "#end", "The end", inner),
    ], label="1")  # fmt: skip
    second = Page(396, 612, [
        Text(50, 60, (piece(REGULAR, "note1", rise=3), piece(REGULAR, "fi", x=60, actual_text="ﬁ →")), BLACK, 17),
        *(line(80 + 20 * at, f"Text {leaf}", leaf) for at, leaf in enumerate((15, 16, 18, 19, 20, 21))),
        line(300, "carried over", 1), Raster(50, 320, 40, 40, "alpha"), Raster(100, 320, 40, 40, "grey"),
    ], label="ii")  # fmt: skip
    outline = [OutlineEntry(1, "Überschrift (1)", 0, 50), OutlineEntry(3, "Below", 1, 60), OutlineEntry(1, "Last", 1, 90)]
    return Pages(
        [first, second], root, "en", "A title", 22, outline, {"end": Anchor(1, 50, 60)},
        {
            "photo": encoded(Image.linear_gradient("L").convert("RGB"), "JPEG"),
            "alpha": encoded(Image.new("RGBA", (30, 30), (200, 0, 0, 90)), "PNG"),
            "grey": encoded(Image.linear_gradient("L"), "PNG"),
        },
    )  # fmt: skip


def pictures() -> Pages:
    """One picture of every kind that goes in by another way."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    gradient = Image.linear_gradient("L")
    colour = Image.merge("RGB", (gradient, gradient.rotate(90), gradient.rotate(180)))
    files = {
        "cmyk": encoded(colour.convert("CMYK"), "JPEG"), "progressive": encoded(colour, "JPEG", progressive=True),
        "palette": encoded(colour.convert("P"), "PNG"), "clear": encoded(colour.convert("P"), "PNG", transparency=3),
        "bits": encoded(gradient.convert("1"), "PNG"), "deep": encoded(Image.new("I;16", (9, 9), 40000), "PNG"),
        "profile": encoded(colour, "JPEG", icc_profile=srgb), "png-profile": encoded(colour, "PNG", icc_profile=srgb),
        "bad-profile": encoded(colour, "PNG", icc_profile=b"nonsense" * 40), "la": encoded(gradient.convert("LA"), "PNG"),
        "large": encoded(colour.resize((900, 900)), "JPEG"), "grey-jpeg": encoded(gradient, "JPEG"),
    }  # fmt: skip
    placed = [Raster(20 + 60 * (at % 6), 30 + 60 * (at // 6), 50, 50, key, at) for at, key in enumerate(files)]
    root = Node("Document", [Node("Figure", [at], alt=key) for at, key in enumerate(files)])
    return Pages([Page(396, 612, list(placed))], root, "en", "A title", len(files), images=files)


def test_everything_conforms(tmp_path, verapdf):
    files = {
        "booklet": write(whole_booklet(), info(title="Zürich & <Co>", author="A (b) \\", subject="Ω", keywords=("a", "b"))),
        "pictures": write(pictures(), info(lang="es-MX")),
        "empty": written(),
    }  # fmt: skip
    for name, data in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    verapdf(sorted(tmp_path.glob("*.pdf")))


def test_the_judge_can_say_no(tmp_path, verapdf):
    good = written([line(50, "text", 0)], Node("Document", [Node("P", [0])]))
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(good.replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>3<"))
    with pytest.raises(AssertionError, match="ua1"):
        verapdf([bad])


def test_the_same_input_gives_the_same_bytes():
    assert write(whole_booklet(), info()) == write(whole_booklet(), info())
