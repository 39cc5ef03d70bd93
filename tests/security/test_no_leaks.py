"""No error outside the log carries an address, a path or what an exception said."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from onrecord.errors import BackendError, LedgerError, OnRecordError, StoreError, UsageError
from onrecord.ledger.desk import Desk, open_desk
from onrecord.ledger.storage.opening import mapped, shown
from onrecord.web.disclosing import outside
from tests.ledger.builder import PlainBuilder
from tests.web.opening import filled, opened

_SECRET = "hunter2"
_ADDRESS = f"postgresql://clerk:{_SECRET}@db.newsroom.example:5432/desk"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (_ADDRESS, "postgresql://clerk@db.newsroom.example:5432/desk"),
        (f"postgresql://clerk:p@{_SECRET}@db/desk", "postgresql://clerk@db/desk"),
        (f"postgresql://db/desk?user=clerk&password={_SECRET}", "postgresql://db/desk"),
        (f"postgresql:clerk:{_SECRET}", "postgresql://…"),
        ("desk.db", "desk.db"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, told: str) -> None:
    assert shown(address) == told


@pytest.mark.parametrize("error", [SQLAlchemyError(_ADDRESS), OperationalError("", {}, Exception(f"at {_ADDRESS}"))])
def test_what_a_driver_says_is_not_passed_on(error: Exception) -> None:
    with pytest.raises(StoreError) as raised, mapped(_ADDRESS):
        raise error
    assert _SECRET not in str(raised.value)


@pytest.mark.parametrize("kind", [StoreError, LedgerError, BackendError, OnRecordError])
def test_a_browser_and_a_program_are_told_nothing_of_the_machine(
    kind: type[OnRecordError], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    place = str(tmp_path / "desk.db")
    filled(place)
    line = f"it failed · {_ADDRESS} · {place}"
    with opened(place) as client, caplog.at_level(logging.ERROR):

        def failing(*_: object) -> object:
            raise kind(line)

        monkeypatch.setattr(Desk, "stories", failing)
        for path in ("/", "/api/v1/stories"):
            answer = client.get(path)
            assert answer.status_code in (500, 503), path
            for part in (_SECRET, "newsroom.example", "clerk", place):
                assert part not in answer.text
    assert _SECRET in caplog.text
    assert _SECRET not in outside(kind(line))
    assert outside(UsageError("no story 'x'")) == "no story 'x'"


def test_a_wrong_request_names_no_address(tmp_path: Path) -> None:
    with open_desk(str(tmp_path / "secret.db"), PlainBuilder(), create=True) as held:
        for ask in (lambda: held.story("none"), lambda: held.entry(7), lambda: held.undo(9, by="V", why="")):
            with pytest.raises(UsageError) as raised:
                ask()
            assert "secret.db" not in str(raised.value)
