"""A real Dask scheduler and two workers on this machine: the bytes of a local build, whatever happens on the way."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from tests.projects import PLAIN, ROOT, Project

WAIT = 60


def dask(*arguments, cwd):
    code = "import sys; from dask.__main__ import main; sys.argv[0] = 'dask'; main()"
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Machines:
    """A scheduler and its workers, which see nothing of the project's folder but its bytes."""

    def __init__(self, folder):
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.started = [dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(self.file), cwd=folder)]
        self.workers = []

    @property
    def address(self):
        import json

        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            try:
                return json.loads(self.file.read_text())["address"]
            except (OSError, ValueError):
                time.sleep(0.05)
        raise AssertionError("the scheduler did not start")

    def add_worker(self):
        self.workers.append(dask("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard",
                                 "--local-directory", str(self.folder), cwd=self.folder))  # fmt: skip
        self.started.append(self.workers[-1])

    def wait_for(self, count):
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=WAIT)

    def stop(self):
        for process in reversed(self.started):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    made = Machines(tmp_path_factory.mktemp("cluster"))
    try:
        made.add_worker()
        made.add_worker()
        made.wait_for(2)
        yield made
    finally:
        made.stop()


@pytest.fixture
def clinic(tmp_path):
    project = Project(tmp_path / "clinic")
    (project.root / "content/images/room.svg").write_bytes((ROOT / "content/images/room.svg").read_bytes())
    for number in range(16):
        text = f"\n![A room](images/room.svg)\n\nWords {number}.\n" + "\n## Part\n\nSome words of a handout.\n" * 80
        project.handout(text, f"h{number:02}", front=PLAIN.format(title=f"Title of h{number:02}"))
    return project


def start(project, *arguments, **env):
    command = [sys.executable, "-m", "generator.cli.start", "build", "--project", str(project.root), *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*.pdf"))}


def test_the_bytes_of_a_local_build(clinic, machines, tmp_path):
    clinic.handout("\n{{ nothing }}\n", "bad")
    clinic.write("art/a.svg", (ROOT / "content/images/room.svg").read_bytes())
    clinic.write("content/clients.csv", "first_name\nAna\n")
    clinic.handout("\n![A room](../art/a.svg)\n\nWords.\n", "art")
    there = start(clinic, "--scheduler", machines.address, "--brand", "connect", SOURCE_DATE_EPOCH="1000000000")
    out, err = there.communicate(timeout=WAIT)
    assert there.returncode == 1, err
    assert "content/handouts/bad.md:7" in err
    here = start(clinic, "--output", str(tmp_path / "here"), "--brand", "connect", SOURCE_DATE_EPOCH="1000000000")
    here.communicate(timeout=WAIT)
    assert contents(tmp_path / "here") == contents(clinic.root / "output")
    assert len(clinic.files()) == 17
    again = start(clinic, "--brand", "connect", SOURCE_DATE_EPOCH="1000000000")
    out, err = again.communicate(timeout=WAIT)
    assert out.count("unchanged") == 17


def test_a_worker_that_dies_in_mid_run(clinic, machines, tmp_path):
    run = start(clinic, "--scheduler", machines.address)
    while not clinic.files() and run.poll() is None:
        time.sleep(0.01)
    machines.workers[0].kill()
    _, err = run.communicate(timeout=WAIT)
    assert run.returncode == 0, err
    assert not err.strip()
    start(clinic, "--output", str(tmp_path / "here")).communicate(timeout=WAIT)
    assert len(clinic.files()) == 32
    assert contents(tmp_path / "here") == contents(clinic.root / "output")


def test_another_version_on_a_worker(clinic, machines, tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import generator; generator.__version__ = '99.0'\n", encoding="utf-8")
    run = start(clinic, "--scheduler", machines.address, PYTHONPATH=f"{tmp_path}:{ROOT}")
    _, err = run.communicate(timeout=WAIT)
    assert run.returncode == 1
    assert "would make other files" in err
    assert "handouts" in err
    assert not clinic.files()


def test_nobody_answers(clinic):
    begun = time.monotonic()
    run = start(clinic, "--scheduler", "tcp://127.0.0.1:9")
    _, err = run.communicate(timeout=WAIT)
    assert run.returncode == 1
    assert "error: no scheduler answers at tcp://127.0.0.1:9" in err
    assert "Traceback" not in err
    assert time.monotonic() - begun < 15


def test_a_scheduler_without_workers(clinic, tmp_path):
    machines = Machines(tmp_path)
    try:
        run = start(clinic, "--scheduler", machines.address)
        _, err = run.communicate(timeout=WAIT)
    finally:
        machines.stop()
    assert run.returncode == 1
    assert "has no workers" in err
    assert "dask worker" in err


def test_a_scheduler_that_dies_in_mid_run(clinic, tmp_path):
    machines = Machines(tmp_path)
    try:
        machines.add_worker()
        machines.wait_for(1)
        run = start(clinic, "--scheduler", machines.address)
        while len(clinic.files()) < 3 and run.poll() is None:
            time.sleep(0.01)
        machines.started[0].kill()
        _, err = run.communicate(timeout=WAIT)
    finally:
        machines.stop()
    assert run.returncode == 1
    assert "error: the scheduler at tcp://127.0.0.1:" in err
    assert "is gone" in err
    assert "Traceback" not in err
    there = clinic.files()
    assert 3 <= len(there) < 32
    assert clinic.run("build").out.count("unchanged") == len(there)


def test_client_lists_stay_at_home(clinic):
    import io
    import zipfile

    from generator.batch.bundle import pack
    from generator.project.load import load_project

    clinic.write("content/clients.csv", "first_name\nAna\n")
    clinic.write("clients.xlsx", "x")
    packed = pack(load_project(clinic.root), (ROOT / "templates",))
    names = zipfile.ZipFile(io.BytesIO(packed.data)).namelist()
    assert "r0/content/project.yml" in names
    assert "r1/templates/booklet.html" in names
    assert not [n for n in names if n.endswith((".csv", ".xlsx"))]
