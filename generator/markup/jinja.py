"""Jinja as this project uses it: sandboxed, strict about what is undefined, errors with file, line and a hint.

In: templates' text and values. Out: text. One environment for content, one for the page templates of a folder.
"""

from __future__ import annotations

import re
import traceback
from types import FunctionType, GeneratorType, MethodType
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, BytecodeCache, StrictUndefined, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator import cachefile, fields
from generator.errors import ContentError, HandoutsError, Position, TemplateError, together
from generator.project.nearest import did_you_mean, is_slip, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from jinja2 import Environment
    from jinja2.bccache import Bucket

    from generator.project.source import Source

MOST_POWER, MOST_FACTOR = 64, 1_000_000
SPACED = re.compile(r"client\.(\w+(?:[ -]+(?!(?:and|or|if|else|not|in|is)\b)\w+)+)")
MOST_TURNS = 100_000  # of all loops of a text
WRONG = (TemplateRuntimeError, SecurityError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, AssertionError, RuntimeError,
         MemoryError)  # fmt: skip
"""What a text's own words may come to when they are run."""
COUNTED = "counted turns"  # no text can write this name
BRACES = "braces that are to be printed stand between {% raw %} and {% endraw %}"
MOST_ERRORS = 20  # of a text that are told at once
PLACEHOLDER = re.compile(r"\{\{.*?\}\}")
NO_FILTER = re.compile(r"No filter named '([^']*)'")
RECORD = re.compile(r"'generator\.[\w.]*?(\w+?)(?:Source)? object' has no attribute '(\w+)'")
SHORTCODE = re.compile(r"\{\{[<%]")
BARE = re.compile(r"\{\{[^}]*?\w\(\s*(0\d[\d ]*|\d+[-./]\d[-./\d]*)\s*[),]")
QUOTED = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")


class WrongCall(ValueError):
    """A text called a function with what it cannot take. `needle` is what to look for in the line."""

    def __init__(self, message: str, hint: str, needle: str) -> None:
        """Keep what to do."""
        super().__init__(message)
        self.hint, self.needle = hint, needle


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, in which no sum can take for ever."""

    intercepted_binops = frozenset({"**", "*"})

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Begin, with no turn of a loop taken."""
        super().__init__(*arguments, **named)
        self.turns = 0
        self.filters[COUNTED] = self._counted

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Have the turns of all loops counted."""
        found = super()._parse(source, name, filename)
        for loop in list(found.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, COUNTED, [], [], None, None, lineno=loop.lineno)
        return found

    def _counted(self, found: Iterable[Any]) -> Iterator[Any]:
        for one in found:
            self.turns += 1
            if self.turns > MOST_TURNS:
                raise ValueError("the loops of this text go on too long for a handout")
            yield one

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Work out `left ** right` or `left * right`. Raises ValueError where that is no sum for a handout."""
        if operator == "**":
            if abs(right) > MOST_POWER or abs(left) > MOST_FACTOR:
                raise ValueError("this power is too large for a handout")
            return left**right
        for one, other in ((left, right), (right, left)):
            if isinstance(one, int) and not isinstance(other, int | float) and one * len(other) > MOST_FACTOR:
                raise ValueError("this repeats a text too often for a handout")
        return left * right

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a text may use an attribute. A record has none that is internal or that changes it, but the underscored."""
        return not attr.startswith("_") if isinstance(obj, tuple) else super().is_safe_attribute(obj, attr, value)


def _shown(value: object) -> object:
    """Turn a client's field into its mark; refuse what is no text. Raises TypeError."""
    if value is None:
        raise TypeError("there is nothing to show here: the value is none")
    if isinstance(value, tuple | list | dict | set | GeneratorType):
        raise TypeError("this is a record or a list, and no text: name one of its parts, or loop over it")
    if isinstance(value, FunctionType | MethodType):
        raise TypeError("this is a function: write it with brackets, such as {{ hotline_list() }}")
    return fields.shown(value)


class FolderLoader(BaseLoader):
    """Templates of a list of folders, the first that has the name; a path cannot leave its folder."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        """Take the folders."""
        self.folders = folders

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """Read a template. Raises TemplateNotFound."""
        if ".." in template.split("/") or template.startswith("/"):
            raise TemplateNotFound(template)
        for folder in self.folders:
            path = folder / template
            if path.is_file():
                text = path.read_text(encoding="utf-8")
                return text, str(path), lambda: True
        raise TemplateNotFound(template)


class _Kept(BytecodeCache):
    """Compiled templates in the cache folder. Jinja's own reads a damaged file for what it says."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, if it was kept whole."""
        data = cachefile.read(*self._place(bucket))
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        cachefile.write(*self._place(bucket), bucket.bytecode_to_string())

    def _place(self, bucket: Bucket) -> tuple[Path, bytes]:
        return self._folder / f"__fields_{bucket.key}.cache", cachefile.key_of(bucket.key, bucket.checksum)


def environment(folders: tuple[Path, ...] = (), cache: Path | None = None, *, escape: bool = False) -> Environment:
    """Make an environment. `cache` is a folder for compiled templates; it must exist."""
    return _Environment(
        loader=FolderLoader(folders),
        undefined=StrictUndefined,
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="{#" if escape else "{##",  # in Markdown `{#name}` names a heading
        comment_end_string="#}" if escape else "##}",
        finalize=_shown,
        bytecode_cache=_Kept(cache) if cache is not None else None,
    )


def _fresh(env: Environment) -> Environment:
    """Begin a text: no turn of a loop is taken."""
    if isinstance(env, _Environment):
        env.turns = 0
    return env


def render_content(env: Environment, text: str, values: Callable[[], Mapping[str, Any]], source: Source, line_of: Callable[[int], int]) -> str:
    """Render a handout's own text. Raises ContentError at the handout's line, which brings what is wrong with other lines.

    `values` gives them anew for each time that the text is gone through.
    """
    errors: list[HandoutsError] = []
    while True:
        try:
            rendered = _rendered(env, text, values(), source, line_of) if "{" in text else text
        except _WrongLine as exc:
            errors.append(exc.error)
            rest = _without(text, exc.line)
            if rest == text or len(errors) == MOST_ERRORS:
                raise _in_order(errors) from exc.__cause__
            text = rest
        else:
            if errors:
                raise _in_order(errors)
            return rendered


def _in_order(errors: list[HandoutsError]) -> HandoutsError:
    """Give errors together in the order of their lines: a filter that there is not is found before a name is looked up."""
    return together(sorted(errors, key=lambda e: e.position.line if e.position is not None else 0))


class _WrongLine(Exception):
    """An error, and the line of the text that it is in, counted from 1."""

    def __init__(self, line: int, error: ContentError) -> None:
        """Keep both."""
        super().__init__(error.message)
        self.line, self.error = line, error


def _without(text: str, number: int) -> str:
    """Give a text without the placeholders of a line, so that the others can be looked at."""
    lines = text.split("\n")
    if 0 < number <= len(lines):
        lines[number - 1] = PLACEHOLDER.sub("", lines[number - 1])
    return "\n".join(lines)


def _rendered(env: Environment, text: str, values: Mapping[str, Any], source: Source, line_of: Callable[[int], int]) -> str:
    """Render it. Raises _WrongLine."""
    try:
        return _fresh(env).from_string(text).render(values)
    except TemplateSyntaxError as exc:
        at = exc.lineno
        line = _last_open(source, line_of(at - 1))
        quotes = re.search("unexpected char '[“”„‘’«»]'", exc.message or "")
        closed = _or_braces("close every {{ }} and {% %}")
        hint = 'write straight quotes, "like these", between {{ and }}' if quotes else _spaced(source, line) or _bare(source, line) or closed
        unknown = NO_FILTER.match(exc.message or "")
        if unknown:
            close = nearest(unknown[1], [name for name in env.filters if name.isidentifier()])
            hint = f'did you mean "{close}"?' if close else _or_braces("take it out")
        raise _WrongLine(at, ContentError(f"Jinja: {exc.message}", _at(source, line, "{"), hint)) from exc
    except TemplateNotFound as exc:
        at = _line_in(exc, "<template>")
        where = _at(source, line_of(at - 1), "{%")
        raise _WrongLine(at, ContentError("Jinja: a handout's text cannot take in other files", where, "write the words into it")) from exc
    except RecursionError as exc:
        raise _WrongLine(0, ContentError("Jinja: a macro calls itself without end", source.find("{%"), "take the call out")) from exc
    except WrongCall as exc:
        at = _line_in(exc, "<template>")
        raise _WrongLine(at, ContentError(str(exc), _at(source, line_of(at - 1), exc.needle), exc.hint)) from exc
    except WRONG as exc:
        at = _line_in(exc, "<template>")
        where = _at(source, line_of(at - 1), _name(exc) or "{")
        raise _WrongLine(at, ContentError(f"Jinja: {_plain(exc)}", where, _hint(exc, values))) from exc


def render_page(env: Environment, name: str, values: Mapping[str, Any], shown: Callable[[str], str]) -> str:
    """Render a page template. Raises TemplateError at the template's line; `shown` gives a path as people see it."""
    try:
        return _fresh(env).get_template(name).render(values)
    except TemplateSyntaxError as exc:
        raise TemplateError(f"Jinja: {exc.message}", _place(shown, exc.filename or name, exc.lineno), "") from exc
    except TemplateNotFound as exc:
        raise TemplateError(f'there is no template "{exc.name}"', Position("templates"), "it belongs into templates/") from exc
    except HandoutsError:
        raise
    except RecursionError as exc:
        raise TemplateError("Jinja: a template or a macro takes itself in", Position(f"templates/{name}"), "take the inner one out") from exc
    except UnicodeDecodeError as exc:
        raise TemplateError("a template is not UTF-8", Position(f"templates/{name}"), "save it with the encoding UTF-8") from exc
    except WRONG as exc:
        frame = _last_template_frame(exc)
        raise TemplateError(f"Jinja: {_plain(exc)}", _place(shown, *frame), _hint(exc, values)) from exc


def _last_open(source: Source, line: int) -> int:
    """Give the line itself, or for one at the end of the file the last one before it that has a Jinja tag."""
    while line > 1 and (line > len(source.lines) or "{" not in source.lines[line - 1]):
        line -= 1
    return line


def _at(source: Source, line: int, needle: str) -> Position:
    text = source.lines[line - 1] if 0 < line <= len(source.lines) else ""
    return source.position(line, text.find(needle) + 1)


def _place(shown: Callable[[str], str], filename: str, line: int) -> Position:
    from pathlib import Path

    path = Path(filename)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return Position(shown(filename), line, len(text) - len(text.lstrip()) + 1 if text else 0, text)


def _line_in(exc: BaseException, filename: str) -> int:
    frames = traceback.extract_tb(exc.__traceback__)
    return next((f.lineno or 1 for f in reversed(frames) if f.filename == filename), 1)


def _last_template_frame(exc: BaseException) -> tuple[str, int]:
    frames = traceback.extract_tb(exc.__traceback__)
    return next(((f.filename, f.lineno or 0) for f in reversed(frames) if f.filename.endswith((".html", ".txt"))), ("templates", 0))


def _plain(exc: BaseException) -> str:
    text = str(exc).replace("jinja2.utils.", "").replace("'generator.fields.View object' has no attribute", "the list has no column")
    return RECORD.sub(lambda found: f"the {found[1].lower()} has no '{found[2]}'", text)


def _name(exc: BaseException) -> str:
    match = QUOTED.search(str(exc))
    return (match[1] or match[2]) if match else ""


def _spaced(source: Source, line: int) -> str:
    """Give the hint for a column's name that was written with spaces in it."""
    found = SPACED.search(source.lines[line - 1]) if 0 < line <= len(source.lines) else None
    return f'did you mean "client.{"_".join(found[1].split())}"?' if found else ""


def _bare(source: Source, line: int) -> str:
    """Give the hint for a day or a number with a 0 in front that was written without quotation marks, and for what Hugo would fill in."""
    text = source.lines[line - 1] if 0 < line <= len(source.lines) else ""
    if SHORTCODE.search(text):
        return "this is a shortcode of Hugo: write what it stands for, such as ![what it shows](images/picture.png), or a box !!! note"
    found = BARE.search(text)
    return f'write it in quotation marks: "{found[1]}"' if found else ""


def _fields_of(name: str) -> tuple[str, ...]:
    """Give what a record has, by the name of its class."""
    from generator.project import records

    kind = getattr(records, name, None) or getattr(records, f"{name}Source", None)
    return tuple(getattr(kind, "_fields", ()))


def _hint(exc: BaseException, values: Mapping[str, Any]) -> str:
    name = _name(exc)
    if any(line.id == name for line in getattr(values.get("facts"), "hotlines", ())):
        return f'write it in quotation marks: "{name}"'
    known = {*values, *(key for value in values.values() if isinstance(value, dict) for key in value)}
    if "'generator.fields.View object'" in str(exc):
        return did_you_mean(name, fields.columns_of(values["client"]), "the list's columns are")
    if not name:
        return "the README lists what may be used"
    record = RECORD.search(str(exc))
    if record and (has := _fields_of(record[1])):
        return did_you_mean(name, has, "it has")
    hint = did_you_mean(name, known, "known")
    return hint if is_slip(name, known) else _or_braces(hint)


def _or_braces(hint: str) -> str:
    """Say besides how braces are printed that another program's templates have."""
    return f"{hint}{' or' if hint.endswith('?') else ';'} {BRACES}"
