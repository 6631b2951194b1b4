"""Booklets, folded: what was written is read back, turned, folded and leafed through."""

from __future__ import annotations

import itertools

import pytest

from generator.errors import PrintError
from generator.papers import PAPERS
from generator.press.place import Job, press
from generator.press.saddle import Folding, fold
from tests.press.paper import MM, cut, folded, pages_of, sides, trim

HALF = PAPERS["half-letter"]
LETTER = PAPERS["letter"]


def booklet(count, page=HALF, sheet=LETTER, **how):
    folding = Folding(**how)
    return press([pages_of(count, *page)], fold(count, page, sheet, folding), Job("A title", folding.duplex))


def expected(count):
    return [*range(1, count), *[0] * (-count % 4), count]


@pytest.mark.parametrize(("duplex", "rtl"), list(itertools.product(("long", "short"), (False, True))))
def test_pages_come_in_order_and_upright(duplex, rtl):
    for count in range(2, 65):
        met = folded(booklet(count, duplex=duplex, rtl=rtl), duplex, [-(-count // 4)], rtl=rtl)
        assert [p.number for p in met] == expected(count), count
        assert all(p.up == (0, 1) for p in met)


@pytest.mark.parametrize("rtl", [False, True])
def test_a_page_is_read_from_its_own_side(rtl):
    """Seen from its own side no page is mirrored: fronts as they are, backs mirrored through the paper."""
    met = folded(booklet(16, rtl=rtl), "short", [4], rtl=rtl)
    assert {p.right for p in met} == {(1, 0), (-1, 0)}
    for side in sides(booklet(16, rtl=rtl)):
        assert all(p.right[0] == p.up[1] for p in side.printed)


def test_the_spine_is_on_the_right_for_languages_that_run_to_the_left():
    first = sides(booklet(8, rtl=True))[0]
    cover = next(p for p in first.printed if p.number == 1)
    assert cover.x < first.width / 2
    cover = next(p for p in sides(booklet(8))[0].printed if p.number == 1)
    assert cover.x > first.width / 2


@pytest.mark.parametrize(("count", "limit", "stacks"), [(64, 4, [4, 4, 4, 4]), (40, 4, [4, 3, 3]), (21, 2, [2, 2, 2]), (16, 1, [1] * 4)])
@pytest.mark.parametrize("rtl", [False, True])
def test_signatures(count, limit, stacks, rtl):
    met = folded(booklet(count, signature=limit, rtl=rtl), "short", stacks, rtl=rtl)
    assert [p.number for p in met] == expected(count)


@pytest.mark.parametrize(("page", "sheet"), [("half-letter", "letter"), ("a5", "a4"), ("letter", "tabloid"), ("a4", "a3")])
def test_papers(page, sheet):
    data = booklet(12, PAPERS[page], PAPERS[sheet])
    for side in sides(data):
        assert (side.width, side.height) == pytest.approx((PAPERS[sheet][1], PAPERS[sheet][0]), abs=0.01)
    _, _, width, height = trim(data)
    assert (width, height) == pytest.approx((2 * PAPERS[page][0], PAPERS[page][1]), abs=0.6)


@pytest.mark.parametrize(("duplex", "rtl"), list(itertools.product(("long", "short"), (False, True))))
def test_creep_follows_its_formula(duplex, rtl):
    """A sheet with n sheets around it: n thicknesses towards the fold, to a hundredth of a millimetre."""
    thickness, count = 0.11, 48
    met = folded(booklet(count, duplex=duplex, rtl=rtl, thickness=thickness), duplex, [12], rtl=rtl)
    for at, page in enumerate(met):
        nest = min(at, count - 1 - at) // 2
        to_the_fold = 396 - abs(page.x - 396)  # from the page's middle to the outer edge of the paper
        assert to_the_fold - 198 == pytest.approx(nest * thickness * MM, abs=0.01 * MM), at


def test_a_moved_page_does_not_run_over_the_fold():
    source = pages_of(64, *HALF, ground=True)
    data = press([source], fold(64, HALF, LETTER, Folding(thickness=0.1)), Job("A title", "short"))
    innermost = cut(data, 2 * 15, (0, 0, 792, 612))
    at_the_fold = [innermost.getpixel((x, 600)) for x in (786, 790, 793, 797)]
    assert at_the_fold[0] == at_the_fold[1] != at_the_fold[2] == at_the_fold[3]


@pytest.mark.parametrize("duplex", ["long", "short"])
def test_pages_look_as_they_did(duplex):
    source = pages_of(8, *HALF)
    data = press([source], fold(8, HALF, LETTER, Folding(duplex=duplex)), Job("A title", duplex))
    front, back = sides(data)[:2]
    for at, side in enumerate((front, back)):
        for page in side.printed:
            placed = cut(data, at, (page.x - 198, page.y - 306, 396, 612))
            if page.up == (0, -1):
                placed = placed.rotate(180)
            assert placed.tobytes() == cut(source, page.number - 1, (0, 0, 396, 612)).tobytes()


def test_on_a_larger_sheet_there_are_marks_around_the_trim_and_none_in_it():
    source = pages_of(4, *HALF)
    data = press([source], fold(4, HALF, PAPERS["tabloid"], Folding()), Job("A title"))
    left, bottom, width, height = trim(data)
    assert cut(data, 0, (left - 20, bottom + height, 40, 20)).convert("L").getextrema()[0] < 160
    assert cut(data, 0, (left + width / 2 - 4, bottom + height, 8, 20)).convert("L").getextrema()[0] < 160
    assert cut(data, 0, (left + 396, bottom, 396, 612)).tobytes() == cut(source, 0, (0, 0, 396, 612)).tobytes()


@pytest.mark.parametrize(
    ("count", "how", "words"),
    [
        (0, {}, "no pages to fold"),
        (96, {}, "too many to fold"),
        (16, {"signature": 30}, "cannot be folded together"),
        (64, {"thickness": 0.3}, "margin is gone"),
        (64, {"thickness": 9.0}, "cannot be folded"),
    ],
)
def test_bad_plans(count, how, words):
    with pytest.raises(PrintError, match=words) as caught:
        fold(count, HALF, LETTER, Folding(**how))
    assert caught.value.hint


def test_the_hint_about_thickness_holds():
    with pytest.raises(PrintError) as caught:
        fold(64, HALF, LETTER, Folding(thickness=0.3))
    limit = int(caught.value.hint.split("--signature ")[1].split()[0])
    assert fold(64, HALF, LETTER, Folding(thickness=0.3, signature=limit))


def test_a_size_that_does_not_fit():
    with pytest.raises(PrintError, match="do not fit a sheet of 297 x 210 mm"):
        fold(8, HALF, PAPERS["a4"], Folding())


def test_a_page_of_another_size_is_refused():
    with pytest.raises(PrintError, match="page 4 is 148 x 210 mm"):
        press([pages_of(4, *PAPERS["a5"])], fold(4, HALF, LETTER, Folding()), Job("A title"))
