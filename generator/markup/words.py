"""The words of the templates and of this room, for translators.

In: folders of templates, and what a project says instead of their words. Out: every text that `_()` or `word()` is called with, with
file and line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import Position, ProjectError
from generator.localize.hotlines import SPOKEN
from generator.markup.boxes import TITLES
from generator.markup.jinja import environment
from generator.project.kinds import WORDS
from generator.project.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from jinja2 import nodes

    from generator.localize.interface import Interface
    from generator.project.records import Wording

NEUTRAL = ("Booklet", "Card %(number)s")
"""Titles that tell nothing of what a piece is about."""
SPEAKING = ("_", "word", "gettext")  # the functions of templates that translate


def refuse_unknown_words(own: Mapping[str, Wording], folders: tuple[Path, ...]) -> None:
    """Refuse what a project says instead of words that no template has, or have to stand. Raises ProjectError."""
    if not own:
        return
    trees = list(_trees(folders))
    known = {text for text, _, _ in _written(trees)}
    optional = {text for _, tree in trees for text in _optional(tree)}
    for word, wording in own.items():
        if word not in known:
            raise ProjectError(f"no template says “{word}”", wording.position, did_you_mean(word, known, "they say"))
        if not wording.text and word not in optional:
            hint = "write another text behind it; these may be left out: " + ", ".join(f"“{text}”" for text in sorted(optional))
            raise ProjectError(f"“{word}” cannot be left out", wording.position, hint)


def refuse_lacking(words: Interface, folders: tuple[Path, ...], own: Mapping[str, Wording]) -> None:
    """Refuse a page whose templates have words that are not translated, where the project does. Raises ContentError. `own`: see words_of."""
    if words.policy != "refuse" or not words.lacking:
        return
    from generator.localize.gate import Missing, refusal

    places = {text: Position(file, line) for text, file, line in words_of(folders, own) if text in words.lacking}
    missing = [Missing(places.get(text, Position("templates")), text, "missing") for text in sorted(words.lacking)]
    raise refusal(words.locale, missing, most=len(missing))


def words_of(folders: tuple[Path, ...], own: Mapping[str, Wording] | None = None) -> Iterator[tuple[str, str, int]]:
    """Yield text, file and line. `own`: what the project says instead of some of them, which stands in its own file."""
    for text, file, line in _written(_trees(folders)):
        said = (own or {}).get(text)
        if said is None:
            yield text, file, line
        elif said.text:
            yield said.text, said.position.file, said.position.line


def _written(trees: Iterable[tuple[str, nodes.Template]]) -> Iterator[tuple[str, str, int]]:
    from jinja2.ext import extract_from_ast

    for text in (*TITLES.values(), *WORDS, *SPOKEN, *NEUTRAL):
        yield text, "handouts", 1
    for name, tree in trees:
        for line, _, found in extract_from_ast(tree, gettext_functions=SPEAKING):
            words = [found] if isinstance(found, str) else [t for t in found or () if t]
            yield from ((word, f"templates/{name}", line) for word in words[:1])


def _trees(folders: tuple[Path, ...]) -> Iterator[tuple[str, nodes.Template]]:
    """Yield every template, parsed; one in an earlier folder hides its namesake."""
    env, seen = environment(folders, escape=True), set()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".html", ".txt")):
            if path.relative_to(folder) in seen:
                continue
            seen.add(path.relative_to(folder))
            yield path.relative_to(folder).as_posix(), env.parse(path.read_text(encoding="utf-8"))


def _optional(tree: nodes.Template) -> Iterator[str]:
    """Yield the words that a template looks at before it makes room for them: {% set own = _("My own words") %}{% if own %}."""
    from jinja2 import nodes

    named = {a.target.name: a.node for a in tree.find_all(nodes.Assign) if isinstance(a.target, nodes.Name)}
    for asked in tree.find_all(nodes.If):
        for name in (asked.test, *asked.test.find_all(nodes.Name)):
            call = named.get(name.name) if isinstance(name, nodes.Name) else None
            if isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name) and call.node.name in SPEAKING:
                yield from (a.value for a in call.args[:1] if isinstance(a, nodes.Const))
