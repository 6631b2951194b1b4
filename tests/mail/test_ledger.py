"""The ledger itself: what it lets through, what it refuses, and what it does when it is damaged."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading

import pytest

from generator.errors import DeliveryError
from generator.mail import alive
from generator.mail.ledger import DAY, Claim, Held, Ledger
from generator.project.addresses import address
from tests.projects import ROOT

FILE = b"f" * 32


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path)
    yield made
    made.close()


def claim(ledger, run, text="ana@example.org", file=FILE):
    return ledger.claim(run, ledger.hash(address(text)), file, "visit", 0)


def test_a_message_is_claimed_once(ledger):
    run = ledger.begin("r", DAY)
    first = claim(ledger, run)
    assert isinstance(first, Claim)
    assert claim(ledger, run).same_run
    other = ledger.begin("r", DAY)
    assert claim(ledger, other).alive
    assert isinstance(claim(ledger, other, "bo@example.org"), Claim)
    assert isinstance(claim(ledger, other, file=b"g" * 32), Claim)


def test_what_a_run_left_is_taken_over_under_the_same_token(ledger):
    run = ledger.begin("r", DAY)
    first = claim(ledger, run)
    ledger.end(run, finished=False)
    assert claim(ledger, ledger.begin("r", DAY)) == first


def test_what_was_sending_is_for_a_person(ledger):
    run = ledger.begin("r", DAY)
    first = claim(ledger, run)
    ledger.sending(first)
    assert ledger.unsettled() == []
    ledger.end(run, finished=False)
    (entry,) = ledger.unsettled()
    assert entry.id == first.id
    held = claim(ledger, ledger.begin("r", DAY, again=True))
    assert isinstance(held, Held)
    assert held.state == "sending"


def test_sent_ones_hold_for_the_window_and_again_holds_for_its_own_run(ledger):
    run = ledger.begin("r", DAY)
    ledger.settle(claim(ledger, run), "sent", "250 ok")
    ledger.end(run, finished=True)
    assert claim(ledger, ledger.begin("r", DAY)).state == "sent"
    first = ledger.begin("r", DAY, again=True)
    ledger.settle(claim(ledger, first), "sent", "250 ok")
    ledger.end(first, finished=False)
    second = ledger.begin("r", DAY, again=True)
    assert claim(ledger, second).state == "sent"
    ledger.end(second, finished=True)
    assert isinstance(claim(ledger, ledger.begin("r", DAY, again=True)), Claim)


@pytest.mark.parametrize("state", ["refused", "deferred"])
def test_what_the_server_did_not_take_may_be_sent(ledger, state):
    run = ledger.begin("r", DAY)
    ledger.settle(claim(ledger, run), state, "no")
    assert isinstance(claim(ledger, ledger.begin("r", DAY)), Claim)


def test_threads_and_files_share_one_ledger(tmp_path):
    ledgers = [Ledger(tmp_path) for _ in range(4)]
    got = []

    def work(ledger):
        run = ledger.begin("r", DAY)
        got.extend(n for n in range(50) if isinstance(claim(ledger, run, f"c{n}@example.org"), Claim))

    threads = [threading.Thread(target=work, args=(made,)) for made in ledgers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == list(range(50))
    for made in ledgers:
        made.close()


def test_addresses_are_hashed_with_a_key_of_the_projects_own(tmp_path):
    hashes = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        ledger = Ledger(tmp_path / name)
        hashes |= {ledger.hash(address(text)) for text in ("ana@example.org", "Ana@EXAMPLE.org")}
        ledger.close()
    assert len(hashes) == 2
    assert (tmp_path / "one/.handouts/ledger.key").stat().st_mode & 0o777 == 0o600


def spoil_version(path):
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()


SPOILED = {
    "newer": (spoil_version, "newer handouts"),
    "empty": (lambda path: path.write_bytes(b""), "damaged"),
    "cut": (lambda path: path.write_bytes(path.read_bytes()[:5000]), "damaged"),
    "text": (lambda path: path.write_text("not a database, though long enough to look at" * 200), "damaged"),
    "overwritten": (lambda path: path.write_bytes(path.read_bytes()[:8192] + b"\xff" * 20000), "damaged"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_an_unusable_ledger_stops_the_run_and_is_kept(clinic, plain, name):
    assert clinic.send("--to", "ana@example.org").code == 0
    path = clinic.root / ".handouts/ledger.sqlite"
    spoil, said = SPOILED[name]
    spoil(path)
    before = path.read_bytes()
    outcome = clinic.send("--to", "bo@example.org")
    assert outcome.code == 1
    assert said in outcome.err
    assert "--set-aside" in outcome.err
    assert path.read_bytes() == before
    assert plain.addresses() == ["ana@example.org"]
    assert clinic.run("outbox").code == 1
    assert clinic.run("outbox", "--set-aside").code == 0
    (kept,) = path.parent.glob("ledger-set-aside-*.sqlite")
    assert kept.read_bytes() == before
    assert clinic.send("--to", "bo@example.org").code == 0


def test_without_its_key_the_ledger_is_no_use(clinic, plain):
    clinic.send("--to", "ana@example.org")
    key = clinic.root / ".handouts/ledger.key"
    kept = key.read_bytes()
    for spoiled in (None, b"x" * 32):
        key.unlink(missing_ok=True)
        if spoiled:
            key.write_bytes(spoiled)
        outcome = clinic.send("--to", "bo@example.org")
        assert outcome.code == 1
        assert "key" in outcome.err
    assert plain.addresses() == ["ana@example.org"]
    key.write_bytes(kept)
    assert clinic.send("--to", "bo@example.org").code == 0


def test_a_full_disk_before_the_end_of_a_message_sends_nothing(clinic, plain, monkeypatch):
    def full(self, claim):
        raise DeliveryError("the ledger cannot be written: database or disk is full")

    monkeypatch.setattr(Ledger, "sending", full)
    outcome = clinic.send("--clients", clinic.many(3), "--yes")
    assert outcome.code == 1
    assert "disk is full" in outcome.err
    assert not plain.messages
    monkeypatch.undo()


def test_the_lock_of_a_run_ends_with_its_process(tmp_path):
    code = "import sys, pathlib; from generator.mail import alive; alive.begin(pathlib.Path(sys.argv[1]), 3); print(1, flush=True); input()"
    child = subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdout.readline()
    assert alive.alive(tmp_path, 3)
    assert not alive.alive(tmp_path, 4)
    child.kill()
    child.communicate()
    assert not alive.alive(tmp_path, 3)


def test_a_ledger_in_order_is_not_set_aside(clinic, plain):
    assert clinic.send("--to", "ana@example.org", "--yes").code == 0
    outcome = clinic.run("outbox", "--set-aside")
    assert outcome.code != 0
    assert "the ledger is in order" in outcome.err
    assert clinic.send("--to", "ana@example.org", "--yes").code == 1
    assert len(plain.messages) == 1


@pytest.mark.parametrize("option", ["--settle", "--resend"])
def test_a_message_that_there_is_not_is_not_decided_about(clinic, option):
    outcome = clinic.run("outbox", option, "4")
    assert outcome.code != 0
    assert "there is no unsettled message 4" in outcome.err
