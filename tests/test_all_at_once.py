"""What is wrong with a file is told at once, not one mistake a run; and a plan tells what could not even be read."""

from __future__ import annotations

import pytest

from tests.projects import GOOD, Project


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


def told(outcome):
    """The places of all errors."""
    return [line.partition(" error: ")[0] for line in outcome.err.splitlines() if " error: " in line]


def test_all_fields_of_a_front_matter(project):
    project.handout(
        "\nText.\n", front="---\ntitle: A\nreviewed: yesterday\nformats: [booklt]\ndraft: perhaps\nrequires: []\n---\n"
    )
    out = project.run("build", "--brand", "connect")
    assert told(out) == [f"content/handouts/bad.md:{place}:" for place in ("3:11", "4:11", "5:8")]
    project.handout("\nText.\n", front="---\ntitel: A\nreviewed: 2025-03-08\nformat: booklet\n---\n")
    assert told(project.run("build", "--brand", "connect")) == [f"content/handouts/bad.md:{place}:" for place in ("2:1", "4:1")]


def test_all_fields_of_a_brand(project):
    path = project.root / "content/brands/connect/brand.yml"
    text = path.read_text(encoding="utf-8")
    for field in ("corners", "motif"):
        text = text.replace(f"  {field}: ", f"  {field}: no-")
    path.write_text(text.replace("logo.svg", "logo.gif"), encoding="utf-8")
    project.write("content/handouts/good.md", GOOD)
    out = project.run("build", "--brand", "connect")
    assert len(told(out)) == 3
    for name in ("logo.gif", '"corners"', '"motif"'):
        assert name in out.err


def test_all_hotlines_of_the_facts(project):
    path = project.root / "content/facts.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("verified: ", "verified: about "), encoding="utf-8")
    out = project.run("build")
    assert out.code == 1
    assert len(told(out)) == text.count("verified: ") > 2


def test_all_placeholders_of_a_text(project):
    project.handout('\n{{ hotlin("ndvh") }}\n\n{{ field("a", "A") }} {{ hotline("nobody").phone }}\n\n{{ brand.nam }}\n\n{{ brand.name | uper }}\n'
                    '\n{{ brand.name }}\n')  # fmt: skip
    out = project.run("build", "--brand", "connect")
    assert told(out) == [f"content/handouts/bad.md:{place}:" for place in ("7:4", "9:35", "11:10", "13:1")]
    for hint in ('did you mean "hotline"?', 'did you mean "name"?', 'did you mean "upper"?', "the brand has no 'nam'"):
        assert hint in out.err
    assert "generator." not in out.err
    project.handout("\n{% if brand.nam %}\nA\n{% endif %}\n\n{{ foo }}\n")
    assert told(project.run("build", "--brand", "connect")) == ["content/handouts/bad.md:7:13:"]


def test_a_plan_tells_what_cannot_be_read(project):
    project.write("content/handouts/good.md", GOOD)
    project.handout("\nText.\n", front="---\ntitle: A\n---\n")
    out = project.run("build", "--dry-run")
    assert out.code == 1
    assert told(out) == ["content/handouts/bad.md:2:1:"]
    assert "good (connect, en-US, booklet, letter)" in out.out
    assert [e["line"] for e in project.run("build", "--dry-run", "--json").data["errors"]] == [2]
    assert project.run("build", "good", "--dry-run").code == 0
    assert not (project.root / "output").exists()


def test_a_text_that_is_gone_through_again_names_its_fields_once(project):
    """The second time is for further errors, and every field would have come twice."""
    project.handout("\n{{ field('wish', 'My wish') }}\n\n{{ nobody }}\n\n{{ nothing }}\n", "one")
    outcome = project.build("one")
    assert outcome.code == 1
    assert outcome.err.count("error:") == 2
    assert "wish" not in outcome.err
