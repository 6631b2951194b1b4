"""What is wrong with a call is told with file, line, column and what to do, and nothing is built of it."""

from __future__ import annotations

import pytest

from tests.projects import Project

FAULTS = [
    ('{{ field("wish") }}', "9:11", 'the field "wish" has no label', "say what is to be written there"),
    ('{{ field("wish", " ") }}', "9:11", 'the field "wish" has no label', "My wish"),
    ('{{ field("wish", "One") }} {{ field("wish", "Two") }}', "9:11", 'two fields are named "wish"', "a name of its own"),
    ('{{ field("my wish.", "My wish") }}', "9:4", 'cannot be named "my wish."', "letters, digits"),
    ("{{ field() }}", "9:4", 'cannot be named ""', "letters, digits"),
    ('{{ field("wish", 7) }}', "9:4", "the label of field() is no text", "quotation marks"),
    ('{{ field("wish", "My wish", lines=0) }}', "9:4", "a field of 0 lines", "1 to 40"),
    ("{{ lines(0) }}", "9:4", "lines(0) cannot be ruled", "from 1 to 40"),
    ("{{ lines(-3) }}", "9:4", "lines(-3) cannot be ruled", "from 1 to 40"),
    ("{{ lines(4000) }}", "9:4", "lines(4000) cannot be ruled", "from 1 to 40"),
    ("{{ lines() }}", "9:4", "lines() cannot be ruled", "from 1 to 40"),
    ('{{ lines("4") }}', "9:4", "lines('4') cannot be ruled", "from 1 to 40"),
    ('{{ checkbox("") }}', "9:4", "a checkbox has no text", "say what is ticked"),
    ("{{ checkbox() }}", "9:4", "a checkbox has no text", "say what is ticked"),
    ("- an item\n\n{{ lines(2) }}", "9:4", "these lines have no label", "a paragraph or a heading before them"),
    ('<input type="radio" name="a">', "9:1", '<input type="radio"> has no meaning', "checkbox"),
    ('<input type="text">', "", "has no name or no label", "field("),
]


@pytest.mark.parametrize(("text", "place", "message", "hint"), FAULTS)
def test_faults(tmp_path, text, place, message, hint):
    project = Project(tmp_path)
    project.handout(f"\nSome words.\n\n{text}\n".replace("Some words.\n\n- an", "- an"))
    outcome = project.build()
    assert outcome.code == 1
    assert message in outcome.err
    assert hint in outcome.err
    if place:
        assert f"content/handouts/bad.md:{place}: error: " in outcome.err
    assert not project.files()


def test_a_field_in_a_loop_is_two_fields_of_one_name(tmp_path):
    project = Project(tmp_path)
    project.handout('\nWords.\n\n{% for n in [1, 2] %}\n{{ field("same", "The same") }}\n{% endfor %}\n')
    outcome = project.build()
    assert 'bad.md:10:11: error: two fields are named "same"' in outcome.err


def test_names_that_are_given_avoid_those_that_are_written(tmp_path):
    from tests.worksheets.forms import tab_order

    project = Project(tmp_path)
    project.handout('\nFirst.\n\n{{ lines(1) }}\n\n{{ field("lines-1", "Mine") }}\n\nLast.\n\n{{ lines(1) }}\n')
    assert project.build().code == 0
    assert tab_order(project.files()[0].read_bytes()) == ["lines-2", "lines-1", "lines-3"]


def test_lines_that_a_card_has_no_room_for(tmp_path):
    project = Project(tmp_path)
    project.handout("\n## One {.step}\n\nWords.\n\n{{ lines(38) }}\n", front="---\ntitle: Long\nreviewed: 2025-03-08\nformats: [cards]\n---\n")
    outcome = project.build()
    assert outcome.code == 1
    assert "bad.md:11: error: this block is 302 pt taller than a page" in outcome.err
