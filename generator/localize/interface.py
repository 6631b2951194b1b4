"""The interface strings and habits of a locale. In: a locale. Out: a translator, a date writer, a direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from datetime import date

RTL = frozenset({"ar", "fa", "he", "ur"})
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


class Interface(NamedTuple):
    """What the templates need to know of a locale."""

    locale: str

    @property
    def direction(self) -> str:
        """Give ltr or rtl."""
        return "rtl" if self.locale.split("-")[0] in RTL else "ltr"

    def gettext(self, text: str, **values: object) -> str:
        """Translate an interface string; `values` fill its %(name)s. What is not marked safe in them is escaped."""
        return Markup(escape(text)) % values if values else text

    def date(self, day: date) -> str:
        """Write a date as a reader would: 8 March 2025."""
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
