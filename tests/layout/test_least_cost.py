"""Pages cut anew at the least cost: what a page holds, and when glue is drawn in."""

from __future__ import annotations

import pytest

from generator.layout.galley import Slab
from generator.layout.paginate import paginate
from tests.layout.test_paginate import galley


def test_glue_is_not_drawn_in_where_as_many_pages_do_without():
    pages = paginate(galley((20, 0, 0), (10, 20, 0), (40, 20, 0), (40, 10, 0)), lambda _: 100.0)
    assert [(p.start, p.stop, p.scale) for p in pages] == [(0, 2, 1.0), (2, 4, 1.0)]


@pytest.mark.parametrize("count", range(6, 30))
def test_a_repeated_head_has_room_on_every_page(count):
    """Where the last page would be nearly empty, too: rows are then shared out anew."""
    made = galley(*[(20, 0, 0)] * count)
    for slab in made.slabs[1:]:
        slab.repeat = (Slab(10, []),)
    pages = paginate(made, lambda _: 100.0)
    held = [20 * (p.stop - p.start) + (10 if p.start else 0) for p in pages]
    assert max(held) <= 100
    assert min(held) > 30
