"""Path data (SVG 1.1, 8.3) and arcs as Bezier curves (SVG 1.1, F.6).

In: the text of a `d` attribute. Out: absolute moves, lines, cubic curves and closings, or ValueError with the
place that makes no sense.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from generator.images.geometry import NUMBER

if TYPE_CHECKING:
    from generator.layout.pages import PathOp

_GAP = re.compile(r"[\s,]*")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def parse_path(text: str) -> tuple[PathOp, ...]:
    """Read path data."""
    return _Reader(text).read()


class _Reader:
    """Goes through path data once, keeping the pen's place and the last control point."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._out: list[PathOp] = []
        self._pen = self._start = (0.0, 0.0)
        self._control: tuple[str, tuple[float, float]] = ("", (0.0, 0.0))

    def read(self) -> tuple[PathOp, ...]:
        command = ""
        while self._skip() < len(self._text):
            letter = self._text[self._at]
            if letter.upper() in _COUNTS:
                command = letter
                self._at += 1
            elif not command or command in "Zz":
                raise ValueError(self._text[self._at : self._at + 20])
            if not self._out and command not in "Mm":
                raise ValueError(f"it begins with {command}, not with M")
            self._step(command)
            # Pairs after a move are lines (8.3.2).
            command = {"M": "L", "m": "l"}.get(command, command)
        return tuple(self._out)

    def _skip(self) -> int:
        gap = _GAP.match(self._text, self._at)
        self._at = gap.end() if gap else self._at
        return self._at

    def _number(self) -> float:
        found = NUMBER.match(self._text, self._skip())
        if found is None:
            raise ValueError(self._text[self._at : self._at + 20] or "it breaks off")
        self._at = found.end()
        return float(found[0])

    def _flag(self) -> float:
        """Read an arc's flag, which need not be parted from what follows (8.3.9)."""
        letter = self._text[self._skip() : self._at + 1]
        if letter not in ("0", "1"):
            raise ValueError(self._text[self._at : self._at + 20] or "it breaks off")
        self._at += 1
        return float(letter)

    def _step(self, command: str) -> None:
        kind = command.upper()
        relative = command.islower()
        if kind == "Z":
            self._out.append(("Z", ()))
            self._pen, self._control = self._start, ("", self._start)
            return
        if kind == "A":
            values = [self._flag() if at in (3, 4) else self._number() for at in range(7)]
        else:
            values = [self._number() for _ in range(_COUNTS[kind])]
        x, y = self._pen if relative else (0.0, 0.0)
        if kind == "H":
            self._line((values[0] + x, self._pen[1]))
        elif kind == "V":
            self._line((self._pen[0], values[0] + y))
        elif kind == "A":
            self._arc(values[:5], (values[5] + x, values[6] + y))
        else:
            points = [(values[i] + x, values[i + 1] + y) for i in range(0, len(values), 2)]
            self._draw(kind, points)

    def _draw(self, kind: str, points: list[tuple[float, float]]) -> None:
        if kind == "M":
            # A pen that was lifted again at once leaves nothing to close.
            self._out.append(("M", points[0]))
            self._pen = self._start = points[0]
            self._control = ("", points[0])
        elif kind == "L":
            self._line(points[0])
        elif kind in "CS":
            first = points[0] if kind == "C" else self._mirrored("C")
            self._curve(first, points[-2], points[-1])
            self._control = ("C", points[-2])
        else:
            bend = points[0] if kind == "Q" else self._mirrored("Q")
            self._quadratic(bend, points[-1])
            self._control = ("Q", bend)

    def _mirrored(self, kind: str) -> tuple[float, float]:
        """Give the last control point's mirror image, or the pen's place after another kind of segment."""
        was, (x, y) = self._control
        return (2 * self._pen[0] - x, 2 * self._pen[1] - y) if was == kind else self._pen

    def _reopen(self) -> None:
        """After a closing without a move, a new subpath begins where the last one began (8.3.3)."""
        if self._out[-1][0] == "Z":
            self._out.append(("M", self._pen))

    def _line(self, end: tuple[float, float]) -> None:
        self._reopen()
        self._out.append(("L", end))
        self._pen, self._control = end, ("", end)

    def _curve(self, first: tuple[float, float], second: tuple[float, float], end: tuple[float, float]) -> None:
        self._reopen()
        self._out.append(("C", (*first, *second, *end)))
        self._pen = end

    def _quadratic(self, bend: tuple[float, float], end: tuple[float, float]) -> None:
        (x, y), (bx, by), (ex, ey) = self._pen, bend, end
        first = (x + (bx - x) * 2 / 3, y + (by - y) * 2 / 3)
        self._curve(first, (ex + (bx - ex) * 2 / 3, ey + (by - ey) * 2 / 3), end)

    def _arc(self, shape: list[float], end: tuple[float, float]) -> None:
        rx, ry, rotation, large, sweep = shape
        if not rx or not ry or end == self._pen:
            if end != self._pen:
                self._line(end)
            return
        for curve in arc(self._pen, end, (abs(rx), abs(ry)), rotation, large=bool(large), sweep=bool(sweep)):
            self._curve(curve[0:2], curve[2:4], curve[4:6])  # type: ignore[arg-type]  # slices of six
        self._pen, self._control = end, ("", end)


def arc(
    start: tuple[float, float],
    end: tuple[float, float],
    radii: tuple[float, float],
    rotation: float,
    *,
    large: bool,
    sweep: bool,
) -> list[tuple[float, ...]]:
    """Turn an elliptical arc into cubic curves, each of a quarter or less: (x1, y1, x2, y2, x, y)."""
    cos, sin = math.cos(math.radians(rotation)), math.sin(math.radians(rotation))
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    rx, ry = radii
    reach = math.hypot(x / rx, y / ry)
    if reach > 1:  # too small to span the ends: scaled up until they do (F.6.6)
        rx, ry = rx * reach, ry * reach
    spread = (x / rx) ** 2 + (y / ry) ** 2
    factor = math.sqrt(max(1 / spread - 1, 0.0)) * (-1 if large == sweep else 1)
    cx, cy = factor * rx * y / ry, -factor * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    turn = math.atan2((-y - cy) / ry, (-x - cx) / rx) - first
    if sweep and turn < 0:
        turn += 2 * math.pi
    elif not sweep and turn > 0:
        turn -= 2 * math.pi
    middle = (cos * cx - sin * cy + (start[0] + end[0]) / 2, sin * cx + cos * cy + (start[1] + end[1]) / 2)
    frame = (cos * rx, sin * rx, -sin * ry, cos * ry, *middle)
    return _unit_arc(first, turn, frame)


def _unit_arc(first: float, turn: float, frame: tuple[float, ...]) -> list[tuple[float, ...]]:
    """Divide an arc of the unit circle into curves and set them into `frame` (a b c d e f)."""
    pieces = max(math.ceil(abs(turn) / (math.pi / 2) - 1e-9), 1)
    step = turn / pieces
    reach = 4 / 3 * math.tan(step / 4)
    a, b, c, d, e, f = frame
    out: list[tuple[float, ...]] = []
    for piece in range(pieces):
        t, u = first + piece * step, first + (piece + 1) * step
        points = (
            (math.cos(t) - reach * math.sin(t), math.sin(t) + reach * math.cos(t)),
            (math.cos(u) + reach * math.sin(u), math.sin(u) - reach * math.cos(u)),
            (math.cos(u), math.sin(u)),
        )
        out.append(tuple(v for x, y in points for v in (a * x + c * y + e, b * x + d * y + f)))
    return out
