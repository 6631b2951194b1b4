"""What a project is made of, as frozen records. No behaviour beyond looking things up; no files are read here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import BrandError
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from generator.errors import HandoutsError, Notice, Position
    from generator.project.addresses import Address
    from generator.project.source import Source

FORMATS = ("booklet", "cards")
REQUIREMENTS = ("safety",)
MAIL_TELLS = ("subject", "filename", "title")  # where a mailed copy may name its handout


class State(NamedTuple):
    """A state by its two-letter code and its name."""

    code: str
    name: str


class Office(NamedTuple):
    """A place to visit. `address` and `phone` are "" where they are not known."""

    city: str
    state: str
    state_name: str
    address: str = ""
    phone: str = ""


class Hotline(NamedTuple):
    """A number to call. `card`: it stands in the safety line of step cards. `verified`: the day it was checked."""

    id: str
    name: str
    phone: str
    verified: date
    hours: str = ""
    description: str = ""
    card: bool = False
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    source: str = ""
    interpreters: bool = False  # they find an interpreter for any language
    note: str = ""  # for readers of another language, in theirs


class Facts(NamedTuple):
    """What is typed once and used in many places."""

    hotlines: tuple[Hotline, ...] = ()
    states: tuple[State, ...] = ()


class Colours(NamedTuple):
    """The colour roles, each as "#RRGGBB"; `palette` keeps the brand's own names."""

    foreground: str
    background: str
    primary: str
    secondary: str
    tertiary: str
    light: str
    palette: tuple[tuple[str, str], ...] = ()


class Face(NamedTuple):
    """A typeface as the brand uses it. `size` (points) and `line_height` are 0 where the templates decide."""

    family: str
    weight: int = 400
    size: float = 0.0
    line_height: float = 0.0


class Brand(NamedTuple):
    """One brand: names, addresses ("" where not known), colours, faces, and the switches of the templates."""

    slug: str
    name: str
    short: str
    home: str
    logo: Path | None
    colours: Colours
    body: Face
    headings: Face
    source: Source
    phone: str = ""
    web: str = ""
    audience: str = ""
    corners: str = "round"
    panel: str = "solid"
    motif: str = "none"
    numeral_weight: int = 600
    offices: tuple[Office, ...] = ()
    states: tuple[State, ...] = ()
    fonts: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """The brand's folder, where its logo and fonts lie."""
        return self.source.path.parent

    def css_variables(self) -> dict[str, str]:
        """Return the custom properties that stylesheets may use, in the order of their names' kinds."""
        roles = ("foreground", "background", "primary", "secondary", "tertiary", "light")
        variables = {f"--color-{role}": getattr(self.colours, role) for role in roles}
        variables |= {f"--palette-{name}": value for name, value in self.colours.palette}
        for name, face in (("body", self.body), ("headings", self.headings)):
            variables[f"--font-{name}"] = f'"{face.family}"'
            variables[f"--weight-{name}"] = str(face.weight)
        variables["--numeral-weight"] = str(self.numeral_weight)
        return variables


def unbound(title: str) -> str:
    """Give a title without the characters that bind its words (U+2060, U+00A0): where it names a file, it is not set in lines."""
    return title.replace("\u2060", "").replace("\u00a0", " ")


class HandoutSource(NamedTuple):
    """A handout as written: its front matter and its Markdown, which begins on line `body_line` of the file."""

    slug: str
    title: str
    source: Source
    body: str
    body_line: int
    reviewed: date
    subtitle: str = ""
    summary: str = ""
    version: str = ""
    formats: tuple[str, ...] = ("booklet",)
    requires: tuple[str, ...] = ()
    requires_nothing: bool = False  # and says so
    brands: tuple[str, ...] = ()
    hotlines: tuple[str, ...] = ()
    draft: bool = False
    locales: tuple[str, ...] = ()  # it is made in these alone; empty: in all
    origin: tuple[int, ...] = ()  # of a translated body: the file's line that each of its lines comes from
    untranslated: frozenset[int] = frozenset()  # lines of blocks that stand in the source language
    called: str = ""  # of a translated handout: the title by which links call it, that of the source
    entries: Mapping[int, str] = {}  # of a translated body: where the words of a line stand in its catalog
    mail_tells: tuple[str, ...] = ()
    template: str = ""  # the page template of its booklet; "": the usual one
    notices: tuple[Notice, ...] = ()  # what looked wrong when it was read

    def line(self, index: int) -> int:
        """Return the file's line of the body's line with an index; beyond the end, the last one."""
        if self.origin:
            return self.origin[min(index, len(self.origin) - 1)]
        return self.body_line + index


class MailSettings(NamedTuple):
    """The block `mail:` of project.yml. `senders` by brand, "" for all; times in seconds, `again_after` in days.

    `rate` is messages a minute, 0 for no limit; `plain_hosts` may go without TLS.
    """

    server: str = ""
    senders: Mapping[str, Address] = {}
    reply_to: Address | None = None
    unsubscribe: str = ""
    connections: int = 2
    rate: float = 0.0
    retry_after: tuple[float, ...] = (2.0, 15.0, 60.0, 300.0, 600.0)
    timeout: float = 60.0
    answer_timeout: float = 600.0  # RFC 5321 4.5.3.2.6
    again_after: float = 30.0
    plain_hosts: tuple[str, ...] = ()
    ca: Path | None = None


class Wording(NamedTuple):
    """What a project says instead of a word of the templates, "" for nothing, and where that stands."""

    text: str
    position: Position


class Settings(NamedTuple):
    """project.yml: languages, brands in their order, the papers each format is made on (empty: as the region has them).

    `region`: where the readers live. `incomplete`: what a locale gets where a translation is missing (refuse, mark, source).
    `hotlines`: those named for a locale. `words`: the project's own, by the templates'.
    """

    default_locale: str = "en-US"
    locales: tuple[str, ...] = ("en-US",)
    brands: tuple[str, ...] = ()
    papers: Mapping[str, tuple[str, ...]] = {}
    region: str = "US"
    incomplete: Mapping[str, str] = {}
    hotlines: Mapping[str, tuple[str, ...]] = {}
    mail: MailSettings = MailSettings()
    words: Mapping[str, Wording] = {}

    @property
    def wordings(self) -> dict[str, str]:
        """Give the project's own words by the templates'."""
        return {word: own.text for word, own in self.words.items()}


class Project(NamedTuple):
    """Everything that was read. `failures` names the handouts and brands that could not be, each with its error."""

    root: Path
    settings: Settings
    facts: Facts
    brands: tuple[Brand, ...] = ()
    handouts: tuple[HandoutSource, ...] = ()
    failures: tuple[tuple[str, HandoutsError], ...] = ()
    notices: tuple[Notice, ...] = ()

    def brands_of(self, handout: HandoutSource) -> tuple[Brand, ...]:
        """Return the brands that a handout is made for: those it names, else all."""
        return tuple(b for b in self.brands if not handout.brands or b.slug in handout.brands)

    @property
    def broken_handouts(self) -> frozenset[str]:
        """Name the handouts that could not be read."""
        return frozenset(name for name, error in self.failures if not isinstance(error, BrandError))

    @property
    def broken_brands(self) -> frozenset[str]:
        """Name the brands that could not be read; a handout may be called as one of them is."""
        return frozenset(name for name, error in self.failures if isinstance(error, BrandError))

    def brand(self, slug: str) -> Brand:
        """Return a brand that was read. Raises KeyError."""
        found = {b.slug: b for b in self.brands}
        return found[slug]

    def hotline(self, name: str) -> Hotline | None:
        """Return a hotline by its id."""
        return next((line for line in self.facts.hotlines if line.id == name), None)
