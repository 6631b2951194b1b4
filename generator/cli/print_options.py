"""The options of `handouts build --print`: how sheets are folded, cut and printed. In: what Click read. Out: a `Print`, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.batch.plan import Print

class Millimetres(click.FloatRange):
    """A length that paper can have."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read it; what is no number (nan) is none here either."""
        found = float(super().convert(value, param, ctx))
        if found != found:  # noqa: PLR0124 - only nan differs from itself
            self.fail(f"{value} is no length", param, ctx)
        return found


MM = Millimetres(min=0, max=300)

_OPTIONS = (
    click.option("--print", "print_kind", type=click.Choice(["saddle", "cards"]),
                 help="Make sheets for the printer: saddle to fold and staple, cards to cut out."),
    click.option("--sheet", metavar="PAPER", help="The sheets: letter, a4, tabloid or a3 [default: what the region prints on]."),
    click.option("--duplex", type=click.Choice(["long", "short"]),
                 help="The edge your printer flips on [default: short for saddle, long for cards]."),
    click.option("--signature", type=click.IntRange(min=0), metavar="N", help="saddle: fold at most N sheets together."),
    click.option("--paper-thickness", type=MM, metavar="MM",
                 help="saddle: move pages for the thickness of the paper, such as 0.1."),
    click.option("--notes", type=click.Choice(["ruled", "blank"]), help="saddle: the pages that fill it up [default: ruled]."),
    click.option("--step", type=click.IntRange(1), metavar="N", help="cards: this step alone [default: all]."),
    click.option("--copies", type=click.IntRange(1, 10_000), metavar="N", help="cards: as many of each card [default: as fill the sheets]."),
    click.option("--gutter", type=MM, metavar="MM", help="cards: space between cards [default: none]."),
    click.option("--bleed", type=MM, metavar="MM", help="cards: print so far beyond the trim [default: as the cards do]."),
    click.option("--no-backs", is_flag=True, help="cards: leave out the backs with the hotlines and where to find you."),
    click.option("--instructions", is_flag=True, help="Begin with a sheet that tells how to print and finish the rest."),
)  # fmt: skip
_OF_KIND = {
    "saddle": ("signature", "paper_thickness", "notes"),
    "cards": ("step", "copies", "gutter", "bleed", "no_backs"),
    "": ("sheet", "duplex", "instructions"),
}


def print_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_print(given: dict[str, Any]) -> Print | None:
    """Take the options out of what a command was given. Raises a usage error for one that says nothing here."""
    kind = given.pop("print_kind")
    values = {name: given.pop(name) for names in _OF_KIND.values() for name in names}
    for of, names in _OF_KIND.items():
        for name in names:
            if values[name] not in (None, False) and (kind is None or of not in ("", kind)):
                option = "--" + name.replace("_", "-")
                raise click.UsageError(f"{option} goes with --print {of or 'saddle or --print cards'}")
    if kind is None:
        return None
    from generator.batch.plan import Print
    from generator.papers import paper_name

    return Print(
        kind,
        paper_name(values["sheet"] or ""),
        values["duplex"] or "",
        values["signature"] or 0,
        values["paper_thickness"] or 0.0,
        values["notes"] or "ruled",
        values["copies"] or 0,
        values["step"] or 0,
        values["gutter"] or 0.0,
        values["bleed"],
        not values["no_backs"],
        values["instructions"],
    )
