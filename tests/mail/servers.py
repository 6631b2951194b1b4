"""Mail servers on loopback for the tests: aiosmtpd with whatever fault a test asks for."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage
    from pathlib import Path


@dataclass
class Mailbox:
    """What arrived: the address of the envelope and the bytes; and the faults, each a hook that gives a reply or None."""

    messages: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    peers: set[str] = field(default_factory=set)
    rcpt: Callable[[str, int], str | None] = lambda address, times: None
    data: Callable[[str, int], str | None] = lambda address, times: None
    drop: Callable[[str, int], str] = lambda address, times: ""  # "before" or "after" keeping the message
    greet: Callable[[int], bool] = lambda number: True
    delay: float = 0.0
    seen: Counter = field(default_factory=Counter)

    def addresses(self) -> list[str]:
        return sorted(address for address, _ in self.messages)

    def opened(self) -> list[EmailMessage]:
        return [message_from_bytes(data, policy=policy.default) for _, data in self.messages]

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        self.seen["rcpt " + address] += 1
        answer = self.rcpt(address, self.seen["rcpt " + address])
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        address = envelope.rcpt_tos[0]
        self.seen["data " + address] += 1
        times = self.seen["data " + address]
        await asyncio.sleep(self.delay)
        drop = self.drop(address, times)
        if drop == "before":
            server.transport.abort()
            return "250 lost"
        answer = self.data(address, times)
        if answer:
            return answer
        self.messages.append((address, bytes(envelope.original_content)))
        if drop == "after":
            server.transport.abort()
        return f"250 2.0.0 kept for <{address}> as {len(self.messages)}"


class Greeted(SMTP):
    """Counts connections, and may hang up at the greeting."""

    def connection_made(self, transport):
        box = self.event_handler
        if "STARTTLS" not in str(type(transport)) and self.session is None:
            box.connections += 1
            if not box.greet(box.connections):
                transport.abort()
                return
        super().connection_made(transport)


BUSY = "come back later"  # a password that a server cannot look up now


@contextmanager
def serving(box: Mailbox, *, tls: ssl.SSLContext | None = None, from_start: bool = False, password: str = "", **settings) -> Iterator[int]:
    """Run a server in a thread; give its port."""

    def authenticate(server, session, envelope, mechanism, data):
        good = data.password == password.encode()
        box.peers.add(f"{data.login.decode()} {'let in' if good else 'kept out'}")
        busy = data.password == BUSY.encode()
        return AuthResult(success=good, handled=good, message="454 4.7.0 Temporary authentication failure" if busy else None)

    def make() -> SMTP:
        options = {"enable_SMTPUTF8": True, "timeout": 30, **settings}
        if password:
            options |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": tls is not None and not from_start}
        if tls is not None and not from_start:
            options |= {"tls_context": tls, "require_starttls": True}
        return Greeted(box, loop=loop, **options)

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(make, "127.0.0.1", 0, ssl=tls if from_start else None))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def certificate(folder: Path, *names: str) -> tuple[ssl.SSLContext, Path]:
    """Make a server's certificate, and the file of the authority that it is to be trusted by."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return context, path
