"""Boxes, borders, clips and drawings, judged by their pixels (one point a pixel)."""

from __future__ import annotations

import pytest

from generator.layout.pages import Box, Clip, Drawing, Shape
from tests.pdf.samples import BLACK, written
from tests.tools import render

WHITE, RED, BLUE = (255, 255, 255), (255, 0, 0), (0, 0, 255)
R, B = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)


def pixels(*fragments):
    image = render(written(fragments))[0]
    return lambda x, y: image.getpixel((x, y))


def test_a_fill_lies_where_the_box_is():
    at = pixels(Box(10, 20, 30, 40, fill=R))
    assert (at(10, 20), at(39, 59), at(9, 20), at(10, 60), at(40, 59)) == (RED, RED, WHITE, WHITE, WHITE)


def test_a_border_lies_inside_the_rectangle():
    at = pixels(Box(10, 10, 60, 60, widths=(4, 4, 4, 4), colours=(R,) * 4))
    assert (at(10, 10), at(69, 69), at(13, 40), at(14, 40), at(40, 66)) == (RED, RED, RED, WHITE, RED)


def test_sides_of_two_colours_meet_on_the_diagonal():
    at = pixels(Box(10, 10, 60, 60, widths=(20, 0, 0, 20), colours=(R, BLACK, BLACK, B)))
    assert (at(25, 12), at(12, 25), at(50, 20), at(20, 50), at(60, 60)) == (RED, BLUE, RED, BLUE, WHITE)


def test_a_side_of_no_width_leaves_room_for_none():
    at = pixels(Box(10, 10, 60, 60, widths=(0, 0, 0, 6), colours=(R,) * 4))
    assert (at(10, 10), at(15, 69), at(16, 40), at(40, 10)) == (RED, RED, WHITE, WHITE)


@pytest.mark.parametrize("colours", [(R,) * 4, (R, B, R, B)])
def test_round_corners_are_cut_off(colours):
    at = pixels(Box(10, 10, 60, 60, fill=(0, 1, 0), widths=(4,) * 4, colours=colours, radii=(20, 20, 20, 20)))
    assert at(11, 11) == WHITE
    assert at(40, 40) == (0, 255, 0)
    assert at(40, 11) == RED


def test_one_round_corner_leaves_the_others_square():
    at = pixels(Box(10, 10, 60, 60, fill=R, radii=(20, 0, 0, 0)))
    assert (at(11, 11), at(69, 10), at(69, 69), at(10, 69)) == (WHITE, RED, RED, RED)


def test_radii_larger_than_the_box_make_a_pill():
    at = pixels(Box(10, 10, 80, 20, fill=R, radii=(99,) * 4))
    assert (at(10, 10), at(11, 20), at(50, 10), at(50, 29)) == (WHITE, RED, RED, RED)


def test_a_double_border_has_a_gap():
    at = pixels(Box(10, 10, 60, 60, widths=(9,) * 4, colours=(R,) * 4, styles=("double",) * 4))
    assert (at(11, 40), at(14, 40), at(17, 40), at(20, 40)) == (RED, WHITE, RED, WHITE)


@pytest.mark.parametrize("style", ["dashed", "dotted"])
@pytest.mark.parametrize("sides", [("all",), ("bottom",)])
def test_a_broken_border_has_marks_and_gaps(style, sides):
    widths = (6,) * 4 if sides == ("all",) else (0, 0, 6, 0)
    at = pixels(Box(10, 10, 100, 50, widths=widths, colours=(R,) * 4, styles=(style,) * 4))
    row = {at(x, 57) for x in range(18, 100)}
    assert RED in row
    assert WHITE in row
    assert at(60, 13) == WHITE or sides == ("all",)


def test_a_dotted_side_begins_and_ends_with_a_dot():
    at = pixels(Box(10, 10, 80, 80, widths=(6,) * 4, colours=(R,) * 4, styles=("dotted",) * 4))
    assert {at(x, y) for x in (13, 87) for y in (13, 87)} == {RED}


def test_style_none_draws_nothing():
    at = pixels(Box(10, 10, 60, 60, widths=(9,) * 4, colours=(R,) * 4, styles=("none",) * 4))
    assert at(12, 40) == WHITE


def test_a_clip_hides_what_is_outside_until_it_ends():
    at = pixels(Clip("push", 10, 10, 20, 20), Box(0, 0, 50, 50, fill=R), Clip("pop"), Box(40, 0, 9, 9, fill=B))
    assert (at(5, 5), at(15, 15), at(35, 15), at(44, 4)) == (WHITE, RED, WHITE, BLUE)


def test_clips_that_are_not_ended_are_a_fault_of_the_layout():
    with pytest.raises(ValueError, match="popped"):
        written([Clip("push", 0, 0, 9, 9)])


def test_a_drawing_is_set_by_its_matrix_and_cut_by_its_clip():
    square = (("M", (0, 0)), ("L", (1, 0)), ("L", (1, 1)), ("L", (0, 1)), ("Z", ()))
    shape = Shape(square, fill=R)
    at = pixels(Drawing((shape,), (40, 0, 0, 20, 100, 50), clip=(100, 50, 20, 20)))
    assert (at(101, 51), at(119, 69), at(121, 60), at(101, 71)) == (RED, RED, WHITE, WHITE)


def test_even_odd_leaves_a_hole():
    ring = tuple(op for size in ((0, 40), (10, 30)) for op in _square(*size))
    at = pixels(
        Drawing((Shape(ring, fill=R, even_odd=True),), (1, 0, 0, 1, 0, 0)), Drawing((Shape(ring, fill=B),), (1, 0, 0, 1, 50, 0))
    )
    assert (at(5, 5), at(20, 20), at(70, 20)) == (RED, WHITE, BLUE)


def test_a_stroke_has_its_own_colour_width_and_dash():
    line = (("M", (10, 10)), ("L", (110, 10)))
    at = pixels(Drawing((Shape(line, stroke=R, stroke_width=4, dash=(10, 10)),), (1, 0, 0, 1, 0, 0)))
    assert (at(15, 9), at(25, 9), at(35, 9), at(15, 13)) == (RED, WHITE, RED, WHITE)


def _square(low, high):
    return (("M", (low, low)), ("L", (high, low)), ("L", (high, high)), ("L", (low, high)), ("Z", ()))
