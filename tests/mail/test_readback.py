"""Right document, right person: copies are read back, and a copy with another client's data does not leave."""

from __future__ import annotations

import io
import os

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from generator.errors import DeliveryError
from generator.mail import readback
from generator.mail.additions import additions
from generator.mail.protect import LEAST, made_password, password_fault, protect
from generator.mail.reading import Pages
from generator.mail.records import Enclosure, Recipient
from generator.project.addresses import address
from tests.judges import NoJudgeError, compiled, engine, faults

SHARED = "Your visit. Hope is a good breakfast. Bring the letter of May 5."


def copy(*lines, **changes):
    out = io.BytesIO()
    canvas = Canvas(out)
    for number, line in enumerate(("Your visit", "Hope is a good breakfast. Bring the letter of May 5.", *lines)):
        canvas.drawString(72, 700 - 20 * number, line)
    canvas.save()
    return Enclosure("booklet.pdf", out.getvalue(), 1, "Your visit", shared=SHARED)._replace(**changes)


def client(name, row=2, **fields):
    return Recipient(address(f"c{row}@example.org"), "en-US", "connect", {"first_name": name} | fields, row)


ANA = client("Ana-Sofía", clinician="Dr. Lee", appointment="May 5")
OTHERS = [ANA, client("Hope", 3), client("José Müller", 4), client("Al", 5), client("5", 6), client("", 7), client("May", 8)]


def check(enclosure, to=ANA):
    readback.Reader(OTHERS).check([enclosure], to)


def test_the_right_copy_passes():
    check(copy("Dear ANA-SOFI\u0301A,".replace("I\u0301", "Í"), "you see Dr. Lee also on", "May 5.", own=("Ana-Sofía", "Dr. Lee", "May 5")))


@pytest.mark.parametrize("lines", [["Dear José", "Müller,"], ["Ana-Sofía, not JOSÉ MÜLLER"], ["Al and Ana-Sofía"]])
def test_another_clients_data_is_found(lines):
    with pytest.raises(DeliveryError, match="another client's data") as caught:
        check(copy(*lines))
    assert "José" not in str(caught.value.message + caught.value.hint)


def test_pages_read_before_are_not_mistaken(clinic):
    """Of copies with one beginning only what is their own is read again, and it is read as if nothing were known."""
    clinic.handout("\nHello {{ client.first_name }}.\n\n" + "Words and more words. " * 300 + "\n\n## One\n\nMore.\n\n## Two\n\nMore.\n", "visit")
    names = ("Ana", "Bob", "Ανδρέας", "Bo", "Γιώργος")  # the third and the last bring fonts of their own
    path = clinic.clients(*(f"c{n}@example.org,{name},yes" for n, name in enumerate(names)))
    assert clinic.run("build", "visit", "--clients", path).code == 0
    copies = {name: data for data in (p.read_bytes() for p in clinic.files()) for name in names if f"Hello {name}." in opened(data, "")}
    assert set(copies) == set(names)
    reading = Pages()
    for name in ("Ana", "Bob", "Ανδρέας", "Bo", "Γιώργος", "Ana"):
        assert reading.read(copies[name], remember=True) == Pages().read(copies[name])
    count = len(Pages().read(copies["Ana"]))
    assert count > 5
    assert len(reading._known) == count + 2  # all of the first, and the one page of each other that has the same fonts
    assert additions(copies["Ana"]).head == additions(copies["Bo"]).head


def test_only_what_a_file_adds_is_taken_for_its_own(clinic):
    clinic.handout("\nHello {{ client.first_name }}.\n", "visit")
    path = clinic.clients("a@example.org,Ana,yes", "b@example.org,Bob,yes")
    assert clinic.run("build", "visit", "--clients", path).code == 0
    data = clinic.files()[0].read_bytes()
    added = additions(data)
    assert added.own
    assert all(body.startswith(b"%d 0 obj" % number) and body.rstrip().endswith(b"endobj") for number, body in added.own.items())
    assert sum(map(len, added.own.values())) < len(data) / 3
    clinic.build("--format", "booklet")
    whole = next(p for p in clinic.files() if p.name.startswith("booklet")).read_bytes()
    for other in (whole, copy().data, b"%PDF-1.7\n", b"", data[:-40], data.replace(b"/W[1 4 2]", b"/W[1 4 1]"), data.replace(b"/Prev ", b"/Xrev ")):
        assert additions(other) is None


def test_words_that_everyone_gets_are_no_leak():
    check(copy("also, 5 Albums", own=()))


def test_the_own_data_must_be_there():
    with pytest.raises(DeliveryError, match="does not show the client's own data"):
        check(copy("Dear Ana,", own=("Ana-Sofía",)))


@pytest.mark.parametrize("changes", [{"title": "Another one"}, {"pages": 2}, {"data": b"%PDF-1.7\n"}])
def test_another_document_is_found(changes):
    with pytest.raises(DeliveryError):
        check(copy(own=(), **changes))
    with pytest.raises(DeliveryError):
        check(copy(shared=None, **changes))


def test_a_mixed_up_copy_never_leaves(clinic, plain, monkeypatch):
    from generator.mail.personal import CopyBinder

    def mixed(self, to):
        name = "Name1" if to.row == 4 else to.fields["first_name"]
        return (copy(f"Dear {name},", own=()),)

    monkeypatch.setattr(CopyBinder, "enclose", mixed)
    outcome = clinic.send("--clients", clinic.many(4), "--yes")
    assert outcome.code == 1
    assert "row 4: the copy made for this client shows another client's data" in outcome.err
    assert plain.addresses() == ["client0@example.org", "client1@example.org", "client3@example.org"]


def opened(data, password):
    with pypdfium2.PdfDocument(data, password=password) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


@pytest.mark.parametrize("password", ["correct horse", "pässwörd-ñ", "日本語のパスワード", "x" * 127])
def test_protection(password):
    data = protect(copy().data, password)
    assert b"Hope" not in data
    assert "Hope is a good breakfast" in opened(data, password)
    with pytest.raises(pypdfium2.PdfiumError):
        opened(data, "another")
    with pikepdf.open(io.BytesIO(data), password=password) as pdf:
        assert pdf.encryption.R == 6
        assert pdf.encryption.bits == 256
        assert pdf.allow.accessibility
        assert pdf.allow.print_highres


def test_a_made_password():
    assert len({made_password() for _ in range(100)}) == 100
    assert not password_fault(made_password())
    assert password_fault("x" * (LEAST - 1))
    assert password_fault("é" * 64)
    assert password_fault("tab\tinside")


def test_encrypted_copies(clinic, plain, tmp_path):
    path = clinic.clients("ana@example.org,yes,correct horse", "bo@example.org,yes,", "cy@example.org,yes,abc",
                          head="email,email_consent,password")  # fmt: skip
    outcome = clinic.send("--clients", path, "--yes", "--encrypt")
    assert outcome.code == 1
    assert 'clients.csv:4: error: column "password": it has fewer than 6' in outcome.err
    made = outcome.out.split("row 3: password ")[1].split("\n")[0]
    passwords = {"ana@example.org": "correct horse", "bo@example.org": made}
    for message in plain.opened():
        password = passwords[message["To"]]
        (pdf,) = message.iter_attachments()
        data = pdf.get_content()
        assert "A paragraph of text." in opened(data, password)
        assert password.encode() not in message.as_bytes()
        assert "protected with a password" in message.get_body(("plain",)).get_content()
        with pikepdf.open(io.BytesIO(data), password=password) as file, file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "pdfaid:part" not in metadata
    assert made.encode() not in clinic.ledger_bytes()
    assert clinic.send("--clients", path, "--yes", "--encrypt").out.count("password") == 0
    assert len(plain.messages) == 2


def test_an_encrypted_copy_is_still_accessible(clinic, tmp_path):
    try:
        jar = engine()
        classes = compiled(jar)
    except NoJudgeError as missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))
    clinic.build("--format", "booklet")
    data = protect(clinic.files()[0].read_bytes(), "")
    path = tmp_path / "locked.pdf"
    path.write_bytes(data)  # an empty password: veraPDF opens it, and it is encrypted all the same
    found = faults([path], jar, classes)
    assert all(" 2a:" in line for line in found), found
    assert any("ncrypt" in line for line in found), found


def test_an_encrypted_copy_that_has_lost_pages_is_found():
    data = protect(copy("Dear Ana-Sofía,").data, "a long password")
    readback.opens(data, "a long password", 1)
    with pytest.raises(DeliveryError, match="has lost pages"):
        readback.opens(data, "a long password", 2)
    with pytest.raises(DeliveryError, match="does not open"):
        readback.opens(data, "another password", 1)
