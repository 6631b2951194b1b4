"""Clients whose words take the same lines in one layout of a text and other lines in another."""

from __future__ import annotations

import pytest

from tests.copies.conftest import Clinic
from tests.readback import difference

CARDS = "---\ntitle: Cards\nreviewed: 2025-03-08\nformats: [booklet, cards]\n---\n"


@pytest.fixture
def clinic(tmp_path) -> Clinic:
    return Clinic(tmp_path)


def test_lines_that_differ_only_where_a_card_is_tightened(clinic):
    """A card too long for its size is set smaller, and there a name may take one line where it takes two as a rule, as others do."""
    step = "\n## A step {.step}\n\nWords for {{ client.first_name }} and others. "
    clinic.handout("".join(f"{step}{'More of them. ' * count}\n" for count in (3, 95)), "visit", front=CARDS)
    order = clinic.order(kind="cards", paper="half-letter")
    names = ["Ana", *("x " * n + "i" * more for n in range(14, 40, 4) for more in (0, 4))]
    rows = [(f"c-{n}", name, "2025-05-05", "Dr. Lee", "Monday", "", "") for n, name in enumerate(names)]
    for number, (copy, full) in enumerate(clinic.both(clinic.rows(clinic.list(rows)), order, 1)):
        assert difference(copy, full) == "", names[number]
