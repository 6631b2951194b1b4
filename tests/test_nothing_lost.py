"""What somebody wrote is on the page, or an error says why not; and no text can make the program hang or fail."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pikepdf
import pytest

from tests.projects import PLAIN, ROOT, Project
from tests.readback import text


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


@pytest.mark.parametrize("body", [
    "Call <!-- old --> this number now.",
    "Call <!-- two\nlines --> this number now.",
    "Call <b>this <!-- x --> number</b> now.",
    "<div>\n<!-- x -->\nCall this number now.\n</div>",
    "Call this number now. 1 < 2 and 3 > 2 & so on &amp; <!-- > -->",
    "| Call | this |\n| --- | --- |\n| number | now. |",
    "Call this[^1] number now.\n\n[^1]: A note.",
])  # fmt: skip
def test_all_words_are_there(project, body):
    project.handout(f"\n{body}\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
    found = " ".join(" ".join(text(project.files()[0].read_bytes())).split())
    for word in ("Call", "this", "number", "now."):
        assert word in found


@pytest.mark.parametrize(("body", "message", "line"), [
    ("One.\n\na <![CDATA[ x ]]> rest", "would get lost", 9),
    ("w1q </body> w2q", "would get lost", 0),
    ("<table>\n<tr><td>a</td></tr>w4q</table>", "w4q", 8),
    ("| a | b |\n| --- | --- |\n| 1 | 2 | three |", "a row of a table has 3 cells, and its head 2", 9),
    ("Take x | y.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 | x |", "a row of a table has 3 cells, and its head 2", 12),
    ("A[^a].\n\n[^a]: One.\n\n[^a]: Two.", "there are two footnotes [^a]", 9),
    ('{{ hotline("ndvh") }}', "this is a record or a list, and no text", 7),
    ("{{ none }}", "there is nothing to show here", 7),
    ("{{ date('') }}", "date() writes the date", 7),
    ("One.\n\n{% include 'x' %}", "cannot take in other files", 9),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "calls itself without end", 7),
    ("{{ 9**(9**9) }}", "this power is too large", 7),
    ("{{ 'x' * 10**12 }}", "this repeats a text too often", 7),
    ("{{ 10**12 * [1] }}", "this repeats a text too often", 7),
])  # fmt: skip
def test_what_would_be_lost_or_never_end_is_an_error(project, body, message, line):
    project.handout(f"\n{body}\n", "visit")
    start = time.monotonic()
    outcome = project.build("visit")
    assert outcome.code == 1, outcome.out
    assert message in outcome.err
    assert "defect" not in outcome.err
    if line:
        assert f"content/handouts/visit.md:{line}" in outcome.err
    assert time.monotonic() - start < 60
    assert not project.files()


def test_a_footnote_that_is_not_there_is_told(project):
    project.handout("\nWords[^a] here.\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0
    assert "Markdown left in the text: [^a]" in outcome.err


@pytest.mark.parametrize("body", ["<span>" * 2000 + "x" + "</span>" * 2000, "<div>" * 3000 + "x" + "</div>" * 3000, "a" + "\u0301" * 5000])
def test_what_is_nested_without_end_is_no_defect(project, body):
    project.handout(f"\n{body}\n", "visit")
    outcome = project.build("visit")
    assert "defect" not in outcome.err, outcome.err


def test_a_broken_picture_is_named(project):
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x05\x00\x00\x00\x05\x08\x02\x00\x00\x00"
    project.write("content/images/a.png", head + bytes(60))
    project.handout("\n![A room](images/a.png)\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 1
    assert "images/a.png" in outcome.err
    assert "BytesIO" not in outcome.err


def test_a_link_to_itself(project):
    (project.root / "content/images/a.png").symlink_to("a.png")
    project.handout("\n![A room](images/a.png)\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 1
    assert "a.png" in outcome.err
    assert "defect" not in outcome.err


@pytest.mark.parametrize(("name", "written"), [
    ("é.png", "images/é.png"), ("a b.png", "<images/a b.png>"), ("صورة.png", "images/صورة.png"), ("a%20b.png", "images/a%20b.png"),
])  # fmt: skip
def test_pictures_have_any_name(project, name, written):
    from PIL import Image

    Image.new("RGB", (5, 7)).save(project.root / "content/images" / name)
    project.handout(f"\n![A room]({written})\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
    with pikepdf.open(project.files()[0]) as pdf:
        forms = [form for page in pdf.pages for form in page.Resources.get("/XObject", {}).values()]
        sizes = {(form.Width, form.Height) for form in forms if form.Subtype == "/Image"}
    assert sizes == {(5, 7)}


def test_a_picture_that_is_missing_is_told_by_its_own_name(project):
    project.handout("\nWords.\n\n![A room](images/é.png)\n", "visit")
    outcome = project.build("visit")
    assert 'content/handouts/visit.md:9:11: error: the file "images/é.png" does not exist' in outcome.err


def test_what_lies_beside_handouts(project):
    project.handout("\nWords.\n", "visit")
    folder = project.root / "content/handouts"
    for name in (".hidden.md", "._visit.md", "...md"):
        (folder / name).write_bytes(b"\x00\xff")
    assert project.build().code == 0
    assert [p.relative_to(project.root / "output").as_posix() for p in project.files()] == ["connect/en-US/visit/booklet-letter.pdf"]
    (folder / "other.MD").write_text("Words.")
    os.mkfifo(folder / "pipe.md")
    (folder / os.fsdecode(b"b\xff.md")).write_bytes((folder / "visit.md").read_bytes())
    outcome = project.build()
    assert outcome.code == 1
    assert "other.MD: error: handouts are files that end in .md" in outcome.err
    assert "pipe.md: error: this is no file" in outcome.err
    assert "b\\udcff.md: error: the file's name is not UTF-8" in outcome.err
    assert len(project.files()) == 1


@pytest.mark.parametrize("command", [["list"], ["--help"], ["build", "--dry-run"]])
def test_a_full_disk_behind_a_redirect(project, command):
    project.handout("\nWords.\n", "visit")
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run([sys.executable, "-m", "generator.cli.start", *command], cwd=project.root, env=os.environ | {"PYTHONPATH": str(ROOT)},
                              stdout=full, stderr=subprocess.PIPE, text=True, check=False)  # fmt: skip
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_caller_that_has_closed_the_standard_files(project, closed):
    project.handout("\nWords.\n", "visit", front=PLAIN.format(title="A visit"))
    command = f'"$0" -m generator.cli.start build --brand connect {closed}'
    done = subprocess.run(["bash", "-c", command, sys.executable], cwd=project.root, env=os.environ | {"PYTHONPATH": str(ROOT)},
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert len(project.files()) == 1


@pytest.mark.parametrize("rows", [
    '<tr><td colspan="3" rowspan="9">a</td></tr><tr><td>b</td></tr>', '<tr><td colspan="2">a</td></tr><tr><td>b</td></tr>',
    '<tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>',
])  # fmt: skip
def test_a_table_whose_spans_do_not_fit(project, rows):
    project.handout(f"\nWords.\n\n<table>{rows}</table>\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 1
    assert "content/handouts/visit.md:9" in outcome.err
    assert "same number of columns" in outcome.err


def test_a_table_whose_spans_fit(project):
    project.handout('\n<table><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr><tr><td colspan="2">d</td></tr></table>\n', "visit")
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
