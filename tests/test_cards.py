"""Cards that are too long are tightened step by step, and say so."""

from __future__ import annotations

import json
import re

import pikepdf
from click.testing import CliRunner

from generator.cli.main import main
from tests.layout.test_feet import boxes
from tests.projects import FRONT, ROOT, Project
from tests.readback import text

HEAD = FRONT.replace("[booklet]", "[cards]")
WORDS = ("Ask one open question and wait for what comes back before you say anything at all about yourself today. " * 16).split()


def test_a_card_gives_way_a_little_at_a_time_and_says_how_far(tmp_path):
    """Space and leading first, then size by quarters of a point."""
    project = Project(tmp_path)
    for length in range(200, 320, 6):
        text = " ".join(WORDS[:length])
        project.handout(f"\nI.\n\n## One step {{.step}}\n\n{text}\n", f"card-{length}", front=HEAD.format(title=f"Length {length}"))
    said = "\n".join(note for file in project.build("--json").data["files"] for note in file["notices"])
    sizes = [float(size) for size in re.findall(r"set at ([\d.]+) pt instead of 11.5 pt", said)]
    assert said.count("leading and space reduced") > 1
    assert set(sizes) == {11.25, 11.0}


def test_every_card_of_a_set_says_how_to_ask_for_an_interpreter(tmp_path):
    """A small card tightens its gaps before it leaves that out; and a card in brief has advice between its title and the hotline."""
    outcome = CliRunner().invoke(main, ["build", "when-your-partner-is-not-ready", "--project", str(ROOT), "--output", str(tmp_path), "--json",
        "--format", "cards", "--paper", "4x6", "--paper", "3.5x2", "--locale", "ru", "--locale", "th", "--locale", "vi"])  # fmt: skip
    assert outcome.exit_code == 0, outcome.output
    files = json.loads(outcome.stdout)["files"]
    assert len(files) == 6 * 2 * 3 * 2
    asks = {"ru": "Russian, please", "th": "Thai, please", "vi": "Vietnamese, please"}
    for file in files:
        (words,) = text((tmp_path / file["path"]).read_bytes())
        assert asks[file["locale"]] in " ".join(words.split()), file["path"]
        if file["paper"] == "card-3.5x2":
            assert words.index("1-800") > 70, file["path"]


def test_a_long_word_of_a_language_without_hyphens_fits_a_title(tmp_path):
    """In Tamil a verb is a word of nineteen letters, each as wide as two of ours; it may end a line anywhere."""
    project = Project(tmp_path)
    project.write("content/project.yml", "default_locale: ta\nlocales: [ta]\nbrands: [connect, charlotte]\nhotlines: {ta: [ndvh]}\n")
    for name, title in (("short", "தொடங்குங்கள்"), ("long", "புரிந்துகொள்ளுங்கள்")):
        project.handout(f"\nI.\n\n## {title} {{.step}}\n\nOne.\n", name, front=HEAD.format(title=f"Words {name}"))
    outcome = project.run("build", "--paper", "half-letter", "--paper", "4x6")
    assert outcome.code == 0, outcome.err
    assert len(project.files()) == 8


LINKED = """
Start.

## Keep this {.booklet-only #kept}

A thing.

## One {.step}

See [the other](#two-of-them) and [the same](#here), [what is kept](#kept), [the box](#safety) and [your notes](#notes).

### Here

Text.

### A longer thought {.booklet-only}

More.

## Two of them {.step}

Back to [one](#one) and to [the thought](#a-longer-thought).[^n]

!!! safety
    {{ hotline_list() }}

[^n]: A note.
"""


def test_a_link_to_what_another_card_or_the_booklet_has_is_its_words_on_a_card(tmp_path):
    project = Project(tmp_path)
    project.handout(LINKED, "visit", front=FRONT.replace("[booklet]", "[booklet, cards]").format(title="Visit"))
    outcome = project.build("--strict")
    assert (outcome.code, outcome.err) == (0, "")
    links = {path.stem.removesuffix("-letter"): _inner_links(path) for path in project.files()}
    assert links["booklet"] >= 8  # and those of its contents
    assert (links["step-1-half"], links["step-2-half"]) == (1, 1)  # what is below the same step, and the note
    (words,) = text(next(p for p in project.files() if p.stem == "step-1-half-letter").read_bytes())
    assert "See the other and the same, what is kept, the box and your notes." in " ".join(words.split())


def test_a_link_on_a_card_that_leads_nowhere_is_an_error(tmp_path):
    project = Project(tmp_path)
    project.handout("\nI.\n\n## One {.step}\n\nSee [that](#nothing).\n", "visit", front=HEAD.format(title="Visit"))
    outcome = project.build()
    assert outcome.code == 1
    assert "visit.md:11:" in outcome.err
    assert "leads to #nothing, which is nowhere in this piece" in outcome.err


def _inner_links(path):
    with pikepdf.open(path) as pdf:
        return sum("/URI" not in a.get("/A", {}) for page in pdf.pages for a in page.get("/Annots", []))


def test_what_a_card_saved_too_much_comes_back(tmp_path):
    """No card stands jammed above free space: below its bubble there is room for the tail and a line, and not for more."""
    outcome = CliRunner().invoke(main, ["build", "when-your-partner-is-not-ready", "--project", str(ROOT), "--output", str(tmp_path), "--json",
        "--format", "cards", "--paper", "4x6", "--brand", "connect", "--locale", "ru", "--locale", "fr"])  # fmt: skip
    assert outcome.exit_code == 0, outcome.output
    tightened = [file for file in json.loads(outcome.stdout)["files"] if file["notices"]]
    assert len(tightened) > 5
    for file in tightened:
        (page,) = boxes(tmp_path / file["path"])
        safety = max(top for _, _, _, top, words in page if words.startswith(("Страшно", "Vous avez peur")))
        assert min(low for _, low, _, _, _ in page if low > safety) - safety < 40, file["path"]
