"""The SVG reader: shapes, paint, sizes and refusals."""

from __future__ import annotations

import math

import pytest
from lxml import etree, html

from generator.errors import ContentError
from generator.images.path_data import parse_path
from generator.images.svg import element_to_picture, read_svg

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
RED, BLACK = (1.0, 0.0, 0.0), (0.0, 0.0, 0.0)


def drawing(body: str, attributes: str = 'viewBox="0 0 100 100"', **properties: str):
    names = {key if key == "color" else "--" + key: value for key, value in properties.items()}
    return read_svg(f"<svg {NS} {attributes}>{body}</svg>".encode(), names, "logo.svg")


def first(body: str, **properties: str):
    return drawing(body, **properties).shapes[0]


def corners(path) -> list[tuple[float, ...]]:
    return [tuple(round(v, 3) + 0.0 for v in values[-2:]) for _, values in path if values]


# Paths


@pytest.mark.parametrize(
    ("data", "ends"),
    [
        ("M10 10 20 10 20 20Z", [(10, 10), (20, 10), (20, 20)]),
        ("m10,10 10,0 0,10z", [(10, 10), (20, 10), (20, 20)]),
        ("M1 1H5V7h-2v-2", [(1, 1), (5, 1), (5, 7), (3, 7), (3, 5)]),
        ("M.5.5-1-1", [(0.5, 0.5), (-1, -1)]),
        ("M0 0c1 1 2 2 3 3s2 2 3 3", [(0, 0), (3, 3), (6, 6)]),
        ("M0 0Q5 5 10 0T20 0", [(0, 0), (10, 0), (20, 0)]),
        ("M1e1 0L2E+1 0", [(10, 0), (20, 0)]),
        ("M0 0L5 5zl2 3", [(0, 0), (5, 5), (0, 0), (2, 3)]),
    ],
)
def test_path_commands(data, ends):
    assert corners(parse_path(data)) == ends


def test_a_smooth_curve_mirrors_the_control_point():
    assert parse_path("M0 0C0 10 10 10 10 0S20-10 20 0")[2] == ("C", (10, -10, 20, -10, 20, 0))


@pytest.mark.parametrize("data", ["M0 10A10 10 0 0 1 10 0", "M0 10a10 10 0 0110-10"])
def test_an_arc_follows_its_circle_and_its_flags_may_touch(data):
    (_, (_, values)) = parse_path(data)
    x1, y1, x2, y2, x, y = values
    middle = tuple(
        (start + 3 * first + 3 * second + end) / 8 for start, first, second, end in ((0, x1, x2, x), (10, y1, y2, y))
    )
    assert math.hypot(middle[0] - 10, middle[1] - 10) == pytest.approx(10, abs=0.01)
    assert (x, y) == pytest.approx((10, 0))


def test_a_large_arc_goes_the_long_way_and_small_radii_grow():
    assert len(parse_path("M0 10A10 10 0 1 0 10 0")) == 4
    assert corners(parse_path("M0 0A1 1 0 0 1 10 0"))[-1] == (10, 0)


@pytest.mark.parametrize("data", ["10 10", "M10", "M0 0 L x", "M0 0 A1 1 0 2 0 5 5", "M0 0 Z 5 5"])
def test_broken_path_data_names_its_line(data):
    with pytest.raises(ContentError) as caught:
        drawing(f'\n<path d="{data}"/>')
    assert str(caught.value.position) == "logo.svg:2"


# Basic shapes


@pytest.mark.parametrize(
    ("body", "ends"),
    [
        ('<rect x="1" y="2" width="3" height="4"/>', [(1, 2), (4, 2), (4, 6), (1, 6)]),
        ('<line x1="1" x2="9" stroke="red"/>', [(1, 0), (9, 0)]),
        ('<polygon points="0,0 10,0 5,8"/>', [(0, 0), (10, 0), (5, 8)]),
        ('<circle cx="50%" cy="50" r="10"/>', [(60, 50), (50, 60), (40, 50), (50, 40), (60, 50)]),
        ('<ellipse cx="0" cy="0" rx="4" ry="2"/>', [(4, 0), (0, 2), (-4, 0), (0, -2), (4, 0)]),
    ],
)
def test_basic_shapes(body, ends):
    assert corners(first(body).path) == ends


def test_one_radius_of_a_rect_counts_for_both():
    path = first('<rect width="20" height="20" rx="30"/>').path
    assert [op for op, _ in path].count("C") == 4
    assert corners(path)[0] == (10, 0)


def test_a_shape_without_size_draws_nothing():
    assert drawing('<rect width="0" height="9"/><circle r="0"/><path d=""/><polyline points=""/>').shapes == ()


# Transforms, groups, uses


def test_transforms_apply_from_the_inside_out():
    body = '<g transform="translate(10 20)"><rect transform="scale(2),rotate(90)" width="1" height="3"/></g>'
    assert corners(first(body).path) == [(10, 20), (10, 22), (4, 22), (4, 20)]


def test_a_use_draws_a_definition_at_its_place():
    body = '<defs><rect id="a" width="2" height="2"/></defs><use xlink:href="#a" x="5" fill="red"/><use href="#a"/>'
    shapes = drawing(body).shapes
    assert [(s.fill, corners(s.path)[0]) for s in shapes] == [(RED, (5, 0)), (BLACK, (0, 0))]


def test_a_symbol_fits_its_use():
    body = '<symbol id="s" viewBox="0 0 10 10"><rect width="10" height="10"/></symbol><use href="#s" width="50" height="50"/>'
    assert corners(first(body).path) == [(0, 0), (50, 0), (50, 50), (0, 50)]


def test_a_use_of_itself_is_an_error():
    with pytest.raises(ContentError, match="itself"):
        drawing('<g id="a"><use href="#a"/></g>')


# Paint


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        ("#f00", RED), ("#FF0000", RED), ("rgb(255,0,0)", RED), ("rgb(100%, 0%, 0%)", RED), ("hsl(0, 100%, 50%)", RED),
        ("red", RED), ("none", None), ("var(--brand)", RED), ("var(--gone, #f00)", RED), ("var(--gone, var(--brand))", RED),
        ("currentColor", (0.0, 0.0, 1.0)),
    ],
)  # fmt: skip
def test_colours(fill, colour):
    shapes = drawing(f'<rect width="9" height="9" fill="{fill}"/>', brand="#f00", color="#00f").shapes
    assert [s.fill for s in shapes] == ([colour] if colour else [])


def test_the_style_attribute_beats_the_sheet_and_the_sheet_the_attribute():
    body = '<style>.a{fill:#00f} rect{fill:lime}</style><rect class="a" fill="red" width="1" height="1"/>'
    assert first(body).fill == (0, 0, 1)
    assert first(body.replace('fill="red"', 'style="fill:red"')).fill == RED


def test_paint_is_inherited_and_a_scaled_stroke_grows():
    body = '<g stroke="red" stroke-width="2" fill="none" stroke-linecap="round" stroke-dasharray="3 1"><path transform="scale(3)" d="M0 0h5"/></g>'
    shape = first(body)
    assert (shape.fill, shape.stroke, shape.stroke_width, shape.line_cap, shape.dash) == (None, RED, 6, 1, (9, 3))


def test_what_is_hidden_is_not_drawn():
    body = '<rect width="1" height="1" {}/>'
    for hidden in ('display="none"', 'visibility="hidden"', 'opacity="0"', 'fill-opacity="0"', 'style="fill:none"'):
        assert drawing(body.format(hidden)).shapes == ()


def test_the_even_odd_rule_is_kept():
    assert first('<path fill-rule="evenodd" d="M0 0h9v9z"/>').even_odd


# Sizes


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 40 20"', (30, 15)), ('viewBox="0 0 40 20" width="1in"', (72, 36)), ('width="96" height="48px"', (72, 36)),
        ('viewBox="0 0 40 20" width="100%" height="100%"', (30, 15)), ('viewBox="5 5 10 20" height="72pt"', (36, 72)),
    ],
)  # fmt: skip
def test_sizes(attributes, size):
    picture = drawing("", attributes)
    assert (picture.width, picture.height) == pytest.approx(size)


def test_a_picture_is_placed_in_proportion():
    picture = drawing("", 'viewBox="10 0 40 20"')
    assert picture.placed(100, 200, 80, 80) == (2, 0, 0, 2, 80, 220)
    stretched = drawing("", 'viewBox="0 0 40 20" preserveAspectRatio="none"')
    assert stretched.placed(0, 0, 80, 80) == (2, 0, 0, 4, 0, 0)


# Where it comes from


def test_an_inline_element_of_an_html_parser_is_read():
    root = html.fromstring('<p><svg viewBox="0 0 10 20"><path d="M0 0h9v9z" fill="currentColor"/></svg></p>')
    picture = element_to_picture(root.find("svg"), {"color": "red"})
    assert (picture.viewbox, picture.shapes[0].fill) == ((0, 0, 10, 20), RED)


def test_what_editors_leave_behind_is_no_matter():
    body = (
        '<metadata><x/></metadata><title>t</title><desc>d</desc><i:view xmlns:i="http://inkscape.org/"/>'
        '<!-- c --><g clip-path="url(#all)"><rect width="1" height="1"/></g>'
        '<defs><clipPath id="all"><rect width="100" height="100"/></clipPath><linearGradient id="unused"/></defs>'
    )
    assert len(drawing(body).shapes) == 1


@pytest.mark.parametrize(
    ("body", "words", "hint"),
    [
        ("<text>Hi</text>", "<text>", "convert text to paths"),
        ('<image href="a.png"/>', "<image>", "beside the drawing"),
        ("<script>x</script>", "<script>", "runs nothing"),
        ('<g onclick="x()"/>', "onclick", "runs nothing"),
        ("<foreignObject/>", "<foreignObject>", "paths"),
        ('<use href="other.svg#a"/>', "outside", "into the file"),
        ('<use href="#gone"/>', "#gone", "into the file"),
        ('<rect width="1" height="1" fill="url(#g)"/>', "gradient", "flatten"),
        ('<rect width="1" height="1" opacity=".5"/>', "see-through", "flatten"),
        ('<rect width="1" height="1" fill="rgba(1,2,3,.5)"/>', "see-through", "flatten"),
        ('<g filter="url(#f)"><rect width="1" height="1"/></g>', "filter", "flatten"),
        ('<g mask="url(#f)"/>', "mask", "flatten"),
        ('<clipPath id="c"><circle r="1"/></clipPath>', "<clipPath>", "flatten"),
        ('<g clip-path="url(#c)"/>', "clipPath", "flatten"),
        ('<rect width="1" height="1" fill="blurple"/>', "blurple", "flatten"),
        ('<rect width="1" height="1" fill="var(--gone)"/>', "--gone", "flatten"),
        ('<rect width="1em" height="1"/>', "width", "flatten"),
        ("<style>a > b {fill: red}</style>", "a > b", "attributes"),
        ('<path transform="spin(3)" d="M0 0h1"/>', "spin", "flatten"),
        ('<path transform="scale(1 5)" stroke="red" d="M0 0h1"/>', "distorts", "path"),
    ],
)
def test_what_cannot_be_drawn_is_an_error_with_line_and_hint(body, words, hint):
    with pytest.raises(ContentError) as caught:
        drawing(f"<g>\n\n{body}</g>")
    assert words in caught.value.message
    assert hint in caught.value.hint
    assert str(caught.value.position) == "logo.svg:3"


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><title>&x;</title></svg>',
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'.encode("utf-16"),
    ],
)
def test_entities_are_refused(data):
    with pytest.raises(ContentError, match="entit"):
        read_svg(data)


@pytest.mark.parametrize("data", [b"", b"<svg", b"<svg><g></svg>", b"<html/>", b"\xff\xfe\xfa"])
def test_broken_files_are_errors(data):
    with pytest.raises(ContentError):
        read_svg(data)


@pytest.mark.parametrize("body", [
    '<path d="M0 0 h 1e308 h 1e308"/>', '<rect width="1" height="1" transform="scale(1e200) scale(1e200)"/>',
    '<path d="M0 0 A 1e200 1e200 0 0 1 5 1e300"/>', '<rect width="9" height="9" stroke="red" stroke-width="1e99"/>', '<circle r="1e99"/>',
])  # fmt: skip
def test_a_number_beyond_all_pages_is_an_error_with_its_line(body):
    with pytest.raises(ContentError, match="a number in it is too large for a page") as caught:
        read_svg(f'<svg {NS} viewBox="0 0 8 8">\n{body}\n</svg>'.encode(), file="big.svg")
    assert str(caught.value.position) == "big.svg:2"


def test_a_frame_beyond_all_pages_is_an_error():
    with pytest.raises(ContentError, match="a number in it is too large for a page"):
        read_svg(f'<svg {NS} viewBox="0 0 1e308 1e999"><circle r="1"/></svg>'.encode())


def test_a_plain_doctype_is_no_matter():
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert read_svg(f'{doctype}<svg {NS} width="4" height="4"/>'.encode()).width == 3


def test_an_element_without_a_namespace_is_read():
    assert element_to_picture(etree.fromstring('<svg viewBox="0 0 8 8"><circle r="2"/></svg>')).shapes
