"""A copy holds its own client's data and nobody else's; nothing but the copies holds any."""

from __future__ import annotations

import io
import random
import re

import pikepdf

from generator.copies import run
from generator.copies.workshop import Workshop
from tests.copies.conftest import COLUMNS
from tests.readback import structure, text

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


def clients(count: int) -> list[tuple[str, ...]]:
    """Rows in which every word is one that nobody else has, nor any handout."""
    rng = random.Random(4)

    def word() -> str:
        return "Q" + "".join(rng.choice(LETTERS) for _ in range(9))

    def words(most: int) -> str:
        return " ".join(word() for _ in range(rng.randint(1, most)))

    return [(f"id-{word()}", words(6), "2025-05-05", words(2), words(4), words(40) if rng.random() < 0.5 else "", "") for _ in range(count)]


def raw(data: bytes) -> str:
    """Everything that stands in a file's objects, strings decoded and streams inflated."""
    out = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                out.append(item.read_bytes().decode("latin-1"))
            out.append(repr(item))
    return "\n".join(out)


def own(data: bytes) -> set[str]:
    """The made-up words that a reader finds anywhere in a file."""
    everything = "\n".join([*text(data), *structure(data), raw(data)])
    return set(re.findall(rf"Q[{LETTERS}]{{9}}", everything))


def test_every_copy_of_a_run_is_read_back(clinic, monkeypatch):
    monkeypatch.setattr(run, "CHUNK", 12)  # two processes take turns
    rows = clients(60)
    outcome = clinic.run("build", "visit", "--clients", str(clinic.list(rows)), "--jobs", "2")
    assert outcome.code == 0, outcome.err
    for row in rows:
        data = (clinic.root / f"output/copies/visit/{row[0]}.pdf").read_bytes()
        assert own(data) == set(re.findall(r"Q\w{9}", " ".join(row))), row


def test_the_shared_part_holds_no_ones_letters(clinic):
    rows = clinic.rows(clinic.list([*clients(1), ("c-2", "Ω", "2025-05-05", "Dr. Lee", "Monday", "", "")]))
    order = clinic.order()
    heads = []
    for row in rows:
        workshop = Workshop(order)
        workshop.make(row)
        master = workshop._texts["connect", "en-US"][0].masters[0]
        heads.append(master._first._stencil.prefix.data)
    codes = [_unicode(head) for head in heads]
    assert "03A9" not in " ".join(codes)


def _unicode(head: bytes) -> str:
    import zlib

    found = []
    for match in re.finditer(rb"stream\n(.*?)\nendstream", head, re.DOTALL):
        try:
            inflated = zlib.decompress(match[1])
        except zlib.error:
            continue
        if b"beginbfchar" in inflated:
            found.append(inflated.decode("latin-1"))
    assert found
    return "\n".join(found)


def test_nothing_is_left_beside_the_copies(clinic):
    rows = [*clients(6), ("c-9", "QQQQQQQQQQ" * 20, "2025-05-05", "Dr. QBCDFGHJKL", "QXXXXXXXXX", "", ""),
            ("c-10", "QBCDFGHJKL ꯀ", "2025-05-05", "QXXXXXXXXX", "", "", ""), ("c-11", "=QBCDFGHJKL", "no day", "", "", "", ""),
            ("c-12", "Bo", "QBCDFGHJKL", "QXXXXXXXXX", "QXXXXXXXXX", "", ""), ("QBCDFGHJKL/x", "Bo", "2025-05-05", "x", "y", "", "")]  # fmt: skip
    path = clinic.list(rows)
    outcome = clinic.run("build", "visit", "--clients", str(path))
    assert outcome.code == 1
    assert outcome.err.count("error:") == 5
    kept = [p for p in clinic.root.rglob("*") if p.is_file() and p.suffix != ".pdf" and p != path]
    assert {"manifest.json", "copies.jsonl"} <= {p.name for p in kept}
    ids = {row[0] for row in rows}
    for where in (outcome.out.encode(), outcome.err.encode(), *(p.read_bytes() for p in kept)):
        for word in set(re.findall(rf"[^\s\"/]*Q[{LETTERS}]{{8,}}", where.decode("latin-1"))):
            assert word in ids, word  # the list's own id names the file


def test_a_name_is_shown_only_when_asked(clinic):
    columns = tuple(c for c in COLUMNS if c != "id")
    clinic.handout("Dear {{ client.first_name }}.", "visit")
    rows = [("Ana", "2025-05-05", "Dr. Lee", "x", "", ""), ("Bo Ek", "2025-05-05", "Dr. Lee", "x", "", "")]
    path = str(clinic.list(rows, columns))
    assert clinic.run("build", "visit", "--clients", path).code == 0
    tokens = {p.stem for p in clinic.files()}
    assert all(re.fullmatch("[a-z2-7]{24}", name) for name in tokens)
    assert clinic.run("build", "visit", "--clients", path).code == 0
    assert {p.stem for p in clinic.files()} == tokens
    (clinic.root / ".handouts/copies.key").write_bytes(b"another")
    assert clinic.run("build", "visit", "--clients", path).code == 0
    assert len(clinic.files()) == 4
    assert clinic.run("build", "visit", "--clients", path, "--name", "first_name").code == 0
    assert {"Ana", "Bo-Ek"} <= {p.stem for p in clinic.files()}
    data = next(p for p in clinic.files() if p.stem == "Ana").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "Ana" not in str(dict(pdf.docinfo))


def test_an_empty_key_names_no_file(clinic):
    clinic.handout("Dear {{ client.first_name }}.", "visit")
    path = clinic.write(".handouts/copies.key", "")
    outcome = clinic.run("build", "visit", "--clients", str(clinic.list([("Ana",)], ("first_name",))))
    assert outcome.code == 1
    assert "copies.key: error: the key for file names is empty" in outcome.err
    assert path.read_bytes() == b""
    assert not clinic.files()
