"""Which old text a new one resembles, in any script."""

from __future__ import annotations

import pytest

from generator.localize.alike import Alike

OLD = ("Put the phone into another room.", "Read a page of a book.", "Warning",
       "注意事项", "请把手机放到另一个房间。", "ضع الهاتف في غرفة أخرى.", "No")  # fmt: skip


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("Put your phone into another room", OLD[0]),
        ("READ A PAGE OF  A BOOK", OLD[1]),
        ("Warnings", OLD[2]),
        ("注意事項", OLD[3]),
        ("请把手机放在另一个房间里。", OLD[4]),
        ("ضع هاتفك في غرفة أخرى", OLD[5]),
        ("No.", OLD[6]),
        ("Quite another sentence about nothing of it.", None),
        ("开车", None),
        ("", None),
    ],
)
def test_the_nearest(new, old):
    assert Alike(OLD).nearest(new) == old


def test_of_several_the_one_that_is_most_like_it():
    assert Alike(f"Step {n} of the plan" for n in range(50)).nearest("Step 31 of a plan") == "Step 31 of the plan"
    assert Alike(()).nearest("Anything") is None
