"""A compressed stream of which parts change: what stays is deflated once (RFC 1950, RFC 1951).

In: the constant chunks, then for each copy the pieces that come between them. Out: one zlib stream. Chunks end at a full flush, so
that none refers to bytes before it; the checksum is put together from theirs.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from generator.pdf.objects import LEVEL
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_MODULUS = 65521  # of Adler-32
_HEAD = b"\x78\x5e"
_END = b"\x03\x00"  # an empty last block
_QUICK = 1


class _Part(NamedTuple):
    data: bytes
    checksum: int
    length: int


class Splice:
    """A stream with gaps."""

    def __init__(self, chunks: Sequence[bytes]) -> None:
        """Deflate what stays; a gap comes between each chunk and the next."""
        self._parts = [_deflated(chunk, LEVEL) for chunk in chunks]

    def join(self, pieces: Sequence[bytes]) -> bytes:
        """Fill the gaps."""
        first, *others = self._parts
        out = [_HEAD, first.data]
        checksum = first.checksum
        for piece, part in zip(pieces, others, strict=True):
            filling = _deflated(piece, _QUICK)
            checksum = _combined(_combined(checksum, filling), part)
            out += (filling.data, part.data)
        out += (_END, checksum.to_bytes(4, "big"))
        return b"".join(out)


def _deflated(chunk: bytes, level: int) -> _Part:
    deflate = zlib.compressobj(level, zlib.DEFLATED, -15)
    data = deflate.compress(chunk) + deflate.flush(zlib.Z_FULL_FLUSH)
    return _Part(data, zlib.adler32(chunk), len(chunk))


def _combined(checksum: int, part: _Part) -> int:
    """Give the Adler-32 of two stretches of bytes from those of each."""
    low, high = checksum & 0xFFFF, checksum >> 16
    own_low, own_high = part.checksum & 0xFFFF, part.checksum >> 16
    rest = part.length % _MODULUS
    return ((high + own_high + rest * (low - 1)) % _MODULUS) << 16 | (low + own_low - 1) % _MODULUS
