"""A copy is the document that a full build would make for its client: the same text, structure and pixels."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.copies.variant import Variant
from generator.pdf.splice import Splice
from tests.copies.conftest import COLUMNS, ROWS
from tests.projects import ROOT
from tests.readback import difference, structure


def test_every_copy_equals_a_full_build_and_is_accessible(clinic, verapdf):
    order = clinic.order()
    rows = clinic.rows()
    assert len(rows) == len(ROWS)
    rows = [r._replace(values=(r.values[0].replace(" ", "_").replace("&", "_"), *r.values[1:])) if n == 6 else r for n, r in enumerate(rows)]
    order = order._replace(naming=("id",))
    for number, (copy, full) in enumerate(clinic.both([*rows, *rows[::-1]], order)):
        assert difference(copy, full) == "", (rows * 2)[number]
    verapdf(sorted(order.output.rglob("*.pdf")))


def test_a_clients_words_in_tables_and_running_heads(clinic):
    clinic.handout("""
| When | Who | What |
| --- | --- | --- |
| {{ client.appointment }} | {{ client.clinician }} | A visit of an hour |
| Later | | Nothing |

A paragraph for {{ client.first_name }}.

<div class="columns" markdown="1">

### One
Words for {{ client.first_name }} in columns, some of them.

### Two
More words for {{ client.first_name }} in columns.

</div>
""" + "\n\n".join(["Words that fill pages. " * 60] * 6), "visit")
    templates = clinic.root / "templates"
    templates.mkdir()
    page = (ROOT / "templates/booklet.html").read_text()
    assert page.count('<div class="running-head" aria-hidden="true">') == 1
    page = page.replace('<div class="running-head" aria-hidden="true">', '<div class="running-head" aria-hidden="true">{{ client.first_name }} ')
    (templates / "booklet.html").write_text(page)
    order = clinic.order(templates=(templates, ROOT / "templates"))
    for copy, full in clinic.both(clinic.rows()[:6], order):
        assert difference(copy, full) == ""


def test_cards_tighten_as_a_full_build_does(clinic):
    step = "\n## Step for {{ client.first_name }} {.step}\n\nWords for {{ client.first_name }} and others. "
    steps = "".join(f"{step}{'More of them. ' * count}\n" for count in (3, 50))
    clinic.handout(steps, "visit", front="---\ntitle: Cards\nreviewed: 2025-03-08\nformats: [booklet, cards]\n---\n")
    order = clinic.order(kind="cards", paper="card-4x6")
    names = ("Ana", "Bob", "Ana Maria von Hohenfels the younger", "Eva Maria von Hohenfels the younger")  # the last two tighten the second card
    rows = [(f"c-{n}", name, "2025-05-05", "Dr. Lee", "Monday", "", "") for n, name in enumerate(names)]
    for step in range(2):
        for copy, full in clinic.both(clinic.rows(clinic.list(rows)), order, step):
            assert difference(copy, full) == ""


@pytest.mark.parametrize("words", [
    """{{ client.first_name }} may look [over there](#there), where what matters stands: <span id="there">these words</span>,
       and many others that follow, so that the paragraph takes as many lines for a short name as it takes for a longer one.""",
    '<figure markdown="1">\n\nWords for {{ client.first_name }} in a figure.\n\n</figure>',
])  # fmt: skip
def test_what_hangs_on_a_line_moves_with_it(clinic, words):
    clinic.handout(f"\n{words}\n", "visit")
    rows = [(f"c-{n}", "Xa " * n, "2025-05-05", "Dr. Lee", "Monday", "", "") for n in range(1, 14)]
    for copy, full in clinic.both(clinic.rows(clinic.list(rows)), clinic.order()):
        assert difference(copy, full) == ""


def test_a_page_number_beside_a_clients_name(clinic):
    clinic.handout("\n\n".join(["Words that fill pages. " * 60] * 6), "visit")
    templates = clinic.root / "templates"
    templates.mkdir()
    page = (ROOT / "templates/booklet.html").read_text()
    head = '<div class="running-head" aria-hidden="true">'
    assert page.count(head) == 1
    page = page.replace(head, head + '<span class="at">{{ client.first_name }} </span>')
    (templates / "booklet.html").write_text(page)
    (templates / "booklet.css").write_text((ROOT / "templates/booklet.css").read_text() + "\n.at::after { content: counter(page) }\n")
    order = clinic.order(templates=(templates, ROOT / "templates"))
    for copy, full in clinic.both(clinic.rows()[:4], order):
        assert difference(copy, full) == ""


def test_rtl_copies_equal(clinic):
    clinic.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, ar]\nbrands: [connect, charlotte]\nincomplete: {ar: mark}\n")
    order = clinic.order()
    locales = ("ar", "en-US", "ar", "ar", "en-US")
    rows = [row._replace(locale=locale, brand="charlotte") for row, locale in zip(clinic.rows(), locales, strict=False)]
    for copy, full in clinic.both(rows, order, alone=True):
        assert difference(copy, full) == ""


def test_rows_of_one_shape_share_one_layout(clinic, monkeypatch):
    made = []
    init = Variant.__init__
    monkeypatch.setattr(Variant, "__init__", lambda self, *given: (made.append(1), init(self, *given))[1])
    rows = [(f"c-{n}", f"Ann{n}", "2025-05-05", "Dr. Lee", "Monday at 10:00", "", "") for n in range(30)]
    for copy, full in clinic.both(clinic.rows(clinic.list(rows)), clinic.order()):
        assert len(copy) < 2 * len(full)
    assert len(made) == 1


def test_a_link_that_breaks_elsewhere_has_another_structure(clinic):
    clinic.handout("\n{{ client.first_name }} may want to read all of what stands on [this page of ours about it](https://clinic.example/), "
                   "and then come in again.\n", "visit")  # fmt: skip
    rows = [(f"c-{n}", "x" * n, "2025-05-05", "Dr. Lee", "Monday", "", "") for n in range(1, 40)]
    seen = set()
    for copy, full in clinic.both(clinic.rows(clinic.list(rows)), clinic.order()):
        assert difference(copy, full) == ""
        seen.add(len([line for line in structure(full) if "clinic.example" in line]))
    assert len(seen) > 1  # the link on one line, and on two


@given(st.lists(st.binary(max_size=300), min_size=2, max_size=5), st.data())
def test_a_spliced_stream_is_a_zlib_stream(chunks, data):
    pieces = [data.draw(st.binary(max_size=300)) for _ in chunks[1:]]
    whole = chunks[0] + b"".join(p + c for p, c in zip(pieces, chunks[1:], strict=True))
    assert zlib.decompress(Splice(chunks).join(pieces)) == whole


@pytest.mark.parametrize("column", ["first_name", "note"])
def test_bytes_do_not_depend_on_who_came_before(clinic, column):
    at = COLUMNS.index(column)
    rows = clinic.rows()[:4]
    order = clinic.order()
    last = [dict(enumerate(clinic.both(chain, order))) for chain in (rows, rows[3:])]
    assert last[0][3][0] == last[1][0][0], ROWS[3][at]
