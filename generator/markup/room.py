"""The entrance: a piece asked for, one checked HTML tree given.

Names the steps in their order: Jinja and Markdown, parts, page template, what never breaks, vocabulary, pictures,
what is required. Keeps what can be used again (environments, the Markdown converter) for a warm process.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from jinja2 import TemplateNotFound, Undefined

from generator import fields
from generator.errors import ContentError, HandoutsError, Notice, Position, TemplateError, together
from generator.localize.habits import MIRRORED
from generator.markup import bilingual, conversion, directions, elsewhere, foreign, links, required, vocabulary, web, worksheets
from generator.markup.blanks import settle_fields
from generator.markup.jinja import WrongCall, environment, render_page
from generator.markup.numbers_to_call import hotline_rows, tel_link
from generator.markup.page_values import logo_name, page_values
from generator.markup.records import Markup, Piece
from generator.markup.sectioned import Sectioned
from generator.markup.sections import BOOKLET_ONLY, CARD_ONLY, Parts, Section, Untranslated, take_apart
from generator.markup.unbroken import Unbroken
from generator.markup.whole import refuse_lost, refuse_open, refuse_ragged
from generator.markup.widths import settle_widths, take_over_widths
from generator.markup.words import refuse_lacking, refuse_unknown_words
from generator.project.assets import resolve_asset
from generator.project.nearest import did_you_mean, nearest
from generator.project.records import unbound
from generator.project.source import shown_path
from generator.tree import parse_fragment, parse_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from markupsafe import Markup as Safe

    from generator.localize.interface import Interface
    from generator.project.records import HandoutSource, Hotline
    from generator.project.source import Source

LINES = re.compile(r'data-line="(\d+)"')


class MarkupRoom:
    """Reused state of a process."""

    def __init__(self, cache: Path | None = None, *, remember: bool = False) -> None:
        """`cache`: an existing folder for compiled templates, or None. `remember`: the same texts will come again, little changed."""
        self._cache = cache
        self._remember = remember
        self._content = environment()
        self._pages: dict[tuple[Path, ...], Any] = {}
        self._converters: dict[str, tuple[Interface, Any]] = {}
        self._bodies: dict[Any, tuple[str, list[Notice]]] = {}
        self._worded: dict[tuple[Path, ...], object] = {}  # the project's own words that are known to be asked for

    def steps(self, piece: Piece) -> list[Section]:
        """Give the steps that a handout has on cards, without making a page."""
        piece = piece._replace(step=piece.step or 1)
        return self._parts(piece, self._values(piece, piece.client or fields.Nobody())).steps

    def mark_up(self, piece: Piece) -> Markup:
        """Make the page. Raises ContentError or TemplateError with file and line."""
        self._check_words(piece)
        client = piece.client or fields.Nobody()
        values = self._values(piece, client)
        parts = self._parts(piece, values)
        _check_parts(parts, piece)
        said: list[Notice] = []
        tree = self._page(piece, parts, values, client, said)
        if piece.is_card:
            elsewhere.unlink(tree, lambda: self._names(piece, parts))
        if client.shown:
            settle_fields(tree, lambda e: _element_position(e, piece))
        read = [p.words for p in (piece, piece.second) if p is not None]
        for words in read:
            refuse_lacking(words, piece.templates, piece.project.settings.words)
            foreign.mark(tree, words, piece.project.settings.default_locale)
        own = (piece.brand.phone, *(office.phone for office in piece.brand.offices))
        Unbroken((*piece.project.facts.hotlines, *piece.shown_hotlines), read, piece.region, own).apply(tree)
        if piece.locale != MIRRORED:  # its Latin letters stand for such as run from right to left
            directions.turn(tree)
        title = piece.told.title
        if piece.step is not None and piece.neutral != "pages":
            title = f"{parts.steps[piece.step - 1].title} – {title}"
        markup = Markup(tree, unbound(title), piece.locale, piece.handout.source)
        vocabulary.check(tree, lambda e, _: _element_position(e, piece), TemplateError)
        worksheets.check(tree, lambda e: _element_position(e, piece))
        self._assets(markup, piece)
        if piece.part in ("", "back"):
            self._required(tree, piece, parts)
        unsafe = required.unsafe(piece.handout, parts.boxes.get("safety", ""), (*piece.project.facts.hotlines, *piece.shown_hotlines))
        markup.notices = (*piece.handout.notices, *parts.notices, *unsafe, *conversion.leaks(tree, piece.handout), *said)
        if client.shown:
            markup.fields = client.values
            markup.title = fields.MARKED.sub("…", markup.title)  # a title must not say whom the copy is for
        return markup

    def _page(self, piece: Piece, parts: Parts, values: dict[str, Any], client: fields.Client, said: list[Notice]) -> Any:
        """Render the page template; a bilingual card has a face in each language."""
        if piece.second is None:
            return self._rendered(piece, parts, values, said)
        second = piece.second
        other_values = self._values(second, client)
        other = self._parts(second, other_values)
        if piece.is_card:
            return bilingual.faces(self._rendered(piece, parts, values, said), self._rendered(second, other, other_values, said))
        parts_of_both = bilingual.joined(parts, other, (piece.locale, second.locale))
        both = piece.words._replace(also=second.words._replace(names=bilingual.names(piece.words, second.words)))
        also = {"title": second.told.title, "subtitle": second.told.subtitle, "locale": second.locale, "dir": second.words.direction}
        spoken = {"_": both.gettext, "gettext": both.gettext, "word": both.word, "name": both.name, "date": both.date,
                  "draft": second.words.draft, "also": also, "languages": (piece.words, second.words)}  # fmt: skip
        return self._rendered(piece, parts_of_both, {**values, **spoken}, said)

    def _rendered(self, piece: Piece, parts: Parts, values: dict[str, Any], said: list[Notice]) -> Any:
        env = self._environment(piece.templates)
        _refuse_unknown(piece)
        page = {"also": None, **values, **page_values(piece, parts, said)}
        text = render_page(env, piece.template, page, _shown(piece))
        if "<body" not in text:
            raise TemplateError("the template has no <body>", Position(f"templates/{piece.template}"), "look at the one that the program ships")
        return parse_page(text)

    def _names(self, piece: Piece, parts: Parts) -> set[str]:
        """Give the names that links of a handout may call: those in its text, and those of its booklet's own sections."""
        env = self._environment(piece.templates)
        found = elsewhere.names_in(parts.body + parts.footnotes) | parts.hidden
        for name in ("parts.html", f"{piece.handout.template or 'booklet'}.html"):
            with suppress(TemplateNotFound):  # whoever makes the booklet tells
                found |= elsewhere.names_in(env.loader.get_source(env, name)[0])
        return found

    def _check_words(self, piece: Piece) -> None:
        own = piece.project.settings.words
        if self._worded.get(piece.templates) != own:
            refuse_unknown_words(own, piece.templates)
            self._worded[piece.templates] = own

    def _environment(self, folders: tuple[Path, ...]) -> Any:
        if folders not in self._pages:
            self._pages[folders] = environment(folders, self._cache, escape=True)
        return self._pages[folders]

    def _parts(self, piece: Piece, values: dict[str, Any]) -> Parts:
        known = self._converters.get(piece.locale)
        if known is None or known[0] != piece.words or known[0].lacking is not piece.words.lacking:
            made = conversion.converter(piece.words)
            known = self._converters[piece.locale] = (piece.words, Sectioned(made) if self._remember else made)
        key = (piece.handout.source.path, piece.handout.body, piece.brand.slug, piece.locale, piece.client)
        kept = self._bodies.get(key) if piece.client is not None or "client" not in piece.handout.body else None
        if kept is None:
            told: list[Notice] = []
            kept = (conversion.convert(known[1], self._content, piece.handout, values, told), told)
            self._bodies = {key: kept}  # cards of one handout come one after another
        body, said = kept[0], list(kept[1])
        if not body.strip():
            raise ContentError("the handout has no text", piece.handout.source.position(piece.handout.body_line),
                               "write something below the front matter")  # fmt: skip
        tree = parse_fragment(body)
        if "<" in piece.handout.body:  # tags that Markdown writes itself hold what they are given
            refuse_open(body, lambda tag, line, within: _tag(piece.handout, tag, line, within=within))
            refuse_ragged(tree, lambda table: conversion.written(table, "<table", piece.handout))
            refuse_lost(body, tree, lambda word: piece.handout.source.find(word, piece.handout.body_line))
        written = self._written(piece)
        take_over_widths(tree)
        if "<" in piece.handout.body or ("{" in piece.handout.body and "=" in piece.handout.body):  # HTML, or lists of its attributes
            said += web.adapt(tree, written)
        if "<a " in body:
            said += links.settle(tree, piece.handout.source.path.name, written)
        vocabulary.check(tree, written, ContentError)
        said += settle_widths(tree, written)
        conversion.refuse_empty(tree, piece.handout)
        worksheets.check_lines(tree, lambda e: conversion.written(e, "<textarea", piece.handout), ContentError)
        if CARD_ONLY in body:
            conversion.refuse_unseen(tree, piece.handout)
        marked = None
        if piece.handout.untranslated or "untranslated" in body:
            marked = Untranslated(piece.handout.untranslated, piece.project.settings.default_locale, piece.words.policy == "mark")
        handout = piece.handout
        parts = take_apart(tree, hidden=BOOKLET_ONLY if piece.is_card else CARD_ONLY, marked=marked, title=handout.title, called=handout.called,
                           source=handout.source.lines if handout.origin else ())  # fmt: skip
        parts.notices = tuple(said)
        return parts

    def _written(self, piece: Piece) -> Callable[[Any, str], Position]:
        return lambda element, needle: conversion.written(element, needle, piece.handout)

    def _values(self, piece: Piece, client: fields.Client) -> dict[str, Any]:
        """Give what a handout's text and a template may use alike."""
        project, brand = piece.project, piece.brand
        hotlines = piece.shown_hotlines

        def hotline(name: str) -> Hotline:
            found = next((h for h in hotlines if h.id == name), None) or project.hotline(name)
            if found is None:
                known = ", ".join(h.id for h in project.facts.hotlines)
                more = "write the id of one of them, or add another to content/facts.yml"
                close = nearest(str(name), (h.id for h in project.facts.hotlines))
                hint = f'did you mean "{close}"?' if close else more
                raise WrongCall(f'Jinja: there is no hotline "{name}"; facts.yml has {known}', hint, str(name))
            return found

        def hotline_list(*names: str) -> Safe:
            return hotline_rows([hotline(n) for n in names] if names else hotlines, piece.region)

        def office_in(state: str) -> list[Any]:
            return [o for o in brand.offices if o.state == state]

        def date(day: Any) -> Any:
            if isinstance(day, Undefined):
                str(day)  # says what is not defined
            if not isinstance(day, fields.Field | dt.date):
                raise TypeError("date() writes the date of a client's column or of the handout; any other is written as it is")
            return client.dated(day, interface.date) if isinstance(day, fields.Field) else interface.date(day)

        interface = piece.words
        return {
            "handout": piece.told, "brand": brand, "facts": project.facts, "hotlines": hotlines, "hotline": hotline,
            "hotline_list": hotline_list, "office_in": office_in, "_": interface.gettext, "gettext": interface.gettext,
            "word": interface.word, "name": interface.name, "date": date, "number": interface.number, "join": interface.join,
            "draft": interface.draft, "languages": (interface,), "client": fields.View(client),
            "tel": lambda line: tel_link(line, piece.region),
        }  # fmt: skip

    def _assets(self, markup: Markup, piece: Piece) -> None:
        if piece.brand.logo is not None:
            markup.assets[logo_name(piece.brand)] = piece.brand.logo
        wrong: list[HandoutsError] = []
        for image in markup.tree.iter("img"):
            src = image.get("src") or ""
            if src in markup.assets:
                continue
            name = unquote(src)  # HTML writes letters beyond ASCII and spaces in percents
            name = name if name in piece.handout.source.text else src
            position = _named(piece.handout.source, name)
            if not src or not position.column:  # Markdown has read a part of it as something else
                position = conversion.written(image, "![", piece.handout)
            try:
                markup.assets[src] = _picture(piece, name, position)
            except HandoutsError as error:
                wrong.append(error)
        if wrong:
            raise together(wrong)

    def _required(self, tree: Any, piece: Piece, parts: Parts) -> None:
        hotlines = piece.shown_hotlines
        wanted = [h for h in hotlines if h.card] or hotlines if piece.is_card else hotlines
        required.check_safety(tree, piece.handout, wanted, own_block="safety" in parts.boxes)
        if not piece.is_card:
            lines = {int(line) for line in LINES.findall(parts.body + parts.footnotes)}
            required.check_blocks(tree, lines, Position(f"templates/{piece.template}"))


def _named(source: Source, name: str) -> Position:
    """Give where a file is named, and not where its name is the end of another's."""
    whole = re.compile(rf"(?<![\w./\\-]){re.escape(name)}") if name else None
    for number, line in enumerate(source.lines, 1):
        if whole is not None and (found := whole.search(line)):
            return source.position(number, found.start() + 1)
    return source.find(name)


def _picture(piece: Piece, name: str, position: Position) -> Path:
    """Find the file of a picture, whose name may be written in percents too. Raises ContentError."""
    project, folder, plain = piece.project, piece.handout.source.path.parent, unquote(name)
    if plain != name:
        with suppress(ContentError):  # which would name what nobody wrote
            return resolve_asset(project, folder, plain, position)
    return resolve_asset(project, folder, name, position)


def _tag(handout: HandoutSource, tag: str, line: int, *, within: bool) -> Position:
    """Give where a tag stands: at or behind a line; `within` what has its first words there, it may stand before them."""
    for number in range(line, handout.body_line - 1, -1) if within else ():
        at = handout.source.lines[number - 1].find(tag)
        if at >= 0:
            return handout.source.position(number, at + 1)
    return handout.source.find(tag, line or handout.body_line)


def _check_parts(parts: Parts, piece: Piece) -> None:
    source = piece.handout.source
    for section in parts.sections:
        if not section.title:
            raise ContentError("a heading has no words", source.position(section.line) if section.line else source.find("## "),
                               "write its title behind ##, or take it out")  # fmt: skip
    for section in parts.steps:
        if not section.words:
            raise ContentError(f"step {section.number} “{section.title}” has no text", source.position(section.line),
                               "write at least one paragraph below its heading")  # fmt: skip
    if piece.step is not None and not parts.steps:
        raise ContentError("there are no steps to make cards of", source.find("formats"),
                           "mark second-level headings: ## Title {.step}, or take cards out of formats")  # fmt: skip


def _element_position(element: Any, piece: Piece) -> Position | None:
    for ancestor in (element, *element.iterancestors()):
        line = ancestor.get("data-line")
        if line:
            return piece.handout.source.position(int(line))
    return Position(f"templates/{piece.template}")


def _shown(piece: Piece) -> Any:
    from pathlib import Path

    return lambda name: shown_path(Path(name), piece.project.root) if "/" in name else f"templates/{name}"


def _refuse_unknown(piece: Piece) -> None:
    """Refuse a template that a handout names and nobody has."""
    if piece.handout.template and not any((folder / piece.template).is_file() for folder in piece.templates):
        known = sorted({path.stem for folder in piece.templates for path in folder.glob("*.html")})
        raise ContentError(f'there is no template "{piece.handout.template}"', piece.handout.source.find(piece.handout.template),
                           did_you_mean(piece.handout.template, known, "there are"))  # fmt: skip
