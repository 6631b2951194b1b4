"""The words of the templates and the habits of a locale, as a page asks for them.

In: a locale and the words of its catalog. Out: a translator, writers of dates and numbers, a direction. English is the
source of these words and stands for itself; a word that has no translation comes back marked as English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.localize import habits
from generator.plain import NamedTuple

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
    facts: Mapping[str, str] = {}  # words of the facts and the brand in this language, by their sources
    names: Mapping[str, str] = {}  # the same, by those in the first language of a bilingual edition
    own: Mapping[str, str] = {}  # what a project says instead of words of the templates, "" for nothing
    typed: Mapping[str, str] = {}  # the words in the language of the content, in which an author may call a box

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
        first = self.filled(text, values)
        return first if self.also is None else self._with(first, self.also.filled(text, values))

    def filled(self, text: str, values: dict[str, object]) -> str:
        """Translate a string as it stands, and fill in its values."""
        if self.names:
            values = {key: self.names.get(value, value) if isinstance(value, str) else value for key, value in values.items()}
        found = self._translated(text)
        filled = Markup(escape(found)) % values if values else found
        if self._has(text):
            return filled
        mark = Markup(' class="untranslated"') if self.policy != "source" else ""
        return Markup('<span lang="en" dir="ltr"%s>%s</span>') % (mark, filled)

    def _with(self, first: str, second: str) -> str:
        """Give a text with the same in the second language behind it, once where they are the same."""
        if self.also is None or first == second:
            return first
        both = Markup('%s <span lang="%s" dir="%s" class="also">%s</span>')
        return both % (first, self.also.locale, self.also.direction, second)

    def has(self, text: str) -> bool:
        """Tell whether an interface string stands in the reader's language; note it where it does not."""
        return self._has(self.own.get(text, text))

    def _has(self, text: str) -> bool:
        if self.words is None or text in self.words or not text:
            return True
        if self.lacking is not None:
            self.lacking.add(text)
        return False

    def word(self, text: str) -> str:
        """Translate an interface string that stands where no markup can: in an attribute."""
        return self._translated(self.own.get(text, text))

    def _translated(self, text: str) -> str:
        return self.words[text] if text and self.words is not None and self._has(text) else text

    def name(self, text: str) -> str:
        """Give a name of the facts or the brand; in a bilingual edition in both languages."""
        return text if self.also is None else self._with(text, self.also.names.get(text, text))

    def date(self, day: date) -> str:
        """Write a date as a reader would: 8 March 2025."""
        written = habits.long_date(self.locale, day)
        return written if self.also is None else self._with(written, self.also.date(day))

    def number(self, value: int) -> str:
        """Write a whole number in the locale's digits."""
        return habits.number(self.locale, value)

    def join(self, items: Iterable[str]) -> str:
        """Write a list: a, b and c."""
        return habits.join(self.locale, items)
