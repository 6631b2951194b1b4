"""Nothing is done twice, and nothing is taken for done that a fresh build would make otherwise."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys

import pytest

from generator.batch.files import sweep
from generator.batch.inputs import Inputs
from generator.batch.plan import Request, plan
from generator.project.load import load_project
from tests.projects import FRONT, PLAIN, ROOT, Project

TEXT = "\nSome words.\n\n## A section\n\n![A room](images/room.svg)\n\nMore words.\n"


@pytest.fixture
def clinic(tmp_path):
    project = Project(tmp_path / "clinic")
    (project.root / "content/images/room.svg").write_bytes((ROOT / "content/images/room.svg").read_bytes())
    project.handout(TEXT, "one")
    project.handout(TEXT, "two")
    (project.root / "templates").mkdir()
    (project.root / "templates/booklet.css").write_bytes((ROOT / "templates/booklet.css").read_bytes())
    assert project.run("build").code == 0
    return project


def states(project, *arguments):
    """Which pieces a build left as they were."""
    out = project.run("build", *arguments)
    assert out.code == 0, out.err
    return {tuple(line.split()[:2]): "unchanged" in line for line in out.out.splitlines() if " booklet " in line}


def contents(project):
    return {p.relative_to(project.root): p.read_bytes() for p in project.files()}


def test_a_second_build_makes_nothing(clinic):
    before = {p: p.stat().st_mtime_ns for p in clinic.files()}
    assert all(states(clinic).values())
    assert {p: p.stat().st_mtime_ns for p in clinic.files()} == before
    assert not any(states(clinic, "--fresh").values())


def test_one_changed_handout_is_made_alone(clinic):
    clinic.handout(TEXT + "\nA new line.\n", "one")
    assert states(clinic) == {("one", "connect"): False, ("one", "charlotte"): False, ("two", "connect"): True, ("two", "charlotte"): True}


@pytest.mark.parametrize(
    "path",
    ["content/facts.yml", "content/brands/connect/brand.yml", "content/brands/connect/logo.svg", "templates/booklet.css",
     "content/images/room.svg", "content/project.yml"],
)  # fmt: skip
def test_every_input_counts(clinic, path):
    file = clinic.root / path
    file.write_bytes(file.read_bytes() + (b"\n" if path.endswith((".svg", ".css")) else b"\n# a remark\n"))
    assert not states(clinic)["one", "connect"]
    kept = contents(clinic)
    states(clinic, "--fresh")
    assert contents(clinic) == kept


@pytest.mark.parametrize(("path", "name"), [("content/art/a.svg", "art/a.svg"), ("art/a.svg", "../art/a.svg"),
                                            ("content/brands/charlotte/a.svg", "brands/charlotte/a.svg")])  # fmt: skip
def test_a_picture_counts_wherever_it_lies(clinic, path, name):
    picture = clinic.write(path, (ROOT / "content/images/room.svg").read_bytes())
    clinic.handout(TEXT.replace("images/room.svg", name), "one")
    states(clinic)
    assert states(clinic)["one", "connect"]
    picture.write_bytes(picture.read_bytes() + b"\n")
    assert not states(clinic)["one", "connect"]


@pytest.mark.parametrize(("path", "name"), [
    ("my pic.svg", "<../../my pic.svg>"), ("p'1.svg", "../../p'1.svg"), ("p(1).svg", "<../../p(1).svg>"),
    ("pic.svg", '{{ ".." }}/{{ ".." }}/pic.svg'), ("pic.svg", '{{ "." * 2 }}/{{ "." ~ "." }}/pic.svg'),
    ("content/brands/charlotte/my pic.svg", "<brands/charlotte/my pic.svg>"), ("pic.svg", "&#46;&#46;/&period;./pic.svg"),
])  # fmt: skip
def test_a_picture_counts_however_its_path_is_written(clinic, path, name):
    picture = clinic.write(path, (ROOT / "content/images/room.svg").read_bytes())
    image = f"![A room]({name})" if "&" not in name else f'<img src="{name}" alt="A room">'
    clinic.handout(TEXT.replace("![A room](images/room.svg)", image), "one")
    states(clinic)
    assert states(clinic)["one", "connect"]
    picture.write_bytes(picture.read_bytes() + b"\n")
    assert not states(clinic)["one", "connect"]


def test_the_date_counts(clinic, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert not any(states(clinic).values())


def test_a_touched_file_is_no_change(clinic):
    for path in (clinic.root / "content").rglob("*"):
        os.utime(path, (1, 1))
    assert all(states(clinic).values())


def test_a_lost_or_altered_file_is_made_again(clinic):
    first, second, *_ = clinic.files()
    good = contents(clinic)
    first.unlink()
    second.write_bytes(second.read_bytes()[:-9])
    states(clinic)
    assert contents(clinic) == good


def test_a_failed_card_is_tried_again(tmp_path):
    project = Project(tmp_path / "clinic")
    front = "---\ntitle: Cards\nreviewed: 2025-03-08\nformats: [cards]\n---\n"
    project.handout("\n## Good {.step}\n\nShort.\n\n## Long {.step}\n\n" + "Many words on one card. " * 300 + "\n", "cards", front=front)
    for _ in range(2):
        out = project.run("build", "--brand", "connect")
        assert out.code == 1
        assert "too long" in out.err


def test_a_dry_run_makes_nothing(tmp_path):
    project = Project(tmp_path / "clinic")
    project.handout(TEXT.replace("![A room](images/room.svg)", ""), "one")
    out = project.run("build", "--dry-run")
    assert out.code == 0
    assert "one (connect, en-US, booklet, letter)" in out.out
    assert not project.files()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_fail_fast_stops_and_keeps_what_is_made(tmp_path, jobs):
    project = Project(tmp_path / "clinic")
    for number in range(40):
        bad = "\n{{ nothing }}\n" if number == 2 else TEXT.replace("![A room](images/room.svg)", "")
        project.handout(bad, f"h{number:02}")
    out = project.run("build", "--brand", "connect", "--fail-fast", "--jobs", jobs)
    assert out.code == 1
    assert len(project.files()) < 20
    assert 1 <= out.out.count(" booklet ") <= 10  # as they come


def test_pictures_behind_a_linked_folder_count(clinic, tmp_path):
    """A folder of pictures that is a link inside the project: what changes in it is built anew; a loop of links ends."""
    (clinic.root / "pictures").mkdir()
    (clinic.root / "pictures/room.svg").write_bytes((ROOT / "content/images/room.svg").read_bytes())
    (clinic.root / "content/images/linked").symlink_to("../../pictures")
    (clinic.root / "content/images/loop").symlink_to(".")
    clinic.handout(TEXT.replace("images/", "images/linked/"), "one")
    states(clinic)
    assert all(states(clinic).values())
    (clinic.root / "pictures/room.svg").write_bytes((ROOT / "templates/tick.svg").read_bytes())
    assert not states(clinic)["one", "connect"]


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"><rect width="9" height="9" fill="#00ff00"/></svg>'


@pytest.mark.parametrize(("name", "old", "new"), [
    ("booklet.html", "</body>", '<p><img src="../seal.svg" alt="A seal"></p></body>'),
    ("booklet.css", "/* Cover */", 'h2::after { content: url("../seal.svg") / ""; }'),
])  # fmt: skip
def test_a_picture_that_a_template_names_counts(clinic, name, old, new):
    (clinic.root / "seal.svg").write_text(PICTURE)
    text = (ROOT / "templates" / name).read_text()
    assert old in text
    (clinic.root / "templates" / name).write_text(text.replace(old, new, 1))
    states(clinic)
    (clinic.root / "seal.svg").write_text(PICTURE.replace("#00ff00", "#ff0000"))
    states(clinic)
    again = contents(clinic)
    states(clinic, "--fresh")
    assert contents(clinic) == again


def test_a_picture_whose_path_jinja_puts_together_counts(clinic):
    clinic.handout('\n{% set at = "brands" %}\n\n![A mark]({{ at }}/charlotte/seal.svg)\n', "one")
    seal = clinic.root / "content/brands/charlotte/seal.svg"
    seal.write_text(PICTURE)
    states(clinic)
    seal.write_text(PICTURE.replace("#00ff00", "#ff0000"))
    assert not states(clinic)["one", "connect"]


@pytest.mark.parametrize(("name", "old", "new"), [
    ("facts.yml", "1-800-799-7233", "1-800-799-7234"),
    ("project.yml", "locales: [en-US]", "locales: [en-US]\nregion: CA"),
    ("brands/connect/brand.yml", "Connect Couples", "Another Couples"),
])  # fmt: skip
def test_what_was_read_before_a_save_is_not_kept_as_what_came_after(clinic, name, old, new):
    """Between reading the project and looking at its files, somebody saves: the next run must make these pieces again."""
    read = load_project(clinic.root)
    path = clinic.root / "content" / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    templates = (clinic.root / "templates", ROOT / "templates")
    job = next(job for job in plan(read, Request()) if job.brand == "connect")
    assert Inputs(read, templates).digest(job) != Inputs(load_project(clinic.root), templates).digest(job)


def test_processes_with_one_number_have_names_of_their_own():
    """As two containers have, that write into one folder."""
    ask = "import os; os.getpid = lambda: 7; from generator.batch.locks import process_name; print(process_name(), process_name())"
    first, second = (subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, check=True, text=True).stdout.split()
                     for _ in range(2))  # fmt: skip
    assert len(set(first)) == len(set(second)) == 1
    assert first[0] != second[0]


def page_text(path):
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


def test_strict_counts_the_notices_of_what_is_there_already(tmp_path):
    project = Project(tmp_path / "clinic")
    project.handout("\nThis ** is left standing.\n", "one")
    assert project.build().code == 0
    again = project.build()
    assert "unchanged" in again.out
    assert again.code == 0
    assert project.build("--strict").code == 1


@pytest.mark.parametrize(("locale", "folder", "arguments", "translations"), [
    ("es", "es", ("--bilingual", "es"), ("Un párrafo.", "Otro párrafo.")),  # the second language of a piece
    ("pt-BR", "pt", ("--locale", "pt-BR"), ("Um parágrafo.", "Outro parágrafo.")),  # the language of a region
])  # fmt: skip
def test_every_catalog_that_is_read_counts(tmp_path, locale, folder, arguments, translations):
    project = Project(tmp_path / "clinic")
    settings = f"default_locale: en-US\nlocales: [en-US, {locale}]\nbrands: [connect]\nincomplete: {{{locale}: source}}\n"
    project.write("content/project.yml", settings)
    project.handout("\nOne paragraph.\n", "one")
    head = f'msgid ""\nmsgstr ""\n"Language: {folder}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    for words in translations:
        project.write(f"content/locales/{folder}/one.po", f'{head}msgid "One paragraph."\nmsgstr "{words}"\n')
        out = project.build(*arguments)
        assert out.code == 0, out.err
        assert words in page_text(project.files()[0])


def test_a_part_that_a_live_run_holds_is_not_swept_up(tmp_path):
    """However old it looks: the clock jumps for a machine that slept."""
    held, left = tmp_path / ".handouts-held.part", tmp_path / ".handouts-left.part"
    holder = subprocess.Popen(
        [sys.executable, "-c", "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.lockf(f, fcntl.LOCK_EX); print(flush=True); sys.stdin.read()",
         str(held)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    holder.stdout.readline()
    young = tmp_path / ".handouts-young.part"
    for path in (left, young):
        path.touch()
    for path in (held, left):
        os.utime(path, (1, 1))
    sweep(tmp_path)
    assert (held.exists(), left.exists(), young.exists()) == (True, False, True)
    holder.communicate()
    os.utime(held, (1, 1))
    sweep(tmp_path)
    assert not held.exists()


@pytest.mark.parametrize("damage", [b"", b"x", b"cut"])
def test_parsed_stylesheets_are_kept_and_a_damaged_file_counts_as_none(tmp_path, damage):
    project = Project(tmp_path / "clinic")
    project.handout("\nOne paragraph.\n", "one")
    assert project.build("--fresh").code == 0
    first = project.files()[0].read_bytes()
    kept = sorted((project.root / "output/.cache").glob("*.rules"))
    assert len(kept) == 2
    before = [path.stat().st_mtime_ns for path in kept]
    assert project.build("--fresh").code == 0
    assert [path.stat().st_mtime_ns for path in kept] == before
    for path in kept:
        data = path.read_bytes()
        path.write_bytes({b"": b"", b"x": data[:-9] + b"x" + data[-8:], b"cut": data[: len(data) // 2]}[damage])
    assert project.build("--fresh").code == 0
    assert project.files()[0].read_bytes() == first
    project.write("templates/base.css", (ROOT / "templates/base.css").read_text() + "\np { color: #123456 }\n")
    assert project.build("--fresh").code == 0
    assert project.files()[0].read_bytes() != first


def in_a_process(root, *more):
    """Build in a process of its own, which knows nothing yet; tell whether it imported PyYAML."""
    script = ("import os, sys; from generator.cli.start import start; end = os._exit\n"
              "os._exit = lambda code: (os.write(2, b'yaml' * ('yaml' in sys.modules)), end(code))\n"
              "sys.argv[1:] = ['build', '--fresh', '--brand', 'connect', '--project', *sys.argv[1:]]; start()")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script, str(root), *more], capture_output=True, text=True, check=True)
    return "yaml" in done.stderr


@pytest.mark.parametrize("damage", [b"", b"x", b"cut"])
def test_fields_that_were_read_are_kept_and_a_damaged_file_counts_as_none(tmp_path, damage):
    project = Project(tmp_path / "clinic")
    project.handout("\nOne paragraph.\n", "one")
    assert in_a_process(project.root)
    first, kept = project.files()[0].read_bytes(), project.root / "output/.cache/fields.nodes"
    data = kept.read_bytes()
    project.handout("\nAnother paragraph.\n", "one")
    assert not in_a_process(project.root)
    assert kept.read_bytes() == data
    kept.write_bytes({b"": b"", b"x": data[:-9] + b"x" + data[-8:], b"cut": data[: len(data) // 2]}[damage])
    project.handout("\nOne paragraph.\n", "one")
    assert in_a_process(project.root)
    assert (project.files()[0].read_bytes(), kept.read_bytes()) == (first, data)
    front = FRONT.format(title="Title of one").replace("2025", "2024")
    project.handout("\nOne paragraph.\n", "one", front=front)
    assert in_a_process(project.root)
    assert project.files()[0].read_bytes() != first


@pytest.mark.parametrize("damage", [b"", b"junk" * 5, b"j2", b"cut"])
def test_compiled_templates_that_are_damaged_count_as_none(tmp_path, damage):
    project = Project(tmp_path / "clinic")
    project.handout("\nOne paragraph.\n", "one")
    assert project.build().code == 0
    first, kept = project.files()[0].read_bytes(), list((project.root / "output/.cache").glob("__*.cache"))
    assert kept
    whole = {path: path.read_bytes() for path in kept}
    for path, data in whole.items():
        path.write_bytes({b"cut": data[:20], b"j2": data[:-90] + b"j" * 90}.get(damage, damage))
    assert project.build("--fresh").code == 0
    assert project.files()[0].read_bytes() == first
    assert {path: path.read_bytes() for path in kept} == whole


ENTRY = {"path": "a.pdf", "handout": "one", "kind": "booklet", "brand": "connect", "locale": "en-US", "paper": "letter", "pages": 1, "bytes": 1,
         "sha256": "", "notices": []}  # fmt: skip
WRONG = [{"inputs": ["a"]}, {"path": "a\0b"}, {"path": "a\ud800b"}, {"path": "a" * 5000}, {"path": ""}, {"handout": ["one"]}, {"brand": {}},
         {"step": "1"}, {"kind": None}, {"notices": 5}, {"paper": "\ud800"}, {"places": [5]}, {"places": [[["f", "1"], ""]]}]  # fmt: skip


DAMAGED = [*({**ENTRY, **wrong} for wrong in WRONG), "[" * 100_000, "null", "5", "[5]", '{"files": 5}', "\xff"]


@pytest.mark.parametrize("where", ["manifest.json", ".cache/journal-1.jsonl"])
def test_a_damaged_entry_counts_as_none(tmp_path, where):
    project = Project(tmp_path / "clinic")
    project.handout("\nOne paragraph.\n", "one", front=PLAIN.format(title="One"))
    assert project.build().code == 0
    manifest = project.root / "output/manifest.json"
    first, sound = project.files()[0].read_bytes(), manifest.read_bytes()
    for text in DAMAGED:
        if isinstance(text, dict):
            rows = [text, *json.loads(sound)["files"]]
            text = json.dumps(rows if where != "manifest.json" else {"version": 1, "files": rows})  # noqa: PLW2901
        project.write("output/" + where, text.encode("latin-1"))
        assert project.run("preview").code in (0, 2)
        outcome = project.build()
        assert (outcome.code, outcome.err) == (0, ""), text[:200]
        assert project.files()[0].read_bytes() == first
        assert manifest.read_bytes() == sound, text[:200]


@pytest.mark.parametrize("where", ["os.fdopen", "os.fsync", "os.open", "pathlib.Path.write_bytes"])
def test_a_full_disk_is_told_as_such(tmp_path, monkeypatch, where):
    sound = os.open

    def full(*arguments, **named):
        if where == "os.open" and not str(arguments[0]).endswith(".part"):
            return sound(*arguments, **named)
        raise OSError(errno.ENOSPC, "No space left on device")

    project = Project(tmp_path / "clinic")
    project.handout("\nOne paragraph.\n", "one", front=PLAIN.format(title="One"))
    monkeypatch.setattr(where, full)
    outcome = project.build()
    assert "the program failed" not in outcome.err
    if where.startswith("pathlib"):  # what spares work alone is not needed
        assert (outcome.code, outcome.err) == (0, "")
        return
    assert outcome.code == 1
    assert "cannot be written: No space left on device" in outcome.err
    assert f"hint: the disk with the folder {project.root}/output" in outcome.err
