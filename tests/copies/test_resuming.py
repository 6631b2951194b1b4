"""Runs over a list that were cut short or come again: what holds is not made twice, and nothing holds that would be made otherwise."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time

import pikepdf
import pytest

from generator.copies import workshop
from tests.projects import ROOT
from tests.readback import text

HERE = ("Ana", "2025-05-05", "Dr. Lee", "Monday", "", "")


def rows(count):
    return [(f"c-{n}", f"Name{n}", *HERE[1:]) for n in range(count)]


def build(clinic, path, *more):
    return clinic.run("build", "visit", "--clients", str(path), "--json", *more)


@pytest.fixture
def made(monkeypatch):
    """The ids of the rows whose copies were really made."""
    ids, real = [], workshop.Workshop.make

    def make(self, row):
        ids.append(row.values[0])
        return real(self, row)

    monkeypatch.setattr(workshop.Workshop, "make", make)
    return ids


def test_a_second_run_makes_nothing(clinic, made):
    path = clinic.list(rows(3))
    build(clinic, path)
    before = {p.name: p.read_bytes() for p in clinic.files()}
    outcome = build(clinic, path)
    assert made == ["c-0", "c-1", "c-2"]
    assert (outcome.code, outcome.data["unchanged"], outcome.data["copies"]) == (0, 3, 3)
    assert {p.name: p.read_bytes() for p in clinic.files()} == before
    lines = (clinic.root / "output/copies/visit/copies.jsonl").read_text().splitlines()
    assert [json.loads(line)["row"] for line in lines[1:]] == [2, 3, 4]
    assert build(clinic, path, "--fresh").data["unchanged"] == 0
    assert made == ["c-0", "c-1", "c-2"] * 2


def test_what_has_changed_is_made_again(clinic, made):
    build(clinic, clinic.list(rows(4)))
    (clinic.root / "output/copies/visit/c-0.pdf").unlink()
    (clinic.root / "output/copies/visit/c-1.pdf").write_bytes(b"%PDF-1.7 half a fi")
    changed = [*rows(4)[:3], ("c-3", "Name3", *HERE[1:4], "A note.", "")]
    made.clear()
    assert build(clinic, clinic.list(changed)).data["unchanged"] == 1
    assert made == ["c-0", "c-1", "c-3"]
    made.clear()
    clinic.handout("\nDear {{ client.first_name }}, another text.\n", "visit")
    build(clinic, clinic.list(changed))
    assert len(made) == 4
    assert all("another text" in " ".join(text(p.read_bytes())) for p in clinic.files())
    made.clear()
    build(clinic, clinic.list(changed, columns=("id", "first_name", "date", "clinician", "appointment", "state", "note")))
    assert len(made) == 4


def test_of_cards_none_may_be_lacking(clinic, made):
    front = "---\ntitle: A visit\nversion: 1\nreviewed: 2025-03-08\nformats: [booklet, cards]\n---\n"
    clinic.handout("\n## One {.step}\n\nDear {{ client.first_name }}.\n\n## Two {.step}\n\nRest.\n", "visit", front=front)
    path = clinic.list(rows(2))
    build(clinic, path, "--format", "cards")
    assert build(clinic, path, "--format", "cards").data["unchanged"] == 2
    record = clinic.root / "output/copies/visit/copies.jsonl"
    lines = record.read_text().splitlines()
    record.write_text("\n".join(line for line in lines if "c-1-step-2" not in line) + "\n")
    made.clear()
    assert build(clinic, path, "--format", "cards").data["unchanged"] == 1
    assert made == ["c-1"]


def test_a_damaged_record_costs_nothing_but_time(clinic, made):
    path = clinic.list(rows(2))
    build(clinic, path)
    record = clinic.root / "output/copies/visit/copies.jsonl"
    for damaged in (b"", b"\x00\xff", b'[1]\n{"mark": 7}\n', record.read_bytes().replace(b"copies/visit", b"../../../etc")):
        record.write_bytes(damaged)
        assert build(clinic, path).code == 0
        assert len(clinic.files()) == 2


def test_the_mark_tells_nothing_without_the_key(clinic):
    path = clinic.list(rows(1))
    build(clinic, path)
    record = clinic.root / "output/copies/visit/copies.jsonl"
    first = json.loads(record.read_text().splitlines()[1])["mark"]
    (clinic.root / ".handouts/copies.key").write_bytes(b"another key" * 3)
    build(clinic, path)
    assert json.loads(record.read_text().splitlines()[1])["mark"] != first


def test_killed_at_any_moment(clinic):
    """A run killed again and again comes to its end; what is there is whole, and is not made anew."""
    count = 900
    path = clinic.list(rows(count))
    command = [sys.executable, "-m", "generator.cli.start", "build", "visit", "--clients", str(path), "--json", "--project", str(clinic.root)]
    rng, ages = random.Random(4), {}
    folder = clinic.root / "output/copies/visit"
    for _ in range(8):
        run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        end = time.monotonic() + 10
        while len(list(folder.glob("c-*.pdf"))) < len(ages) + 40 and time.monotonic() < end and run.poll() is None:
            time.sleep(0.002)
        time.sleep(rng.random() * 0.02)
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        files = {p.name: p.stat().st_mtime_ns for p in folder.glob("c-*.pdf")}
        again = [name for name, age in ages.items() if files[name] != age]
        assert len(again) <= 3, "a process that is killed may lose the copy that it had in hand, and no more"
        ages = files
    assert len(ages) > 100
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    outcome = json.loads(ended.stdout)
    assert (outcome["copies"], outcome["failed"]) == (count, 0)
    assert outcome["unchanged"] >= len(ages) - 3
    for n in range(0, count, 7):
        with pikepdf.open(folder / f"c-{n}.pdf") as pdf:
            assert len(pdf.pages) > 1
        assert f"Name{n}," in " ".join(text((folder / f"c-{n}.pdf").read_bytes()))
    assert [p.name for p in folder.glob(".*.jsonl")] == []


def test_dry_run_reads_the_whole_list_and_makes_nothing(clinic):
    path = clinic.list([*rows(3), ("c-9", "=A1", *HERE[1:])])
    outcome = clinic.run("build", "visit", "--clients", str(path), "--dry-run")
    assert outcome.code == 1
    assert "3 of 4 rows can be made; nothing was built" in outcome.out
    assert "clients.csv:5" in outcome.err
    assert not (clinic.root / "output/copies").exists()


def test_fail_fast_stops_at_the_first(clinic, made):
    outcome = build(clinic, clinic.list([rows(1)[0], ("c-9", "=A1", *HERE[1:]), *rows(3)[1:]]), "--fail-fast")
    assert outcome.code == 1
    assert (outcome.data["rows"], made) == (2, ["c-0"])


@pytest.mark.parametrize("option", [("--print", "saddle"), ("--bilingual", "es"), ("--scheduler", "tcp://127.0.0.1:1"), ("--watch",)])
def test_what_copies_are_not_made_with(clinic, option):
    outcome = clinic.run("build", "visit", "--clients", str(clinic.list(rows(1))), *option)
    assert outcome.code == 2
    assert f"{option[0]} is not for personal copies" in outcome.err
