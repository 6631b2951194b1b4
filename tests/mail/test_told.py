"""What a sender is told before and after: blanks, messages that cannot be made, and what lies in the outbox."""

from __future__ import annotations

TEXT = "\nDear {{ client.first_name }}, see you on {{ date(client.day) }}.\n"
HEAD = "email,email_consent,first_name,day"


def test_a_personal_handout_to_an_address_alone_is_told(clinic):
    clinic.handout(TEXT, "visit")
    outcome = clinic.send("--to", "ana@example.org", "--outbox")
    assert outcome.code == 0
    assert "content/handouts/visit.md:7:9: notice: with --to, what the handout shows of a client is left blank" in outcome.err
    assert "--clients FILE" in outcome.err
    clinic.handout("\nNo client stands here.\n", "visit")
    assert "blank" not in clinic.send("--to", "bo@example.org", "--outbox").err


def test_the_question_counts_the_messages_that_can_be_made(clinic):
    clinic.handout(TEXT, "visit")
    path = clinic.clients("a@example.org,yes,Ana,soon", "b@example.org,yes,Bo,2026-02-12", "c@example.org,yes,Cy,2026-02-13", head=HEAD)
    outcome = clinic.send("--clients", path, "--outbox")
    assert 'clients.csv:2: error: column "day": this is no date' in outcome.err
    assert "This is the first of 2 messages; 1 cannot be made. Send them into the outbox?" in outcome.out
    path = clinic.clients("a@example.org,yes,Ana,soon", "b@example.org,yes,Bo,later", head=HEAD)
    nothing = clinic.send("--clients", path, "--outbox")
    assert nothing.code == 1
    assert "Nothing was sent" in nothing.err


def test_an_error_of_the_handout_is_told_once_with_its_rows(clinic):
    clinic.write("content/project.yml", clinic.settings.replace("locales: [en-US]", "locales: [en-US, es]"))
    clinic.handout("\n" + "\n".join(f"Paragraph {name} of many.\n" for name in "abcdefgh"), "visit")
    rows = [f"{n}@example.org,yes,{'es' if n in (2, 4) else 'en-US'}" for n in range(1, 6)]
    outcome = clinic.send("--clients", clinic.clients(*rows, head="email,email_consent,locale"), "--yes", "--outbox")
    assert outcome.code == 1
    assert outcome.err.count("this handout is not translated into es") == 1
    assert "so there is no message for rows 3, 5 of the list" in outcome.err
    assert len(list((clinic.root / "output/outbox").glob("*.eml"))) == 3


def test_the_outbox_says_in_plain_words_what_waits(clinic):
    assert "of every message that was sent it is known whether it arrived" in clinic.run("outbox").out
    clinic.send("--to", "ana@example.org", "--outbox")
    (path,) = (clinic.root / "output/outbox").glob("*.eml")
    told = clinic.run("outbox").out
    assert "1 .eml file in" in told
    assert "open each in your mail" in told
    assert path.name in told
