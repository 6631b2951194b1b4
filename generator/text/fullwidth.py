"""Full-width punctuation: a comma fills half of its square, and what is empty is taken out beside other empty halves.

In: text. Out: the places of the signs that are set in half their square wherever a line ends (CSS Text 4, text-spacing-trim;
JLREQ 3.1.4). At either end of a line the caller takes out the empty half, and behind a closing sign the space that somebody typed.
Text stays as it is otherwise: places alone move.
"""

from __future__ import annotations

import re

OPENING = "“‘「『（《〈【〔［｛〖〘｟〝"
CLOSING = "”’」』）》〉】〕］｝〗〙｠〟、。，．：；！？"
MIDDLE = "\u3000・·"  # narrow already, or empty
ANY = re.compile(f"[{OPENING}{CLOSING}]")
BESIDE = re.compile(f"(?<=[{OPENING}{CLOSING}{MIDDLE}])[{OPENING}]|[{CLOSING}](?=[{CLOSING}{MIDDLE}])")


def halved(text: str) -> frozenset[int]:
    """Give the offsets of the signs whose empty half stands beside another sign."""
    return frozenset(m.start() for m in BESIDE.finditer(text))
