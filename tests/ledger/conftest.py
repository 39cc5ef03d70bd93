"""Every test that takes `address` or `desk` runs on both stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.ledger.desk import Desk, open_desk
from tests.ledger.builder import Clock, PlainBuilder
from tests.ledger.postgres import Databases, find_server, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests."""
    pytest.importorskip("psycopg", reason="the PostgreSQL driver is not installed (pip install onrecord[postgres])")
    programs = find_server()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    with server(programs) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new desk may be made: a file, then a database."""
    if request.param == "sqlite":
        return str(tmp_path / "desk.db")
    return Databases.fresh(request.getfixturevalue("postgres"))


@pytest.fixture
def desk(address: str) -> Iterator[Desk]:
    """An empty desk whose clock goes a minute a look."""
    with open_desk(address, PlainBuilder(), create=True, clock=Clock()) as held:
        yield held
