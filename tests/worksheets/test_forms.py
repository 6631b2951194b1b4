"""Worksheets: what is ruled on paper can be filled in on a screen; judged by pikepdf, pdfium, veraPDF and pixels."""

from __future__ import annotations

import io
import itertools
import json

import pikepdf
import pytest

from tests.projects import FRONT, Project
from tests.tools import structure
from tests.worksheets.forms import filled, labels, pixels, tab_order, values, widgets

BOTH = FRONT.replace("[booklet]", "[booklet, cards]")
SHEET = """
!!! safety
    {{ hotline_list() }}

## Start here {.step}

What worried me most?

{{ lines(3) }}

{{ checkbox("I picked a *quiet* moment") }}
{{ checkbox("I didn't argue") }}

- {{ checkbox("Listed") }}
- {{ field("in-list", "A line in a list") }}

We talk on {{ field("day", "Day of our talk") }}, and [look here](https://clinic.example/).

| Step | Words | Done |
| --- | --- | --- |
| One | {{ field("words", "My words") }} | {{ checkbox("Done") }} |
| Two | {{ lines(2) }} | {{ checkbox("Done too") }} |

## And then {.step}

{{ field("wish", "My wish (what I hope for)", lines=2) }}
"""
LABELS = {
    "lines-1": "What worried me most?", "checkbox-1": "I picked a quiet moment", "checkbox-2": "I didn’t argue", "checkbox-3": "Listed",
    "in-list": "A line in a list", "day": "Day of our talk", "words": "My words", "checkbox-4": "Done", "lines-2": "Words, Two",
    "checkbox-5": "Done too", "wish": "My wish (what I hope for)",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Project, list[dict]]:
    project = Project(tmp_path_factory.mktemp("worksheets"))
    project.write(
        "content/project.yml",
        "default_locale: en-US\nlocales: [en-US, ar, vi]\nbrands: [connect]\n"
        "incomplete: {ar: source, vi: source}\nhotlines: {ar: [ndvh], vi: [ndvh]}\n",
    )
    project.handout(SHEET, "sheet", front=BOTH.format(title="A worksheet"))
    project.handout(SHEET.split("## And", maxsplit=1)[0].replace("What worried", "{{ client.first_name }}, what worried"), "own",
                    front=BOTH.format(title="Your own worksheet"))  # fmt: skip
    outcome = project.build("sheet", "--json", "--paper", "letter", "--locale", "en-US", "--locale", "ar", "--locale", "vi")
    assert outcome.code == 0, outcome.err
    return project, outcome.data["files"]


def booklet(built, locale="en-US") -> bytes:
    project, files = built
    (entry,) = [f for f in files if f["kind"] == "booklet" and f["locale"] == locale]
    return (project.root / "output" / entry["path"]).read_bytes()


def test_every_file_is_accessible_and_lasting(built, verapdf):
    project, files = built
    assert len(files) == 3 * 3
    verapdf([project.root / "output" / f["path"] for f in files])


@pytest.mark.parametrize("locale", ["en-US", "ar"])
def test_each_field_has_its_label_and_its_place(built, locale):
    data = booklet(built, locale)
    found = labels(data)
    assert {**found, "checkbox-2": ""} == {**LABELS, "checkbox-2": ""}
    assert found["checkbox-2"].endswith("argue")
    assert tab_order(data) == list(LABELS)
    assert [name for _, name, _ in widgets(data)] == list(LABELS)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert all(page.Tabs == "/S" for page in pdf.pages)
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        parents = {int(k): v for k, v in zip(*[iter(pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True)}
        for field in pdf.Root.AcroForm.Fields:
            assert parents[int(field.StructParent)].S == "/Form"
            assert field.F == 4
            assert "/A" not in field
            assert "/AA" not in field


def test_the_structure_tells_where_a_field_is(built):
    tree = structure(booklet(built))
    assert "P 'What worried me most?'\n    Form" in tree
    assert "LBody\n          Form ' -> inside'\n          'Listed'" in tree
    assert "TD\n            Form ' -> inside'\n" in tree
    assert "'We talk on '\n      Form" in tree


def test_typed_text_is_read_back(built):
    texts = {"lines-1": "Łódź, façade, 25 € and more. " * 9, "day": "Sunday", "words": "I hear you", "checkbox-2": "", "checkbox-5": ""}
    after = values(filled(booklet(built), texts))
    assert {name: after[name] for name in texts} == {**texts, "checkbox-2": "/On", "checkbox-5": "/On"}
    assert after["checkbox-1"] == "/Off"
    assert "wish" not in after


def test_pikepdf_fills_the_form_too(built, tmp_path):
    from pikepdf.form import Form

    (tmp_path / "in.pdf").write_bytes(booklet(built))
    with pikepdf.open(tmp_path / "in.pdf") as pdf:
        form = Form(pdf)
        form["checkbox-1"].checked = True
        form["in-list"].value = "Ana"
        pdf.save(tmp_path / "out.pdf")
    after = values((tmp_path / "out.pdf").read_bytes())
    assert (after["checkbox-1"], after["in-list"]) == ("/On", "Ana")


def test_what_is_typed_is_set_in_the_brands_face(built):
    """The font is embedded with every letter of the language, so that no other face takes turns with it."""
    for locale, letters in (("en-US", "AZaz09éßŁ“€"), ("ar", "ابجدهوي٠٩"), ("vi", "Ấấữợđ")):
        with pikepdf.open(io.BytesIO(booklet(built, locale))) as pdf:
            for field in (f for f in pdf.Root.AcroForm.Fields if f.FT == "/Tx"):
                name = str(field.DA).split()[0]
                assert name in pdf.Root.AcroForm.DR.Font
            font = pdf.Root.AcroForm.DR.Font[name]
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            known = font.ToUnicode.read_bytes()
            missing = [c for c in letters if b"<%s>" % c.encode("utf-16-be").hex().upper().encode() not in known]
            assert not missing, locale
            quadding = [int(f.get("/Q", 0)) for f in pdf.Root.AcroForm.Fields if f.FT == "/Tx" and f.T == "lines-1"]
            assert quadding in ([0], [2])


def test_paper_has_rules_and_boxes(built):
    data = booklet(built)
    areas = {name: (page, area) for page, name, area in widgets(data)}
    page, (left, low, right, high) = areas["lines-1"]
    column = pixels(data, page, (left + 20, low - 2, left + 21, high + 2))
    dark = [y for y in range(column.height) if column.getpixel((1, y)) < 128]
    gaps = [b - a for a, b in itertools.pairwise(dark) if b - a > 4]
    assert len(gaps) == 2  # three rules
    assert max(gaps) - min(gaps) <= 1
    page, (left, low, right, high) = areas["checkbox-1"]
    box = pixels(data, page, (left - 1, low - 1, right + 1, high + 1))
    middle = box.height // 2
    assert box.getpixel((1, middle)) < 128
    assert box.getpixel((box.width - 2, middle)) < 128
    assert min(box.getpixel((x, middle)) for x in range(8, box.width - 8)) > 240
    ticked = pixels(filled(data, {"checkbox-1": ""}), page, (left, low, right, high))
    assert min(ticked.tobytes()) < 100


def test_typed_lines_keep_to_the_rules(built):
    """Two typed lines fit a ruled one, so every second stands on a rule however long the text is."""
    data = booklet(built)
    page, (left, low, right, high) = next((p, a) for p, n, a in widgets(data) if n == "lines-1")
    after = filled(data, {"lines-1": "nnn " * 300})
    gap = (high - low) / 3
    for row in range(3):
        rule = high - gap * (row + 1)
        below = pixels(after, page, (left, rule + 0.7, right, rule + 2.2))
        assert min(below.tobytes()) > 128, "letters touch the rule"
        on = pixels(after, page, (left, rule + 3, right, rule + 8))
        assert min(on.tobytes()) < 100


def test_sheets_for_the_printer_have_no_form(built):
    project, _ = built
    for arguments in (("--print", "saddle", "--paper", "half-letter"), ("--print", "cards", "--paper", "4x6")):
        outcome = project.build("sheet", "--locale", "en-US", "--json", "--output", str(project.root / arguments[1]), *arguments)
        assert outcome.code == 0, outcome.err
        (entry,) = outcome.data["files"]
        with pikepdf.open(project.root / arguments[1] / entry["path"]) as pdf:
            assert "/AcroForm" not in pdf.Root
            assert not any(page.get("/Annots") for page in pdf.pages)


def test_a_bilingual_edition_has_a_field_in_each_language(built, verapdf):
    project, _ = built
    outcome = project.build("sheet", "--bilingual", "vi", "--json", "--output", str(project.root / "both"), "--format", "booklet")
    assert outcome.code == 0, outcome.err
    path = project.root / "both" / outcome.data["files"][0]["path"]
    names = tab_order(path.read_bytes())
    assert len(names) == len(set(names)) == 2 * len(LABELS)
    assert {"wish", "wish-2"} <= set(names)
    verapdf([path])


def test_a_personal_copy_has_the_clients_words_in_its_labels(built, verapdf):
    project, _ = built
    (project.root / "list.csv").write_text("id,first_name,locale,brand\na,Ana,en-US,connect\nb,Bob (B),en-US,connect\n")
    outcome = project.run("build", "own", "--format", "booklet", "--clients", str(project.root / "list.csv"))
    assert outcome.code == 0, outcome.err
    for name, first in (("a", "Ana"), ("b", "Bob (B)")):
        path = project.root / "output" / "copies" / "own" / f"{name}.pdf"
        assert labels(path.read_bytes())["lines-1"] == f"{first}, what worried me most?"
        verapdf([path])


def test_an_encrypted_form_can_be_filled_in(built, tmp_path):
    from generator.mail.protect import protect

    (tmp_path / "locked.pdf").write_bytes(protect(booklet(built), "a-password"))
    with pikepdf.open(tmp_path / "locked.pdf", password="a-password") as pdf:
        assert pdf.allow.modify_form
        assert len(pdf.Root.AcroForm.Fields) == len(LABELS)


def test_the_same_twice(built):
    project, files = built
    again = project.build("sheet", "--json", "--paper", "letter", "--locale", "en-US", "--output", str(project.root / "again"))
    shas = {json.dumps(f["path"]): f["sha256"] for f in files if f["locale"] == "en-US"}
    assert {json.dumps(f["path"]): f["sha256"] for f in again.data["files"]} == shas
