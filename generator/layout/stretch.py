"""What takes the room that is left on a page: writing lines, up to what the style allows, then the space above what sinks to its foot.

In: a galley and one page of it. Changes the slabs that may grow. Knows nothing of painting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.layout.galley import Galley
    from generator.layout.paginate import PageCut


def stretch(galley: Galley, cut: PageCut, height: float) -> None:
    """Add ruled lines where a page of `height` points has room left, and let the first slab that sinks come down."""
    slabs = galley.slabs[cut.start : cut.stop]
    room = height - sum(s.height + s.glue * cut.scale for s in slabs) + (slabs[0].glue * cut.scale if slabs else 0)
    for slab in slabs:
        if slab.stretch and slab.leading:
            count = min(slab.stretch, int(room / slab.leading + 1e-6))
            x, y, line = slab.items[-1]
            slab.items.extend((x, y + slab.leading * (i + 1), line) for i in range(count))
            slab.height += count * slab.leading
            slab.stretch -= count
            room -= count * slab.leading
    sinking = next((slab for slab in slabs[1:] if slab.sinks), None)
    if sinking is not None and room > 0:
        sinking.glue += room / cut.scale
