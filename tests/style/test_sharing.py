"""Elements share a computed style only where every selector answers alike for them."""

from __future__ import annotations

import pytest
from lxml import html

from generator.style.cascade import Cascade
from generator.style.stylesheet import parse_stylesheet
from tests.style.test_cascade import find, style


def colours(tree):
    """Give the colour of every element below <body>, in order."""
    out = []

    def walk(node):
        for child in node.children:
            if not isinstance(child, str):
                out.append((child.tag, child.style.color))
                walk(child)

    walk(find(tree, "body"))
    return out


@pytest.mark.parametrize(("selector", "body", "hit"), [
    ("h2 ~ p", "<div><p>a</p><p>b</p></div><div><p>a</p><p>b</p></div><div><h2>h</h2><p>a</p><p>b</p></div>", [4, 5]),
    ("h2 ~ p", "<p>a</p><p>b</p><p>c</p><h2>h</h2><p>d</p><p>e</p><p>f</p>", [3, 4, 5]),
    ("h2 + p + p", "<p>a</p><p>b</p><h2>h</h2><p>c</p><p>d</p><p>e</p>", [3]),
    (".x ~ ul li", "<ul><li>a</li></ul><ul><li>b</li></ul><p class='x'></p><ul><li>c</li></ul>", None),
])  # fmt: skip
def test_what_stands_before_tells_elements_apart(selector, body, hit):
    _, tree = style(f"* {{ color: #111111 }} {selector} {{ color: #ff0000 }}", body)
    tag = selector.split()[-1]
    found = [number for number, (_, colour) in enumerate(c for c in colours(tree) if c[0] == tag) if colour == (1, 0, 0)]
    assert found == ([2] if hit is None else hit)


LINKS = ('<p><a href="https://a.org">1</a> <a href="#one">2</a> <a href="#two">3</a> <a href="mailto:a@b.org">4</a> <a>5</a> '
         '<a href="http">6</a> <a href="">7</a></p>')  # fmt: skip


@pytest.mark.parametrize(("selector", "hits", "styles"), [
    ('a[href^="http"]', {1, 6}, 2), ('a[href^="http"], a[href^="mailto:"]', {1, 4, 6}, 3), ('a[href^="#o"]', {2}, 2), ('a[href^=""]', set(), 2),
    ("a[href]", {1, 2, 3, 4, 6, 7}, 7), ('a[href="#two"]', {3}, 7), ('a[href^="#"][href$="e"]', {2}, 7), ('a[href^="HTTP" i]', {1, 6}, 7),
])  # fmt: skip
def test_links_are_told_apart_by_what_selectors_ask_of_them(selector, hits, styles):
    _, tree = style(f"a {{ color: #111111 }} {selector} {{ color: #ff0000 }}", LINKS)
    links = [node for node in find(tree, "p").children if not isinstance(node, str)]
    assert {number for number, link in enumerate(links, 1) if link.style.color == (1, 0, 0)} == hits
    assert len({id(link.style) for link in links}) == styles


BODY = ('<div lang="fr"><p>a <a href="tel:1">b</a> <a>c</a></p><p></p><p><b title="t">d</b> <b>e</b></p>'
        '<input type="checkbox"><input type="text"></div>'
        '<div><p>a <a href="#x">b</a></p><p> </p><p><b title="u">d</b><b class="k">e</b></p></div>')  # fmt: skip


@pytest.mark.parametrize("selector", [
    "p:empty", "p:not(:empty)", "* + p:not(:empty)", "a:link", "a:any-link", ":enabled", ":lang(fr)", "a[ href ]", "b[ title = 't' ]",
    "b:not([ title ])", "b[title^='T' i]", "b[title$='t']", "a[href^='tel']", "a[href^='#'], a[href]", "p:first-child", "p:last-child b",
    "b:only-child", ":root p", "p:is(:empty)", "p:nth-child(2)", "b + b", "p ~ p", ".k", "input[type='text']", "p > :first-child",
])  # fmt: skip
def test_shared_styles_are_the_same_as_styles_of_ones_own(selector):
    css = f"p, a, b, input {{ color: #111111 }} {selector} {{ color: #ff0000; margin-top: 7pt }}"
    cascade, tree = style(css, BODY)
    alone = Cascade(parse_stylesheet(css, "x.css"), {})
    alone.discriminators.unshared.add("nothing is shared")
    assert colours(tree) == colours(alone.style_tree(html.document_fromstring(f"<html><body>{BODY}</body></html>")))
    assert cascade.style_tree(html.document_fromstring("<html><body><p></p><a>x</a><b>y</b></body></html>"))  # what is kept of another page
    assert colours(cascade.style_tree(html.document_fromstring(f"<html><body>{BODY}</body></html>"))) == colours(tree)
