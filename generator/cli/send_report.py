"""What `handouts send` says: the first message before it asks, who would get what, what became of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from generator.cli.report import error_text
from generator.errors import DeliveryError
from generator.mail.records import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from generator.mail.records import Recipient
    from generator.mail.run import Mailing
    from generator.mail.server import Server

TRIED = 40  # messages that are made before the question
ROWS = 5  # that an error names
STATES = {"sent": "sent", "outbox": "laid into the outbox", "already": "sent before", "double": "double rows",
          "busy": "in another run's hands", "refused": "refused by the server", "deferred": "put off by the server",
          "sending": "without an answer", "unsettled": "unsettled from before", "failed": "not made"}  # fmt: skip


def confirm(mailing: Mailing, server: Server | None) -> None:
    """Show the first message and ask. Of a short list each is tried before, so that the count is true."""
    tried = len(mailing.recipients) <= TRIED
    drafts = [mailing.writer.attempt(to) for to in mailing.recipients[: TRIED if tried else 1]]
    good = [draft for draft in drafts if not isinstance(draft, Outcome)]
    tell_failed([outcome for outcome in drafts if isinstance(outcome, Outcome)])
    if not good:
        raise DeliveryError("nothing was sent: " + ("no message can be made" if tried else "the first message cannot be made"), None,
                            "mend what stands above" + ("" if tried else "; --yes sends the others without asking"))  # fmt: skip
    draft = good[0]
    sender = mailing.stationery(draft.recipient.brand).sender
    click.echo(f"From:    {f'{sender.name} <{sender.spec}>' if sender else 'your mail program fills it in'}\n"
               f"To:      {draft.recipient.address.spec}\nSubject: {draft.words.subject}\n"
               f"Encloses {', '.join(e.name for e in draft.enclosed)}{' (encrypted)' if mailing.encrypt else ''}\n\n"
               f"{draft.words.text}")  # fmt: skip
    where = f"through {server.label}" if server is not None else "into the outbox"
    count = f"{len(good)} messages" if len(good) > 1 else "1 message" if tried else f"{len(mailing.recipients)} messages"
    lacking = f"; {len(drafts) - len(good)} cannot be made" if len(good) < len(drafts) else ""
    if not click.confirm(f"This is the first of {count}{lacking}. Send them {where}?"):
        raise DeliveryError("nothing was sent", None, "--yes sends without asking")


def dry_run(mailing: Mailing, *, again: bool) -> int:
    """Show who would get what."""
    from generator.mail.ledger import existing
    from generator.mail.run import seen_before

    ledger = existing(mailing.project.root)
    bad = 0
    for draft in map(mailing.writer.attempt, mailing.recipients):
        if isinstance(draft, Outcome):
            bad += 1
            click.echo(f"{draft.recipient.label}: {draft.error.message if draft.error else draft.note}")
            continue
        to = draft.recipient
        note = seen_before(ledger, mailing, draft, again=again) if ledger is not None else ""
        files = ", ".join(f"{e.name} ({len(e.data) // 1024 + 1} KB)" for e in draft.enclosed)
        row = f"row {to.row}: " if to.row else ""
        click.echo(f"{row}{to.address.spec}  {to.brand}, {to.locale}  {files}{'  ' + note if note else ''}")
    click.echo("Nothing was sent (--dry-run).")
    return int(bool(bad))


def tell_failed(outcomes: list[Outcome]) -> None:
    """Tell errors, each once, with the rows that met it."""
    met: dict[tuple[str, object], list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.error is not None:
            met.setdefault((outcome.error.message, outcome.error.position), []).append(outcome)
    for alike in met.values():
        error, rows = alike[0].error, [str(o.recipient.row) for o in alike if o.recipient.row]
        if error is None:
            continue
        text = error_text(error)
        if rows and f":{rows[0]}: error:" not in text:
            more = f" and {len(rows) - ROWS} more" if len(rows) > ROWS else ""
            text += f"\n  so there is no message for row{'s' if rows[1:] else ''} {', '.join(rows[:ROWS])}{more} of the list"
        click.echo(text, err=True)


def announce(to: Recipient, password: str) -> None:
    """Print a password that was made, before the message leaves; it is told nowhere else."""
    who = f"row {to.row}" if to.row else to.address.spec
    click.echo(f"{who}: password {password}")


def sum_up(outcomes: list[Outcome], folder: Path) -> None:
    """Tell what a person has to know of, then count."""
    silent = {"sent", "outbox"} if len(outcomes) == 1 else {"sent", "outbox", "already"}
    told = sorted(outcomes, key=lambda o: o.recipient.row)
    tell_failed(told)
    for outcome in told:
        if outcome.error is None and outcome.state not in silent:
            click.echo(f"{outcome.recipient.label}: {STATES[outcome.state]}: {outcome.note}", err=True)
    counts = Counter(o.state for o in outcomes)
    for state, words in STATES.items():
        if counts[state]:
            click.echo(f"{counts[state]} {words}" + (f": {folder}" if state == "outbox" else ""))
