"""What `handouts send` says: the first message before it asks, who would get what, what became of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from generator.cli.report import error_text
from generator.errors import DeliveryError

if TYPE_CHECKING:
    from pathlib import Path

    from generator.mail.records import Outcome, Recipient
    from generator.mail.run import Mailing
    from generator.mail.server import Server

STATES = {"sent": "sent", "outbox": "laid into the outbox", "already": "sent before", "double": "double rows",
          "busy": "in another run's hands", "refused": "refused by the server", "deferred": "put off by the server",
          "sending": "without an answer", "unsettled": "unsettled from before", "failed": "not made"}  # fmt: skip


def confirm(mailing: Mailing, server: Server | None) -> None:
    """Show the first message and ask."""
    draft = mailing.writer.draft(mailing.recipients[0])
    sender = mailing.stationery(draft.recipient.brand).sender
    click.echo(f"From:    {f'{sender.name} <{sender.spec}>' if sender else 'your mail program fills it in'}\n"
               f"To:      {draft.recipient.address.spec}\nSubject: {draft.words.subject}\n"
               f"Encloses {', '.join(e.name for e in draft.enclosed)}{' (encrypted)' if mailing.encrypt else ''}\n\n"
               f"{draft.words.text}")  # fmt: skip
    where = f"through {server.label}" if server is not None else "into the outbox"
    if not click.confirm(f"This is the first of {len(mailing.recipients)} messages. Send them {where}?"):
        raise DeliveryError("nothing was sent", None, "--yes sends without asking")


def dry_run(mailing: Mailing, *, again: bool) -> int:
    """Show who would get what."""
    from generator.mail.ledger import existing
    from generator.mail.records import Outcome
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


def announce(to: Recipient, password: str) -> None:
    """Print a password that was made, before the message leaves; it is told nowhere else."""
    who = f"row {to.row}" if to.row else to.address.spec
    click.echo(f"{who}: password {password}")


def sum_up(outcomes: list[Outcome], folder: Path) -> None:
    """Tell what a person has to know of, then count."""
    silent = {"sent", "outbox"} if len(outcomes) == 1 else {"sent", "outbox", "already"}
    for outcome in sorted(outcomes, key=lambda o: o.recipient.row):
        if outcome.error is not None:
            click.echo(error_text(outcome.error), err=True)
        elif outcome.state not in silent:
            click.echo(f"{outcome.recipient.label}: {STATES[outcome.state]}: {outcome.note}", err=True)
    counts = Counter(o.state for o in outcomes)
    for state, words in STATES.items():
        if counts[state]:
            click.echo(f"{counts[state]} {words}" + (f": {folder}" if state == "outbox" else ""))
