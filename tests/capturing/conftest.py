"""A web, an impatient client, and a desk that tells stories without models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.desk_pipeline import desk as open_desk
from onrecord.ledger.desk import Desk
from onrecord.reading.fetching.client import Fetcher, Guard
from tests.capturing.web import Web, served


@pytest.fixture
def web() -> Iterator[Web]:
    """A web without pages."""
    with served() as running:
        yield running


@pytest.fixture
def fetcher() -> Fetcher:
    """May ask this machine, and neither waits nor has patience."""
    return Fetcher(Guard(allowed=("127.0.0.0/8",), max_bytes=400_000, pause_s=0.0, timeout_s=5.0, total_s=2.0))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A new desk."""
    monkeypatch.setattr(pipeline, "choose_judge", lambda which: (None, ()))
    with open_desk(str(tmp_path / "desk.db"), create=True, which="rules") as held:
        yield held
