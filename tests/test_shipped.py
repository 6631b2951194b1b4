"""The shipped content, built whole: every paper, both brands, judged by veraPDF, pdfium, poppler and pikepdf."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from generator.cli.main import main
from generator.markup import MarkupRoom, Piece
from generator.pipeline import Press
from generator.project.load import load_project
from generator.tree import drop
from tests.projects import ROOT
from tests.tools import render, structure, text_of

if TYPE_CHECKING:
    from pathlib import Path

PAPERS = ("letter", "a4", "half-letter", "a5", "4x6", "a6")
PARTNER = "when-your-partner-is-not-ready"
WORKSHEET = "six-steps-in-my-own-words"
PHONES = ("1-800-799-7233", "1-800-950-6264")


def build(output: Path, *arguments: str) -> dict:
    result = CliRunner().invoke(main, ["build", "--project", str(ROOT), "--output", str(output), "--json", *arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory) -> tuple[Path, list[dict]]:
    folder = tmp_path_factory.mktemp("shipped")
    papers = [part for paper in PAPERS for part in ("--paper", paper)]
    return folder, build(folder, "--locale", "en-US", *papers)["files"]


@pytest.fixture(scope="session")
def translated(tmp_path_factory) -> tuple[Path, list[dict]]:
    """Every other locale on its own paper, on the narrow one, and the smallest card."""
    folder = tmp_path_factory.mktemp("translated")
    locales = [part for name in load_project(ROOT).settings.locales if name != "en-US" for part in ("--locale", name)]
    return folder, build(folder, *locales, "--paper", "letter", "--paper", "half-letter", "--paper", "a6")["files"]


def of_kind(shipped, kind):
    folder, files = shipped
    return [(folder / f["path"], f) for f in files if f["kind"] == kind]


def test_everything_is_there(shipped):
    folder, files = shipped
    kinds = {(f["handout"], f["brand"], f["kind"], f["paper"]) for f in files}
    assert len(kinds) == len(PAPERS[:4]) * 3 * 2 + 4 * 2  # three handouts, two brands; cards of one
    assert len(files) == 4 * 3 * 2 + 6 * 4 * 2
    manifest = json.loads((folder / "manifest.json").read_text())
    assert [f["path"] for f in manifest["files"]] == sorted(f["path"] for f in files)


def test_manifest_tells_the_truth(shipped):
    folder, files = shipped
    for entry in files:
        data = (folder / entry["path"]).read_bytes()
        assert entry["bytes"] == len(data)
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert entry["pages"] == len(pikepdf.open(folder / entry["path"]).pages)
        assert {"handout", "brand", "locale", "paper", "notices"} <= entry.keys()


def test_verapdf_agrees_with_every_file(shipped, verapdf):
    folder, files = shipped
    verapdf([folder / f["path"] for f in files])


def test_verapdf_agrees_with_every_translation(translated, verapdf):
    folder, files = translated
    assert {f["locale"] for f in files} == {"es", "fr", "vi", "zh-Hans", "ar", "ru", "hi", "th"}
    verapdf([folder / f["path"] for f in files])


def test_a_draft_says_so_on_every_page(translated):
    folder, files = translated
    words = {"es": "Traducción provisional", "ru": "Черновой перевод", "zh-Hans": "翻译草稿", "vi": "Bản dịch nháp"}
    seen = 0
    for entry in files:
        if entry["locale"] in words:
            pages = text_of(folder / entry["path"]).split("\f")
            inner = pages[1:-1] if entry["kind"] == "booklet" else pages
            assert all(words[entry["locale"]] in page for page in inner), entry["path"]
            seen += len(inner)
    assert seen > 40


def test_no_english_is_left_in_a_translation(shipped, translated):
    words = ("Step", "What is inside", "The main points", "What you might say", "My notes", "Reviewed", "Yes", "Office")
    english = " ".join(text_of(path) for path, _ in of_kind(shipped, "booklet") + of_kind(shipped, "card"))
    assert [word for word in words if word not in english] == []  # they are looked for where they would stand
    folder, files = translated
    for entry in files:
        text = text_of(folder / entry["path"])
        for word in words:
            assert word not in text, (entry["path"], word)


@pytest.fixture(scope="session")
def both(tmp_path_factory) -> tuple[Path, list[dict]]:
    folder = tmp_path_factory.mktemp("both")
    return folder, [f for name in ("es", "ar") for f in build(folder, PARTNER, "--bilingual", name, "--brand", "connect")["files"]]


def test_a_bilingual_edition_reads_one_language_at_a_time(both, verapdf):
    folder, files = both
    assert {f["locale"] for f in files} == {"en-US+es", "en-US+ar"}
    assert {f["pages"] for f in files if f["kind"] == "card"} == {2}
    verapdf([folder / f["path"] for f in files])
    booklet = next(f for f in files if f["kind"] == "booklet" and "es" in f["locale"])
    tree = structure(folder / booklet["path"])
    step = tree[tree.index("Start with curiosity") :]
    words = ("Ask before you explain", "Say back what you heard", "Pregunte antes de explicar", "Repita con sus palabras")
    places = [step.rindex(w) if number else step.index(w) for number, w in enumerate(words)]
    assert places == sorted(places)


def test_blocks_of_both_languages_stand_side_by_side(both):
    from pypdfium2 import PdfDocument

    folder, files = both
    booklet = next(f for f in files if f["kind"] == "booklet" and "es" in f["locale"])
    with PdfDocument(folder / booklet["path"]) as pdf:
        for page in pdf:
            text = page.get_textpage()
            places = [text.search(w).get_next() for w in ("Ask before you explain", "Pregunte antes de explicar")]
            if all(places):
                (one, _), (other, _) = places
                left, right = text.get_charbox(one), text.get_charbox(other)
                assert abs(left[3] - right[3]) < 3
                assert right[0] > left[0] + 150
                return
    pytest.fail("the two blocks stand on different pages")


def test_same_input_same_bytes(shipped, tmp_path):
    folder, _files = shipped
    again = build(tmp_path, "--brand", "charlotte", "--locale", "en-US", "--paper", "letter")["files"]
    assert again
    for entry in again:
        assert (tmp_path / entry["path"]).read_bytes() == (folder / entry["path"]).read_bytes()


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d]+|\d+", text.replace("\u00ad", ""))


def in_order(wanted: list[str], found: list[str]) -> str:
    """Give the first wanted word that is not found in order, or ""."""
    rest = iter(found)
    return next((w for w in wanted if w not in rest), "")


@pytest.mark.parametrize("brand", ["connect", "charlotte"])
@pytest.mark.parametrize("paper", ["letter", "half-letter"])
def test_all_text_is_there_in_order(shipped, brand, paper):
    """The words of the HTML, in the order of the structure tree."""
    project = load_project(ROOT)
    chosen = next(b for b in project.brands if b.slug == brand)
    for path, entry in of_kind(shipped, "booklet"):
        if (entry["brand"], entry["paper"]) != (brand, paper):
            continue
        handout = next(h for h in project.handouts if h.slug == entry["handout"])
        template = f"{handout.template or 'booklet'}.html"
        piece, _ = Press().localized(Piece(project, handout, chosen, template, (ROOT / "templates",), paper=paper))
        tree = MarkupRoom().mark_up(piece).tree
        unseen = '|//*[@class="own-words"]' if paper == "half-letter" else ""
        for hidden in tree.xpath('//*[@aria-hidden="true"]|//head' + unseen):
            drop(hidden)
        source = words(" ".join(tree.itertext()))
        read = words(structure(path))
        assert len(source) > 200
        assert in_order(source, read) == ""


def test_poppler_reads_what_was_written(shipped):
    if shutil.which("pdftotext") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("poppler is not installed")
    path = next(p for p, e in of_kind(shipped, "booklet") if e["handout"] == PARTNER and e["paper"] == "letter")
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    flat = " ".join(text.split())
    for phrase in (
        "Ask before you explain. Your partner may have a reason",
        "“I want to understand how you see this.",
        *PHONES,
    ):
        assert phrase in flat


def test_cards_are_one_page_with_script_and_hotline(shipped):
    cards = of_kind(shipped, "card")
    for path, entry in cards:
        assert entry["pages"] == 1
        text = " ".join(text_of(path).split())
        assert f"Step {entry['step']} of 6" in text
        assert "1-800-799-7233" in text, path
        assert ("What you might say" in text) == (entry["step"] < 6)
    assert len(cards) == 48


def test_booklets_hold_the_safety_block_before_the_steps(shipped):
    for path, entry in of_kind(shipped, "booklet"):
        tree = structure(path)
        for phone in PHONES:
            assert f"Link '{phone} -> tel:+{phone}" in tree
        if entry["handout"] == PARTNER:
            assert tree.index(PHONES[0]) < tree.index("H2 '1 Start with curiosity'")


def test_contents_lead_to_the_pages_they_name(shipped):
    """Every row names the first page behind the contents on which its heading stands, and its link leads there."""
    for path, entry in of_kind(shipped, "booklet"):
        if entry["handout"] == WORKSHEET:  # it has no contents
            continue
        rows = re.findall(r"Link '(?:\d )?(.+?)\s?(\d+) -> ", structure(path).split("TOC\n")[1].split("Sect")[0])
        texts = [" ".join(page.split()) for page in text_of(path).split("\f")]
        contents = next(number for number, text in enumerate(texts, 1) if all(title in text for title, _ in rows))
        with pikepdf.open(path) as pdf:
            pages = [page.objgen for page in pdf.pages]
            led = [pages.index(link.Dest[0].objgen) + 1 for link in pdf.pages[contents - 1].Annots if "/Dest" in link]
        named = [int(number) for _, number in rows]
        stands = [re.compile(re.escape(title) + "(?![,،，、])") for title, _ in rows]  # the main points speak of some headings in a sentence
        assert len(rows) >= 5
        assert named == [next(n for n, text in enumerate(texts[contents:], contents + 1) if title.search(text)) for title in stands], path
        assert sorted(set(led)) == sorted(set(named)), path


def test_every_page_looks_set(shipped):
    """No page is blank, and nothing is painted within 18 points of the edge."""
    for path, entry in of_kind(shipped, "booklet"):
        if entry["paper"] not in ("letter", "half-letter"):
            continue
        for number, image in enumerate(render(path, 72), 1):
            grey = image.convert("L").point(lambda v: 255 if v < 250 else 0)
            box = grey.getbbox()
            assert box is not None, (path, number)
            assert box[0] >= 18 and box[1] >= 18, (path, number, box)  # noqa: PT018
            assert box[2] <= image.width - 18 and box[3] <= image.height - 18, (path, number, box)  # noqa: PT018


def test_titles_and_language(shipped):
    for path, entry in of_kind(shipped, "card")[:6]:
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == "en-US"
            assert str(pdf.docinfo["/Title"]).endswith("When your partner is not ready for therapy")
            assert entry["locale"] == "en-US"


def test_page_labels_and_outline(shipped):
    path = next(p for p, e in of_kind(shipped, "booklet") if e["handout"] == PARTNER and e["paper"] == "letter")
    with pikepdf.open(path) as pdf:
        assert [p.label for p in pdf.pages] == [str(n) for n in range(1, 13)]
        titles = [str(o.title) for o in pdf.open_outline().root]
        assert titles[2] == "1 Start with curiosity"
        assert titles[-1] == "My notes"


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_worksheet_fits_both_sides_of_a_sheet(shipped, paper):
    found = [(p, e) for p, e in of_kind(shipped, "booklet") if (e["handout"], e["paper"]) == (WORKSHEET, paper)]
    assert [e["pages"] for _, e in found] == [2, 2]
    for path, entry in found:
        first, second = text_of(path, 0), text_of(path, 1)
        assert "If you are being hurt or feel afraid" in first
        assert "After the talk" in second
        assert "Reviewed March 8, 2025" in second
        with pikepdf.open(path) as pdf:
            assert len(pdf.Root.AcroForm.Fields) == 17
        assert entry["notices"] == []


def test_no_page_is_nearly_empty(shipped, translated):
    """The cover apart, text or lines to write on reach over a quarter of what a page holds."""
    bare = []
    for path, entry in of_kind(shipped, "booklet") + of_kind(translated, "booklet"):
        with pypdfium2.PdfDocument(path) as pdf:
            for number in range(1, len(pdf)):
                page = pdf[number]
                lowest = min((b for _, b, _, _ in (o.get_bounds() for o in page.get_objects()) if b > 0.11 * page.get_height()), default=9e9)
                if lowest > 0.75 * page.get_height():
                    bare.append((entry["path"], number + 1))
    assert bare == []


def test_the_safety_block_is_whole(shipped):
    """Its words stand on one page, in every booklet and on every paper."""
    for path, _ in of_kind(shipped, "booklet"):
        with pypdfium2.PdfDocument(path) as pdf:
            texts = [page.get_textpage().get_text_range() for page in pdf]
        (page,) = [t for t in texts if PHONES[0] in t]
        assert "If you are being hurt or feel afraid" in " ".join(page.split())
        assert PHONES[1] in page


@pytest.mark.parametrize("paper", ["half-letter", "card-4x6", "a6"])
def test_the_hotline_stands_at_the_foot_of_every_card_of_a_set(shipped, paper):
    feet = set()
    for path in [p for p, e in of_kind(shipped, "card") if e["paper"] == paper]:
        with pypdfium2.PdfDocument(path) as pdf:
            text = pdf[0].get_textpage()
            at = text.get_text_range().index(PHONES[0])
            feet.add(round(text.get_charbox(at)[1]))
    assert max(feet) - min(feet) <= 2  # where leading is reduced, by as much


def test_the_key_box_names_the_page_of_the_safety_block(shipped):
    for path, file in of_kind(shipped, "booklet"):
        if file["handout"] == PARTNER:
            with pypdfium2.PdfDocument(path) as pdf:
                pages = [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in pdf]
            told = int(re.search(r"Turn to page (\d+) first", " ".join(pages))[1])
            assert "Experts can help you make a safety plan" in pages[told - 1], path
