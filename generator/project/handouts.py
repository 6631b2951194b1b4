"""content/handouts/*.md in, handout sources out; a broken one is a failure beside the others, which go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import ContentError, HandoutsError, Position
from generator.project.fields import Fields, read_all, read_fields
from generator.project.records import FORMATS, MAIL_TELLS, REQUIREMENTS, HandoutSource
from generator.project.source import Source, read_source, shown_path
from generator.project.typed import as_meant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.project.records import Facts

_FIELDS = ("title", "subtitle", "summary", "version", "reviewed", "formats", "requires", "brands", "hotlines", "draft",
           "locales", "mail_tells", "template")  # fmt: skip
_NOT_SHOWN = "take it out: no handout shows it"
_ELSEWHERE = {  # what the front matter of web pages has
    "description": 'did you mean "summary"?', "excerpt": 'did you mean "summary"?', "date": 'did you mean "reviewed"?',
    "lastmod": 'did you mean "reviewed"?', "last_update": 'did you mean "reviewed"?', "lang": 'did you mean "locales"?',
    "language": 'did you mean "locales"?',
    **dict.fromkeys(("id", "slug", "tags", "categories", "keywords", "author", "authors", "image", "layout", "type", "weight", "permalink",
                     "url", "aliases", "nav_order", "parent", "hide", "icon", "status", "toc", "menu", "comments", "sidebar_position",
                     "sidebar_label", "pagination_next", "pagination_prev", "hide_title", "hide_table_of_contents"), _NOT_SHOWN),
}  # fmt: skip
_FENCE = "---"
SUFFIXES = (".md", ".markdown")
RESERVED = ("interface", "facts")  # names of catalogs that are no handout's
Failures = list[tuple[str, HandoutsError]]


class Twin(ContentError):
    """A handout has the name or the title of another; what was made of either is as good as it was."""


def load_handouts(folder: Path, root: Path, facts: Facts, brands: Iterable[str]) -> tuple[tuple[HandoutSource, ...], Failures]:
    """Read every .md file of `folder`, by name. `brands`: the slugs a handout may name."""
    known = tuple(brands)
    handouts: list[HandoutSource] = []
    failures: Failures = []
    for path in sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue  # what editors and file systems leave beside a file
        try:
            _refuse_name(path)
            handout = load_handout(path, root, facts, known)
        except HandoutsError as error:
            failures += [(path.stem, one) for one in (error, *error.more)]
        else:
            handouts.append(handout)
    twins = _twins(handouts, root)
    refused = dict(twins)
    return tuple(h for h in handouts if h.slug not in refused), [*failures, *twins]


def _refuse_name(path: Path) -> None:
    """Raise ContentError for a file that cannot be a handout by its name or kind."""
    shown = path.name.encode("ascii", "backslashreplace").decode() if not _is_text(path.name) else path.name
    place = Position(f"content/handouts/{shown}")
    if not _is_text(path.name):
        raise ContentError("the file's name is not UTF-8", place, "give the file another name")
    if path.suffix != ".md":
        raise ContentError("handouts are files that end in .md", place, f"rename it to {path.stem}.md")
    if not path.is_file():
        raise ContentError("this is no file", place, "put the handout's text there, or take it away")


def _is_text(name: str) -> bool:
    return name.isprintable() and not any(0xD800 <= ord(c) <= 0xDFFF for c in name)


def load_handout(path: Path, root: Path, facts: Facts, brands: tuple[str, ...]) -> HandoutSource:
    """Read one handout. Raises ContentError at the line that is wrong."""
    source = read_source(path, root)
    if path.stem.lower() in RESERVED:
        raise ContentError(f'no handout may be called "{path.stem}": translations have a catalog of that name',
                           source.position(1), "give the file another name")  # fmt: skip
    end = _front_matter_end(source)
    fields = read_fields(source, _FIELDS, text="\n".join(source.lines[1:end]), above=1, hints=_ELSEWHERE)
    body, notices = as_meant(source, end + 1)
    if not body.strip():
        hint = "write the handout's text below the front matter"
        raise ContentError("the handout has no text", source.position(len(source.lines)), hint)
    return _handout(path.stem, source, fields, body, end + 2, facts, brands)._replace(notices=notices)


def _handout(
    slug: str, source: Source, fields: Fields, body: str, body_line: int, facts: Facts, brands: tuple[str, ...]
) -> HandoutSource:
    """Check the front matter; all that is wrong with it is told at once."""
    hotlines = tuple(line.id for line in facts.hotlines)
    read = read_all({
        "title": lambda: fields.text("title"),
        "reviewed": lambda: fields.date("reviewed"),
        "subtitle": lambda: fields.text("subtitle", ""),
        "summary": lambda: fields.text("summary", ""),
        "version": lambda: fields.text("version", ""),
        "formats": lambda: fields.texts("formats", FORMATS) or ("booklet",),
        "requires": lambda: fields.texts("requires", REQUIREMENTS),
        "brands": lambda: fields.texts("brands", brands),
        "hotlines": lambda: fields.texts("hotlines", hotlines) or hotlines,
        "draft": lambda: fields.flag("draft"),
        "locales": lambda: fields.texts("locales"),
        "mail_tells": lambda: fields.texts("mail_tells", MAIL_TELLS),
        "template": lambda: fields.text("template", ""),
    })  # fmt: skip
    nothing = "requires" in fields and not read["requires"]
    return HandoutSource(slug=slug, source=source, body=body, body_line=body_line, requires_nothing=nothing, **read)


def _front_matter_end(source: Source) -> int:
    """Return the index of the line that closes the front matter."""
    if source.lines[0].rstrip() != _FENCE:
        hint = 'begin the file with a line "---", then title: and reviewed:, then another "---"'
        if source.lines[0].rstrip() == "+++":
            hint = 'it is TOML here: write "---" for "+++", and title: "…" for title = "…"'
        raise ContentError("the front matter is missing", source.position(1, 1), hint)
    for number, line in enumerate(source.lines[1:], start=1):
        if line.rstrip() in {_FENCE, "..."}:
            return number
    hint = 'close the front matter with a line "---"'
    raise ContentError("the front matter does not end", source.position(1, 1), hint)


def _twins(handouts: list[HandoutSource], root: Path) -> list[tuple[str, Twin]]:
    """Refuse second handouts of one name or title: files would overwrite each other, or readers mix them up.

    The one with the longer file name is refused: a copy is called “sleep-well - Copy” or “sleep-well (1)”.
    """
    slugs: dict[str, HandoutSource] = {}
    titles: dict[str, HandoutSource] = {}
    refused = []
    for handout in sorted(handouts, key=lambda h: len(h.slug)):
        slug, title, path = handout.slug.lower(), handout.title.casefold(), handout.source.path
        if slug in slugs:
            message = f"this handout's file name differs from {shown_path(slugs[slug].source.path, root)} in capital letters only"
            refused.append((handout.slug, Twin(message, handout.source.position(1), f"rename {path.name}")))
        elif title in titles:
            message = f"{shown_path(titles[title].source.path, root)} has the same title"
            hint = "delete one of the two, or give this one another title"
            refused.append((handout.slug, Twin(message, handout.source.find(handout.title), hint)))
        else:
            slugs[slug] = titles[title] = handout
    return refused
