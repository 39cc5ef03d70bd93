"""Markers by what a test needs, so that `make test-fast` leaves out what is slow to bring up."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
# Whole stories are told here, or texts are held against marked examples.
_CORPUS = ("test_stories.py", "test_linked_reference.py", "test_spans.py", "test_docs.py", "stories", "cases")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs a browser or a PostgreSQL server by the fixtures that bring them up, and the rest by its file."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "chromium" in fixtures:
            item.add_marker(pytest.mark.browser)
        if "postgres" in fixtures or _runs_on_postgres(item):
            item.add_marker(pytest.mark.postgres)
        if item.path.is_relative_to(HERE) and item.path.relative_to(HERE).parts[0] in _CORPUS:
            item.add_marker(pytest.mark.corpus)


def _runs_on_postgres(item: pytest.Item) -> bool:
    """Whether a test's `address` is that of a PostgreSQL server."""
    call = getattr(item, "callspec", None)
    return call is not None and call.params.get("address") == "postgres"
