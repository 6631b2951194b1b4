"""The words of the templates and the habits of a locale, as a page asks for them.

In: a locale and the words of its catalog. Out: a translator, writers of dates and numbers, a direction. English is the
source of these words and stands for itself; a word that has no translation comes back marked as English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from generator.localize import habits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


class Interface(NamedTuple):
    """What the templates need to know of a locale. `words` maps what is translated; None: the words are English anyway."""

    locale: str
    words: Mapping[str, str] | None = None
    draft: bool = False  # nobody has reviewed the translation
    also: Interface | None = None  # the second language of a bilingual edition
    policy: str = "mark"  # what a word gets that is not translated: refuse, mark, source
    foreign: frozenset[str] = frozenset()  # names and titles that stand in the source language
    lacking: set[str] | None = None  # where words that are asked for and not translated are noted
    own: Mapping[str, str] = {}  # what a project says instead of words of the templates, "" for nothing

    @property
    def direction(self) -> str:
        """Give ltr or rtl."""
        return habits.direction(self.locale)

    @property
    def digits(self) -> str:
        """Give the locale's ten digits, "" for 0 to 9."""
        return habits.digits(self.locale)

    def gettext(self, text: str, **values: object) -> str:
        """Translate an interface string; `values` fill its %(name)s. What is not marked safe in them is escaped."""
        text = self.own.get(text, text)
        if not text:
            return ""
        if self.also is not None:
            both = Markup('%s <span lang="%s" dir="%s" class="also">%s</span>')
            first, second = (words.gettext(text, **values) for words in (self._replace(also=None), self.also))
            return first if first == second else both % (first, self.also.locale, self.also.direction, second)
        found = self.word(text)
        filled = Markup(escape(found)) % values if values else found
        if self.has(text):
            return filled
        mark = Markup(' class="untranslated"') if self.policy != "source" else ""
        return Markup('<span lang="en" dir="ltr"%s>%s</span>') % (mark, filled)

    def has(self, text: str) -> bool:
        """Tell whether an interface string stands in the reader's language; note it where it does not."""
        text = self.own.get(text, text)
        if self.words is None or text in self.words or not text:
            return True
        if self.lacking is not None:
            self.lacking.add(text)
        return False

    def word(self, text: str) -> str:
        """Translate an interface string that stands where no markup can: in an attribute."""
        text = self.own.get(text, text)
        return self.words[text] if text and self.words is not None and self.has(text) else text

    def date(self, day: date) -> str:
        """Write a date as a reader would: 8 March 2025."""
        return habits.long_date(self.locale, day)

    def number(self, value: int) -> str:
        """Write a whole number in the locale's digits."""
        return habits.number(self.locale, value)

    def join(self, items: Iterable[str]) -> str:
        """Write a list: a, b and c."""
        return habits.join(self.locale, items)
