"""`handouts send` and `handouts outbox` as a clinic uses them."""

from __future__ import annotations

import email
import re
import subprocess
from datetime import datetime, timedelta
from email import policy

import pytest

from tests.projects import FRONT, ROOT
from tests.tools import text_of


def only(box):
    (message,) = box.opened()
    return message


def test_without_settings_a_draft_lies_in_the_outbox(clinic):
    clinic.set(block="")
    outcome = clinic.send("--to", "ana@example.org")
    assert outcome.code == 0, outcome.err
    (path,) = (clinic.root / "output/outbox").glob("*.eml")
    raw = path.read_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    message = email.message_from_bytes(raw, policy=policy.default)
    assert message["To"] == "ana@example.org"
    assert message["X-Unsent"] == "1"
    assert "1 .eml file in" in clinic.run("outbox").out


def test_a_message_arrives_whole(clinic, plain):
    outcome = clinic.send("--to", "ana@example.org")
    assert outcome.code == 0, outcome.err
    assert plain.addresses() == ["ana@example.org"]
    message = only(plain)
    assert not message.defects
    assert message["From"] == "Connect <office@clinic.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en-US"
    assert re.fullmatch(r"<[0-9a-f]{32}@clinic\.example>", message["Message-ID"])
    assert message["Date"].datetime.tzinfo is not None
    assert message["List-Unsubscribe"] is None
    assert "attached as a PDF" in message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert "#6A1F4B" in html
    assert 'lang="en-US"' in html
    (pdf,) = message.iter_attachments()
    assert pdf.get_content_type() == "application/pdf"
    assert "A paragraph of text." in text_of(pdf.get_content())


def test_nothing_outside_the_pdf_tells_what_it_is_about(clinic, plain):
    clinic.handout("\nWords.\n", "coping-with-grief", front=FRONT.format(title="Coping with grief"))
    clinic.run("send", "coping-with-grief", "--to", "ana@example.org")
    message = only(plain)
    (pdf,) = message.iter_attachments()
    said = str(message["Subject"]) + message.get_body(("plain",)).get_content() + message.get_body(("html",)).get_content()
    assert "grief" not in (said + pdf.get_filename()).lower()
    assert "ana" not in (message["Subject"] + pdf.get_filename()).lower()
    assert title_of(pdf.get_content()) == "Booklet"


def test_a_handout_may_allow_more(clinic, plain):
    front = FRONT.format(title="Your first visit – größer").replace("---\n", "---\nmail_tells: [subject, filename, title]\n", 1)
    clinic.handout("\nWords.\n", "first-visit", front=front)
    clinic.run("send", "first-visit", "--to", "ana@example.org")
    message = only(plain)
    (pdf,) = message.iter_attachments()
    assert message["Subject"] == "Your first visit – größer"
    assert pdf.get_filename() == "first-visit-booklet.pdf"
    assert title_of(pdf.get_content()) == "Your first visit – größer"


def title_of(data):
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        assert str(pdf.docinfo["/Title"]) == metadata["dc:title"]
        assert "/Subject" not in pdf.docinfo
        return metadata["dc:title"]


def test_cards_can_be_attached(clinic, plain):
    front = FRONT.replace("[booklet]", "[booklet, cards]").format(title="Two steps")
    clinic.handout("\n## One {.step}\n\nDo this.\n\n## Two {.step}\n\nThen that.\n", "steps", front=front)
    clinic.run("send", "steps", "--to", "ana@example.org", "--attach", "booklet", "--attach", "card-2")
    assert [a.get_filename() for a in only(plain).iter_attachments()] == ["booklet.pdf", "card-2.pdf"]
    clinic.run("send", "steps", "--to", "bo@example.org", "--attach", "cards")
    assert [a.get_filename() for a in plain.opened()[1].iter_attachments()] == ["card-1.pdf", "card-2.pdf"]
    outcome = clinic.run("send", "steps", "--to", "cy@example.org", "--attach", "card-3")
    assert outcome.code == 1
    assert "2 steps" in outcome.err


def test_the_settings_show_in_the_message(clinic, plain):
    clinic.set("reply_to: Büro <reply@clinic.example>\nunsubscribe: https://clinic.example/stop")
    clinic.send("--to", "ana@example.org")
    message = only(plain)
    assert message["Reply-To"] == "Büro <reply@clinic.example>"
    assert message["List-Unsubscribe"] == "<https://clinic.example/stop>"
    assert "https://clinic.example/stop" in message.get_body(("plain",)).get_content()


def test_a_list_goes_to_those_who_agreed(clinic, plain):
    path = clinic.clients("ana@example.org,Ana,yes", "bo@example.org,Bo,no", "cy@example.org,Cy,2025-01-02", "dee@example.org,Dee,",
                          "ed@example.org,Ed,perhaps", "fay@example,Fay,yes")  # fmt: skip
    outcome = clinic.send("--clients", path, "--yes")
    assert outcome.code == 1
    assert plain.addresses() == ["ana@example.org", "cy@example.org"]
    assert "clients.csv:3: error: the client has not agreed" in outcome.err
    assert "clients.csv:5: error: the client has not agreed" in outcome.err
    assert 'clients.csv:6: error: column "email_consent"' in outcome.err
    assert 'clients.csv:7: error: column "email"' in outcome.err
    assert "Hello Ana," in next(m for m in plain.opened() if "ana@" in m["To"]).get_body(("plain",)).get_content()
    for said in ("bo@", "Bo", "Ed", "fay"):
        assert said not in outcome.err


def test_the_same_file_is_refused_the_second_time(clinic, plain):
    assert clinic.send("--to", "ana@example.org").code == 0
    again = clinic.send("--to", "ANA@Example.org")
    assert again.code == 1
    assert "--again" in again.err
    assert len(plain.messages) == 1
    assert clinic.send("--to", "ana@example.org", "--again").code == 0
    assert len(plain.messages) == 2
    clinic.handout("\nOther words.\n", "visit")
    assert clinic.send("--to", "ana@example.org").code == 0
    assert len(plain.messages) == 3


def test_after_the_set_time_it_is_sent_again(clinic, plain):
    clinic.set("again_after: 0")
    assert clinic.send("--to", "ana@example.org").code == 0
    assert clinic.send("--to", "ana@example.org").code == 0
    assert len(plain.messages) == 2


def test_double_rows_are_sent_once(clinic, plain):
    path = clinic.clients("ana@example.org,Ana,yes", "Ana@example.org,Ana,yes")
    outcome = clinic.send("--clients", path, "--yes")
    assert outcome.code == 0
    assert "row 3: double rows: the same file goes to the same address as row 2" in outcome.err
    assert len(plain.messages) == 1


def test_a_run_of_more_than_one_is_shown_and_confirmed(clinic, plain):
    outcome = clinic.send("--clients", clinic.many(2))
    assert "Hello Name0," in outcome.out
    assert "first of 2" in outcome.out
    assert outcome.code == 1
    assert not plain.messages
    assert not (clinic.root / ".handouts").exists()


def test_dry_run_shows_and_sends_nothing(clinic, plain):
    outcome = clinic.send("--clients", clinic.many(2), "--dry-run")
    assert outcome.code == 0
    assert "client1@example.org  connect, en-US  booklet.pdf" in outcome.out
    assert not plain.messages
    assert not (clinic.root / ".handouts").exists()
    clinic.send("--clients", clinic.many(1), "--yes")
    assert "went to this address" in clinic.send("--clients", clinic.many(2), "--dry-run").out


def test_no_client_data_stays_behind(clinic, plain):
    plain.rcpt = lambda address, times: f"550 5.1.1 <{address}>: no client1 here" if "client1" in address else None
    outcome = clinic.send("--clients", clinic.many(3), "--yes")
    assert outcome.code == 1
    assert "row 3: refused by the server: 550 5.1.1 <[address]>: no [address] here" in outcome.err
    for kept in (clinic.ledger_bytes(), outcome.err.encode(), outcome.out.encode()):
        assert b"client1" not in kept
        assert b"example.org" not in kept
        assert b"Name1" not in kept


@pytest.mark.parametrize("text", [
    "", " ", "ana", "@example.org", "ana@", "ana@@example.org", "ana@example", "ana@-x.org", "ana@exa mple.org", "a na@example.org",
    "ana@example.org\nBcc: bo@example.org", "ana@example.org\r\n", "ana@example.org\x00", "<ana@example.org>", "ana@example.org,bo@example.org",
    "ana.@example.org", "a..b@example.org", "ana@example..org", "ana\u202e@example.org", "x" * 65 + "@example.org", "ana@" + "x" * 64 + ".org",
    "ana@[127.0.0.1]", "ana@127.0.0.1", '"a b"@example.org', "ana@ex\u2028ample.org", "ana@xn--a.org\u0085",
    "=?utf-8?q?a=0ABcc=3A_eve?=@example.org",
])  # fmt: skip
def test_what_is_no_address_is_refused(clinic, plain, text):
    outcome = clinic.send("--to", text)
    assert outcome.code == 1
    assert "not an e-mail address" in outcome.err
    assert "hint:" in outcome.err
    assert not plain.messages
    if len(text) > 12:
        assert text.strip() not in outcome.err


@pytest.mark.parametrize(("typed", "envelope"), [
    ("ana@bücher.example", "ana@xn--bcher-kva.example"),
    ("ana@straße.example", "ana@xn--strae-oqa.example"),
    ("josé@bücher.example", "josé@xn--bcher-kva.example"),
    ("o'brien+x=y@example.org", "o'brien+x=y@example.org"),
])  # fmt: skip
def test_international_addresses(clinic, plain, typed, envelope):
    outcome = clinic.send("--to", typed)
    assert outcome.code == 0, outcome.err
    assert plain.addresses() == [envelope]
    assert f"To: {envelope}\r\n".encode() in plain.messages[0][1]


REFUSED = ("Ana\x85Bcc: e@example.org", "\x00\x0b\x0cAna", "=?utf-8?q?Ana=0ABcc:_eve@example.org?=")
INJECTIONS = ("Ana\r\nBcc: eve@example.org", "Ana\nX: y", "Ana\rBcc: e@example.org",
              "Ana\u2028Bcc: x", "A =?utf-8?q?Ana=0ABcc:_eve@example.org?=", "{{ 7 * 7 }}{% raise %}",
              "<script>alert(1)</script>", "\r\n.\r\nMAIL FROM:<x>")  # fmt: skip


@pytest.mark.parametrize("value", INJECTIONS)
def test_no_field_can_add_a_header_or_run(clinic, plain, value):
    clinic.write("templates/email/subject.txt", "For {{ client.first_name }}\n")
    cell = '"' + value.replace('"', '""') + '"'
    path = clinic.clients(f"ana@example.org,{cell},yes")
    outcome = clinic.send("--clients", path)
    assert outcome.code == 0, outcome.err
    assert plain.addresses() == ["ana@example.org"]
    message = only(plain)
    assert set(message.keys()) == {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
                                   "Content-Language"}  # fmt: skip
    assert not message.defects
    assert len(message["To"].addresses) == 1
    assert "<script>" not in message.get_body(("html",)).get_content()
    assert "49" not in message["Subject"]
    assert len(list(message.iter_attachments())) == 1


@pytest.mark.parametrize("value", REFUSED)
def test_a_cell_with_control_characters_or_a_formula_is_refused(clinic, plain, value):
    path = clinic.clients(f'ana@example.org,"{value}",yes', "bo@example.org,Bo,yes")
    outcome = clinic.send("--clients", path)
    assert outcome.code == 1
    assert 'clients.csv:2: error: column "first_name": the cell holds a' in outcome.err
    assert plain.addresses() == ["bo@example.org"]


def test_headers_cannot_be_added_from_the_settings_either(clinic, plain):
    for line in ('from: "Connect\\r\\nBcc: eve@example.org <a@b.example>"', 'reply_to: "x@b.example\\nBcc: eve@example.org"',
                 'from: "=?utf-8?q?a=0ABcc:_eve@example.org?= <a@b.example>"',
                 'unsubscribe: "https://x.example/\\r\\nBcc: eve@example.org"'):  # fmt: skip
        clinic.set(line, block="\nmail:\n")
        outcome = clinic.send("--to", "ana@example.org")
        assert outcome.code == 2
        assert "content/project.yml" in outcome.err
    assert not plain.messages


def test_a_template_with_an_undefined_field_sends_nothing(clinic, plain):
    clinic.write("templates/email/message.txt", "Hello,\n{{ client.frist_name }}\n")
    outcome = clinic.send("--clients", clinic.many(3), "--yes")
    assert outcome.code == 1
    assert "templates/email/message.txt:2" in outcome.err
    assert 'did you mean "first_name"?' in outcome.err
    assert "Nothing was sent." in outcome.err
    assert not plain.messages


def test_what_is_wrong_with_one_language_stops_no_other(clinic, plain):
    clinic.write("content/project.yml", (clinic.root / "content/project.yml").read_text().replace("[en-US]", "[en-US, es]"))
    rows = clinic.clients("ana@example.org,Ana,yes,es", "bo@example.org,Bo,yes,en-US", head="email,first_name,email_consent,locale")
    outcome = clinic.send("--clients", rows, "--yes")
    assert outcome.code == 1
    assert "Nothing was sent" not in outcome.err
    assert "visit has no translation" in outcome.err or "es" in outcome.err
    assert plain.addresses() == ["bo@example.org"]


def test_python_and_debian_open_it_alike(clinic, tmp_path):
    import shutil

    if shutil.which("munpack") is None:
        import os

        assert not os.environ.get("CI"), "mpack is missing"
        pytest.skip("munpack is missing: apt-get install mpack")
    clinic.send("--to", "ana@example.org")
    (path,) = (clinic.root / "output/outbox").glob("*.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    subprocess.run(["munpack", "-q", "-t", str(path)], cwd=tmp_path, check=True, capture_output=True)
    (pdf,) = message.iter_attachments()
    assert (tmp_path / "booklet.pdf").read_bytes() == pdf.get_content()


@pytest.mark.parametrize("name", ["subject.txt", "message.txt", "message.html"])
def test_the_templates_ship(name):
    assert (ROOT / "templates/email" / name).is_file()


def test_who_agrees_on_a_day_to_come_has_not_agreed(clinic, plain):
    tomorrow = datetime.now().astimezone().date() + timedelta(days=1)
    path = clinic.clients(f"c0@example.org,A,{tomorrow}", f"c1@example.org,B,{tomorrow - timedelta(days=1)}")
    outcome = clinic.send("--clients", path, "--yes")
    assert outcome.code == 1
    assert 'clients.csv:2: error: column "email_consent" is a day that is still to come' in outcome.err
    assert plain.addresses() == ["c1@example.org"]
