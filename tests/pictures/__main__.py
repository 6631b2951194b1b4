"""Draw the README's pictures anew from the shipped handouts: `python -m tests.pictures`.

Out: PNG files beside this module, small enough for a page that loads at once. They are drawn as `handouts preview` draws its
contact sheets, of chosen pages.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import click
import pikepdf
from PIL import Image

from generator.press.contact import Look, contact_sheet
from tests.projects import ROOT

HERE = Path(__file__).parent
COLOURS = 128
PARTNER, WORKSHEET = "when-your-partner-is-not-ready", "six-steps-in-my-own-words"


class Chosen(NamedTuple):
    """Pages of one file, counted from 1."""

    path: str
    pages: tuple[int, ...]


PICTURES = {
    "booklets": (
        Look(300, 5),
        [
            Chosen(f"connect/en-US/{PARTNER}/booklet-letter.pdf", (1, 2, 4, 6)), Chosen(f"connect/ar/{PARTNER}/booklet-letter.pdf", (6,)),
            Chosen(f"charlotte/en-US/{PARTNER}/booklet-letter.pdf", (1,)), Chosen(f"charlotte/es/{PARTNER}/booklet-letter.pdf", (6,)),
            Chosen(f"charlotte/zh-Hans/{PARTNER}/booklet-letter.pdf", (6,)), Chosen(f"charlotte/hi/{PARTNER}/booklet-letter.pdf", (6,)),
            Chosen("charlotte/en-US/your-first-session/booklet-letter.pdf", (3,)),
        ],
    ),
    "cards": (
        Look(300, 5),
        [
            Chosen(f"{brand}/{locale}/{PARTNER}/step-{step}-half-letter.pdf", (1,))
            for brand, locale, step in (("connect", "en-US", 1), ("charlotte", "en-US", 2), ("connect", "vi", 3), ("charlotte", "ru", 4),
                                        ("connect", "ar", 5))
        ],
    ),
    "worksheet": (Look(560, 2), [Chosen(f"connect/en-US/{WORKSHEET}/booklet-letter.pdf", (1, 2))]),
    "printing": (
        Look(480, 2),
        [
            Chosen(f"connect/en-US/{PARTNER}/saddle-half-letter-on-letter.pdf", (1, 2)),
            Chosen(f"connect/en-US/{PARTNER}/sheet-4x6-on-letter.pdf", (1, 2)),
        ],
    ),
}  # fmt: skip
BUILDS = (
    ("--paper", "letter", "--format", "booklet"),
    ("--paper", "half-letter", "--format", "cards"),
    ("--print", "saddle", "--brand", "connect", "--locale", "en-US"),
    ("--print", "cards", "--paper", "4x6", "--brand", "connect", "--locale", "en-US"),
)


def pages(folder: Path, chosen: Chosen) -> bytes:
    """Give a file of these pages alone."""
    out = io.BytesIO()
    with pikepdf.open(folder / chosen.path) as pdf:
        for number in range(len(pdf.pages), 0, -1):
            if number not in chosen.pages:
                del pdf.pages[number - 1]
        pdf.save(out)
    return out.getvalue()


def drawn(folder: Path, look: Look, wanted: list[Chosen]) -> bytes:
    """Draw a picture of few colours."""
    sheet = Image.open(io.BytesIO(contact_sheet({f"{at}": pages(folder, chosen) for at, chosen in enumerate(wanted)}, look)))
    out = io.BytesIO()
    sheet.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def run() -> None:
    """Build what the pictures show, and draw them."""
    with tempfile.TemporaryDirectory() as folder:
        for options in BUILDS:
            command = [sys.executable, "-m", "generator.cli.start", "build", "--project", str(ROOT), "--output", folder, *options]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for name, (look, wanted) in PICTURES.items():
            data = drawn(Path(folder), look, wanted)
            (HERE / f"{name}.png").write_bytes(data)
            click.echo(f"tests/pictures/{name}.png  {len(data) // 1000} KB")


if __name__ == "__main__":
    run()
