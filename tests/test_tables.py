"""Tables over several pages, judged by what stands where."""

from __future__ import annotations

import itertools
import re

import pikepdf
import pypdfium2
import pytest

from tests.layout.test_feet import boxes
from tests.projects import FRONT, Project
from tests.readback import text
from tests.tools import structure, text_of

HEAD = "| Day | What |\n| --- | --- |\n"


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "clinic")


def built(project, words):
    project.handout(words, "long", front=FRONT.format(title="Long tables"))
    outcome = project.build("long")
    assert outcome.code == 0, outcome.err
    (path,) = project.files()
    return path


def heights(path, words):
    """Give how far up each word stands, by its page."""
    found = {}
    with pypdfium2.PdfDocument(path) as pdf:
        for number, page in enumerate(pdf):
            texts = page.get_textpage()
            for word in words:
                match = texts.search(word, match_whole_word=True).get_next()
                if match is not None:
                    found[word] = (number, texts.get_charbox(match[0])[1])
    return found


def test_no_page_has_the_last_row_alone(project):
    counts = range(36, 72)
    for count in counts:
        rows = "".join(f"| row{n} | Words |\n" for n in range(count))
        after = "\n\n".join(["What comes after."] * 12)
        project.handout(f"\nText.\n\n{HEAD}{rows}\n\n{after}\n", f"table-{count}", front=FRONT.format(title=f"Table of {count}"))
    assert project.build().code == 0
    for path in project.files():
        last = int(path.parent.name.removeprefix("table-")) - 1
        page = next(page for page in text_of(path).split("\f") if f"row{last}\n" in page + "\n" or f"row{last} " in page)
        assert f"row{last - 1}" in page, path.parent.name
    assert len(project.files()) == len(counts)


def test_a_repeated_head_is_in_the_outline_once(project):
    rows = "".join(f"<tr><td>row{n}</td></tr>" for n in range(60))
    path = built(project, f"\n<table><thead><tr><th><h2>Every day</h2></th></tr></thead><tbody>{rows}</tbody></table>\n")
    assert sum("Every day" in page for page in text_of(path).split("\f")) > 1
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        titles = []

        def visit(items):
            for item in items:
                titles.append(item.title)
                visit(item.children)

        visit(outline.root)
    assert titles.count("Every day") == 1


def test_a_cell_over_two_rows_makes_room_below_the_first(project):
    tall = "<br>".join(f"tall{n}" for n in range(6))
    rows = f"<tr><td rowspan='2'>{tall}</td><td>upper</td></tr><tr><td>lower</td></tr><tr><td>next</td><td>third</td></tr>"
    path = built(project, f"\n<table><tbody>{rows}</tbody></table>\n")
    at = {word: height for word, (_, height) in heights(path, ["upper", "lower", "third", "tall0", "tall1", "tall5"]).items()}
    line = at["tall0"] - at["tall1"]
    assert at["upper"] - at["lower"] < 2.5 * line
    assert at["lower"] - at["third"] > 3 * line
    assert at["tall5"] > at["third"]


def test_pairs_of_two_languages_may_be_longer_than_a_page(project, verapdf):
    """A long list and a long box are divided over pages; each language is read whole, in its order."""
    project.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, es]\nbrands: [connect]\nincomplete: {es: source}\n")
    items = "".join(f"- item{n} of a list\n" for n in range(80))
    notes = "\n\n".join(f"    note{n} " + "in a long box. " * 12 for n in range(20))
    project.handout(f"\nText.\n\n## One\n\n{items}\n## Two\n\n!!! note\n{notes}\n", "long", front=FRONT.format(title="Long pairs"))
    outcome = project.build("long", "--bilingual", "es")
    assert outcome.code == 0, outcome.err
    (path,) = project.files()
    verapdf([path])
    tree = structure(path)
    for word, count in (("item", 80), ("note", 20)):
        read = [int(n) for n in re.findall(rf"{word}(\d+) ", tree)]
        assert read == [*range(count)] * 2
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert sum("item" in text for text in pages) > 1
    assert sum("note" in text for text in pages) > 1


def test_short_cells_stay_on_one_line_where_a_long_one_gives_way(project):
    """Of two ways that make rows as tall, the one that breaks fewer cells."""
    rows = ("10 to 30 minutes | What brings you here, as each of you sees it | One at a time",
            "30 to 50 minutes | How you two talk now, and what you hope for | All of us")  # fmt: skip
    head = "| When | What happens | Who talks |\n| --- | --- | --- |\n"
    path = built(project, f"\nI.\n\n## How\n\nIt goes.\n\n{head}" + "".join(f"| {row} |\n" for row in rows))
    words = "".join(text(path.read_bytes()))
    assert "10 to 30 minutes" in words
    assert "One at a time" in words


def lines_of(path):
    """Give the lines of a file, as they are read."""
    return [" ".join(line.split()) for page in text(path.read_bytes()) for line in page.splitlines()]


DOSES = """
| Weight | What to give, and when to ask us before you give it | How often |
| --- | --- | --- |
| 12–17 lb | Two and a half milliliters of the liquid for infants, with the syringe that came in the box | every 4–6 h |
| 18–23 lb | A little less than four milliliters of the same liquid, from the same syringe, and never from a spoon | every 6–8 h |
"""


@pytest.mark.parametrize("paper", ["letter", "half-letter", "a5"])
def test_a_short_cell_is_whole_and_columns_stand_apart(project, paper):
    """A column that wraps anyway gives room to one whose cells would else be broken."""
    project.handout(f"\nText.\n{DOSES}\n", "doses", front=FRONT.format(title="Doses"))
    assert project.build("doses", "--paper", paper).code == 0
    (path,) = project.files()
    assert {"every 4–6 h", "every 6–8 h"} <= {word for line in lines_of(path) for word in re.findall("every.*", line)}
    rows = [sorted(box for box in page if abs(box[1] - low) < 2) for page in boxes(path) for _, low, _, _, words in page if "lb" in words]
    gaps = [after[0] - before[2] for row in rows for before, after in itertools.pairwise(row)]
    assert gaps
    assert all(gap > 14 for gap in gaps if gap > 2)  # less is between two runs of one cell


def test_a_number_stays_with_its_unit(project):
    """Wherever the line ends: a sentence is moved on word by word."""
    words = [f"{'So ' * count}you may give up to 160 mg of it in 5 mL, and wait for 30 minutes at 38 °C." for count in range(24)]
    path = built(project, "\n" + "\n\n".join(words) + "\n")
    ends = [line for line in lines_of(path) if re.search(r"(160|5|30|38)$", line) and "So" in line]
    assert len(lines_of(path)) > len(words)
    assert not ends


def test_a_word_that_no_column_has_room_for_is_named_whole(project):
    """And not the part of it that was left when it was divided."""
    row = "| " + " | ".join(["yes"] * 16) + " |\n"
    project.handout("\n| " + " | ".join(["Algorithm"] * 16) + " |\n|" + " --- |" * 16 + "\n" + row, "wide", front=FRONT.format(title="Wide"))
    outcome = project.build("wide")
    assert outcome.code == 1
    assert re.search(r"wide.md:7:\d+: error: “Algorithm” is [1-9]\d* pt longer than its line", outcome.err), outcome.err
