"""Copies in the mail: each client gets the copy with the own words, under a neutral name, and nobody else's."""

from __future__ import annotations

import email
import email.policy

import pypdfium2
import pytest

TEXT = """
Dear {{ client.first_name }}, you see {{ client.clinician }} on {{ date(client.date) }}.

{% if client.note %}
!!! note
    {{ client.note }}
{% endif %}

## One step {.step}

Take it slowly, {{ client.first_name }}.

## Another step {.step}

Rest.
"""
HEAD = "email,email_consent,first_name,clinician,date,note,password"
ROWS = (
    "c0@example.org,yes,Ana-Sofía,Dr. Lee,2025-05-05,,=secret horse",
    "c1@example.org,yes,Bo Miller,Dr. Lee,2025-05-06,Bring the form.,",
    'c2@example.org,yes,"Maximiliane Theodora Wolkenstein-Trostburg of Upper Lusatia and Lower Silesia",Dr. Marwitz,2025-05-05,,',
)
NAMES = ("Ana-Sofía", "Bo Miller", "Wolkenstein")


@pytest.fixture
def visit(clinic):
    clinic.handout(TEXT, "visit", front="---\ntitle: Your next visit\nversion: 1\nreviewed: 2025-03-08\nformats: [booklet, cards]\n---\n")
    return clinic


def words(data, password=None):
    with pypdfium2.PdfDocument(data, password=password) as pdf:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
        return " ".join(text.split()), pdf.get_metadata_dict()["Title"]


def attached(mailbox):
    """Give the attachments of each message by its receiver."""
    out = {}
    for to, data in mailbox.messages:
        message = email.message_from_bytes(data, policy=email.policy.default)
        out[to[0] if isinstance(to, list) else to] = [(a.get_filename(), a.get_content()) for a in message.iter_attachments()]
    return out


def test_each_client_gets_the_own_copy(visit, plain):
    outcome = visit.send("--clients", visit.clients(*ROWS, head=HEAD), "--yes", "--attach", "booklet", "--attach", "card-1")
    assert outcome.code == 0, outcome.err
    got = attached(plain)
    assert len(got) == len(ROWS)
    for at, files in enumerate(got[f"c{n}@example.org"] for n in range(len(ROWS))):
        assert [name for name, _ in files] == ["booklet.pdf", "card-1.pdf"]
        for _, data in files:
            text, title = words(data)
            assert [name in text for name in NAMES] == [n == at for n in range(len(NAMES))]
            assert title in {"Booklet", "Card 1"}
    assert "Bring the form." in words(got["c1@example.org"][0][1])[0]
    assert "May 5, 2025" in words(got["c0@example.org"][0][1])[0]


def test_a_row_that_lacks_what_the_text_shows_stops_no_other(visit, plain):
    path = visit.clients(ROWS[0], "c1@example.org,yes,,Dr. Lee,2025-05-06,,", "c2@example.org,yes,Cy,Dr. Lee,tomorrow,,", head=HEAD)
    outcome = visit.send("--clients", path, "--yes")
    assert outcome.code == 1
    assert 'clients.csv:3: error: column "first_name" is empty' in outcome.err
    assert 'clients.csv:4: error: column "date": this is no date' in outcome.err
    assert plain.addresses() == ["c0@example.org"]


def test_a_copy_made_with_the_wrong_row_never_leaves(visit, plain, monkeypatch):
    from generator.copies.master import Master

    made, real = [], Master.copy

    def stale(self, values):
        made.append(values)
        return real(self, made[0])

    monkeypatch.setattr(Master, "copy", stale)
    outcome = visit.send("--clients", visit.clients(*ROWS, head=HEAD), "--yes")
    assert outcome.code == 1
    assert outcome.err.count("does not show the client's own data") == 2
    assert plain.addresses() == ["c0@example.org"]
    assert not any(name in outcome.err for name in NAMES)


def test_names_in_another_direction_are_read_back(visit, plain):
    rows = ("c0@example.org,yes,محمد أحمد,Dr. Ann Lee,2025-05-05,,", "c1@example.org,yes,Mary Ann Smith,ד״ר כהן,2025-05-05,שלום רב,")
    outcome = visit.send("--clients", visit.clients(*rows, head=HEAD), "--yes")
    assert outcome.code == 0, outcome.err
    assert len(plain.messages) == 2


def test_protected_copies_open_with_the_clients_password(visit, plain):
    outcome = visit.send("--clients", visit.clients(ROWS[0], head=HEAD), "--yes", "--encrypt")
    assert outcome.code == 0, outcome.err
    [(_, data)] = attached(plain)["c0@example.org"]
    with pytest.raises(pypdfium2.PdfiumError):
        words(data, "another")
    assert "Ana-Sofía" in words(data, "=secret horse")[0]


def test_a_password_is_never_part_of_a_text(visit, plain):
    visit.handout("\nYour word is {{ client.password }}.\n", "visit")
    outcome = visit.send("--clients", visit.clients(*ROWS, head=HEAD), "--yes")
    assert outcome.code == 1
    assert "Nothing was sent." in outcome.err
    assert "password" not in outcome.err.partition("hint:")[2].splitlines()[0]
    assert not plain.messages


def test_a_spreadsheet_is_a_list_too(visit, plain):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (HEAD, *ROWS[:2]):
        book.active.append(row.split(","))
    book.save(visit.root / "clients.xlsx")
    outcome = visit.send("--clients", str(visit.root / "clients.xlsx"), "--yes")
    assert outcome.code == 1  # the password of the first is a formula here
    assert plain.addresses() == ["c1@example.org"]


@pytest.mark.parametrize(("text", "message"), [
    ("email,first_name\na@example.org,Ana\n", 'clients.csv:2: error: there is no column "email_consent"'),
    ("email,email_consent\na@example.org,9999-01-01\n", 'column "email_consent" is a day that is still to come'),
    ("email,email_consent,email\na@example.org,yes,b@example.org\n", "name the same column"),
    ("email,email_consent,first_name\na@example.org,yes,Lee, Ana\n", "the row has 4 cells, and there are 3 columns"),
])  # fmt: skip
def test_lists_that_would_go_wrong(visit, plain, text, message):
    visit.handout("\nWords.\n", "visit")
    outcome = visit.send("--clients", str(visit.write("clients.csv", text)), "--yes")
    assert outcome.code in (1, 2)
    assert message in outcome.err
    assert not plain.messages


@pytest.mark.parametrize("separator", [";", "\t"])
def test_lists_from_other_countries(visit, plain, separator):
    visit.handout("\nWords.\n", "visit")
    text = "email,email_consent,first_name\na@example.org,yes,Ana\n".replace(",", separator)
    assert visit.send("--clients", str(visit.write("clients.csv", text)), "--yes").code == 0
    assert plain.addresses() == ["a@example.org"]
