"""Colours as numbers: WCAG 2 contrast, tints, and the nearest shade that can be read.

Takes and gives "#RRGGBB" texts. Knows nothing of brands or files.
"""

from __future__ import annotations

import re

READABLE = 4.5
"""The lowest contrast of text on its ground (WCAG 2.1, success criterion 1.4.3)."""

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")


def parse_hex(value: str) -> str | None:
    """Return "#rgb" or "#rrggbb" as "#RRGGBB", or None where it is neither."""
    if not _HEX.match(value):
        return None
    digits = value[1:].upper()
    return "#" + (digits if len(digits) == 6 else "".join(d * 2 for d in digits))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.1, "contrast ratio")."""
    first, second = _luminance(one), _luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Return `one` with a `share` (0 to 1) of `other` in it."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return _text([a + (b - a) * share for a, b in pairs])


def nearest_readable(colour: str, grounds: tuple[str, ...], least: float = READABLE) -> str:
    """Return the shade of `colour` nearest to it that reaches `least` on every ground, or "" where none does.

    The hue stays: the colour is mixed with black or with white, by bisection, and the smaller change wins.
    """
    options = [
        (share, mix(colour, end, share))
        for end in ("#000000", "#FFFFFF")
        if (share := _share(colour, end, grounds, least)) <= 1
    ]
    return min(options)[1] if options else ""


def _share(colour: str, end: str, grounds: tuple[str, ...], least: float) -> float:
    """Return how much of `end` must be mixed in, or 2 where even all of it is not enough."""

    def passes(share: float) -> bool:
        shade = mix(colour, end, share)
        return all(contrast(shade, ground) >= least for ground in grounds)

    if not passes(1.0):
        return 2.0
    low, high = 0.0, 1.0
    for _ in range(12):  # finer than one step in 255
        middle = (low + high) / 2
        low, high = (low, middle) if passes(middle) else (middle, high)
    return high


def _parts(colour: str) -> tuple[float, float, float]:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def _text(parts: list[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


def _luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.1, "relative luminance")."""
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
