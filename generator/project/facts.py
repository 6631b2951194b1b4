"""content/facts.yml in, hotlines and states out, with a notice or an error for what was verified too long ago."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from generator.errors import Notice
from generator.project.fields import Fields, read_all, read_fields
from generator.project.records import Facts, Hotline, State
from generator.project.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

_FIELDS = ("hotlines", "states", "warn_after_days", "refuse_after_days")
_HOTLINE = ("id", "name", "phone", "hours", "description", "card", "regions", "languages", "interpreters", "verified", "source")
_PHONE = re.compile(r"\+?\(?[0-9][0-9 ().-]*[0-9](?:,? (?:ext\.?|x) ?[0-9]{1,6})?\Z")


def load_facts(path: Path, root: Path, today: date | None = None) -> tuple[Facts, tuple[Notice, ...]]:
    """Read the facts; `today` (default: the clock) decides whether a hotline's `verified` is too old."""
    if not path.exists():
        return Facts(), ()
    fields = read_fields(read_source(path, root), _FIELDS)
    hotlines: list[Hotline] = []
    notices: list[Notice] = []

    def read(entry: Fields) -> None:
        line = _hotline(entry)
        if any(line.id == other.id for other in hotlines):
            raise entry.fail(f'two hotlines have the id "{line.id}"', "id", "give each its own id")
        hotlines.append(line)
        notices.extend(_age(fields, entry, line, today or date.today()))  # noqa: DTZ011

    entries = fields.children("hotlines", _HOTLINE)
    readers = {str(at): partial(read, entry) for at, entry in enumerate(entries)}
    found = read_all({**readers, "states": lambda: _states(fields)})
    return Facts(tuple(hotlines), found["states"]), tuple(notices)


def _hotline(entry: Fields) -> Hotline:
    """Check one hotline."""
    phone = entry.text("phone")
    if not _PHONE.match(phone):
        raise entry.fail(f'"{phone}" is not a telephone number', "phone", "use digits, spaces and hyphens; an extension as 704-555-0100 ext. 5")
    for name, form, such in (("languages", "[a-z]{2,3}", "en, es or zh"), ("regions", "[A-Z]{2}", "US, CA or GB")):
        for code in entry.texts(name):
            if not re.fullmatch(form, code):
                raise entry.fail(f'"{code}" is no code', name, f"write {name} by their codes, such as {such}")
    return Hotline(
        id=entry.text("id"),
        name=entry.text("name"),
        phone=phone,
        verified=entry.date("verified"),
        hours=entry.text("hours", ""),
        description=entry.text("description", ""),
        card=entry.flag("card"),
        regions=entry.texts("regions"),
        languages=entry.texts("languages"),
        source=entry.text("source", ""),
        interpreters=entry.flag("interpreters"),
    )


def _age(fields: Fields, entry: Fields, line: Hotline, today: date) -> list[Notice]:
    """Refuse a hotline that was verified too long ago, or warn of it."""
    days = (today - line.verified).days
    message = f"{line.name} was last verified {days} days ago"
    hint = f"call or look it up ({line.source or 'its source'}), then set the new date"
    limit = fields.number("refuse_after_days", int, 0)
    if limit and days > limit:
        raise entry.fail(f"{message}; more than {limit} is too old", "verified", hint)
    warn = fields.number("warn_after_days", int, 0)
    if warn and days > warn:
        return [Notice(message, entry.position("verified"), hint)]
    return []


def _states(fields: Fields) -> tuple[State, ...]:
    """Read the states, a code and a name each."""
    states = fields.child("states", None)
    if states is None:
        return ()
    return tuple(State(code, states.text(code)) for code in states)
