"""Why files of earlier runs are outdated, and what is said of those that were deleted.

In: a project, a plan and what became of it. Out: the reason for each entry of an earlier run, "" for one that stays; lines for people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.errors import BrandError
from generator.localize.habits import PSEUDO
from generator.plain import NamedTuple
from generator.project.handouts import Twin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.batch.plan import Job
    from generator.batch.records import Outcome
    from generator.errors import HandoutsError
    from generator.project.records import HandoutSource, Project

NAMED = 3  # files that are told by their paths
REASONS = {  # of one file, and of several
    "handout": ("its handout is gone", "their handouts are gone"),
    "brand": ("the project does not use its brand any more", "the project does not use their brands any more"),
    "failed": ("it could not be made again", "they could not be made again"),
    "unmade": ("its handout does not make it any more", "their handouts do not make them any more"),
}
KINDS = {"booklet": ("booklet", "saddle"), "cards": ("card", "sheet")}  # of files, by format


class Makes(NamedTuple):
    """What a handout is made as."""

    kinds: frozenset[str]
    brands: frozenset[str]
    locales: frozenset[str]
    default: str  # the locale that stands first in bilingual editions

    def has(self, old: dict[str, Any]) -> bool:
        """Tell whether an entry of an earlier run can still come of it."""
        first, plus, _ = str(old.get("locale", "")).partition("+")
        if old.get("kind") not in self.kinds or old.get("brand") not in self.brands or (plus and first != self.default):
            return False
        return self.locales.issuperset(str(old.get("locale", "")).split("+"))


class Outdated(NamedTuple):
    """What a run knows of files that it did not make."""

    handouts: frozenset[str]
    brands: frozenset[str]
    unread: frozenset[str]  # handouts that were asked for and could not be read
    unread_brands: frozenset[str]  # a handout may be called as a brand is
    failed: dict[tuple[Any, ...], bool]  # the jobs, and whether something went wrong
    makes: dict[str, Makes]

    def why(self, old: dict[str, Any]) -> str:
        """Give the reason why an entry of an earlier run is outdated; "" where it is not."""
        if old.get("kind") == "copies":
            return ""  # they are made by runs of their own
        if old.get("handout") not in self.handouts:
            return "handout"
        if old.get("brand") not in self.brands:
            return "brand"
        if old.get("handout") in self.unread or old.get("brand") in self.unread_brands:
            return "failed"
        makes = self.makes.get(str(old.get("handout")))
        if makes is not None and not makes.has(old):
            return "unmade"
        step = old.get("step", 0) if old.get("kind") == "sheet" else 0
        failed = self.failed.get((*(old.get(name) for name in ("handout", "brand", "locale", "kind", "paper")), old.get("sheet", ""), step,
                                  old.get("edition", "standard")))  # fmt: skip
        return "" if failed is None else "failed" if failed else "unmade"


def outdated(project: Project, planned: Iterable[Job], outcomes: Iterable[Outcome], failures: Iterable[tuple[str, HandoutsError]]) -> Outdated:
    """Gather what a run knows. What was made of a handout whose title another one has is as good as it was."""
    wrong = {o.job for o in outcomes if o.errors}
    jobs = {(j.handout, j.brand, j.languages, j.kind, j.paper, j.sheet, j.printing.step if j.printing else 0, j.edition.name): j in wrong
            for j in planned}  # fmt: skip
    unread = {name for name, error in failures if not isinstance(error, BrandError | Twin)}
    brands = project.broken_brands | {b.slug for b in project.brands}
    handouts = {h.slug for h in project.handouts}
    return Outdated(project.broken_handouts | handouts, brands, frozenset(unread - handouts),
                    frozenset(name for name, error in failures if isinstance(error, BrandError)), jobs,
                    {h.slug: _makes(project, h, brands) for h in project.handouts})  # fmt: skip


def _makes(project: Project, handout: HandoutSource, brands: frozenset[str]) -> Makes:
    """`brands`: those of the project, also such as cannot be read now; the handout is made under them as before."""
    kinds = frozenset(kind for name in handout.formats for kind in KINDS[name])
    locales = {loc for loc in project.settings.locales if not handout.locales or loc in handout.locales}
    return Makes(kinds, brands.intersection(handout.brands or brands), frozenset({*locales, *PSEUDO}), project.settings.default_locale)


def told(deleted: Sequence[tuple[str, str]]) -> list[str]:
    """Say which files were deleted, and why; of many for one reason, how many."""
    out = []
    for reason, (of_one, of_many) in REASONS.items():
        paths = [path for path, why in deleted if why == reason]
        if not paths:
            continue
        count = "1 outdated file was" if len(paths) == 1 else f"{len(paths)} outdated files were"
        named = f": {', '.join(paths)}" if len(paths) <= NAMED else ""
        out.append(f"{count} deleted, because {of_one if len(paths) == 1 else of_many}{named}")
    return out
