"""The last look before a file leaves: it is read back, and must be the right document with the right person's data.

In: enclosures and the recipient, after everyone on the list. Out: nothing, or a DeliveryError that names no one. Not for
several threads at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import DeliveryError
from generator.mail.message import digest
from generator.mail.reading import Pages, UnreadableError, joined, orders, page_count, phrase, turned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.mail.reading import Phrase
    from generator.mail.records import Enclosure, Recipient

_HINT = "nothing was sent to this recipient; please report it, for it should not happen"


class Reader:
    """Reads back the files of one run."""

    def __init__(self, everyone: Iterable[Recipient]) -> None:
        """Take all recipients of the run: nobody's data may stand in another's copy."""
        self._everyone = list(everyone)
        self._phrases: dict[str, set[Phrase]] | None = None
        self._passed: set[bytes] = set()
        self._pages = Pages()

    def check(self, enclosed: Sequence[Enclosure], to: Recipient) -> None:
        """Check what is about to go to `to`."""
        for enclosure in enclosed:
            if enclosure.shared is None:
                mark = digest(enclosure.data)
                if mark not in self._passed:
                    self._document(enclosure, to)
                    self._passed.add(mark)
            else:
                self._copy(enclosure, enclosure.shared, to)

    def _document(self, enclosure: Enclosure, to: Recipient) -> Phrase:
        """Read a file's words, and check that it is the document that it was made as."""
        try:
            pages = self._pages.read(enclosure.data, remember=enclosure.shared is not None)
        except UnreadableError as exc:
            raise DeliveryError(f"{to.label}: the file to send cannot be read back", None, _HINT) from exc
        found = tuple(word for page in pages for word in page)
        if len(pages) != enclosure.pages or not set(phrase(enclosure.title)) <= set(found):
            raise DeliveryError(f"{to.label}: the file to send is not the document that was asked for", None, _HINT)
        return found

    def _copy(self, enclosure: Enclosure, shared: str, to: Recipient) -> None:
        found = self._document(enclosure, to)
        text = joined(found)
        for value in enclosure.own:
            if not any(joined(order) in text for order in orders(phrase(value))) and not _mixed(found, phrase(value)):
                raise DeliveryError(f"{to.label}: the copy made for this client does not show the client's own data", None, _HINT)
        own = "".join(joined(order) for value in to.fields.values() for order in orders(phrase(value)))
        for other in self._of_others(found):
            if joined(other) not in own and joined(other) not in joined(phrase(shared)):
                raise DeliveryError(f"{to.label}: the copy made for this client shows another client's data", None, _HINT)

    def _of_others(self, found: Phrase) -> Iterable[Phrase]:
        """Give every value of the list that stands in a text."""
        if self._phrases is None:
            self._phrases = {}
            for value in {v for r in self._everyone for v in r.fields.values()}:
                words = phrase(value)
                for order in orders(words) if words else ():
                    self._phrases.setdefault(order[0], set()).add(order)
        for at, word in enumerate(found):
            for candidate in self._phrases.get(word, ()):
                if found[at : at + len(candidate)] == candidate:
                    yield candidate


def _mixed(found: Phrase, words: Phrase) -> bool:
    """Tell whether words stand in a text that runs both ways, in whatever order they were extracted."""
    return any(map(turned, found)) and set(words) <= set(found)


def opens(data: bytes, password: str, pages: int) -> None:
    """Check that an encrypted file opens with its password and has its pages. Raises DeliveryError."""
    try:
        count = page_count(data, password)
    except UnreadableError as exc:
        raise DeliveryError("the encrypted file does not open with its password", None, _HINT) from exc
    if count != pages:
        raise DeliveryError("the encrypted file has lost pages", None, _HINT)
