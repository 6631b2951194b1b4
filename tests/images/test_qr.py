"""QR codes, taken apart again by reading their modules from pixels."""

from __future__ import annotations

import pytest

from generator.errors import ContentError
from generator.images.qr import QUIET, qr_svg
from generator.images.svg import read_svg


def test_the_code_is_one_path_with_a_quiet_zone_and_three_finders():
    picture = read_svg(qr_svg("https://example.org/handout").encode(), {"color": "#123456"})
    (shape,) = picture.shapes
    xs = [x for _, values in shape.path for x in values[::2]]
    side = picture.viewbox[2]
    assert (min(xs), max(xs)) == (QUIET, side - QUIET)
    dark = _modules(shape.path)
    for left, top in ((QUIET, QUIET), (side - QUIET - 7, QUIET), (QUIET, side - QUIET - 7)):
        ring = {(left + i, top) for i in range(7)} | {(left, top + i) for i in range(7)}
        assert ring <= dark
        assert (left + 1, top + 1) not in dark
        assert (left + 3, top + 3) in dark


def test_error_correction_is_m():
    """The format information beside the first finder begins with 00 for M, masked by 10 (ISO/IEC 18004, 7.9)."""
    dark = _modules(read_svg(qr_svg("https://example.org/").encode()).shapes[0].path)
    bits = [(QUIET + column, QUIET + 8) in dark for column in (0, 1)]
    assert bits == [True, False]


def test_the_same_text_gives_the_same_code_and_another_a_different_one():
    assert qr_svg("a") == qr_svg("a") != qr_svg("b")


@pytest.mark.parametrize("text", ["", "x" * 601])
def test_a_text_that_does_not_fit_is_an_error(text):
    with pytest.raises(ContentError):
        qr_svg(text)


def _modules(path) -> set[tuple[int, int]]:
    """The dark modules of a path of flat rectangles."""
    dark: set[tuple[int, int]] = set()
    starts = [at for at, (op, _) in enumerate(path) if op == "M"]
    for at in starts:
        (x, y), (end, _) = path[at][1], path[at + 1][1]
        dark |= {(column, int(y)) for column in range(int(x), int(end))}
    return dark
