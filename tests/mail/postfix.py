"""A Postfix of the test's own, on loopback, with TLS and AUTH, that delivers everything for example.org into one maildir."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import trustme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOBODY = 65534
MAIN = """compatibility_level = 3.6
queue_directory = {d}/queue
data_directory = {d}/data
maillog_file = {d}/log
maillog_file_prefixes = {d}
myhostname = localhost.example
mydestination =
inet_interfaces = loopback-only
virtual_mailbox_domains = example.org
virtual_mailbox_base = {d}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_client_connection_rate_limit = 0
smtpd_sasl_auth_enable = yes
smtpd_sasl_path = smtpd
cyrus_sasl_config_path = {d}/etc/sasl
smtpd_sasl_local_domain = example
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = {d}/cert.pem
smtpd_tls_key_file = {d}/key.pem
smtpd_tls_security_level = encrypt
"""
MASTER = """127.0.0.1:{submission} inet n - n - - smtpd
127.0.0.1:{smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


class Office(NamedTuple):
    """Where it listens, whom it trusts, where the mail lies."""

    submission: int
    smtps: int
    authority: Path
    mail: Path
    user: str = "office@example"
    password: str = "open sesame"

    def files(self) -> list[Path]:
        return sorted((self.mail / "all" / "new").glob("*")) if (self.mail / "all" / "new").is_dir() else []


def missing() -> str:
    """Say what keeps it from running here; "" for nothing."""
    names = [name for name in ("postfix", "saslpasswd2") if shutil.which(name) is None]
    if names:
        return f"{' and '.join(names)} missing: apt-get install postfix libsasl2-modules sasl2-bin"
    return "" if os.geteuid() == 0 else "Postfix must be started by root"


def _start(folder: Path, tries: int = 3) -> None:
    """Start it; on a loaded machine its master may be too late for `postfix start`, which then gives up."""
    said = ""
    for _ in range(tries):
        done = subprocess.run(["postfix", "-c", f"{folder}/etc", "start"], check=False, capture_output=True, text=True)
        if done.returncode == 0:
            return
        said = done.stdout + done.stderr
        subprocess.run(["postfix", "-c", f"{folder}/etc", "stop"], check=False, capture_output=True)
    log = folder / "log"
    raise RuntimeError(f"Postfix does not start: {said}\n{log.read_text() if log.exists() else ''}")


@contextmanager
def running(folder: Path) -> Iterator[Office]:
    """Start it below `folder`, and stop it."""
    ports = _free_ports(2)
    office = Office(*ports, folder / "authority.pem", folder / "mail")
    for name in ("etc/sasl", "queue", "data", "mail"):
        (folder / name).mkdir(parents=True)
    for path in (folder, *list(folder.parents)[:-2]):  # Postfix's own users walk down to the folder
        path.chmod(path.stat().st_mode | 0o011)
    owner = pwd.getpwnam("postfix")
    os.chown(folder / "data", owner.pw_uid, owner.pw_gid)
    os.chown(folder / "mail", NOBODY, NOBODY)
    (folder / "etc/main.cf").write_text(MAIN.format(d=folder))
    (folder / "etc/master.cf").write_text(MASTER.format(submission=ports[0], smtps=ports[1]))
    (folder / "etc/sasl/smtpd.conf").write_text(
        f"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {folder}/etc/sasldb2\n"
    )
    _certificates(folder)
    subprocess.run(["saslpasswd2", "-p", "-c", "-f", f"{folder}/etc/sasldb2", "-u", "example", "office"],
                   input=office.password.encode(), check=True)  # fmt: skip
    os.chown(folder / "etc/sasldb2", owner.pw_uid, owner.pw_gid)
    _start(folder)
    try:
        yield office
    finally:
        subprocess.run(["postfix", "-c", f"{folder}/etc", "stop"], check=False, capture_output=True)


def _certificates(folder: Path) -> None:
    authority = trustme.CA()
    own = authority.issue_cert("localhost")
    (folder / "cert.pem").write_bytes(b"".join(part.bytes() for part in own.cert_chain_pems))
    own.private_key_pem.write_to_path(str(folder / "key.pem"))
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports
