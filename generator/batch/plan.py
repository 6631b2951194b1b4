"""The plan: every piece that a build will make, in order.

In: a project and what was asked for. Out: `Job`s. A name that does not exist is an error with the nearest one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.editions import STANDARD, Edition
from generator.errors import Position, ProjectError
from generator.localize import habits
from generator.papers import BRIEF, FOLDED, OF_FORMAT, PRINTED, SHEETS, paper_name
from generator.plain import NamedTuple
from generator.project.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.project.records import Brand, HandoutSource, Project

METRIC = {"booklet": "a4", "cards": "a6"}
TEXTS = (".md", ".markdown", ".txt", ".docx", ".odt", ".rtf")  # what people write texts in
TEMPLATES = {"booklet": "booklet.html", "cards": "card.html"}


class Print(NamedTuple):
    """How sheets are printed. `sheet`: the paper, "" as the readers' region has it; `duplex`: the edge on which the printer
    flips, "" the usual one; `thickness` of the paper, `gutter` and `bleed` in mm (None: what the cards have); `step`: one card alone, 0 for all;
    `copies` of each, 0 for as many as fill the sheets.
    """  # noqa: D205

    kind: str
    sheet: str = ""
    duplex: str = ""
    signature: int = 0
    thickness: float = 0.0
    notes: str = "ruled"
    copies: int = 0
    step: int = 0
    gutter: float = 0.0
    bleed: float | None = None
    backs: bool = True
    instructions: bool = False


class Request(NamedTuple):
    """What was asked for; empty means everything the project builds."""

    handouts: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    printing: Print | None = None
    bilingual: str = ""
    editions: tuple[Edition, ...] = (STANDARD,)


class Job(NamedTuple):
    """One handout, brand, locale, format, paper and edition: one booklet, or the cards of all steps."""

    handout: str
    brand: str
    locale: str
    format: str
    paper: str
    bilingual: str = ""
    printing: Print | None = None
    edition: Edition = STANDARD
    template: str = ""  # the handout's own, for its booklet

    @property
    def languages(self) -> str:
        """Name the locale, or both of a bilingual edition: en-US+es."""
        return f"{self.locale}+{self.bilingual}" if self.bilingual else self.locale

    @property
    def kind(self) -> str:
        """Say what the manifest calls its files."""
        if self.printing is None:
            return "card" if self.format == "cards" else "booklet"
        return "sheet" if self.format == "cards" else "saddle"

    @property
    def sheet(self) -> str:
        """Name the paper it is printed on; "" for a piece."""
        return self.printing.sheet if self.printing is not None else ""

    @property
    def label(self) -> str:
        """Name the job for people."""
        on = f" on {self.sheet}" if self.sheet else ""
        edition = "" if self.edition.standard else f", {self.edition.name}"
        return f"{self.handout} ({self.brand}, {self.languages}, {self.format}, {self.paper}{on}{edition})"


def template_of(job: Job) -> str:
    """Name the page template of a job."""
    if job.template and job.format == "booklet":
        return f"{job.template}.html"
    return "card-brief.html" if job.format == "cards" and job.paper in (*BRIEF, "wallet") else TEMPLATES[job.format]


def text_of(job: Job, project: Project) -> str:
    """Give the text of a job's handout; "" where its reader gets it in another language."""
    if not habits.same_language(job.locale, project.settings.default_locale):
        return ""
    return next((h.body for h in project.handouts if h.slug == job.handout), "")


def plan(project: Project, request: Request) -> list[Job]:
    """List the jobs. Raises ProjectError for a name that the project does not have, ContentError where nothing is made of what was asked for."""
    failed = project.broken_brands
    slugs = [*(h.slug for h in project.handouts), *sorted(project.broken_handouts)]
    for name in (n for n in request.handouts if n not in slugs):
        _refuse_misplaced(project, name)
    _check(request.handouts, slugs, "handout", "handouts list shows what there is")
    _refuse_unnamed(project, "brand", request.brands, (*project.settings.brands, *(b.slug for b in project.brands), *failed))
    _refuse_unnamed(project, "locale", (*request.locales, request.bilingual), (*project.settings.locales, *habits.PSEUDO))
    _check(request.brands, [*(b.slug for b in project.brands), *failed], "brand", "a brand is a folder in content/brands/")
    _check(request.locales, (*project.settings.locales, *habits.PSEUDO), "locale", "name it in content/project.yml")
    if request.bilingual:
        _check((request.bilingual,), project.settings.locales, "locale", "name it in content/project.yml")
        if habits.same_language(request.bilingual, project.settings.default_locale):
            raise ProjectError(f"{request.bilingual} is the language of the content", None, "name another one for a bilingual edition")
    papers = tuple(paper_name(p) for p in request.papers)
    if request.printing is not None:
        _check_printing(request.printing, papers)
    else:
        _check(papers, sorted({p for names in OF_FORMAT.values() for p in names}), "paper", "")
    jobs = []
    asked = [handout for handout in project.handouts if not request.handouts or handout.slug in request.handouts]
    for handout in asked:
        for brand in project.brands_of(handout):
            if not request.brands or brand.slug in request.brands:
                jobs += _jobs(project, handout, brand, request, papers)
    if request.printing is not None and not jobs and project.handouts:
        kind = "booklet" if request.printing.kind == "saddle" else "cards"
        raise ProjectError(f"nothing of what was asked for is made as {kind}", None,
                           f"write {kind} in its formats, in the front matter, and do not ask for another --format")  # fmt: skip
    if asked and not jobs and not failed.intersection(request.brands or failed):
        from generator.batch.absent import why_none

        raise why_none(project, asked[0], request)
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
            for edition in request.editions:
                job = Job(handout.slug, brand.slug, locale, kind, "", request.bilingual, edition=edition, template=handout.template)
                if request.printing is not None:
                    jobs += _sheets(project, job, request.printing, papers)
                else:
                    wanted = _on(edition, papers, _papers(project, kind, locale), OF_FORMAT[kind])
                    jobs += [job._replace(paper=paper) for paper in wanted if paper in OF_FORMAT[kind]]
    return jobs


def _on(edition: Edition, asked: tuple[str, ...], usual: Sequence[str], known: Sequence[str]) -> Sequence[str]:
    """Give the papers to make an edition on: those asked for, or the usual ones; failing those, the first that it is made for."""
    for paper in asked:
        if not edition.takes(paper) and paper in known:
            made = ", ".join(p.removeprefix("card-") for p in known if edition.takes(p))
            raise ProjectError(f"the edition {edition.name} is not made on {paper.removeprefix('card-')}", None, f"it is made on {made}")
    return asked or [p for p in usual if edition.takes(p)] or [p for p in known if edition.takes(p)][:1]


def _sheets(project: Project, job: Job, printing: Print, papers: tuple[str, ...]) -> list[Job]:
    """Give the jobs of a way of printing, which takes one of the formats: pages by their sheet, or the sheet by the pages."""
    saddle = printing.kind == "saddle"
    if saddle != (job.format == "booklet"):
        return []
    region = habits.region(job.locale) or project.settings.region
    usual = printing.sheet or ("letter" if region in habits.LETTER_REGIONS else "a4")
    if saddle:
        pages = [page for page, sheet in FOLDED.items() if sheet == usual]
        wanted = _on(job.edition, papers, pages, [p for p in FOLDED if p in PRINTED["saddle"]])
        sheets = [printing.sheet or FOLDED[page] for page in wanted]
    else:
        cards = [p for p in _papers(project, "cards", job.locale) if p in PRINTED["cards"]]
        wanted = _on(job.edition, papers, cards, PRINTED["cards"])
        sheets = [usual] * len(wanted)
    duplex = printing.duplex or ("short" if saddle else "long")
    pairs = zip(wanted, sheets, strict=True)
    return [job._replace(paper=page, printing=printing._replace(sheet=sheet, duplex=duplex)) for page, sheet in pairs]


def _check_printing(printing: Print, papers: tuple[str, ...]) -> None:
    """Refuse a sheet or a page that this way of printing does not know."""
    if printing.sheet:
        _check([printing.sheet], SHEETS, "sheet", "")
    for name in papers:
        if name not in PRINTED[printing.kind]:
            known = ", ".join(n.removeprefix("card-") for n in PRINTED[printing.kind])
            raise ProjectError(f'"{name}" is no paper for --print {printing.kind}', None, f"it takes {known}")


def _papers(project: Project, kind: str, locale: str) -> list[str]:
    """Give the papers that the settings name, else the one that readers in the locale's region, or the project's, print on."""
    named = project.settings.papers.get(kind)
    if named:
        return [paper_name(p) for p in named]
    region = habits.region(locale) or project.settings.region
    return [OF_FORMAT[kind][0] if region in habits.LETTER_REGIONS else METRIC[kind]]


def _refuse_unnamed(project: Project, what: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Refuse a brand or a locale that has a folder and that project.yml does not name."""
    folder = f"content/{what}s"
    for name in names:
        if name and "/" not in name and name not in known and (project.root / folder / name).is_dir():
            raise ProjectError(f'the project does not use the {what} "{name}"', Position("content/project.yml"),
                               f"it lies in {folder}, but content/project.yml does not name it: add it to {what}s:")  # fmt: skip


def _refuse_misplaced(project: Project, name: str) -> None:
    """Say where a handout lies that is not looked for there: beside the folder, in one inside it, or as another kind of file."""
    content = project.root / "content"
    there = (p for p in sorted(content.rglob("*")) if p.suffix.lower() in TEXTS and name in (p.stem, p.name) and p.is_file())
    found = next((p for p in there if "locales" not in p.relative_to(content).parts), None)
    if found is not None:
        raise ProjectError(f'there is no handout "{name}"', Position(found.relative_to(project.root).as_posix()),
                           f"handouts are Markdown, and lie in one folder: make this file content/handouts/{found.stem}.md")  # fmt: skip


def _check(names: Iterable[str], known: Iterable[str], what: str, hint: str) -> None:
    choices = list(known)
    for name in names:
        if name not in choices:
            shown = [choice.removeprefix("card-") for choice in choices]
            raise ProjectError(f'there is no {what} "{name}"', None, did_you_mean(name, shown, "there are") or hint)
