"""Page breaks on galleys made by hand: one slab a line, heights in points."""

from __future__ import annotations

import pytest

from generator.layout.galley import AVOID, FORBID, FORCE, LONE_LINE, Galley, Slab
from generator.layout.paginate import TooTall, paginate


def galley(*slabs):
    return Galley([Slab(h, [], glue=g, penalty=p) for h, g, p in slabs])


def cuts(made, height=100.0):
    return [(c.start, c.stop) for c in paginate(made, lambda _: height)]


def test_pages_are_filled():
    assert cuts(galley(*[(20, 0, 0)] * 12)) == [(0, 5), (5, 10), (10, 12)]


def test_glue_at_the_top_of_a_page_is_dropped():
    assert cuts(galley(*[(20, 5, 0)] * 8)) == [(0, 4), (4, 8)]


def test_a_heading_goes_with_what_follows():
    lines = [(20, 0, 0)] * 4 + [(20, 0, 0), (20, 0, AVOID), (20, 0, 0)]
    assert cuts(galley(*lines)) == [(0, 4), (4, 7)]


def test_a_widow_takes_a_line_with_it():
    lines = [(20, 0, 0)] * 4 + [(20, 0, 0), (20, 0, LONE_LINE)] + [(20, 0, 0)] * 3
    assert cuts(galley(*lines)) == [(0, 4), (4, 9)]


def test_avoided_break_is_taken_when_nothing_else_is_left():
    assert cuts(galley(*[(40, 0, AVOID)] * 4)) == [(0, 2), (2, 4)]


def test_forced_break():
    assert cuts(galley((20, 0, 0), (20, 0, FORCE), (20, 0, 0))) == [(0, 1), (1, 3)]


def test_forbidden_break_that_does_not_fit_is_an_error():
    with pytest.raises(TooTall) as caught:
        cuts(galley((60, 0, 0), (60, 0, FORBID)))
    assert caught.value.excess == pytest.approx(20)


def test_a_nearly_empty_last_page_is_saved_by_tightening():
    made = galley(*[(20, 4, 0)] * 5)  # 116 points: four slabs and a lonely fifth
    pages = paginate(made, lambda _: 112.0)
    assert [(c.start, c.stop) for c in pages] == [(0, 5)]
    assert pages[0].scale < 1


def test_repeated_head_takes_room():
    made = galley(*[(20, 0, 0)] * 8)
    head = (Slab(20, []),)
    for slab in made.slabs[1:]:
        slab.repeat = head
    assert cuts(made) == [(0, 5), (5, 8)]
    assert cuts(made, 80.0) == [(0, 4), (4, 7), (7, 8)]


def test_a_nearly_empty_page_begins_earlier_where_a_section_does():
    """A break that begins a section, which has space above it, is better than one that leaves both pages a little fuller."""
    section = [(10, 30 if at == 4 else 0, 0) for at in range(9)]
    assert cuts(galley(*section)) == [(0, 4), (4, 9)]
    assert cuts(galley(*[(10, 6 if at == 4 else 0, 0) for at in range(11)])) == [(0, 7), (7, 11)]


def optional(made, *places):
    for at in places:
        made.slabs[at].optional = True
        made.slabs[at].items = [(0.0, 0.0, "a line")]
    return made


def test_a_page_before_an_unbreakable_box_is_not_left_nearly_empty():
    """Five items of 22 and a box of 80 on pages of 100: the fifth item would stand alone between a full page and the box."""
    made = galley(*[(22, 2, 0)] * 5, (40, 20, 0), (40, 0, FORBID))
    pages = paginate(made, lambda _: 100.0)
    assert pages[0].stop in (2, 3)
    assert [(c.start, c.stop) for c in pages][-1] == (5, 7)


def test_a_leftover_is_drawn_in_where_tighter_glue_makes_room():
    made = galley(*[(18, 4, 0)] * 5, (80, 20, 0))  # five items: 106, and 101 where the glue is tight
    pages = paginate(made, lambda _: 102.0)
    assert [(c.start, c.stop) for c in pages] == [(0, 5), (5, 6)]
    assert 0.68 <= pages[0].scale < 1
    assert pages[1].scale == 1


def test_a_box_in_a_box_is_split_last():
    lines = [(20, 0, AVOID)] * 4 + [(20, 0, 2 * AVOID)] * 3
    assert cuts(galley((20, 0, 0), *lines)) == [(0, 4), (4, 8)]


def test_optional_slabs_go_where_they_would_cost_a_page():
    made = optional(galley(*[(20, 0, 0)] * 4, (20, 8, 0), (20, 0, FORBID)), 4, 5)
    assert cuts(made) == [(0, 6)]
    assert [slab.height for slab in made.slabs] == [20] * 4 + [0, 0]
    assert not any(slab.items for slab in made.slabs)


def test_optional_slabs_stay_where_there_is_room():
    made = optional(galley(*[(20, 0, 0)] * 3, (20, 8, 0)), 3)
    assert cuts(made) == [(0, 4)]
    assert made.slabs[3].height == 20
    assert made.slabs[3].items


def test_optional_slabs_stay_where_the_next_page_is_short_without_them_too():
    """A step of 80 with a line of 15, and a last section of 30 that does not fit: it is on a page of its own either way."""
    short = optional(galley((40, 0, 0), (40, 0, AVOID), (15, 0, 0), (15, 0, 0), (15, 0, FORBID)), 2)
    assert cuts(short) == [(0, 3), (3, 5)]
    assert short.slabs[2].items


def test_optional_slabs_stay_where_a_later_page_is_drawn_in_either_way():
    """A step of 60 with a line of 30; after it 101 that fit a page where their glue is a little tighter."""
    made = optional(galley((30, 0, 0), (30, 0, AVOID), (30, 0, 0), (50, 0, 0), (45, 6, 0)), 2)
    assert cuts(made) == [(0, 3), (3, 5)]
    assert made.slabs[2].items


def test_optional_slabs_go_alone():
    """Lines to write on that fit the first page stay, where those of another section would cost a page."""
    made = optional(galley(*[(20, 0, 0)] * 3, (20, 0, 0), (20, 0, 0), (20, 8, 0)), 3, 5)
    assert cuts(made) == [(0, 6)]
    assert [slab.height for slab in made.slabs] == [20, 20, 20, 20, 20, 0]
