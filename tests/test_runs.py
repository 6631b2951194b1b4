"""Runs that meet trouble: killed at any moment, two at once, other locales and time zones."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.projects import PLAIN, ROOT, Project


def start(project, *arguments, **env):
    command = [sys.executable, "-m", "generator.cli.start", "build", "--project", str(project.root), *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=os.environ | env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def many(tmp_path, count=8):
    project = Project(tmp_path / "clinic")
    for number in range(count):
        front = PLAIN.format(title=f"Title of h{number}")
        project.handout("\n" + f"## Part\n\nSome words for handout {number}.\n\n" * 20, f"h{number}", front=front)
    return project


def test_killed_runs_leave_whole_files_or_none(tmp_path):
    project = many(tmp_path)
    rng = random.Random(4)
    met = 0
    for files in (1, 2, 3, 5, 7, 9):
        there = killed_in_mid_run(project, files, "--fresh", after=rng.uniform(0, 0.03))
        met += 0 < len(there) < 16
        for path in there:
            pikepdf.open(path).close()
        shutil.rmtree(project.root / "output", ignore_errors=True)
    assert met >= 3
    assert project.run("build").code == 0
    assert len(project.files()) == 16


def test_two_runs_at_once(tmp_path):
    project = many(tmp_path, 4)
    runs = [start(project, "--brand", brand) for brand in ("connect", "charlotte")]
    for run in runs:
        out, err = run.communicate(timeout=60)
        assert run.returncode == 0, (out, err)
    assert len(project.files()) == 8


def test_locale_and_time_zone_change_nothing(tmp_path):
    project = many(tmp_path, 1)
    made = []
    for env in ({"LC_ALL": "C", "TZ": "Pacific/Kiritimati"}, {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/Los_Angeles"}):
        run = start(project, "--brand", "connect", **env)
        assert run.wait(60) == 0
        run.communicate()
        made.append(project.files()[0].read_bytes())
    assert made[0] == made[1]


def test_source_date_epoch(tmp_path):
    project = many(tmp_path, 1)
    run = start(project, "--brand", "connect", SOURCE_DATE_EPOCH="1000000000")
    run.communicate()
    with pikepdf.open(project.files()[0]) as pdf:
        assert "20010909" in str(pdf.docinfo["/CreationDate"])


def test_one_process_or_two_give_the_same_bytes(tmp_path):
    """A few jobs are composed in a second process; with --jobs 1 all is done in one."""
    project = Project(tmp_path / "clinic")
    for folder in ("handouts", "images"):
        shutil.copytree(ROOT / "content" / folder, project.root / "content" / folder, dirs_exist_ok=True)
    made = []
    for jobs in ("1", "2"):
        run = start(project, "--brand", "connect", "--jobs", jobs)
        out, err = run.communicate(timeout=60)
        assert run.returncode == 0, (out, err)
        made.append({path.name: path.read_bytes() for path in project.files()})
    assert len(made[0]) > 6
    assert made[0] == made[1]


def test_links_inside_a_page_in_any_script(tmp_path):
    project = Project(tmp_path / "clinic")
    project.handout("\nSee [there](#كلمة-أولى) and [here](#łąka).\n\n## كلمة أولى\n\nText.\n\n## Łąka\n\nMore.\n", "links")
    for jobs in ("1", "2"):
        run = start(project, "--brand", "connect", "--jobs", jobs)
        _, err = run.communicate(timeout=60)
        assert run.returncode == 0, err
        (path,) = project.files()
        led = led_to(path)
        assert (led["there"], led["here"]) == ("كلمة أولى", "Łąka")
        shutil.rmtree(project.root / "output")


def led_to(path):
    """Give the first words at the places to which the links of a file lead, by the words of each link."""
    found = {}
    with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as text:
        pages = [page.objgen for page in pdf.pages]
        for number, page in enumerate(pdf.pages):
            for link in page.get("/Annots", ()):
                if "/Dest" not in link:
                    continue
                left, bottom, right, top = map(float, link.Rect)
                words = text[number].get_textpage().get_text_bounded(left, bottom, right, top).strip()
                to, _, _, y, _ = link.Dest
                there = text[pages.index(to.objgen)].get_textpage().get_text_bounded(top=float(y))
                found[words] = there.strip().splitlines()[0].strip()
    return found


def test_a_dead_second_process_is_an_error_and_no_hang(tmp_path):
    project = many(tmp_path, 1)
    (project.root / "dies").mkdir()
    (project.root / "dies" / "sitecustomize.py").write_text(
        "import generator.relay as r, os\nr._answer = lambda *a: os._exit(9)\n", encoding="utf-8"
    )
    run = start(project, "--brand", "connect", PYTHONPATH=f"{project.root / 'dies'}:{ROOT}")
    _, err = run.communicate(timeout=60)
    assert run.returncode == 1
    assert b"error: the second process of this run was ended" in err
    assert b"Traceback" not in err


BRACKETS = 600


@pytest.mark.parametrize(("rule", "message"), [
    ("p[*|title] { color: red }", "selector not understood"), (":has() { color: red }", "selector not understood"),
    ("p" + ":not(" * BRACKETS + "a" + ")" * BRACKETS + " { color: red }", "this rule is nested too deeply"),
    ("p { width: " + "calc(" * 3000 + "1px" + ")" * 3000 + " }", "this rule is nested too deeply"),
], ids=["namespace", "has", "not", "calc"])  # fmt: skip
def test_a_rule_that_no_library_reads_is_told_at_its_line_by_one_process_and_by_two(tmp_path, rule, message):
    project = many(tmp_path, 1)
    text = (ROOT / "templates/base.css").read_text()
    project.write("templates/base.css", f"{text}\n{rule}\n")
    place = f"templates/base.css:{len(text.splitlines()) + 2}:1: error: {message}"
    for jobs in ("1", "2"):
        run = start(project, "--brand", "connect", "--jobs", jobs)
        out, err = run.communicate(timeout=60)
        assert run.returncode == 1
        assert place in err.decode()
        assert b"Traceback" not in out + err


def test_a_defect_while_the_second_process_gets_ready_waits_for_the_manuscript(tmp_path):
    project = many(tmp_path, 1)
    reached = project.root / "reached"
    project.write("fails/sitecustomize.py", "import generator.compositor as c\n"
                  f"def rehearse(*a):\n    open({str(reached)!r}, 'w').close()\n    raise KeyError(a)\nc.Compositor.rehearse = rehearse\n")
    run = start(project, "--brand", "connect", PYTHONPATH=f"{project.root / 'fails'}:{ROOT}")
    out, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (0, b""), out
    assert reached.exists()


def killed_in_mid_run(project, files, *arguments, after=0.0):
    """Kill a run when it has made some files, or so many seconds after; give those that are there."""
    run = start(project, *arguments)
    while len(project.files()) < files and run.poll() is None:
        time.sleep(0.002)
    time.sleep(after)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    return {p: p.stat().st_mtime_ns for p in project.files()}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_after_a_killed_one_makes_only_what_is_missing(tmp_path, jobs):
    project = many(tmp_path, 12)
    for files in (3, 9):
        there = killed_in_mid_run(project, files, "--jobs", jobs)
        assert files <= len(there) < 24
    assert not (project.root / "output/manifest.json").exists()
    out = project.run("build")
    assert out.code == 0
    assert {p: p.stat().st_mtime_ns for p in there} == there
    assert out.out.count(", unchanged") == len(there)
    listed = json.loads((project.root / "output/manifest.json").read_text())["files"]
    assert len(listed) == len(project.files()) == 24
    assert not list((project.root / "output/.cache").glob("journal-*"))


def test_a_full_disk_leaves_nothing_half(tmp_path):
    """A limit on the size of a file stands in for a full disk: writing stops in the middle."""
    project = many(tmp_path, 3)
    project.handout("\n" + "## Part\n\nMany words, and more of them.\n\n" * 600, "long")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    command = [sys.executable, "-m", "generator.cli.start", "build", "--project", str(project.root), "--brand", "connect"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, preexec_fn=limit, timeout=60, check=False)
    assert run.returncode == 1
    assert "cannot be written: File too large" in run.stderr
    for word in ("Traceback", "defect", "the program failed"):
        assert word not in run.stderr
    assert len(project.files()) == 3
    for path in project.files():
        pikepdf.open(path).close()
    assert not list((project.root / "output").rglob("*.part"))
    assert project.build().code == 0
    assert len(project.files()) == 4


def test_two_runs_of_everything_at_once(tmp_path):
    project = many(tmp_path, 5)
    runs = [start(project, "--fresh") for _ in range(2)]
    for run in runs:
        out, err = run.communicate(timeout=60)
        assert run.returncode == 0, (out, err)
    listed = json.loads((project.root / "output/manifest.json").read_text())["files"]
    assert len(listed) == len(project.files()) == 10
    assert project.run("build").out.count(", unchanged") == 10


def test_what_two_runs_made_at_once_is_all_known(tmp_path):
    project = many(tmp_path, 4)
    runs = [start(project, f"h{number}") for number in range(4)]
    for run in runs:
        out, err = run.communicate(timeout=60)
        assert run.returncode == 0, (out, err)
    assert project.run("build").out.count(", unchanged") == 8


def test_a_process_that_dies_is_replaced(tmp_path):
    project = many(tmp_path)
    (project.root / "dies").mkdir()
    (project.root / "dies" / "sitecustomize.py").write_text(
        "import generator.batch.doing as d, os, pathlib\n"
        "once, do = pathlib.Path(__file__).with_name('once'), d.Hand.do\n"
        "def dying(hand, work):\n"
        "    if work.job.handout == 'h3' and not once.exists():\n"
        "        once.touch()\n"
        "        os._exit(9)\n"
        "    return do(hand, work)\n"
        "d.Hand.do = dying\n", encoding="utf-8"
    )  # fmt: skip
    run = start(project, PYTHONPATH=f"{project.root / 'dies'}:{ROOT}")
    _, err = run.communicate(timeout=60)
    assert run.returncode == 0, err
    assert (project.root / "dies" / "once").exists()
    assert len(project.files()) == 16


@pytest.mark.parametrize("generation", [0, 1])
def test_whoever_of_the_staff_is_killed_is_replaced(tmp_path, generation):
    """Be it a worker, or the process that all workers were forked from, and end with."""
    project = many(tmp_path, 12)
    run = start(project, "--jobs", "2")
    while len(project.files()) < 4 and run.poll() is None:
        time.sleep(0.002)
    lead, *workers = descendants(run.pid)
    os.kill([lead, *workers][generation], signal.SIGKILL)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 0, err
    assert len(workers) == 2
    assert len(project.files()) == 24


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_a_build(tmp_path, end):
    """Workers whose parent was ended from outside end as well."""
    command = [sys.executable, "-m", "generator.cli.start", "build", "--output", str(tmp_path / "out"), "--jobs", "2", "--fresh"]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children: list[int] = []
    limit = time.monotonic() + 30
    while len(children) < 3 and time.monotonic() < limit:
        time.sleep(0.02)
        children = descendants(run.pid)
    assert len(children) >= 3  # the one that the staff is forked from, and two workers
    time.sleep(0.3)
    run.send_signal(end)
    run.wait()
    limit = time.monotonic() + 15
    while any(map(alive, children)) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not [child for child in children if alive(child)]


def descendants(pid):
    """Give the processes that a process has started, and theirs."""
    try:
        own = list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:
        return []
    return own + [each for child in own for each in descendants(child)]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
