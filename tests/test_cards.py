"""Cards that are too long are tightened step by step, and say so."""

from __future__ import annotations

import re

from tests.projects import FRONT, Project

HEAD = FRONT.replace("[booklet]", "[cards]")
WORDS = ("Ask one open question and wait for what comes back before you say anything at all about yourself today. " * 16).split()


def test_a_card_gives_way_a_little_at_a_time_and_says_how_far(tmp_path):
    """Space and leading first, then size by quarters of a point."""
    project = Project(tmp_path)
    for length in range(200, 320, 6):
        text = " ".join(WORDS[:length])
        project.handout(f"\nI.\n\n## One step {{.step}}\n\n{text}\n", f"card-{length}", front=HEAD.format(title=f"Length {length}"))
    said = "\n".join(note for file in project.build("--json").data["files"] for note in file["notices"])
    sizes = [float(size) for size in re.findall(r"set at ([\d.]+) pt instead of 11.5 pt", said)]
    assert said.count("leading and space reduced") > 1
    assert set(sizes) == {11.25, 11.0}
