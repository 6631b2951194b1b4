"""The plan: every piece that a build will make, in order.

In: a project and what was asked for. Out: `Job`s. A name that does not exist is an error with the nearest one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.errors import ProjectError
from generator.localize import habits
from generator.papers import OF_FORMAT, paper_name
from generator.project.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.project.records import Brand, HandoutSource, Project

METRIC = {"booklet": "a4", "cards": "a6"}
TEMPLATES = {"booklet": "booklet.html", "cards": "card.html"}


class Request(NamedTuple):
    """What was asked for; empty means everything the project builds."""

    handouts: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    bilingual: str = ""


class Job(NamedTuple):
    """One handout, brand, locale, format and paper: one booklet, or the cards of all steps."""

    handout: str
    brand: str
    locale: str
    format: str
    paper: str
    bilingual: str = ""

    @property
    def languages(self) -> str:
        """Name the locale, or both of a bilingual edition: en-US+es."""
        return f"{self.locale}+{self.bilingual}" if self.bilingual else self.locale

    @property
    def label(self) -> str:
        """Name the job for people."""
        return f"{self.handout} ({self.brand}, {self.languages}, {self.format}, {self.paper})"


def plan(project: Project, request: Request) -> list[Job]:
    """List the jobs. Raises ProjectError for a name that the project does not have."""
    failed = {name for name, _ in project.failures}
    slugs = [*(h.slug for h in project.handouts), *failed]
    _check(request.handouts, slugs, "handout", "handouts list shows what there is")
    _check(request.brands, [*(b.slug for b in project.brands), *failed], "brand", "a brand is a folder in content/brands/")
    _check(request.locales, (*project.settings.locales, *habits.PSEUDO), "locale", "name it in content/project.yml")
    if request.bilingual:
        _check((request.bilingual,), project.settings.locales, "locale", "name it in content/project.yml")
        if habits.same_language(request.bilingual, project.settings.default_locale):
            raise ProjectError(f"{request.bilingual} is the language of the content", None, "name another one for a bilingual edition")
    papers = tuple(paper_name(p) for p in request.papers)
    _check(papers, {p for names in OF_FORMAT.values() for p in names}, "paper", "")
    jobs = []
    for handout in project.handouts:
        if request.handouts and handout.slug not in request.handouts:
            continue
        for brand in project.brands_of(handout):
            if not request.brands or brand.slug in request.brands:
                jobs += _jobs(project, handout, brand, request, papers)
    return jobs


def _jobs(project: Project, handout: HandoutSource, brand: Brand, request: Request, papers: tuple[str, ...]) -> list[Job]:
    jobs = []
    locales = (project.settings.default_locale,) if request.bilingual else request.locales or project.settings.locales
    for locale in locales:
        if handout.locales and any(loc not in (*handout.locales, *habits.PSEUDO) for loc in (locale, request.bilingual) if loc):
            continue
        for kind in handout.formats:
            if request.formats and kind not in request.formats:
                continue
            wanted = papers or _papers(project, kind, locale)
            jobs += [Job(handout.slug, brand.slug, locale, kind, p, request.bilingual) for p in wanted if p in OF_FORMAT[kind]]
    return jobs


def _papers(project: Project, kind: str, locale: str) -> list[str]:
    """Give the papers that the settings name, else the one that readers in the locale's region, or the project's, print on."""
    named = project.settings.papers.get(kind)
    if named:
        return [paper_name(p) for p in named]
    region = habits.region(locale) or project.settings.region
    return [OF_FORMAT[kind][0] if region in habits.LETTER_REGIONS else METRIC[kind]]


def _check(names: Iterable[str], known: Iterable[str], what: str, hint: str) -> None:
    choices = list(known)
    for name in names:
        if name not in choices:
            raise ProjectError(f'there is no {what} "{name}"', None, did_you_mean(name, choices, "there are") or hint)
