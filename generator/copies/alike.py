"""Copies that would all be the same: a text that shows nothing of its client.

In: an order. Out: a notice, or none. Looks at the words of the handout and of the templates, and at no row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.copies.order import Order

ASKED = re.compile(r"\bclient\b")


def all_alike(order: Order) -> Notice | None:
    """Say that no field of the list is asked for, where that is so."""
    if any(map(ASKED.search, _texts(order))):
        return None
    source = order.handout.source
    return Notice("the text shows no column of the list: all copies of one brand and language are alike", source.position(order.handout.body_line),
                  f"write {{{{ client.… }}}} where a column is to stand; the list has: {', '.join(order.columns)}")  # fmt: skip


def _texts(order: Order) -> Iterator[str]:
    yield order.handout.body
    for folder in order.templates:
        for path in sorted(folder.glob("*.html")):
            yield path.read_text(encoding="utf-8", errors="replace")
