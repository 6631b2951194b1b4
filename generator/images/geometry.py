"""Affine matrices and the `transform` attribute (SVG 1.1, 7.6).

In: attribute text and paths. Out: matrices (a b c d e f) as PDF and SVG both write them, and moved paths.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.layout.pages import PathOp

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_CALL = re.compile(r"\s*,?\s*([a-zA-Z]+)\s*\(([^)]*)\)")


def multiply(outer: Matrix, inner: Matrix) -> Matrix:
    """Give the matrix that applies `inner` first, then `outer`."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def transformed(path: Iterable[PathOp], matrix: Matrix) -> tuple[PathOp, ...]:
    """Move every point of a path."""
    a, b, c, d, e, f = matrix
    out: list[PathOp] = []
    for op, values in path:
        points: list[float] = []
        for x, y in zip(values[::2], values[1::2], strict=True):
            points += (a * x + c * y + e, b * x + d * y + f)
        out.append((op, tuple(points)))
    return tuple(out)


def uniform_scale(matrix: Matrix) -> float | None:
    """Give the factor by which lengths grow, or None where it differs by direction."""
    a, b, c, d, _, _ = matrix
    first, second = math.hypot(a, b), math.hypot(c, d)
    square = abs(a * c + b * d) <= 0.01 * max(first * second, 1e-12)
    even = abs(first - second) <= 0.01 * max(first, second)
    return (first + second) / 2 if square and even else None


def parse_transform(text: str) -> Matrix:
    """Read a list of transforms. Raises ValueError with the part that makes no sense."""
    matrix = IDENTITY
    at = 0
    text = text.strip()
    while at < len(text):
        call = _CALL.match(text, at)
        if call is None or call[1] not in _MAKERS:
            raise ValueError(text[at : at + 40])
        values = [float(v) for v in NUMBER.findall(call[2])]
        counts, make = _MAKERS[call[1]]
        if len(values) not in counts:
            raise ValueError(call[0].strip())
        matrix = multiply(matrix, make(*values))
        at = call.end()
    return matrix


def _translate(x: float, y: float = 0.0) -> Matrix:
    return (1.0, 0.0, 0.0, 1.0, x, y)


def _scale(x: float, y: float | None = None) -> Matrix:
    return (x, 0.0, 0.0, x if y is None else y, 0.0, 0.0)


def _rotate(angle: float, x: float = 0.0, y: float = 0.0) -> Matrix:
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return multiply(multiply(_translate(x, y), (cos, sin, -sin, cos, 0.0, 0.0)), _translate(-x, -y))


def _skew_x(angle: float) -> Matrix:
    return (1.0, 0.0, math.tan(math.radians(angle)), 1.0, 0.0, 0.0)


def _skew_y(angle: float) -> Matrix:
    return (1.0, math.tan(math.radians(angle)), 0.0, 1.0, 0.0, 0.0)


def _matrix(a: float, b: float, c: float, d: float, e: float, f: float) -> Matrix:
    return (a, b, c, d, e, f)


_MAKERS: dict[str, tuple[tuple[int, ...], Callable[..., Matrix]]] = {
    "matrix": ((6,), _matrix),
    "translate": ((1, 2), _translate),
    "scale": ((1, 2), _scale),
    "rotate": ((1, 3), _rotate),
    "skewX": ((1,), _skew_x),
    "skewY": ((1,), _skew_y),
}
