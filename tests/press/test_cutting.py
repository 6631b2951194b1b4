"""Sheets of cards, cut at their trim: fronts, what is behind them, marks, bleed."""

from __future__ import annotations

import itertools

import pytest

from generator.errors import PrintError
from generator.papers import PAPERS
from generator.press.place import Job, bleed_of, press
from generator.press.sheet_plan import Card, grid, plan
from tests.press.paper import MM, behind_area, cut, pages_of, sides, trim, turned_over

SIZES = {
    ("card-3.5x2", "letter"): 10, ("card-3x5", "letter"): 4, ("card-4x6", "letter"): 2, ("half-letter", "letter"): 2,
    ("card-85x55", "a4"): 10, ("a6", "a4"): 4, ("a5", "a4"): 2, ("card-3.5x2", "tabloid"): 20, ("a6", "a3"): 8, ("letter", "letter"): 1,
}  # fmt: skip


def areas(data, page, card, gutter=0.0):
    """The cards of a side from its TrimBox, from the top left."""
    left, bottom, width, height = trim(data, page)
    columns, rows = round((width + gutter) / (card[0] + gutter)), round((height + gutter) / (card[1] + gutter))
    return [
        (left + column * (card[0] + gutter), bottom + (rows - 1 - row) * (card[1] + gutter), *card)
        for row in range(rows)
        for column in range(columns)
    ]


def deck(count, size, sheet, duplex="long", gutter=0.0, bleed=0.0):
    """Fronts are pages 1 to count, each with its own back behind it."""
    source = pages_of(2 * count, *PAPERS[size], bleed)
    cards = [Card(((0, at),), ((0, count + at),)) for at in range(count)]
    found = grid(PAPERS[size], PAPERS[sheet], gutter, bleed)
    return source, press([source], plan(cards, found, duplex), Job("Cards", duplex)), found


@pytest.mark.parametrize(("sizes", "count"), list(SIZES.items()))
def test_as_many_as_fit(sizes, count):
    card, sheet = sizes
    assert grid(PAPERS[card], PAPERS[sheet]).holds == count


@pytest.mark.parametrize(("sizes", "duplex"), list(itertools.product(SIZES, ("long", "short"))))
def test_each_card_is_whole_and_has_its_back_behind_it(sizes, duplex):
    size, sheet = sizes
    card = PAPERS[size]
    source, data, found = deck(SIZES[sizes], size, sheet, duplex)
    turned = (found.width, found.height)
    whole = (0, 0, *card)
    for at, area in enumerate(areas(data, 0, card)):
        assert cut(data, 0, area).tobytes() == cut(source, at, whole).tobytes(), at
        back = turned_over(cut(data, 1, behind_area(area, turned, duplex)), turned, duplex)
        assert back.tobytes() == cut(source, SIZES[sizes] + at, whole).tobytes()


def ink_outside(data, page, card, gutter, bleed, sheet):
    """The darkest grey in the margins and the gutters: marks, or none."""
    picture = cut(data, page, (0, 0, *sheet))
    for x, y, width, height in areas(data, page, card, gutter):
        box = (x - bleed, sheet[1] - y - height - bleed, x + width + bleed, sheet[1] - y + bleed)
        picture.paste((255, 255, 255), tuple(round(v * 2) for v in box))
    return picture


@pytest.mark.parametrize("size", ["card-3.5x2", "card-3x5", "card-4x6"])
@pytest.mark.parametrize("gutter", [0.0, 6 * MM])
def test_marks_stand_outside_every_card_at_every_cut(size, gutter):
    card = PAPERS[size]
    _, data, found = deck(1, size, "letter", gutter=gutter)
    sheet = (found.width, found.height)
    picture = ink_outside(data, 0, card, gutter, 0, sheet).convert("L")
    block = found.block
    for x, _, width, _ in areas(data, 0, card, gutter):
        for edge in (x, x + width):
            above = (round(edge * 2) - 2, round((sheet[1] - block.y - block.height - 12) * 2))
            assert picture.crop((*above, above[0] + 4, above[1] + 4)).getextrema()[0] < 128, edge
    inside = picture.crop(tuple(round(v * 2) for v in (block.x, sheet[1] - block.y - block.height, block.x + block.width, sheet[1] - block.y)))
    assert inside.getextrema()[0] == 255  # no mark runs between the cards
    assert picture.crop((0, 0, picture.width, 24)).getextrema()[0] == 255  # nor where printers do not print


@pytest.mark.parametrize("duplex", ["long", "short"])
def test_bleed(duplex):
    bleed = 9.0
    size = PAPERS["card-3.5x2"]
    source, data, found = deck(4, "card-3.5x2", "letter", duplex, bleed=bleed)
    assert bleed_of(source) == pytest.approx(bleed, abs=0.01)
    for page in (0, 1):
        trimmed, bled = trim(data, page), trim(data, page, "bleedbox")
        assert bled == pytest.approx((trimmed[0] - bleed, trimmed[1] - bleed, trimmed[2] + 2 * bleed, trimmed[3] + 2 * bleed), abs=0.01)
    for at, area in enumerate(areas(data, 0, size, 2 * bleed)[:4]):
        assert cut(data, 0, area).tobytes() == cut(source, at, (0, 0, *size)).tobytes()
        beyond = cut(data, 0, (area[0] - bleed + 0.5, area[1], bleed - 1, area[3]))
        assert len(beyond.getcolors()) == 1
        assert beyond.getpixel((0, 0)) != (255, 255, 255)
    marks = ink_outside(data, 0, size, 2 * bleed, bleed, (found.width, found.height)).convert("L")
    assert marks.getextrema()[0] < 128


def test_a_card_without_a_bleed_box_is_refused():
    source = pages_of(2, *PAPERS["card-3.5x2"])
    sheets = plan([Card(((0, 0),))], grid(PAPERS["card-3.5x2"], PAPERS["letter"], bleed=3 * MM), "long")
    with pytest.raises(PrintError, match="no bleed box, and 3 mm are asked for"):
        press([source], sheets, Job("Cards"))


@pytest.mark.parametrize(("card", "sheet", "gutter"), [("letter", "a4", 0.0), ("a4", "letter", 0.0), ("a3", "a4", 0.0)])
def test_a_card_that_does_not_fit(card, sheet, gutter):
    with pytest.raises(PrintError, match="does not fit a sheet"):
        grid(PAPERS[card], PAPERS[sheet], gutter)


def test_copies_are_placed_and_not_drawn_again():
    source = pages_of(2, *PAPERS["card-3.5x2"])
    cards = [Card(((0, 0),), ((0, 1),))]
    found = grid(PAPERS["card-3.5x2"], PAPERS["letter"])
    one, many = (len(press([source], plan(cards * n, found, "long"), Job("Cards", "long"))) for n in (1, 10))
    assert many < one + 600
    data = press([source], plan(cards * 25, found, "long"), Job("Cards", "long"))
    assert sum(len(side.printed) for side in sides(data)[::2]) == 25
    assert len(sides(data)) == 6


def test_a_wallet_card_folds_to_its_panel():
    """Eight panels: four down the front, four behind them, marks to fold at between."""
    source = pages_of(8, *PAPERS["card-3.5x2"])
    width, height = PAPERS["card-3.5x2"]
    found = grid((width, 4 * height), PAPERS["letter"])
    card = Card(tuple((0, at) for at in range(4)), tuple((0, at) for at in range(4, 8)))
    data = press([source], plan([card], found, "long"), Job("Wallet", "long"))
    left, bottom, _, high = trim(data)
    for at in range(4):
        area = (left, bottom + high - (at + 1) * height, width, height)
        assert cut(data, 0, area).tobytes() == cut(source, at, (0, 0, width, height)).tobytes()
        back = behind_area(area, (612, 792), "long")
        assert cut(data, 1, back).tobytes() == cut(source, 4 + at, (0, 0, width, height)).tobytes()
    fold = cut(data, 0, (left - 15, bottom + height - 1, 12, 2)).convert("L")
    assert fold.getextrema()[0] < 160
