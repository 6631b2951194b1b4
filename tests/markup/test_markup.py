"""Markdown habits, line marks, quotation marks and what never breaks."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from generator.localize.interface import Interface
from generator.markup.conversion import converter
from generator.markup.habits import normalise
from generator.markup.lines import add_marks, strip_marks
from generator.markup.unbroken import Unbroken
from generator.project.records import Hotline
from tests.projects import ROOT

DAY = date(2025, 3, 8)


@pytest.fixture(scope="module")
def convert():
    md = converter(Interface("en-US"))

    def run(text: str) -> str:
        md.reset()
        return strip_marks(md.convert(text))

    return run


@pytest.mark.parametrize(("text", "wanted"), [
    ("Para\n- a\n- b", "<p>Para</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("- a\n  - b\n    - c", "<ul>\n<li>a<ul>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n</ul>"),
    ("1) a\n2) b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
    ("~~gone~~", "<p><del>gone</del></p>"),
    ("See https://example.org/x.", '<p>See <a href="https://example.org/x">https://example.org/x</a>.</p>'),
    ("in 1990 - a year", "<p>in 1990 - a year</p>"),
])  # fmt: skip
def test_habits(convert, text, wanted):
    assert convert(text) == wanted


def test_fence_inside_an_item(convert):
    made = convert("- a\n\n  ```\n  code *here*\n  ```\n\n- b")
    assert made.count("<ul>") == 1
    assert "code *here*" in made
    assert made.index("<pre>") < made.index("b</p>")


def test_fences_at_the_margin_are_left_alone():
    lines = ["```", "- a", "  - b", "```"]
    assert normalise(lines) == lines


@pytest.mark.parametrize(("text", "wanted"), [
    ('He said "no."', "He said “no.”"), ("it's John's", "it’s John’s"), ("the '90s", "the ’90s"), ("'so' he said", "‘so’ he said"),
    ('"*Well*," she said', "“<em>Well</em>,” she said"), ("a -- b --- c...", "a – b — c…"), ('("why")', "(“why”)"),
])  # fmt: skip
def test_quotes(convert, text, wanted):
    assert convert(text) == f"<p>{wanted}</p>"


def test_code_keeps_straight_quotes(convert):
    assert convert('`"a"`') == '<p><code>"a"</code></p>'


def test_marks_change_nothing_but_data_line(convert):
    for path in [*ROOT.glob("content/handouts/*.md"), *ROOT.glob("tests/cases/*.md")]:
        text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        marked = html.fragment_fromstring(convert(add_marks(text, lambda i: 1 + i)), create_parent="div")
        for element in marked.iter():
            element.attrib.pop("data-line", None)
        plain = html.fragment_fromstring(convert(text), create_parent="div")
        assert html.tostring(marked) == html.tostring(plain)


def test_lines_are_those_of_the_file(convert):
    made = html.fragment_fromstring(
        convert(add_marks("One\n\n## Two\n\n- three\n- four\n\n| a | b |\n|---|---|\n| c | d |", lambda i: 5 + i)), create_parent="div"
    )
    found = {e.tag: e.get("data-line") for e in made.iter() if e.tag in ("p", "h2", "tbody")}
    assert found == {"p": "5", "h2": "7", "tbody": "14"}
    assert [e.get("data-line") for e in made.iter("li")] == ["9", "10"]


@pytest.mark.parametrize("text", ["¿Qué?", "„Ja“", "「はい」", "”כן”", "«Oui»", "‹a›", "…und", "\u2067abc\u2069"])
def test_a_block_has_a_line_whatever_it_begins_with(convert, text):
    for before in ("", "- ", "1. ", "## ", "> "):
        assert 'data-line="7"' in convert(add_marks(before + text, lambda _: 7))


@pytest.mark.parametrize(
    ("locale", "region", "text", "kept", "links"),
    [
        ("en-US", "US", "Call 1-800-799-7233, the NAMI HelpLine, on 8 March 2025 for Step 3.",
         ["1-800-799-7233", "NAMI HelpLine", "8 March 2025", "Step 3"], ["tel:+1-800-799-7233"]),
        ("es", "US", "El 8 de marzo de 2025, paso 3: +52 55 5259 8121", ["8 de marzo de 2025", "paso 3", "+52 55 5259 8121"],
         ["tel:+52-55-5259-8121"]),
        ("en-GB", "GB", "Ring 0808 2000 247 or 116 123 by 2025-03-08.", ["0808 2000 247", "116 123"], ["tel:+44-808-200-0247", "tel:116123"]),
        ("de", "DE", "Am 8. März 2025, 8 von 10: 08000 116 016", ["8. März 2025", "08000 116 016"], ["tel:+49-800-0116016"]),
        ("fa", "US", "روز ۸ مارس ۲۰۲۵ در گام ۳", ["۸ مارس ۲۰۲۵", "گام ۳"], []),
        ("ja", "JP", "電話は2025年3月8日まで", ["2025年3月8日"], []),
        ("en-US", "US", "10 to 30 minutes: 160 mg/5 mL every 4–6 h at 38 °C, 20 % in 3 months, 5 mLs",
         ["30 minutes", "160 mg", "5 mL", "4–6 h", "38 °C", "20 %"], []),
        ("de", "DE", "Nach 30 Minuten", ["30 Minuten"], []),
    ],
)  # fmt: skip
def test_what_never_breaks(locale, region, text, kept, links):
    tree = html.fragment_fromstring(f"<p>{text}</p>")
    lines = [Hotline("a", "NAMI HelpLine", "1-800-950-6264", DAY), Hotline("b", "Samaritans", "116 123", DAY)]
    words = {"es": "Paso %(number)s de %(count)s", "fa": "گام %(number)s از %(count)s"}
    step = {"Step %(number)s of %(count)s": words[locale]} if locale in words else None
    Unbroken(lines, [Interface(locale, step)], region).apply(tree)
    assert [e.text for e in tree.iter() if "nobr" in (e.get("class") or "")] == kept
    assert tree.xpath("//a/@href") == links
    assert tree.text_content() == text


def test_a_short_number_is_called_only_where_it_is_a_hotline():
    """911 in a text may be a room, or a year."""
    tree = html.fragment_fromstring("<p>Come to room 911, or call 1-800-950-6264.</p>")
    lines = [Hotline("a", "Emergency services", "911", DAY), Hotline("b", "NAMI HelpLine", "1-800-950-6264", DAY)]
    Unbroken(lines, [Interface("en-US", None)], "US").apply(tree)
    assert tree.xpath("//a/@href") == ["tel:+1-800-950-6264"]
