"""Stylesheets as an earlier process parsed them, kept as files: parsing takes as long as setting a short booklet.

In: the text of a CSS file and an existing folder. Out: its rules, the same as `parse_stylesheet` gives. A kept file counts only where it
answers for this text, this program and these libraries. Like Jinja's compiled templates beside it, it is code, and believed as the
templates are. Knows no elements.
"""

from __future__ import annotations

import hashlib
import marshal
import pickle
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import cssselect2
import tinycss2

from generator import cachefile
from generator.style.stylesheet import Selector, Stylesheet, parse_stylesheet

ROOM = Path(__file__).parent


def kept_stylesheet(text: str, file: str, folder: Path | None) -> Stylesheet:
    """Give a stylesheet's rules, parsed or as they were kept. `folder` None keeps none. Raises TemplateError as the parser does."""
    if folder is None:
        return parse_stylesheet(text, file)
    key = cachefile.key_of(text, file, _parser())
    path = folder / f"{hashlib.sha256(file.encode()).hexdigest()[:16]}.rules"
    found = _read(path, key)
    if found is None:
        found = parse_stylesheet(text, file)
        _write(path, key, found)
    return found


@lru_cache(maxsize=1)
def _parser() -> str:
    """Name what parses: a change of it parses anew."""
    return "\0".join((cssselect2.__version__, tinycss2.__version__, cachefile.stamps(sorted(ROOM.glob("*.py")))))


def _read(path: Path, key: bytes) -> Stylesheet | None:
    data = cachefile.read(path, key)
    if data is None:
        return None
    sheet: Stylesheet = pickle.loads(data)  # noqa: S301 - this program's own words
    sheet.rules = [rule._replace(selectors=tuple(_awake(s) for s in rule.selectors)) for rule in sheet.rules]
    return sheet


def _write(path: Path, key: bytes, sheet: Stylesheet) -> None:
    """Keep a stylesheet."""
    rules = [rule._replace(selectors=tuple(_asleep(s) for s in rule.selectors)) for rule in sheet.rules]
    with suppress(RecursionError):  # a value of very many brackets is parsed anew
        cachefile.write(path, key, pickle.dumps(Stylesheet(rules, sheet.pages, sheet.discriminators), pickle.HIGHEST_PROTOCOL))


def _asleep(selector: Selector) -> Selector:
    """Put the code of a selector's test in its place: a function cannot be written."""
    return selector._replace(test=marshal.dumps(selector.test.__code__))


def _awake(selector: Selector) -> Selector:
    code: Any = marshal.loads(selector.test)  # noqa: S302 - this program's own words
    if not isinstance(code, CodeType):
        raise TypeError(code)
    return selector._replace(test=FunctionType(code, vars(cssselect2.compiler)))
