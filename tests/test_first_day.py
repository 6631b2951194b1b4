"""What a newcomer stumbles over in the first project: commands and messages. What is typed into a handout: tests/markup/test_typed.py."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image

from generator.cli.main import main
from tests.projects import FRONT, PLAIN, ROOT, Project
from tests.tools import text_of


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "clinic")


def test_a_preview_leaves_personal_copies_out(project):
    project.handout("\nHello {{ client.first_name }}.\n", "visit")
    rows = project.write("clients.csv", "id,first_name\na,Ana\n")
    assert project.build("visit", "--clients", str(rows)).code == 0
    alone = project.run("preview")
    assert alone.code == 2
    assert "there is nothing to show" in alone.err
    assert project.build("visit").code == 0
    both = project.run("preview")
    assert both.code == 0, both.err
    assert both.out.count(".png") == 1
    assert "copies" not in both.out


PDF = (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
       b"3 0 obj<<{}>>endobj\ntrailer<</Root 1 0 R>>")


@pytest.mark.parametrize("data", [
    b"%PDF-1.7 and no more", PDF.replace(b"3 0 R", b"").replace(b"Count 1", b"Count 0"), PDF.replace(b"{}", b"/Type/Nothing"),
    PDF.replace(b"{}", b"/Type/Page/Parent 2 0 R/MediaBox[0 0 1 99999999]"),
])  # fmt: skip
def test_a_preview_names_a_file_that_is_damaged(project, data):
    project.handout("\nHello.\n", "visit")
    assert project.build("visit").code == 0
    project.files()[0].write_bytes(data)
    outcome = project.run("preview")
    assert outcome.code == 1
    assert f"{project.files()[0]}: error: the file is damaged" in outcome.err


@pytest.mark.parametrize(("front", "text", "line", "message"), [
    ("", "Text.", 2, "this handout has no safety block"),
    ("requires:\n", "Text.", 2, "this handout has no safety block"),
    ("", "Text.\n\n!!! safety\n    Take care.", 9, "the safety block names no hotline"),
])  # fmt: skip
def test_a_handout_without_a_hotline_is_told(project, front, text, line, message):
    project.handout(f"\n{text}\n\n## One {{.step}}\n\nDo it.\n", "visit", front=FRONT.replace("formats", f"{front}formats").format(title="V"))
    outcome = project.build()
    assert outcome.code == 0
    assert f"content/handouts/visit.md:{line}:1: notice: {message}" in outcome.err
    assert "requires: [safety]" in outcome.err
    assert outcome.err.count("notice") == 1
    strict = project.build("--strict")
    assert strict.code == 1
    assert message in strict.err


@pytest.mark.parametrize(("front", "box"), [
    ("requires: []\n", ""), ("requires: []\n", "!!! safety\n    Take care."), ("", "!!! safety\n    {{ hotline_list() }}"),
    ("", '!!! safety\n    Call {{ hotline("ndvh").phone }}.'),
])  # fmt: skip
def test_a_handout_that_has_its_hotlines_or_means_to_have_none_is_not_told(project, front, box):
    project.handout(f"\nText.\n\n{box}\n", "visit", front=FRONT.replace("formats", f"{front}formats").format(title="V"))
    outcome = project.build("--strict")
    assert (outcome.code, outcome.err) == (0, "")


def test_a_rebuild_tells_notices_as_the_first_build_did(project):
    project.handout("\nThis ** is left standing.\n", "visit", front=PLAIN.format(title="A visit"))
    first, again = project.build(), project.build()
    assert "unchanged" in again.out
    assert "content/handouts/visit.md:8:6: notice: Markdown left in the text" in first.err
    assert again.err == first.err
    entry = project.build("--json").data["files"][0]
    assert entry["notices"] == ["content/handouts/visit.md:8:6: Markdown left in the text: **"]


@pytest.mark.parametrize("again", [(), ("--fresh",)])
def test_a_strict_run_fails_and_deletes_nothing(project, again):
    project.handout("\nThis ** is left standing.\n", "visit", front=PLAIN.format(title="A visit"))
    assert project.build().code == 0
    before = [path.read_bytes() for path in project.files()]
    strict = project.build("--strict", *again)
    assert strict.code == 1
    assert strict.err.count("Markdown left in the text") == 1
    assert "visit.md:8:6: error: Markdown left in the text: ** (--strict)" in strict.err
    assert [path.read_bytes() for path in project.files()] == before != []
    data = project.build("--strict", "--json").data
    assert ([e["line"] for e in data["errors"]], data["notices"], len(data["files"])) == ([8], [], 1)


def test_a_strict_run_of_copies_fails_and_deletes_nothing(project):
    project.handout("\nHello {{ client.name }}, this ** is left.\n", "visit", front=PLAIN.format(title="A visit"))
    rows = project.write("clients.csv", "id,name\na,Ana\nb,Bo\n")
    assert project.build("visit", "--clients", str(rows)).code == 0
    for _ in range(2):
        strict = project.build("visit", "--clients", str(rows), "--strict")
        assert strict.code == 1
        assert strict.err.count("Markdown left in the text") == strict.err.count(": error: ") == 1
        assert [p.stem for p in project.files()] == ["a", "b"]


@pytest.mark.parametrize(("what", "name"), [("brand", "Lake Side"), ("locale", "es")])
def test_what_lies_there_and_is_not_named(project, what, name):
    project.write(f"content/{what}s/{name}/note.txt", "")
    project.handout("\nHello.\n", "visit")
    outcome = project.run("build", f"--{what}", name)
    assert outcome.code == 2
    assert f'content/project.yml: error: the project does not use the {what} "{name}"' in outcome.err
    assert f"it lies in content/{what}s, but content/project.yml does not name it: add it to {what}s:" in outcome.err


@pytest.mark.parametrize("name", ["logo.png", "our logo é.png"])
def test_a_brand_may_have_spaces_in_the_names_of_its_folder_and_its_logo(project, name):
    folder = project.root / "content/brands/Lake Side"
    (project.root / "content/brands/charlotte").rename(folder)
    Image.new("RGB", (300, 100), (0, 0, 250)).save(folder / name)
    text = (folder / "brand.yml").read_text()
    (folder / "brand.yml").write_text(re.sub(r"^logo:.*(\n  .*)*", f"logo: {name}", text, flags=re.MULTILINE))
    project.write("content/project.yml", 'default_locale: en-US\nlocales: [en-US]\nbrands: ["Lake Side"]\n')
    project.handout("\nHello.\n", "visit")
    done = subprocess.run([sys.executable, "-m", "generator.cli.start", "build"], cwd=project.root, env={**os.environ, "PYTHONPATH": str(ROOT)},
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr  # in two processes, between which the page goes as a text


@pytest.mark.parametrize(("text", "line", "message"), [
    ("Text.\n\n![A room](images/room.svg)\n\n![](images/room.svg)", 11, "has no text alternative"),
    ("Text.\n\n![x](C:\\Users\\me\\_room.png)", 9, "is an absolute path"),
    ("![A room](images/room.svg)\n![ ](images/nothing.svg)", 8, "has no text alternative"),
])  # fmt: skip
def test_a_wrong_picture_is_told_at_its_own_line(project, text, line, message):
    project.write("content/images/room.svg", (ROOT / "content/images/room.svg").read_bytes())
    project.handout(f"\n{text}\n", "visit")
    outcome = project.build()
    assert outcome.code == 1
    assert f"content/handouts/visit.md:{line}:" in outcome.err
    assert message in outcome.err


@pytest.mark.parametrize("written", ["my%20room.svg", "<my room.svg>", "caf%C3%A9.svg", "café.svg", "50%.svg", "a%20b.svg"])
def test_a_picture_s_path_may_be_written_in_percents(project, written):
    name = {"caf%C3%A9.svg": "café.svg", "my%20room.svg": "my room.svg"}.get(written, written.strip("<>"))
    project.write(f"content/images/{name}", (ROOT / "content/images/room.svg").read_bytes())
    project.handout(f"\n![A room]({written.replace('<', '<images/') if '<' in written else f'images/{written}'})\n", "visit")
    outcome = project.build()
    assert outcome.code == 0, outcome.err


@pytest.mark.parametrize("written", ["content/images/room.svg", "./content/images/room.svg", "images\\room.svg", "content\\images\\room.svg"])
def test_a_picture_s_path_that_is_nearly_right(project, written):
    project.write("content/images/room.svg", (ROOT / "content/images/room.svg").read_bytes())
    project.handout(f"\n![A room]({written})\n", "visit")
    outcome = project.build()
    assert outcome.code == 1
    assert f'content/handouts/visit.md:7:11: error: the file "{written}" does not exist' in outcome.err
    assert "hint: write images/room.svg:" in outcome.err


@pytest.mark.parametrize("link", ["link: www.clinic.example", "link:\\n    home: www.clinic.example"])
def test_a_brands_address_that_is_none_is_told_at_its_line(project, link):
    path = project.root / "content/brands/connect/brand.yml"
    text = re.sub(r"^(    full:.*\n)", rf"\1  {link}\n", path.read_text(), flags=re.MULTILINE)
    path.write_text(text)
    line = text[: text.index("www.clinic")].count("\n") + 1
    assert line > 2
    assert re.search(rf"brand.yml:{line}:\d+: error: .www.clinic.example. is not a web address", project.build().err)


@pytest.mark.parametrize(("text", "hint"), [
    ("{{ hotline(ndvh).phone }}", 'write it in quotation marks: "ndvh"'),
    ("{{ client.first name }}", 'did you mean "client.first_name"?'),
    ("So they say.[^2]", "the note itself is missing; write it on a line of its own: [^2]: What it says"),
])  # fmt: skip
def test_hints_for_what_is_tried_first(project, text, hint):
    project.handout(f"\nText: {text}\n", "visit")
    outcome = project.build()
    assert "content/handouts/visit.md:7:" in outcome.err
    assert hint in outcome.err


@pytest.mark.parametrize("line", ["title: “Sleep: well”", "title: „Sleep: well“", "subtitle: ‘Sleep: well’"])
def test_curly_quotes_are_none_in_front_matter(project, line):
    project.write("content/handouts/visit.md", f"---\n{line}\nreviewed: 2025-03-08\n---\n\nText.\n")
    outcome = project.build()
    assert outcome.code == 1
    assert "content/handouts/visit.md:2:" in outcome.err
    assert 'curly quotation marks do not count; write straight ones: title: "One: two"' in outcome.err


@pytest.mark.parametrize(("typed", "title"), [
    ("!!! warning", "Warning"), ("!!! danger", "Danger"), ("!!! Info", "Information"), ('!!! caution "Do not drive"', "Do not drive"),
    ("!!! important", "Important"),
])  # fmt: skip
def test_boxes_that_others_have(project, typed, title):
    project.handout(f"\nText.\n\n{typed}\n    Words.\n", "visit")
    outcome = project.build()
    assert outcome.code == 0, outcome.err
    assert "no box" not in outcome.err
    assert f"{title}\nWords." in text_of(project.files()[0])


def test_an_appointment_may_have_its_hour(project):
    project.handout("\nSee you on {{ date(client.day) }}.\n", "visit", front=PLAIN.format(title="A visit"))
    rows = project.write("clients.csv", "id,day\na,2025-05-12 14:30\nb,2025-05-12T09:00:00\nc,3/8/2025\nd,2025-05-12 noon\n")
    outcome = project.build("visit", "--clients", str(rows))
    assert [p.stem for p in project.files()] == ["a", "b"]
    assert "May 12, 2025." in text_of(project.files()[0])
    assert outcome.err.count("this is no date") == 2
    assert "whether the day or the month comes first" in outcome.err
    assert "3/8/2025:" not in outcome.err.replace("of 3/8/2025 nobody", "")


def test_one_number_with_an_extension_for_hotlines_brands_and_texts(project):
    number = "(704) 555-0123 ext. 45"
    facts = project.root / "content/facts.yml"
    facts.write_text(facts.read_text().replace('phone: "911"', f'phone: "{number}"'))
    brand = project.root / "content/brands/connect/brand.yml"
    text = re.sub(r"^  phone:.*\n", "", brand.read_text(), flags=re.MULTILINE)
    brand.write_text(text.replace("handouts:\n", f'handouts:\n  phone: "{number}"\n', 1))
    project.handout("\nCall (980) 555-0199 x7 first.\n\n!!! safety\n    {{ hotline_list() }}\n", "visit")
    assert project.build().code == 0
    with pikepdf.open(project.files()[0]) as pdf:
        uris = [str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if "/URI" in a.get("/A", {})]
    assert "tel:+1-980-555-0199;ext=7" in uris
    assert {uri for uri in uris if "0123" in uri} == {"tel:+1-704-555-0123;ext=45"}


def test_the_first_handout_of_the_readme_builds_as_it_stands(tmp_path, verapdf):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    root = tmp_path / "my-practice"
    assert CliRunner().invoke(main, ["init", str(root)]).exit_code == 0
    sample = re.search(r"```markdown\n(.*?)```", readme, re.DOTALL)[1]
    (root / "content/handouts/sleep-well.md").write_text(sample, encoding="utf-8")
    for line in ("handouts build sleep-well --brand connect", "handouts preview sleep-well"):
        assert f"    {line}\n" in readme
        done = CliRunner().invoke(main, [*line.split()[1:], "--project", str(root)])
        assert (done.exit_code, done.stderr) == (0, "")
    assert (root / "output/connect/en-US/sleep-well/booklet-letter.pdf").is_file()
    verapdf(sorted((root / "output").rglob("*.pdf")))


def on_a_terminal(project, columns):
    """Build on a terminal of so many columns; give the lines that it shows, each by what was drawn last."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    command = [sys.executable, "-m", "generator.cli.start", "build", "--fresh", "--brand", "connect"]
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}  # the test runner's
    run = subprocess.Popen(command, cwd=project.root, env={**env, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
                           stdin=slave, stdout=slave, stderr=slave)  # fmt: skip
    os.close(slave)
    shown = b"".join(iter(lambda: _read(master), b""))
    os.close(master)
    assert run.wait() == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    return [line for line in re.split(r"[\r\n]+", plain) if line.strip()]


def _read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # the last who wrote there has ended
        return b""


def test_a_narrow_terminal_holds_each_line(project):
    name = "what-to-bring-to-your-first-visit-with-us"
    front = PLAIN.replace("[booklet]", "[booklet, cards]").format(title="A visit")
    project.handout("\nText.\n\n## One {.step}\n\nDo it.\n", name, front=front)
    lines = on_a_terminal(project, 80)
    assert any(line.startswith("Building") for line in lines)
    assert [line for line in lines if len(line) > 80 and not line.startswith("  output/")] == []  # a path stays whole
    assert f"  output/connect/en-US/{name}/booklet-letter.pdf" in lines
    assert any(line.startswith("what-to-bring") and "letter" in line for line in lines)
    assert any(re.match(rf"{name} .*booklet-letter.pdf$", line) for line in on_a_terminal(project, 200))
