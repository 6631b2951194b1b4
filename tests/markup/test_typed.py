"""Marks as people type them: taken as they are meant, or told at their line; never lost, never printed."""

from __future__ import annotations

import re

import pytest

from tests.projects import PLAIN, Project
from tests.tools import structure, text_of

CARDS = PLAIN.replace("[booklet]", "[booklet, cards]").format(title="Your visit")


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "clinic")


def tree_of(project, text):
    project.handout(f"\n{text}\n\n## The end\n\nLast words.\n", "visit", front=PLAIN.format(title="Your visit"))
    outcome = project.build("visit", "--strict")
    assert outcome.code == 0, outcome.err
    return structure(project.files()[0])


def same(project, typed, meant):
    assert tree_of(project, typed) == tree_of(project, meant)


@pytest.mark.parametrize(("typed", "meant"), [
    ("!!! say\n“I want to see it.”\nAnd more.\n\nOutside.", "!!! say\n    “I want to see it.”\n    And more.\n\nOutside."),
    ("!!! say\n  Two spaces.\n\n  Another paragraph.\n\nOutside.", "!!! say\n    Two spaces.\n\n    Another paragraph.\n\nOutside."),
    ("!!! key\n- One\n- Two\n    - Nested\n\nOutside.", "!!! key\n    - One\n    - Two\n        - Nested\n\nOutside."),
    ("!!! note “My title”\n   Three.\n## Next\n\nText.", '!!! note "My title"\n    Three.\n\n## Next\n\nText.'),
    ("- Item\n\n    !!! tip\n    Inside.\n\nOutside.", "- Item\n\n    !!! tip\n        Inside.\n\nOutside."),
    ("!!! safety\n{{ hotline_list() }}\n\nOutside.", "!!! safety\n    {{ hotline_list() }}\n\nOutside."),
])  # fmt: skip
def test_the_text_right_below_a_box_is_its_text(project, typed, meant):
    same(project, typed, meant)


@pytest.mark.parametrize("text", [
    "!!! say\n\n    After an empty line.\n\n    And more.",
    "    !!! say\n    This is code.\n\nText.",
    "```\n!!! say\ntext\n• no list\n> [!NOTE]\n```",
    "<pre>\n• no list\n</pre>",
    "{% if true %}\n!!! say\n    Text.\n{% endif %}",
])  # fmt: skip
def test_what_was_right_or_is_code_stays(project, text):
    from generator.project.source import source_of
    from generator.project.typed import as_meant

    assert as_meant(source_of(project.root, "x.md", text), 0) == (text, ())


@pytest.mark.parametrize(("text", "line", "kind"), [
    ("Text.\n\n!!! say\n\nNot in the box.", 9, "say"),
    ("!!! tip\n    There.\n\n!!! tip", 10, "tip"),
    ("Text.\n\n!!! safety\n\n## Next", 9, "safety"),
])  # fmt: skip
def test_an_empty_box_is_an_error_at_its_line(project, text, line, kind):
    project.handout(f"\n{text}\n\n## The end\n\nLast words.\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 1
    assert f"content/handouts/visit.md:{line}:1: error: the box `!!! {kind}` is empty" in outcome.err
    assert "indent its text by four spaces" in outcome.err


@pytest.mark.parametrize(("typed", "meant"), [
    ("> [!NOTE]\n> Some text\n> and more.\n>\n> - a\n> - b\n\nOutside.", "!!! note\n    Some text\n    and more.\n\n    - a\n    - b\n\nOutside."),
    ("> [!tip] Eat well\n> Text.", '!!! tip "Eat well"\n    Text.'),
    ("> [!IMPORTANT]\n> Text.", '!!! note "Important"\n    Text.'),
    ("> [!WARNING]\n> Text.\nlazily.", '!!! note "Warning"\n    Text.\n    lazily.'),
    ("> [!CAUTION]\n> Text.\n> [!TIP]\n> More.", '!!! note "Caution"\n    Text.\n\n!!! tip\n    More.'),
    ("> [!SAFETY]\n> {{ hotline_list() }}", "!!! safety\n    {{ hotline_list() }}"),
    ("> A quotation, [!NOTE] in it.", "> A quotation, \\[!NOTE] in it."),
])  # fmt: skip
def test_alerts_are_boxes(project, typed, meant):
    same(project, typed, meant)


def test_an_alert_of_an_unknown_kind(project):
    project.handout("\nText.\n\n> [!WARNNG]\n> Careful.\n", "visit")
    outcome = project.build("visit")
    assert "content/handouts/visit.md:9:3: error: unknown box [!WARNNG]" in outcome.err
    assert 'did you mean "warning"?' in outcome.err


@pytest.mark.parametrize(("typed", "meant"), [
    ("!!! warning\n    Text.", '!!! note "Warning"\n    Text.'),
    ("!!! Caution\n    Text.", '!!! note "Caution"\n    Text.'),
    ("!!! info\n    Text.", '!!! note "Information"\n    Text.'),
    ('!!! danger "Stop"\n    Text.', '!!! note "Stop"\n    Text.'),
    ('!!! check ""\n    Text.', '!!! note ""\n    Text.'),
    ("!!! hint\n    Text.", "!!! tip\n    Text."),
    ("!!! faq wide\n    Text.", '!!! note wide "FAQ"\n    Text.'),
    ("> [!INFO]\n> Text.", '!!! note "Information"\n    Text.'),
    ("> [!hint]- Eat well\n> Text.", '!!! tip "Eat well"\n    Text.'),
    ("> [!example]+\n> Text.", '!!! note "Example"\n    Text.'),
])  # fmt: skip
def test_boxes_that_other_programs_have(project, typed, meant):
    same(project, typed, meant)


@pytest.mark.parametrize(("locale", "kind", "title"), [
    ("es", "nota", "Nota"), ("es", "importante", "Importante"), ("ru", "Совет", "Совет"), ("zh-Hans", "warning", "警告"),
    ("fr", "attention", "Attention"),
])  # fmt: skip
def test_boxes_are_called_in_the_language_of_the_text(project, locale, kind, title):
    project.write("content/project.yml", f"default_locale: {locale}\nlocales: [{locale}]\nbrands: [connect]\n")
    project.handout(f"\nA.\n\n!!! {kind}\n    B.\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
    assert "there is no box" not in outcome.err
    assert title in text_of(project.files()[0])
    assert f"Span '{title}'" not in structure(project.files()[0])


def test_an_alert_of_two_words_is_a_note_of_that_title_and_told(project):
    project.handout("\nA.\n\n> [!Mind this]\n> B.\n\n> [!x](https://e.org)\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
    assert "visit.md:9:3: notice: there is no box “Mind this”: it is set as a note" in outcome.err
    text = text_of(project.files()[0])
    assert "Mind this" in text
    assert "[!" not in text


@pytest.mark.parametrize("typed", ["!!! Homework\n    B.", "> [!Homework]\n> B.", "??? homework\n    B."])
def test_a_box_of_a_kind_nobody_knows_is_an_error(project, typed):
    project.handout(f"\nA.\n\n{typed}\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 1
    assert "visit.md:9:" in outcome.err
    assert re.search(r"error: unknown box (?:`!!! homework`|\[!Homework\])", outcome.err)
    assert 'the boxes are key, note, safety, say, tip; write !!! note "Homework"' in outcome.err


@pytest.mark.parametrize(("typed", "meant"), [
    ('??? note "More"\n    Text.\n\n    - a', '!!! note "More"\n    Text.\n\n    - a'),
    ("???+ warning\n    Text.", "!!! warning\n    Text."),
    ("- item\n\n    ??? tip\n        Text.", "- item\n\n    !!! tip\n        Text."),
    (":::tip\nText.\n\n- a\n:::\n\nOut.", "!!! tip\n    Text.\n\n    - a\n\nOut."),
    ("::: warning Mind *this*\nText.\n:::", '!!! warning "Mind *this*"\n    Text.'),
    (":::note[Mind this]\n```\n::: code\n:::\n```\n:::", '!!! note "Mind this"\n    ```\n    ::: code\n    :::\n    ```'),
    ("::::info\nOut.\n\n:::tip\nIn.\n:::\n\n::::", "!!! info\n    Out.\n\n    !!! tip\n        In."),
    ("::: {.callout-important}\nText.\n:::", "!!! important\n    Text."),
    ("```{note}\nText.\n\n- a\n```\n\nOut.", "!!! note\n    Text.\n\n    - a\n\nOut."),
    ("````{warning} Mind *this*\nText.\n\n```{tip}\nIn.\n```\n````", '!!! warning "Mind *this*"\n    Text.\n\n    !!! tip\n        In.'),
    ("```{r, echo=FALSE}\nx\n```\n\n~~~ {terminal}\ny\n~~~\n\n```{pip-cli}\nz\n```", "```r\nx\n```\n\n~~~ terminal\ny\n~~~\n\n```\nz\n```"),
    ('=== "Adults"\n\n    Two a day.\n\n    - a\n\n=== "Children"\n\n    One.\n\nAll.',
     "**Adults**\n\nTwo a day.\n\n- a\n\n**Children**\n\nOne.\n\nAll."),
    ('=== "Shell"\n    ```sh\n    a  b\n\n    c\n    ```', "**Shell**\n\n```sh\na  b\n\nc\n```"),
    ('=== "Outer"\n\n    === "Inner"\n\n        !!! tip\n            Text.', "**Outer**\n\n**Inner**\n\n!!! tip\n    Text."),
    ('1. item\n\n    === "A"\n\n        Text.', "1. item\n\n    **A**\n\n    Text."),
])  # fmt: skip
def test_blocks_as_other_programs_open_them(project, typed, meant):
    same(project, typed, meant)


@pytest.mark.parametrize("code", [
    '```\n??? note\n    x\n:::tip\n:::\n=== "a"\n    b\n```', "    ??? note\n        x\n    :::tip\n    :::",
    "Really??? ::: and === are words.\n\n??? what",
    '=== "no tab"\n\nText.', ":::tip\nthat nothing ends",
])  # fmt: skip
def test_what_only_looks_like_such_a_block_stays(project, code):
    project.handout(f"\nText.\n\n{code}\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
    words = [word for word in re.findall(r"[^\s`\"]+", code) if word]
    found = re.sub(r"[“”]", "", text_of(project.files()[0]))
    assert all(word in found for word in words)


def test_a_container_that_is_no_box_stands_by_itself_and_is_told(project):
    project.handout("\nText.\n\n::: columns\nInside.\n:::\n\nAfter.\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
    assert "visit.md:9:1: notice: “::: columns” is no box here: its text stands by itself" in outcome.err
    assert "Inside." in text_of(project.files()[0])
    assert ":::" not in text_of(project.files()[0])
    project.handout("\nText.\n\n::: columns Two of them\nInside.\n:::\n\nAfter.\n", "visit")
    outcome = project.build("visit")
    assert "visit.md:9:1: notice: “::: columns” is no box here: it is set as a note" in outcome.err
    assert "Two of them" in text_of(project.files()[0])


@pytest.mark.parametrize(("kind", "near"), [("saftey", "safety"), ("sya", "say"), ("nte", "note"), ("warnign", "warning"), ("tpi", "tip")])
def test_a_slip_in_a_box_is_an_error(project, kind, near):
    project.handout(f"\nA.\n\n!!! {kind}\n    B.\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 1
    assert f"visit.md:9:1: error: unknown box `!!! {kind}`" in outcome.err
    assert f'did you mean "{near}"?' in outcome.err


@pytest.mark.parametrize(("typed", "meant"), [
    ("Bring:\n• your card\n• a friend", "Bring:\n\n- your card\n- a friend"),
    ("▪ one\n\t▪ nested\n‣ two", "- one\n    - nested\n- two"),
    ("Bring:\n– your card\n– a friend", "Bring:\n\n- your card\n- a friend"),
    ("— one\n— two", "- one\n- two"),
    ("☐ I agree\n☑ I have read it\n- ☐ and this", "- [ ] I agree\n- [x] I have read it\n- [ ] and this"),
    ("[ ] I agree\n[x] I have read it", "- [ ] I agree\n- [x] I have read it"),
    ("!!! key\n    • one\n    • two", "!!! key\n    - one\n    - two"),
    ("> Be kind.\n>\n> — Somebody", "> Be kind.\n>\n> \\— Somebody".replace("\\", "")),
])  # fmt: skip
def test_typed_bullets_are_lists(project, typed, meant):
    same(project, typed, meant)
    assert "•" not in meant


@pytest.mark.parametrize(("text", "mark"), [("-one\n-two\n-three", "-"), ("1.First\n2.Second", "1."), ("1)First\n2)Second", "1)")])
def test_lines_that_look_like_a_list_are_told_once(project, text, mark):
    project.handout(f"\nBring:\n{text}\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0
    assert "content/handouts/visit.md:8:1: notice: these lines are no list and run together" in outcome.err
    assert f"write a space behind the {mark}" in outcome.err
    assert outcome.err.count("these lines") == 1


@pytest.mark.parametrize("mark", [" {.Step}", " {.STEP}", "{.step}", " {: .step }", " {.step} ##"])
def test_a_step_by_another_spelling_is_a_step(project, mark):
    project.handout(f"\nWelcome.\n\n## Call us{mark}\n\nDo it.\n", "visit", front=CARDS)
    outcome = project.build("visit", "--strict", "--paper", "letter")
    assert outcome.code == 0, outcome.err
    assert [path.stem for path in project.files()] == ["booklet-letter", "step-1-letter"]
    assert "{" not in text_of(project.files()[0])


@pytest.mark.parametrize(("heading", "column", "message", "hint"), [
    ("## Call us (.step)", 12, "(.step) marks no step", "did you mean {.step}?"),
    ("## Call us [.Step]", 12, "[.Step] marks no step", "did you mean {.step}?"),
    ("## Call us .step", 12, ".step marks no step", "did you mean {.step}?"),
    ("## Call us {step}", 12, "{step} marks no step", "did you mean {.step}?"),
    ("## Call {.step} us", 9, "{.step} marks no step", "put {.step} at the end of the line"),
    ("### Call us {.step}", 13, "only a second-level heading can be a step", "write ## before it"),
])  # fmt: skip
def test_what_is_meant_for_a_step_and_is_none(project, heading, column, message, hint):
    project.handout(f"\nWelcome.\n\n{heading}\n\nDo it.\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 1
    assert f"content/handouts/visit.md:9:{column}: error: {message}" in outcome.err
    assert hint in outcome.err


def test_a_class_that_is_nearly_a_step_gives_a_notice(project):
    project.handout("\nWelcome.\n\n## Call us {.steps}\n\nDo it at x.step.\n\n## Use `{.step}` {.wide}\n\nText.\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0
    assert "content/handouts/visit.md:9:12: notice: {.steps} marks no step" in outcome.err
    assert outcome.err.count("marks no step") == 1


@pytest.mark.parametrize(("typed", "meant"), [
    ("Prices:\n| A | B |\n|---|---|\n| c | d |", "Prices:\n\n| A | B |\n|---|---|\n| c | d |"),
    ("## Prices\nText,\ntwo lines:\nA | B\n--|--\nc | d", "## Prices\n\nText,\ntwo lines:\n\nA | B\n--|--\nc | d"),
    ("!!! tip\n    Prices:\n    | A | B |\n    |---|---|\n    | c | d |", "!!! tip\n    Prices:\n\n    | A | B |\n    |---|---|\n    | c | d |"),
    ("> Prices:\n> | A | B |\n> |---|---|\n> | c | d |", "> Prices:\n>\n> | A | B |\n> |---|---|\n> | c | d |"),
])  # fmt: skip
def test_a_table_right_below_a_text_is_a_table(project, typed, meant):
    assert "Table" in tree_of(project, typed)
    same(project, typed, meant)


@pytest.mark.parametrize("blank", [
    "Date: ___/___/____", "Date: __/__/____ to __/__/____", "Name:________ Date:____", "I, ___________, agree.", "Name___ Date___ Place___",
    "(___) ___-____", "Call ____ or ____Ann",
])  # fmt: skip
def test_typed_blanks_stay(project, blank):
    tree = tree_of(project, f"{blank}\n\n__Bold__ and ___both___, __two words__; a_b__c.")
    assert f"P {blank!r}" in tree
    assert "Bold and both, two words; a_b__c." in tree


@pytest.mark.parametrize("rest", ["My own title", "Important", "my own title", "Título", "what now?"])
def test_a_title_without_quotation_marks_is_told(project, rest):
    project.handout(f"\nText.\n\n!!! note {rest}\n    Inside.\n", "visit")
    outcome = project.build()
    assert outcome.code == 1
    assert "visit.md:9:10: error: the title of a box stands in quotation marks" in outcome.err
    assert f'hint: !!! note "{rest}"' in outcome.err


@pytest.mark.parametrize("rest", ["wide", "booklet-only", "booklet-only card-only", '"My own title"', 'wide "Mine"'])
def test_classes_of_a_box_are_no_title(project, rest):
    project.handout(f"\nText.\n\n!!! note {rest}\n    Inside.\n", "visit")
    assert "quotation marks" not in project.build().err


IN_STEP = "## A step {.step}\n\nAsk.\n\n"


@pytest.mark.parametrize(("text", "line"), [
    ("For cards.\n{: .card-only }", 9),
    ("## No step\n\n- One\n- Two\n{: .card-only }", 12),
    ("!!! key\n    For cards.\n    {: .card-only }", 10),
    (IN_STEP + "Nowhere.\n{: .card-only .booklet-only }", 13),
    ("## A step {.step .booklet-only}\n\nFor cards.\n{: .card-only }", 11),
    ("## No step {.card-only}\n\nText.", 8),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["booklet", "cards"])
def test_text_that_no_pdf_has_is_an_error_at_its_line(project, text, line, kind):
    project.handout(f"\n{text}\n\n## The end {{.step}}\n\nLast words.\n", "visit", front=CARDS)
    outcome = project.build("visit", "--format", kind)
    assert outcome.code == 1
    assert f"content/handouts/visit.md:{line}:" in outcome.err
    assert "this text is in no PDF" in outcome.err
    assert not project.files()


def test_a_step_for_the_booklet_alone_is_no_card_and_leaves_nothing_on_one(project):
    text = "First words.\n\n" + IN_STEP + "## Another {.step .booklet-only}\n\nLong words.\n{: .booklet-only }\n\n!!! say\n    Said words.\n\n"
    project.handout(f"\n{text}## The end {{.step}}\n\nLast words.\n\n!!! tip\n    Card words.\n    {{: .card-only }}\n", "visit", front=CARDS)
    assert project.build("visit", "--format", "cards").code == 0
    cards = "".join(map(text_of, project.files()))
    assert [words in cards for words in ("Ask.", "Last words.", "Card words", "Another", "Long words", "Said words")] == [True] * 3 + [False] * 3
    assert project.build("visit", "--format", "booklet").code == 0
    booklet = "".join(text_of(p) for p in project.files() if "booklet" in p.name)
    assert [words in booklet for words in ("Long words", "Said words", "Card words")] == [True, True, False]


@pytest.mark.parametrize("mark", ["```", "~~~~", "```python"])
def test_code_without_an_end_is_told_where_it_begins(project, mark):
    project.handout(f"\nText.\n\n{mark}\nprint(1)\n\nMore.\n", "visit")
    outcome = project.build("visit")
    fence = mark.removesuffix("python")
    assert outcome.code == 1
    assert "content/handouts/visit.md:9:1: error: code begins here and has no end" in outcome.err
    assert f"write {fence} on a line of its own where it ends" in outcome.err


@pytest.mark.parametrize("text", [
    "```\na\n```", "````\n```\n````", "~~~\n```\n~~~", "> ```\n> a\n\nText.", "- a\n\n    ```\n    b\n    ```\n", "    ```\n    no fence\n",
    "<!--\n```\n-->", "```a``` is code.", "```\na\n   `````\n",
])  # fmt: skip
def test_code_that_ends_is_none_of_its_business(project, text):
    project.handout(f"\nText.\n\n{text}\n\nMore.\n", "visit", front=PLAIN.format(title="Your visit"))
    outcome = project.build("visit")
    assert "has no end" not in outcome.err


def test_a_stray_mark_before_a_paragraph_is_told_at_its_own_line(project):
    text = "\nA.\n\n## One {.step}\n\nText.\n\n{: .card-only }\nAnother.\n\nThird.\n{: .booklet-only }\n\n- one **\n- two **\n"
    project.handout(text, "visit", front=PLAIN.format(title="A visit"))
    outcome = project.build("visit")
    assert [line.split(":")[1] for line in outcome.err.splitlines() if "Markdown left" in line] == ["14", "20", "21"]
    assert "write it on the line right below the block that it is for" in outcome.err


@pytest.mark.parametrize("formula", ["$a_1*b*c_2$", "$$ x_1 *y*, \\{z\\} $$", "$$x_1 * y * z$$",
                                     r"$\{x\}$", "$f'(x^2)$", r"$\times$", "$a--b_1$", "$a__b__c$", "$[a_1](b)$"])
def test_a_formula_in_running_text_stands_as_it_was_typed(project, formula):
    project.handout(f"\nTake {formula}, and *more*.\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
    assert f"Take {formula}, and more." in " ".join(text_of(project.files()[0]).split())
    assert "visit.md:7:6: notice: formulas in TeX are not set here" in outcome.err
    assert "Markdown left" not in outcome.err


@pytest.mark.parametrize("lead", ["", "> ", "    "])
def test_a_formula_by_itself_is_a_block(project, lead):
    formula = "\n".join(f"{lead}{line}" for line in ("$$", r"\frac{a}{b} * c * d \\\\", "- x_1", "$$"))
    project.handout(f"\n- item\n\n{formula}\n\nAfter.\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
    assert outcome.err.count("formulas in TeX") == 1
    text = text_of(project.files()[0])
    assert r"\frac{a}{b} * c * d \\" in text
    assert "- x_1" in text
    assert "$$" not in text


def test_sums_of_money_are_no_formulas(project):
    project.handout("\nIt is $5 and *not* $6, US$7_8$9, ($5*3*)/($6) or `$a_b$`; $HOME/my_bin and $PATH_x.\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
    assert "formulas" not in outcome.err
    assert "It is $5 and not $6, US$7_8$9, ($53)/($6) or $a_b$" in " ".join(text_of(project.files()[0]).split())


def test_the_name_of_a_tab_stays_with_what_it_names(project):
    for lines in range(20, 34):
        text = "Word.\n\n" * lines + '=== "Adults"\n\n    Two a day.\n\n=== "Children"\n\n    One a day.\n'
        project.handout(f"\n## Part\n\n{text}", "visit", front=PLAIN.format(title="Your visit"))
        assert project.build("visit", "--brand", "connect").code == 0
        pages = text_of(project.files()[0]).split("\f")
        for name, words in (("Adults", "Two a day."), ("Children", "One a day.")):
            assert [name in page for page in pages] == [words in page for page in pages]


@pytest.mark.parametrize("text", [
    "Some ==marked== words.", "Press ++ctrl+alt+del++ now.", "An icon :material-sleep: here.", "Drink H~2~O now.", "So x^2^ is.",
    "A paragraph. { .annotate }", "import Tabs from '@theme/Tabs';", "{/* a remark */}",
])  # fmt: skip
def test_a_mark_of_another_program_is_told_of(project, text):
    project.handout(f"\nText.\n\n{text}\n", "visit", front=PLAIN.format(title="A visit"))
    outcome = project.build("visit")
    assert outcome.code == 0
    told = [line for line in outcome.err.splitlines() if "a mark of another program" in line]
    assert len(told) == 1
    assert "visit.md:10:" in told[0]


def test_what_only_looks_like_a_mark_of_another_program_is_none(project):
    text = ("At 10:30: come in. One == two, C++ and C++20. Ratio 1:2:3, about ~5 to ~6 mg, see https://example.org/a:b:c, ~~gone~~, "
            "`==code==`, {name}, :+1:.")  # fmt: skip
    project.handout(f"\n{text}\n", "visit", front=PLAIN.format(title="A visit"))
    assert "a mark of another program" not in project.build("visit").err
