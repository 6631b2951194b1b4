"""`handouts build --watch`: build, wait until something is saved, build again, until Ctrl-C."""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING

import click

from generator.cli.report import error_text
from generator.errors import HandoutsError, ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.batch.executors import Warm
    from generator.cli.building import Wish

BURST = 0.05  # seconds of quiet that end a burst of saves
LONGEST = 1.0  # seconds after which a build begins though saving goes on
STEP = 10  # ms between looks
GLANCE = 1000  # ms after which it is seen that a folder has come
PARTS = ("content", "templates")


def watch_and_build(wish: Wish) -> None:
    """Build until Ctrl-C, which is how it is meant to end. An error is told, and watching goes on."""
    from generator.batch.executors import Warm
    from generator.cli.folders import project_root

    if wish.scheduler:
        raise ProjectError("--watch builds on this machine", None, "leave out --scheduler")
    executor = Warm(wish.processes)
    with _saves(project_root(wish.project)) as saves:
        try:
            _once(wish, executor)
            _go_on(wish._replace(fresh=False, brief=True), executor, saves)
        except KeyboardInterrupt:
            click.echo(err=True)


def _go_on(wish: Wish, executor: Warm, saves: SimpleQueue[set[str]]) -> None:
    while True:
        gc.collect()  # while nobody waits
        gc.freeze()
        click.echo("Waiting for changes; Ctrl-C ends.", err=True)
        changed = _burst(saves)
        begun = time.perf_counter()
        if not all(path.endswith(".md") for path in changed):
            executor.forget()
        _once(wish, executor)
        click.echo(f"{time.strftime('%H:%M:%S')}, {time.perf_counter() - begun:.2f} s", err=True)


def _burst(saves: SimpleQueue[set[str]]) -> set[str]:
    """Wait for a save, and for those that follow it closely."""
    changed = saves.get()
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        try:
            changed |= saves.get(timeout=BURST)
        except Empty:
            break
    return changed


def _once(wish: Wish, executor: Warm) -> None:
    from generator.cli.building import build

    try:
        build(wish, executor)
    except HandoutsError as exc:
        click.echo(error_text(exc), err=True)


@contextmanager
def _saves(root: Path) -> Iterator[SimpleQueue[set[str]]]:
    """Give a queue of the paths saved in each burst, also of what is saved while a build runs."""
    found: SimpleQueue[set[str]] = SimpleQueue()
    stop = Event()

    def look() -> None:
        while not stop.is_set():
            folders = _folders(root)
            with suppress(FileNotFoundError):  # one that is gone at this moment is looked for again
                _look_into(root, folders, found, stop)
            found.put(set(map(str, folders)))

    looker = Thread(target=look, daemon=True)
    looker.start()
    try:
        yield found
    finally:
        stop.set()
        looker.join()


def _look_into(root: Path, folders: list[Path], found: SimpleQueue[set[str]], stop: Event) -> None:
    """Report what is saved in these folders until they are others."""
    import watchfiles

    for changes in watchfiles.watch(*folders, watch_filter=_counts, debounce=5 * STEP, step=STEP, stop_event=stop,
                                    yield_on_timeout=True, rust_timeout=GLANCE):  # fmt: skip
        if changes:
            found.put({path for _, path in changes})
        if _folders(root) != folders:
            return


def _folders(root: Path) -> list[Path]:
    return [root / part for part in PARTS if (root / part).is_dir()]


def _counts(_: object, path: str) -> bool:
    """Tell whether a file can matter: not what editors write beside the file that is open."""
    name = path.replace("\\", "/").rpartition("/")[2]
    return not name.startswith((".", "#", "~")) and not name.endswith(("~", ".swp", ".tmp", ".part"))
