"""`python -m tests.bench.press`: folding beside pdfimpose, in whole processes, and how far each moves pages for creep.

pdfimpose lies in this environment or, PyMuPDF being large, in another: PDFIMPOSE names that one's Python.
"""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import pikepdf

from generator.press.sheets import MM
from tests.press.paper import cut, pages_of

ROUNDS = 9
THICKNESS = 0.1
FINE = 20  # pixels in a point
OURS = (
    "import sys; from pathlib import Path\n"
    "from generator.press.saddle import Folding, fold\nfrom generator.press.place import Job, press\n"
    "data, count = Path(sys.argv[1]).read_bytes(), int(sys.argv[3])\n"
    "sheets = fold(count, (396.0, 612.0), (612.0, 792.0), Folding(thickness=float(sys.argv[4])))\n"
    "Path(sys.argv[2]).write_bytes(press([data], sheets, Job('A booklet', 'short')))"
)


def commands(source: Path, count: int, thickness: float) -> dict[str, list[str]]:
    """Give what imposes `source`, each into a file of its own. pdfimpose adds its creep for each of the sheets inside."""
    theirs = [os.environ.get("PDFIMPOSE", sys.executable), "-m", "pdfimpose", "saddle", "--signature", "2x1", "--group", "0",
              "--last", "1", "--creep", f"{2 * thickness * MM:.4f}s", str(source), "-o", str(source.with_name("pdfimpose.pdf"))]  # fmt: skip
    ours = [sys.executable, "-c", OURS, str(source), str(source.with_name("handouts.pdf")), str(count), str(thickness)]
    return {"handouts": ours, "pdfimpose": theirs}


def seconds(command: list[str]) -> float:
    """Time a process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def creep_error(data: bytes) -> float:
    """Give the largest distance between two neighbouring sheets' shifts and one thickness, in mm, as seen in pixels."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        count = len(pdf.pages)
    gaps = [gap(data, page) for page in range(0, count, 2)]
    return max(abs(abs(one - two) / 2 / MM - THICKNESS) for one, two in pairwise(gaps))


def gap(data: bytes, page: int) -> float:
    """Give the distance between the marks of the two pages of a side, in points."""
    strip = cut(data, page, (0, 584, 792, 4), FINE).convert("L").point(lambda v: 255 * (v < 200))
    left, right = strip.crop((0, 0, 396 * FINE, strip.height)), strip.crop((396 * FINE, 0, strip.width, strip.height))
    return (396 * FINE + right.getbbox()[0] - left.getbbox()[0]) / FINE


def main() -> None:
    """Print the table."""
    print("| pages | program | whole process | creep off by |\n" + "| --- " * 4 + "|")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        for count in (16, 64):
            source = Path(folder) / "source.pdf"
            source.write_bytes(pages_of(count, 396, 612))
            for name, command in commands(source, count, THICKNESS).items():
                took = statistics.median(seconds(command) for _ in range(ROUNDS))
                data = source.with_name(f"{name}.pdf").read_bytes()
                print(f"| {count} | {name} | {took * 1000:.0f} ms | {creep_error(data):.2f} mm |")  # noqa: T201


if __name__ == "__main__":
    main()
