"""YAML text in, plain nodes with their places out; the one module that imports PyYAML, and only for a text not met before.

It composes nodes and never constructs objects, so a scalar is the text that the author typed (`1.0` stays "1.0") and no YAML
tag can run anything. What a text was composed to is remembered, in this process and, where `take_up` and `keep` are called with
a folder, from one process to the next: importing PyYAML takes longer than reading a whole project. Knows no files and no fields.
"""

from __future__ import annotations

import hashlib
import pickle
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from generator import cachefile
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

SCALAR, LIST, MAPPING, NULL = "text", "list", "mapping", "null"
FILE = "fields.nodes"
MANY = 4000  # texts remembered


class Node(NamedTuple):
    """A node. `value` is a scalar's text, a list's nodes or a mapping's (key, value) pairs; `line` and `column` count from 1."""

    kind: str
    value: Any
    line: int
    column: int


class Broken(Exception):
    """The text is no YAML; `line` 0 where that has no place."""

    def __init__(self, problem: str, line: int = 0, column: int = 0) -> None:
        """Say what is wrong, in PyYAML's words."""
        super().__init__(problem)
        self.problem, self.line, self.column = problem, line, column


class _Memory:
    """Nodes by the digest of their text."""

    def __init__(self) -> None:
        self.known: dict[bytes, Node | None] = {}
        self.asked: dict[bytes, Node | None] = {}  # since a project was begun
        self.kept: frozenset[bytes] = frozenset()  # in the file


_memory = _Memory()  # composing is a function of the text alone


def compose(text: str) -> Node | None:
    """Give a text's one node, None for a text that holds none. Raises Broken."""
    key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    known = _memory.known
    if key not in known:
        if len(known) >= MANY:
            known.clear()
        known[key] = _composed(text)
    found = _memory.asked[key] = known[key]
    return found


def take_up(folder: Path | None) -> None:
    """Begin a project, with what an earlier process has composed for it. `folder` None has kept nothing."""
    _memory.asked.clear()
    if folder is None or _memory.known:
        return
    data = cachefile.read(folder / FILE, _key())
    if data is not None:
        _memory.known = pickle.loads(data)  # noqa: S301 - this program's own words
        _memory.kept = frozenset(_memory.known)


def keep(folder: Path | None) -> None:
    """End a project: keep what it holds for the next process, where that is not kept already."""
    asked = _memory.asked
    if folder is not None and asked.keys() != _memory.kept:
        cachefile.write(folder / FILE, _key(), pickle.dumps(asked, pickle.HIGHEST_PROTOCOL))
        _memory.kept = frozenset(asked)


def _key() -> bytes:
    library = find_spec("yaml")
    return cachefile.key_of(cachefile.stamps([__file__, library.origin] if library is not None and library.origin else [__file__]))


def _composed(text: str) -> Node | None:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _plain(node, {})
    except yaml.YAMLError as exc:
        problem = getattr(exc, "problem", None) or str(exc)
        mark = getattr(exc, "problem_mark", None)
        if "end of stream" in problem:  # what is open is found at the end of the file, and mended where it begins
            mark = getattr(exc, "context_mark", None) or mark
        raise (Broken(problem, mark.line + 1, mark.column + 1) if mark is not None else Broken(problem)) from exc
    except RecursionError as exc:
        raise Broken("it is nested too deeply") from exc
    finally:
        loader.dispose()


def _plain(node: Any, done: dict[int, Node | None]) -> Node:
    """Copy a node of PyYAML's; an alias is the node that it stands for."""
    key, line, column = id(node), node.start_mark.line + 1, node.start_mark.column + 1
    if key in done:
        known = done[key]
        if known is None:
            raise Broken("an alias is nested in what it stands for", line, column)
        return known
    done[key] = None
    if isinstance(node.value, str):
        made = Node(NULL if node.tag == "tag:yaml.org,2002:null" else SCALAR, node.value, line, column)
    elif node.id == "mapping":
        made = Node(MAPPING, tuple((_plain(k, done), _plain(v, done)) for k, v in node.value), line, column)
    else:
        made = Node(LIST, tuple(_plain(item, done) for item in node.value), line, column)
    done[key] = made
    return made
