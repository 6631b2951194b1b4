"""Run the benchmark and print its table. Takes about two minutes."""

from __future__ import annotations

import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import content, mail

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = 1
TYPST = (
    "import sys,typst;open(sys.argv[2],'wb').write(typst.compile(sys.argv[1],font_paths=sys.argv[3:],pdf_standards=['ua-1']))"
)
WEASY = "import sys,weasyprint;weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2],pdf_variant='pdf/ua-1')"


class Stand:
    """A temporary project and the peers' files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seed = 0
        for name in ("brands", "facts.yml"):
            source, target = ROOT / "content" / name, folder / "content" / name
            target.parent.mkdir(exist_ok=True)
            shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
        (folder / "content" / "handouts").mkdir()
        self._project("en-US")
        shutil.copy(ROOT / "content/brands/connect/logo.svg", folder / "logo.svg")
        self.language: content.Language | None = None
        self.fonts = [str(f) for f in content.font_folders()]

    def write(self, pages: int) -> None:
        """Write a new text for all three."""
        self.seed += 1
        blocks = content.booklet(pages, self.seed, self.language)
        title = "A booklet of plain words" if self.language is None else self.language.space.join(self.language.words[:4])
        (self.folder / "content/handouts/bench.md").write_text(content.markdown(blocks, title))
        (self.folder / "bench.typ").write_text(content.typst(blocks, title, self.language))
        (self.folder / "bench.html").write_text(content.html(blocks, title))

    def speak(self, tag: str) -> None:
        """Write in another language from now on."""
        self.language = content.language(tag)
        self._project(tag)
        shutil.rmtree(self.folder / "output", ignore_errors=True)

    def _project(self, tag: str) -> None:
        text = f"default_locale: {tag}\nlocales: [{tag}]\nbrands: [connect, charlotte]\n"
        (self.folder / "content/project.yml").write_text(text)

    def commands(self) -> dict[str, list[str]]:
        """Give the whole-process commands."""
        f = self.folder
        ours = [sys.executable, "-m", "generator.cli.start", "build", "bench", "--brand", "connect", "--project", str(f)]
        return {
            "handouts": ours,
            "Typst": [sys.executable, "-c", TYPST, str(f / "bench.typ"), str(f / "typst.pdf"), *self.fonts],
            "WeasyPrint": [sys.executable, "-c", WEASY, str(f / "bench.html"), str(f / "weasy.pdf")],
        }

    def outputs(self) -> dict[str, Path]:
        """Give the files that the commands write."""
        return {"handouts": next((self.folder / "output").rglob("*.pdf")), "Typst": self.folder / "typst.pdf"}


def process(command: list[str]) -> tuple[float, float]:
    """Run a command; give seconds and megabytes at its peak."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    child = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"{command[:4]} failed: {child.stderr.read().decode()[-800:] if child.stderr else ''}")
    return seconds, usage.ru_maxrss / 1024


def whole(stand: Stand, pages: int, rounds: int, *, weasy: bool = True) -> dict[str, tuple[float, float]]:
    """Time whole processes, interleaved, new text each round; WeasyPrint less often."""
    times: dict[str, list[tuple[float, float]]] = {}
    for number in range(rounds + 1):
        stand.write(pages)
        for name, command in stand.commands().items():
            if name != "WeasyPrint" or (weasy and number < 3):
                times.setdefault(name, []).append(process(command))
    return {n: (statistics.median(s for s, _ in t[1:]), max(m for _, m in t[1:])) for n, t in times.items()}


def warm(stand: Stand, pages: int, rounds: int) -> dict[str, float]:
    """Time both in this process on text neither has seen."""
    import typst

    from generator.markup import Piece
    from generator.pipeline import Press
    from generator.project.load import load_project

    press = Press()

    def ours() -> None:
        project = load_project(stand.folder)
        locale = project.settings.default_locale
        press.make(Piece(project, project.handouts[0], project.brands[0], "booklet.html", (ROOT / "templates",), locale))

    def theirs() -> None:
        typst.compile(str(stand.folder / "bench.typ"), font_paths=stand.fonts, pdf_standards=["ua-1"])

    runs: dict[str, Callable[[], None]] = {"handouts": ours, "Typst": theirs}
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + 2):
        stand.write(pages)
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(t[2:]) for name, t in times.items()}


def shown(value: float) -> str:
    """Write a figure with three digits, and no power of ten."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def row(what: str, ours: float, peer: float, wanted: float, unit: str, peer_name: str) -> str:
    """Write a row: a ratio at most `wanted` times the peer's."""
    ratio = ours / peer
    verdict = "yes" if ratio <= wanted else "no"
    return f"| {what} | {shown(ours)} {unit} | {peer_name} {shown(peer)} {unit} | {ratio:.2f} | {wanted:.3g} | {verdict} |"


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        stand = Stand(Path(name))
        rows = []
        for pages, typst_share, weasy_share in ((6, 4.5, 1 / 4.5), (50, 2.5, 1 / 8)):
            found = whole(stand, pages, 7)
            ours = found["handouts"]
            rows.append(
                row(f"{pages} pages, whole process", ours[0] * 1000, found["Typst"][0] * 1000, typst_share, "ms", "Typst")
            )
            rows.append(
                row(
                    f"{pages} pages, whole process",
                    ours[0] * 1000,
                    found["WeasyPrint"][0] * 1000,
                    weasy_share,
                    "ms",
                    "WeasyPrint",
                )
            )
            sizes = {n: p.stat().st_size / 1024 for n, p in stand.outputs().items()}
            rows.append(row(f"{pages} pages, file", sizes["handouts"], sizes["Typst"], 0.6, "KB", "Typst"))
            rows.append(f"| {pages} pages, peak memory | {ours[1]:.0f} MB | | | 120 MB | {'yes' if ours[1] <= 120 else 'no'} |")
            hot = warm(stand, pages, 7)
            rows.append(
                row(f"{pages} pages, warm, unseen text", hot["handouts"] * 1000, hot["Typst"] * 1000, 2.0, "ms", "Typst")
            )
        for tag, spoken in (("ar", "Arabic"), ("hi", "Hindi"), ("th", "Thai"), ("zh-Hans", "Chinese")):
            stand.speak(tag)
            for pages in (6, 50):
                found, what = whole(stand, pages, 5, weasy=False), f"{spoken}, {pages} pages"
                rows.append(row(f"{what}, whole process", found["handouts"][0] * 1000, found["Typst"][0] * 1000, 2.0, "ms", "Typst"))
                hot = warm(stand, pages, 5)
                rows.append(row(f"{what}, warm, unseen text", hot["handouts"] * 1000, hot["Typst"] * 1000, 2.0, "ms", "Typst"))
                sizes = {n: p.stat().st_size / 1024 for n, p in stand.outputs().items()}
                if tag == "zh-Hans":
                    rows.append(row(f"{what}, file", sizes["handouts"], sizes["Typst"], 0.6, "KB", "Typst"))
        helped = statistics.median(process([sys.executable, "-m", "generator.cli.start", "--help"])[0] for _ in range(7))
        rows.append(f"| `handouts --help` | {helped * 1000:.0f} ms | | | 150 ms | {'yes' if helped <= 0.15 else 'no'} |")
        rows.append(mail.row(ROOT, Path(name)))
    from tests.bench import watch

    rows.append(watch.row())
    print("| what | handouts | peer | ratio | at most | reached |\n| --- | --- | --- | --- | --- | --- |")  # noqa: T201
    print("\n".join(rows))  # noqa: T201
    print(f"\n{machine()}")  # noqa: T201


def machine() -> str:
    """Tell where the figures come from."""
    model = next(
        (x.split(":")[1].strip() for x in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in x),
        platform.machine(),
    )
    libraries = ", ".join(f"{n} {version(n)}" for n in ("typst", "weasyprint", "reportlab", "uharfbuzz"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {libraries}; medians of 7 (WeasyPrint of 2), peak here {peak} MB"


if __name__ == "__main__":
    main()
