"""Fixtures that every room's tests may use."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.judges import NoJudgeError, compiled, engine, faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@pytest.fixture(scope="session")
def verapdf() -> Callable[..., None]:
    """Assert that all files are PDF/UA-1 and PDF/A-2a: `verapdf([path, ...])`, many files in one call. `standards`: others.

    Without Java this is a visible skip on a desk and a failure where CI is set.
    """
    try:
        jar = engine()
        classes = compiled(jar)
    except NoJudgeError as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))

    def judge(paths: Iterable[Any], *standards: str) -> None:
        found = faults(list(paths), jar, classes, standards or ("ua1", "2a"))
        assert not found, "veraPDF:\n" + "\n".join(found)

    return judge


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --refresh, which writes the golden cases anew."""
    parser.addoption("--refresh", action="store_true", help="write the expected trees of tests/cases anew")
