"""`handouts build HANDOUT --clients FILE`: a copy for every row, with progress, a record, and what went wrong by row and column."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.progress import progress
from generator.cli.report import as_error, error_data, error_text, notice_text
from generator.errors import ProjectError
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.batch.plan import Request
    from generator.clients import ClientList, ClientRow, Refused
    from generator.copies.order import Order
    from generator.copies.workshop import Made
    from generator.editions import Edition
    from generator.errors import HandoutsError, Notice
    from generator.project.records import HandoutSource, Project

_INSTEAD = {
    "--print": "copies are printed as they are",
    "--bilingual": "a column locale chooses each client's language",
}
TOLD = 50  # errors of rows that are printed; all of them are in the record


class Run(NamedTuple):
    """What the command line asks for."""

    request: Request
    project: str | None
    output: str | None
    processes: int
    clients: str | None
    naming: tuple[str, ...]
    as_json: bool
    strict: bool
    fresh: bool = False
    fail_fast: bool = False
    dry_run: bool = False


def build_copies(given: Run) -> int:
    """Make the copies; give the exit code."""
    from generator import relay
    from generator.batch.files import sweep
    from generator.batch.locks import process_name
    from generator.cli.building import cache_folder
    from generator.cli.folders import project_root, template_folders
    from generator.clients import checked, open_list
    from generator.copies.names import key_of
    from generator.copies.order import Order
    from generator.copies.unique import forget
    from generator.project.handouts import Twin
    from generator.project.load import load_project

    helper = relay.take()
    if helper is not None:
        helper.wait()  # this run has processes of its own
    if given.clients is None:
        raise ProjectError("--name is for copies", None, "name the list of clients with --clients FILE")
    _refuse_others(given)
    root = project_root(given.project)
    project = load_project(root)
    handout, broken = _handout(project, given.request)
    clients = open_list(given.clients)
    target = Path(given.output) if given.output else root / "output"
    sweep(target)
    order = Order(project, template_folders(root), target, handout, _one(given.request.formats, "format", handout.formats[0]), clients.columns,
                  clients.shown, key_of(root), _one(given.request.papers, "paper", ""), _naming(given.naming, clients),
                  cache_folder(target), edition=_edition(given.request), run=process_name())  # fmt: skip
    if broken is not None:
        if not given.dry_run and not isinstance(broken, Twin):
            forget(order, checked(clients, _choices(order, given.request)))
        raise broken
    return _check(order, clients, given) if given.dry_run else _go(order, clients, given)


def _go(order: Order, clients: ClientList, given: Run) -> int:
    from generator.batch.manifest import settle
    from generator.copies.earlier import Earlier
    from generator.copies.ledger import Ledger
    from generator.copies.run import run

    rows = _rows(order, clients, given)
    earlier = Earlier(order, fresh=given.fresh or given.strict)  # a record does not say what was noticed
    tally = _tally(order, given)
    with Ledger(order) as ledger, closing(run(order, earlier.marked(rows), given.processes)) as running:
        for made in _with_progress(running, given):
            ledger.add(made)
            tally.add(made)
            if given.fail_fast and (made.error is not None or (given.strict and made.notices)):
                break
        _insist(tally, clients)
        entry = ledger.finish()
        settle(order.output, [entry], lambda _: "")
    tally.tell(order, ledger.files, ledger.path, as_json=given.as_json)
    return tally.code


def _refuse_others(given: Run) -> None:
    """Raise ProjectError for what copies are not made with."""
    request = given.request
    for option, asked in (("--print", request.printing), ("--bilingual", request.bilingual)):
        if asked:
            raise ProjectError(f"{option} is not for personal copies", None, f"leave out {option}; {_INSTEAD[option]}")


def _rows(order: Order, clients: ClientList, given: Run) -> Iterator[ClientRow | Refused]:
    from generator.clients import checked
    from generator.copies.unique import with_names

    return with_names(order, checked(clients, _choices(order, given.request)), forget=not given.dry_run)


def _insist(tally: _Tally, clients: ClientList) -> None:
    if not tally.rows:
        raise ProjectError("the list has no clients", clients.place(2), "write a row for each client below the names of the columns")


def _check(order: Order, clients: ClientList, given: Run) -> int:
    """Try every row of the list and tell what is wrong with it; write nothing."""
    from generator.clients import Refused
    from generator.copies.workshop import Made, Workshop

    tally, workshop = _tally(order, given), Workshop(order)
    for row in _rows(order, clients, given):
        tally.add(Made(row.number, error=row.error) if isinstance(row, Refused) else workshop.tried(row))
    _insist(tally, clients)
    tally.tell_plan(as_json=given.as_json)
    return tally.code


def _with_progress(made: Iterable[Made], given: Run) -> Iterable[Made]:
    with progress(None, "Copies", quiet=given.as_json, every=100) as bar:
        for one in made:
            yield one
            bar.update(1)


def _tally(order: Order, given: Run) -> _Tally:
    """Begin to count, with what is to be noticed before the first row."""
    from generator.copies.alike import all_alike

    tally, notice = _Tally(strict=given.strict), all_alike(order)
    if notice is not None:
        tally.notices[notice] = None
    return tally


class _Tally:
    """What is to be told at the end: failures once each, however many rows they struck."""

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict  # notices are taken for errors
        self.rows = self.failed = self.unchanged = 0
        self.errors: dict[str, tuple[HandoutsError, int]] = {}
        self.notices: dict[Notice, None] = {}

    @property
    def code(self) -> int:
        """The exit code."""
        return int(self.failed > 0 or (self._strict and bool(self.notices)))

    def add(self, made: Made) -> None:
        self.rows += 1
        self.unchanged += made.unchanged
        if made.error is not None:
            self.failed += 1
            text = error_text(made.error)
            if text in self.errors or len(self.errors) < TOLD:
                self.errors[text] = (made.error, self.errors.get(text, (made.error, 0))[1] + 1)
        if len(self.notices) < TOLD:
            self.notices |= dict.fromkeys(made.notices)

    def tell_plan(self, *, as_json: bool) -> None:
        """Tell what a run would do."""
        if as_json:
            click.echo(json.dumps({"rows": self.rows, "failed": self.failed, **self._wrong()}, ensure_ascii=False, indent=1))
            return
        self._tell_wrong("the others are like these")
        click.echo(f"{self.rows - self.failed} of {self.rows} rows can be made; nothing was built")

    def _wrong(self) -> dict[str, Any]:
        errors = [{**error_data(error), "rows": count} for error, count in self.errors.values()]
        if self._strict:
            return {"errors": [*errors, *(error_data(as_error(n)) for n in self.notices)], "notices": []}
        return {"errors": errors, "notices": [n.message for n in self.notices]}

    def _tell_wrong(self, rest: str) -> None:
        for text, (_, count) in self.errors.items():
            click.echo(text + (f"\n  in {count} rows" if count > 1 else ""), err=True)
        for notice in self.notices:
            click.echo(error_text(as_error(notice)) if self._strict else notice_text(notice), err=True)
        told = sum(count for _, count in self.errors.values())
        if self.failed > told:
            click.echo(f"{self.failed - told} more rows failed; {rest}", err=True)

    def tell(self, order: Order, files: int, record: str, *, as_json: bool) -> None:
        if as_json:
            click.echo(json.dumps({"copies": files, "rows": self.rows, "unchanged": self.unchanged, "failed": self.failed, "record": record,
                                   **self._wrong()}, ensure_ascii=False, indent=1))  # fmt: skip
            return
        self._tell_wrong(f"{order.output / record} lists them")
        click.echo(f"{files} {'copy' if files == 1 else 'copies'} in {(order.output / record).parent}"
                   + (f", {self.unchanged} of {self.rows} rows unchanged" if self.unchanged else "")
                   + (f", {self.failed} of {self.rows} rows failed" if self.failed else ""))  # fmt: skip


def _handout(project: Project, request: Request) -> tuple[HandoutSource, HandoutsError | None]:
    """Give the handout; or, for one that could not be read, a record of its name alone, and what is wrong."""
    from datetime import date

    from generator.batch.plan import plan
    from generator.project.records import HandoutSource
    from generator.project.source import Source

    if len(request.handouts) != 1:
        raise ProjectError("copies are made of one handout at a time", None, "handouts build HANDOUT --clients FILE")
    plan(project, request._replace(papers=(), formats=()))  # raises for names that there are not
    slug = request.handouts[0]
    for name, error in project.failures:
        if name == slug:
            return HandoutSource(slug, slug, Source(Path(slug), slug, ""), "", 1, date.min), error
    return next(h for h in project.handouts if h.slug == slug), None


def _edition(request: Request) -> Edition:
    if len(request.editions) > 1:
        raise ProjectError("copies are made in one edition at a time", None, "give --edition once")
    return request.editions[0]


def _one(chosen: tuple[str, ...], what: str, default: str) -> str:
    if len(chosen) > 1:
        raise ProjectError(f"copies are made in one {what} at a time", None, f"give --{what} once")
    return chosen[0] if chosen else default


def _naming(names: tuple[str, ...], clients: ClientList) -> tuple[str, ...]:
    from generator.clients.columns import column_names
    from generator.project.nearest import did_you_mean

    wanted = tuple(column_names([name], clients.shown)[0] for name in names)  # as the list writes it, or as a text does
    for name in wanted:
        if name not in clients.columns:
            raise ProjectError(f'--name: the list has no column "{name}"', clients.place(1), did_you_mean(name, clients.columns, "it has"))
    return wanted


def _choices(order: Order, request: Request) -> Any:
    """Give what rows may name; what the command line names holds where a row names nothing."""
    from generator.clients import Choices

    project, handout = order.project, order.handout
    locales = [name for name in project.settings.locales if not handout.locales or name in handout.locales]
    brands = [brand.slug for brand in project.brands_of(handout)]
    first_locale, first_brand = _one(request.locales, "locale", ""), _one(request.brands, "brand", "")
    return Choices(_first(first_locale, locales), _first(first_brand, brands))


def _first(chosen: str, names: list[str]) -> list[str]:
    return [chosen, *(n for n in names if n != chosen)] if chosen else names
