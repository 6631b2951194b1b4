"""HTML and Markdown as people write them for the web: on paper as they are meant, or told; no word is lost."""

from __future__ import annotations

import re

import pikepdf
import pytest
from lxml import etree

from generator.localize.interface import Interface
from generator.markup.conversion import converter
from generator.markup.headings import anchor
from generator.markup.lines import strip_marks
from generator.markup.nested import sink
from generator.markup.web import opened
from tests.projects import PLAIN, Project
from tests.tools import structure, text_of


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "clinic")


@pytest.fixture(scope="module")
def convert():
    md = converter(Interface("en-US"))

    def run(text: str) -> str:
        md.reset()
        return strip_marks(md.convert("\n".join(opened(text.split("\n"))))).replace("\n", "")

    return run


@pytest.mark.parametrize(("text", "wanted"), [
    ("Visit https://e.org/a--b.", '<p>Visit <a href="https://e.org/a--b">https://e.org/a--b</a>.</p>'),
    ("<https://e.org/a--b>", '<p><a href="https://e.org/a--b">https://e.org/a--b</a></p>'),
    ("See www.e.org/x--y, me@e.org.",
     '<p>See <a href="http://www.e.org/x--y">www.e.org/x--y</a>, <a href="mailto:me@e.org">me@e.org</a>.</p>'),
    ("Use --help -- or not.", "<p>Use --help – or not.</p>"),
    ('Type <code>a --b "c" &lt;d&gt;</code>.', '<p>Type <code>a --b "c" &lt;d&gt;</code>.</p>'),
    ('<a href="https://e.org/d">https://e.org/d</a>.', '<p><a href="https://e.org/d">https://e.org/d</a>.</p>'),
    ('<a href="https://o.org">http://e.org</a>', '<p><a href="https://o.org">http://e.org</a></p>'),
    ('<A HREF="https://o.org">x</A> https://e.org', '<p><A HREF="https://o.org">x</A> <a href="https://e.org">https://e.org</a></p>'),
    ("<b>https://a.org</b>", '<p><b><a href="https://a.org">https://a.org</a></b></p>'),
    ("https://e.org<br>x", '<p><a href="https://e.org">https://e.org</a><br>x</p>'),
    ("Read (https://c.org/d).", '<p>Read (<a href="https://c.org/d">https://c.org/d</a>).</p>'),
    *((f"{before}https://e.org/d{behind}", f'<p>{before}<a href="https://e.org/d">https://e.org/d</a>{behind}</p>')
      for before, behind in [("請見 ", "，也有。"), ("詳しくは", "をご覧ください。"), ("", "에서 봅니다."), ("በ", "፣ እና"), ("دیکھیں ", "؟"),
                             ("देखिए ", "।"), ("ดูที่", "ได้")]),
    *((f"{before}me@e.org{behind}", f'<p>{before}<a href="mailto:me@e.org">me@e.org</a>{behind}</p>')
      for before, behind in [("寫信給", "，謝謝。"), ("", "으로 쓰세요.")]),
    ("josém@e.org, https://e.org/straße", '<p><a href="mailto:josém@e.org">josém@e.org</a>, <a href="https://e.org/straße">https://e.org/straße</a></p>'),
    ("__Note:__ To. Name:__ Date:__ or Tel:__Date:__. Time: __:__",
     "<p><strong>Note:</strong> To. Name:__ Date:__ or Tel:__Date:__. Time: __:__</p>"),
    ("First\\\nsecond", "<p>First<br>second</p>"),
    ("### The set {y}", "<h3>The set {y}</h3>"),
    ("## One {.step #first}", '<h2 class="step" id="first">One</h2>'),
    ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
    ("| `x \\| y` | b |\n|---|---|\n| 1 | 2 \\| 3 |",
     "<table><thead><tr><th><code>x | y</code></th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2 | 3</td></tr></tbody></table>"),
    ("| a | b |\n|---|---|", "<table><tbody><tr><th>a</th><th>b</th></tr></tbody></table>"),
    ('<div dir="rtl">\n\n**b**\n\n- x\n\n</div>', '<div dir="rtl"><p><strong>b</strong></p><ul><li>x</li></ul></div>'),
    ("<p align=center>\n\n**b**\n\n</p>\n\nc", '<div align="center"><p><strong>b</strong></p></div><p>c</p>'),
    ("<div>\n**b**\n</div>", "<div>**b**</div>"),
    ("```html\n<div>\n\n**b**\n\n</div>\n```", '<pre><code class="language-html">&lt;div&gt;**b**&lt;/div&gt;</code></pre>'),
])  # fmt: skip
def test_meant_so(convert, text, wanted):
    assert convert(text) == wanted


@pytest.mark.parametrize(("heading", "name"), [
    ("What's new?", "whats-new"), ("A & B", "a--b"), ("🚀 Start", "-start"), ("Node.js setup", "nodejs-setup"), ("my_func", "my_func"),
    ("1.0.0", "100"), ("हिन्दी में", "हिन्दी-में"), ("ภาษาไทย", "ภาษาไทย"), ("مُشَكَّل", "مُشَكَّل"),
])  # fmt: skip
def test_links_call_headings_as_github_does(project, heading, name):
    assert anchor(heading) == name
    project.handout(f"\nSee [there](#{name}) and [again](#{name}-1).\n\n## {heading}\n\nText.\n\n## {heading}\n\nMore.\n", "one")
    outcome = project.build()
    assert outcome.code == 0, outcome.err


def test_links_call_headings_without_accents_and_with_capitals(project):
    project.handout("\nTo [it](#vous-etes-presses) and [again](#Vous-êtes-Pressés-).\n\n## Vous êtes pressés ?\n\nOui.\n", "one")
    outcome = project.build()
    assert outcome.code == 0, outcome.err


def test_details_alignment_and_looks(project):
    project.handout(
        '\n<details>\n<summary>More *of* it</summary>\n\nHidden **text**.\n\n</details>\n\n'
        '<p align="right"><a href="https://e.org" target="_blank" rel="nofollow">Link</a></p>\n\n'
        '<p style="color: red">Red</p>\n', "one")  # fmt: skip
    outcome = project.build()
    assert outcome.code == 0, outcome.err
    assert 'one.md:16:4: notice: the attribute "style" of <p> changes nothing here' in outcome.err
    assert "target" not in outcome.err
    for words in ("More", "Hidden text", "Link", "Red"):
        assert words in " ".join(text_of(project.files()[0]).split())


def test_all_that_is_wrong_is_told_at_once(project):
    project.handout("\nA [file](file:LICENSE) and [another]().\n\n<blink>x</blink>\n\nUse <your-name>.\n\n## B\n", "one")
    outcome = project.build()
    assert outcome.code == 1
    for line, words in ((7, "file:LICENSE"), (7, 'the link ""'), (9, "<blink>"), (11, "<your-name>")):
        assert any(f"one.md:{line}:" in told and words in told for told in outcome.err.splitlines()), words
    project.handout("\nTo [one](#gone) and [two](#lost).\n\n## B\n\nText.\n", "one")
    assert project.build().err.count("nowhere in this piece") == 2


@pytest.mark.parametrize(("written", "target"), [
    ("[the form](forms/intake.md)", "forms/intake.md"), ("[the form](../intake/)", "../intake/"), ("[the form](/intake#dates)", "/intake#dates"),
    ("[the form][f]\n\n[f]: intake.html 'Title'", "intake.html"), ('<a href="intake.md">the form</a>', "intake.md"),
    ("[the *form*](a%20b.md)", "a%20b.md"), ("| A |\n|---|\n| [the form](intake.md) |", "intake.md"),
])  # fmt: skip
def test_a_link_that_a_site_has_is_its_words_and_is_told(project, written, target):
    project.handout(f"\nRead {written}\n" if written[0] != "|" else f"\n{written}\n", "one")
    outcome = project.build("one")
    assert outcome.code == 0, outcome.err
    assert f"notice: the link “{target}” leads nowhere on paper, and is its words alone" in outcome.err
    assert re.search(r"one\.md:\d+:\d+: notice: the link", outcome.err)
    assert "the form" in text_of(project.files()[0])
    assert not [a for page in pikepdf.open(project.files()[0]).pages for a in page.get("/Annots", ()) if target in str(a.get("/A", {}).get("/URI"))]


@pytest.mark.parametrize(("written", "reached"), [
    ("[there](one.md#the-day)", "#the-day"), ("[there](./one.md#the-day)", "#the-day"), ("[there](//e.org/x)", "https://e.org/x"),
    ("[there](HTTPS://e.org/X)", "https://e.org/X"), ("[there](sms:+15555550123)", "sms:+15555550123"), ("[there](ftp://e.org/x)", "ftp://e.org/x"),
])  # fmt: skip
def test_links_that_only_look_lost(project, written, reached):
    project.handout(f"\nGo {written}.\n\n## The day\n\nText.\n", "one")
    outcome = project.build("one")
    assert outcome.code == 0, outcome.err
    assert "link" not in outcome.err
    found = [str(a.A.URI) for page in pikepdf.open(project.files()[0]).pages for a in page.get("/Annots", ()) if "/URI" in a.get("/A", {})]
    assert (reached in found) if reached[0] != "#" else ("→ 2" in text_of(project.files()[0]))


@pytest.mark.parametrize("target", ["javascript:x()", "JavaScript:x()", "data:text/html,x", "file:///etc/hosts", "vbscript:x"])
def test_a_link_that_would_run_or_open_something_is_refused(project, target):
    project.handout(f"\nGo [there]({target}).\n", "one")
    outcome = project.build("one")
    assert outcome.code == 1
    assert "leads nowhere on paper" in outcome.err


def test_a_link_that_prints_a_page_number_must_lead_somewhere(project):
    project.handout("\n[Turn to page](other.md){.page}\n", "one")
    outcome = project.build("one")
    assert outcome.code == 1
    assert 'one.md:7:16: error: the link "other.md" leads nowhere on paper' in outcome.err


@pytest.mark.parametrize(("written", "meant"), [
    ("<b><p>one</p></b>", "<p><b>one</b></p>"),
    ("<em>a <p>b <i>c</i></p> d</em>", "<div><em>a </em><p><em>b <i>c</i></em></p><em> d</em></div>"),
    ('<a href="https://e.org"><div>one</div><div>two</div></a>',
     '<div><div><a href="https://e.org">one</a></div><div><a href="https://e.org">two</a></div></div>'),
    ("<span><ul>\n<li>one</li>\n<li>two</li>\n</ul></span>", "<ul><li>one</li><li>two</li></ul>"),
    ("<b><i>a<p>b</p></i></b>", "<div><b><i>a</i></b><p><b><i>b</i></b></p></div>"),
])  # fmt: skip
def test_running_text_around_blocks_stands_in_them(project, written, meant):
    def made(text):
        project.handout(f"\nText.\n\n<div>{text}</div>\n\n## The end\n\nWords.\n", "one")
        outcome = project.build("one")
        assert outcome.code == 0, outcome.err
        return structure(project.files()[0])

    assert made(written) == made(meant)


def test_a_name_and_code_in_running_text_around_blocks_stay_as_they_are():
    """The name once, on what holds them all; code without a tag in it."""
    root = etree.fromstring('<div><b id="here" class="x"><p>one</p><pre>code</pre><p>two</p></b></div>')
    sink(root)
    told = '<div id="here"><p><b class="x">one</b></p><pre>code</pre><p><b class="x">two</b></p></div>'
    assert etree.tostring(root, encoding="unicode") == f"<div>{told}</div>"


@pytest.mark.parametrize("inner", [
    '<div class="card"><a href="https://e.org"><div class="x"></div><div>one</div></a> <div>two</div><div>three</div></div>',
    "<div>\n<p>one</p>\n<div>two</div>\n</div>\n\n*three*", "<section><p>one</p></section>\n\n<section><p>two</p></section>\n\nthree",
    "<div>\n\none\n\n<div><div>two</div></div>\n\n</div>\n\nthree", "<div>one</div>\n\n```html\n<div>\n```\n\n<p>two</p>\n\nthree",
    "<div>one {{ hotline_list() }}</div>\n\n<div>two</div>\n\nthree",
])  # fmt: skip
def test_html_inside_a_block_around_markdown_is_whole(project, inner):
    project.handout(f"\nText.\n\n<div>\n\n{inner}\n\n</div>\n\n## Next\n\nWords.\n\n## Last\n\nWords.\n", "one")
    outcome = project.build("one")
    assert outcome.code == 0, outcome.err
    tree = structure(project.files()[0])
    for word in ("one", "two", "three"):
        assert word in tree
    assert "'Next'" in tree
    assert not re.search("[\ue000-\ue0ff]", text_of(project.files()[0]))


@pytest.mark.parametrize(("text", "line", "tag"), [
    ('# <div align="center">Licence<div>\n\nWords.', 7, "div"), ("- item <section>open\n\nWords.", 7, "section"),
    ("| a |\n|---|\n| <ul><li>b |\n\nWords.", 9, "ul"),
])  # fmt: skip
def test_a_block_that_nothing_ends_is_told(project, text, line, tag):
    project.handout(f"\n{text}\n\n## Next\n\nMore.\n", "one")
    outcome = project.build("one")
    assert outcome.code == 1
    assert re.search(rf"one\.md:{line}:\d+: error: a <{tag}> is opened here and has no end", outcome.err), outcome.err
    assert f"write </{tag}> where it ends" in outcome.err


def test_attributes_for_screens_in_attribute_lists(project):
    project.handout("\nSee [there](https://e.org){target=_blank} and [here](x.md){: target='_blank' rel=nofollow }.\n", "one")
    outcome = project.build("one")
    assert outcome.code == 0, outcome.err
    assert 'attribute "target"' not in outcome.err


def test_parts_with_first_level_headings(project):
    def made(text):
        project.handout(text, "one")
        assert project.build().code == 0
        return structure(project.files()[0])

    parts = made("\n# Title of one\n\nLead.\n\n# Part one\n\n## Inner\n\nText.\n\n# Part two\n\nText.\n")
    assert parts == made("\nLead.\n\n## Part one\n\n### Inner\n\nText.\n\n## Part two\n\nText.\n")


def test_a_block_around_sections_lets_them_be_sections(project):
    project.handout('\n<div dir="ltr">\n\n## Part one\n\nWords.\n\n## Part two\n\nMore.\n\n</div>\n', "one")
    assert project.build().code == 0
    assert text_of(project.files()[0]).count("Part two") >= 2  # in the contents and in its place


def test_a_block_with_text_of_its_own_keeps_it(project):
    project.handout("\n<div>Own words.<h2>Part one</h2><p>More.</p></div>\n\n## Part two\n\nText.\n", "one")
    outcome = project.build()
    assert outcome.code == 0, outcome.err
    for words in ("Own words.", "Part one", "More.", "Part two"):
        assert words in text_of(project.files()[0])


def test_code_is_set_in_equal_widths_and_addresses_break_without_hyphens(project):
    address = "https://example.org/" + "configuration" * 9
    project.handout(f"\nSee {address} now.\n\n    +---+\n    | a |\n", "one")
    outcome = project.build()
    assert outcome.code == 0, outcome.err
    assert address in text_of(project.files()[0]).replace("\n", "").replace("\r", "")


def test_a_page_of_a_table_with_a_head_alone_passes(project, verapdf):
    project.handout("\n| a | b |\n|---|---|\n\nText.\n", "one")
    assert project.build().code == 0
    verapdf(project.files())


def test_patterns_that_one_text_has_no_need_of_come_back_for_the_next(convert):
    assert convert("Plain.") == "<p>Plain.</p>"
    rich = "`a` **b** [c](https://e.org) <https://e.org> &amp; ~~d~~ e@e.org __ f[^1] ![g](h.png) \\* <kbd>i</kbd>\n\n[^1]: Note"
    first = convert(rich)
    for sign in ("<code>a", "<strong>b", '">c</a>', ">https://e.org</a>", "&amp;", "<del>d", "mailto:e@e.org", "<sup", "<img", "*", "<kbd>i"):
        assert sign in first
    assert convert("Plain.") == "<p>Plain.</p>"
    assert convert(rich) == first


@pytest.mark.parametrize("text", [
    '[x](#opts)\n\n## <a name="opts"></a> `opts`\n\nText.', '[x](#opts)\n\nA word <a id="opts"></a> **here**.',
    '[x](#opts)\n\n<a id="opts"></a>\n**here**',
    '[x](#opts)\n\nLast words. <a id="opts"></a>', '[x](#opts)\n\n<a id="opts"></a> `a` <a id="more"></a> `b` [y](#more)',
])  # fmt: skip
def test_an_empty_anchor_holds_a_place(project, text):
    project.handout(f"\n{text}\n", "one", front=PLAIN.format(title="One"))
    outcome = project.build("one")
    assert (outcome.code, outcome.err) == (0, "")


def test_words_beside_the_source_of_a_picture_stay(project):
    project.handout('\n<picture>\n<source media="(x)" srcset="https://a.org/b.png">\nHere are words.\n</picture>\n', "one",
                    front=PLAIN.format(title="One"))  # fmt: skip
    assert project.build("one").code == 0
    assert "Here are words." in text_of(project.files()[0])


def test_a_link_to_the_top_is_its_words(project):
    project.handout("\n# Mini\n\nA [way](#) [up](#top), to [the title](#mini).\n\n## Part\n\nText.\n", "one", front=PLAIN.format(title="Mini"))
    outcome = project.build("one")
    assert (outcome.code, outcome.err) == (0, "")
    assert "A way up, to the title." in text_of(project.files()[0])


def test_a_long_line_of_code_ends_at_a_space(project):
    line = "python -m tool.very.long.module.name --with some-option --and another-one --port 80 2018-07-19 - -n 20"
    project.handout(f"\n```\n{line}\n```\n", "one", front=PLAIN.format(title="One"))
    assert project.build("one").code == 0
    lines = [part.strip() for part in text_of(project.files()[0]).splitlines() if "tool.very" in part or "2018-07" in part]
    assert len(lines) == 2
    assert " ".join(lines) == line


@pytest.mark.parametrize(("width", "paper"), [(63, "a4"), (77, "a4"), (95, "letter"), (60, "half-letter")])
def test_a_drawing_of_letters_keeps_its_lines(project, width, paper):
    top, middle = f"┌{'─' * (width - 2)}┐", f"│{'x' * (width - 2)}│"
    project.handout(f"\nWords.\n\n## Part\n\n```\n{top}\n{middle}\n```\n", "one")
    outcome = project.build("one", "--paper", paper)
    assert outcome.code == 0, outcome.err
    assert middle in [line.strip() for line in text_of(project.files()[0]).split("\n")]
