"""Records and dataclasses of the program's own making: the same as the standard library's in all that is used."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass as their_dataclass
from dataclasses import field as their_field
from typing import NamedTuple as TheirNamedTuple

import pytest

from generator.plain import NamedTuple, dataclass, field, replace


class Point(NamedTuple):
    """A place."""

    x: float
    y: float = 2.0
    name: str = ""

    @property
    def far(self) -> bool:
        return self.x > 10

    def moved(self, by: float) -> Point:
        return self._replace(x=self.x + by)


class Theirs(TheirNamedTuple):
    x: float
    y: float = 2.0
    name: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Box:
    """A thing."""

    width: float
    height: float = 3.0
    inside: list[str] = field(default_factory=list)

    def area(self) -> float:
        return self.width * self.height


@their_dataclass(slots=True, eq=False, repr=False)
class TheirBox:
    width: float
    height: float = 3.0
    inside: list[str] = their_field(default_factory=list)


CALLS = [((1,), {}), ((1, 5), {}), ((), {"x": 1}), ((1,), {"name": "n"}), ((1, 2, "n"), {}), ((), {"name": "n", "x": 0, "y": 7}),
         ((), {}), ((1, 2, 3, 4), {}), ((1,), {"x": 1}), ((1,), {"z": 1})]  # fmt: skip


@pytest.mark.parametrize(("given", "named"), CALLS)
def test_a_record_takes_what_a_named_tuple_takes(given, named):
    try:
        theirs = Theirs(*given, **named)
    except TypeError:
        with pytest.raises(TypeError):
            Point(*given, **named)
    else:
        ours = Point(*given, **named)
        assert (tuple(ours), ours._fields, ours._asdict()) == (tuple(theirs), theirs._fields, theirs._asdict())
        assert repr(ours) == repr(theirs).replace("Theirs", "Point")
        assert (ours.x, ours.y, ours.name) == (theirs.x, theirs.y, theirs.name)
        assert (ours == tuple(theirs), hash(ours)) == (True, hash(theirs))


def test_a_record_is_a_tuple_with_methods():
    point = Point(11)
    assert (point.far, point.moved(1), Point.__doc__) == (True, Point(12), "A place.")
    assert copy.copy(point) == pickle.loads(pickle.dumps(point)) == point
    assert type(pickle.loads(pickle.dumps(point))) is Point
    match point:
        case Point(x, y, _):
            assert (x, y) == (11, 2.0)
    with pytest.raises(AttributeError):
        point.x = 1
    with pytest.raises(AttributeError):
        point.other = 1
    with pytest.raises(ValueError, match="z"):
        point._replace(z=1)


@pytest.mark.parametrize(("given", "named"), [((1,), {}), ((1, 2), {}), ((1, 2, ["a"]), {}), ((), {"width": 1, "inside": []}),
                                              ((), {}), ((1, 2, [], 4), {}), ((1,), {"width": 2}), ((1,), {"depth": 2})])  # fmt: skip
def test_a_dataclass_takes_what_theirs_takes(given, named):
    try:
        theirs = TheirBox(*given, **named)
    except TypeError:
        with pytest.raises(TypeError):
            Box(*given, **named)
    else:
        ours = Box(*given, **named)
        assert (ours.width, ours.height, ours.inside, ours.area()) == (theirs.width, theirs.height, theirs.inside, theirs.width * theirs.height)


def test_a_dataclass_has_slots_and_defaults_of_its_own():
    one, other = Box(1), Box(1)
    one.inside.append("a")
    assert (other.inside, Box(1).inside, one == other) == ([], [], False)
    assert not hasattr(one, "__dict__")
    with pytest.raises(AttributeError):
        one.depth = 1
    changed = replace(one, width=9)
    assert (changed.width, changed.height, changed.inside is one.inside, one.width) == (9, 3.0, True, 1)
    again = pickle.loads(pickle.dumps(one))
    assert (again.width, again.inside) == (1, ["a"])


@pytest.mark.parametrize("options", [{"slots": False}, {"eq": True}, {"repr": True}])
def test_a_dataclass_of_another_kind_is_refused(options):
    with pytest.raises(TypeError, match="slots=True"):
        dataclass(**{"slots": True, "eq": False, "repr": False} | options)
