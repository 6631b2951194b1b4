"""The cluster's end of a run: what a Dask worker does with a job that is sent to it.

In: a `Task` and the archive of a project. Out: an `Outcome` that carries the bytes of its files. A worker keeps the last projects
unpacked, and a warm press for each. Nothing of them stays on its disk when it ends.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from generator.batch.bundle import unpack
from generator.batch.doing import Hand
from generator.batch.likeness import difference, likeness
from generator.batch.records import Bench
from generator.errors import ClusterError
from generator.pipeline import Press
from generator.plain import NamedTuple
from generator.project.load import load_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.batch.records import Outcome, Work

KEPT = 3  # projects


class Task(NamedTuple):
    """A job with all that a worker must know besides the archive, which is named `bundle`."""

    work: Work
    epoch: str
    bundle: str
    project: str
    templates: tuple[str, ...]
    wanted: dict[str, str]  # the likeness of the machine that asks


_hands: dict[str, tuple[Hand, Path]] = {}
_lock = Lock()  # a worker may have several threads; the press is for one


def describe(wanted: dict[str, str]) -> str:
    """Say in what this machine is unlike the one that asks; "" where they are alike."""
    return difference(wanted, likeness())


def hold(data: bytes) -> bytes:
    """Be a task whose result is its argument: what the cluster keeps, sends to those who need it, and makes again when it is lost."""
    return data


def do(task: Task, data: bytes) -> Outcome:
    """Do a job. Raises ClusterError where this machine would make other bytes."""
    unlike = describe(task.wanted)
    if unlike:
        raise ClusterError(f"a worker would make other files than this machine: it has {unlike}", None,
                           "install the same versions there as here, and start the worker again")  # fmt: skip
    with _lock, _epoch(task.epoch):
        return _hand(task, data).do(task.work)


def _hand(task: Task, data: bytes) -> Hand:
    found = _hands.get(task.bundle)
    if found is None:
        while len(_hands) >= KEPT:
            _, old = _hands.pop(next(iter(_hands)))
            shutil.rmtree(old, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix="handouts-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        unpack(data, folder)
        bench = Bench(load_project(folder / task.project), tuple(folder / name for name in task.templates), folder)
        found = _hands[task.bundle] = (Hand(bench, Press()), folder)
    return found[0]


@contextmanager
def _epoch(wanted: str) -> Iterator[None]:
    """Have the date of the machine that asks: a file bears it."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    if wanted:
        os.environ["SOURCE_DATE_EPOCH"] = wanted
    else:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("SOURCE_DATE_EPOCH", None)
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
