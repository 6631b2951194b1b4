"""Braces in code: what Jinja can make something of is a call, as everywhere; the rest stands as it was typed, and is told."""

from __future__ import annotations

import pytest

from tests.projects import PLAIN, Project
from tests.tools import text_of

FRONT = PLAIN.format(title="Braces")


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "clinic")


@pytest.mark.parametrize(("text", "told"), [
    ("Write `{{ user.name }}` there.", ["{{ user.name }}"]),
    ("Write ``{% block x %}`` there.", ["{% block x %}"]),
    ("```yaml\non: ${{ github.ref }}\n```", ["{{ github.ref }}"]),
    ("~~~\n{{ a b }}\n~~~", ["{{ a b }}"]),
    ("- item\n\n    ```\n    {% if x %}\n    {{ y\n    ```", ["{% if x %}"]),
    ("> ```\n> {{ quoted }}\n> ```", ["{{ quoted }}"]),
    ("Text\n\n    {{ indented }}", ["{{ indented }}"]),
    ("Vue: `{{ name }}`, `{{ date }}`.", ["{{ name }}", "{{ date }}"]),
    ("Filters: `{{ brand | shout }}`, `{% if 1 is odder %}{% endif %}`", ["{{ brand | shout }}", "{% if 1 is odder %}"]),
    ("Shell: `${##prefix}`", ["{##prefix}"]),
])  # fmt: skip
def test_what_is_no_call_stands_as_it_is(project, text, told):
    project.handout(f"\nWords.\n\n{text}\n", "one", front=FRONT)
    outcome = project.build("one")
    assert outcome.code == 0, outcome.err
    found = "".join(text_of(project.files()[0]).split())
    for braces in told:
        assert "".join(braces.split()) in found
        assert f"notice: “{braces}” in code is no call here, and stands as it is" in outcome.err
    assert "'{{'" not in found


def test_where_it_is_told(project):
    project.handout("\nWords.\n\nOne `{{ brand.name }}` and\ntwo `{{ other }}`.\n", "one", front=FRONT)
    outcome = project.build("one", "--brand", "connect")
    assert "one.md:11:6: notice: “{{ other }}” in code" in outcome.err
    assert "Connect Couples Therapy and" in " ".join(text_of(project.files()[0]).split())


@pytest.mark.parametrize("text", [
    "`{{ hotline('ndvh').id }}`", "```\n{{ hotline('ndvh').id }}\n```", "{% for one in ['ndvh'] %}\n`{{ one }}`\n{% endfor %}",
    "{% set one = 'ndvh' %}\n\n    {{ one }}", "`{% if true %}ndvh{% endif %}`",
])  # fmt: skip
def test_calls_in_code_are_calls(project, text):
    project.handout(f"\nWords.\n\n{text}\n", "one", front=FRONT)
    outcome = project.build("one", "--strict")
    assert outcome.code == 0, outcome.err
    found = text_of(project.files()[0])
    assert "ndvh" in found
    assert "{" not in found


def test_what_stands_in_raw_stays(project):
    project.handout("\n{% raw %}\nOne `{{ a }}`.\n\n```\n{% b %}\n```\n{% endraw %}\n\n`{% raw %}{{ c }}{% endraw %}`\n", "one", front=FRONT)
    outcome = project.build("one", "--strict")
    assert outcome.code == 0, outcome.err
    found = text_of(project.files()[0])
    for braces in ("{{ a }}", "{% b %}", "{{ c }}"):
        assert braces in found
    assert "raw" not in found


def test_braces_in_running_text_are_calls_and_the_hint_says_how_to_print_them(project):
    for text in ("Dear {{ qwertyuiop }},", "Dear {{ a b }},"):
        project.handout(f"\n{text}\n", "one", front=FRONT)
        outcome = project.build("one")
        assert outcome.code == 1
        assert "one.md:8:" in outcome.err
        assert "braces that are to be printed stand between {% raw %} and {% endraw %}" in outcome.err
