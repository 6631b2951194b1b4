"""How a booklet ends: the last words, where to find us, lines to write on. Pages as readers have them, with nothing torn that fits."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from generator.cli.main import main
from tests import readback
from tests.projects import FRONT, ROOT, Project

STEP = "\nI.\n\n## One step {.step}\n\n" + "A sentence of advice that fills its line and a little of the next one. " * 12 + "\n"
CLOSING = "\n## Give it time\n\n" + ("Change takes time, and each calm talk is a seed. " * 3 + "\n\n") * 2


def pages(tmp_path, text: str, *arguments: str, brand: str = "charlotte") -> list[str]:
    """Give the text of each page of a booklet."""
    project = Project(tmp_path)
    project.handout(text, front=FRONT.format(title="A title"))
    outcome = project.run("build", "--brand", brand, *arguments)
    assert outcome.code == 0, outcome.err
    return readback.text(project.files()[0].read_bytes())


def where(made: list[str], words: str) -> int:
    """Give the last page that shows words: contents name headings too."""
    return max(at for at, page in enumerate(made) if words in page)


def test_last_words_and_where_to_find_us_share_a_page(tmp_path):
    """Half letter, an office and two states: neither fills a page, both fit one."""
    made = pages(tmp_path, STEP + CLOSING, "--paper", "half-letter")
    assert where(made, "Give it time") == where(made, "Where to find us") == where(made, "One step") + 1
    assert "My own words" in made[where(made, "One step")]


@pytest.mark.parametrize("paper", ["letter", "half-letter"])
def test_last_words_are_not_torn_to_fill_a_page(tmp_path, paper):
    made = pages(
        tmp_path, STEP + CLOSING.replace("seed. ", "seed that grows in the ground. "), "--paper", paper, brand="connect"
    )
    assert sum("each calm talk" in page for page in made) == 1


@pytest.mark.parametrize("length", [30, 40, 50, 60, 70])
def test_a_long_last_section_begins_where_there_is_room(tmp_path, length):
    """It takes more pages than one anyway, and leaves none nearly empty to begin a new one."""
    made = pages(
        tmp_path,
        "\n## Before\n\nA word.\n\n## Last\n\n" + "A sentence that fills its line, and a little of the next one. " * length,
    )
    assert where(made, "A word.") == min(at for at, page in enumerate(made) if "A sentence" in page)


def test_where_to_find_us_stays_off_the_page_of_a_step(tmp_path):
    """A step is copied and handed out alone."""
    made = pages(tmp_path, STEP + "\n## Another step {.step}\n\nA word.\n", "--paper", "letter")
    assert where(made, "Where to find us") == where(made, "Another step") + 1


@pytest.mark.parametrize("locale", ["ar", "ru", "zh-Hans"])
def test_heads_of_the_table_of_states_are_whole_in_two_languages(tmp_path, locale):
    arguments = [
        "build",
        "when-your-partner-is-not-ready",
        "--project",
        str(ROOT),
        "--output",
        str(tmp_path),
        "--brand",
        "connect",
    ]
    outcome = CliRunner().invoke(main, [*arguments, "--bilingual", locale, "--format", "booklet"])
    assert outcome.exit_code == 0, outcome.output
    made = readback.text(next(tmp_path.rglob("*.pdf")).read_bytes())
    assert all(head in made[where(made, "Meet by video")] for head in ("If you live in", "Virtual sessions", "Office visits"))
