"""Two languages that run against each other, on one line where both fit: `-handouts-beside`."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from generator.cli.main import main
from tests.layout.sheets import lines, pages_of
from tests.layout.test_feet import boxes
from tests.projects import ROOT
from tests.readback import text

CSS = "b { display: block; text-align: start; -handouts-beside: yes } td { width: 50% } table { width: 100% }"
ARABIC = '<b lang="ar" dir="rtl">أين تجدنا</b>'
LONG = "A heading of so many words that it fills its line, and then a few words more"


@pytest.mark.parametrize("frame", ["<div>{} {}</div>", "<table><tr><td>{} {}</td><td>x</td></tr></table>"])
def test_a_short_line_shares_its_baseline(frame):
    first, second, *rest = lines(pages_of(CSS, frame.format("Where", ARABIC) + "<p>after</p>").pages[0])
    assert first.y == second.y
    assert second.x > first.x + 15
    assert rest[-1].text == "after"
    assert rest[-1].y - first.y == pytest.approx(20, abs=1)


@pytest.mark.parametrize("words", [LONG, "Where<br>to", LONG[:62]])
def test_what_has_no_room_stands_below(words):
    made = lines(pages_of(CSS, f"<div>{words} {ARABIC}</div>").pages[0])
    assert made[-1].y > made[-2].y


def test_a_line_that_begins_on_the_same_side_stands_below():
    first, second = lines(pages_of("b { display: block; -handouts-beside: yes }", "<div>Where <b>Dónde</b></div>").pages[0])
    assert second.y > first.y


def test_a_bilingual_booklet_has_no_staircase(tmp_path):
    """Titles of the contents begin at their own side, and headings of a few words stand on one line."""
    outcome = CliRunner().invoke(main, ["build", "when-your-partner-is-not-ready", "--project", str(ROOT), "--output", str(tmp_path),
        "--bilingual", "ar", "--brand", "connect", "--format", "booklet", "--paper", "letter"])  # fmt: skip
    assert outcome.exit_code == 0, outcome.output
    (path,) = tmp_path.rglob("*.pdf")
    pages = boxes(path)
    rights: dict[int, float] = {}
    for _, low, right, _, words in pages[1]:
        if any("\u0600" <= letter <= "\u06ff" for letter in words):
            rights[round(low / 12)] = max(rights.get(round(low / 12), 0.0), right)
    assert sum(right > 480 for right in rights.values()) >= 9  # each title, up to the bearing of its first letter
    last = text(path.read_bytes())[-1]
    assert any("Reviewed" in line and "Version" in line and "مارس" not in line for line in last.splitlines())
