"""A job for the printer: its pieces made, and put on sheets as `press/` plans them.

In: a job whose `printing` is set. Out: one file's bytes and how to print it. All pieces are made before the first goes on a sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.batch.pieces import piece, pieces
from generator.batch.plan import TEMPLATES, template_of
from generator.errors import ContentError, PrintError
from generator.localize.habits import direction
from generator.localize.interface import Interface
from generator.papers import PAPERS, WALLET_PANEL
from generator.plain import NamedTuple
from generator.project.records import unbound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.batch.plan import Job, Print
    from generator.batch.records import Bench
    from generator.errors import Notice
    from generator.manuscript import Result
    from generator.markup import Piece
    from generator.pipeline import Press
    from generator.press.sheet_plan import Card, Leaf
    from generator.press.sheets import Sheet

PANELS = 8
"""Of a wallet card: four on each side, and one more on each where none would be left empty for the outside of a neutral one."""


class Printed(NamedTuple):
    """A file for the printer. `sides` are its pages; `how` says how to print it."""

    data: bytes
    sides: int
    notices: tuple[Notice, ...]
    how: tuple[str, ...]


def print_job(bench: Bench, press: Press, job: Job, printing: Print) -> Printed:
    """Make the file of a job. Raises what making a piece raises, and PrintError."""
    make = _booklet if job.format == "booklet" else _cards
    return make(bench, press, job, printing)


def _booklet(bench: Bench, press: Press, job: Job, printing: Print) -> Printed:
    from generator.press.imposition import signatures
    from generator.press.instructions import dialog, to_fold
    from generator.press.saddle import Folding, fold

    (one,) = pieces(bench, press, job)
    made = press.make(one)
    folding = Folding(direction(job.locale) == "rtl", printing.duplex, printing.signature, printing.thickness, bare=job.edition.neutral)
    sheets = fold(made.pages, PAPERS[job.paper], PAPERS[printing.sheet], folding)
    stacks = signatures(len(sheets), folding.signature)
    how = (*dialog(sheets[0], printing.sheet, printing.duplex), *to_fold(stacks))
    headed = _headed_notes(bench, press, job, printing) if made.pages % 4 else b""
    return _printed(bench, press, job, printing, [made], sheets, how, headed)


def _headed_notes(bench: Bench, press: Press, job: Job, printing: Print) -> bytes:
    """Make the page to write on that contents lead to. A worksheet has none to lead to it, and a neutral booklet's notes stand before these."""
    if template_of(job) != TEMPLATES["booklet"] or job.edition.neutral or printing.notes != "ruled":
        return b""
    return press.make(piece(bench, job)._replace(template="notes-page.html", part="notes")).data


def _cards(bench: Bench, press: Press, job: Job, printing: Print) -> Printed:
    from generator.press.instructions import dialog, to_cut
    from generator.press.place import bleed_of
    from generator.press.sheet_plan import filled, grid, plan
    from generator.press.sheets import MM

    wallet = job.paper == "wallet"
    wanted = _wallet(bench, press, job) if wallet else _deck(bench, press, job, printing)
    made = [press.make(one) for one in wanted]
    bleed = bleed_of(made[0].data) if printing.bleed is None else printing.bleed * MM
    folds = _panels(len(made), job) // 2 if wallet else 1
    found = grid(_size(job, folds), PAPERS[printing.sheet], printing.gutter * MM, bleed)
    cards = _wallet_cards(len(made), folds) if wallet else _deck_cards(made, job, printing)
    sheets = plan(cards * printing.copies or filled(cards, found.holds), found, printing.duplex)
    how = (*dialog(sheets[0], printing.sheet, printing.duplex), *to_cut(sheets[0], folded=wallet))
    return _printed(bench, press, job, printing, made, sheets, how)


def _size(job: Job, folds: int) -> tuple[float, float]:
    width, height = PAPERS[WALLET_PANEL if job.paper == "wallet" else job.paper]
    return width, height * folds


def _panels(count: int, job: Job) -> int:
    """Give how many panels a wallet card of so many leaves has: of a neutral one, the panel outside opposite the cover is empty."""
    return PANELS + 2 if job.edition.neutral and count == PANELS else PANELS


def _deck(bench: Bench, press: Press, job: Job, printing: Print) -> list[Piece]:
    """Give the cards of all steps, or one, and the back that they share; a bilingual card has its other language there."""
    cards = pieces(bench, press, job)
    if printing.step:
        if printing.step > len(cards):
            raise PrintError(f"there is no step {printing.step} in {job.handout}", None, f"its steps are 1 to {len(cards)}")
        cards = [cards[printing.step - 1]]
    return [*cards, _part(bench, job, "back")] if printing.backs and not job.bilingual else cards


def _deck_cards(made: Sequence[Result], job: Job, printing: Print) -> list[Card]:
    """Give each card with what is behind it: the file after the last card, or a card's own second page."""
    from generator.press.sheet_plan import Card

    count = len(made)
    if not printing.backs:
        return [Card(((at, 0),)) for at in range(count)]
    if job.bilingual:
        return [Card(((at, 0),), ((at, 1),)) for at in range(count)]
    return [Card(((at, 0),), ((count - 1, 0),)) for at in range(count - 1)]


def _wallet(bench: Bench, press: Press, job: Job) -> list[Piece]:
    """Give the panels of a wallet card: the cover, the steps in brief, and the back of a card."""
    if job.bilingual:
        raise PrintError("a wallet card has no room for two languages", None, "leave out --bilingual, or choose cards: --paper 3.5x2")
    small = job._replace(paper=WALLET_PANEL)
    steps = pieces(bench, press, small)
    if len(steps) > PANELS - 2:
        raise ContentError(f"{job.handout} has {len(steps)} steps, and a wallet card has room for {PANELS - 2}", None,
                           "print it as cards: --print cards --paper 3.5x2")  # fmt: skip
    return [_part(bench, small, "cover"), *steps, _part(bench, small, "back")]


def _wallet_cards(count: int, side: int) -> list[Card]:
    """Give one card: half of the panels in front, read down; the others behind them. Of empty ones, the first lies outside when the
    card is folded like a fan, and the others come before the last.
    """  # noqa: D205
    from generator.press.sheet_plan import Card

    spare = 2 * side - count
    leaves: list[Leaf | None] = [*((at, 0) for at in range(count - 1)), *[None] * (spare - 1), (count - 1, 0)]
    if spare:
        outside = side - 1 if side % 2 == 0 else 2 * side - 1  # opposite the cover
        leaves.insert(outside, None)
    return [Card(tuple(leaves[:side]), tuple(leaves[side:]))]


def _part(bench: Bench, job: Job, part: str) -> Piece:
    return piece(bench, job)._replace(template=f"card-{part}.html", part=part, bilingual="")


def _printed(bench: Bench, press: Press, job: Job, printing: Print, made: Sequence[Result], sheets: Sequence[Sheet],
             how: tuple[str, ...], headed: bytes = b"") -> Printed:  # fmt: skip
    from generator.press.notes_page import Notes
    from generator.press.place import Job as Run
    from generator.press.place import press as place

    title = press.localized(piece(bench, job))[0].handout.title
    notices = tuple(dict.fromkeys(n for result in made for n in result.notices))
    first = press.make(_instructions(bench, job, how)).data if printing.instructions else b""
    notes = Notes(printing.notes, _rgb(bench.project.brand(job.brand).colours.foreground))
    duplex = printing.duplex if sheets[0].back is not None else ""
    data = place([result.data for result in made], sheets, Run(unbound(title), duplex, notes, first, headed))
    each = 2 if duplex else 1
    return Printed(data, each * (len(sheets) + bool(first)), notices, how)


def _instructions(bench: Bench, job: Job, how: tuple[str, ...]) -> Piece:
    """Give the first sheet's page. It is for whoever prints, and speaks the language of the command line."""
    paper = "letter" if job.sheet in ("letter", "tabloid") else "a4"  # as large as every sheet has room for
    return piece(bench, job)._replace(template="how-to-print.html", part="instructions", paper=paper, locale="en-US",
                                      interface=Interface("en-US"), hotlines=(), bilingual="", lines=how)  # fmt: skip


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
