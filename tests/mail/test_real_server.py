"""A real mail server, Debian's Postfix with TLS and AUTH: what is sent is read back from its mailbox, the PDF whole."""

from __future__ import annotations

import email
import hashlib
import os
import time
from email import policy

import pytest

from tests.mail import postfix
from tests.tools import text_of


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    why = postfix.missing()
    if why and os.environ.get("CI"):
        pytest.fail(why)
    if why:
        pytest.skip(why)
    with postfix.running(tmp_path_factory.mktemp("postfix")) as running:
        yield running


def arrived(office, count):
    until = time.monotonic() + 20
    while len(office.files()) < count and time.monotonic() < until:
        time.sleep(0.05)
    messages = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in office.files()]
    for path in office.files():
        path.unlink()
    return messages


def sent(clinic, *arguments):
    """Send, and again where a busy machine's server could not look the password up."""
    for _ in range(5):
        outcome = clinic.send(*arguments)
        if "the log-in was put off" not in outcome.err:
            break
        time.sleep(1)
    return outcome


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_list_through_postfix(clinic, office, monkeypatch, scheme):
    clinic.set(f"ca: {office.authority}\nconnections: 3")
    port = office.submission if scheme == "smtp" else office.smtps
    monkeypatch.setenv("HANDOUTS_SMTP_URL", f"{scheme}://{office.user.replace('@', '%40')}@localhost:{port}")
    monkeypatch.setenv("HANDOUTS_SMTP_PASSWORD", "not this one")
    outcome = sent(clinic, "--clients", clinic.many(12), "--yes")
    assert outcome.code == 1
    assert "does not take the user and the password (535)" in outcome.err
    monkeypatch.setenv("HANDOUTS_SMTP_PASSWORD", office.password)
    outcome = sent(clinic, "--clients", clinic.many(12), "--yes")
    assert outcome.code == 0, outcome.err
    messages = arrived(office, 12)
    assert sorted(m["To"] for m in messages) == sorted(f"client{n}@example.org" for n in range(12))
    whole = set()
    for message in messages:
        assert not message.defects
        (pdf,) = message.iter_attachments()
        assert pdf.get_filename() == "booklet.pdf"
        whole.add(hashlib.sha256(pdf.get_content()).hexdigest())
        assert f"Hello Name{message['To'].addresses[0].username.removeprefix('client')}," in message.get_body(("plain",)).get_content()
    assert len(whole) == 1
    assert "A paragraph of text." in text_of(pdf.get_content())
    assert clinic.send("--clients", clinic.many(12), "--yes").code == 0
    assert not office.files()


def test_names_and_international_addresses_through_postfix(clinic, office, monkeypatch):
    clinic.set(f'ca: {office.authority}\nreply_to: "Praxis Ümläut <a@clinic.example>"')
    monkeypatch.setenv("HANDOUTS_SMTP_URL", f"smtps://{office.user.replace('@', '%40')}@localhost:{office.smtps}")
    monkeypatch.setenv("HANDOUTS_SMTP_PASSWORD", office.password)
    outcome = sent(clinic, "--to", "josé@example.org")
    assert outcome.code == 0, outcome.err
    (message,) = arrived(office, 1)
    assert message["Delivered-To"] == "josé@example.org"
    assert len(list(message.iter_attachments())) == 1
