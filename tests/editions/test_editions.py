"""Editions of the shipped handouts: what each promises, read back from the files."""

from __future__ import annotations

import io
import json
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops

from generator.cli.main import main
from tests.judges import NoJudgeError, compiled, engine, faults
from tests.projects import ROOT, Project

PARTNER = "when-your-partner-is-not-ready"
NAMES = ("large-print", "mono", "discreet")
LOCALES = ("en-US", "ar", "hi", "ru")
TELLING = ("partner", "therapy", "couples", "connect", "counseling", "curiosity", "session")


def build(output, *arguments):
    result = CliRunner().invoke(main, ["build", "--project", str(ROOT), "--output", str(output), "--json", *arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["files"]


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """All editions, both brands and handouts, in four locales, on Letter."""
    folder = tmp_path_factory.mktemp("editions")
    chosen = [part for name in NAMES for part in ("--edition", name)]
    locales = [part for name in LOCALES for part in ("--locale", name)]
    return folder, build(folder, *chosen, *locales, "--paper", "letter")


def of(made, edition, kind="booklet", **more):
    folder, files = made
    return [folder / f["path"] for f in files if f["edition"] == edition and f["kind"] == kind and all(f[k] == v for k, v in more.items())]


def sizes(path):
    """How large each letter is set, with its page."""
    import pypdfium2.raw as raw

    with pypdfium2.PdfDocument(path) as pdf:
        for at, page in enumerate(pdf):
            text = page.get_textpage()
            for n in range(text.count_chars()):
                if chr(raw.FPDFText_GetUnicode(text, n)).isalnum():
                    yield at, raw.FPDFText_GetFontSize(text, n)


def fonts(path):
    with pikepdf.open(path) as pdf:
        return {str(f.BaseFont) for page in pdf.pages for f in page.Resources.Font.values()}


def test_all_are_made_in_folders_of_their_own(made):
    folder, files = made
    assert {f["edition"] for f in files} == set(NAMES)
    assert {(f["brand"], f["locale"]) for f in files} == {(b, loc) for b in ("connect", "charlotte") for loc in LOCALES}
    assert all(f["path"].split("/")[-2] == f["edition"] for f in files)
    assert {p.name for p in folder.rglob("*.pdf")} == {"booklet-letter.pdf", *(f"step-{n}-letter.pdf" for n in range(1, 7))}


def test_all_are_accessible(made):
    folder, files = made
    try:
        jar = engine()
        classes = compiled(jar)
    except NoJudgeError as exc:
        pytest.skip(str(exc))
    assert not faults([folder / f["path"] for f in files], jar, classes)


def test_large_print_is_large(made):
    for path in (*of(made, "large-print", locale="en-US"), *of(made, "large-print", kind="card", locale="en-US")):
        found = [size for _, size in sizes(path)]
        assert min(found) >= 14, path
        assert sorted(found)[len(found) // 2] >= 17.9 or "step" in path.name
        assert sum(size >= 16 for size in found) / len(found) > 0.9
        assert not [name for name in fonts(path) if "Italic" in name]


def test_large_print_has_margins_of_an_inch(made):
    for path in of(made, "large-print"):
        with pypdfium2.PdfDocument(path) as pdf:
            for at in range(1, len(pdf)):
                page = pdf[at].render(scale=1).to_pil().convert("L").point(lambda v: 255 if v < 250 else 0)
                left, _, right, _ = page.getbbox()
                assert left >= 71, (path, at + 1)
                assert right <= 541, (path, at + 1)


def test_lines_of_large_print_are_well_apart(made):
    """Leading of at least 1.25, measured between the baselines of a paragraph."""
    path = of(made, "large-print", locale="en-US", handout=PARTNER, brand="connect")[0]
    with pypdfium2.PdfDocument(path) as pdf:
        page = next(p for p in pdf if "Saying no to therapy" in p.get_textpage().get_text_bounded())
        text = page.get_textpage()
        bottoms = sorted({round(text.get_rect(n)[1]) for n in range(text.count_rects())}, reverse=True)
    gaps = [a - b for a, b in pairwise(bottoms) if a - b > 8]
    assert min(gaps) >= 18 * 1.25


@pytest.mark.parametrize("locale", LOCALES)
def test_the_safety_block_of_large_print_is_on_one_page(made, locale):
    for path in of(made, "large-print", locale=locale, handout=PARTNER):
        with pypdfium2.PdfDocument(path) as pdf:
            texts = [page.get_textpage().get_text_bounded() for page in pdf]
        assert any(all(phone in text for phone in ("911", "1-800-799-7233", "1-800-950-6264")) for text in texts), path


def test_mono_has_no_colour(made):
    for path in (*of(made, "mono"), *of(made, "mono", kind="card", locale="en-US")):
        with pypdfium2.PdfDocument(path) as pdf:
            for page in pdf:
                red, green, blue = page.render(scale=0.5).to_pil().convert("RGB").split()
                assert ImageChops.difference(red, green).getextrema() == (0, 0), path
                assert ImageChops.difference(green, blue).getextrema() == (0, 0), path


def ink(path):
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.render(scale=0.5).to_pil().convert("L") for page in pdf]
    return sum(255 * p.width * p.height - sum(v * n for v, n in enumerate(p.histogram())) for p in pages) / 255


def test_mono_saves_ink(made, tmp_path):
    folder = build(tmp_path, PARTNER, "--brand", "connect", "--locale", "en-US", "--paper", "letter", "--format", "booklet")
    standard = tmp_path / folder[0]["path"]
    mono = of(made, "mono", locale="en-US", handout=PARTNER, brand="connect")[0]
    assert ink(mono) < ink(standard) * 0.65


def test_mono_tells_boxes_apart_by_their_frames(made):
    """Where the standard edition has tints, this one has lines: the safety block's frame is dark on all four sides."""
    path = of(made, "mono", locale="en-US", handout=PARTNER, brand="connect")[0]
    with pypdfium2.PdfDocument(path) as pdf:
        page = next(p for p in pdf if "being hurt" in p.get_textpage().get_text_bounded() and "911" in p.get_textpage().get_text_bounded())
        image = page.render(scale=2).to_pil().convert("L")
    sides = [x for x in range(image.width) if longest_dark(image.crop((x, 0, x + 1, image.height)).tobytes()) > 400]
    assert sides[-1] - sides[0] > 900
    assert len(sides) < 20  # lines, and no grounds


def longest_dark(column: bytes) -> int:
    """Give the length of the longest unbroken dark line in a column of pixels."""
    best = run = 0
    for value in column:
        run = run + 1 if value < 80 else 0
        best = max(best, run)
    return best


def test_pictures_lose_their_colours_too(tmp_path):
    project = Project(tmp_path)
    Image.new("RGBA", (60, 60), (250, 0, 0, 128)).save(tmp_path / "content/images/a.png")
    Image.new("RGB", (60, 60), (0, 0, 250)).save(tmp_path / "content/images/b.jpg")
    project.handout("\n![Red](images/a.png)\n\n![Blue](images/b.jpg)\n", "visit")
    outcome = project.build("--edition", "mono", "--format", "booklet", "visit")
    assert outcome.code == 0, outcome.err
    test_mono_has_no_colour((tmp_path / "output", json.loads((tmp_path / "output/manifest.json").read_text())["files"]))


def outside(path):
    """All that can be seen of a file without reading its pages: name, properties, bookmarks, cover and last page, heads and feet."""
    with pikepdf.open(path) as pdf:
        said = [str(v) for v in pdf.docinfo.values()] + [pdf.Root.Metadata.read_bytes().decode()]
        with pdf.open_outline() as outline:
            said += [item.title for item in outline.root]
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage() for page in pdf]
        if any("What is inside" in page.get_text_bounded() for page in pages):  # a worksheet has no cover
            said += [pages[0].get_text_bounded(), pages[-1].get_text_bounded()]
        said += [page.get_text_bounded(bottom=750) for page in pages[1:]] + [page.get_text_bounded(top=50) for page in pages[1:]]
    return " ".join([path.name, *said]).casefold()


def test_discreet_tells_nothing(made):
    for path in (*of(made, "discreet", locale="en-US"), *of(made, "discreet", kind="card", locale="en-US")):
        said = outside(path)
        assert not [word for word in TELLING if word in said], path
        assert ("booklet" if path.name.startswith("booklet") else "card") in said


@pytest.mark.parametrize(("locale", "titles"), [("ar", ("كتيّب", "البطاقة 2")), ("hi", ("पुस्तिका", "कार्ड 2")), ("ru", ("Брошюра", "Карточка 2"))])
def test_discreet_titles_are_in_the_readers_language(made, locale, titles):
    found = [*of(made, "discreet", locale=locale), *of(made, "discreet", kind="card", locale=locale)]
    read = set()
    for path in found:
        if path.name.startswith(("booklet", "step-2")):
            with pikepdf.open(path) as pdf:
                read.add(str(pdf.docinfo.Title))
    assert read == set(titles)


def test_discreet_keeps_the_words_within(made, tmp_path):
    files = build(tmp_path, PARTNER, "--brand", "connect", "--locale", "en-US", "--paper", "letter", "--format", "booklet")
    read = [" ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))
            for path in (tmp_path / files[0]["path"], of(made, "discreet", locale="en-US", handout=PARTNER, brand="connect")[0])]  # fmt: skip
    standard, discreet = ([w for w in text.replace("\ufffe", "-").split() if len(w) > 3] for text in read)
    assert set(standard) - set(discreet) <= {"ready", "steps", "keep", "talking,", "each", "other", "close"}


def test_a_wallet_card_in_the_discreet_edition(tmp_path):
    (file,) = build(tmp_path, PARTNER, "--brand", "connect", "--locale", "en-US", "--print", "cards", "--paper", "wallet", "--edition", "discreet")
    assert (file["kind"], file["paper"], file["edition"]) == ("sheet", "wallet", "discreet")
    with pypdfium2.PdfDocument(tmp_path / file["path"]) as pdf:
        front = pdf[0].get_textpage().get_text_bounded()
    assert "1-800-799-7233" in "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / file["path"]))
    assert "When your partner" not in front
    assert "Connect Couples" not in front


def test_a_discreet_wallet_card_tells_nothing_on_either_side_of_the_packet(tmp_path):
    """Folded like a fan, the cover and one more panel lie outside: the last in front of an even number, the last behind of an odd one."""
    wanted = ("--print", "cards", "--paper", "wallet", "--edition", "discreet", "--duplex", "long")
    (file,) = build(tmp_path, PARTNER, "--brand", "connect", "--locale", "en-US", *wanted)
    with pypdfium2.PdfDocument(tmp_path / file["path"]) as pdf:
        left, bottom, right, top = pdf[0].get_trimbox()
        count = round((top - bottom) / 144)
        panels = [[pdf[side].get_textpage().get_text_bounded(x, top - 144 * (n + 1), x + 252, top - 144 * n).split() for n in range(count)]
                  for side, x in ((0, left), (1, right - 252))]  # fmt: skip
    assert panels[0][0] == ["Booklet"]
    assert panels[0][-1 if count % 2 == 0 else 0] in ([], ["Booklet"])
    assert panels[1][-1] == [] or count % 2 == 0
    words = [" ".join(panel) for side in panels for panel in side]
    assert all(any(f"Step {n} of 6" in panel for panel in words) for n in range(1, 7))
    assert [panel for panel in words if "1-800-950-6264" in panel]


def test_printing_takes_editions(tmp_path):
    printed = ("--print", "saddle", "--paper", "letter", "--edition", "large-print")
    (file,) = build(tmp_path, PARTNER, "--brand", "charlotte", "--locale", "en-US", *printed)
    assert file["path"].endswith("large-print/saddle-letter-on-tabloid.pdf")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("--edition", "large"), 'there is no edition "large"'),
        (("--edition", "large-print", "--paper", "a5"), "the edition large-print is not made on a5"),
        (("--edition", "large-print", "--print", "saddle", "--paper", "a5"), "the edition large-print is not made on a5"),
        (("--edition", "large-print", "--print", "cards", "--paper", "4x6"), "the edition large-print is not made on 4x6"),
    ],
)
def test_what_there_is_not(tmp_path, given, message):
    result = CliRunner().invoke(main, ["build", "--project", str(ROOT), "--output", str(tmp_path / "out"), *given])
    assert result.exit_code == 2
    assert message in result.stderr
    assert not list(tmp_path.rglob("*.pdf"))


def test_an_edition_of_ones_own(tmp_path):
    project = Project(tmp_path)
    project.handout("\nWords.\n", "visit")
    project.write("templates/editions/green.css", "/* --papers: none; */\n:root { --papers: a4; }\nbody { color: #006600; }\n")
    outcome = project.build("--edition", "green", "--edition", "standard", "visit", "--format", "booklet")
    assert outcome.code == 0, outcome.err
    paths = {str(p.relative_to(tmp_path / "output")) for p in (tmp_path / "output").rglob("*.pdf")}
    assert paths == {"connect/en-US/visit/green/booklet-a4.pdf", "connect/en-US/visit/booklet-letter.pdf"}
    project.write("templates/editions/green.css", ":root { --papers: a4; }\nbody { colour: #006600; }\n")
    outcome = project.build("--edition", "green", "visit", "--format", "booklet")
    assert outcome.code == 1
    assert "templates/editions/green.css:2" in outcome.err
    assert [p.name for p in (tmp_path / "output").rglob("*.pdf")] == ["booklet-letter.pdf"]


def test_a_build_of_one_edition_leaves_the_others(tmp_path):
    project = Project(tmp_path)
    project.handout("\nWords.\n", "visit")
    project.build("--edition", "mono", "visit", "--format", "booklet")
    project.build("visit", "--format", "booklet")
    files = json.loads((tmp_path / "output/manifest.json").read_text())["files"]
    assert sorted(f["edition"] for f in files) == ["mono", "standard"]


def test_copies_and_mail_take_editions(tmp_path):
    project = Project(tmp_path)
    project.handout("\nDear {{ client.first_name }}, all is well.\n", "visit")
    project.write("clients.csv", "id,first_name,email,email_consent\nc-1,Ana,ana@example.org,yes\n")
    path = str(tmp_path / "clients.csv")
    assert project.run("build", "visit", "--clients", path, "--edition", "large-print").code == 0
    copy = tmp_path / "output/copies/visit/large-print/c-1.pdf"
    assert max(size for _, size in sizes(copy)) >= 18
    outcome = project.run("send", "visit", "--clients", path, "--edition", "discreet", "--outbox")
    assert outcome.code == 0, outcome.err
    [message] = (tmp_path / "output/outbox").glob("*.eml")
    import email
    import email.policy

    [enclosed] = email.message_from_bytes(message.read_bytes(), policy=email.policy.default).iter_attachments()
    with pikepdf.open(io.BytesIO(enclosed.get_content())) as pdf:
        assert str(pdf.docinfo.Title) == "Booklet"
    with pypdfium2.PdfDocument(enclosed.get_content()) as pdf:
        assert pdf[0].get_textpage().get_text_bounded().strip() == "Booklet"


def test_a_discreet_booklet_shows_nothing_on_its_back(tmp_path):
    """The first side of the first sheet: the cover on the right, and on the left what lies outside behind all pages."""
    (file,) = build(tmp_path, PARTNER, "--brand", "connect", "--locale", "en-US", "--print", "saddle", "--edition", "discreet")
    with pypdfium2.PdfDocument(tmp_path / file["path"]) as pdf:
        side = pdf[0].render(scale=1).to_pil().convert("L")
        assert "My notes" in "".join(page.get_textpage().get_text_bounded() for page in pdf)
    left, right = (side.crop((x, 0, x + side.width // 2, side.height)) for x in (0, side.width // 2))
    assert left.getextrema()[0] > 250
    assert right.getextrema()[0] < 200
