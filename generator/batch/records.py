"""What goes through a run: what its jobs share, a job to do, and what became of it. Plain records, which cross to other processes and machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plain import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from pathlib import Path

    from generator.batch.manifest import Entry
    from generator.batch.plan import Job
    from generator.errors import HandoutsError, Notice
    from generator.project.records import Project


class Bench(NamedTuple):
    """What every job of a run shares."""

    project: Project
    templates: tuple[Path, ...]
    output: Path
    cache: Path | None = None
    fresh: bool = False  # take nothing from an earlier run


class Work(NamedTuple):
    """A job to do, with the digest of its inputs."""

    job: Job
    digest: str


@dataclass(slots=True, eq=False, repr=False)
class Outcome:
    """What became of a job: the files made, the errors met, the notices given.

    `carried` holds the bytes of files that are not written yet, by their path below the output folder.
    """

    job: Job
    entries: list[Entry] = field(default_factory=list)
    unchanged: bool = False
    errors: list[HandoutsError] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    carried: dict[str, bytes] = field(default_factory=dict)
