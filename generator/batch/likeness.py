"""What must be alike on two machines for them to make the same bytes: this program and the libraries that have a hand in a page.

In: nothing. Out: a name and a version or digest for each.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator import __version__

PACKAGE = Path(__file__).resolve().parent.parent
LIBRARIES = ("reportlab", "jinja2", "markdown", "uharfbuzz", "pyicu-wheels", "pyphen", "tinycss2", "cssselect2", "lxml", "pillow",
             "phonenumbers", "pikepdf", "fontpkg-atkinson-hyperlegible", "fontpkg-lexend", "fontpkg-source-sans-3",
             "justmytype-western-core", "deckr-fonts", "justmytype-intl-rtl", "justmytype-intl-south-asia", "justmytype-intl-sea",
             "justmytype-intl-africa", "justmytype-intl-cjk")  # fmt: skip


@lru_cache(maxsize=1)
def likeness() -> dict[str, str]:
    """Describe this machine's program."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    found = {"handouts": f"{__version__} ({digest.hexdigest()[:12]})", "Python": f"{sys.version_info[0]}.{sys.version_info[1]}"}
    return found | {"zlib": zlib.ZLIB_RUNTIME_VERSION} | {name: _version(name) for name in LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def difference(here: dict[str, str], there: dict[str, str]) -> str:
    """Say what differs, "" where nothing does."""
    return ", ".join(f"{name} {there.get(name, 'none')} instead of {value}" for name, value in here.items() if there.get(name) != value)
