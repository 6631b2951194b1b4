"""Markdown cut into messages and put together again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.localize.checks import fault, is_copy
from generator.localize.messages import messages_of, with_translations
from tests.projects import ROOT

TEXT = """Opening words
on two lines.

## A heading {.step #one}

- first *item*
- [ ] a task
  with a second line
    1. nested

> quoted words

Term
:   what it means

!!! say "A title"
    Inside the **box**.
{: .card-only }

| Head | Cell \\| bar |
|------|------|
| 12   | text |

![A chair](images/a.png "Sit here")

```
code stays
```
{{ hotline_list() }}
[target]: https://example.org
Hard{two}
break

Underlined
==========

[^1]: A footnote.
""".replace("{two}", "  ")


def test_each_block_is_a_message():
    found = [(m.kind, m.text) for m in messages_of(TEXT.split("\n"))]
    assert found == [
        ("paragraph", "Opening words on two lines."),
        ("heading", "A heading"),
        ("list item", "first *item*"),
        ("list item", "a task with a second line"),
        ("list item", "nested"),
        ("quotation", "quoted words"),
        ("term", "Term"),
        ("definition", "what it means"),
        ("box title", "A title"),
        ("paragraph", "Inside the **box**."),
        ("table cell", "Head"),
        ("table cell", "Cell \\| bar"),
        ("table cell", "text"),
        ("text alternative", "A chair"),
        ("caption", "Sit here"),
        ("paragraph", "Hard\nbreak"),
        ("heading", "Underlined"),
        ("footnote", "A footnote."),
    ]


def test_structure_stays_and_lines_are_known():
    lines = TEXT.split("\n")
    out, origin = with_translations(lines, messages_of(lines), lambda m: m.text.upper())
    text = "\n".join(out)
    for kept in ("## A HEADING {.step #one}", "- [ ] A TASK WITH A SECOND LINE", "    1. NESTED", '!!! say "A TITLE"', "{: .card-only }",
                 "| HEAD | CELL \\| BAR |", '![A CHAIR](images/a.png "SIT HERE")', "code stays", "HARD  \nBREAK"):  # fmt: skip
        assert kept in text
    assert len(out) == len(origin)
    for line, index in zip(out, origin, strict=True):
        if line.startswith("- FIRST"):
            assert lines[index] == "- first *item*"


@pytest.mark.parametrize("path", sorted((ROOT / "content" / "handouts").glob("*.md")), ids=lambda p: p.stem)
def test_the_shipped_text_comes_back_as_it_was(path):
    lines = path.read_text(encoding="utf-8").split("---\n", 2)[2].split("\n")
    out, origin = with_translations(lines, messages_of(lines), lambda m: m.text)
    assert (out, origin) == (lines, list(range(len(lines))))


@given(st.lists(st.sampled_from(["word", "- item", "  more", "", "# Head", "> quote", "| a | b |", "|---|---|", "```", "{{ x }}", "    deep"])))
def test_any_text_keeps_its_words(lines):
    out, origin = with_translations(lines, messages_of(lines), lambda m: m.text)
    assert " ".join(" ".join(out).split()) == " ".join(" ".join(lines).split()) or len(out) < len(lines)
    assert origin == sorted(origin)


@pytest.mark.parametrize(
    ("source", "translation", "word"),
    [
        ("Call {{ hotline('x').phone }} now", "Llame ahora", "placeholder"),
        ("Call {{ phone }} now", "Llame a {{ telefono }} ahora", "placeholder"),
        ("Step %(number)s", "Paso", "placeholder"),
        ("[words](https://a.org) here", "[palabras] aquí", "link"),
        ("[words](https://a.org)", "[palabras](https://b.org)", "link"),
        ("[words](https://a.org)", "palabras", "link"),
        ("a **bold** word", "una palabra **negrita", "**"),
        ("a *soft* word", "una palabra *suave", "*"),
        ("some `code`", "algo de `código", "`"),
        ("<span>x</span>", "<span>x", "tag"),
        ("a note[^1]", "una nota", "footnote"),
        ('[words](https://a.org "Our page")', "[palabras](https://a.org “Nuestra página”)", "quotation marks"),
        ("write to https://a.org", "escriba a https://b.org", "address"),
        ("write to a@b.org.", "escriba a a@b.or.", "address"),
        ("{{ lines(2, 'Why') }}", "{{ lines(2, '**Por qué') }}", "**"),
    ],
)
def test_damage_is_told(source, translation, word):
    found = fault(source, translation)
    assert found is not None
    assert word in found[0]


@pytest.mark.parametrize(
    ("source", "translation"),
    [("a **bold** {{ x }} [l](u)", "[l](u) {{x}} con **negrita**"), ("2 * 3 is six", "2 * 3 son seis"), ("plain", "simple"),
     ('[w](https://a.org/x "Our page")', '[p](https://a.org/x "La página")'), ("See https://a.org/x.", "请看https://a.org/x。"),
     ("Write to a@b.org, please", "اكتب إلى \u2066a@b.org\u2069 من فضلك"), ("e.g. this", "p.ej. esto")],
)
def test_sound_translations_pass(source, translation):
    assert fault(source, translation) is None


def test_a_copy_is_told_from_a_name():
    assert is_copy("Ask one open question.", "Ask one open question.")
    assert not is_copy("NAMI HelpLine", "NAMI HelpLine")
    assert not is_copy("Ask one open question.", "Haga una pregunta abierta.")


KINDS_OF_BLOCKS = """1. first
2. second
   wrapped on

   a second paragraph of it
- one
  - nested two
    more words

        code of the nested item

Para again.

    real indented code one

    real   indented code two

!!! note
    Inside a box.

        code in a box

Term one
Term two
:   Definition of both
    wrapped

    Its second paragraph

Here[^1].

[^1]: Note first
    wrapped.

    Its second paragraph.

text before
> a quotation
> wrapped

<div markdown="1">
Inside *markdown*.
</div>

{% if brand.name %}Conditional.{% endif %}

A | B
---|---
x | `a|b`

- item

  ```
  fence   in item
  ```

  after fence

Setext
------
"""


def as_html(lines):
    from generator.localize.interface import Interface
    from generator.markup import conversion

    html = conversion.converter(Interface("en-US")).convert("\n".join(lines))
    return [part if part.startswith("<pre") else " ".join(part.split()) for part in re.split("(<pre.*?</pre>)", html, flags=re.DOTALL)]


def test_markdown_reads_the_same_blocks_when_each_is_put_back():
    lines = KINDS_OF_BLOCKS.split("\n")
    out, _ = with_translations(lines, messages_of(lines), lambda m: m.text)
    assert as_html(out) == as_html(lines)


def test_no_words_but_code_are_left_out():
    lines = KINDS_OF_BLOCKS.split("\n")
    out, _ = with_translations(lines, messages_of(lines), lambda m: re.sub(r"(`[^`]*`|\{%.*?%\})|[^\W\d_]", lambda x: x[1] or "Ω", m.text))
    left = re.sub(r"(?s:<pre.*?</pre>)|<code.*?</code>|\{%.*?%\}|<[^>]*>", "", " ".join(as_html(out)))
    assert set(re.findall(r"[^\W\d_]{2,}", left)) == {"Note", *re.findall("Ω{2,}", left)}  # the title of a box is a word of the templates


def test_a_name_that_stays_as_it_is_is_no_copy():
    assert not is_copy("Charlotte Counseling Center", "Charlotte Counseling Center")
    assert is_copy("Charlotte counseling center", "Charlotte counseling center")
