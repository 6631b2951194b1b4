"""`NamedTuple`, `dataclass`, `field` and `replace`, as a type checker knows them from the standard library, at a fraction of their price.

A short build is mostly imports. typing compiles every annotation of a NamedTuple, which nobody here ever reads, and dataclasses
imports the interpreter's introspection; both together took 30 ms of a build of 180. What is made here behaves the same in all
that the program uses: every dataclass has slots, no comparison and no repr of its own, and says so itself. Imports nothing of
the project, so every room may use it.
"""

from __future__ import annotations

from collections import namedtuple
from types import FunctionType

TYPE_CHECKING = False  # typing's own would import typing
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

__all__ = ["NamedTuple", "dataclass", "field", "replace"]


_new = tuple.__new__
_place_of: Any = type(vars(namedtuple("_", "x"))["x"])  # noqa: PYI024 - what finds a field by its place
_makers: dict[int, Any] = {}  # the code of a constructor by its number of fields


class _Base(tuple):  # type: ignore[type-arg]
    """What every record can do besides giving its fields; the same as a namedtuple does."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Any:
        made = _new(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, and not {len(made)}")
        return made

    def _replace(self, /, **changes: Any) -> Any:
        found = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"there is no field {', '.join(changes)}")
        return found

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in zip(self._fields, self, strict=True))})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


class _Record(type):
    """Makes a tuple of the fields that a class body annotates, with its methods."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        if not bases:
            return super().__new__(cls, name, bases, body)
        fields = tuple(body.get("__annotations__", ()))
        _insist_on_order(name, [field in body for field in fields])
        defaults = tuple(body.pop(field) for field in fields if field in body)
        body |= {field: _place_of(at, "") for at, field in enumerate(fields)}
        body |= {"__slots__": (), "_fields": fields, "__match_args__": fields, "__new__": _constructor(fields, defaults)}
        return type(name, (_Base,), body)


def _insist_on_order(name: str, known: list[bool]) -> None:
    if known != sorted(known):
        raise TypeError(f"{name}: a field without a default stands behind one that has it")


def _constructor(fields: tuple[str, ...], defaults: tuple[Any, ...]) -> Any:
    """Give a constructor that takes fields by place and by name: the code of one with as many, its arguments named anew."""
    code = _makers.get(len(fields))
    if code is None:
        arguments = "".join(f"_{at}, " for at in range(len(fields)))
        code = _makers[len(fields)] = eval(f"lambda _cls, {arguments}: _new(_cls, ({arguments}))").__code__  # noqa: S307 - numbers alone
    named = code.replace(co_varnames=("_cls", *fields), co_name="__new__", co_qualname="__new__")
    return FunctionType(named, {"_new": _new}, "__new__", defaults or None)


class _NamedTuple(metaclass=_Record):
    """What to derive from."""


class _Made:
    """A default that is made anew for every instance."""

    __slots__ = ("factory",)

    def __init__(self, factory: Callable[[], Any]) -> None:
        self.factory = factory


def _field(*, default_factory: Callable[[], Any]) -> _Made:
    return _Made(default_factory)


def _dataclass(*, slots: bool, eq: bool, repr: bool) -> Callable[[type], type]:  # noqa: A002 - as dataclasses names it
    if not slots or eq or repr:
        raise TypeError("a dataclass of this program has slots=True, eq=False, repr=False")
    return _with_slots


def _with_slots(cls: type) -> type:
    """Make a class again, with slots for its annotated fields and an __init__ that takes them in their order."""
    body = dict(cls.__dict__)
    fields = tuple(body.get("__annotations__", ()))
    _insist_on_order(cls.__name__, [name in body for name in fields])
    known = {name: body.pop(name) for name in fields if name in body}
    if "__post_init__" in body or any(isinstance(value, list | dict | set) for value in known.values()):
        raise TypeError(f"{cls.__name__}: what dataclasses makes of this is not made here")
    for leftover in ("__dict__", "__weakref__"):
        body.pop(leftover, None)
    body |= {"__qualname__": cls.__qualname__, "__slots__": fields, "__match_args__": fields, "__init__": _init(fields, known)}
    return type(cls)(cls.__name__, cls.__bases__, body)


def _init(fields: tuple[str, ...], known: dict[str, Any]) -> Callable[..., None]:
    """Write an __init__, as dataclasses does."""
    made = {name for name, value in known.items() if type(value) is _Made}
    arguments = "".join(f", {n}=_unset" if n in made else f", {n}=_{n}" if n in known else f", {n}" for n in fields)
    lines = [f" self.{n} = _{n}() if {n} is _unset else {n}" if n in made else f" self.{n} = {n}" for n in fields]
    values = {f"_{name}": value.factory if type(value) is _Made else value for name, value in known.items()} | {"_unset": object()}
    exec(f"def __init__(self{arguments}):\n" + "\n".join(lines), values)  # noqa: S102 - of names in our own classes
    made_init: Callable[..., None] = values["__init__"]
    return made_init


def _replace(instance: Any, **changes: Any) -> Any:
    """Give a copy with some fields changed."""
    cls = type(instance)
    return cls(**{name: getattr(instance, name) for name in cls.__match_args__} | changes)


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
    from typing import NamedTuple
else:
    NamedTuple, dataclass, field, replace = _NamedTuple, _dataclass, _field, _replace
