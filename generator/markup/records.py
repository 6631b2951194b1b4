"""What goes into the markup room and what comes out: a piece asked for, a page made. Plain records; they know no step of the making."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.localize.habits import region
from generator.localize.interface import Interface
from generator.markup.words import NEUTRAL
from generator.plain import NamedTuple, dataclass, field
from generator.tree import page_text

if TYPE_CHECKING:
    from pathlib import Path

    from generator import fields
    from generator.errors import Notice
    from generator.project.records import Brand, HandoutSource, Hotline, Project
    from generator.project.source import Source


class Piece(NamedTuple):
    """What is asked for. `step` is set for a card; `templates` are folders, the first that has a file wins."""

    project: Project
    handout: HandoutSource
    brand: Brand
    template: str
    templates: tuple[Path, ...]
    locale: str = "en-US"
    paper: str = "letter"
    step: int | None = None
    edition: str = "standard"
    part: str = ""  # of a set of cards: back, cover; or the instructions for whoever prints; of a folded booklet: notes
    lines: tuple[str, ...] = ()  # what those say
    interface: Interface | None = None  # stage 2 sets these two: the reader's words, and the hotlines that serve them
    hotlines: tuple[Hotline, ...] | None = None
    bilingual: str = ""  # the second language of a bilingual edition
    second: Piece | None = None  # of a bilingual edition: the same piece in the other language
    neutral: str = ""  # where no title may tell what it is about: "file", in its properties; "pages", on its own pages too
    client: fields.Client | None = None  # whom the copy is for; None: it is for anybody

    @property
    def words(self) -> Interface:
        """The reader's words; without stage 2, English."""
        return self.interface or Interface(self.locale)

    @property
    def neutral_title(self) -> str:
        """A title that tells nothing, in the reader's words; in English where they have none: no project has to translate it."""
        words = self.words._replace(lacking=None)
        booklet, card = NEUTRAL
        return words.word(card) % {"number": words.number(self.step)} if self.step else words.word(booklet)

    @property
    def told(self) -> HandoutSource:
        """The handout as its pages may name it."""
        if self.neutral != "pages":
            return self.handout
        return self.handout._replace(title=self.neutral_title, subtitle="", summary="")

    @property
    def region(self) -> str:
        """Where the reader lives and dials."""
        return region(self.locale) or self.project.settings.region

    @property
    def shown_hotlines(self) -> list[Hotline]:
        """The hotlines that stage 2 chose; without it those that the handout names, else all that are known."""
        if self.hotlines is not None:
            return list(self.hotlines)
        named = self.handout.hotlines
        return [h for h in self.project.facts.hotlines if not named or h.id in named]

    @property
    def is_card(self) -> bool:
        """Tell a card from a booklet."""
        return self.step is not None or self.part not in ("", "notes")


@dataclass(slots=True, eq=False, repr=False)
class Markup:
    """The page: `tree` is <html>; `assets` maps every picture's src to its checked file."""

    tree: Any
    title: str
    lang: str
    source: Source
    notices: tuple[Notice, ...] = ()
    assets: dict[str, Path] = field(default_factory=dict)
    fields: tuple[str, ...] | None = None  # the words of the marks of fields; None: there are no marks

    @property
    def html(self) -> str:
        """The page as text, to look at."""
        return page_text(self.tree)
