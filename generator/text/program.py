"""Cutting a font program that draws a document's codes and nothing else.

In: an opened face and the codes in use. Out: the program's bytes, and which of its glyphs each code draws. HarfBuzz subsets and pins the
axes; glyphs put together of several are added to the program as composites of its own. Knows no text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import uharfbuzz as hb

from generator.plain import NamedTuple
from generator.text.composites import add_composites

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.text.face import Face

KEPT_TABLES = frozenset(
    {"glyf", "head", "hhea", "hmtx", "loca", "maxp", "CFF ", "cvt ", "fpgm", "prep", "fvar", "gvar", "avar", "HVAR",
     "MVAR", "CFF2"}
)  # fmt: skip


class Program(NamedTuple):
    """An embeddable font: `kind` is glyf or cff; `gids` maps CIDs to its glyph numbers (None: they are equal)."""

    data: bytes
    kind: str
    gids: dict[int, int] | None


class Part(NamedTuple):
    """A glyph in a composite, with its offset in font units."""

    gid: int
    dx: int
    dy: int


def cut(face: Face, wanted: Iterable[int]) -> Program:
    """Cut the program that draws the given codes, glyphs put together in their order."""
    glyphs = {0}
    for cid in wanted:
        made = face.parts_of(cid)
        glyphs.update([p.gid for p in made[1]] if made else [cid])
    subset, mapping = _subset(face, glyphs)
    if face.kind == "cff":
        table = subset.reference_table("CFF ")
        return Program(bytes(table.data), "cff", None)
    gids: dict[int, int] = {}
    composites: list[tuple[int, int, list[tuple[int, int, int]]]] = []
    for cid in wanted:
        made = face.parts_of(cid)
        if made is None:
            gids[cid] = mapping[cid]
            continue
        advance, parts = made
        if len(parts) == 1 and not (parts[0].dx or parts[0].dy):
            gids[cid] = mapping[parts[0].gid]
        else:
            composites.append((cid, int(advance), [(mapping[p.gid], p.dx, p.dy) for p in parts]))
    data = bytes(subset.blob.data)
    if composites:
        data, first = add_composites(data, [(advance, parts) for _, advance, parts in composites])
        gids.update({cid: first + i for i, (cid, _, _) in enumerate(composites)})
    return Program(data, "glyf", gids)


def _subset(face: Face, glyphs: set[int]) -> tuple[hb.Face, dict[int, int]]:
    request = hb.SubsetInput()
    flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    if face.kind == "cff":
        flags |= hb.SubsetFlags.DOWNGRADE_CFF2 | hb.SubsetFlags.RETAIN_GIDS
    request.flags = flags
    request.glyph_set.update(glyphs)
    for tag in face.tables - KEPT_TABLES:
        request.drop_table_tag_set.add(int.from_bytes(tag.encode(), "big"))
    if face.spec.variations or "fvar" in face.tables:
        request.pin_all_axes_to_default(face.hb_face)
        for axis, value in face.spec.variations:
            request.pin_axis_location(face.hb_face, axis, value)
    plan = hb.SubsetPlan(face.hb_face, request)
    return plan.execute(), dict(plan.old_to_new_glyph_mapping)
