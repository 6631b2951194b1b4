"""The words of a message: a recipient and a brand in, subject, text and HTML out, from the Jinja templates in templates/email/.

The client's fields are values and never templates: nothing in them is run, and in HTML all of them is escaped.
Knows nothing of headers and attachments.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import Position, TemplateError
from generator.localize.interface import Interface
from generator.localize.stage import interface_words
from generator.mail.records import Words
from generator.markup.jinja import environment, render_page
from generator.project.source import shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.mail.records import Enclosure, Recipient
    from generator.project.records import Brand

LONGEST_SUBJECT = 200


class Letters:
    """The templates of a project, compiled once."""

    def __init__(self, root: Path, folders: tuple[Path, ...], unsubscribe: str = "", own: Mapping[str, str] | None = None) -> None:
        """`folders`: those of the templates; the first that has a file wins. `own`: what the project says instead of their words."""
        self._root = root
        self._unsubscribe = unsubscribe
        self._own = own or {}
        roots = dict.fromkeys((root, *(folder.parent.resolve() for folder in folders)))
        self._locales = tuple(one / "content" / "locales" for one in roots)
        self._text = environment(folders)
        self._html = environment(folders, escape=True)

    def write(self, to: Recipient, brand: Brand, enclosed: Sequence[Enclosure], title: str = "", *, encrypted: bool = False) -> Words:
        """Render. `title` is the handout's where the subject may tell it. Raises TemplateError with file and line."""
        interface = Interface(to.locale, interface_words(self._root, self._locales, to.locale), own=self._own)
        values: dict[str, Any] = {
            "client": to.fields, "brand": brand, "handout": {"title": title}, "encrypted": encrypted,
            "files": [{"name": e.name, "pages": e.pages} for e in enclosed], "locale": to.locale,
            "dir": interface.direction, "unsubscribe": self._unsubscribe, "date": interface.date,
        }  # fmt: skip
        plain = values | {"_": _unescaped(interface), "gettext": _unescaped(interface)}
        subject = one_line(render_page(self._text, "email/subject.txt", plain, self._shown))
        if not subject or len(subject) > LONGEST_SUBJECT:
            raise TemplateError(f"the subject has {len(subject)} characters", Position("templates/email/subject.txt"),
                                f"at least 1, at most {LONGEST_SUBJECT}")  # fmt: skip
        marked = values | {"_": interface.gettext, "gettext": interface.gettext, "subject": subject}
        text = render_page(self._text, "email/message.txt", plain | {"subject": subject}, self._shown)
        return Words(subject, text.strip() + "\n", render_page(self._html, "email/message.html", marked, self._shown))

    def _shown(self, name: str) -> str:
        return shown_path(Path(name), self._root) if Path(name).is_absolute() else f"templates/{name}"


def one_line(text: str) -> str:
    """Make a header's text: line ends, controls and invisible characters become single spaces, so nothing can add a header.

    Python's email package decodes what looks like an encoded word (RFC 2047), line ends in it included; so none is left.
    """
    visible = (" " if unicodedata.category(c)[0] in "CZ" and c not in "\u200c\u200d" else c for c in text)
    return " ".join("".join(visible).replace("=?", "= ?").split())


def _unescaped(interface: Interface) -> Callable[..., str]:
    """Translate for plain text, where nothing is escaped."""

    def gettext(text: str, **values: object) -> str:
        found = interface.word(text)
        return found % values if values else found

    return gettext
