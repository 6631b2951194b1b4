"""One connection to a mail server: a letter in, the server's reply out, or an error that says how far it got.

What matters is the end of the message (RFC 5321 4.2.5): before it has gone out the server has surely not taken the
message, after it nobody knows until the reply. `before_end` is called in between. Knows no ledger and no retries.
"""

from __future__ import annotations

import binascii
import smtplib
import socket
import ssl
from typing import TYPE_CHECKING

from generator.errors import DeliveryError
from generator.mail.replies import Reply, reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.mail.records import Letter
    from generator.mail.server import Server

_CHUNK = 65536
_LOGGED_IN = 235  # RFC 4954 6
_CLOSING = 421  # RFC 5321 3.8: the server ends the connection


class NotTakenError(Exception):
    """The server refused the message. `later`: it may take it another time (4xx)."""

    def __init__(self, answer: Reply, *, later: bool) -> None:
        """Keep what it said."""
        super().__init__(str(answer))
        self.answer = answer
        self.later = later


class LostError(Exception):
    """The connection broke before the end of the message went out, or was never there: surely not taken."""


class NoAnswerError(Exception):
    """The end of the message went out and no answer came: taken or not, nobody knows."""


class Connection:
    """Opened by `open`, closed by `close`; not for two threads at once."""

    def __init__(self, server: Server) -> None:
        """Take the server's place and manners."""
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, secure, log in. Raises LostError where trying again may help, DeliveryError where it will not."""
        self.close()
        server = self._server
        try:
            self._smtp = self._connect()
            if server.security in {"starttls", "named"}:
                self._start_tls(self._smtp)
            if server.user:
                self._log_in(self._smtp)
        except ssl.SSLCertVerificationError as exc:
            self.close()
            raise DeliveryError(f"the certificate of {server.label} is not good: {exc.verify_message}; nothing was sent", None,
                                "check the server's name; for a certificate authority of your own, set mail: ca:") from exc  # fmt: skip
        except (OSError, smtplib.SMTPException) as exc:
            self.close()
            raise LostError(f"{server.label}: {_cause(exc)}") from exc
        except DeliveryError:
            self.close()
            raise

    def close(self) -> None:
        """Say goodbye where that is still possible."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                _socket(smtp).settimeout(2)
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    @property
    def is_open(self) -> bool:
        """Tell whether it was opened and has not broken since."""
        return self._smtp is not None and self._smtp.sock is not None

    def send(self, letter: Letter, before_end: Callable[[], None]) -> Reply:
        """Hand a letter over. Raises NotTakenError, LostError or NoAnswerError; DeliveryError from `before_end`."""
        try:
            self._envelope(letter)
            self._body(letter)
        except (OSError, smtplib.SMTPException) as exc:
            self._drop()
            raise LostError(_cause(exc)) from exc
        try:
            before_end()
        except BaseException:
            self._drop()  # without its end the server throws the message away
            raise
        return self._end(letter)

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=self._context())
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        _socket(smtp).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the end is a packet of its own and must not wait
        smtp.ehlo_or_helo_if_needed()
        return smtp

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._server.ca is not None:
            context.load_verify_locations(self._server.ca)
        return context

    def _start_tls(self, smtp: smtplib.SMTP) -> None:
        if smtp.has_extn("starttls"):
            code, _ = smtp.starttls(context=self._context())
            if code != 220:
                raise smtplib.SMTPException("STARTTLS was refused")
            smtp.ehlo()
        elif self._server.security != "named":
            raise DeliveryError(f"{self._server.label} has no STARTTLS, so the message could be read on its way; nothing was sent",
                                None, "use smtps://, or name the server in mail: plain_hosts: if it is inside your own network")  # fmt: skip

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        server = self._server
        if not isinstance(smtp.sock, ssl.SSLSocket) and server.security != "plain":
            raise DeliveryError(f"{server.label} has no TLS, so the password is not given to it; nothing was sent", None,
                                "take the user out of the server's address, or use a server with TLS")  # fmt: skip
        try:
            _authenticate(smtp, server.user, server.password.reveal())
        except smtplib.SMTPAuthenticationError as exc:
            if 400 <= exc.smtp_code < 500:
                raise smtplib.SMTPException(f"the log-in was put off ({exc.smtp_code})") from None
            # Its words may repeat what was sent, so neither they nor the exception go any further.
            raise DeliveryError(f"{server.label} does not take the user and the password ({exc.smtp_code}); nothing was sent", None,
                                "check the user in the server's address and HANDOUTS_SMTP_PASSWORD") from None  # fmt: skip
        except smtplib.SMTPServerDisconnected:
            raise
        except (smtplib.SMTPException, UnicodeError):
            raise DeliveryError(f"{server.label} has no log-in that this program knows; nothing was sent", None,
                                "take the user out of the server's address if it needs none") from None  # fmt: skip

    def _envelope(self, letter: Letter) -> None:
        """Send MAIL, RCPT and DATA."""
        smtp = self._ready()
        options = self._options(smtp, letter)
        self._expect(smtp.mail(letter.sender, options), letter)
        self._expect(smtp.rcpt(letter.to.spec), letter)
        self._expect(smtp.docmd("DATA"), letter, 354)

    def _options(self, smtp: smtplib.SMTP, letter: Letter) -> list[str]:
        """Give the parameters of MAIL; what the server cannot take is refused before anything is sent."""
        options = []
        if smtp.has_extn("size"):
            limit = smtp.esmtp_features.get("size", "").strip()
            if limit.isdigit() and 0 < int(limit) < len(letter.data):
                raise NotTakenError(Reply(552, f"the message has {len(letter.data)} bytes, the server takes {limit}"), later=False)
            options.append(f"SIZE={len(letter.data)}")
        if letter.international:
            if not smtp.has_extn("smtputf8"):
                raise NotTakenError(Reply(550, "the server takes no international addresses (SMTPUTF8)"), later=False)
            options += ["SMTPUTF8", "BODY=8BITMIME"]
            smtp.command_encoding = "utf-8"
        else:
            smtp.command_encoding = "ascii"
        return options

    def _body(self, letter: Letter) -> None:
        """Send the message up to its end, each dot at a line's start doubled (RFC 5321 4.5.2)."""
        data = letter.data if letter.data.endswith(b"\r\n") else letter.data + b"\r\n"
        if b"\r\n." in data:
            data = data.replace(b"\r\n.", b"\r\n..")
        line = _socket(self._ready())
        for at in range(0, len(data), _CHUNK):  # each within the timeout: a large file on a slow line takes longer
            line.sendall(memoryview(data)[at : at + _CHUNK])

    def _end(self, letter: Letter) -> Reply:
        smtp = self._ready()
        line = _socket(smtp)
        line.settimeout(self._server.answer_timeout)
        try:
            line.sendall(b".\r\n")
        except TimeoutError as exc:
            self._drop()
            raise NoAnswerError(_cause(exc)) from exc
        except OSError as exc:  # the system took not one byte of it
            self._drop()
            raise LostError(_cause(exc)) from exc
        try:
            found = smtp.getreply()
            line.settimeout(self._server.timeout)
        except (OSError, smtplib.SMTPException) as exc:
            self._drop()
            raise NoAnswerError(_cause(exc)) from exc
        if not 200 <= found[0] < 600 or 300 <= found[0] < 400:
            self._drop()
            raise NoAnswerError("an answer that says neither yes nor no")
        return self._expect(found, letter)

    def _expect(self, found: tuple[int, bytes], letter: Letter, wanted: int = 0) -> Reply:
        """Give the reply if it is what was wanted (2xx, or `wanted`), else raise NotTakenError."""
        to = letter.to
        answer = reply(*found, to.spec, to.local)
        if answer.code == wanted or (not wanted and 200 <= answer.code < 300):
            return answer
        self._abandon(answer)
        raise NotTakenError(answer, later=not 500 <= answer.code < 600)

    def _abandon(self, answer: Reply) -> None:
        """Leave the transaction, or the connection where the server does."""
        smtp = self._smtp
        if answer.code == _CLOSING or smtp is None:
            self._drop()
            return
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _ready(self) -> smtplib.SMTP:
        if self._smtp is None or self._smtp.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        return self._smtp

    def _drop(self) -> None:
        """Close without a word."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _authenticate(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """Log in. smtplib writes ASCII alone; RFC 4616 has UTF-8."""
    if (user + password).isascii() or "PLAIN" not in smtp.esmtp_features.get("auth", "").upper().split():
        smtp.login(user, password)
        return
    secret = binascii.b2a_base64(f"\0{user}\0{password}".encode(), newline=False).decode()
    code, said = smtp.docmd("AUTH", f"PLAIN {secret}")
    if code != _LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, said)


def _socket(smtp: smtplib.SMTP) -> socket.socket:
    if smtp.sock is None:
        raise smtplib.SMTPServerDisconnected("not connected")
    return smtp.sock


def _cause(exc: BaseException) -> str:
    """Tell what broke without repeating anything that was sent."""
    if isinstance(exc, TimeoutError) or isinstance(exc.__context__, TimeoutError):
        return "no answer in time"
    if isinstance(exc, ssl.SSLError):
        return f"TLS failed ({exc.reason or 'unknown'})"
    if isinstance(exc, smtplib.SMTPServerDisconnected):
        return "the server closed the connection"
    if isinstance(exc, smtplib.SMTPResponseException):
        return str(reply(exc.smtp_code, exc.smtp_error if isinstance(exc.smtp_error, bytes) else str(exc.smtp_error).encode()))
    if type(exc) is smtplib.SMTPException:  # which is an OSError; its words are our own
        return str(exc)
    return (exc.strerror if isinstance(exc, OSError) else None) or type(exc).__name__

