"""`python -m tests.bench.matrix`: 400 booklets of 6 pages, cold, with two processes, beside Typst on the same texts; and 500 checked.

Typst runs in two processes that each keep one compiler, so that it opens its fonts once, as we do.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.bench import content
from tests.bench.__main__ import ROOT, Stand, machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TITLE = "A booklet of plain words"
COUNT, PAGES, PROCESSES, CHECKED = 400, 6, 2, 500


class Taken(NamedTuple):
    """What a run took: seconds by the clock, and of the processors. The latter hold where others use the machine too."""

    clock: float
    processor: float


def timed(work: Callable[[], object]) -> Taken:
    """Time what child processes do."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(time.perf_counter() - begun, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def medians(found: Iterable[Taken]) -> Taken:
    """Give the median of each."""
    rows = list(found)
    return Taken(statistics.median(r.clock for r in rows), statistics.median(r.processor for r in rows))


def build(folder: Path, *arguments: str) -> None:
    """Run a whole build."""
    command = [sys.executable, "-m", "generator.cli.start", "build", "--brand", "connect", "--project", str(folder), "--jobs", str(PROCESSES)]
    subprocess.run([*command, *arguments], env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, check=True)


def typst(folder: Path) -> None:
    """Compile all texts with Typst, its processes started for it."""
    with ProcessPoolExecutor(PROCESSES, initializer=_begin, initargs=(str(folder), [str(f) for f in content.font_folders()])) as pool:
        list(pool.map(_compile, map(str, sorted(folder.glob("*.typ"))), chunksize=4))


_compilers: list = []


def _begin(root: str, fonts: list[str]) -> None:
    import typst as library

    _compilers.append(library.Compiler(root=root, font_paths=fonts, ignore_system_fonts=True))


def _compile(path: str) -> None:
    _compilers[0].compile(input=path, output=path + ".pdf", pdf_standards=["ua-1"])


def write(stand: Stand, first: int, last: int) -> None:
    """Write handouts, each of its own words, and the same for Typst."""
    for number in range(first, last):
        stand.write(PAGES)
        for path in (stand.folder / "content/handouts/bench.md", stand.folder / "bench.typ"):
            text = path.read_text().replace(TITLE, f"{TITLE} {number:03}")
            path.with_stem(f"bench-{number:03}").write_text(text)
            path.unlink()


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        stand = Stand(Path(name))
        write(stand, 0, COUNT)
        rounds = [(timed(lambda: build(stand.folder, "--fresh")), timed(lambda: typst(stand.folder))) for _ in range(3)]
        ours, theirs = medians(r[0] for r in rounds), medians(r[1] for r in rounds)
        write(stand, COUNT, CHECKED)
        build(stand.folder)
        checked = medians(timed(lambda: build(stand.folder)) for _ in range(7))
    ratio = ours.processor / theirs.processor
    print("| what | handouts | Typst | ratio | at most | reached |\n| --- | --- | --- | --- | --- | --- |")  # noqa: T201
    print(f"| {COUNT} booklets of {PAGES} pages, cold, two processes | {COUNT / ours.clock:.0f} a second | {COUNT / theirs.clock:.0f} a second | "  # noqa: T201
          f"{theirs.clock / ours.clock:.2f} | at least 1 | {'yes' if theirs.clock >= ours.clock else 'no'} |")  # fmt: skip
    each = f"{ours.processor / COUNT * 1000:.1f} ms | {theirs.processor / COUNT * 1000:.1f} ms | {ratio:.2f}"
    print(f"| the same, processor time of each | {each} | | |")  # noqa: T201
    print(f"| {CHECKED} unchanged pieces checked | {checked.clock:.2f} s | | | 0.5 s | {'yes' if checked.clock <= 0.5 else 'no'} |\n\n{machine()}")  # noqa: T201


if __name__ == "__main__":
    main()
