"""YAML with positions: text in, typed values out, every mistake an error at its line and column.

What a value means is decided here, field by field; what the text says, by nodes.py.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from generator.errors import ContentError, HandoutsError, together
from generator.project.nearest import did_you_mean
from generator.project.nodes import LIST, MAPPING, NULL, SCALAR, Broken, Node, compose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.errors import Position
    from generator.project.source import Source

_TRUE = {"true", "yes", "on"}
_FALSE = {"false", "no", "off"}
_Value = TypeVar("_Value")
_WHOLE = "put the quotes around the whole text, and begin the lines of one block below each other"
CURLS = "“”„«»‘’‚"
CURLED = re.compile(rf"(?:^|[:\[,-])\s*[{CURLS}]")  # where a text begins
YAML_HINTS = {  # by what PyYAML, with libyaml or without, says of the problem
    "tab": "indent with spaces, not with tabs",
    "cannot start any token": "indent with spaces, not with tabs, and put quotes around a text that begins with a sign",
    "',' or ']'": "close the list: [one, two]",
    "',' or '}'": "close the braces: {one: two}",
    "expected key": _WHOLE,
    "expected <block end>": _WHOLE,
    "unexpected end of stream": "close the quotes",
    "nest": "write it out in fewer brackets, and without & and *",
    "curled": 'curly quotation marks do not count; write straight ones: title: "One: two"',
    "": 'a text with a colon or a # in it needs quotes: title: "One: two"',
}


def has_not_come(day: date) -> bool:
    """Tell whether a day begins only after tomorrow: where the clock shows another day already, it may be tomorrow."""
    return day > date.today() + timedelta(days=1)  # noqa: DTZ011 - in the reader's own place


def read_all(readers: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """Call all readers, and give what they read by their names. Raises what is wrong with any of them, together."""
    found, wrong = {}, []
    for name, read in readers.items():
        try:
            found[name] = read()
        except HandoutsError as error:
            wrong += [error, *error.more]
    if wrong:
        raise together(wrong)
    return found


class Fields:
    """A YAML mapping whose keys are all known. Asking for a field gives a checked value or raises `error`."""

    def __init__(
        self, node: Node, source: Source, known: Iterable[str] | None, error: type[HandoutsError], above: int = 0,
        hints: Mapping[str, str] = {},
    ) -> None:  # fmt: skip
        """Check the keys against `known` (None: any). `above`: lines of the file before the YAML text. `hints`: by keys that are not known."""
        self._hints = hints
        self.node = node
        self.source = source
        self.error = error
        self.above = above
        self._values: dict[str, Node] = {}
        allowed = None if known is None else set(known)
        read_all({str(at): partial(self._add, key, value, allowed) for at, (key, value) in enumerate(node.value)})

    def _add(self, key: Node, value: Node, allowed: set[str] | None) -> None:
        """Take one key in, or say why not."""
        if key.kind not in (SCALAR, NULL):
            raise self.fail("a field's name must be plain text", key)
        name = key.value
        if allowed is not None and name not in allowed:
            raise self.fail(f'unknown field "{name}"', key, self._hints.get(name.lower()) or did_you_mean(name, allowed, "known fields"))
        if name in self._values:
            raise self.fail(f'the field "{name}" stands here twice', key, "keep one of them")
        self._values[name] = value

    def fail(self, message: str, node: Node | str | None = None, hint: str = "") -> HandoutsError:
        """Return an error at a node, at a field's value (by name), or at the mapping itself."""
        return self.error(message, self.position(node), hint)

    def position(self, node: Node | str | None = None) -> Position:
        """Return where a node, a field's value (by name) or the mapping itself begins in the file."""
        place = self._values.get(node, self.node) if isinstance(node, str) else node or self.node
        return self.source.position(place.line + self.above, place.column)

    def __contains__(self, name: str) -> bool:
        """Tell whether a field is given and not null."""
        node = self._values.get(name)
        return node is not None and node.kind != NULL

    def __iter__(self) -> Iterator[str]:
        """Walk the names of the fields in order."""
        return iter(self._values)

    def kind(self, name: str) -> str:
        """Return "text", "list", "mapping" or "" for what stands in a field."""
        node = self._values.get(name)
        return "" if node is None or node.kind == NULL else node.kind

    def text(self, name: str, default: str | None = None) -> str:
        """Return a field's text; without `default` it must be there and not be blank."""
        if name not in self:
            if default is None:
                raise self.fail(f'the field "{name}" is missing', None, f'add a line "{name}: …"')
            return default
        value = self._scalar(self._values[name], name).strip()
        if not value and default is None:
            raise self.fail(f'the field "{name}" is empty', name, "write a text after the colon")
        return value

    def choice(self, name: str, choices: tuple[str, ...], default: str, more: str = "") -> str:
        """Return a field's text, one of `choices`."""
        value = self.text(name, default)
        if value not in choices:
            raise self.fail(f'"{value}" is not a value of "{name}"', name, _possible(value, choices, more))
        return value

    def texts(self, name: str, choices: Iterable[str] | None = None, more: str = "") -> tuple[str, ...]:
        """Return a list of texts, each one of `choices` where given; `more`: how to add to them.

        A single text counts as a list of one, and one with commas as the list that it looks like.
        """
        if name not in self:
            return ()
        node = self._values[name]
        known = None if choices is None else tuple(choices)
        values: list[str] = []
        if node.kind == LIST:
            written = [(item, self._scalar(item, name)) for item in node.value]
        else:
            written = [(node, part.strip()) for part in self._scalar(node, name).split(",")]
        for item, value in written:
            if known is not None and value not in known:
                raise self.fail(f'"{value}" is not known in "{name}"', item, _possible(value, known, more))
            if value in values:
                raise self.fail(f'"{value}" stands twice in "{name}"', item, "keep one of them")
            values.append(value)
        return tuple(values)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a yes-or-no field."""
        value = self.text(name, "yes" if default else "no").lower()
        if value not in _TRUE | _FALSE:
            raise self.fail(f'"{name}" must be true or false, not "{value}"', name, "write true or false")
        return value in _TRUE

    def number(self, name: str, convert: Callable[[str], _Value], default: _Value) -> _Value:
        """Return a field as a number through `convert` (int or float)."""
        if name not in self:
            return default
        value = self.text(name)
        try:
            return convert(value)
        except ValueError as exc:
            raise self.fail(f'"{name}" must be a number, not "{value}"', name) from exc

    def date(self, name: str) -> date:
        """Return a day written as YYYY-MM-DD (ISO 8601) that has come already, somewhere on earth."""
        value = self.text(name)
        try:
            day = date.fromisoformat(value)
        except ValueError as exc:
            hint = "take the quotation marks away" if value.strip(CURLS) != value else "write it as year-month-day, such as 2025-03-08"
            raise self.fail(f'"{value}" is not a date', name, hint) from exc
        if has_not_come(day):
            raise self.fail(f'"{value}" is still to come', name, "write the day on which it was done")
        return day

    def child(self, name: str, known: Iterable[str] | None) -> Fields | None:
        """Return the mapping in a field, or None when it is absent."""
        if name not in self:
            return None
        return self._mapping(self._values[name], name, known)

    def children(self, name: str, known: Iterable[str]) -> list[Fields]:
        """Return the list of mappings in a field."""
        if name not in self:
            return []
        node = self._values[name]
        if node.kind != LIST:
            raise self.fail(f'"{name}" must be a list', node, "begin each entry with a dash")
        return [self._mapping(item, name, known) for item in node.value]

    def _mapping(self, node: Node, name: str, known: Iterable[str] | None) -> Fields:
        if node.kind != MAPPING:
            raise self.fail(f'"{name}" must hold fields ("name: value"), not a {_shown(node)}', node)
        return Fields(node, self.source, known, self.error, self.above)

    def _scalar(self, node: Node, name: str) -> str:
        if node.kind != SCALAR:
            what = "nothing" if node.kind == NULL else f"a {node.kind}"
            raise self.fail(f'"{name}" must be a text, not {what}', node)
        value: str = node.value
        return value


def _possible(value: str, known: Iterable[str], more: str) -> str:
    """Give the hint for a value that is none of those known. `more`: how to add to them, which is all there is to say where there are none."""
    hint = did_you_mean(value, known, "possible")
    return hint + more if hint else more.removeprefix("; ")


def _shown(node: Node) -> str:
    return SCALAR if node.kind == NULL else node.kind


def read_fields(
    source: Source,
    known: Iterable[str],
    error: type[HandoutsError] = ContentError,
    text: str | None = None,
    above: int = 0,
    hints: Mapping[str, str] = {},
) -> Fields:
    """Parse a whole YAML file, or `text` that begins after `above` lines of it, into checked fields."""
    try:
        node = compose(source.text if text is None else text)
    except Broken as exc:
        raise _broken(source, error, exc, above) from exc
    if node is None or node.kind != MAPPING:
        line = above + (node.line if node is not None else 1)
        raise error("there are no fields here", source.position(line), 'write "name: value", a field a line')
    return Fields(node, source, known, error, above, hints)


def _broken(source: Source, error: type[HandoutsError], exc: Broken, above: int) -> HandoutsError:
    """Turn a YAML syntax error into ours, at its place."""
    place = source.position((exc.line or 1) + above, exc.column)
    sign = next(sign for sign in YAML_HINTS if sign in exc.problem)
    return error(f"broken YAML: {exc.problem}", place, YAML_HINTS[sign or ("curled" if CURLED.search(place.text) else "")])
