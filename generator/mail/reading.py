"""The words of a PDF, as pdfium extracts them: bytes in, words that compare out, without case, marks and hyphens at line ends.

Copies made for many clients share most of their pages (`additions.py`). A page whose content and whose fonts are byte for byte those of a
page read before has that page's words, and is not read again. Knows no clients. pdfium is not for several threads at once, and `Pages`
neither.
"""

from __future__ import annotations

import hashlib
import io
import re
import threading
import unicodedata
from collections import OrderedDict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generator.mail.additions import additions, needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.mail.additions import Additions, Needs

_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"  # scripts whose words stand without spaces
_WORD = re.compile(rf"[{_NO_SPACES}]|[^\W_{_NO_SPACES}]+")
_HYPHENS = re.compile(r"[\u00ad\ufffe\u0002]\s*")
_REMEMBERED = 400  # pages
_HEADS = 100  # files whose beginnings are known

_PDFIUM = threading.Lock()

Phrase = tuple[str, ...]


class UnreadableError(Exception):
    """The file is no PDF that opens."""


@lru_cache(maxsize=1024)
def phrase(text: str) -> Phrase:
    """Take a text apart into words that compare."""
    plain = unicodedata.normalize("NFKD", _HYPHENS.sub("", text)).casefold()
    return tuple(_WORD.findall(plain if plain.isascii() else "".join(c for c in plain if unicodedata.category(c) != "Mn")))


def turned(word: str) -> bool:
    """Tell whether a word is written from right to left (UAX #9, 3.2)."""
    return unicodedata.bidirectional(word[0]) in ("R", "AL")


def orders(words: Phrase) -> tuple[Phrase, ...]:
    """Give the orders in which words may be extracted: where they run against the line, pdfium gives the last one first."""
    return (words, words[::-1]) if any(map(turned, words)) else (words,)


def joined(words: Sequence[str]) -> str:
    """Join words so that a phrase is found at the borders of words alone."""
    return "\0" + "\0".join(words) + "\0" if words else ""


def page_count(data: bytes, password: str) -> int:
    """Count the pages of a file that its password opens. Raises UnreadableError."""
    import pypdfium2

    try:
        with _PDFIUM, pypdfium2.PdfDocument(data, password=password) as pdf:
            return len(pdf)
    except pypdfium2.PdfiumError as exc:
        raise UnreadableError from exc


class Pages:
    """Reads files, and remembers pages."""

    def __init__(self) -> None:
        """Remember none yet."""
        self._known: OrderedDict[bytes, Phrase] = OrderedDict()
        self._needs: dict[bytes, list[Needs | None]] = {}  # of each page, by the beginning of the file

    def read(self, data: bytes, *, remember: bool = False) -> list[Phrase]:
        """Give the words of each page. `remember` its pages: more files like this one follow. Raises UnreadableError."""
        import pypdfium2

        try:
            with _PDFIUM, pypdfium2.PdfDocument(data) as document:
                keys = self._keys(data, len(document)) if remember else [None] * len(document)
                return [self._page(document, at, key) for at, key in enumerate(keys)]
        except pypdfium2.PdfiumError as exc:
            raise UnreadableError from exc

    def _page(self, document: Any, at: int, key: bytes | None) -> Phrase:
        if key is not None and key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        page = document[at]
        words = phrase.__wrapped__(page.get_textpage().get_text_bounded())
        page.close()
        if key is not None:
            self._known[key] = words
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return words

    def _keys(self, data: bytes, count: int) -> list[bytes | None]:
        """Give what each page's words depend on, as a digest; None where that is more than its content and what all copies share."""
        added = additions(data)
        if added is None:
            return [None] * count
        if added.head not in self._needs:
            if len(self._needs) >= _HEADS:
                self._needs.clear()
            self._needs[added.head] = _needs_of(data)
        found = self._needs[added.head]
        if len(found) != count:
            raise UnreadableError
        return [_key(added, at, page) for at, page in enumerate(found)]


def _key(added: Additions, at: int, page: Needs | None) -> bytes | None:
    if page is None or not page.others.isdisjoint(added.own):
        return None
    return hashlib.sha256(b"%b%d:%b" % (added.head, at, added.own.get(page.content, b""))).digest()


def _needs_of(data: bytes) -> list[Needs | None]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return needs(pdf.pages)
    except pikepdf.PdfError as exc:
        raise UnreadableError from exc
