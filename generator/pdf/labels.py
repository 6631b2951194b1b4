"""Page labels: what a reader shows as the page's number (ISO 32000-1 12.4.2).

In: each page's printed label, empty where none is printed. Out: the number tree of the PageLabels entry, one
entry for each run of labels that count on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.pdf.syntax import text_string

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUNTED = re.compile(r"(.*?)([1-9][0-9]{0,8})")
_UNNUMBERED = "–"  # an unlabelled page must be called something that cannot be taken for a number


def page_labels(labels: Sequence[str]) -> bytes:
    """Write the tree, or nothing where the labels are plain 1, 2, 3, as readers assume anyway."""
    if not any(labels) or all(label == str(at) for at, label in enumerate(labels, 1)):
        return b""
    out: list[bytes] = []
    expected: tuple[str, int] | None = None
    for at, label in enumerate(labels):
        prefix, count = _split(label)
        if expected == (prefix, count) and (count or at):
            expected = (prefix, count + 1 if count else 0)
            continue
        out.append(b"%d%b" % (at, _entry(prefix, count)))
        expected = (prefix, count + 1 if count else 0)
    return b"<</Nums[%b]>>" % b"".join(out)


def _split(label: str) -> tuple[str, int]:
    """Take a label apart into a prefix and a decimal count; count 0 where it has none."""
    found = _COUNTED.fullmatch(label)
    return (found[1], int(found[2])) if found else (label or _UNNUMBERED, 0)


def _entry(prefix: str, count: int) -> bytes:
    style = b"/S/D" + (b"/St %d" % count if count != 1 else b"") if count else b""
    return b"<<%b%b>>" % (style, b"/P" + text_string(prefix) if prefix else b"")
