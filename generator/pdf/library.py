"""ReportLab's document objects, the one place that imports them.

ReportLab imports Pillow for pictures that it is given to draw, which takes as long as setting three pages; here it is given none, so
Pillow waits until somebody uses it.
"""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec


def _late(name: str) -> None:
    """Have a module imported when something in it is asked for first."""
    spec = find_spec(name) if name not in sys.modules else None
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    sys.modules[name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    package, _, short = name.rpartition(".")
    setattr(sys.modules[package], short, module)  # else `from package import short` would look for it, and wake it


_late("PIL.Image")

from reportlab.pdfbase import pdfdoc  # noqa: E402

__all__ = ["pdfdoc"]
