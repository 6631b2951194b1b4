"""`handouts build --print`: the shipped handouts on sheets, folded and cut, and what may go wrong on the way."""

from __future__ import annotations

import io
import itertools
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops

from generator.cli.main import main
from generator.papers import PAPERS
from tests.press.paper import behind_area, cut, sides, trim, turned_over
from tests.projects import FRONT, ROOT, Project
from tests.tools import text_of

if TYPE_CHECKING:
    from pathlib import Path

PARTNER = "when-your-partner-is-not-ready"
PLAIN = ("--brand", "connect", "--locale", "en-US")


def build(folder: Path, *arguments: str) -> dict:
    command = ["build", PARTNER, "--project", str(ROOT), "--output", str(folder), "--json", *arguments]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def made(folder: Path, outcome: dict) -> bytes:
    (entry,) = outcome["files"]
    return (folder / entry["path"]).read_bytes()


def fonts(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return sum(1 for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor")


@pytest.fixture(scope="module")
def saddles(tmp_path_factory) -> tuple[Path, list[dict]]:
    folder = tmp_path_factory.mktemp("saddles")
    files = build(folder, "--brand", "connect", "--locale", "en-US", "--locale", "ar", "--print", "saddle", "--paper-thickness", "0.1")
    return folder, files["files"]


def test_a_booklet_on_its_sheets(saddles, tmp_path):
    folder, files = saddles
    source = made(tmp_path, build(tmp_path, *PLAIN, "--format", "booklet", "--paper", "half-letter"))
    entry = next(f for f in files if f["locale"] == "en-US")
    data = (folder / entry["path"]).read_bytes()
    assert (entry["kind"], entry["sheet"], entry["paper"], entry["pages"]) == ("saddle", "letter", "half-letter", 8)
    assert len(data) <= 1.1 * len(source)
    assert fonts(data) == fonts(source) + 2  # those of the heading of the first notes page, a file of its own
    assert text_of(data).count("Ask before you explain.") == 1
    for page, number in ((0, 0), (3, 3), (5, 5)):  # the cover, page 4 moved by a sheet's thickness, page 6
        placed = next(p for p in (sides(data)[page]).printed if (p.x > 396) == (number == 0))
        area = (placed.x - 198, 0, 396, 612)
        assert alike(cut(data, page, area), cut(source, number, (0, 0, 396, 612))) < 0.002


def alike(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ much: a page moved by a fraction of a pixel keeps its looks, not its bytes."""
    assert one.size == other.size
    size = (one.width // 4, one.height // 4)
    difference = ImageChops.difference(one.resize(size, Image.Resampling.BOX), other.resize(size, Image.Resampling.BOX)).convert("L")
    return sum(difference.histogram()[48:]) / (size[0] * size[1])


def test_arabic_has_its_spine_on_the_right(saddles):
    folder, files = saddles
    data = (folder / next(f for f in files if f["locale"] == "ar")["path"]).read_bytes()
    first = text_of(cover_half(data, "left"))
    assert "Connect Couples Therapy" in first
    solid = cut(data, 0, (40, 400, 300, 150)).getcolors(1 << 20)
    assert max(solid)[1] == (106, 31, 75)  # the cover's panel lies on the left half


def furthest(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of any pixel: none in inches; millimetres do not fall on whole pixels, and round."""
    return max(high for _, high in ImageChops.difference(one, other).getextrema())


def cover_half(data: bytes, which: str) -> bytes:
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        page.set_cropbox(*((0, 0, 396, 612) if which == "left" else (396, 0, 792, 612)))
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def test_sheets_keep_to_pdf_a(saddles, verapdf):
    folder, files = saddles
    verapdf([folder / f["path"] for f in files], "2u")


def test_the_printers_dialog_is_told(saddles):
    folder, files = saddles
    with pikepdf.open(folder / files[0]["path"]) as pdf:
        wishes = pdf.Root.ViewerPreferences
        assert (wishes.PrintScaling, wishes.Duplex) == ("/None", "/DuplexFlipShortEdge")
        assert "/StructTreeRoot" not in pdf.Root
        assert "/Annots" not in pdf.pages[0]
        with pdf.open_metadata() as packet:
            assert "pdfuaid:part" not in packet
            assert packet["dc:title"] == str(pdf.docinfo.Title)


CARDS = [("3.5x2", "letter"), ("85x55", "a4"), ("3x5", "letter"), ("4x6", "letter"), ("a6", "a4"), ("half-letter", "letter")]


@pytest.mark.parametrize(("size", "sheet"), CARDS)
@pytest.mark.parametrize("duplex", ["long", "short"])
def test_cards_cut_out_are_the_single_cards(tmp_path, size, sheet, duplex):
    singles = build(tmp_path, *PLAIN, "--format", "cards", "--paper", size)["files"]
    outcome = build(tmp_path, *PLAIN, "--print", "cards", "--paper", size, "--sheet", sheet, "--duplex", duplex)
    (entry,) = outcome["files"]
    data = (tmp_path / entry["path"]).read_bytes()
    assert (entry["kind"], entry["sheet"], entry["step"]) == ("sheet", sheet, 0)
    card = PAPERS[entry["paper"]]
    found = []
    for front in range(0, entry["pages"], 2):
        left, bottom, width, height = trim(data, front)
        paper = trim(data, front, "mediabox")[2:]
        for row in reversed(range(round(height / card[1]))):
            for column in range(round(width / card[0])):
                area = (left + column * card[0], bottom + row * card[1], *card)
                found.append((cut(data, front, area), turned_over(cut(data, front + 1, behind_area(area, paper, duplex)), paper, duplex)))
    backs = [back for _, back in found]
    slack = 2 if sheet == "a4" else 0  # of 255: paper in millimetres lies on parts of pixels
    assert max(furthest(backs[0], back) for back in backs) <= slack
    assert backs[0].convert("L").getextrema()[0] < 60
    for single, (front, _) in zip(itertools.cycle(sorted(singles, key=lambda f: f["step"])), found, strict=False):
        alone = (tmp_path / single["path"]).read_bytes()
        assert furthest(front, cut(alone, 0, (0, 0, *card))) <= slack, single["path"]
    assert len(data) <= 1.1 * sum(f["bytes"] for f in singles)
    for phone in ("1-800-799-7233", "1-800-950-6264"):
        assert text_of(data, 1).count(phone) == len(found) * 2 // entry["pages"]  # no place is left empty


def test_small_cards_are_tagged_as_well(tmp_path, verapdf):
    papers = [part for paper in ("3x5", "3.5x2", "85x55") for part in ("--paper", paper)]
    files = build(tmp_path, "--locale", "en-US", "--locale", "ar", "--locale", "th", "--format", "cards", *papers)["files"]
    assert len(files) == 2 * 3 * 3 * 6
    verapdf([tmp_path / f["path"] for f in files])
    for entry in files:
        text = text_of(tmp_path / entry["path"])
        assert "1-800-799-7233" in text, entry["path"]


def test_copies_of_one_step(tmp_path):
    outcome = build(tmp_path, *PLAIN, "--print", "cards", "--paper", "3.5x2", "--step", "2", "--copies", "25", "--no-backs")
    (entry,) = outcome["files"]
    assert (entry["pages"], entry["step"]) == (3, 2)
    texts = text_of(tmp_path / entry["path"]).split("\f")
    assert [t.count("Stay calm and supportive") for t in texts] == [10, 10, 5]
    assert not any("Start with curiosity" in t for t in texts)
    assert entry["bytes"] < 25_000
    assert "Print on one side" in next(iter(outcome["printing"].values()))


def test_a_wallet_card(tmp_path):
    data = made(tmp_path, build(tmp_path, *PLAIN, "--print", "cards", "--paper", "3.5x8"))
    front, back = (" ".join(text_of(data, page).split()) for page in (0, 1))
    assert front.index("When your partner") < front.index("Step 1 of 6") < front.index("Step 3 of 6")
    assert back.index("Step 4 of 6") < back.index("If you are being hurt or feel afraid") < back.index("1-800-950-6264")
    assert trim(data)[3] == pytest.approx(8 * 72, abs=0.01)


def test_a_first_sheet_tells_how_to_print(tmp_path):
    outcome = build(tmp_path, *PLAIN, "--print", "saddle", "--instructions", "--duplex", "long")
    texts = text_of(made(tmp_path, outcome)).split("\f")
    assert outcome["files"][0]["pages"] == len(texts) == 10
    flat = " ".join(texts[0].split())
    for said in next(iter(outcome["printing"].values())):
        assert said in flat
    assert "Flip on long edge" in flat
    assert texts[1] == ""
    assert "Six steps to keep talking" in texts[2]


def test_a_draft_says_so_on_small_cards_too(tmp_path):
    data = made(tmp_path, build(tmp_path, "--brand", "connect", "--locale", "es", "--print", "cards", "--paper", "wallet"))
    assert sum(text_of(data, page).count("Traducción provisional") for page in (0, 1)) == 2 * 8


def test_a_bilingual_card_has_its_other_language_behind_it(tmp_path):
    outcome = build(tmp_path, "--brand", "connect", "--bilingual", "es", "--print", "cards", "--paper", "3.5x2")
    data = made(tmp_path, outcome)
    assert outcome["files"][0]["locale"] == "en-US+es"
    left, bottom, _, high = trim(data)
    area = (left, bottom + high - 144, 252, 144)
    for page, place, words in ((0, area, "Start with curiosity"), (1, behind_area(area, (612, 792), "long"), "Empiece con curiosidad")):
        x, y, width, height = place
        with pypdfium2.PdfDocument(data) as document:
            text = document[page].get_textpage().get_text_bounded(x, y, x + width, y + height)
        assert words in " ".join(text.split())


def test_what_has_not_changed_still_tells_how_to_print(tmp_path):
    first, again = (build(tmp_path, *PLAIN, "--print", "saddle") for _ in range(2))
    assert first["printing"]
    assert first["printing"] == again["printing"]
    other = build(tmp_path, *PLAIN, "--print", "saddle", "--duplex", "long")
    assert "Flip on long edge" in str(other["printing"])
    assert len(other["files"]) == 1


def test_the_same_sheets_have_the_same_bytes(tmp_path):
    one, two = (made(tmp_path / n, build(tmp_path / n, *PLAIN, "--print", "cards", "--paper", "3.5x2", "--jobs", j)) for n, j in ("a1", "b2"))
    assert one == two


def test_sheets_and_pieces_do_not_drive_each_other_out(tmp_path):
    build(tmp_path, *PLAIN, "--format", "booklet", "--paper", "half-letter")
    build(tmp_path, *PLAIN, "--print", "saddle")
    for step in ("1", "2"):
        build(tmp_path, *PLAIN, "--print", "cards", "--paper", "3.5x2", "--step", step)
    build(tmp_path, *PLAIN, "--print", "cards", "--paper", "3.5x2")
    kinds = [f["kind"] for f in json.loads((tmp_path / "manifest.json").read_text())["files"]]
    assert sorted(kinds) == ["booklet", "saddle", "sheet", "sheet", "sheet"]


BRIEF = "\nAsk first. Then wait for as long as you need to, however long that may be for you both.\n"


def small(tmp_path, text: str) -> Project:
    project = Project(tmp_path / "clinic")
    project.handout(text, "h", front=FRONT.format(title="A title").replace("[booklet]", "[booklet, cards]"))
    return project


def test_a_paragraph_marked_brief_is_the_line_of_advice(tmp_path):
    project = small(tmp_path, "\n## One {.step}\n\nAsk first.\n\nWait for them.\n{: .brief }\n\n## Two {.step}\n" + BRIEF)
    assert project.build("--print", "cards", "--paper", "3.5x2", "--copies", "1").code == 0
    text = " ".join(text_of(project.files()[0], 0).split())
    assert "Wait for them." in text
    assert text.count("Ask first.") == 1
    assert "Then wait" in text


def test_a_step_without_a_short_sentence_is_told(tmp_path):
    project = small(tmp_path, "\n## One {.step}\n\n" + "word " * 60 + "end.\n")
    outcome = project.build("--print", "cards", "--paper", "3.5x2")
    assert outcome.code == 0
    assert "h.md:7: notice: step 1 has no sentence short enough" in outcome.err
    assert "{: .brief }" in outcome.err


@pytest.mark.parametrize("line", ["Call us when", "Call us when:", "Call us if one of these happens **today**"])
def test_a_line_that_ends_before_its_list_is_told(tmp_path, line):
    items = "\n\n- it hurts\n- you are afraid\n"
    project = small(tmp_path, f"\n## One {{.step}}\n\n{line}{items}\n## Two {{.step}}\n\nAsk first.{items}\n## Three {{.step}}\n\n{line}"
                              f"{items}\nCall us.\n{{: .brief }}\n")  # fmt: skip
    outcome = project.build("--print", "cards", "--paper", "3.5x2")
    assert outcome.code == 0
    assert f"h.md:7: notice: the line of step 1 for a small card ends before its list: “{line.replace('*', '')}”" in outcome.err
    assert outcome.err.count("ends before its list") == 1
    assert "{: .brief }" in outcome.err


@pytest.mark.parametrize("paper", ["3.5x2", "3x5", "wallet"])
def test_a_card_in_brief_has_no_call_of_a_note_that_it_has_not(tmp_path, paper):
    text = ("\n## One[^a] {.step}\n\nAsk first.[^a]\n\n!!! say\n    Good day.[^a]\n\n## Two {.step}\n\n"
            + "word " * 60 + "end.\n\n- Wait[^a] outside\n\n[^a]: From a book.\n")  # fmt: skip
    project = small(tmp_path, text)
    assert project.build("--print", "cards", "--paper", paper).code == 0
    words = " ".join(" ".join(text_of(path, page).split()) for path in project.files() for page in range(len(pikepdf.open(path).pages)))
    assert "Ask first." in words
    assert "Wait outside" in words
    assert ("Good day." in words) == (paper == "3x5")
    assert not re.search(r"(first\.|One|Wait|day\.) ?1", words)
    assert "From a book" not in words


@pytest.mark.parametrize(
    ("arguments", "words", "hint"),
    [
        (("saddle", "--paper", "half-letter", "--sheet", "a4"), "do not fit a sheet of 297 x 210 mm", "half letter goes on letter"),
        (("saddle", "--paper", "letter", "--sheet", "letter"), "do not fit", "letter on tabloid"),
        (("saddle", "--signature", "90"), "90 sheets cannot be folded together", "--signature takes"),
        (("saddle", "--paper-thickness", "5"), "5 mm thick cannot be folded", "0.1 for office paper"),
        (("cards", "--paper", "letter", "--sheet", "a4"), "does not fit a sheet of 210 x 297 mm", "larger --sheet"),
        (("cards", "--paper", "3.5x2", "--step", "7"), "there is no step 7", "1 to 6"),
        (("cards", "--paper", "wallet", "--bilingual", "es"), "no room for two languages", "leave out --bilingual"),
        (("cards", "--paper", "3.5x2", "--bleed", "3"), "no bleed box", "bleed: 3mm"),
    ],
)
def test_bad_wishes(tmp_path, arguments, words, hint):
    command = ["build", PARTNER, "--project", str(ROOT), "--output", str(tmp_path), "--brand", "connect", "--print", *arguments]
    if "--bilingual" not in arguments:
        command += ["--locale", "en-US"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert f"error: {words}" in result.stderr or words in result.stderr
    assert hint in result.stderr
    assert not list(tmp_path.rglob("*.pdf"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--print", "saddle", "--paper", "4x6"), "no paper for --print saddle"),
        (("--print", "saddle", "--sheet", "letterr"), 'no sheet "letterr"'),
        (("--print", "saddle", "--copies", "3"), "--copies goes with --print cards"),
        (("--print", "cards", "--notes", "blank"), "--notes goes with --print saddle"),
        (("--print", "saddle", "--format", "cards"), "made as booklet"),
        (("your-first-session", "--print", "cards"), "made as cards"),
        (("--duplex", "long"), "--duplex goes with --print"),
        (("--paper", "wallet"), 'no paper "wallet"'),
    ],
)
def test_wrong_commands(tmp_path, arguments, words):
    result = CliRunner().invoke(main, ["build", "--project", str(ROOT), "--output", str(tmp_path), *arguments])
    assert result.exit_code == 2
    assert words in result.stderr
    assert not list(tmp_path.rglob("*.pdf"))


def test_too_many_steps_for_a_wallet(tmp_path):
    project = small(tmp_path, "".join(f"\n## Step {n} {{.step}}\n{BRIEF}" for n in range(7)))
    outcome = project.build("--print", "cards", "--paper", "wallet")
    assert outcome.code == 1
    assert "has 7 steps, and a wallet card has room for 6" in outcome.err
    assert not project.files()


def test_one_card_too_long_spoils_no_sheet(tmp_path):
    """Nothing half printed: where a card fails there is no sheet, and the old one is gone."""
    project = small(tmp_path, f"\n## One {{.step}}\n{BRIEF}\n## Two {{.step}}\n{BRIEF}")
    assert project.build("--print", "cards", "--paper", "3.5x2").code == 0
    assert len(project.files()) == 1
    long = "A very long heading that goes on and on without an end in sight for quite a while " * 3
    project.handout(f"\n## One {{.step}}\n{BRIEF}\n## {long} {{.step}}\n{BRIEF}", "h",
                    front=FRONT.format(title="A title").replace("[booklet]", "[cards]"))  # fmt: skip
    outcome = project.build("--print", "cards", "--paper", "3.5x2")
    assert outcome.code == 1
    assert "too long for its 3.5 x 2 in page" in outcome.err
    assert not project.files()


def test_preview_draws_what_was_built(tmp_path):
    build(tmp_path, *PLAIN, "--format", "cards", "--paper", "a6")
    build(tmp_path, *PLAIN, "--print", "cards", "--paper", "3.5x2")
    shown = CliRunner().invoke(main, ["preview", "--output", str(tmp_path), "--width", "100"])
    assert shown.exit_code == 0, shown.output
    folder = tmp_path / "preview" / "connect" / "en-US" / PARTNER
    with Image.open(folder / "cards-a6.png") as cards:
        assert cards.size == (4 * 112 + 12, 2 * (141 + 12) + 12)  # six cards in rows of four
    assert (folder / "sheet-3.5x2-on-letter.png").is_file()
    assert str(folder / "cards-a6.png") in shown.stdout
    nothing = CliRunner().invoke(main, ["preview", "--output", str(tmp_path), "--brand", "charlotte"])
    assert nothing.exit_code == 2
    assert "nothing to show" in nothing.stderr


def test_a_build_without_sheets_imports_no_press(tmp_path):
    code = (
        "import sys; from click.testing import CliRunner; from generator.cli.main import main\n"
        f"r = CliRunner().invoke(main, ['build', '--project', {str(ROOT)!r}, '--output', {str(tmp_path)!r}, '--brand', 'connect',"
        " '--locale', 'en-US', '--format', 'booklet'])\n"
        "assert r.exit_code == 0, r.output\n"
        "assert not {m for m in sys.modules if m in ('pikepdf', 'pypdfium2') or m.startswith('generator.press')}"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr


def test_the_page_that_contents_call_notes_has_their_heading(tmp_path):
    """Pages to write on stand before the back cover: the first of them has the number that the contents give."""
    (entry,) = build(tmp_path, *PLAIN, "--print", "saddle")["files"]
    (single,) = build(tmp_path, *PLAIN, "--format", "booklet", "--paper", "half-letter")["files"]
    assert single["pages"] % 4
    said = text_of(tmp_path / entry["path"])
    assert said.count("My notes") == 3  # in the contents, on that page, on the cover
    (blank,) = build(tmp_path, *PLAIN, "--print", "saddle", "--notes", "blank")["files"]
    assert text_of(tmp_path / blank["path"]).count("My notes") == 2
