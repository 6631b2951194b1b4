"""What there is to translate, as gettext templates.

In: the project's records. Out: messages with their places, and Babel's catalogs of them. Knows neither Jinja nor pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from generator.localize import facts
from generator.localize.desk import FRONT
from generator.localize.messages import messages_of
from generator.localize.po import composed
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.project.records import HandoutSource, Project


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
    places = [(word, word.place(project)) for word in facts.words(project, project.brands)]
    return [Wanted(word.text, place.file, place.line, word.kind) for word, place in places]


def template(wanted: Iterable[Wanted], project: str) -> Any:
    """Make a template of messages; the same text in two places is one message."""
    from babel.messages.catalog import Catalog

    out = Catalog(project=project, version="1", charset="utf-8", fuzzy=False, header_comment=f"# Texts of {project}.",
                  msgid_bugs_address="whoever runs this project", last_translator="", language_team="")  # fmt: skip
    for item in wanted:
        flags = ("python-format",) if re.search(r"%\(\w+\)s", item.text) else ()
        out.add(composed(item.text), locations=[(item.file, item.line)], flags=flags,
                auto_comments=[item.comment] if item.comment else [])  # fmt: skip
    return out
