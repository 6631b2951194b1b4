"""A label is a text like any other: in templates, in catalogs, in every locale."""

from __future__ import annotations

import pytest

from generator.localize.checks import fault, is_copy
from generator.localize.messages import messages_of
from generator.localize.pseudo import translated
from tests.projects import Project
from tests.tools import text_of
from tests.worksheets.forms import labels

SHEET = """
What worried me?

{{ lines(3) }}

{{ checkbox("I picked a quiet moment") }}
{{ checkbox("I asked") }}

- {{ field("wish", "My wish") }}

| A | B |
| --- | --- |
| One | {{ checkbox('It is done') }} |

{{ lines(2, "In my own words") }} We meet on {{ field("day", "Day") }} at noon.
"""


def test_messages():
    found = [m.text for m in messages_of(SHEET.split("\n"))]
    assert found == [
        "What worried me?", '{{ checkbox("I picked a quiet moment") }}', '{{ checkbox("I asked") }}', '{{ field("wish", "My wish") }}',
        "A", "B", "One", "{{ checkbox('It is done') }}",
        '{{ lines(2, "In my own words") }} We meet on {{ field("day", "Day") }} at noon.',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "translation", "wrong"),
    [
        ('{{ checkbox("I asked") }}', '{{ checkbox("Pregunté") }}', ""),
        ('{{ field("day", "Day") }} at noon', 'al mediodía {{ field("day", "Día") }}', ""),
        ('{{ field("day", "Day") }}', '{{ field("dia", "Día") }}', "is lost"),
        ('{{ field("day", "Day") }}', '{{ field("day", "") }}', "lost its label"),
        ('{{ lines(2, "Words") }}', '{{ lines(3, "Palabras") }}', "is lost"),
        ('{{ checkbox("I asked") }}', '{{ checkbox("Yo "pregunté"") }}', "is lost"),
        ('{{ checkbox("I asked") }}', "Pregunté", "is lost"),
        ('{{ checkbox("I asked") }}', '{{ checkbox("{{ secret }}") }}', "is lost"),
    ],
)
def test_what_a_translation_may_change(source, translation, wrong):
    found = fault(source, translation)
    assert (wrong in found[0]) if wrong else found is None


def test_a_label_left_as_it_was_is_a_copy():
    same = '{{ checkbox("I picked a quiet moment") }}'
    assert is_copy(same, same)


def test_pseudo_locales_translate_the_label_alone():
    assert translated('{{ checkbox("I asked") }}', "qps-ploc") == '{{ checkbox("‹Î ååšķééđ›") }}'
    out = translated('Day: {{ field("day", "Day") }}', "qps-plocm")
    assert 'field("day", "\u202e‹' in out
    assert out.count("‹") == 2


def test_from_extraction_to_the_page(tmp_path):
    project = Project(tmp_path)
    project.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, es]\nbrands: [connect]\nincomplete: {es: source}\n")
    project.handout(SHEET, "sheet")
    assert project.run("translate", "extract").code == 0
    template = (project.root / "content/locales/sheet.pot").read_text()
    assert 'msgid "{{ checkbox(\\"I picked a quiet moment\\") }}"' in template
    assert "lines(3)" not in template
    assert project.run("translate", "update", "--locale", "es").code == 0
    path = project.root / "content/locales/es/sheet.po"
    text = path.read_text()
    for source, translation in (
        ('{{ checkbox(\\"I picked a quiet moment\\") }}', '{{ checkbox(\\"Elegí un momento tranquilo\\") }}'),
        ('{{ field(\\"wish\\", \\"My wish\\") }}', '{{ field(\\"wish\\", \\"Mi deseo\\") }}'),
        ("What worried me?", "¿Qué me preocupó?"),
    ):
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{translation}"')
    path.write_text(text)
    outcome = project.build("--locale", "es", "--locale", "en-US")
    assert outcome.code == 0, outcome.err
    english, spanish = (next(p.read_bytes() for p in project.files() if f"/{locale}/" in str(p)) for locale in ("en-US", "es"))
    assert labels(english).keys() == labels(spanish).keys()
    found = labels(spanish)
    assert (found["lines-1"], found["checkbox-1"], found["wish"]) == ("¿Qué me preocupó?", "Elegí un momento tranquilo", "Mi deseo")
    assert found["checkbox-2"] == "I asked"  # not translated, and shown as it is
    assert "Elegí un momento tranquilo" in text_of(spanish)


def test_a_damaged_label_is_an_error_at_its_line(tmp_path):
    project = Project(tmp_path)
    project.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, es]\nbrands: [connect]\nincomplete: {es: source}\n")
    project.handout('\n{{ checkbox("I asked") }}\n', "sheet")
    project.run("translate", "update", "--locale", "es")
    path = project.root / "content/locales/es/sheet.po"
    source = 'msgid "{{ checkbox(\\"I asked\\") }}"\nmsgstr "'
    path.write_text(path.read_text().replace(source, source + '{{ checkbox(\\"\\") }}'))
    outcome = project.build("--locale", "es")
    assert outcome.code == 1
    assert "a field has lost its label" in outcome.err
    assert "content/locales/es/sheet.po:" in outcome.err
