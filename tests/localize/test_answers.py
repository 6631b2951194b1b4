"""What ICU said once is known to the next process: the same answers without it, and without trust in a damaged file."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from generator import cachefile
from tests.projects import PLAIN, ROOT, Project

ASK = """
import json, sys
from datetime import date
from pathlib import Path
from generator.localize import answers, habits, locales
answers.remember(Path(sys.argv[1]))
said = [
    habits.digits("fa"), habits.number("fa", 2025), habits.long_date("th", date(2025, 3, 8)), habits.dates("es"),
    habits.join("vi", ["a", "b", "c"]), habits.join("vi", []), habits.in_order("sv", ["Öland", "Zorn", "Åmål"], str),
    habits.quotes("ru"), habits.english_name("hi"), locales.exists("pt-BR"), locales.exists("xx-Nope"),
]
answers.leave()
print(json.dumps([said, "icu" in sys.modules]))
"""


def asked(folder):
    run = subprocess.run([sys.executable, "-c", ASK, str(folder)], cwd=ROOT, check=True, capture_output=True, text=True, timeout=120)
    return json.loads(run.stdout)


def test_the_next_process_knows_without_asking(tmp_path):
    said, loaded = asked(tmp_path)
    assert loaded
    assert said == [
        "۰۱۲۳۴۵۶۷۸۹", "۲۰۲۵", "8 มีนาคม 2568", said[3], "a, b và c", "", ["Zorn", "Åmål", "Öland"], ["«", "»", "„", "“"],
        "Hindi", True, False,
    ]  # fmt: skip
    assert any("marzo" in form for form in said[3])
    assert asked(tmp_path) == [said, False]


@pytest.mark.parametrize("damage", ["cut", "noise", "another", "list"])
def test_a_damaged_file_is_no_answer(tmp_path, damage):
    said, _ = asked(tmp_path)
    (path,) = tmp_path.iterdir()
    data = path.read_bytes()
    if damage == "list":
        cachefile.write(path, data[: cachefile.SIZE], b"[1, 2")
    else:
        path.write_bytes({"cut": data[:-3], "noise": b"\0" * 400, "another": b"x" * 32 + data[32:]}[damage])
    assert asked(tmp_path) == [said, True]
    assert asked(tmp_path) == [said, False]


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path):
    assert asked(tmp_path / "nowhere") == asked(tmp_path)


def test_a_build_is_the_same_with_answers_and_they_hold_no_text(tmp_path):
    project = Project(tmp_path / "clinic")
    project.write("content/project.yml", "default_locale: ru\nlocales: [ru]\nbrands: [connect]\nhotlines: {ru: [ndvh]}\n")
    project.handout("\nКецаль встретил оцелота.\n\n## Раздел\n\nЕщё слова.\n", "one", front=PLAIN.format(title="Заглавие"))
    command = [sys.executable, "-m", "generator.cli.start", "build", "--fresh", "--project", str(project.root)]
    made = []
    for _ in range(2):
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
        made.append(project.files()[0].read_bytes())
    assert made[0] == made[1]
    (kept,) = (project.root / "output/.cache").glob("*.answers")
    text = kept.read_bytes()[2 * cachefile.SIZE :].decode()
    words = [value for key, found in json.loads(text).items() for value in (key, str(found))]
    assert any("2025" in word for word in words)
    assert not [word for word in words if "оцелот" in word or "Заглавие" in word]


def test_answers_of_projects_long_gone_are_let_go(tmp_path):
    asked(tmp_path)
    path, key = tmp_path / "icu.answers", (tmp_path / "icu.answers").read_bytes()[: cachefile.SIZE]
    cachefile.write(path, key, json.dumps({f"old\0{n}": "x" for n in range(5_000)}).encode())
    asked(tmp_path)
    assert json.loads(cachefile.read(path, key)) == {}
