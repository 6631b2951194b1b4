"""When the ledger lets a message through again: at which time, in which run, and asked how."""

from __future__ import annotations

import pytest

from generator.mail.ledger import DAY, Claim
from tests.mail.test_ledger import claim, ledger

__all__ = ["ledger"]


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1_800_000_000.0

    monkeypatch.setattr("time.time", lambda: Clock.now)
    return Clock


def sent(ledger, run, *, finished):
    ledger.settle(claim(ledger, run), "sent", "250 ok")
    ledger.end(run, finished=finished)


def test_again_does_not_take_up_a_plain_run_that_was_not_finished(ledger):
    """Whoever asks for all again gets all again, also what that run had sent."""
    sent(ledger, ledger.begin("r", DAY), finished=False)
    assert isinstance(claim(ledger, ledger.begin("r", DAY, again=True)), Claim)


def test_a_plain_run_does_not_take_up_one_that_sent_again(ledger, clock):
    sent(ledger, ledger.begin("r", DAY, again=True), finished=False)
    clock.now += 2 * DAY
    assert isinstance(claim(ledger, ledger.begin("r", DAY)), Claim)


@pytest.mark.parametrize(("days", "repeats"), [(2, False), (4, True)])
def test_a_run_that_was_not_finished_is_taken_up_for_three_days(ledger, clock, days, repeats):
    sent(ledger, ledger.begin("r", DAY, again=True), finished=False)
    clock.now += days * DAY
    assert isinstance(claim(ledger, ledger.begin("r", DAY, again=True)), Claim) == repeats


def test_what_was_sent_in_the_moment_in_which_a_run_began_is_its_own(ledger, clock):
    """A clock may be coarse: the run that sent it, taken up, does not send it twice."""
    sent(ledger, ledger.begin("r", DAY, again=True), finished=False)
    assert claim(ledger, ledger.begin("r", DAY, again=True)).state == "sent"
    clock.now += 1
    other = ledger.begin("other", 1.0)
    assert claim(ledger, other).state == "sent"  # just as old as the window


def test_a_message_without_an_answer_is_told_while_its_run_goes_on(ledger):
    run = ledger.begin("r", DAY)
    first, second = claim(ledger, run), claim(ledger, run, "bo@example.org")
    for each in (first, second):
        ledger.sending(each)
    ledger.settle(first, "sending", "no answer within 60 s")
    assert [entry.id for entry in ledger.unsettled()] == [first.id]  # the other still waits for its answer
