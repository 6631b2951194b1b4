"""Mail: messages with a personal copy each, built and sent by the whole process, beside a bare smtplib loop that sends ready files."""

from __future__ import annotations

import os
import shutil
import smtplib
import socket
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MESSAGES = 2000
GREETING = "\nDear {{ client.first_name }}, this is for you.\n\nA first visit"
SETTINGS = "mail:\n  from: Connect <office@clinic.example>\n  connections: 4\n"
SERVER = """
import asyncio, sys
from aiosmtpd.smtp import SMTP
class Sink:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"
async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Sink(), loop=loop), "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()
asyncio.run(main())
"""


def clinic(root: Path, folder: Path) -> Path:
    """Make a project with the shipped handouts and a list of clients."""
    shutil.copytree(root / "content", folder / "content")
    with (folder / "content/project.yml").open("a") as file:
        file.write(SETTINGS)
    handout = folder / "content/handouts/your-first-session.md"
    handout.write_text(handout.read_text().replace("\nA first visit", GREETING))
    rows = (f"client{n}@example.org,Name{n},yes" for n in range(MESSAGES))
    (folder / "clients.csv").write_text("\n".join(["email,first_name,email_consent", *rows]))
    return folder


def send(root: Path, folder: Path, port: int, *arguments: str) -> float:
    """Send to everyone in a process of its own; give the seconds."""
    command = [sys.executable, "-m", "generator.cli.start", "send", "your-first-session", "--clients", str(folder / "clients.csv")]
    env = os.environ | {"PYTHONPATH": str(root), "HANDOUTS_SMTP_URL": f"smtp+plain://127.0.0.1:{port}"}
    start = time.perf_counter()
    subprocess.run([*command, "--yes", "--again", "--project", str(folder), *arguments], env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def bare(files: list[bytes], port: int) -> float:
    """Send ready files in a loop; give the seconds."""
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        start = time.perf_counter()
        for number, data in enumerate(files):
            smtp.sendmail("office@clinic.example", [f"client{number}@example.org"], data)
        return time.perf_counter() - start


def row(root: Path, folder: Path, rounds: int = 3) -> str:
    """Measure both in turn; write the row."""
    folder = clinic(root, folder / "clinic")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(port)])
    try:
        send(root, folder, port, "--outbox")
        files = [path.read_bytes() for path in (folder / "output/outbox").glob("*.eml")]
        times = [(send(root, folder, port), bare(files, port)) for _ in range(rounds)]
    finally:
        server.kill()
        server.wait()
    ours, theirs = (MESSAGES / statistics.median(t) for t in zip(*times, strict=True))
    ratio = ours / theirs
    verdict = "yes" if ratio >= 0.6 else "no"
    what = f"{MESSAGES} messages, built and sent, a second"
    return f"| {what} | {ours:.0f} | bare smtplib {theirs:.0f} | {ratio:.2f} | at least 0.6 | {verdict} |"
