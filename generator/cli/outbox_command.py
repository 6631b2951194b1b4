"""`handouts outbox`: what nobody but a person can settle: messages sent without an answer, and .eml files that lie waiting."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from generator.cli.report import fail
from generator.errors import HandoutsError, ProjectError

if TYPE_CHECKING:
    from pathlib import Path

    from generator.mail.ledger import Entry, Ledger


SHOWN = 10  # files that are listed


@click.command("outbox")
@click.option("--resend", multiple=True, metavar="NUMBER", help="Let this message be sent again (or: all).")
@click.option("--settle", multiple=True, metavar="NUMBER", help="Write down that this message arrived (or: all).")
@click.option("--to", metavar="ADDRESS", help="Only messages to this address.")
@click.option("--set-aside", is_flag=True, help="Set an unusable ledger aside and begin a new one.")
@click.option("--project", metavar="DIR", help="The project's folder [default: the nearest one above].")
def command(resend: tuple[str, ...], settle: tuple[str, ...], to: str | None, project: str | None, *, set_aside: bool) -> None:
    """List messages that were sent and not answered, and decide about them.

    The ledger holds no addresses; ask the client, or look at the server's log for the Message-ID. What is to be sent again
    goes out with the next `handouts send` of the same handout to the same client.
    """
    from generator.cli.folders import project_root

    try:
        root = project_root(project)
        _set_aside(root) if set_aside else _outbox(root, resend, settle, to)
    except HandoutsError as exc:
        fail(exc)


def _outbox(root: Path, resend: tuple[str, ...], settle: tuple[str, ...], to: str | None) -> None:
    from generator.mail import outbox
    from generator.mail.ledger import existing

    ledger = existing(root)
    entries = _entries(ledger, to) if ledger is not None else []
    again, arrived = _chosen(resend, entries), _chosen(settle, entries)
    if ledger is not None and (resend or settle):
        if set(again) & set(arrived):
            raise ProjectError("the same message cannot be both settled and sent again", None, "decide on one of them")
        ledger.decide(again, "planned", "to be sent again")
        ledger.decide(arrived, "sent", "settled by hand")
        click.echo(f"{len(arrived)} settled, {len(again)} to be sent again by the next handouts send of the same.")
        entries = _entries(ledger, to)
    for entry in entries:
        click.echo(_line(entry))
    files = outbox.waiting(root / "output" / outbox.FOLDER)
    click.echo(_count(len(entries)))
    if files:
        click.echo(f"{len(files)} .eml {'file' if len(files) == 1 else 'files'} in {files[0].parent}, waiting: open each in your mail "
                   "program, send it, then delete the file")  # fmt: skip
        for path in files[:SHOWN]:
            click.echo(f"  {path.name}, {datetime.fromtimestamp(path.stat().st_mtime).astimezone():%Y-%m-%d %H:%M}")
        if files[SHOWN:]:
            click.echo(f"  and {len(files) - SHOWN} more")


def _count(number: int) -> str:
    """Say how many messages nobody knows about, and what that means."""
    if not number:
        return "0 unsettled: of every message that was sent it is known whether it arrived"
    one = number == 1
    return (f"{number} unsettled: {'it was' if one else 'they were'} sent and no answer came, so nobody knows whether {'it' if one else 'they'} "
            "arrived. --settle NUMBER says that one did, --resend NUMBER that it is to be sent again")  # fmt: skip


def _entries(ledger: Ledger, to: str | None) -> list[Entry]:
    from generator.project.addresses import address

    entries = ledger.unsettled()
    if to is None:
        return entries
    try:
        wanted = ledger.of_address(ledger.hash(address(to)))
    except ValueError as exc:
        raise ProjectError(f"what is given with --to is not an e-mail address: {exc}", None, "write it as name@example.org") from exc
    return [e for e in entries if e.id in wanted]


def _chosen(given: tuple[str, ...], entries: list[Entry]) -> list[int]:
    known = {str(e.id): e.id for e in entries}
    if "all" in given:
        return list(known.values())
    unknown = [text for text in given if text not in known]
    if unknown:
        raise ProjectError(f"there is no unsettled message {', '.join(unknown)}", None, "handouts outbox lists them")
    return [known[text] for text in given]


def _line(entry: Entry) -> str:
    when = datetime.fromtimestamp(entry.sending or entry.planned).astimezone()
    row = f", row {entry.row}" if entry.row else ""
    why = entry.answer or "the program ended before the answer came"
    return f"{entry.id}: {entry.what}{row}, {when:%Y-%m-%d %H:%M}: {why}\n   Message-ID <{entry.token}@…>"


def _set_aside(root: Path) -> None:
    from generator.mail import state
    from generator.mail.ledger import existing

    try:
        usable = existing(root) is not None
    except HandoutsError:
        usable = False
    if usable:
        raise ProjectError("the ledger is in order: without it, messages that were sent would be sent again", None,
                           "leave it where it is; to send something again, handouts send … --again")  # fmt: skip
    moved = state.set_aside(root / state.FOLDER)
    click.echo(f"Set aside as {moved}; the next handouts send begins a new ledger." if moved else "There is no ledger.")
