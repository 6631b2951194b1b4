"""A PDF behind a password: bytes and a password in, an AES-256 file out that assistive technology may still read.

PDF/A forbids encryption (ISO 19005-2 6.1.3), so such a file claims PDF/UA-1 alone. Knows no clients.
"""

from __future__ import annotations

import io
import secrets

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look or sound alike over the telephone: i l o 0 1
LONGEST = 127  # bytes of UTF-8 (ISO 32000-2 7.6.4.3.3)
LEAST = 6


def made_password() -> str:
    """Make a password that is easily read aloud: 12 letters and digits, about 59 bits."""
    letters = [secrets.choice(_LETTERS) for _ in range(12)]
    return "-".join("".join(letters[at : at + 4]) for at in (0, 4, 8))


def password_fault(password: str) -> str:
    """Say what is wrong with a client's own password; "" for nothing."""
    if not password.isprintable():
        return "it holds a control or an invisible character"
    if len(password) < LEAST:
        return f"it has fewer than {LEAST} characters"
    return f"it is longer than {LONGEST} bytes" if len(password.encode()) > LONGEST else ""


def protect(data: bytes, password: str) -> bytes:
    """Encrypt a file. Everything is allowed to whoever knows the password."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for name in ("pdfaid:part", "pdfaid:conformance"):
                if name in metadata:
                    del metadata[name]
        allowed = pikepdf.Permissions(accessibility=True)
        lock = pikepdf.Encryption(user=password, owner=secrets.token_urlsafe(24), R=6, allow=allowed)
        pdf.save(out, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
