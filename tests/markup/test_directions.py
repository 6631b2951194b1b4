"""Code and blocks in letters of the other direction keep their own; whatever mixes both goes with the page."""

from __future__ import annotations

import pypdfium2
import pytest
from lxml import html

from generator.markup.directions import turn
from tests.projects import Project

LONG = "An English paragraph that is longer than a line, in a handout that runs from right to left."


def turned(body: str, direction: str = "rtl") -> str:
    root = html.document_fromstring(f'<html dir="{direction}"><body>{body}</body></html>')
    turn(root)
    return html.tostring(root.body, encoding="unicode").removeprefix("<body>").removesuffix("</body>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<pre>a b</pre>", '<pre dir="ltr">a b</pre>'),
        ("<pre>b # א</pre>", '<pre dir="ltr">b # א</pre>'),
        ("<pre>א ב</pre>", '<pre dir="auto">א ב</pre>'),
        ("<p>اكتب <code>ls -l</code>.</p>", '<p>اكتب <code dir="ltr">ls -l</code>.</p>'),
        ("<h2>Yes.</h2>", '<h2><span dir="ltr">Yes.</span></h2>'),
        (f"<p>{LONG}</p>", f'<p dir="ltr">{LONG}</p>'),
        (f"<li><p>{LONG}</p></li>", f'<li><p><span dir="ltr">{LONG}</span></p></li>'),
        ("<li>One <b>two</b>.<ul><li>ثلاثة</li></ul></li>", '<li><span dir="ltr">One <b>two</b>.</span><ul><li>ثلاثة</li></ul></li>'),
        (f"<p>{LONG} It says שלום.</p>", f'<p dir="ltr">{LONG} It says שלום.</p>'),
        (f"<p>שלום. {LONG}</p>", f"<p>שלום. {LONG}</p>"),
        (f"<p>{LONG} אבל הוא אומר גם שלום לכולם כאן.</p>", f"<p>{LONG} אבל הוא אומר גם שלום לכולם כאן.</p>"),
        ("<p>Only שלום</p>", "<p>Only שלום</p>"),
        ("<p>DHCP (بروتوكول)</p>", "<p>DHCP (بروتوكول)</p>"),
        ("<p>1-800-799-7233</p>", "<p>1-800-799-7233</p>"),
        ("<p><svg></svg> Connect</p>", "<p><svg></svg> Connect</p>"),
        ('<section dir="ltr"><p>Yes.</p></section>', '<section dir="ltr"><p>Yes.</p></section>'),
        ('<div dir="rtl"><pre>a # א</pre></div>', '<div dir="rtl"><pre dir="ltr">a # א</pre></div>'),
        ('<div dir="rtl"><p>Yes: <code>a -b</code></p></div>', '<div dir="rtl"><p><span dir="ltr">Yes: <code>a -b</code></span></p></div>'),
        ('<div dir="auto"><p>Yes.</p></div>', '<div dir="auto"><p>Yes.</p></div>'),
    ],
)
def test_on_a_page_from_right_to_left(before, after):
    assert turned(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>שלום!</p>", '<p><span dir="rtl">שלום!</span></p>'),
        ("<p>Say שלום!</p>", "<p>Say שלום!</p>"),
        ("<pre>a b</pre>", "<pre>a b</pre>"),
        (f"<p>{'שלום לכולם כאן ' * 9}API.</p>", f'<p dir="rtl">{"שלום לכולם כאן " * 9}API.</p>'),
        (f"<p>API {'שלום לכולם כאן ' * 9}.</p>", f"<p>API {'שלום לכולם כאן ' * 9}.</p>"),
    ],
)
def test_on_a_page_from_left_to_right(before, after):
    assert turned(before, "ltr") == after


@pytest.mark.parametrize("paper", ["letter", "half-letter"])
def test_a_wide_paragraph_that_runs_against_the_page_stays_on_it(tmp_path, paper):
    """Its margins are those of its own direction, so a stylesheet that widens it must say so for both."""
    project = Project(tmp_path)
    project.write("content/project.yml", "default_locale: ar\nlocales: [ar]\nbrands: [connect]\n")
    front = "---\ntitle: كتيب\nreviewed: 2025-03-08\nformats: [booklet]\n---\n"
    project.handout(f"\nمرحبا.\n\n## قسم\n\n{LONG}\n{LONG}\n{{: .lead }}\n\nكلمات بين.\n", "lead", front=front)
    outcome = project.build("lead", "--paper", paper)
    assert outcome.code == 0, outcome.err
    (path,) = project.files()
    with pypdfium2.PdfDocument(path) as pdf:
        texts = next(t for t in (p.get_textpage() for p in pdf) if "English" in t.get_text_bounded())
        first = texts.get_charbox(texts.search("An", match_whole_word=True, match_case=True).get_next()[0])
    assert 30 < first[0] < 75


def test_the_page_that_a_link_leads_to_stands_behind_it_in_the_direction_of_its_line(tmp_path):
    project = Project(tmp_path / "clinic")
    project.write("content/project.yml", "default_locale: ar\nlocales: [ar]\nbrands: [connect]\nregion: US\n")
    project.handout("\nانظر [دليل Qtopic](#a) و[Zhelp](#a).\n\n- [Wpolling](#a)\n- [Vpage](#a){.page}\n\n## فصل {#a}\n\nنص.\n", "one")
    outcome = project.build("one")
    assert outcome.code == 0, outcome.err
    with pypdfium2.PdfDocument(project.files()[0]) as document:
        page = next(p for p in document if "Qtopic" in p.get_textpage().get_text_bounded())
        texts = page.get_textpage()
        every = [(texts.get_text_range(i, 1), texts.get_charbox(i)) for i in range(texts.count_chars())]
    signs = [(sign, round(box[0]), round(box[1] + box[3])) for sign, box in every if sign in "QZWV←→"]
    place = {sign: (x, y) for sign, x, y in signs if sign in "QZWV"}
    near = lambda letter: [(s, x) for s, x, y in signs if s in "←→" and abs(y - place[letter][1]) < 12]  # noqa: E731
    assert [s for s, x in near("Q") if x < place["Q"][0]].count("←") >= 1  # a link in a line from right to left has its page to its left
    assert [s for s, x in near("Z") if x < place["Z"][0]] == ["←"]
    assert [s for s, x in near("W") if x > place["W"][0]] == ["→"]  # a block of Latin letters keeps its own direction
    assert not near("V")
