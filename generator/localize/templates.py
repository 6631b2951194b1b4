"""Gettext templates and catalogs written: extraction, and merging into what translators have.

In: messages with their places; catalogs on disk. Out: files, written whole. Through Babel, so that what Poedit or Weblate wrote
comes back as it went; a header's own fields, which Babel drops, are put back. Knows neither Jinja nor pages.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.errors import ContentError, Position
from generator.localize import habits
from generator.localize.messages import messages_of
from generator.localize.stage import FRONT, facts_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.project.records import HandoutSource, Project

HEADER = re.compile(r'^msgid ""\nmsgstr ""\n((?:"[^\n]*"\n?)+)', re.MULTILINE)


class Wanted(NamedTuple):
    """A message to translate: its text, where it stands, what it is."""

    text: str
    file: str
    line: int
    comment: str = ""


def of_handout(handout: HandoutSource) -> list[Wanted]:
    """Give a handout's messages; the comment says what a block is and under which headings it stands."""
    shown = handout.source.shown
    out = [Wanted(getattr(handout, name), shown, handout.source.find(getattr(handout, name)).line, name)
           for name in FRONT if getattr(handout, name)]  # fmt: skip
    for message in messages_of(handout.body.split("\n")):
        path = " › ".join(message.path)
        comment = f"{message.kind}: {path}" if path else message.kind
        out.append(Wanted(message.text, shown, handout.line(message.line), comment))
    return out


def of_facts(project: Project) -> list[Wanted]:
    """Give the words of facts.yml and of the brands."""
    return [Wanted(text, "content/facts.yml", 0, comment) for text, comment in facts_words(project) if text]


def template(wanted: Iterable[Wanted], project: str) -> Any:
    """Make a template of messages; the same text in two places is one message."""
    from babel.messages.catalog import Catalog

    out = Catalog(project=project, version="1", charset="utf-8", fuzzy=False, header_comment=f"# Texts of {project}.",
                  msgid_bugs_address="whoever runs this project", last_translator="", language_team="")  # fmt: skip
    for item in wanted:
        flags = ("python-format",) if re.search(r"%\(\w+\)s", item.text) else ()
        out.add(item.text, locations=[(item.file, item.line)] if item.line else [(item.file, 1)], flags=flags,
                auto_comments=[item.comment] if item.comment else [])  # fmt: skip
    return out


def written(catalog: Any, *, header: str = "", previous: bool = True) -> bytes:
    """Write a catalog as text; `header` are the lines of the header that was there, whose own fields stay."""
    from babel.messages.pofile import write_po

    buffer = io.BytesIO()
    write_po(buffer, catalog, width=79, include_previous=previous)
    text = buffer.getvalue().decode("utf-8")
    if header:
        text = HEADER.sub(lambda m: f'msgid ""\nmsgstr ""\n{_joined(header, m[1])}', text, count=1)
    return text.encode()


def _joined(old: str, new: str) -> str:
    """Keep the old header in its order; of the new one take the date of the template and what was not there."""
    fields = {line.split(":")[0].strip('"').lower(): line for line in _fields(new)}
    out, seen = [], set()
    for line in _fields(old):
        name = line.split(":")[0].strip('"').lower()
        seen.add(name)
        out.append(fields.get(name, line) if name == "pot-creation-date" else line)
    out += [line for name, line in fields.items() if name not in seen]
    return "\n".join(out) + "\n"


def _fields(header: str) -> list[str]:
    """Give a header's fields, each on one line, though a long one was wrapped."""
    whole = "".join(line[1:-1] for line in header.splitlines())
    return [f'"{field}\\n"' for field in whole.split("\\n") if field]


def merged(path: Path, fresh: Any, locale: str) -> bytes:
    """Merge a template into the catalog at `path`, or make it.

    Nothing that a translator wrote is lost: what has no place goes to the end as obsolete. Raises ContentError where the
    catalog cannot be read.
    """
    name = babel_name(locale)
    if not path.exists():
        fresh.locale = name
        return written(fresh)
    text = path.read_text(encoding="utf-8-sig")
    there = read(text, name, path.name)
    before = {m.id: m.previous_id for m in there if m.previous_id}
    there.update(fresh, no_fuzzy_matching=False, update_header_comment=False, keep_user_comments=True)
    for message in there:
        if message.fuzzy and not message.previous_id:
            message.previous_id = before.get(message.id, [])
    header = HEADER.search(text)
    return written(there, header=header[1] if header else "")


def babel_name(locale: str) -> str:
    """Give the name that Babel has for a locale, or for the nearest that it knows."""
    from babel import Locale, UnknownLocaleError

    for name in habits.chain(locale):
        try:
            return str(Locale.parse(name, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"


def read(text: str, locale: str, shown: str) -> Any:
    """Read a catalog to write it again. Raises ContentError where its syntax is broken.

    Babel takes the previous text of a fuzzy message for a translator's comment; here it is what it is.
    """
    from babel.messages.pofile import PoFileError, denormalize, read_po

    try:
        found = read_po(text.splitlines(keepends=True), locale=locale, abort_invalid=True)
    except PoFileError as exc:
        raise ContentError(f"the catalog's syntax is broken: {exc}", Position(shown, (exc.lineno or 0) + 1),
                           "mend it before it is updated; it was left as it is") from exc  # fmt: skip
    for message in found:
        previous = [c[1:].strip() for c in message.user_comments if c.startswith("|")]
        if previous:
            message.user_comments = [c for c in message.user_comments if not c.startswith("|")]
            message.previous_id = [denormalize("\n".join(line.removeprefix("msgid ") for line in previous))]
    return found
