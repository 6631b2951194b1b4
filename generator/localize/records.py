"""What stage 2 gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plain import NamedTuple

if TYPE_CHECKING:
    from generator.errors import Notice
    from generator.localize.interface import Interface
    from generator.project.records import Brand, HandoutSource, Hotline, Project


class Localized(NamedTuple):
    """A project, a handout and a brand for a locale's readers, the hotlines that serve them, and what is to be said of it."""

    project: Project
    handout: HandoutSource
    brand: Brand
    hotlines: tuple[Hotline, ...]
    interface: Interface
    notices: tuple[Notice, ...] = ()
