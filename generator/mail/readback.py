"""The last look before a file leaves: it is read back, and must be the right document with the right person's data.

In: enclosures and the recipient, after everyone on the list. Out: nothing, or a DeliveryError that names no one. What is
compared is words as pdfium extracts them, without case, marks and line ends. Not for several threads at once.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from generator.errors import DeliveryError
from generator.mail.message import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.mail.records import Enclosure, Recipient

_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"  # scripts whose words stand without spaces
_WORD = re.compile(rf"[{_NO_SPACES}]|[^\W_{_NO_SPACES}]+")
_HYPHENS = re.compile(r"[\u00ad\ufffe\u0002]\s*")
_HINT = "nothing was sent to this recipient; please report it, for it should not happen"

Phrase = tuple[str, ...]


class Reader:
    """Reads back the files of one run."""

    def __init__(self, everyone: Iterable[Recipient]) -> None:
        """Take all recipients of the run: nobody's data may stand in another's copy."""
        self._everyone = list(everyone)
        self._phrases: dict[str, set[Phrase]] | None = None
        self._passed: set[bytes] = set()

    def check(self, enclosed: Sequence[Enclosure], to: Recipient) -> None:
        """Check what is about to go to `to`."""
        for enclosure in enclosed:
            if enclosure.shared is None:
                mark = digest(enclosure.data)
                if mark not in self._passed:
                    _document(enclosure, to)
                    self._passed.add(mark)
            else:
                self._copy(enclosure, enclosure.shared, to)

    def _copy(self, enclosure: Enclosure, shared: str, to: Recipient) -> None:
        found = _document(enclosure, to)
        text = _joined(found)
        for value in enclosure.own:
            if _joined(phrase(value)) not in text:
                raise DeliveryError(f"{to.label}: the copy made for this client does not show the client's own data", None, _HINT)
        innocent = _joined(phrase(shared)) + "".join(_joined(phrase(v)) for v in to.fields.values())
        for other in self._of_others(found):
            if _joined(other) not in innocent:
                raise DeliveryError(f"{to.label}: the copy made for this client shows another client's data", None, _HINT)

    def _of_others(self, found: Sequence[str]) -> Iterable[Phrase]:
        """Give every value of the list that stands in a text."""
        if self._phrases is None:
            self._phrases = {}
            for value in {v for r in self._everyone for v in r.fields.values()}:
                words = phrase(value)
                if words:
                    self._phrases.setdefault(words[0], set()).add(words)
        for at, word in enumerate(found):
            for candidate in self._phrases.get(word, ()):
                if tuple(found[at : at + len(candidate)]) == candidate:
                    yield candidate


def phrase(text: str) -> Phrase:
    """Take a text apart into words that compare: no case, no marks, no hyphens at line ends."""
    plain = unicodedata.normalize("NFKD", _HYPHENS.sub("", text)).casefold()
    return tuple(_WORD.findall("".join(c for c in plain if unicodedata.category(c) != "Mn")))


def opens(data: bytes, password: str, pages: int) -> None:
    """Check that an encrypted file opens with its password and has its pages. Raises DeliveryError."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data, password=password) as pdf:
            whole = len(pdf) == pages
    except pypdfium2.PdfiumError as exc:
        raise DeliveryError("the encrypted file does not open with its password", None, _HINT) from exc
    if not whole:
        raise DeliveryError("the encrypted file has lost pages", None, _HINT)


def _document(enclosure: Enclosure, to: Recipient) -> Phrase:
    """Read a file's words, and check that it is the document that it was made as."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(enclosure.data) as pdf:
            pages = len(pdf)
            found = phrase("\n".join(pdf[at].get_textpage().get_text_bounded() for at in range(pages)))
    except pypdfium2.PdfiumError as exc:
        raise DeliveryError(f"{to.label}: the file to send cannot be read back", None, _HINT) from exc
    if pages != enclosure.pages or _joined(phrase(enclosure.title)) not in _joined(found):
        raise DeliveryError(f"{to.label}: the file to send is not the document that was asked for", None, _HINT)
    return found


def _joined(words: Sequence[str]) -> str:
    """Join words so that a phrase is found at the borders of words alone."""
    return "\0" + "\0".join(words) + "\0" if words else ""
