"""QR codes as inline SVG, for a printed address.

In: a text. Out: an `<svg>` of one path in `currentColor`, with the quiet zone of four modules that ISO/IEC 18004
asks for. ReportLab's encoder takes 0.3 s to import, so it is imported when a code is made.
"""

from __future__ import annotations

from functools import lru_cache

from generator.errors import ContentError

QUIET = 4  # modules
_MOST = 600  # bytes: above it a phone cannot read the code at the size of a stamp


@lru_cache(maxsize=32)
def qr_svg(text: str) -> str:
    """Make the code with error correction M (15 % may be lost). Raises ContentError for a text too long."""
    if not text or len(text.encode()) > _MOST:
        raise ContentError(
            f"a QR code can hold 1 to {_MOST} bytes here, and this text has {len(text.encode())}",
            hint="use a shorter address",
        )
    modules = _modules(text)
    side = len(modules) + 2 * QUIET
    rows = (
        f"M{start + QUIET} {at + QUIET}h{end - start}v1h-{end - start}z"
        for at, row in enumerate(modules)
        for start, end in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<path fill="currentColor" d="{"".join(rows)}"/></svg>'
    )


def _modules(text: str) -> list[list[bool]]:
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QR8bitByte(text.encode()))
    code.make()
    return [[bool(dark) for dark in row] for row in code.modules]


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Give the dark stretches of a row as (start, end)."""
    edges = [at for at in range(len(row) + 1) if (at > 0 and row[at - 1]) != (at < len(row) and row[at])]
    return list(zip(edges[::2], edges[1::2], strict=True))
