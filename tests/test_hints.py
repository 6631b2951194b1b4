"""What a hint says to somebody who has never seen the code: it leads to the line that is wrong, and to what is to be written there."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from generator.cli.main import main
from tests.projects import PLAIN, Project

DRAWING = """<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg"
     viewBox="0 0 60 60">
  <defs><linearGradient id="g"/></defs>
  <circle cx="30" cy="30" r="28" fill="url(#g)"/>
</svg>
"""


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "clinic")


def told(project, text, front=None):
    project.handout(text, "visit", front=front or PLAIN.format(title="A visit"))
    outcome = project.build("visit")
    assert outcome.code != 0
    return outcome.err


@pytest.mark.parametrize(("call", "hint"), [
    ("{{ hotline(016).phone }}", 'write it in quotation marks: "016"'),
    ("{{ date(2025-03-08) }}", 'write it in quotation marks: "2025-03-08"'),
    ('{{ hotline("ndvh").telefono }}', "it has: "),
    ('{{ hotline("ndvh").phon }}', 'did you mean "phone"?'),
    ('{{ hotline("ndhv").phone }}', 'did you mean "ndvh"?'),
    ('{{ hotline("zzz").phone }}', "content/facts.yml"),
])  # fmt: skip
def test_a_call_that_is_wrong(project, call, hint):
    err = told(project, f"\nCall {call} now.\n")
    assert "visit.md:8:" in err
    assert hint in err
    assert "the README lists" not in err


@pytest.mark.parametrize("value", ["“2025-03-08”", "«2025-03-08»"])
def test_a_day_in_curly_quotation_marks_is_told_to_lose_them(project, value):
    err = told(project, "\nText.\n", PLAIN.format(title="A visit").replace("2025-03-08", value))
    assert "take the quotation marks away" in err


def test_quotes_that_are_never_closed_are_shown_where_they_open(project):
    err = told(project, "\nText.\n", PLAIN.format(title='"A visit'))
    assert "visit.md:2:8: error" in err


def test_where_no_state_is_known_the_hint_is_a_sentence(project):
    path = project.root / "content/facts.yml"
    path.write_text(path.read_text().partition("states:")[0])
    hints = re.findall(r"hint: (.*)", told(project, "\nText.\n"))
    assert any(hint.startswith("another is added in content/facts.yml") for hint in hints)


def test_a_logo_that_cannot_be_drawn_is_shown_in_its_own_file(project):
    (project.root / "content/brands/connect/logo.svg").write_text(DRAWING)
    assert "content/brands/connect/logo.svg:5: error: <circle>" in told(project, "\nText.\n")


def test_all_pictures_that_are_not_there_are_told_at_once_each_at_its_place(project):
    project.write("content/images/room.svg", DRAWING)
    err = told(project, "\n![A](../images/room.svg)\n\n![B](/images/room.svg)\n\n![C](images/none.png)\n\n![D](images/nowhere.png)\n")
    assert 'visit.md:10:6: error: "/images/room.svg" is an absolute path' in err
    assert 'visit.md:12:6: error: the file "images/none.png"' in err
    assert 'visit.md:14:6: error: the file "images/nowhere.png"' in err


def test_a_definition_before_another_is_no_term_for_translators(project):
    project.handout("\nApnea\n:   Pauses of breath\n    in sleep.\n:   Loud snoring.\n", "visit", front=PLAIN.format(title="A visit"))
    assert project.run("translate", "extract").code == 0
    catalog = (project.root / "content/locales/visit.pot").read_text()
    assert catalog.count("#. term") == 1
    assert catalog.count("#. definition") == 2
    assert 'msgid "Pauses of breath in sleep."' in catalog


@pytest.mark.parametrize(("field", "hint"), [
    ("description: Words", 'did you mean "summary"?'), ("date: 2025-03-08", 'did you mean "reviewed"?'),
    ("tags: [sleep]", "take it out: no handout shows it"), ("sidebar_position: 2", "take it out: no handout shows it"),
])  # fmt: skip
def test_a_field_of_a_web_page(project, field, hint):
    err = told(project, "\nText.\n", PLAIN.format(title="A visit").replace("formats:", f"{field}\nformats:"))
    assert f'visit.md:5:1: error: unknown field "{field.partition(":")[0]}"' in err
    assert hint in err


def test_the_front_matter_of_hugo_and_its_shortcodes(project):
    assert 'write "---" for "+++"' in told(project, "\nText.\n", '+++\ntitle = "A visit"\n+++\n')
    for code in ('{{< figure src="/images/room.svg" >}}', "{{% notice tip %}}Words.{{% /notice %}}"):
        err = told(project, f"\n{code}\n")
        assert "visit.md:8:1" in err
        assert "a shortcode of Hugo" in err


def test_a_tag_with_large_letters_is_found_where_it_stands(project):
    assert "visit.md:10:1: error: <tabs>" in told(project, "\nText.\n\n<Tabs>\nA\n</Tabs>\n")


def test_an_alert_may_be_called_in_the_language_of_the_content(project):
    project.write("content/project.yml", "default_locale: es\nlocales: [es]\nbrands: [connect]\n")
    project.handout("\n> [!nota]\n> Uno.\n\n> [!ADVERTENCIA]\n> Dos.\n", "visit", front=PLAIN.format(title="A visit"))
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
    assert "there is no box" not in outcome.err


@pytest.mark.parametrize(("settings", "place", "hint"), [
    ("default_locale: Spanish\nlocales: [es]", "project.yml:1:17", "write language, script and region"),
    ("default_locale: es\nlocales: es en zh", "project.yml:2:10", "write a list: [es, en, zh]"),
])  # fmt: skip
def test_locales_that_are_none_are_told_as_such(project, settings, place, hint):
    project.write("content/project.yml", settings + "\nbrands: [connect]\n")
    err = told(project, "\nText.\n")
    assert place in err
    assert hint in err


@pytest.mark.parametrize("path", ["content/visit.md", "content/handouts/old/visit.md", "content/handouts/visit.docx"])
def test_a_handout_that_lies_elsewhere_is_found(project, path):
    project.handout("\nText.\n", "other", front=PLAIN.format(title="Another"))
    project.write(path, "Text.")
    err = project.build("visit").err
    assert f'{path}: error: there is no handout "visit"' in err
    assert "content/handouts/visit.md" in err


def test_a_folder_above_the_project_names_it(project, monkeypatch):
    project.root.rename(project.root.with_name("my clinic"))
    monkeypatch.chdir(project.root.parent)
    result = CliRunner().invoke(main, ["build"])
    assert result.exit_code == 2
    assert "cd 'my clinic'" in result.stderr


def test_a_client_list_with_another_name_is_found(project):
    project.write("clients.csv", "name\nAna\n")
    project.handout("\nText {{ client.name }}.\n", "visit", front=PLAIN.format(title="A visit"))
    assert 'did you mean "clients.csv"?' in project.build("visit", "--clients", str(project.root / "client.csv")).err


def test_a_handout_in_a_language_that_the_project_has_not(project):
    project.write("content/project.yml", "default_locale: es\nlocales: [es]\nbrands: [connect]\n")
    err = told(project, "\nText.\n", PLAIN.format(title="A visit").replace("formats:", "locales: [en-US]\nformats:"))
    assert "add en-US to its locales" in err
    assert 'did you mean "es"?' not in err
