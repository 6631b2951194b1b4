"""The words of the templates and of this room, for translators.

In: folders of templates. Out: every text that `_()` or `word()` is called with, with file and line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import Position
from generator.localize.hotlines import SPOKEN
from generator.markup.boxes import TITLES
from generator.markup.jinja import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.localize.interface import Interface


def refuse_lacking(words: Interface, folders: tuple[Path, ...]) -> None:
    """Refuse a page whose templates have words that are not translated, where the project does. Raises ContentError."""
    if words.policy != "refuse" or not words.lacking:
        return
    from generator.localize.gate import Missing, refusal

    places = {text: Position(file, line) for text, file, line in words_of(folders) if text in words.lacking}
    missing = [Missing(places.get(text, Position("templates")), text, "missing") for text in sorted(words.lacking)]
    raise refusal(words.locale, missing)


def words_of(folders: tuple[Path, ...]) -> Iterator[tuple[str, str, int]]:
    """Yield text, file and line; a template in an earlier folder hides its namesake."""
    from jinja2.ext import extract_from_ast

    for text in (*TITLES.values(), *SPOKEN):
        yield text, "handouts", 1
    env, seen = environment(folders, escape=True), set()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".html", ".txt")):
            if path.relative_to(folder) in seen:
                continue
            seen.add(path.relative_to(folder))
            tree = env.parse(path.read_text(encoding="utf-8"))
            for line, _, found in extract_from_ast(tree, gettext_functions=("_", "word", "gettext")):
                words = [found] if isinstance(found, str) else [t for t in found or () if t]
                yield from ((word, f"templates/{path.relative_to(folder).as_posix()}", line) for word in words[:1])
