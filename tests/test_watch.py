"""`handouts build --watch`: what is saved is built, errors are told and overcome, Ctrl-C ends it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from queue import Empty, Queue

import pytest

from tests.projects import FRONT, ROOT, Project

WAIT = 30
READY = "Waiting for changes"


class Watched:
    """A running `handouts build --watch` and what it says."""

    def __init__(self, project):
        command = [sys.executable, "-m", "generator.cli.start", "build", "--watch", "--brand", "connect", "--project", str(project.root)]
        self.run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ)
        self.said = Queue()
        self.ear = threading.Thread(target=self._listen, daemon=True)
        self.ear.start()

    def _listen(self):
        with self.run.stdout as out:
            for line in out:
                self.said.put(line)

    def until_ready(self):
        """Give what was said up to when it waits."""
        lines = []
        while not lines or READY not in lines[-1]:
            lines.append(self.said.get(timeout=WAIT))
        return "".join(lines)

    def is_quiet(self, seconds):
        try:
            self.said.get(timeout=seconds)
        except Empty:
            return True
        return False

    def stop(self):
        self.run.send_signal(signal.SIGINT)
        return self.run.wait(WAIT)


@pytest.fixture
def clinic(tmp_path):
    project = Project(tmp_path / "clinic")
    project.handout("\nSome words.\n\n## A section\n\nMore words.\n", "one")
    project.handout("\nOther words.\n", "two")
    (project.root / "templates").mkdir()
    shutil.copy(ROOT / "templates/booklet.css", project.root / "templates/booklet.css")
    return project


@pytest.fixture
def watched(clinic):
    made = Watched(clinic)
    try:
        yield made
    finally:
        made.run.kill()
        made.run.wait()
        made.ear.join()


def fresh(project, folder):
    """Give what a build of its own makes of the project as it is."""
    project.run("build", "--brand", "connect", "--output", str(folder))
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.pdf")}


def there(project):
    return {p.relative_to(project.root / "output"): p.read_bytes() for p in project.files()}


def test_every_kind_of_save_is_built(clinic, watched, tmp_path):
    first = watched.until_ready()
    assert "one/booklet-letter.pdf" in first
    saves = {
        "content/handouts/one.md": lambda text: text.replace("More words", "Wholly new words"),
        "templates/booklet.css": lambda text: text + "\np { color: #333333 }\n",
        "content/facts.yml": lambda text: text.replace("hours:", "hours: ", 1),
        "content/brands/connect/brand.yml": lambda text: text.replace("Connect", "Connected", 1),
        "content/project.yml": lambda text: text + "# a remark\n",
    }
    for number, (path, change) in enumerate(saves.items()):
        file = clinic.root / path
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
        said = watched.until_ready()
        assert "one/booklet-letter.pdf" in said
        assert ("two/booklet-letter.pdf" in said) == (path != "content/handouts/one.md")
        assert there(clinic) == fresh(clinic, tmp_path / str(number))
    assert watched.stop() == 0


def test_an_error_is_told_and_overcome(clinic, watched):
    watched.until_ready()
    clinic.handout("\n{{ nothing }}\n", "one")
    assert "content/handouts/one.md:7" in watched.until_ready()
    (clinic.root / "content/facts.yml").write_text("hotlines: 3\n", encoding="utf-8")
    assert "facts.yml:1" in watched.until_ready()
    shutil.copy(ROOT / "content/facts.yml", clinic.root / "content/facts.yml")
    watched.until_ready()
    clinic.handout("\nGood again.\n", "one")
    assert "one/booklet-letter.pdf" in watched.until_ready()
    assert watched.stop() == 0


def test_a_burst_of_saves_is_no_crowd_of_builds(clinic, watched, tmp_path):
    """As a rule it is one; a machine that is busy may tear it apart."""
    watched.until_ready()
    beside = clinic.root / "next"
    for number in range(20):
        text = FRONT.format(title="Title of one") + f"\nWords {number}.\n"
        beside.write_text(text, encoding="utf-8")
        beside.replace(clinic.root / "content/handouts/one.md")
        time.sleep(0.01)
    builds = 0
    while there(clinic) != fresh(clinic, tmp_path / str(builds)):
        builds += watched.until_ready().count("one/booklet-letter.pdf")
    assert builds <= 5


def test_what_editors_write_beside_a_file_is_no_save(clinic, watched):
    watched.until_ready()
    clinic.write("content/handouts/.one.md.swp", "x")
    clinic.write("content/handouts/one.md~", "x")
    assert watched.is_quiet(0.5)


def test_a_new_and_a_deleted_handout(clinic, watched):
    watched.until_ready()
    clinic.handout("\nWords.\n", "three")
    assert "three/booklet-letter.pdf" in watched.until_ready()
    (clinic.root / "content/handouts/three.md").unlink()
    watched.until_ready()
    assert len(clinic.files()) == 2


def test_a_folder_that_comes_later(clinic, watched):
    watched.until_ready()
    shutil.rmtree(clinic.root / "templates")
    watched.until_ready()
    (clinic.root / "templates").mkdir()
    shutil.copy(ROOT / "templates/booklet.css", clinic.root / "templates/booklet.css")
    watched.until_ready()
    css = clinic.root / "templates/booklet.css"
    css.write_text(css.read_text(encoding="utf-8") + "\np { color: #333333 }\n", encoding="utf-8")
    while "one/booklet-letter.pdf" not in watched.until_ready():
        pass
    assert watched.stop() == 0


def test_watching_is_for_this_machine(clinic):
    out = clinic.run("build", "--watch", "--scheduler", "tcp://127.0.0.1:9")
    assert out.code == 2
    assert "leave out --scheduler" in out.err


@pytest.mark.parametrize("option", [("--watch",), ("--scheduler", "tcp://127.0.0.1:9")])
def test_copies_are_made_here_and_once(clinic, option):
    clinic.write("clients.csv", "id\n1\n")
    out = clinic.run("build", "one", "--clients", str(clinic.root / "clients.csv"), *option)
    assert out.code == 2
    assert f"leave out {option[0]}" in out.err
