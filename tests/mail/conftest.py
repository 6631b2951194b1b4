"""A small project whose handouts can be mailed, and servers to mail them to."""

from __future__ import annotations

import pytest

from tests.mail.servers import Mailbox, serving
from tests.projects import GOOD, Project

SETTINGS = """
mail:
  from: Connect <office@clinic.example>
  retry_after: 0.05 0.1 0.2
  timeout: 2
  answer_timeout: 2
"""


class Clinic(Project):
    """A project with one handout, `visit`, and settings for mail."""

    def __init__(self, root) -> None:
        super().__init__(root)
        self.handout("", "visit", front=GOOD)
        self.settings = (root / "content/project.yml").read_text()
        self.set("")

    def set(self, lines: str = "", block: str = SETTINGS) -> None:
        """Write project.yml with more lines in the block `mail:`."""
        self.write("content/project.yml", self.settings + block + "".join(f"  {line}\n" for line in lines.splitlines()))

    def clients(self, *rows: str, head: str = "email,first_name,email_consent") -> str:
        return str(self.write("clients.csv", "\n".join([head, *rows]) + "\n"))

    def many(self, count: int) -> str:
        return self.clients(*(f"client{n}@example.org,Name{n},yes" for n in range(count)))

    def send(self, *arguments: str):
        return self.run("send", "visit", *arguments)

    def ledger_bytes(self) -> bytes:
        return b"".join(p.read_bytes() for p in sorted((self.root / ".handouts").iterdir()))


@pytest.fixture
def clinic(tmp_path, monkeypatch):
    for name in ("HANDOUTS_SMTP_URL", "HANDOUTS_SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    return Clinic(tmp_path / "clinic")


@pytest.fixture
def box():
    return Mailbox()


@pytest.fixture
def plain(box, monkeypatch):
    """A server without TLS, set as the one to use."""
    with serving(box) as port:
        monkeypatch.setenv("HANDOUTS_SMTP_URL", f"smtp+plain://127.0.0.1:{port}")
        yield box
