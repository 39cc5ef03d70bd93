"""Desks to open: one person's, and a team's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web.opening import accounted, filled, opened


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk that the others are copies of."""
    place = tmp_path_factory.mktemp("web") / "desk.db"
    filled(str(place))
    return place


@pytest.fixture
def desk_file(made_once: Path, tmp_path: Path) -> str:
    """A desk with two stories, no accounts."""
    return str(shutil.copy(made_once, tmp_path / "desk.db"))


@pytest.fixture
def alone(desk_file: str) -> Iterator[TestClient]:
    """A browser on the machine of a desk without accounts."""
    with opened(desk_file) as client:
        yield client


@pytest.fixture
def team(desk_file: str) -> Iterator[TestClient]:
    """A browser at a desk with accounts, nobody signed in yet."""
    accounted(desk_file)
    with opened(desk_file) as client:
        yield client
