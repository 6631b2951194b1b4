"""CSS counters (CSS Lists 3, 4) and their representations.

In: counter-reset and counter-increment as elements are visited in document order. Out: numbers as text.
Knows nothing of boxes.
"""

from __future__ import annotations

from typing import Any

BULLETS = {"disc": "•", "circle": "◦", "square": "▪", "none": ""}
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class Counters:
    """Counter values in document order; a reset inside an element ends with that element's parent."""

    def __init__(self, digits: str = "") -> None:
        """Start with no counter; `digits` are the ten that the document's language writes, "" for 0 to 9."""
        self.digits = digits
        self.stacks: dict[str, list[int]] = {}
        self.frames: list[list[str]] = [[]]

    def enter(self, resets: tuple[tuple[str, int], ...], increments: tuple[tuple[str, int], ...]) -> None:
        """Visit an element: reset, then increment, then open its children's scope."""
        for name, value in resets:
            if name in self.frames[-1]:
                self.stacks[name][-1] = value
            else:
                self.stacks.setdefault(name, []).append(value)
                self.frames[-1].append(name)
        for name, step in increments:
            stack = self.stacks.setdefault(name, [])
            if not stack:
                stack.append(0)
                self.frames[0].append(name)
            stack[-1] += step
        self.frames.append([])

    def leave(self) -> None:
        """End an element: what its children reset is gone."""
        for name in self.frames.pop():
            self.stacks[name].pop()

    def state(self) -> tuple[object, ...]:
        """Give all that is counted now, to be compared and taken up again."""
        return tuple((n, tuple(s)) for n, s in self.stacks.items() if s), tuple(map(tuple, self.frames))

    def take_up(self, state: Any) -> None:
        """Go on from a state."""
        self.stacks = {name: list(stack) for name, stack in state[0]}
        self.frames = [list(frame) for frame in state[1]]

    def value(self, name: str) -> int:
        """Give the innermost value, 0 when there is none."""
        stack = self.stacks.get(name)
        return stack[-1] if stack else 0

    def values(self, name: str) -> list[int]:
        """Give all nested values, outermost first."""
        return self.stacks.get(name) or [0]


def numeral(number: int, digits: str) -> str:
    """Write a number in decimal digits, "" for 0 to 9."""
    return str(number).translate({ord("0") + n: d for n, d in enumerate(digits)}) if digits else str(number)


def represent(number: int, kind: str, digits: str = "") -> str:
    """Write a number (or bullet) in a list style."""
    if kind in BULLETS:
        return BULLETS[kind]
    if kind == "decimal-leading-zero":
        return f"{number:02d}"
    if kind.endswith(("alpha", "latin")) and number > 0:
        text = _alphabetic(number)
    elif kind.endswith("roman") and 0 < number < 4000:
        text = _roman(number)
    else:
        return numeral(number, digits)
    return text.upper() if kind.startswith("upper") else text


def _alphabetic(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text
