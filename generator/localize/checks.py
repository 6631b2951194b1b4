"""What a translation must not lose: placeholders, links, pictures, tags, and the second half of every pair of marks.

In: a source text and its translation. Out: what is wrong and what to do, or None. Knows no files.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|%\(\w+\)[sd]")
LINK = re.compile(r"\]\(\s*([^()\s]*(?:\([^()]*\)[^()\s]*)*)")
OPEN_LINK = re.compile(r"\[[^\[\]]*\](?![(\[:{])|\]\(\s*\)|\]\([^)]*$")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
NOTE = re.compile(r"\[\^[^\]]+\]")
PAIRS = ("**", "~~", "`")
Fault = tuple[str, str]


def fault(source: str, translation: str) -> Fault | None:
    """Give the first thing that is wrong with a translation: the message and a hint."""
    return _placeholders(source, translation) or _links(source, translation) or _marks(source, translation)


def _placeholders(source: str, translation: str) -> Fault | None:
    wanted, there = (Counter(re.sub(r"\s+", "", p) for p in PLACEHOLDER.findall(t)) for t in (source, translation))
    return _compare(wanted, there, "the placeholder")


def _links(source: str, translation: str) -> Fault | None:
    if OPEN_LINK.search(NOTE.sub("", translation)) and not OPEN_LINK.search(NOTE.sub("", source)):
        return "a link has lost its target", "write [words](target), with the target of the source"
    for pattern, what in ((LINK, "the link target"), (TAG, "the tag"), (NOTE, "the footnote call")):
        found = _compare(Counter(pattern.findall(source)), Counter(pattern.findall(translation)), what)
        if found:
            return found
    return None


def _marks(source: str, translation: str) -> Fault | None:
    for mark in PAIRS:
        if translation.count(mark) % 2 and not source.count(mark) % 2:
            return f"{mark} stands without its pair", f"write {mark} before and behind the words it means"
    if translation.replace("**", "").count("*") % 2 and not source.replace("**", "").count("*") % 2:
        return "* stands without its pair", "write * before and behind the words it means"
    return None


def _compare(wanted: Counter[str], there: Counter[str], what: str) -> Fault | None:
    lost, added = wanted - there, there - wanted
    if lost:
        return f"{what} {_first(lost)} is lost" + (f"; {_first(added)} stands in its place" if added else ""), "copy it from the source"
    if added:
        return f"{what} {_first(added)} is not in the source", "take it out"
    return None


def _first(found: Iterable[str]) -> str:
    return next(iter(found))


def is_copy(source: str, translation: str) -> bool:
    """Tell whether a text was translated by itself though it has words that could be: two, in lower case."""
    bare = PLACEHOLDER.sub(" ", TAG.sub(" ", source))
    return source == translation and len(re.findall(r"\b[^\W\d_]*[a-z][^\W\d_]{2,}\b", bare)) > 1 and bare != bare.title()
