"""Which server the mail goes to: an address from the settings or the environment in, a checked `Server` out.

Passwords come from HANDOUTS_SMTP_PASSWORD or the system's keyring, and travel as a `Secret`. Opens no connection.
"""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from generator.errors import DeliveryError, ProjectError
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project.records import MailSettings

URL = "HANDOUTS_SMTP_URL"
PASSWORD = "HANDOUTS_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
SERVICE = "handouts"
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
_HINT = "smtp://user@host:587 (STARTTLS), smtps://user@host (TLS from the start), or smtp+plain://localhost:1025"


class Secret:
    """A password that shows itself in no log, traceback or message."""

    def __init__(self, value: str) -> None:
        """Keep it."""
        self._value = value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __bool__(self) -> bool:
        return bool(self._value)

    def reveal(self) -> str:
        """Give the password, to be used at once."""
        return self._value


class Server(NamedTuple):
    """Where to connect. `security`: "starttls", "tls", "plain" (loopback), or "named" (STARTTLS where there is any)."""

    host: str
    port: int
    security: str
    user: str = ""
    password: Secret = Secret("")
    ca: Path | None = None
    timeout: float = 60.0
    answer_timeout: float = 600.0

    @property
    def label(self) -> str:
        """Name it for people."""
        return f"{self.host}:{self.port}"


def find_server(settings: MailSettings) -> Server | None:
    """Find the server; None where none is set. Raises ProjectError for an address, DeliveryError for a missing password."""
    url = os.environ.get(URL) or settings.server
    if not url:
        return None
    where = URL if os.environ.get(URL) else "mail: server: in content/project.yml"
    try:
        parts = urlsplit(url)
        port, host, user = parts.port, parts.hostname or "", unquote(parts.username or "")
    except ValueError as exc:
        raise ProjectError(f"the server's address in {where} cannot be read", None, _HINT) from exc
    if parts.password is not None:
        raise ProjectError(f"a password stands in {where}", None, f"take it out; it belongs into {PASSWORD} or the system's keyring")
    if parts.scheme not in PORTS or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise ProjectError(f"the server's address in {where} cannot be read", None, _HINT)
    security = _security(parts.scheme, host, settings.plain_hosts)
    password = _password(user, host) if user else Secret("")
    return Server(host, port or PORTS[parts.scheme], security, user, password, settings.ca, settings.timeout, settings.answer_timeout)


def _security(scheme: str, host: str, plain_hosts: tuple[str, ...]) -> str:
    if scheme == "smtps":
        return "tls"
    if scheme == "smtp":
        return "named" if host.lower() in plain_hosts else "starttls"
    if not _loopback(host):
        raise ProjectError(f"smtp+plain:// is for this machine alone, not for {host}", None,
                           f"write smtp://; if {host} has no STARTTLS, name it in plain_hosts")  # fmt: skip
    return "plain"


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _password(user: str, host: str) -> Secret:
    given = os.environ.get(PASSWORD)
    if given:
        return Secret(given)
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as exc:
        raise _missing(user, host) from exc
    try:
        kept = keyring.get_password(SERVICE, f"{user}@{host}")
    except KeyringError as exc:
        raise _missing(user, host) from exc
    if not kept:
        raise _missing(user, host)
    return Secret(kept)


def _missing(user: str, host: str) -> DeliveryError:
    return DeliveryError(f"there is no password for the mail server {host}; nothing was sent", None,
                         f'set {PASSWORD}, or: pip install "handouts[keyring]", then: keyring set {SERVICE} {user}@{host}')  # fmt: skip
