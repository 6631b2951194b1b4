"""Small projects on disk for tests: the shipped brands and facts, with handouts of the test's own."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from generator.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
FRONT = """---
title: {title}
reviewed: 2025-03-08
formats: [booklet]
---
"""
PLAIN = FRONT.replace("formats", "requires: []\nformats")  # where a notice that there is no safety block would be in the way
GOOD = FRONT.format(title="A good one") + "\nA paragraph of text.\n\n## A section\n\nMore text.\n"


@dataclass
class Outcome:
    """What a command did: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict:
        return json.loads(self.out)


class Project:
    """A project folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "content" / "brands", root / "content" / "brands")
        shutil.copy(ROOT / "content" / "facts.yml", root / "content" / "facts.yml")
        self.write("content/project.yml", "default_locale: en-US\nlocales: [en-US]\nbrands: [connect, charlotte]\n")
        (root / "content" / "handouts").mkdir()
        (root / "content" / "images").mkdir()

    def write(self, path: str, text: str | bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return target

    def handout(self, text: str, name: str = "bad", *, front: str | None = None) -> Path:
        head = FRONT.format(title=f"Title of {name}") if front is None else front
        return self.write(f"content/handouts/{name}.md", head + text)

    def run(self, *arguments: str) -> Outcome:
        result = CliRunner().invoke(main, [*arguments, "--project", str(self.root)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    def build(self, *arguments: str) -> Outcome:
        return self.run("build", "--brand", "connect", *arguments)

    def files(self) -> list[Path]:
        return sorted((self.root / "output").rglob("*.pdf"))
