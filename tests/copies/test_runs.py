"""Runs over a list: what fails, what is built nevertheless, what is told and recorded."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys

import pypdfium2
import pytest

from generator.batch.locks import process_name
from generator.copies import ledger, run, workshop
from generator.copies.faults import of_row
from generator.errors import LayoutError, Position
from tests.copies.conftest import COLUMNS, ROWS
from tests.projects import ROOT
from tests.readback import text


def record(clinic):
    lines = [json.loads(line) for line in (clinic.root / "output/copies/visit/copies.jsonl").read_text().splitlines()]
    return lines[0], lines[1:]


def build(clinic, path, *more):
    return clinic.run("build", "visit", "--clients", str(path), *more)


GOOD = ("c-1", "Ana", "2025-05-05", "Dr. Lee", "Monday", "", "")
BAD = [
    (("", *GOOD[1:]), 'column "id": this cannot name a file'),
    (("../x", *GOOD[1:]), 'column "id": this cannot name a file'),
    (("c-1", "Bo", *GOOD[2:]), 'column "id": row 2 names its file the same'),
    (("C-1", "Bo", *GOOD[2:]), 'column "id": row 2 names its file the same'),
    (GOOD, "the row is the same as row 2"),
    (("c-2", "", *GOOD[2:]), 'column "first_name" is empty, and the text shows it'),
    (("c-2", "Bo", "yesterday", *GOOD[3:]), 'column "date": this is no date'),
    (("c-2", "ꯀꯁ", *GOOD[2:]), 'column "first_name": no font has all its characters (Meetei)'),
    (("c-2", "a" + "\u0301\u0323" * 150, *GOOD[2:]), "with this client's words a letter is made of"),
    (("c-2", "Bo" * 80, *GOOD[2:]), 'column "first_name": a word is'),
    (("c-2", *GOOD[1:5], "x" * 200, ""), 'column "note": a word is'),
    (("c-2", "=A1", *GOOD[2:]), 'column "first_name": the cell holds a formula'),
]


@pytest.mark.parametrize(("row", "message"), BAD)
def test_a_bad_row_is_told_and_the_others_are_built(clinic, row, message):
    other = ("c-3", "Cy", *GOOD[2:])
    outcome = build(clinic, clinic.list([GOOD, row, other]))
    assert outcome.code == 1
    assert f"clients.csv:3: error: {message}" in outcome.err
    assert "hint: " in outcome.err
    assert [p.stem for p in clinic.files()] == ["c-1", "c-3"]
    assert [(r["row"], "error" in r) for r in record(clinic)[1]] == [(2, False), (3, True), (4, False)]


def test_all_kinds_of_words_are_set_as_plain_text(clinic):
    path = clinic.list([(f"c-{n}", *row[1:]) for n, row in enumerate(ROWS)])
    assert build(clinic, path).code == 0
    found = " ".join(" ".join(text((clinic.root / "output/copies/visit/c-3.pdf").read_bytes())).split())
    assert "Bring **your** {{ forms }} <b>&amp;</b> [x](y) ![z](q) `code`" in found
    found = " ".join(" ".join(text((clinic.root / "output/copies/visit/c-6.pdf").read_bytes())).split())
    assert "!!! key - {% raw %}" in found
    assert "O’Neil \\(x) \\d" in found


def test_two_processes_make_what_one_makes(clinic, monkeypatch):
    monkeypatch.setattr(run, "CHUNK", 7)
    rows = [(f"c-{n}", f"Ann{n} " * (n % 9 + 1), *GOOD[2:5], "Note " * (n % 40), "Arizona" if n % 3 else "") for n in range(60)]
    path = clinic.list(rows)
    digests = []
    for jobs in ("1", "2"):
        assert build(clinic, path, "--jobs", jobs, "--output", str(clinic.root / jobs)).code == 0
        files = sorted((clinic.root / jobs).rglob("*.pdf"))
        digests.append({p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files})
    assert digests[0] == digests[1]
    assert len(digests[0]) == 60


def test_the_record_names_rows_and_files_and_nobody(clinic):
    assert build(clinic, clinic.list([GOOD])).code == 0
    head, lines = record(clinic)
    data = (clinic.root / "output/copies/visit/c-1.pdf").read_bytes()
    assert head == {"version": 1, "handout": "visit", "format": "booklet"}
    assert len(lines[0]["mark"]) == 32
    assert lines == [{"row": 2, "path": "copies/visit/c-1.pdf", "pages": 5, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(),
                      "files": 1, "mark": lines[0]["mark"]}]
    manifest = json.loads((clinic.root / "output/manifest.json").read_text())
    assert [(e["kind"], e["path"]) for e in manifest["files"]] == [("copies", "copies/visit/copies.jsonl")]
    assert clinic.run("build", "--brand", "connect", "--format", "booklet").code == 0
    kinds = [e["kind"] for e in json.loads((clinic.root / "output/manifest.json").read_text())["files"]]
    assert sorted(kinds) == ["booklet", "copies"]


def test_a_second_run_keeps_the_first_ones_copies_but_not_of_rows_that_fail_now(clinic):
    rows = [("c-2", "Bo", *GOOD[2:]), ("c-3", "Cy", *GOOD[2:]), ("c-4", "Dee", *GOOD[2:])]
    assert build(clinic, clinic.list([GOOD, *rows])).code == 0
    bad = [("c-2", "", *GOOD[2:]), ("c-3", "=A1", *GOOD[2:])]
    assert build(clinic, clinic.list(bad)).code == 1
    assert [p.stem for p in clinic.files()] == ["c-1", "c-4"]
    assert [(r["row"], r.get("path")) for r in record(clinic)[1] if "path" in r] == [(None, "copies/visit/c-1.pdf"), (None, "copies/visit/c-4.pdf")]


CARDS = "---\ntitle: Cards\nreviewed: 2025-03-08\nformats: [booklet, cards]\n---\n"
STEPS = "\n## A step for {{ client.first_name }} {.step}\n\nWords.\n\n## Another {.step}\n\nWords.\n"
NAMED = ("first_name", "email", "note")


@pytest.mark.parametrize("broken", [(STEPS + "\n{{ nobody }}\n", CARDS), (STEPS, CARDS.replace("[booklet", "[booklet["))])
@pytest.mark.parametrize("named", [(), ("--name", "first_name")])
def test_no_copy_is_left_of_a_text_that_is_broken_now(clinic, broken, named):
    path = clinic.list([GOOD])
    clinic.handout(STEPS, "visit", front=CARDS)
    assert build(clinic, path, "--format", "cards", *named).code == 0
    assert len(clinic.files()) == 2
    clinic.handout(broken[0], "visit", front=broken[1])
    assert build(clinic, path, "--format", "cards", "--dry-run", *named).code == 1
    assert len(clinic.files()) == 2
    assert build(clinic, path, "--format", "cards", *named).code == 1
    assert not clinic.files()


def test_no_copy_is_left_of_a_named_row_that_is_refused_now(clinic):
    clinic.handout("Dear {{ client.first_name }}.", "visit")
    assert build(clinic, clinic.list([("Ana", "", ""), ("Bo", "", "")], NAMED), "--name", "first_name").code == 0
    path = clinic.list([("Bo", "bo@example.org", ""), (" Ana ", "no address", ""), ("Bo", "neither", "")], NAMED)
    assert build(clinic, path, "--name", "first_name", "--dry-run").code == 1
    assert [p.stem for p in clinic.files()] == ["Ana", "Bo"]
    assert build(clinic, path, "--name", "first_name", "--jobs", "1").code == 1
    assert [p.stem for p in clinic.files()] == ["Bo"]


def test_a_row_written_twice_costs_the_first_one_nothing(clinic, monkeypatch):
    monkeypatch.setattr(run, "CHUNK", 2)
    path = clinic.list([GOOD, *((f"c-{n}", "Bo", *GOOD[2:]) for n in range(2, 6)), GOOD])
    assert build(clinic, path, "--jobs", "1").code == 1
    assert "c-1" in [p.stem for p in clinic.files()]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((), "copies are made of one handout at a time"),
        (("visit", "--name", "surname"), '--name: the list has no column "surname"'),
        (("visit", "--paper", "a4", "--paper", "letter"), "copies are made in one paper at a time"),
        (("visti",), 'there is no handout "visti"'),
        (("visit", "--brand", "conect"), 'there is no brand "conect"'),
    ],
)
def test_a_command_that_is_wrong(clinic, given, message):
    outcome = clinic.run("build", *given, "--clients", str(clinic.list([GOOD])))
    assert outcome.code == 2
    assert message in outcome.err


def test_a_list_without_clients(clinic):
    outcome = build(clinic, clinic.list([]))
    assert outcome.code == 2
    assert "the list has no clients" in outcome.err
    assert not (clinic.root / "output/copies/visit/copies.jsonl").exists()


@pytest.mark.parametrize(
    ("field", "message", "hint"),
    [
        ("{{ client.frist_name }}", "the list has no column 'frist_name'", 'did you mean "first_name"?'),
        ("{{ client.first_name | upper }}", "a client's field can be shown, tested with if, or compared with ==", ""),
        ("{{ 'Dear ' ~ client.first_name }}", "a client's field can be shown", ""),
        ("{% for x in client %}{{ x }}{% endfor %}", "name the fields of a client one by one", ""),
        ("![x](images/{{ client.id }}.png)", "a client's field stands in the attribute", ""),
    ],
)
def test_what_a_text_may_not_do_with_a_field(clinic, field, message, hint):
    clinic.handout(f"\nA line.\n\nHere: {field}\n", "visit")
    outcome = build(clinic, clinic.list([GOOD, ("c-2", "Bo", *GOOD[2:])]))
    assert outcome.code == 1
    assert message in outcome.err
    assert hint in outcome.err
    assert "in 2 rows" in outcome.err
    assert outcome.err.count("error:") == 1


def test_what_a_text_may_do(clinic):
    clinic.handout("""
{% set who = client.first_name %}Hello {{ who }} and {{ client.nickname | default("friend", true) }}.
{% if client.state == "Texas" %}Howdy.{% elif client.state != "Arizona" %}Elsewhere.{% else %}Desert.{% endif %} {{ date(client.date) }}
""", "visit")
    rows = [("c-1", "Ana", "2025-05-05", "", "Texas"), ("c-2", "Bo", "2024-12-24", "Bobby", "Arizona"), ("c-3", "Cy", "2025-01-01", "", "")]
    assert build(clinic, clinic.list(rows, ("id", "first_name", "date", "nickname", "state"))).code == 0
    found = [" ".join(" ".join(text(p.read_bytes())).split()) for p in clinic.files()]
    assert "Hello Ana and friend. Howdy. May 5, 2025" in found[0]
    assert "Hello Bo and Bobby. Desert. December 24, 2024" in found[1]
    assert "Hello Cy and friend. Elsewhere. January 1, 2025" in found[2]


def test_a_name_that_reads_the_other_way_leaves_its_neighbours_in_place(clinic):
    clinic.handout("\n{{ client.first_name }} 77 or more.\n", "visit")
    assert build(clinic, clinic.list([("c-1", "محمد", *GOOD[2:])])).code == 0
    with pypdfium2.PdfDocument(clinic.files()[0].read_bytes()) as document:
        page = document[1].get_textpage()
        places = {c: page.get_charbox(at)[0] for at, c in enumerate(page.get_text_range()) if c in "م7"}
    assert places["م"] < places["7"]


def test_no_message_repeats_a_clients_words(clinic):
    row = clinic.rows(clinic.list([GOOD]))[0]
    telling = (LayoutError("Monday is too long"), LayoutError("too long", None, "shorten Ana"), LayoutError("x", Position("a", 1, 1, "Dr. Lee")))
    for error in telling:
        told = of_row(error, clinic.order(), row, {1})
        assert (told.message, str(told.position)) == ("the text cannot be set with this client's words", "clients.csv:2")
    error = LayoutError("the card is too long", Position("visit.md", 9), "cut some words")
    told = of_row(error, clinic.order(), row, {1})
    assert (str(told.position), told.hint) == ("clients.csv:2", error.hint)
    assert told.message == "with this client's words the card is too long (visit.md:9)"
    assert of_row(error, clinic.order(), row, ()) is error


def test_without_a_list_fields_are_blanks(clinic):
    assert clinic.build("visit").code == 0
    assert "Dear ______________, this booklet" in text(clinic.files()[0].read_bytes())[2]


def test_cards_are_made_for_each_row(clinic):
    clinic.handout("\n## A step for {{ client.first_name }} {.step}\n\nWords.\n\n## Another {.step}\n\nWords.\n", "visit",
                   front="---\ntitle: Cards\nreviewed: 2025-03-08\nformats: [booklet, cards]\n---\n")  # fmt: skip
    assert build(clinic, clinic.list([GOOD]), "--format", "cards", "--paper", "4x6").code == 0
    assert [p.stem for p in clinic.files()] == ["c-1-step-1", "c-1-step-2"]
    assert "A step for Ana" in text(clinic.files()[0].read_bytes())[0]


def test_a_folder_that_cannot_be_written(clinic):
    (clinic.root / "output").mkdir()
    (clinic.root / "output/copies").write_text("in the way")
    outcome = build(clinic, clinic.list([GOOD]))
    assert outcome.code == 1
    assert "cannot be written" in outcome.err


def test_a_full_disk_leaves_no_part_of_a_file(clinic, monkeypatch):
    def full(handle, parts):
        os.write(handle, parts[0][:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "writev", full)
    outcome = build(clinic, clinic.list([GOOD, ("c-2", "Bo", *GOOD[2:])]))
    assert outcome.code == 1
    assert "cannot be written: No space left on device" in outcome.err
    assert f"hint: the disk with the folder {clinic.root}/output/copies/visit is full" in outcome.err
    assert [p.name for p in (clinic.root / "output/copies/visit").iterdir()] == ["copies.jsonl"]


def test_a_full_disk_is_told_by_the_record_too(clinic, monkeypatch):
    real = ledger.Ledger.__init__

    def begin(self, order):
        real(self, order)
        self._temporary = clinic.root / "record.part"
        self._temporary.symlink_to("/dev/full")

    monkeypatch.setattr(ledger.Ledger, "__init__", begin)
    outcome = build(clinic, clinic.list([GOOD]))
    assert outcome.code == 1
    assert "copies.jsonl: error: cannot be written: No space left on device" in outcome.err
    assert "hint: the disk with the folder" in outcome.err
    assert not (clinic.root / "record.part").is_symlink()


def test_a_defect_of_the_program_costs_one_row(clinic, monkeypatch):
    real = workshop.Master.copy

    def copy(self, values):
        if values[1] == "Bo":
            raise RuntimeError("Bo is the secret")
        return real(self, values)

    monkeypatch.setattr(workshop.Master, "copy", copy)
    outcome = build(clinic, clinic.list([GOOD, ("c-2", "Bo", *GOOD[2:]), ("c-3", "Cy", *GOOD[2:])]), "--json")
    assert outcome.code == 1
    assert (outcome.data["copies"], outcome.data["rows"], outcome.data["failed"]) == (2, 3, 1)
    assert "row 3: the program failed: RuntimeError" in outcome.data["errors"][0]["message"]
    assert "secret" not in outcome.out


def test_columns_and_kinds_of_lists_reach_the_copies(clinic):
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in (GOOD, ("c-2", "Bo", *GOOD[2:]))]
    path = clinic.root / "clients.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    assert build(clinic, path, "--strict").code == 0
    assert len(clinic.files()) == 2
    assert "--clients" in (ROOT / "README.md").read_text()


def stages(clinic):
    return list((clinic.root / "output").rglob(".handouts-*"))


@pytest.mark.parametrize("arguments", [(), ("--edition", "large-print"), ("--jobs", "2")])
def test_a_run_takes_its_own_stages_away_and_no_others(clinic, arguments):
    rows = [(f"c{n}", *ROWS[0][1:]) for n in range(120)]
    other = clinic.root / "output/copies/visit/.handouts-1-other.2-more.parts"
    other.mkdir(parents=True)
    (other / ".handouts-copy.part").touch()
    outcome = clinic.run("build", "visit", "--clients", str(clinic.list(rows)), "--brand", "connect", *arguments)
    assert outcome.code == 0, outcome.err
    assert len([p for p in clinic.files() if "copies" in p.parts]) == len(rows)
    assert sorted(stages(clinic)) == [other, other / ".handouts-copy.part"]  # another run goes on beside this one
    os.utime(other / ".handouts-copy.part", (1, 1))  # or was killed long ago
    assert clinic.run("build", "visit", "--clients", str(clinic.list(rows)), "--brand", "connect", *arguments).code == 0
    assert stages(clinic) == []


def test_a_longer_part_left_behind_and_a_write_that_is_cut_short_damage_no_copy(clinic, monkeypatch):
    sound = os.writev
    monkeypatch.setattr(os, "writev", lambda handle, parts: sound(handle, [b"".join(parts)[:100]]))
    order = clinic.order()
    stage = order.output / "copies/visit" / f".handouts-{order.run}.{process_name()}.parts"
    stage.mkdir(parents=True)
    (stage / ".handouts-copy.part").write_bytes(b"x" * 1_000_000)
    for data, whole in clinic.both(clinic.rows()[:2], order):
        assert data.startswith(b"%PDF-1.7")
        assert data.rstrip().endswith(b"%%EOF")
        assert len(data) < len(whole) * 2


def test_two_runs_at_once_cost_each_other_no_row(clinic):
    rows = [(f"c{n}", *ROWS[0][1:]) for n in range(150)]
    many, few = clinic.list(rows, name="many.csv"), clinic.list([("d1", *ROWS[0][1:])], name="few.csv")
    command = [sys.executable, "-m", "generator.cli.start", "build", "visit", "--brand", "connect", "--fresh", "--project", str(clinic.root)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    codes = []
    with subprocess.Popen([*command, "--clients", str(many)], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as long:
        while long.poll() is None:
            done = subprocess.run([*command, "--clients", str(few)], check=False, cwd=ROOT, env=env, capture_output=True)
            codes.append(done.returncode)
        assert (long.returncode, set(codes)) == (0, {0}), long.stderr.read()
    assert len([p for p in clinic.files() if "copies" in p.parts]) == len(rows) + 1
