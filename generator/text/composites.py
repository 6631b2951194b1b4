"""Composite glyphs appended to a static TrueType font (OpenType `glyf`, composite glyph description).

In: a font's bytes and composites as (advance, [(glyph, dx, dy)]) in font units. Out: new bytes, and the number
of the first new glyph. Knows nothing of text.
"""

from __future__ import annotations

from struct import pack, unpack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Composite = tuple[int, list[tuple[int, int, int]]]
ARGS_ARE_WORDS_AND_XY, MORE = 0x0003, 0x0020


def add_composites(data: bytes, composites: Sequence[Composite]) -> tuple[bytes, int]:
    """Append composites; the font keeps its other glyphs as they are."""
    tables = _tables(data)
    head, maxp, hhea = bytearray(tables[b"head"]), bytearray(tables[b"maxp"]), bytearray(tables[b"hhea"])
    count = unpack(">H", maxp[4:6])[0]
    offsets = _offsets(tables[b"loca"], count, long=bool(unpack(">h", head[50:52])[0]))
    glyf = bytearray(tables[b"glyf"][: offsets[-1]])
    metrics = _full_metrics(tables[b"hmtx"], unpack(">H", hhea[34:36])[0], count)
    for advance, parts in composites:
        left = _append(glyf, offsets, parts)
        metrics += pack(">Hh", max(0, advance), left)
    total = count + len(composites)
    maxp[4:6] = pack(">H", total)
    _raise_limits(maxp, max(len(parts) for _, parts in composites))
    hhea[34:36], head[50:52] = pack(">H", total), pack(">h", 1)
    tables |= {b"head": bytes(head), b"maxp": bytes(maxp), b"hhea": bytes(hhea), b"glyf": bytes(glyf),
               b"loca": pack(f">{len(offsets)}I", *offsets), b"hmtx": bytes(metrics)}  # fmt: skip
    return _assemble(data[:4], tables), count


def _tables(data: bytes) -> dict[bytes, bytes]:
    out = {}
    for i in range(unpack(">H", data[4:6])[0]):
        tag, _, offset, length = unpack(">4sIII", data[12 + 16 * i : 28 + 16 * i])
        out[tag] = data[offset : offset + length]
    return out


def _offsets(loca: bytes, count: int, *, long: bool) -> list[int]:
    if long:
        return list(unpack(f">{count + 1}I", loca[: 4 * (count + 1)]))
    return [2 * value for value in unpack(f">{count + 1}H", loca[: 2 * (count + 1)])]


def _full_metrics(hmtx: bytes, long_count: int, count: int) -> bytearray:
    """Give every glyph a metric of its own."""
    out = bytearray(hmtx[: 4 * long_count])
    last = hmtx[4 * (long_count - 1) : 4 * long_count - 2]
    for i in range(count - long_count):
        start = 4 * long_count + 2 * i
        out += last + hmtx[start : start + 2]
    return out


def _short(value: int) -> int:
    """Keep a coordinate to what a font can say: a tower of hundreds of marks is cut off where nobody sees it."""
    return max(-32768, min(32767, value))


def _append(glyf: bytearray, offsets: list[int], parts: list[tuple[int, int, int]]) -> int:
    """Write one composite; give its left side bearing."""
    boxes, drawn = [], []
    for gid, dx, dy in parts:
        start, stop = offsets[gid], offsets[gid + 1]
        if start == stop:
            continue  # an empty glyph adds nothing to draw
        _, x0, y0, x1, y1 = unpack(">hhhhh", glyf[start : start + 10])
        boxes.append((x0 + dx, y0 + dy, x1 + dx, y1 + dy))
        drawn.append((gid, dx, dy))
    if drawn:
        edges = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        glyf += pack(">hhhhh", -1, *map(_short, edges))
        for i, (gid, dx, dy) in enumerate(drawn):
            flags = ARGS_ARE_WORDS_AND_XY | (MORE if i < len(drawn) - 1 else 0)
            glyf += pack(">HHhh", flags, gid, _short(dx), _short(dy))
        glyf += bytes(-len(glyf) % 4)
    offsets.append(len(glyf))
    return min((b[0] for b in boxes), default=0)


def _raise_limits(maxp: bytearray, most_parts: int) -> None:
    if len(maxp) < 32:
        return
    points, contours, deep_points, deep_contours = unpack(">HHHH", maxp[6:14])
    widest = max(deep_points, max(points, deep_points) * most_parts)
    longest = max(deep_contours, max(contours, deep_contours) * most_parts)
    maxp[10:14] = pack(">HH", min(65535, widest), min(65535, longest))
    elements, depth = unpack(">HH", maxp[28:32])
    maxp[28:32] = pack(">HH", max(elements, most_parts), max(depth, depth + 1))


def _assemble(version: bytes, tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    directory, body = b"", b""
    start = 12 + 16 * count
    for tag in sorted(tables):
        table = tables[tag]
        padded = table + bytes(-len(table) % 4)
        checksum = sum(unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += pack(">4sIII", tag, checksum, start + len(body), len(table))
        body += padded
    return version + pack(">HHHH", count, 16 << power, power, count * 16 - (16 << power)) + directory + body
