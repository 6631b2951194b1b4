"""Blocks, pictures, list items and tables in the flow, judged by what stands where on the pages."""

from __future__ import annotations

import pytest

from generator.layout.pages import Box
from tests.layout.sheets import lines, pages_of, pictures, texts

LINES = "".join(f"<p>l{n}</p>" for n in range(9))  # a page holds ten
LONG = f"<p>{'<br>'.join('abcdefgh')}</p>"


def boxes(page):
    return [f for f in page.fragments if isinstance(f, Box)]


@pytest.mark.parametrize(("margins", "rtl", "left"), [
    ("0", False, 0), ("0", True, 200), ("0 auto 0 0", True, 0), ("0 0 0 auto", False, 200), ("0 auto", True, 100), ("0 auto", False, 100),
])  # fmt: skip
def test_a_narrow_block_begins_where_its_text_does(margins, rtl, left):
    made = pages_of(f"div {{ width: 100pt; background-color: #eeeeee; margin: {margins} }}", "<div>x</div>", rtl=rtl)
    assert boxes(made.pages[0])[0].x == pytest.approx(left)


@pytest.mark.parametrize(("sizing", "height"), [("border-box", 60), ("content-box", 86)])
@pytest.mark.parametrize("rule", ["height", "min-height"])
def test_a_height_holds_padding_and_borders_as_it_says(sizing, height, rule):
    css = f"div {{ {rule}: 60pt; padding: 10pt 0; border: 3pt solid #000000; box-sizing: {sizing} }}"
    page = pages_of(css, "<div>x</div><p>after</p>").pages[0]
    assert boxes(page)[0].height == pytest.approx(height)
    alone = lines(pages_of("", "<p>after</p>").pages[0])[0]
    assert lines(page)[-1].y - alone.y == pytest.approx(height)


@pytest.mark.parametrize("body", ["<div>x</div>", "<div>x<p>y</p></div>", "<table><tr><td>x</td></tr></table>"])
def test_a_block_paints_its_ground_once(body):
    page = pages_of("div, td { background-color: #eeeeee; padding: 0 }", body).pages[0]
    assert len(boxes(page)) == 1


def test_a_ground_inside_a_line_reaches_round_its_words():
    page = pages_of("b { background-color: #eeeeee }", "<p>a <b>word</b></p>").pages[0]
    (ground,) = boxes(page)
    assert 0 < ground.x < lines(page)[1].x < ground.x + ground.width < 60


@pytest.mark.parametrize(("orphans", "first"), [(1, 10), (2, 9)])
def test_the_first_lines_of_a_paragraph_stay_together(orphans, first):
    """Nine lines, then a long paragraph: one line of it has room below them."""
    made = pages_of(f"body {{ orphans: {orphans}; widows: 2 }}", LINES + LONG)
    assert len(texts(made)[0]) == first


@pytest.mark.parametrize("orphans", [2, 3])
def test_as_many_lines_are_together_as_the_style_asks_for(orphans):
    start = LINES[: LINES.index(f"<p>l{10 - orphans}")]
    made = pages_of(f"body {{ orphans: {orphans}; widows: 1 }}", start + LONG)
    assert len(texts(made)[0]) == 10  # as many as it asks for have room
    more = pages_of(f"body {{ orphans: {orphans}; widows: 1 }}", start + "<p>more</p>" + LONG)
    assert texts(more)[0][-1] == "more"  # and where one fewer has room, all go


@pytest.mark.parametrize(("css", "size"), [("", (100, 200)), ("img { max-height: 50pt }", (25, 50)), ("img { width: 150pt }", (100, 200))])
def test_a_picture_too_tall_keeps_its_proportions(css, size):
    made = pages_of(css, '<img src="a.png" alt="A room">', picture=(120, 240))
    (picture,) = pictures(made.pages[0])
    assert (picture.width, picture.height) == pytest.approx(size)


def test_an_empty_item_keeps_its_number():
    made = pages_of("li { list-style-type: decimal; margin-left: 30pt }", "<ul><li>a</li><li></li><li>c</li></ul>")
    found = {line.text: line.y for line in lines(made.pages[0])}
    assert found.keys() == {"1.", "a", "2.", "3.", "c"}
    assert [found["2."] - found["1."], found["3."] - found["2."]] == pytest.approx([20, 20])


def test_a_rule_may_end_a_page():
    """It stands below the text that it ends, though what follows has no room there."""
    css = "hr { border-top: 1pt solid #000000; margin: 0 } p { margin: 0 }"
    made = pages_of(css, LINES + "<hr><p>a<br>b<br>c<br>d</p>")
    assert [len(boxes(page)) for page in made.pages] == [1, 0]
    assert texts(made)[0][-1] == "l8"


def test_a_heading_in_a_frame_is_tied_to_its_frame():
    css = "div { border: 1pt solid #000000; padding: 12pt 0 } p { margin: 0 }"
    made = pages_of(css, LINES + "<div><p>a</p><p>b</p></div>")
    assert [len(boxes(page)) for page in made.pages] == [0, 1]  # no frame without its first line


# -- tables

CELLS = "td { background-color: #eeeeee; padding: 0; overflow-wrap: anywhere }"


def table(*rows):
    return "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"


@pytest.mark.parametrize("words", ["ab", "a few words more than have room on a line"])
def test_words_too_wide_for_their_columns_use_the_whole_width(words):
    """A column that needs little keeps it; the others share what is left, all of it."""
    made = pages_of(CELLS, table([words, "w" * 60, "m" * 60]))
    narrow, *wide = [box.width for box in boxes(made.pages[0])]
    assert sum((narrow, *wide)) == pytest.approx(300)
    assert narrow < 60
    assert wide[0] == pytest.approx(wide[1])


@pytest.mark.parametrize(("align", "share"), [("top", 0), ("middle", 0.5), ("bottom", 1)])
def test_cells_stand_at_the_height_that_they_ask_for(align, share):
    made = pages_of(f"td {{ vertical-align: {align} }}", table(["<p>one</p>", "<p>a</p><p>b</p><p>c</p><p>d</p>"]))
    found = {line.text: line.y for line in lines(made.pages[0])}
    assert found["one"] - found["a"] == pytest.approx(share * (found["d"] - found["a"]))


@pytest.mark.parametrize(("count", "first"), [(5, 7), (6, 10)])
def test_a_table_of_few_rows_stays_on_one_page(count, first):
    """After seven lines three rows have room."""
    made = pages_of("", LINES[: LINES.index("<p>l7")] + table(*([f"r{n}"] for n in range(count))) + LINES[: LINES.index("<p>l5")])
    assert len(texts(made)[0]) == first
