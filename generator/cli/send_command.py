"""`handouts send`: who gets what, shown and confirmed, then sent or laid into the outbox."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from generator.cli.progress import progress
from generator.cli.report import error_text, fail, notice_text
from generator.cli.send_report import announce, confirm, dry_run, sum_up
from generator.errors import DeliveryError, HandoutsError, Notice, ProjectError
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.clients import ClientList
    from generator.editions import Edition
    from generator.mail.drafting import Enclosing
    from generator.mail.ledger import Ledger
    from generator.mail.letters import Letters
    from generator.mail.records import Draft, Outcome, Recipient
    from generator.mail.run import Mailing
    from generator.mail.server import Server
    from generator.project.records import HandoutSource, Project

SHOWN = re.compile(r"\{[{%][^}]*?\b(client\.\w+)")
GOOD = {"sent", "outbox", "already", "double"}
FINAL = GOOD | {"refused"}  # the same command again would not bring these any further


class Options(NamedTuple):
    """What the command line asks for."""

    handout: str
    to: tuple[str, ...]
    clients: str | None
    locale: str | None
    brand: str | None
    attach: tuple[str, ...]
    paper: str
    edition: str
    project: str | None
    encrypt: bool
    again: bool
    outbox: bool
    dry_run: bool
    yes: bool


@click.command("send")
@click.argument("handout")
@click.option("--to", multiple=True, metavar="ADDRESS", help="Send to this address (may be given again).")
@click.option("--clients", metavar="FILE", help="Send to every row of this list that has email_consent.")
@click.option("--locale", metavar="LOCALE", help="The language, where a row names none [default: the project's].")
@click.option("--brand", metavar="NAME", help="The brand, where a row names none [default: the handout's first].")
@click.option("--attach", multiple=True, metavar="PIECE", help="booklet, cards, or one card: card-2 [default: booklet].")
@click.option("--paper", default="", metavar="PAPER", help="The paper of what is attached [default: the project's].")
@click.option("--edition", default="standard", metavar="NAME", help="large-print, mono, discreet, or the project's own.")
@click.option("--encrypt", is_flag=True, help="Protect the PDFs with the client's password, or one made and printed here.")
@click.option("--again", is_flag=True, help="Send also what the same address got lately.")
@click.option("--outbox", is_flag=True, help="Write .eml files even though a mail server is set.")
@click.option("--dry-run", is_flag=True, help="Show who would get what; send nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before sending to more than one.")
@click.option("--project", metavar="DIR", help="The project's folder [default: the nearest one above].")
def command(**given: object) -> None:
    """Mail a handout to clients, each message once.

    Without a mail server in content/project.yml or HANDOUTS_SMTP_URL, messages are laid into output/outbox/ as .eml files.
    """
    try:
        code = _send(Options(**given))  # type: ignore[arg-type]
    except HandoutsError as exc:
        fail(exc)
    raise SystemExit(code)


def _send(options: Options) -> int:
    from generator.cli.folders import project_root, template_folders
    from generator.editions import chosen
    from generator.mail.drafting import Writer
    from generator.mail.run import Mailing
    from generator.mail.server import find_server
    from generator.project.load import load_project

    project = load_project(project_root(options.project))
    (edition,) = chosen((options.edition,), template_folders(project.root))
    handout = _handout(project, options.handout)
    if edition.neutral:
        handout = handout._replace(mail_tells=())
    clients = _list(options)
    if clients is None:
        _tell_blanks(handout)
    recipients, refused = _recipients(project, handout, clients, options)
    for error in refused:
        click.echo(error_text(error), err=True)
    if not recipients:
        raise DeliveryError("there is nobody to send to", None, "name an address with --to, or a list with --clients")
    binder = _binder(project, handout, clients, options, edition)
    writer = Writer(project, handout, binder, _letters(project), recipients, encrypted=options.encrypt)
    mailing = Mailing(writer, recipients, encrypt=options.encrypt)
    faults = mailing.faults()
    if faults:
        for error in faults:
            click.echo(error_text(error), err=True)
        click.echo("Nothing was sent.", err=True)
        return 1
    server = None if options.outbox else find_server(project.settings.mail)
    if options.dry_run:
        return max(dry_run(mailing, again=options.again), int(bool(refused)))
    if len(recipients) > 1 and not options.yes:
        confirm(mailing, server)
    return max(_go(mailing, server, options), int(bool(refused)))


def _handout(project: Project, slug: str) -> HandoutSource:
    from generator.cli.folders import handout_name
    from generator.project.nearest import did_you_mean

    slug = handout_name(slug)
    for name, error in project.failures:
        if name == slug:
            raise error
    found = next((h for h in project.handouts if h.slug == slug), None)
    if found is None:
        raise ProjectError(f'there is no handout "{slug}"', None, did_you_mean(slug, [h.slug for h in project.handouts], "there are"))
    return found


def _tell_blanks(handout: HandoutSource) -> None:
    """Say that what a handout shows of a client is not known of an address alone."""
    for index, line in enumerate(handout.body.split("\n")):
        found = SHOWN.search(line)
        if found is not None:
            place = handout.source.find(found[1], handout.line(index))
            click.echo(notice_text(Notice("with --to, what the handout shows of a client is left blank", place,
                                          "send it with --clients FILE, a list with that column")), err=True)  # fmt: skip
            return


def _list(options: Options) -> ClientList | None:
    """Open the list of clients, if there is one."""
    from generator.clients import open_list

    if bool(options.to) == bool(options.clients):
        raise ProjectError("say who gets it: either --to or --clients", None, "handouts send HANDOUT --to name@example.org")
    return open_list(options.clients) if options.clients is not None else None


def _recipients(project: Project, handout: HandoutSource, clients: ClientList | None,
                options: Options) -> tuple[list[Recipient], list[HandoutsError]]:  # fmt: skip
    """Check everyone; give those who can be sent to, and what is wrong with the others."""
    from generator.clients import Choices, Refused, checked
    from generator.mail.recipients import recipient, typed_recipient

    choices = Choices(_first(options.locale, project.settings.locales, "locale"),
                      _first(options.brand, [b.slug for b in project.brands_of(handout)], "brand"))  # fmt: skip
    found: list[Recipient] = []
    errors: list[HandoutsError] = []
    if clients is None:
        return [typed_recipient(text, choices) for text in options.to], []
    for row in checked(clients, choices):
        if isinstance(row, Refused):
            errors.append(row.error)
            continue
        for notice in row.notices:
            click.echo(notice_text(notice), err=True)
        try:
            found.append(recipient(row, clients))
        except HandoutsError as exc:
            errors.append(exc)
    return found, errors


def _first(chosen: str | None, known: tuple[str, ...] | list[str], what: str) -> list[str]:
    """Give what may be named, the chosen one first."""
    from generator.project.nearest import did_you_mean

    if chosen is None:
        return list(known)
    if chosen not in known:
        raise ProjectError(f'there is no {what} "{chosen}" for this handout', None, did_you_mean(chosen, known, "there are"))
    return [chosen, *(name for name in known if name != chosen)]


def _binder(project: Project, handout: HandoutSource, clients: ClientList | None, options: Options, edition: Edition) -> Enclosing:
    """Choose who makes the files: one for all, or a copy for each row of a list."""
    from generator.cli.folders import template_folders
    from generator.mail.enclosures import Binder, Wanted
    from generator.pipeline import Press

    templates = template_folders(project.root)
    wanted = Wanted(handout, options.attach or ("booklet",), options.paper, edition)
    if clients is None:
        return Binder(project, templates, Press(), wanted)
    from generator.mail.personal import CopyBinder

    return CopyBinder(project, templates, wanted, clients)


def _letters(project: Project) -> Letters:
    from generator.cli.folders import template_folders
    from generator.mail.letters import Letters

    return Letters(project.root, template_folders(project.root), project.settings.mail.unsubscribe, project.settings.wordings)


def _go(mailing: Mailing, server: Server | None, options: Options) -> int:
    """Send, and tell what became of each."""
    import gc

    from generator.mail.drafting import Drafts

    gc.freeze()  # what the program is made of need not be looked through again
    gc.enable()
    with Drafts(mailing.writer, mailing.recipients) as drafts:
        return _deliver(mailing, drafts, server, options)


def _deliver(mailing: Mailing, drafts: Iterator[Draft | Outcome], server: Server | None, options: Options) -> int:
    from generator.mail import outbox
    from generator.mail.ledger import DAY, Ledger
    from generator.mail.run import Desk, by_post, into_outbox

    root = mailing.project.root
    ledger = Ledger(root)
    run = ledger.begin(_request(mailing, ledger, options), mailing.project.settings.mail.again_after * DAY, again=options.again)
    desk = Desk(mailing, drafts, ledger, run, announce)
    outcomes: list[Outcome] = []
    folder = root / "output" / outbox.FOLDER
    try:
        with progress(len(mailing.recipients), "Sending", quiet=len(mailing.recipients) == 1) as bar:
            for outcome in into_outbox(desk, folder, ledger) if server is None else by_post(desk, server, mailing, ledger):
                outcomes.append(outcome)
                bar.update(1)
    finally:
        finished = len(outcomes) == len(mailing.recipients) and all(o.state in FINAL for o in outcomes)
        ledger.end(run, finished=finished)
        ledger.close()
        sum_up(outcomes, folder)
        if server is None and any(o.state == "outbox" and mailing.stationery(o.recipient.brand).sender is None for o in outcomes):
            click.echo("They have no sender yet: your mail program fills it in. Or write mail: from: Name <name@example.org> into "
                       "content/project.yml and give the command again with --again.")  # fmt: skip
    return int(any(o.state not in GOOD for o in outcomes) or [o.state for o in outcomes] == ["already"])


def _request(mailing: Mailing, ledger: Ledger, options: Options) -> str:
    """Describe the run, so that it is known again when it was killed."""
    what = (mailing.handout.slug, *options.attach, options.paper, options.edition, str(options.encrypt))
    return "\n".join([*what, *sorted(ledger.hash(r.address).hex() for r in mailing.recipients)])
