"""Why there is nothing of a handout where something was asked for: the first reason that keeps it out, and what there is instead.

In: a project, a handout and a request that comes to no job. Out: an error at the handout's line. Knows not how jobs are planned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import ContentError
from generator.papers import OF_FORMAT, paper_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.batch.plan import Request
    from generator.project.records import HandoutSource, Project


def why_none(project: Project, handout: HandoutSource, request: Request) -> ContentError:
    """Say why nothing of what was asked for is made of a handout."""
    brands = [brand.slug for brand in project.brands_of(handout)]
    locales = [loc for loc in handout.locales or project.settings.locales if loc in project.settings.locales]
    wanted = request.formats or handout.formats
    kinds = [kind for kind in wanted if kind in handout.formats]
    if not _any(request.brands, brands):
        return _error(handout, "brands", f"is not made for {_list(request.brands)}", f"its brands: {_list(brands)}")
    for asked in (request.locales, (request.bilingual,) if request.bilingual else ()):
        if not _any(asked, locales):
            return _error(handout, "locales", f"is not made in {_list(asked)}", f"its locales: {_list(locales)}")
    if not kinds:
        return _error(handout, "formats", f"is not made as {_list(wanted)}", f"its formats: {_list(handout.formats)}")
    papers = [paper for kind in kinds for paper in OF_FORMAT[kind]]
    if not _any(map(paper_name, request.papers), papers):
        shown = _list(paper.removeprefix("card-") for paper in papers)
        return _error(handout, "formats", f"is not made as {_list(kinds)} on {_list(request.papers)}", f"there are: {shown}")
    return _error(handout, "title", "is not made in what was asked for", "ask for less at once")


def _any(asked: Iterable[str], there: Iterable[str]) -> bool:
    """Tell whether something of what was asked for is there; nothing asked for is everything."""
    names = set(asked)
    return not names or not names.isdisjoint(there)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _error(handout: HandoutSource, field: str, what: str, hint: str) -> ContentError:
    return ContentError(f"{handout.slug} {what}", handout.source.find(f"{field}:"), hint)
