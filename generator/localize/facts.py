"""The words of facts.yml and of the brands, in the reader's language. Telephone numbers are never among them.

In: records of the project. Out: the words with their places, for translators; and the same records with other words. Knows no
catalog and no page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import Position
from generator.localize import habits
from generator.plain import NamedTuple
from generator.project.source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.project.records import Brand, Facts, Hotline, Project
    from generator.project.source import Source

PATH = "content/facts.yml"


class Word(NamedTuple):
    """A text, what it is, and the brand whose file it stands in; None: facts.yml."""

    text: str
    kind: str
    brand: Brand | None = None

    def place(self, project: Project) -> Position:
        """Find where it stands, so that it can be opened."""
        source = _facts_file(project) if self.brand is None else self.brand.source
        return source.find(self.text) if source is not None else Position(PATH)


def _facts_file(project: Project) -> Source | None:
    path = project.root / PATH
    return read_source(path, project.root) if path.exists() else None


def words(project: Project, brands: Iterable[Brand]) -> Iterator[Word]:
    """Yield the words of the facts and of some brands, each once."""
    seen = set()
    for word in (*_of_facts(project.facts), *(w for brand in brands for w in _of_brand(brand))):
        if word.text and word.text not in seen:
            seen.add(word.text)
            yield word


def _of_facts(facts: Facts) -> Iterator[Word]:
    for line in facts.hotlines:
        yield Word(line.name, "name of a hotline")
        yield Word(line.hours, f"hours of {line.name}")
        yield Word(line.description, f"what {line.name} is")
    for state in facts.states:
        yield Word(state.name, "state")


def _of_brand(brand: Brand) -> Iterator[Word]:
    yield Word(brand.audience, f"whom {brand.name} sees", brand)
    for office in brand.offices:
        yield Word(office.city, "city of an office", brand)


def facts_in(facts: Facts, names: Mapping[str, str]) -> Facts:
    """Give the facts with other words."""
    states = tuple(s._replace(name=names.get(s.name, s.name)) for s in facts.states)
    return facts._replace(hotlines=tuple(hotline_in(h, names) for h in facts.hotlines), states=states)


def hotline_in(line: Hotline, names: Mapping[str, str]) -> Hotline:
    """Give a hotline with other words."""
    return line._replace(name=names.get(line.name, line.name), hours=names.get(line.hours, line.hours),
                         description=names.get(line.description, line.description))  # fmt: skip


def brand_in(brand: Brand, names: Mapping[str, str], locale: str) -> Brand:
    """Give a brand with its places named and sorted as the reader knows them."""
    states = [s._replace(name=names.get(s.name, s.name)) for s in brand.states]
    offices = [o._replace(city=names.get(o.city, o.city), state_name=names.get(o.state_name, o.state_name)) for o in brand.offices]
    return brand._replace(
        audience=names.get(brand.audience, brand.audience),
        states=tuple(habits.in_order(locale, states, lambda s: s.name)),
        offices=tuple(habits.in_order(locale, offices, lambda o: o.city)),
    )
