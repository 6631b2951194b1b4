"""The promise that no template can lose: what a handout requires stands on every piece, and no block is dropped.

In: the finished page as a tree. Out: nothing, or an error.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from generator.errors import ContentError, Notice, TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.errors import Position
    from generator.project.records import HandoutSource, Hotline

_SIGNS = r"-.\u2010-\u2013/"
_GROUPED = rf"[\s(){_SIGNS}\u200e\u200f\u2060]*"


def check_safety(root: Any, handout: HandoutSource, hotlines: Iterable[Hotline], *, own_block: bool) -> None:
    """Insist on the safety block with every given hotline's number. Raises ContentError."""
    if "safety" not in handout.requires:
        return
    found = root.xpath('//*[@data-requires="safety"]')
    where = handout.source.find("safety")
    if not found or not own_block:
        raise ContentError("the safety block is missing", where, 'write a "!!! safety" box with {{ hotline_list() }}')
    text = " ".join(part for element in found for part in element.itertext())
    wanted = list(hotlines)
    if not wanted:
        raise ContentError("the safety block names no hotline", where, "name a hotline in content/facts.yml")
    for hotline in wanted:
        if not stands_in(text, hotline.phone):
            raise ContentError(f"the safety block lacks the {hotline.name}, {hotline.phone}", where,
                               "write {{ hotline_list() }} in the safety box")  # fmt: skip


def unsafe(handout: HandoutSource, block: str, hotlines: Iterable[Hotline]) -> tuple[Notice, ...]:
    """Say that a handout has no safety block, or one with no hotline in it, where it neither requires one nor says that it is to have none."""
    if handout.requires or handout.requires_nothing:
        return ()
    if not block:
        message, place, cure = "this handout has no safety block", "title", 'write a "!!! safety" box with {{ hotline_list() }}'
    elif not any(stands_in(block, line.phone) for line in hotlines):
        message, place, cure = "the safety block names no hotline", "!!! safety", "write {{ hotline_list() }} in it"
    else:
        return ()
    hint = f"{cure}, and requires: [safety] in the front matter; or requires: [] where there is to be none"
    return (Notice(message, handout.source.find(place), hint),)


def stands_in(text: str, phone: str) -> bool:
    """Tell whether a telephone number stands in a text as a number of its own, however its digits are grouped."""
    digits = _GROUPED.join(re.sub(r"\D", "", phone))
    return re.search(rf"(?<!\d)(?<!\d[{_SIGNS}]){digits}(?![{_SIGNS}]?\d)", text) is not None


def check_blocks(root: Any, wanted: set[int], position: Position) -> None:
    """Insist that every block of the handout is on the page. Raises TemplateError."""
    present = {int(e.get("data-line")) for e in root.iter() if isinstance(e.tag, str) and e.get("data-line")}
    lost = sorted(wanted - present)
    if lost:
        raise TemplateError(f"the template leaves out the handout's line {lost[0]}", position,
                            "place intro, sections, key_box, safety_box and footnotes (or body)")  # fmt: skip
