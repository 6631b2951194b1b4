"""Links that a site has and no page of paper: to files beside the text, to pages of the site.

In: the parsed body. Out: the same, on which such a link is its words alone, and notices that name each. One to the handout's own file
reaches its heading. What would run, what opens a file of one machine, and a link that prints nothing but a page's number stay, for
whoever refuses them. Knows no headings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from generator.errors import Notice
from generator.markup.vocabulary import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.errors import Position

REFUSED = re.compile(r"[\s\x00-\x1f]*(?:javascript|vbscript|data|file)[\s\x00-\x1f]*:", re.IGNORECASE)
HINT = "write the address out, https://…, where readers need it; a heading of this text is reached by #heading"


def settle(root: Any, own: str, place: Callable[[Any, str], Position | None]) -> list[Notice]:
    """Take the links off whose targets no reader of the page can reach. `own`: the name of the handout's file."""
    said: list[Notice] = []
    for link in root.iter("a"):
        target = (link.get("href") or "").strip()
        if not target or target.startswith(SCHEMES) or REFUSED.match(target) or "page" in (link.get("class") or "").split():
            continue
        file, _, name = target.removeprefix("./").partition("#")
        if target.startswith("//"):
            link.set("href", f"https:{target}")
        elif name and file == own:
            link.set("href", f"#{name}")
        elif target.lower().startswith(SCHEMES):
            scheme, colon, rest = target.partition(":")
            link.set("href", scheme.lower() + colon + rest)
        else:
            link.tag = "span"
            del link.attrib["href"]
            said.append(Notice(f"the link “{target}” leads nowhere on paper, and is its words alone", place(link, target), HINT))
    return said
