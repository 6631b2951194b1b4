"""The cascade: specificity, inheritance, custom properties, logical sides, shared styles."""

from __future__ import annotations

import pytest
from lxml import html

from generator.errors import TemplateError
from generator.style.cascade import Cascade
from generator.style.page_style import page_style
from generator.style.stylesheet import parse_stylesheet


def style(css, body, properties=None):
    cascade = Cascade(parse_stylesheet(css, "x.css"), properties or {})
    return cascade, cascade.style_tree(html.document_fromstring(f"<html><body>{body}</body></html>"))


def find(node, tag):
    if node.tag == tag:
        return node
    return next((f for c in node.children if not isinstance(c, str) and (f := find(c, tag))), None)


def test_specificity_and_order():
    _, tree = style(".a { color: #ff0000 } p { color: #0000ff } p { margin: 1pt 2pt }", '<p class="a">x</p>')
    made = find(tree, "p").style
    assert made.color == (1, 0, 0)
    assert made.margins == (1.0, 2.0, 1.0, 2.0)


def test_inheritance_and_units():
    _, tree = style(
        "body { font-size: 10pt; line-height: 1.5 } div { font-size: 2em } p { margin-top: 1em; width: 50% }",
        "<div><p>x</p></div>",
    )
    made = find(tree, "p").style
    assert made.font_size == 20.0
    assert made.leading == 30.0
    assert made.margin_top == 20.0
    assert made.width.share == 0.5


def test_custom_properties_and_brand():
    _, tree = style(":root { --c: #000000 } p { color: var(--c); padding: var(--p, 3pt) }", "<p>x</p>", {"--c": "#ff0000"})
    made = find(tree, "p").style
    assert made.color == (1, 0, 0)
    assert made.paddings == (3.0,) * 4


def test_logical_sides_follow_the_direction():
    css = "p { margin-inline-start: 5pt; border-inline-end: 2pt solid #000000 }"
    _, tree = style(css, '<p>x</p><div dir="rtl"><p>y</p></div>')
    right, left = find(tree, "p").style, find(find(tree, "div"), "p").style
    assert (right.margin_left, right.borders) == (5.0, (0.0, 2.0, 0.0, 0.0))
    assert (left.margin_right, left.borders) == (5.0, (0.0, 0.0, 0.0, 2.0))


def test_like_elements_share_a_style_and_others_do_not():
    _, tree = style(
        "p { color: #111111 } p + p { color: #222222 } p:last-child { color: #333333 }", "<p>a</p><p>b</p><p>c</p><p>d</p>"
    )
    styles = [c.style for c in find(tree, "body").children]
    assert styles[1] is styles[2]
    assert len({s.color for s in styles}) == 3


def test_nth_child_is_not_shared_wrongly():
    _, tree = style("p { color: #111111 } p:nth-child(2) { color: #222222 }", "<p>a</p><p>b</p><p>c</p>")
    assert len({c.style.color for c in find(tree, "body").children}) == 2


def test_pages():
    css = "@page { size: 5in 8in; margin: 1in; @bottom-center { content: counter(page) } } @page cover { margin: 0; @bottom-center { content: none } }"  # noqa: E501
    cascade, tree = style(css, "")
    plain, cover = page_style(cascade, tree.style, ""), page_style(cascade, tree.style, "cover")
    assert (plain.width, plain.content_height) == (360.0, 432.0)
    assert set(plain.boxes) == {"bottom-center"}
    assert (cover.content_width, cover.boxes) == (360.0, {})


@pytest.mark.parametrize("css", ["p { float: left }", "p { color: rgba(0,0,0,.5) }", "p { width: -3pt }", "p::first-line { color: red }",
                                 "@page { color: red }", "@page :first { margin: 0 }", "p { color red }"])  # fmt: skip
def test_outside_the_subset(css):
    with pytest.raises(TemplateError) as caught:
        parse_stylesheet(css, "x.css")
    assert caught.value.position.file == "x.css"
    assert caught.value.position.line == 1


def test_important_declarations_count_last():
    css = "p { color: #ff0000 !important; margin-top: 1pt !important } .a { color: #0000ff; margin-top: 2pt !important }"
    _, tree = style(css, '<p class="a">x</p>')
    made = find(tree, "p").style
    assert made.color == (1, 0, 0)
    assert made.margin_top == 2.0
