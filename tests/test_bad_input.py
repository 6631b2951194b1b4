"""Bad input: each kind gives file, line, the line with a caret and a hint; the good handout beside it is still built."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import UTC, datetime, timedelta

import pytest

from generator.markup.required import stands_in
from generator.project.contrast import contrast, nearest_readable
from tests.projects import FRONT, GOOD, ROOT, Project


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path / "clinic")
    made.handout("", "good", front=GOOD)
    return made


STEPS = FRONT.replace("[booklet]", "[booklet, cards]").format(title="Steps")
LINE_7 = 7  # the first line below FRONT and an empty one

CASES = {
    "undefined variable": ("\nCall {{ hotlin }} now.\n", 7, "hotlin", "hotline"),
    "jinja syntax": ("\nCall {{ hotline( }} now.\n", 7, "Jinja", ""),
    "jinja open block": ("\n{% if true %}\n\nText.\n", 7, "Jinja", ""),
    "unknown hotline": ('\nCall {{ hotline("nowhere").phone }}.\n', 7, "nowhere", ""),
    "loops without end": ("\n{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}\n", 7, "go on too long", ""),
    "loops over a text": ('\n{% for i in "x" * 900000 %}\n{% endfor %}\n', 7, "go on too long", ""),
    "jinja gives up": ("\nText {{ cycler() }}.\n", 7, "Jinja", ""),
    "jinja lacks a word": ('\nText {{ "{a}".format() }}.\n', 7, "Jinja", ""),
    "jinja lacks a filter's": ("\nText {{ [1] | map() }}.\n", 7, "Jinja", ""),
    "name of a file too long": ("\n![A room](" + "x" * 300 + ".png)\n", 7, "too long for the name of a file", ""),
    "rows of a client's": ("\nText.\n\n{{ lines(client.count) }}\n", 9, "lines(…) cannot be ruled on a page", ""),
    "a letter of many marks": ("\nText.\n\nOne a" + "\u0301\u0323" * 150 + " letter.\n", 9, "a letter is made of", "take marks away"),
    "hidden": ("\n<p hidden>Text</p>\n", 0, "hidden", ""),
    "rows without end": ('\n<textarea name="a" aria-label="A" rows="99999999"></textarea>\n', 7, "no number of rows from 1 to 40", ""),
    "words in a textarea": ('\n<textarea name="a" aria-label="A" rows="2">LOST</textarea>\n', 7, "words stand in a <textarea>", ""),
    "unknown box": ("\n!!! sya\n    Words.\n", 7, "sya", "say"),
    "missing image": ("\n![A room](images/room.png)\n", 7, "images/room.png", ""),
    "image outside": ("\n![A room](../../../secret.png)\n", 7, "outside the project", "content/images"),
    "image absolute": ("\n![A room](/etc/passwd.png)\n", 7, "/etc/passwd.png", "content folder"),
    "image from the web": ("\n![A room](http://example.org/a.png)\n", 7, "http://example.org/a.png", "content/images"),
    "image without alt": ("\n![](images/room.png)\n", 7, "text alternative", ""),
    "script": ("\n<script>alert(1)</script>\n", 0, "script", ""),
    "event handler": ('\n<p onclick="x()">Text</p>\n', 0, "onclick", ""),
    "javascript link": ("\n[click](javascript:alert(1))\n", 7, "javascript", ""),
    "character without a font": ("\nA rune: \u16a0 here.\n", 7, "RUNIC", ""),
    "word too long": ("\nA " + "x" * 300 + " word.\n", 7, "longer than its line", ""),
    "link to nowhere": ("\nSee [there](#nowhere).\n", 7, "#nowhere", ""),
    "row taller than a page": ("\n| A | B |\n|---|---|\n| one | " + "word " * 3000 + "|\n", 9, "taller than the page", ""),
    "empty heading": ("\nText.\n\n##\n\nText.\n", 0, "heading has no words", ""),
    "empty body": ("\n\n", 0, "no text", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_content_errors(project, name):
    text, line, message, hint = CASES[name]
    project.handout(text)
    outcome = project.build()
    assert outcome.code == 1
    assert "content/handouts/bad.md" in outcome.err
    if line:
        assert f"content/handouts/bad.md:{line}" in outcome.err, outcome.err
        assert "^" in outcome.err or "\n    " in outcome.err
    assert message in outcome.err
    assert "hint:" in outcome.err
    assert hint in outcome.err
    assert [p.parent.name for p in project.files()] == ["good"]


@pytest.mark.parametrize("region", ["ZZ", "AA", "QX", "usa"])
def test_a_region_that_is_none(project, region):
    project.write("content/project.yml", f"default_locale: en-US\nlocales: [en-US]\nbrands: [connect]\nregion: {region}\n")
    outcome = project.build()
    assert outcome.code != 0
    assert "content/project.yml:4" in outcome.err
    assert f'"{region}" is no region' in outcome.err


def test_front_matter_unknown_field(project):
    project.handout("\nText.\n", front="---\ntitle: T\nreviewd: 2025-03-08\n---\n")
    outcome = project.build()
    assert outcome.code == 1
    assert "content/handouts/bad.md:3:1: error" in outcome.err
    assert "reviewed" in outcome.err


@pytest.mark.parametrize("front", ["---\ntitle: [\n---\n", "---\ntitle: T\n", "no front matter\n", "---\n- a\n---\n"])
def test_broken_front_matter(project, front):
    project.handout("\nText.\n", front=front)
    outcome = project.build()
    assert outcome.code == 1
    assert "content/handouts/bad.md" in outcome.err
    assert [p.parent.name for p in project.files()] == ["good"]


def test_empty_and_not_utf8(project):
    project.write("content/handouts/empty.md", b"")
    project.write("content/handouts/latin.md", FRONT.format(title="L").encode() + "\nCafé.\n".encode("latin-1"))
    outcome = project.build()
    assert outcome.code == 1
    assert "content/handouts/empty.md: error: the file is empty" in outcome.err
    assert "content/handouts/latin.md:7" in outcome.err
    assert "UTF-8" in outcome.err


def test_step_without_text_and_cards_without_steps(project):
    project.handout("\nIntro.\n\n## One {.step}\n\n## Two {.step}\n\nText.\n", "nostep", front=STEPS)
    project.handout("\nIntro.\n\n## One\n\nText.\n", "nocard", front=STEPS.replace("Steps", "Cards"))
    outcome = project.build()
    assert outcome.code == 1
    assert "content/handouts/nostep.md:9" in outcome.err
    assert "“One” has no text" in outcome.err
    assert "there are no steps" in outcome.err


def test_two_handouts_with_one_name(project):
    project.handout("\nText.\n", "first", front=FRONT.format(title="Same"))
    project.handout("\nText.\n", "second", front=FRONT.format(title="Same"))
    outcome = project.build()
    assert outcome.code == 1
    assert "Same" in outcome.err


def test_required_safety(project):
    needs = FRONT.replace("formats: [booklet]", "formats: [booklet]\nrequires: [safety]").format(title="S")
    project.handout("\nText.\n", "without", front=needs)
    project.handout("\nText.\n\n!!! safety\n    Call someone.\n", "unnamed", front=needs.replace("title: S", "title: U"))
    outcome = project.build()
    assert outcome.code == 1
    assert "content/handouts/without.md:5:12: error: the safety block is missing" in outcome.err
    assert "lacks the Emergency services, 911" in outcome.err
    assert [p.parent.name for p in project.files()] == ["good"]


def test_template_that_loses_the_safety_line(project):
    needs = STEPS.replace("formats", "requires: [safety]\nformats")
    project.handout("\nI.\n\n!!! safety\n    {{ hotline_list() }}\n\n## One {.step}\n\nText.\n", "steps", front=needs)
    project.write(
        "templates/card.html",
        '<html lang="en"><head><link rel="stylesheet" href="base.css"></head><body>{{ step.html }}</body></html>',
    )
    outcome = project.build("steps", "--format", "cards")
    assert outcome.code == 1
    assert "the safety block is missing" in outcome.err
    assert not project.files()


def test_template_errors(project):
    project.write("templates/booklet.html", "<html>\n<body>{{ handuot.title }}</body></html>")
    outcome = project.build("good")
    assert outcome.code == 1
    assert "templates/booklet.html:2" in outcome.err
    assert 'did you mean "handout"?' in outcome.err


@pytest.mark.parametrize(("css", "message"), [
    ("p { colr: red }", "did you mean `color`?"), ("p { color: reddish }", "a colour such as"), ("@media print {}", "@media"),
    ("p { margin: 1furlong }", "a unit out of"), ("p { color: var(--nope) }", "var(--nope) is not defined"),
])  # fmt: skip
def test_stylesheet_errors(project, css, message):
    project.write("templates/booklet.css", "body { color: #000 }\n" + css)
    outcome = project.build("good")
    assert outcome.code == 1
    assert "templates/booklet.css:2" in outcome.err
    assert message in outcome.err


def test_contrast_names_the_nearest_shade(project):
    brand = project.root / "content/brands/connect/brand.yml"
    brand.write_text(brand.read_text().replace('"#6A1F4B"', '"#E9A0C8"'))
    outcome = project.run("build")
    assert outcome.code == 1
    assert "content/brands/connect/brand.yml:" in outcome.err
    assert "4.5" in outcome.err
    assert "#" in outcome.err.split("hint:")[1]
    assert {p.parts[-4] for p in project.files()} == {"charlotte"}


@pytest.mark.parametrize(("ground", "ink", "lighter"), [("#FFFFFF", "#E9A0C8", False), ("#101010", "#6A1F4B", True), ("#FFFFFF", "#FFFF00", False)])
def test_the_nearest_shade_is_darker_or_lighter_as_its_ground_wants(ground, ink, lighter):
    shade = nearest_readable(ink, (ground,))
    assert 4.5 <= contrast(shade, ground) < 4.8
    assert (contrast(shade, "#000000") > contrast(ink, "#000000")) == lighter


def test_where_no_shade_is_readable_none_is_named():
    assert nearest_readable("#808080", ("#FFFFFF", "#000000"), 10.0) == ""


def _png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("name", "data", "message"), [
    ("huge.png", _png(60000, 60000), "50 million"), ("broken.png", b"\x89PNG\r\n\x1a\n1234", ""), ("fake.jpg", b"GIF89a1234", "GIF"),
    ("entity.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0"/></svg>', "entit"),
    ("outside.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><use href="http://example.org/a.svg#x"/></svg>', ""),
    ("text.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>Hi</text></svg>', "convert text to paths"),
])  # fmt: skip
def test_bad_pictures(project, name, data, message):
    project.write(f"content/images/{name}", data)
    project.handout(f"\n![A room](images/{name})\n")
    outcome = project.build()
    assert outcome.code == 1
    assert name in outcome.err
    assert message in outcome.err
    assert [p.parent.name for p in project.files()] == ["good"]


def test_card_that_is_too_long_says_by_how_much(project):
    long = "\nIntro.\n\n## One {.step}\n\n" + "These are words that make a card far too long to fit. " * 60 + "\n"
    project.handout(long, "long", front=STEPS)
    outcome = project.build("long", "--format", "cards")
    assert outcome.code == 1
    assert "lines too long" in outcome.err
    assert "“One – Steps”" in outcome.err
    assert "content/handouts/long.md:11" in outcome.err


def test_output_that_cannot_be_written(project):
    blocked = project.write("blocked", b"a file, not a folder")
    outcome = project.build("--output", str(blocked / "below"))
    assert outcome.code == 1
    assert "cannot be written" in outcome.err
    assert "--output" in outcome.err


def test_a_failed_piece_leaves_no_stale_file(project):
    path = project.handout("\nText.\n", "good2")
    assert project.build().code == 0
    assert len(project.files()) == 2
    path.write_text(path.read_text() + "\n{{ nothing }}\n")
    assert project.build().code == 1
    assert [p.parent.name for p in project.files()] == ["good"]


def test_unknown_names_are_usage_errors(project):
    for arguments in (["goood"], ["--paper", "foolscap"], ["--locale", "xx"], ["--brand", "nobody"]):
        outcome = project.run("build", *arguments)
        assert outcome.code == 2, arguments
        assert "error: there is no" in outcome.err


@pytest.mark.parametrize(("inside", "outside"), [
    ("Call someone.", "911 or 1-800-799-7233 or 1-800-950-6264"),
    ("9111800799723318009506264", ""),
    ("1-911-800, 1-800-799-7233-18, 9-1-800-950-6264", ""),
])  # fmt: skip
def test_hotlines_stand_in_the_safety_block_as_numbers_of_their_own(project, inside, outside):
    front = FRONT.replace("formats: [booklet]", "formats: [booklet]\nrequires: [safety]").format(title="S")
    project.handout(f"\n{outside or 'Text.'}\n\n!!! safety\n    {inside}\n", "numbers", front=front)
    outcome = project.build("numbers")
    assert outcome.code == 1
    assert "lacks the " in outcome.err


def test_numbers_may_be_grouped_in_any_way(project):
    front = FRONT.replace("formats: [booklet]", "formats: [booklet]\nrequires: [safety]").format(title="S")
    project.handout("\n!!! safety\n    Call 911, 1 (800) 799 7233 or 1.800.950.6264.\n", "numbers", front=front)
    assert project.build("numbers").code == 0


def test_a_safety_block_that_the_template_alone_writes_is_not_the_handouts(project):
    """The handout's author has to write it, for a template may lose it."""
    front = FRONT.replace("formats: [booklet]", "formats: [booklet]\nrequires: [safety]").format(title="S")
    project.handout("\nText.\n", "numbers", front=front)
    page = (ROOT / "templates/booklet.html").read_text()
    box = '<div data-requires="safety">911 1-800-799-7233 1-800-950-6264</div></body>'
    project.write("templates/booklet.html", page.replace("</body>", box))
    outcome = project.build("numbers")
    assert outcome.code == 1
    assert "the safety block is missing" in outcome.err


@pytest.mark.parametrize("how", ["margin-left: -9999pt", "text-indent: -9999pt", "position: absolute; top: 999in", "position: absolute; top: 11in"])
def test_no_stylesheet_moves_words_off_the_page(project, how):
    css = (ROOT / "templates/booklet.css").read_text() + f"\n.away {{ {how} }}\n"
    project.write("templates/booklet.css", css)
    project.handout("\nText.\n\nWords that are sent away, and more of them.\n{: .away }\n", "away", front=FRONT.format(title="Away"))
    outcome = project.build("away")
    assert outcome.code == 1
    assert "runs off the page" in outcome.err
    assert not project.files()


@pytest.mark.parametrize(("rest", "line", "message"), [
    ("\n.a { color: red", 2, "this rule is not closed"),
    ("\n/* open", 2, "this comment is not closed"),
    ('\n.a { content: "}"', 2, "this rule is not closed"),
])  # fmt: skip
def test_a_stylesheet_that_ends_too_soon(project, rest, line, message):
    css = (ROOT / "templates/booklet.css").read_text().rstrip("\n")
    project.write("templates/booklet.css", css + rest)
    outcome = project.build()
    assert outcome.code == 1
    assert f"templates/booklet.css:{css.count(chr(10)) + line}:" in outcome.err
    assert message in outcome.err


@pytest.mark.parametrize("day", ["9999-12-31", str(datetime.now(UTC).date() + timedelta(days=3))])
def test_a_review_that_is_still_to_come(project, day):
    project.handout("\nText.\n", "early", front=FRONT.format(title="E").replace("2025-03-08", day))
    outcome = project.build("early")
    assert outcome.code == 1
    assert f'content/handouts/early.md:3:11: error: "{day}" is still to come' in outcome.err


HIDING = ("display: none", "visibility: hidden")


@pytest.mark.parametrize(("selector", "how"), [
    *((selector, how) for selector in (".hotlines, .safety-line", ".safety *, .safety-line *", "a.tel") for how in HIDING),
    *((selector, how) for selector in (".safety *, .safety-line *", "a.tel") for how in ("font-size: 0", "font-size: 0.001pt")),
])  # fmt: skip
@pytest.mark.parametrize("form", ["booklet", "cards"])
def test_no_stylesheet_hides_a_hotline(tmp_path, selector, how, form):
    project = Project(tmp_path)
    text = "\n!!! safety\n    {{ hotline_list() }}\n\n## A step {.step}\n\nDo it.\n"
    front = f"---\ntitle: T\nreviewed: 2025-03-08\nformats: [{form}]\nrequires: [safety]\n---\n"
    project.handout(text, "visit", front=front)
    assert project.build("visit").code == 0
    sheet = "booklet.css" if form == "booklet" else "card.css"
    project.write(f"templates/{sheet}", (ROOT / "templates" / sheet).read_text() + f"{selector} {{ {how}; }}\n")
    outcome = project.build("visit")
    assert outcome.code == 1
    assert "a stylesheet hides a hotline" in outcome.err
    assert not project.files()


@pytest.mark.parametrize(("sheet", "message"), [
    ("p { color: rgba(0, 0, 0, 0); }", "a colour that can be seen"),
    (".lines { -handouts-lines: 99999999; }", "at most 500 lines"),
    ("html { display: none; }", "a stylesheet hides the whole page"),
    (b"\xff\xfep { }", "the stylesheet is not UTF-8"),
])  # fmt: skip
def test_stylesheets_that_cannot_be(project, sheet, message):
    own = (ROOT / "templates/booklet.css").read_bytes() + (sheet if isinstance(sheet, bytes) else sheet.encode())
    project.write("templates/booklet.css", own)
    outcome = project.build("good")
    assert outcome.code == 1
    assert message in outcome.err
    assert "templates/" in outcome.err or message.startswith("a stylesheet")
    assert "defect" not in outcome.err


@pytest.mark.parametrize(("page", "message"), [
    ("", "the template has no <body>"), ('{% include "booklet.html" %}', "takes itself in"), (b"\xff<body>", "is not UTF-8"),
])  # fmt: skip
def test_templates_that_cannot_be(project, page, message):
    project.write("templates/booklet.html", page)
    outcome = project.build("good")
    assert outcome.code == 1
    assert message in outcome.err
    assert "defect" not in outcome.err


@pytest.mark.parametrize("length", ["nan", "-1", "1e9"])
def test_lengths_that_no_paper_has(project, length):
    outcome = project.build("good", "--print", "cards", "--gutter", length)
    assert outcome.code == 2
    assert not project.files()


@pytest.mark.parametrize(("arguments", "line", "message", "hint"), [
    (("--locale", "es"), "locales:", "one is not made in es", "its locales: en-US"),
    (("--format", "cards"), "formats:", "one is not made as cards", "its formats: booklet"),
    (("--paper", "a6"), "formats:", "one is not made as booklet on a6", "there are: letter, a4, half-letter, a5"),
    (("--brand", "charlotte"), "brands:", "one is not made for charlotte", "its brands: connect"),
])  # fmt: skip
def test_nothing_is_never_made_without_a_reason(project, arguments, line, message, hint):
    project.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, es]\n")
    front = "---\ntitle: One\nreviewed: 2025-03-08\nformats: [booklet]\nlocales: [en-US]\nbrands: [connect]\n---\n"
    project.handout("\nText.\n", "one", front=front)
    out = project.run("build", "one", *arguments)
    assert out.code == 1
    assert message in out.err
    assert hint in out.err
    assert out.err.splitlines()[1].strip().startswith(line)


def test_a_handout_in_no_language_of_the_project(project):
    project.handout("\nText.\n", "one", front="---\ntitle: One\nreviewed: 2025-03-08\nlocales: [en]\n---\n")
    out = project.run("build", "one")
    assert out.code == 1
    assert "content/handouts/one.md:4" in out.err
    assert 'did you mean "en-US"?' in out.err
    assert "There is nothing to build yet" not in out.out


def test_a_list_may_be_typed_without_brackets(project):
    project.write("content/project.yml", "default_locale: en-US\nlocales: en-US, es\nbrands: connect\n")
    front = "---\ntitle: One\nreviewed: 2025-03-08\nformats: booklet, cards\nlocales: en-US\n---\n"
    project.handout("\n## First {.step}\n\nText.\n", "one", front=front)
    out = project.run("build", "one")
    assert out.code == 0, out.err
    assert len(project.files()) == 2


def test_an_empty_list_is_as_none(project):
    project.handout("\nText.\n", "one", front="---\ntitle: One\nreviewed: 2025-03-08\nlocales: []\nbrands: []\nformats: []\n---\n")
    assert project.run("build", "one").code == 0
    assert len([path for path in project.files() if path.parent.name == "one"]) == 2


def test_a_colour_behind_a_bare_hash_is_a_comment(project):
    path = project.root / "content/brands/connect/brand.yml"
    text = path.read_text()
    start = text.index("  primary:")
    path.write_text(text[:start] + "  primary: #2A7E50\n" + text[text.index("\n", start) + 1 :])
    project.handout("\nText.\n", "one")
    out = project.build()
    assert out.code == 1
    assert 'the colour "primary" is empty: a # without quotes begins a comment' in out.err
    assert 'write it in quotes: primary: "#2A7E50"' in out.err
    assert "primary: #2A7E50" in out.err.splitlines()[1]


def test_a_function_without_brackets(project):
    project.handout("\nText.\n\n{{ hotline_list }}\n", "one")
    out = project.build()
    assert out.code == 1
    assert "content/handouts/one.md:9" in out.err
    assert "write it with brackets" in out.err


@pytest.mark.parametrize("epoch", ["x", "-1", "99999999999999", "1.5"])
def test_a_date_for_all_files_that_is_none(project, monkeypatch, epoch):
    project.handout("\nText.\n", "one")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    out = project.build()
    assert out.code == 2
    assert "SOURCE_DATE_EPOCH is no number of seconds" in out.err
    assert not project.files()


@pytest.mark.parametrize(("day", "code", "message"), [
    (1, 0, ""), (2, 1, "is still to come"), (-800, 0, "was last verified 800 days ago"),
])  # fmt: skip
def test_how_old_a_hotline_may_be(project, day, code, message):
    path = project.root / "content/facts.yml"
    when = datetime.now().astimezone().date() + timedelta(days=day)
    path.write_text(re.sub(r"verified: [0-9-]+", f"verified: {when}", path.read_text(), count=1))
    project.handout("\nText.\n", "one")
    out = project.build()
    assert out.code == code
    assert message in out.err


@pytest.mark.parametrize("text", ["1-911-800-799-7233", "1-800-799-7233-18", "11-800-799-7233", "1-800-799-72331"])
def test_a_hotline_within_more_digits_is_none(text):
    assert not stands_in(f"Call {text}, day and night.", "1-800-799-7233")
    assert stands_in("Call 1-800-799-7233, day and night.", "1-800-799-7233")


def test_a_template_that_drops_a_block(project):
    page = (ROOT / "templates/booklet.html").read_text()
    assert "{{ intro }}" in page
    project.write("templates/booklet.html", page.replace("{{ intro }}", ""))
    project.handout("\nA first paragraph.\n\n## Part\n\nMore.\n", "one")
    out = project.build()
    assert out.code == 1
    assert "the template leaves out the handout's line 7" in out.err


@pytest.mark.parametrize(("line", "hint"), [
    ('title: "Two" Family', "put the quotes around the whole text"), ("formats: [booklet", "close the list"), ("title: One: two", "needs quotes"),
    ("summary: a\n\tb: c", "with spaces, not with tabs"), ("formats: &all [booklet, *all]", "write it out"),
    ("summary: " + "[" * 5000, "write it out"),
])  # fmt: skip
def test_broken_yaml_tells_its_own_cure(project, line, hint):
    project.handout("\nText.\n", "one", front=f"---\nreviewed: 2025-03-08\n{line}\nversion: 1\n---\n")
    out = project.build()
    assert out.code == 1
    assert "content/handouts/one.md" in out.err
    assert hint in out.err


def test_a_picture_named_without_its_folder(project):
    project.write("content/images/room.png", b"")
    project.handout("\n![A room](room.png)\n", "one")
    assert 'did you mean "images/room.png"?' in project.build().err


def test_a_preview_of_what_was_not_built(project):
    assert project.build().code == 0
    out = project.run("preview", "goood")
    assert out.code == 2
    assert 'there is nothing to show of the handout "goood"' in out.err
    assert 'did you mean "good"?' in out.err
