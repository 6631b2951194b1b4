"""The output intent: an sRGB profile, built here so that nothing has to be shipped or imported for it.

Out: the bytes of an ICC version 4 display profile (ICC.1:2004-10, which PDF 1.7 names) with three primaries,
one parametric curve and the adaptation from D65, 500 bytes long. IEC 61966-2-1 gives the curve.
"""

from __future__ import annotations

import struct
from functools import cache

_WHITE = (0.9642, 1.0, 0.8249)  # D50, the profile connection space's white
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_ADAPTATION = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)  # g a b c d of parametric type 3


def _fixed(values: tuple[float, ...]) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(v * 65536) for v in values))


def _multilingual(text: str) -> bytes:
    raw = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(raw), 28) + raw


def _header(size: int) -> bytes:
    date = struct.pack(">6H", 2020, 1, 1, 0, 0, 0)
    return b"".join((
        struct.pack(">I4xI", size, 0x04200000), b"mntrRGB XYZ ", date, b"acsp",
        bytes(28), _fixed(_WHITE), bytes(48),
    ))  # fmt: skip


@cache
def srgb() -> bytes:
    """Build the profile."""
    parts = {
        b"desc": _multilingual("sRGB"),
        b"cprt": _multilingual("CC0"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(_WHITE),
        b"chad": b"sf32\0\0\0\0" + _fixed(_ADAPTATION),
        **{tag: b"XYZ \0\0\0\0" + _fixed(xyz) for tag, xyz in _PRIMARIES.items()},
        b"rTRC": b"para\0\0\0\0\0\3\0\0" + _fixed(_CURVE),
    }
    table: list[bytes] = []
    body = b""
    start = 128 + 4 + 12 * (len(parts) + 2)
    for tag, data in parts.items():
        # The three channels share one curve.
        sharing = (b"rTRC", b"gTRC", b"bTRC") if tag == b"rTRC" else (tag,)
        table += (struct.pack(">4sII", shared, start + len(body), len(data)) for shared in sharing)
        body += data + bytes(-len(data) % 4)
    return _header(start + len(body)) + struct.pack(">I", len(table)) + b"".join(table) + body
