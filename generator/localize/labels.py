"""Labels of form fields inside placeholders: the one part of `{{ checkbox("…") }}` that is a text to translate.

In: a message. Out: where its labels stand. The call around a label stays as it is. Knows no catalog.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

CALL = re.compile(
    r"""(?P<head>\{\{-?\s*(?:checkbox\(\s*|lines\(\s*\d+\s*,\s*|field\(\s*(?P<name>["'])[^"'{}]*(?P=name)\s*,\s*)(?P<quote>["']))
        (?P<label>(?:(?!(?P=quote))[^{}\\])*)
        (?P<tail>(?P=quote)[^{}"']*\)\s*-?\}\})""",
    re.VERBOSE,
)


def unlabelled(text: str) -> str:
    """Give a text with its calls and without their labels."""
    return CALL.sub(r"\g<head>\g<tail>", text)


def labels_alone(text: str) -> str:
    """Give a text with the labels in the place of their calls."""
    return CALL.sub(r"\g<label>", text)


def relabelled(text: str, translate: Callable[[str], str]) -> str:
    """Give a text with other labels."""
    return CALL.sub(lambda m: m["head"] + translate(m["label"]) + m["tail"], text)


def lacks_label(text: str) -> bool:
    """Tell whether a call has an empty label."""
    return any(not m["label"].strip() for m in CALL.finditer(text))
