"""`python -m tests.bench.matrix`: 400 booklets of 6 pages, cold, with two processes, beside Typst on the same texts; and 500 checked."""

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


def typst(folder: Path, *, kept: bool) -> None:
    """Compile all texts with Typst, its processes started for it. `kept`: each keeps a compiler, else it compiles each text by itself."""
    fonts = [str(f) for f in content.font_folders()]
    with ProcessPoolExecutor(PROCESSES, initializer=_begin, initargs=(str(folder), fonts, kept)) as pool:
        list(pool.map(_compile, map(str, sorted(folder.glob("*.typ"))), chunksize=4))


_compilers: list[Callable[[str], object]] = []


def _begin(root: str, fonts: list[str], kept: bool) -> None:  # noqa: FBT001
    import typst as library

    one = library.Compiler(root=root, font_paths=fonts, ignore_system_fonts=True) if kept else None

    def compiled(path: str) -> object:
        if one is not None:
            return one.compile(input=path, output=path + ".pdf", pdf_standards=["ua-1"])
        return library.compile(path, output=path + ".pdf", font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"])

    _compilers.append(compiled)


def _compile(path: str) -> None:
    _compilers[0](path)


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
        works = {
            "handouts": lambda: build(stand.folder, "--fresh"),
            "Typst, one compiler in each process": lambda: typst(stand.folder, kept=True),
            "Typst, one for each text": lambda: typst(stand.folder, kept=False),
        }
        rounds = [{who: timed(work) for who, work in works.items()} for _ in range(3)]
        found = {who: medians(r[who] for r in rounds) for who in works}
        write(stand, COUNT, CHECKED)
        build(stand.folder)
        checked = medians(timed(lambda: build(stand.folder)) for _ in range(7))
    print(f"| {COUNT} booklets of {PAGES} pages, cold, two processes | a second | processor time of each |\n| --- | --- | --- |")  # noqa: T201
    for who, taken in found.items():
        print(f"| {who} | {COUNT / taken.clock:.0f} | {taken.processor / COUNT * 1000:.1f} ms |")  # noqa: T201
    print(f"\n{CHECKED} unchanged pieces checked in {checked.clock:.2f} s (at most 0.5)\n\n{machine()}")  # noqa: T201


if __name__ == "__main__":
    main()
