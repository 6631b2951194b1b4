"""Personalised copies beside Typst, WeasyPrint and fullbleed: 6 pages, tagged, fonts embedded, a file a recipient, two processes.

`python -m tests.bench.copies` prints the table, `--long` adds 100,000 rows. Rows are never seen before. The long table's files go to
/dev/shm where there is one, and are deleted as they come. fullbleed is measured where it is installed.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.bench import content
from tests.bench.__main__ import ROOT, machine, shown

if TYPE_CHECKING:
    from collections.abc import Callable

PROCESSES = 2
PAGES = 6
TITLE = "A booklet of plain words"
COLUMNS = ("id", "first_name", "last_name", "clinician", "appointment", "note")
GREETING = ("Dear {first_name} {last_name}, this booklet was prepared for you after our meeting. Please read it at your own pace, {first_name}, "
            "and bring your questions to the next session; nothing in it is urgent, and every step can wait until you are ready.")  # fmt: skip
VISIT = "You see {clinician} on {appointment}. {note}"
SYLLABLES = ("an", "be", "ca", "do", "el", "fi", "ga", "ho", "ir", "jo", "ka", "li", "ma", "no", "ol", "pe", "ri", "sa", "te", "vi")
NOTES = ("Please bring the form.", "We meet by video this time.", "Use the side door after five.")


def rows(count: int, seed: int) -> list[dict[str, str]]:
    """Make clients; another seed makes others."""
    rng = random.Random(seed)

    def name() -> str:
        return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()

    return [
        {"id": f"c{seed}-{n}", "first_name": name(), "last_name": name(), "clinician": f"Dr. {name()}",
         "appointment": f"{rng.choice(('Monday', 'Tuesday', 'Friday'))} at {rng.randint(8, 17)}:{rng.choice(('00', '15', '30'))}",
         "note": rng.choice(NOTES)}
        for n in range(count)
    ]  # fmt: skip


def texts(seed: int) -> tuple[str, list[content.Block]]:
    """Give the booklet with its two personal paragraphs first."""
    blocks = content.booklet(PAGES, seed)
    return TITLE, [content.Block("p", GREETING), content.Block("p", VISIT), *blocks]


class Stand:
    """A project, a list, and the peers' templates."""

    def __init__(self, folder: Path) -> None:
        self.folder = self.output = folder
        for name in ("brands", "project.yml", "facts.yml"):
            source, target = ROOT / "content" / name, folder / "content" / name
            target.parent.mkdir(exist_ok=True)
            shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
        title, blocks = texts(1)
        ours = [b if "{" not in b.text else content.Block(b.kind, _jinja(b.text)) for b in blocks]
        (folder / "content/handouts").mkdir()
        (folder / "content/handouts/bench.md").write_text(content.markdown(ours, title))
        shutil.copy(ROOT / "content/brands/connect/logo.svg", folder / "logo.svg")
        typst = [b if "{" not in b.text else content.Block(b.kind, _typst(b.text)) for b in blocks]
        (folder / "bench.typ").write_text(content.typst(typst, title))
        (folder / "bench.html").write_text(content.html(blocks, title))

    def list(self, count: int, seed: int) -> Path:
        """Write a list."""
        path = self.folder / f"clients-{seed}.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows(count, seed))
        return path

    def command(self, count: int, seed: int, *, watched: bool = False) -> tuple[float, float]:
        """Run the whole command; give seconds and, where it is watched, megabytes at the peak of its processes together."""
        clients = self.list(count, seed)
        self.output = self.folder / f"output-{seed}"
        command = [sys.executable, "-m", "generator.cli.start", "build", "bench", "--clients", str(clients), "--brand", "connect",
                   "--jobs", str(PROCESSES), "--json", "--project", str(self.folder), "--output", str(self.output)]  # fmt: skip
        start = time.perf_counter()
        child = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True)
        peak = 0.0
        while watched and child.poll() is None:
            peak = max(peak, _memory(child.pid))
            _sweep(self.output, keep=2000)
            time.sleep(0.3)
        child.wait()
        seconds = time.perf_counter() - start
        if child.returncode:
            raise SystemExit(child.stdout.read() if child.stdout else "failed")
        return seconds, peak

    def copies(self) -> list[Path]:
        """Give the files that lie there."""
        return sorted((self.output / "copies").rglob("*.pdf"))


def _jinja(text: str) -> str:
    for name in COLUMNS:
        text = text.replace("{" + name + "}", "{{ client." + name + " }}")
    return text


def _typst(text: str) -> str:
    for name in COLUMNS:
        text = text.replace("{" + name + "}", f'#sys.inputs.at("{name}")')
    return text


def _memory(pid: int) -> float:
    """Megabytes that a process and its children hold, what they share counted once."""
    total = 0
    for one in [pid, *_children(pid)]:
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _children(pid: int) -> list[int]:
    try:
        return [int(p) for task in Path(f"/proc/{pid}/task").iterdir() for p in (task / "children").read_text().split()]
    except OSError:
        return []


def _sweep(folder: Path, keep: int) -> None:
    """Delete files when there are many, so that memory measures the program and not its output."""
    found = list(os.scandir(folder / "copies/bench")) if (folder / "copies/bench").is_dir() else []
    if len(found) > keep:
        for entry in found:
            if entry.name.endswith(".pdf"):
                Path(entry.path).unlink(missing_ok=True)


def _floor(folder: str, data: bytes, count: int, part: int) -> None:
    for n in range(part, count, PROCESSES):
        handle = os.open(f"{folder}/{part}/.part", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.write(handle, data)
        os.close(handle)
        os.replace(f"{folder}/{part}/.part", f"{folder}/{n}.pdf")  # noqa: PTH105 - what is timed is the system's call


def _with_typst(folder: str, fonts: list[str], part: list[dict[str, str]]) -> None:
    import typst

    compiler = typst.Compiler(f"{folder}/bench.typ", font_paths=fonts)
    for row in part:
        data = compiler.compile(sys_inputs=row, pdf_standards=["ua-1"])
        Path(f"{folder}/peer/{row['id']}.pdf").write_bytes(data)


def _with_weasyprint(folder: str, fonts: list[str], part: list[dict[str, str]]) -> None:
    import weasyprint

    text = Path(f"{folder}/bench.html").read_text()
    for row in part:
        for name, value in row.items():
            text = text.replace("{" + name + "}", value)
        weasyprint.HTML(string=text, base_url=folder).write_pdf(f"{folder}/peer/{row['id']}.pdf", pdf_variant="pdf/ua-1")


def _with_fullbleed(folder: str, fonts: list[str], part: list[dict[str, str]]) -> None:
    import fullbleed

    text = Path(f"{folder}/bench.html").read_text()
    css, _, body = text.partition("<style>")[2].partition("</style>")
    files = [str(p) for f in fonts for p in Path(f).glob("*.ttf")]
    engine = fullbleed.PdfEngine(page_width="612pt", page_height="792pt", font_files=files, pdf_profile="tagged", document_lang="en",
                                 document_title=TITLE)  # fmt: skip
    for row in part:
        own = body
        for name, value in row.items():
            own = own.replace("{" + name + "}", value)
        Path(f"{folder}/peer/{row['id']}.pdf").write_bytes(engine.render_pdf(own, css))


class Timed(NamedTuple):
    """Copies a second, and processor milliseconds for each; the second tells more where others use the machine too."""

    rate: float
    cost: float


def timed(count: int, work: Callable[[], float]) -> Timed:
    """Time what gives its own seconds; processor time is that of the processes it has waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Timed(count / seconds, spent / count * 1000)


def both(work: Callable[..., None], parts: list[Any], *shared: Any) -> float:
    """Let two processes work, each at its part; give seconds."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        for future in [pool.submit(time.sleep, 0.2) for _ in range(PROCESSES)]:
            future.result()
        start = time.perf_counter()
        for future in [pool.submit(work, *shared, part) for part in parts]:
            future.result()
        return time.perf_counter() - start


def peer(work: Callable[..., None], count: int, *shared: Any) -> Timed:
    """Time a peer."""
    made = rows(count, 7)
    return timed(count, lambda: both(work, [made[n::PROCESSES] for n in range(PROCESSES)], *shared))


def rates(stand: Stand, count: int, rounds: int) -> tuple[Timed, Timed, int]:
    """Time this program and the writing of as many files of the same bytes, in turns; give medians, and the bytes.

    Each round has a folder of its own and nothing is deleted meanwhile: for minutes after, ext4 goes around the places of deleted files, which
    takes longer than to write a copy.
    """
    ours, floors, size = [], [], 0
    for number in range(rounds):
        ours.append(timed(count, lambda seed=10 + number: stand.command(count, seed)[0]))  # type: ignore[misc]
        data = stand.copies()[0].read_bytes()
        size = len(data)
        folder = stand.folder / f"floor-{number}"
        folder.mkdir()
        for part in range(PROCESSES):
            (folder / str(part)).mkdir()
        floors.append(timed(count, lambda data=data, folder=folder: both(_floor, list(range(PROCESSES)), str(folder), data, count)))  # type: ignore[misc]
    return _median(ours), _median(floors), size


def _median(found: list[Timed]) -> Timed:
    return Timed(statistics.median(t.rate for t in found), statistics.median(t.cost for t in found))


def line(title: str, found: Timed, size: float, verdict: str) -> str:
    """Write a row of the first table."""
    return f"| {title} | {shown(found.rate)} | {found.cost:.3g} ms | {size:.0f} KB | {verdict} |"


def compare() -> None:
    """Print the first table: on a disk, where copies lie in the end."""
    with tempfile.TemporaryDirectory() as name:
        stand = Stand(Path(name))
        fonts = [str(f) for f in content.font_folders()]
        (stand.folder / "peer").mkdir()
        ours, floor, size = rates(stand, 8000, 3)
        lines = [line("handouts, whole command", ours, size / 1024, "at least 2,000"),
                 line("writing the same bytes", floor, size / 1024, f"{ours.rate / floor.rate:.0%} of it; at least 60 %")]  # fmt: skip
        peers = [("Typst", _with_typst, 200), ("WeasyPrint", _with_weasyprint, 12)]
        if find_spec("fullbleed"):
            peers.insert(1, ("fullbleed", _with_fullbleed, 100))
        for title, work, count in peers:
            other = peer(work, count, str(stand.folder), fonts)
            verdict = f"{ours.rate / other.rate:.0f} x as fast, {other.cost / ours.cost:.0f} x by processor time"
            lines.append(line(title, other, _size(stand), verdict))
    print("| personalised copies, 2 processes | a second | processor time each | a file | |\n| --- | --- | --- | --- | --- |")  # noqa: T201
    print("\n".join(lines))  # noqa: T201


def grow() -> None:
    """Print the second table: in memory, and deleted as they come."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        stand = Stand(Path(name))
        print("\n| rows | seconds | a second | processor time each | memory of all processes |\n| --- | --- | --- | --- | --- |")  # noqa: T201
        for count in (1, 100, 1000, 10_000, *((100_000,) if "--long" in sys.argv else ())):
            peaks: list[float] = []

            def work(count: int = count, peaks: list[float] = peaks) -> float:
                seconds, peak = stand.command(count, 100 + count, watched=True)
                peaks.append(peak)
                return seconds

            found = timed(count, work)
            print(f"| {count:,} | {count / found.rate:.2f} | {found.rate:.0f} | {found.cost:.3g} ms | {peaks[0]:.0f} MB |")  # noqa: T201


def main() -> None:
    """Print both tables."""
    compare()
    grow()
    print(f"\n{machine()}")  # noqa: T201


def _size(stand: Stand) -> float:
    """Give the size of a peer's file in kilobytes, and delete them all."""
    found = list((stand.folder / "peer").iterdir())
    size = found[0].stat().st_size / 1024
    for path in found:
        path.unlink()
    return size


if __name__ == "__main__":
    main()
