"""A mailing: drafts in (`drafting.py`), each one claimed and made a message; then the post, or the outbox.

Names the steps in their order: claim, protect, compose, deliver. One recipient's trouble is an
`Outcome` of that recipient and stops nobody else's.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

from generator.errors import DeliveryError, HandoutsError
from generator.mail import outbox, protect, readback
from generator.mail.ledger import DAY, Held
from generator.mail.message import Stationery, compose
from generator.mail.post import Job, Post
from generator.mail.records import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from generator.mail.drafting import Writer
    from generator.mail.ledger import Claim, Ledger, Run
    from generator.mail.records import Draft, Enclosure, Letter, Recipient
    from generator.mail.server import Server


FEW = 5  # recipients that are tried before a kind of message is given up


class Mailing:
    """One run of `handouts send`."""

    def __init__(self, writer: Writer, recipients: Sequence[Recipient], *, encrypt: bool = False) -> None:
        """Take who gets what, and who makes it."""
        self.writer, self.recipients, self.encrypt = writer, recipients, encrypt
        self.project, self.handout = writer.project, writer.handout

    def faults(self) -> list[HandoutsError]:
        """Try recipients of each kind (locale, brand, columns): give what is wrong where none can be made, before the post is asked.

        Where one can be made, what is wrong with another is that row's or that language's own matter, and told when its turn comes.
        """
        kinds: dict[tuple[str, str, tuple[str, ...]], list[Recipient]] = {}
        for to in self.recipients:
            kinds.setdefault((to.locale, to.brand, tuple(sorted(to.fields))), []).append(to)
        broken = [self._broken(few[:FEW]) for few in kinds.values()]
        return [error for error in broken if error is not None] if all(broken) else []

    def _broken(self, few: Sequence[Recipient]) -> HandoutsError | None:
        """Give what is wrong with the first, if none of these can be made."""
        first: HandoutsError | None = None
        for to in few:
            draft = self.writer.attempt(to)
            if not isinstance(draft, Outcome):
                return None
            first = first or draft.error
        return first

    def letter(self, draft: Draft, token: str, password: str = "") -> Letter:
        """Compose the message; `password` encrypts what is enclosed."""
        to, enclosed = draft.recipient, draft.enclosed
        if password:
            enclosed = tuple(_protected(e, password) for e in enclosed)
        stationery = self.stationery(to.brand)
        return compose(draft.words, enclosed, stationery, to.address, to.locale, token, datetime.now().astimezone())

    def stationery(self, brand: str) -> Stationery:
        """Give what a brand's messages share."""
        mail = self.project.settings.mail
        sender = mail.senders.get(brand) or mail.senders.get("")
        if sender is not None and not sender.name:
            sender = sender._replace(name=self.project.brand(brand).short)
        return Stationery(sender, mail.reply_to, mail.unsubscribe)


class Desk:
    """Where drafts are claimed for a run and made into jobs."""

    def __init__(self, mailing: Mailing, drafts: Iterator[Draft | Outcome], ledger: Ledger, run: Run,
                 announce: Callable[[Recipient, str], None]) -> None:  # fmt: skip
        """`announce` tells the operator a password that was made, before the message leaves."""
        self._mailing, self._drafts, self._ledger, self._run, self._announce = mailing, drafts, ledger, run, announce

    def jobs(self) -> Iterator[Job | Outcome]:
        """Claim each recipient's message; give what is to be delivered, and the outcome of what is not."""
        for draft in self._drafts:
            if isinstance(draft, Outcome):
                yield draft
                continue
            try:
                yield self._job(draft)
            except HandoutsError as exc:
                yield Outcome(draft.recipient, "failed", error=exc)

    def _job(self, draft: Draft) -> Job | Outcome:
        to = draft.recipient
        what = f"{self._mailing.handout.slug} ({to.brand}, {to.locale})"
        found = self._ledger.claim(self._run, self._ledger.hash(to.address), draft.mark, what, to.row)
        if isinstance(found, Held):
            return held(to, found)
        return Job(found, to, self._mailing.letter(draft, found.token, self._password(to)))

    def _password(self, to: Recipient) -> str:
        if not self._mailing.encrypt:
            return ""
        if to.password:
            return to.password
        made = protect.made_password()
        self._announce(to, made)
        return made


def held(to: Recipient, found: Held) -> Outcome:
    """Say why a message is not sent."""
    when = f"{datetime.fromtimestamp(found.when).astimezone():%Y-%m-%d %H:%M}"
    if found.same_run:
        first = f"row {found.row}" if found.row else "another one"
        return Outcome(to, "double", f"the same file goes to the same address as {first}; it is sent once")
    if found.alive:
        return Outcome(to, "busy", "another run is sending it now")
    if found.state == "sending":
        return Outcome(to, "unsettled", f"on {when} it was sent and no answer came; see handouts outbox")
    return Outcome(to, "already", f"the same file went to this address on {when}; --again sends it once more")


def by_post(desk: Desk, server: Server, mailing: Mailing, ledger: Ledger) -> Iterator[Outcome]:
    """Deliver to a server. Raises DeliveryError where it cannot be used."""
    settings = mailing.project.settings.mail
    missing = {r.brand for r in mailing.recipients if "" not in settings.senders and r.brand not in settings.senders}
    if missing:
        raise DeliveryError(f"there is no sender for {', '.join(sorted(missing))}; nothing was sent", None,
                            "write mail: from: Name <name@example.org> into content/project.yml")  # fmt: skip
    return Post(server, settings, ledger, desk.jobs(), len(mailing.recipients)).deliver()


def into_outbox(desk: Desk, folder: Path, ledger: Ledger) -> Iterator[Outcome]:
    """Write each message as a file, under a name that is the same when it is written again."""
    for job in desk.jobs():
        yield job if isinstance(job, Outcome) else _laid(job, job.claim, folder, ledger)


def _laid(job: Job, claim: Claim, folder: Path, ledger: Ledger) -> Outcome:
    try:
        path = outbox.put(folder, claim.token, job.letter.data)
    except HandoutsError as exc:
        return Outcome(job.recipient, "failed", error=exc)
    ledger.settle(claim, "sent", "laid into the outbox")
    return Outcome(job.recipient, "outbox", path.name)


def _protected(enclosure: Enclosure, password: str) -> Enclosure:
    data = protect.protect(enclosure.data, password)
    readback.opens(data, password, enclosure.pages)
    return enclosure._replace(data=data)


def seen_before(ledger: Ledger, mailing: Mailing, draft: Draft, *, again: bool = False) -> str:
    """Say what would stand in the way of a message, "" for nothing."""
    since = time.time() - (0 if again else mailing.project.settings.mail.again_after * DAY)
    found = ledger.look(since, ledger.hash(draft.recipient.address), draft.mark)
    return held(draft.recipient, found).note if found is not None else ""
