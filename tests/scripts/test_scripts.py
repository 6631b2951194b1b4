"""Text in every script that clinics write: three paragraphs and more in each, read back by those who did not set it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from generator.markup import Piece
from generator.pipeline import Press
from generator.project.load import load_project
from tests.projects import PLAIN, ROOT, Project
from tests.tools import text_of

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.md"))
RTL = {"ar", "fa", "he", "ur"}
CONTROLS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")


def plain(text: str) -> str:
    return re.sub(r"\s+", "", CONTROLS.sub("", text))


def lines_of(path: Path) -> list[str]:
    """The lines of a text without Markdown's marks."""
    body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    body = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", body)
    body = re.sub(r"\{\.step\}|[*|#]|!!! say|---|^- ", "", body, flags=re.MULTILINE)
    return [line.strip() for line in body.splitlines() if line.strip()]


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> dict[str, tuple[Path, Path]]:
    """A booklet and a card in every language."""
    folder, press = tmp_path_factory.mktemp("scripts"), Press()
    out = {}
    for path in TEXTS:
        lang = path.stem
        project = Project(folder / lang)
        shutil.copy(path, project.root / "content" / "handouts" / "talk.md")
        project.write("content/project.yml", f"default_locale: {lang}\nlocales: [{lang}]\nbrands: [connect]\n")
        loaded = load_project(project.root)
        assert not loaded.failures
        files = []
        for template, paper, step in (("booklet.html", "letter", None), ("card.html", "half-letter", 1)):
            piece = Piece(loaded, loaded.handouts[0], loaded.brands[0], template, (ROOT / "templates",), lang, paper, step)
            files.append(folder / f"{lang}-{template[:4]}.pdf")
            files[-1].write_bytes(press.make(piece).data)
        out[lang] = (files[0], files[1])
    return out


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_pdfium_reads_what_was_written(made, path):
    read = plain(text_of(made[path.stem][0]))
    if path.stem in RTL:  # pdfium puts the words of a Latin name in a right-to-left line the wrong way round
        wanted = {w for line in lines_of(path) for w in re.split(r"[\s%()”“„]+", line) if w}  # nor are quotes its strength
        assert not {w for w in wanted if plain(w).strip(".") not in read}
    else:
        assert [line for line in lines_of(path) if plain(line) not in read] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_poppler_reads_what_was_written(made, path):
    if shutil.which("pdftotext") is None:
        pytest.fail("pdftotext is missing")
    done = subprocess.run(["pdftotext", made[path.stem][0], "-"], capture_output=True, check=True, encoding="utf-8")
    read = plain(done.stdout)
    missing = [line for line in lines_of(path) if plain(line) not in read]
    if path.stem in RTL:  # a full stop behind a Latin name is read before it
        missing = [line for line in missing if "Hotline" not in line and ":" not in line]
    assert missing == []


def test_verapdf(made, verapdf):
    verapdf([file for files in made.values() for file in files])


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_the_language_is_told(made, path):
    with pikepdf.open(made[path.stem][0]) as pdf:
        assert str(pdf.Root.Lang) == path.stem


@pytest.mark.parametrize("lang", sorted(RTL))
def test_latin_words_keep_their_order_among_words_from_the_right(made, lang):
    from pypdfium2 import PdfDocument

    with PdfDocument(made[lang][0]) as pdf:
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    assert "Connect Couples Therapy" in text
    assert "Therapy Couples" not in text


def test_right_to_left_is_the_mirror_of_left_to_right(made):
    """The number of the step stands at the start: on the right in Arabic."""
    from pypdfium2 import PdfDocument

    sides = {}
    for lang in ("ar", "ru"):
        with PdfDocument(made[lang][0]) as pdf:
            page = pdf[2]
            text = page.get_textpage()
            sides[lang] = [text.get_charbox(i)[0] / page.get_width() for i in range(text.count_chars())
                           if text.get_text_range(i, 1) == "1"]  # fmt: skip
    assert max(sides["ar"]) > 0.8
    assert min(sides["ru"]) < 0.2


@pytest.mark.parametrize(("character", "hint"), [("\ue000", "unnamed character"), ("ગ", "GUJARATI LETTER GA")])
def test_a_character_without_a_font_is_named(tmp_path, character, hint):
    project = Project(tmp_path / "clinic")
    project.handout(f"\nWords and {character} more.\n")
    out = project.run("build")
    assert out.code == 1
    assert hint in out.err
    assert "bad.md:" in out.err


def test_bengali_ligatures_are_read_as_one_word(tmp_path):
    """Halves of them are drawn below the letter before, and take no room."""
    words = ["যুক্ত", "কিন্তু", "বুদ্ধ", "স্কুল", "বস্তু", "চিহ্ন", "শুষ্ক"]
    project = Project(tmp_path / "clinic")
    project.write("content/project.yml", "default_locale: bn\nlocales: [bn]\nbrands: [connect]\n")
    project.handout(f"\n{' '.join(words)}\n", "one", front=PLAIN.format(title="T"))
    assert project.build("one").code == 0
    (file,) = project.files()
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True, encoding="utf-8")
    for read in (done.stdout, text_of(file)):
        assert [word for word in words if word not in read] == []


@pytest.mark.parametrize("locale", ["th", "he", "zh-Hans", "am"])
def test_code_has_columns_in_every_language(tmp_path, locale):
    from pypdfium2 import PdfDocument

    project = Project(tmp_path / "clinic")
    project.write("content/project.yml", f"default_locale: {locale}\nlocales: [{locale}]\nbrands: [connect]\n")
    project.handout("\n```\niiii|\nWWWW|\n```\n", "one", front=PLAIN.format(title="T"))
    assert project.build("one").code == 0
    with PdfDocument(project.files()[0]) as pdf:
        bars = []
        for page in pdf:
            text = page.get_textpage()
            bars += [round(text.get_charbox(i)[0]) for i in range(text.count_chars()) if text.get_text_range(i, 1) == "|"]
    assert len(bars) == 2
    assert bars[0] == bars[1]


@pytest.mark.parametrize(("locale", "words"), [("ar", "نص"), ("he", "מילה"), ("fa", "متن")])
def test_pictures_of_characters_are_copied_out_of_lines_from_right_to_left(tmp_path, locale, words):
    """Readers that turn such a line around by halves of characters must not lose those that have two."""
    project = Project(tmp_path / "clinic")
    project.write("content/project.yml", f"default_locale: {locale}\nlocales: [{locale}]\nbrands: [connect]\nregion: US\n")
    project.handout(f"\n{words} 🚀 {words} 👍🏽 {words} 🎉\n\n## 🤖 {words}\n\n- 📎 {words} (🔎)\n")
    out = project.run("build")
    assert out.code == 0, out.err
    text = text_of(project.files()[0])
    for sign in ("🚀", "👍🏽", "🎉", "🤖", "📎", "🔎"):
        assert sign in text, sign
