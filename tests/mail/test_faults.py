"""Servers in every bad mood: what is sent, what is tried again, what is said, and that nothing arrives twice."""

from __future__ import annotations

import os
import socket
import threading
import time

import pytest

from generator.errors import ProjectError
from generator.mail.server import Secret, find_server
from generator.project.records import MailSettings
from tests.mail.servers import BUSY, certificate, serving

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd does not see TLS from the start


def everyone(count):
    return sorted(f"client{n}@example.org" for n in range(count))


def test_greylisting_is_waited_out(clinic, plain):
    plain.rcpt = lambda address, times: "451 4.7.1 greylisted, come back" if times < 3 else None
    outcome = clinic.send("--clients", clinic.many(3), "--yes")
    assert outcome.code == 0, outcome.err
    assert plain.addresses() == everyone(3)


def test_a_server_that_never_takes_it_is_left_in_the_end(clinic, plain):
    plain.data = lambda address, times: "452 4.3.1 no room"
    outcome = clinic.send("--to", "ana@example.org")
    assert outcome.code == 1
    assert "put off by the server: 452 4.3.1 no room" in outcome.err
    assert plain.seen["data ana@example.org"] == 4
    plain.data = lambda address, times: None
    assert clinic.send("--to", "ana@example.org").code == 0
    assert plain.addresses() == ["ana@example.org"]


def test_a_refusal_is_final_for_that_one_alone(clinic, plain):
    plain.rcpt = lambda address, times: "550 5.1.1 no such box" if "client1" in address else None
    outcome = clinic.send("--clients", clinic.many(4), "--yes")
    assert outcome.code == 1
    assert plain.addresses() == [a for a in everyone(4) if "client1" not in a]
    assert plain.seen["rcpt client1@example.org"] == 1
    assert "1 refused by the server" in outcome.out


def test_a_refusal_after_data(clinic, plain):
    plain.data = lambda address, times: "554 5.7.1 looks like spam"
    outcome = clinic.send("--to", "ana@example.org")
    assert outcome.code == 1
    assert "554 5.7.1 looks like spam" in outcome.err
    assert plain.seen["data ana@example.org"] == 1
    assert "0 unsettled" in clinic.run("outbox").out


@pytest.mark.parametrize("when", ["before", "after"])
def test_no_answer_after_data_is_asked_about_not_guessed(clinic, plain, when):
    plain.drop = lambda address, times: when if "client1" in address and times == 1 else ""
    outcome = clinic.send("--clients", clinic.many(3), "--yes")
    assert outcome.code == 1
    arrived = everyone(3) if when == "after" else [a for a in everyone(3) if "client1" not in a]
    assert plain.addresses() == arrived
    again = clinic.send("--clients", clinic.many(3), "--yes")
    assert again.code == 1
    assert "unsettled from before" in again.err
    assert plain.addresses() == arrived
    listed = clinic.run("outbox").out
    assert "1 unsettled" in listed
    assert "row 3" in listed
    number = listed.split(":")[0]
    if when == "after":
        clinic.run("outbox", "--settle", number)
    else:
        clinic.run("outbox", "--resend", number)
    assert clinic.send("--clients", clinic.many(3), "--yes").code == 0
    assert plain.addresses() == everyone(3)


def test_a_message_sent_again_bears_the_same_message_id(clinic, plain):
    plain.drop = lambda address, times: "after" if times == 1 else ""
    clinic.send("--to", "ana@example.org")
    assert "0 unsettled" in clinic.run("outbox", "--to", "bo@example.org").out
    assert "1 unsettled" in clinic.run("outbox", "--to", "ana@example.org").out
    clinic.run("outbox", "--resend", "all")
    assert clinic.send("--to", "ana@example.org").code == 0
    first, second = plain.opened()
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_drops_after_some_messages(clinic, plain):
    clinic.set("connections: 1")
    plain.rcpt = lambda address, times: "421 4.7.0 enough for now" if len(plain.messages) % 3 == 2 and times == 1 else None
    outcome = clinic.send("--clients", clinic.many(8), "--yes")
    assert outcome.code == 0, outcome.err
    assert plain.addresses() == everyone(8)
    assert plain.connections >= 3


def test_a_server_that_stalls_at_the_end_of_a_message(clinic, plain):
    clinic.set("answer_timeout: 0.3", block="\nmail:\n  from: office@clinic.example\n")
    plain.delay = 1.0
    outcome = clinic.send("--to", "ana@example.org")
    assert outcome.code == 1
    assert "no answer in time" in outcome.err
    assert "1 unsettled" in clinic.run("outbox").out


def test_a_slow_server_is_waited_for(clinic, plain):
    plain.delay = 0.5
    assert clinic.send("--clients", clinic.many(4), "--yes").code == 0
    assert plain.addresses() == everyone(4)


def silent(answers):
    """A server that says only so much, and then nothing."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            for answer in answers:
                peer.sendall(answer)
                peer.recv(4096)
            held.append(peer)

    held = []
    threading.Thread(target=serve, daemon=True).start()
    return listener, held


@pytest.mark.parametrize("answers", [(), (b"220 hello\r\n",), (b"220 hello\r\n", b"250 hello\r\n"), (b"what is this\r\n",)])
def test_a_server_that_says_nothing_more(clinic, monkeypatch, answers):
    clinic.set(block="\nmail:\n  from: office@clinic.example\n  timeout: 0.3\n  retry_after: 0.05\n")
    listener, held = silent(answers)
    monkeypatch.setenv("HANDOUTS_SMTP_URL", f"smtp+plain://127.0.0.1:{listener.getsockname()[1]}")
    outcome = clinic.send("--to", "ana@example.org")
    listener.close()
    for peer in held:
        peer.close()
    assert outcome.code == 1
    assert "error: the mail server cannot be reached" in outcome.err or "no answer in time" in outcome.err
    assert "0 unsettled" in clinic.run("outbox").out


def test_nobody_listens(clinic, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setenv("HANDOUTS_SMTP_URL", f"smtp+plain://127.0.0.1:{port}")
    outcome = clinic.send("--clients", clinic.many(3), "--yes")
    assert outcome.code == 1
    assert "cannot be reached" in outcome.err
    assert "Connection refused" in outcome.err


def test_one_connection_carries_many_and_several_are_used(clinic, plain):
    clinic.set("connections: 3")
    plain.delay = 0.02
    assert clinic.send("--clients", clinic.many(30), "--yes").code == 0
    assert plain.addresses() == everyone(30)
    assert plain.connections == 3


def test_a_server_that_takes_one_connection_only(clinic, plain):
    clinic.set("connections: 3")
    plain.greet = lambda number: number == 1
    plain.delay = 0.02
    assert clinic.send("--clients", clinic.many(10), "--yes").code == 0
    assert plain.addresses() == everyone(10)


def test_the_rate_is_kept(clinic, plain):
    clinic.set("rate: 600\nconnections: 3")
    start = time.monotonic()
    assert clinic.send("--clients", clinic.many(8), "--yes").code == 0
    assert time.monotonic() - start >= 0.7


def test_a_message_over_the_size_is_refused_before_it_is_sent(clinic, box, monkeypatch):
    with serving(box, data_size_limit=20_000) as port:
        monkeypatch.setenv("HANDOUTS_SMTP_URL", f"smtp+plain://127.0.0.1:{port}")
        outcome = clinic.send("--to", "ana@example.org")
    assert outcome.code == 1
    assert "the server takes 20000" in outcome.err
    assert not box.seen


def test_international_addresses_need_a_server_that_knows_them(clinic, box, monkeypatch):
    with serving(box, enable_SMTPUTF8=False) as port:
        monkeypatch.setenv("HANDOUTS_SMTP_URL", f"smtp+plain://127.0.0.1:{port}")
        outcome = clinic.send("--to", "josé@example.org")
    assert outcome.code == 1
    assert "SMTPUTF8" in outcome.err
    assert not box.seen


def test_a_log_in_that_is_put_off_is_told_as_such(clinic, box, monkeypatch, tmp_path):
    tls, authority = certificate(tmp_path, "localhost")
    clinic.set(f"ca: {authority}")
    with serving(box, tls=tls, from_start=True, password="open sesame") as port:
        monkeypatch.setenv("HANDOUTS_SMTP_URL", f"smtps://office%40clinic.example@localhost:{port}")
        monkeypatch.setenv("HANDOUTS_SMTP_PASSWORD", BUSY)
        outcome = clinic.send("--to", "ana@example.org")
        assert outcome.code == 1
        assert "the log-in was put off (454)" in outcome.err
        assert BUSY not in outcome.err
        monkeypatch.setenv("HANDOUTS_SMTP_PASSWORD", "open sesame")
        assert clinic.send("--to", "ana@example.org").code == 0
    assert box.addresses() == ["ana@example.org"]


@pytest.mark.parametrize("word", ["open sesame", "Öffne dich €"])
@pytest.mark.parametrize("from_start", [True, False])
def test_tls_and_a_password(clinic, box, tmp_path, monkeypatch, from_start, word):
    tls, authority = certificate(tmp_path, "localhost")
    clinic.set(f"ca: {authority}")
    with serving(box, tls=tls, from_start=from_start, password=word) as port:
        scheme = "smtps" if from_start else "smtp"
        monkeypatch.setenv("HANDOUTS_SMTP_URL", f"{scheme}://office%40clinic.example@localhost:{port}")
        missing = clinic.send("--to", "ana@example.org")
        assert missing.code == 1
        assert "HANDOUTS_SMTP_PASSWORD" in missing.err
        monkeypatch.setenv("HANDOUTS_SMTP_PASSWORD", "wrong horse")
        wrong = clinic.send("--to", "ana@example.org")
        assert wrong.code == 1
        assert "does not take the user and the password (535)" in wrong.err
        monkeypatch.setenv("HANDOUTS_SMTP_PASSWORD", word)
        assert clinic.send("--to", "ana@example.org").code == 0
    assert box.addresses() == ["ana@example.org"]
    assert "office@clinic.example let in" in box.peers
    for text in (wrong.err, wrong.out, missing.err):
        assert "horse" not in text


@pytest.mark.parametrize("from_start", [True, False])
@pytest.mark.parametrize("fault", ["another name", "an unknown authority"])
def test_a_bad_certificate_is_refused(clinic, box, tmp_path, monkeypatch, from_start, fault):
    tls, authority = certificate(tmp_path, "other.example" if fault == "another name" else "localhost")
    if fault == "another name":
        clinic.set(f"ca: {authority}")
    with serving(box, tls=tls, from_start=from_start) as port:
        monkeypatch.setenv("HANDOUTS_SMTP_URL", f"{'smtps' if from_start else 'smtp'}://localhost:{port}")
        outcome = clinic.send("--to", "ana@example.org")
    assert outcome.code == 1
    assert "the certificate of localhost" in outcome.err
    assert not box.seen


def test_no_starttls_is_refused_unless_allowed_by_name(clinic, box, monkeypatch):
    with serving(box) as port:
        monkeypatch.setenv("HANDOUTS_SMTP_URL", f"smtp://localhost:{port}")
        outcome = clinic.send("--to", "ana@example.org")
        assert outcome.code == 1
        assert "has no STARTTLS" in outcome.err
        assert not box.seen
        clinic.set("plain_hosts: [localhost]")
        assert clinic.send("--to", "ana@example.org").code == 0
        monkeypatch.setenv("HANDOUTS_SMTP_URL", f"smtp://me@localhost:{port}")
        monkeypatch.setenv("HANDOUTS_SMTP_PASSWORD", "open sesame")
        outcome = clinic.send("--to", "bo@example.org")
        assert "the password is not given to it" in outcome.err
    assert box.addresses() == ["ana@example.org"]


@pytest.mark.parametrize(("url", "said"), [
    ("smtp+plain://mail.example.org", "for this machine alone"),
    ("smtp://me:secret@mail.example.org", "a password stands in"),
    ("http://mail.example.org", "cannot be read"),
    ("mail.example.org:587", "cannot be read"),
    ("smtp://mail.example.org:port", "cannot be read"),
    ("smtp://", "cannot be read"),
])  # fmt: skip
def test_bad_server_addresses(clinic, monkeypatch, url, said):
    monkeypatch.setenv("HANDOUTS_SMTP_URL", url)
    outcome = clinic.send("--to", "ana@example.org")
    assert outcome.code == 2
    assert said in outcome.err
    assert "secret" not in outcome.err


def test_a_password_in_the_project_file_is_an_error_that_does_not_show_it(clinic):
    clinic.set("server: smtp://me:secret@mail.example.org")
    outcome = clinic.send("--to", "ana@example.org")
    assert outcome.code == 2
    assert "content/project.yml" in outcome.err
    assert "secret" not in outcome.err


def test_a_secret_shows_itself_nowhere(monkeypatch):
    monkeypatch.setenv("HANDOUTS_SMTP_URL", "smtps://me@localhost")
    monkeypatch.setenv("HANDOUTS_SMTP_PASSWORD", "open sesame")
    server = find_server(MailSettings())
    assert "sesame" not in f"{server} {server!r} {Secret('open sesame')}"
    assert server.password.reveal() == "open sesame"


def test_the_keyring_is_asked(monkeypatch):
    keyring = pytest.importorskip("keyring")
    monkeypatch.delenv("HANDOUTS_SMTP_PASSWORD", raising=False)
    monkeypatch.setattr(keyring, "get_password", lambda service, name: {("handouts", "me@localhost"): "from the ring"}.get((service, name)))
    assert find_server(MailSettings(server="smtps://me@localhost")).password.reveal() == "from the ring"


def test_without_a_sender_nothing_is_sent(clinic, plain):
    clinic.set(block="\nmail:\n  reply_to: a@clinic.example\n")
    outcome = clinic.send("--to", "ana@example.org")
    assert outcome.code == 1
    assert "there is no sender for connect" in outcome.err
    assert not plain.seen


def test_each_brand_may_have_its_sender(clinic, plain):
    clinic.set(block="\nmail:\n  from:\n    connect: a@connect.example\n    charlotte: Frau Ü <b@charlotte.example>\n")
    path = clinic.clients("ana@example.org,connect,yes", "bo@example.org,charlotte,yes", head="email,brand,email_consent")
    assert clinic.send("--clients", path, "--yes").code == 0
    assert sorted(m["From"] for m in plain.opened()) == ["Connect <a@connect.example>", "Frau Ü <b@charlotte.example>"]


def test_nothing_is_printed_by_smtplib_or_left_in_a_traceback(clinic, plain, capfd):
    plain.rcpt = lambda address, times: f"550 no {address}"
    clinic.send("--to", "ana@example.org")
    assert "ana" not in "".join(capfd.readouterr())


def test_settings_are_checked():
    with pytest.raises(ProjectError):
        find_server(MailSettings(server="smtp://x:y@z"))


def test_a_read_only_state_folder(clinic, plain):
    state = clinic.root / ".handouts"
    state.write_text("in the way")
    outcome = clinic.send("--to", "ana@example.org")
    assert outcome.code == 1
    assert "the state folder cannot be written" in outcome.err
    state.unlink()
    if os.geteuid():
        state.mkdir(mode=0o500)
        assert "cannot be written" in clinic.send("--to", "ana@example.org").err
        state.chmod(0o700)
    assert not plain.seen
