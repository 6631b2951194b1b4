"""What tells two elements apart for a given stylesheet.

In: the selectors of all rules, as tokens. Out: a key for each element; equal keys mean that every selector of the sheet
answers alike for both, so that they may share a computed style. Knows nothing of declarations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACES = ("first-child", "last-child", "only-child", "root")
INNER = ("not", "is", "where", "matches")  # ask what stands between their brackets
PARTS = ("before", "after", "marker")
"""All that a key tells. A sheet with any other pseudo-class shares no style: it may ask for the content, the language or the like."""


class Discriminators:
    """The ids, attributes and places that the selectors of a sheet speak of."""

    def __init__(self) -> None:
        """Begin with none."""
        self.ids: set[str] = set()
        self.attributes: set[str] = {"style"}
        self.beginnings: dict[str, set[str]] = {}  # of the values of attributes that are asked for in no other way: [href^="http"]
        self.siblings = 0
        self.places = False
        self.unshared: set[str] = set()

    def extend(self, other: Discriminators) -> None:
        """Take in those of another sheet."""
        self.ids |= other.ids
        self.attributes |= other.attributes
        for name, begins in other.beginnings.items():
            self.beginnings[name] = self.beginnings.get(name, set()) | begins
        self.siblings = max(self.siblings, other.siblings)
        self.places = self.places or other.places
        self.unshared |= other.unshared

    def scan(self, tokens: Sequence[Any]) -> None:
        """Read the tokens of a rule's selectors."""
        plus = 0
        for i, token in enumerate(tokens):
            kind = token.type
            if kind == "hash":
                self.ids.add(token.value)
            elif kind == "[] block":
                self._attribute(token.content)
            elif kind == "literal" and token.value in "+~,":
                plus = 0 if token.value == "," else plus + 1
                self.siblings = max(self.siblings, plus if token.value != "~" else 1000)
            elif kind == "function":
                self._pseudo(token.lower_name)
                self.scan(token.arguments)
            elif kind == "ident" and i and getattr(tokens[i - 1], "value", "") == ":":
                self._pseudo(token.lower_value)

    def _attribute(self, content: Sequence[Any]) -> None:
        """Read what stands between square brackets."""
        content = [token for token in content if token.type != "whitespace"]
        name = next((t.lower_value for t in content[:1] if t.type == "ident"), "")
        if len(content) == 3 and content[1].value == "^=" and content[2].type == "string":
            self.beginnings.setdefault(name, set()).add(content[2].value)
        else:
            self.attributes.add(name)

    def _pseudo(self, name: str) -> None:
        self.places = self.places or name in PLACES
        if name not in (*PLACES, *INNER, *PARTS):
            self.unshared.add(name)

    def key(self, wrapper: Any, parent: int, *, rtl: bool) -> Any:
        """Give the element's signature below a parent of signature number `parent`; None when it has none."""
        if self.unshared:
            return None
        key = (parent, rtl, self._own(wrapper))
        if self.siblings:
            before = wrapper.previous
            count = self.siblings
            while before is not None and count:
                key += (self._own(before),)  # type: ignore[assignment]
                before, count = before.previous, count - 1
        if self.places:
            key += (wrapper.index == 0, wrapper.index == len(wrapper.etree_siblings) - 1)  # type: ignore[assignment]
        return key

    def _own(self, wrapper: Any) -> Any:
        attributes = wrapper.etree_element.attrib
        if not attributes:
            return (wrapper.etree_element.tag, None, None, ())
        wanted, beginnings = self.attributes, self.beginnings
        rest: tuple[Any, ...] = tuple([(k, v) for k, v in attributes.items() if k in wanted])
        for name in beginnings:
            value = attributes.get(name)
            if value and name not in wanted:
                rest += tuple([(name, begin) for begin in beginnings[name] if value.startswith(begin)])
        ident = attributes.get("id")
        return (wrapper.etree_element.tag, attributes.get("class"), ident if ident in self.ids else None, rest)
