"""What may stand in a cell: text in, text that can be set out, or an error that names the column.

Line ends stay, other white space becomes one space. A formula, a control character, a character without a meaning of its own
or bytes that were no UTF-8 are refused; marks that turn the direction of what follows are taken out, with a notice.
"""

from __future__ import annotations

import re
import unicodedata

from generator.errors import ContentError, Notice, Position

_SIMPLE = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027]*")
_LINES = re.compile(r"\r\n?|[\n\u2028\u2029\x0b\x0c]")
_SPACES = re.compile(r"[ \t\u00a0]+")
_AROUND_LINES = re.compile(r" *\n[ \n]*")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff\u200b\u00ad]")
_REFUSED = {
    "Cc": "a control character", "Cs": "bytes that are not UTF-8", "Co": "a character of private use", "Cn": "a character that does not exist",
}  # fmt: skip
AS_UTF8 = 'in Excel: File > Save As > "CSV UTF-8 (comma delimited)"; elsewhere choose the encoding UTF-8'
_HINTS = {"Cs": AS_UTF8}


def clean(column: str, text: str, place: Position) -> tuple[str, Notice | None]:
    """Give a cell's text, and what was done to it."""
    text = text.strip(" ")
    if text[:1] == "=":
        raise ContentError(f'column "{column}": the cell holds a formula', place, "put its value there instead")
    if _SIMPLE.fullmatch(text):
        return (" ".join(text.split(" ")) if "  " not in text else _SPACES.sub(" ", text)), None
    text = unicodedata.normalize("NFC", _AROUND_LINES.sub("\n", _SPACES.sub(" ", _LINES.sub("\n", text))).strip())
    notice = None
    if _TURNING.search(text):
        text = _TURNING.sub("", text)
        notice = Notice(f'column "{column}": invisible characters were taken out', place, "type the cell's text again to be rid of this notice")
    for character in text:
        kind = unicodedata.category(character)
        if kind in _REFUSED and character != "\n":
            raise ContentError(f'column "{column}": the cell holds {_REFUSED[kind]}', place, _HINTS.get(kind, "type the cell's text again"))
    return text, notice
