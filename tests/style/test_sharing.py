"""Elements share a computed style only where every selector answers alike for them."""

from __future__ import annotations

import pytest

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
