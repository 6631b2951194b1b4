"""What stands in what: lists, quotations, tables, fences, headings and boxes, as CommonMark and GitHub read them."""

from __future__ import annotations

import re

import pytest

from tests.markup.test_markup import convert

__all__ = ["convert"]

HEAD = "<thead><tr><th>a</th><th>b</th></tr></thead>"
TABLE = f"<table>{HEAD}<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"


def plain(html):
    """HTML without the space between tags, which nobody sees."""
    return re.sub(r"\s*\n\s*(?=<)|(?<=>)\s*\n\s*", "", html)


@pytest.mark.parametrize(("text", "wanted"), [
    ("- a\n\n- b\n- c", "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ul>"),
    ("- a\n- b\n\n- c", "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ul>"),
    ("- a\n- b\n- c\n\n  more", "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p><p>more</p></li></ul>"),
    ("1. a\n2. b\n   - x\n   - y\n\n3. c", "<ol><li><p>a</p></li><li><p>b</p><ul><li>x</li><li>y</li></ul></li><li><p>c</p></li></ol>"),
    ("> - a\n> - b\n>\n> - c", "<blockquote><ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ul></blockquote>"),
    ("- a\n- b\n\ntext\n\n- c\n- d", "<ul><li>a</li><li>b</li></ul><p>text</p><ul><li>c</li><li>d</li></ul>"),
    ("- a\n- b\n\n1. c\n2. d\n\n3. e", "<ul><li>a</li><li>b</li></ul><ol><li><p>c</p></li><li><p>d</p></li><li><p>e</p></li></ol>"),
    ("- a\n\n  more\n- b", "<ul><li><p>a</p><p>more</p></li><li><p>b</p></li></ul>"),
    ("1. a\n\n   more\n2. b", "<ol><li><p>a</p><p>more</p></li><li><p>b</p></li></ol>"),
    ("1. a\n\n  two columns\n2. b", "<ol><li><p>a</p><p>two columns</p></li><li><p>b</p></li></ol>"),
    ("- a\n  - x\n\n  after\n- b", "<ul><li><p>a</p><ul><li>x</li></ul><p>after</p></li><li><p>b</p></li></ul>"),
    ("- a\n  - x\n\n- b", "<ul><li><p>a</p><ul><li>x</li></ul></li><li><p>b</p></li></ul>"),
    ("- a\n\ntext\n\n- b", "<ul><li>a</li></ul><p>text</p><ul><li>b</li></ul>"),
    ("- a\n  b\n  c\n- d", "<ul><li>a b c</li><li>d</li></ul>"),
    ("- a\nlazy\n- b", "<ul><li>a lazy</li><li>b</li></ul>"),
    ("- a\n  - b\nlazy", "<ul><li>a<ul><li>b lazy</li></ul></li></ul>"),
])  # fmt: skip
def test_items_and_their_paragraphs(convert, text, wanted):
    assert re.sub(r"\s+", " ", plain(convert(text))) == wanted


@pytest.mark.parametrize(("text", "wanted"), [
    ("1. a\n  - x\n  - y\n2. b", "<ol><li>a<ul><li>x</li><li>y</li></ul></li><li>b</li></ol>"),
    ("1. a\n    - x\n2. b", "<ol><li>a<ul><li>x</li></ul></li><li>b</li></ol>"),
    ("- a\n  1. x\n  2. y\n- b", "<ul><li>a<ol><li>x</li><li>y</li></ol></li><li>b</li></ul>"),
    ("- a\n  - b\n    - c\n      - d\n- e", "<ul><li>a<ul><li>b<ul><li>c<ul><li>d</li></ul></li></ul></li></ul></li><li>e</li></ul>"),
    ("  - a\n  - b\n    - c\n  - d", "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>"),
    ("   1. a\n   2. b\n3. c", "<ol><li>a</li><li>b</li><li>c</li></ol>"),
    ("- a\n\n  1. x\n     - y\n- b", "<ul><li><p>a</p><ol><li>x<ul><li>y</li></ul></li></ol></li><li><p>b</p></li></ul>"),
    ("- - a\n  - b\n- c", "<ul><li><ul><li>a</li><li>b</li></ul></li><li>c</li></ul>"),
    ("1. x\n2. y\n- a", "<ol><li>x</li><li>y</li></ol><ul><li>a</li></ul>"),
    ("- a\n- b\n1. x\n2. y", "<ul><li>a</li><li>b</li></ul><ol><li>x</li><li>y</li></ol>"),
    ("1) a\n   - x\n2) b", "<ol><li>a<ul><li>x</li></ul></li><li>b</li></ol>"),
    ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
    ("- a\n-\n- b", "<ul><li>a</li><li></li><li>b</li></ul>"),
    ("1. a\n2.\n3. b", "<ol><li>a</li><li></li><li>b</li></ol>"),
    ("1. **Bold.** Text\n2. [link](https://x.org)\n3. `code`",
     '<ol><li><strong>Bold.</strong> Text</li><li><a href="https://x.org">link</a></li><li><code>code</code></li></ol>'),
    ("- **a**\n  - x\n- *b*", "<ul><li><strong>a</strong><ul><li>x</li></ul></li><li><em>b</em></li></ul>"),
    ("The year\n1990. It was", "<p>The year\n1990. It was</p>"),
])  # fmt: skip
def test_lists_in_lists(convert, text, wanted):
    assert plain(convert(text)) == wanted


@pytest.mark.parametrize(("text", "wanted"), [
    ("> - a\n>\n>   more\n> - b", "<blockquote><ul><li><p>a</p><p>more</p></li><li><p>b</p></li></ul></blockquote>"),
    ("> 1. a\n>\n>    ```\n>    x\n>    ```\n> 2. b",
     "<blockquote><ol><li><p>a</p><pre><code>x</code></pre></li><li><p>b</p></li></ol></blockquote>"),
    ("> 1. a\n>    - x\n> 2. b", "<blockquote><ol><li>a<ul><li>x</li></ul></li><li>b</li></ol></blockquote>"),
    ("> a\nlazy", "<blockquote><p>a\nlazy</p></blockquote>"),
    ("> a\n\nb", "<blockquote><p>a</p></blockquote><p>b</p>"),
    ("> a\n- b", "<blockquote><p>a</p></blockquote><ul><li>b</li></ul>"),
    ("> a\n# h", "<blockquote><p>a</p></blockquote><h1>h</h1>"),
    ("> > deep\n>\n> less", "<blockquote><blockquote><p>deep</p></blockquote><p>less</p></blockquote>"),
    ("- > q\n  >\n  > r\n- b", "<ul><li><blockquote><p>q</p><p>r</p></blockquote></li><li><p>b</p></li></ul>"),
    ("- a\n\n  > q\n\n- b", "<ul><li><p>a</p><blockquote><p>q</p></blockquote></li><li><p>b</p></li></ul>"),
    ("> | a | b |\n> | --- | --- |\n> | 1 | 2 |", f"<blockquote>{TABLE}</blockquote>"),
    ("> ```\n> - x\n>\n>   y\n> ```\nafter", "<blockquote><pre><code>- x\n\n  y</code></pre></blockquote><p>after</p>"),
    ("> Text\n> ---\n> more", "<blockquote><h2>Text</h2><p>more</p></blockquote>"),
])  # fmt: skip
def test_quotations(convert, text, wanted):
    assert plain(convert(text)) == wanted


@pytest.mark.parametrize(("text", "wanted"), [
    ("text\n| a | b |\n| --- | --- |\n| 1 | 2 |", f"<p>text</p>{TABLE}"),
    ("- x\n\n  | a | b |\n  | --- | --- |\n  | 1 | 2 |\n- c", f"<ul><li><p>x</p>{TABLE}</li><li><p>c</p></li></ul>"),
    ("- | a | b |\n  | --- | --- |\n  | 1 | 2 |", f"<ul><li>{TABLE}</li></ul>"),
    ("| a | b |\n| --- | --- |\n| 1 | 2 |\n- c", f"{TABLE}<ul><li>c</li></ul>"),
    ("| a | b |\n| --- | --- |\n| 1 | 2 |\n> c", f"{TABLE}<blockquote><p>c</p></blockquote>"),
    ("| a | b |\n| --- | --- |\n| 1 | 2 |\n## c", f"{TABLE}<h2>c</h2>"),
    ("a | b\n- | -\n1 | 2", TABLE),
])  # fmt: skip
def test_tables(convert, text, wanted):
    assert plain(convert(text)) == wanted


@pytest.mark.parametrize(("text", "wanted"), [
    ("- a\n\n  ```\n  x\n    y\n  ```\n- b", "<ul><li><p>a</p><pre><code>x\n  y</code></pre></li><li><p>b</p></li></ul>"),
    ("- ```\n  x\n  ```", "<ul><li><pre><code>x</code></pre></li></ul>"),
    ("- a\n  ```\n  - x\n\n  # y\n  ```", "<ul><li>a<pre><code>- x\n\n# y</code></pre></li></ul>"),
    ("```python title=x linenos\n- a\n```", '<pre><code class="language-python">- a</code></pre>'),
    ("~~~\n```\n~~~", "<pre><code>```</code></pre>"),
    ("```bash\nx\n````\n\ntext", '<pre><code class="language-bash">x</code></pre><p>text</p>'),
    ("~~~\nx\n~~~~~\ntext", "<pre><code>x</code></pre><p>text</p>"),
    ("text\n```\nx\n```\ntext", "<p>text</p><pre><code>x</code></pre><p>text</p>"),
    ("text\n\n    x\n    y\n\n    z", "<p>text</p><pre><code>x\ny\n\nz</code></pre>"),
    ("text\n    not code", "<p>text\n    not code</p>"),
    ("- a\n\n      x\n- b", "<ul><li><p>a</p><pre><code>x</code></pre></li><li><p>b</p></li></ul>"),
    ("1. a\n\n       x\n2. b", "<ol><li><p>a</p><pre><code>x</code></pre></li><li><p>b</p></li></ol>"),
    ("<pre>\n- a\n  - b\n\n# no\n</pre>\n\ntext", "<pre>- a\n  - b\n\n# no</pre><p>text</p>"),
])  # fmt: skip
def test_code(convert, text, wanted):
    assert plain(convert(text)).replace("\n</code>", "</code>") == wanted


@pytest.mark.parametrize(("text", "wanted"), [
    ("Text\n====\nmore", "<h1>Text</h1><p>more</p>"),
    ("  Text\n   ====\nmore", "<h1>Text</h1><p>more</p>"),
    ("Text\n ---\nmore", "<h2>Text</h2><p>more</p>"),
    (" ### H\n   # I #\n    # no", "<h3>H</h3><h1>I</h1><pre><code># no</code></pre>"),
    ("- Text\n  ---\n- b", "<ul><li><h2>Text</h2></li><li>b</li></ul>"),
    ("- a\n\n  Text\n  ===\n\n  more", "<ul><li><p>a</p><h1>Text</h1><p>more</p></li></ul>"),
    ("- a\n---\nb", "<ul><li>a</li></ul><hr><p>b</p>"),
    ("- a\n***\n- b", "<ul><li>a</li></ul><hr><ul><li>b</li></ul>"),
    ("> Text\n---", "<blockquote><p>Text</p></blockquote><hr>"),
    ("- # h\n- b", "<ul><li><h1>h</h1></li><li>b</li></ul>"),
    ("- a\\\n  b\n- c", "<ul><li>a<br>b</li><li>c</li></ul>"),
    ("a\\\\\nb\\", "<p>a\\\nb\\</p>"),
])  # fmt: skip
def test_headings_rules_and_line_breaks(convert, text, wanted):
    assert plain(convert(text)) == wanted


@pytest.mark.parametrize(("text", "wanted"), [
    ("!!! note\n    - a\n      - b\n    - c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
    ("!!! note\n    1. a\n\n       more\n    2. b", "<ol><li><p>a</p><p>more</p></li><li><p>b</p></li></ol>"),
    ("!!! note\n    text\n    | a | b |\n    | --- | --- |\n    | 1 | 2 |", f"<p>text</p>{TABLE}"),
    ("!!! note\n    > q\n    > r", "<blockquote><p>q\nr</p></blockquote>"),
    ("!!! note\n    ```\n    - x\n    ```\n    text", "<pre><code>- x</code></pre><p>text</p>"),
    ("!!! note\n    - a\n\n    Text", "<ul><li>a</li></ul><p>Text</p>"),
])  # fmt: skip
def test_boxes(convert, text, wanted):
    made = plain(convert(text + "\n\nafter")).replace("\n</code>", "</code>")
    inside, _, after = made.rpartition("</div>") if "</div>" in made else made.rpartition("</aside>")
    assert wanted in inside
    assert after.endswith("<p>after</p>")


@pytest.mark.parametrize(("text", "wanted"), [
    ("Term\n:   What it is\n\n    - a\n      - b", "<dl><dt>Term</dt><dd><p>What it is</p><ul><li>a<ul><li>b</li></ul></li></ul></dd></dl>"),
    ("Term\n: One\n: Two", "<dl><dt>Term</dt><dd>One</dd><dd>Two</dd></dl>"),
])  # fmt: skip
def test_definitions(convert, text, wanted):
    assert plain(convert(text)) == wanted


def test_a_footnote_holds_a_list(convert):
    made = plain(convert("Text[^1]\n\n[^1]: Note\n\n    - a\n      - b\n\nafter"))
    assert "<p>after</p>" in made
    assert "<p>Note</p><ul><li>a<ul><li>b</li></ul></li></ul>" in made.split("after")[1]


@pytest.mark.parametrize("head", ["!!! note\n    Note", "Text[^1]\n\n[^1]: Note\n    more", "!!! note\n    - Note"])
def test_what_stands_right_below_a_box_or_a_note_is_not_in_it(convert, head):
    made = plain(convert(head + "\nbelow"))
    assert re.search(r"(^|</p>|</div>|</aside>)<p>below</p>", made)
    assert not re.search(r"Note[^<]*below", made)
