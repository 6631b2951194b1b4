"""A folder in, a Project out: the one place that knows where each file of a project lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import ContentError, HandoutsError, Position, ProjectError
from generator.project import nodes
from generator.project.brands import load_brand
from generator.project.facts import load_facts
from generator.project.handouts import load_handouts
from generator.project.nearest import did_you_mean, is_slip
from generator.project.records import Project
from generator.project.settings import load_settings
from generator.project.source import read_source

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from generator.project.records import Brand, Facts, HandoutSource, Settings

Failures = list[tuple[str, HandoutsError]]


def load_project(root: Path, today: date | None = None, cache: Path | None = None) -> Project:
    """Read and check the whole project below `root`. `today` stands in for the clock where facts grow old.

    `cache`: an existing folder for what was read of its YAML, or None.

    A broken handout or brand goes into `failures`, and the rest is read on. Raises ProjectError where the folder is
    no project or project.yml is broken, and ContentError where facts.yml is.
    """
    root = root.resolve()
    content = root / "content"
    if not content.is_dir():
        hint = "run the command in a project's folder, or make one with: handouts init DIR"
        raise ProjectError(f"{root} is no handouts project: it has no content folder", None, hint)
    nodes.take_up(cache)
    settings = load_settings(content / "project.yml", root)
    facts, notices = load_facts(content / "facts.yml", root, today)
    _check_named(settings, facts, content / "project.yml", root)
    names = _brand_names(content / "brands", settings)
    brands, failures = _load_brands(content / "brands", names, root, facts)
    handouts, broken = load_handouts(content / "handouts", root, facts, names)
    nodes.keep(cache)
    never = [(h.slug, _never(h, settings)) for h in handouts if h.locales and not set(h.locales) & set(settings.locales)]
    handouts = tuple(h for h in handouts if h.slug not in dict(never))
    return Project(root, settings, facts, brands, handouts, (*failures, *broken, *never), notices)


def _never(handout: HandoutSource, settings: Settings) -> ContentError:
    """Say that none of a handout's locales is one of the project's, so that it would never be made."""
    name = handout.locales[0]
    hint = did_you_mean(name, settings.locales, "content/project.yml has")
    akin = {locale.partition("-")[0] for locale in settings.locales}
    if not is_slip(name, settings.locales) and name.partition("-")[0] not in akin:
        # Another language is no mistyped one: where the handout is in it, the project lacks it.
        hint = f"content/project.yml has {', '.join(settings.locales)}; add {name} to its locales, or delete this handout"
    return ContentError(f'"{name}" is none of the project\'s locales, so this handout would never be made', handout.source.find("locales:"),
                        hint)  # fmt: skip


def _check_named(settings: Settings, facts: Facts, path: Path, root: Path) -> None:
    """Insist that the hotlines named for locales are there."""
    known = [line.id for line in facts.hotlines]
    for name in (name for names in settings.hotlines.values() for name in names if name not in known):
        where = read_source(path, root, ProjectError).find(name)
        raise ProjectError(f'there is no hotline "{name}"', where, did_you_mean(name, known, "facts.yml has"))


def _brand_names(folder: Path, settings: Settings) -> tuple[str, ...]:
    """Return the brands in the settings' order, or all that there are."""
    there = sorted(path.parent.name for path in folder.glob("*/brand.yml"))
    if not there:
        hint = "add content/brands/NAME/brand.yml"
        raise ProjectError("the project has no brand", Position("content/brands"), hint)
    for name in settings.brands:
        if name not in there:
            position = Position("content/project.yml")
            raise ProjectError(f'there is no brand "{name}"', position, did_you_mean(name, there, "there are"))
    return settings.brands or tuple(there)


def _load_brands(folder: Path, names: tuple[str, ...], root: Path, facts: Facts) -> tuple[tuple[Brand, ...], Failures]:
    """Read each brand; what is broken is a failure of that brand alone."""
    brands: list[Brand] = []
    failures: Failures = []
    for name in names:
        try:
            brands.append(load_brand(folder / name, root, facts))
        except HandoutsError as error:
            failures += [(name, one) for one in (error, *error.more)]
    return tuple(brands), failures
