"""What other programs call their boxes, and which of ours each is.

In: a kind as somebody typed it. Out: the kind of box here and the title that it has there, or the nearest known kind.
"""

from __future__ import annotations

BOXES = ("say", "safety", "key", "note", "tip")
WORDS = ("Important", "Warning", "Caution", "Danger", "Information")
"""Titles of notes that are translated; others are set as they were typed."""
ELSEWHERE = {
    "hint": ("tip", ""), "info": ("note", "Information"),
    **{word.lower(): ("note", word) for word in WORDS},
    **{kind: ("note", kind.capitalize()) for kind in (
        "abstract", "admonition", "attention", "bug", "check", "cite", "details", "done", "error", "example", "fail", "failure", "help",
        "missing", "question", "quote", "secondary", "success", "summary", "todo")},
    "faq": ("note", "FAQ"), "seealso": ("note", "See also"), "tldr": ("note", "TL;DR"),
}  # fmt: skip
"""By kind: our box, and its title where the box's own would not do. What reStructuredText, MkDocs, Docusaurus and Obsidian have."""
CLEAR = (*BOXES, "important", "warning", "caution", "danger", "hint", "info")
"""What a slip of the keyboard is measured by."""
SHORT = 5


def mistyped(kind: str) -> str:
    """Give the kind that was probably meant, "" where none is near: one slip away, two in a longer word. Words of other languages are no slips."""
    slips = {known: _slips(kind, known) for known in CLEAR}
    near = min(slips, key=slips.__getitem__)
    return near if slips[near] <= 1 + (len(near) > SHORT) else ""



def hint_of(kind: str) -> str:
    """Say what to write in place of a kind that there is not."""
    near = mistyped(kind)
    return f'did you mean "{near}"?' if near else f'the boxes are {", ".join(sorted(BOXES))}; write !!! note "{kind.capitalize()}"'


def _slips(one: str, other: str) -> int:
    """Count letters that are wrong, missing, too many, or two that changed places."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
