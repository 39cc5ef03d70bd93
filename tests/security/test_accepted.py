"""What was accepted is kept: a server that is stopped or killed goes on with it, and nobody waits for another's."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from onrecord.datamodel.report import Fate, Outcome
from onrecord.errors import UsageError
from onrecord.ledger.desk import open_desk
from onrecord.web.background import jobs as jobs_module
from onrecord.web.background.jobs import Job, Jobs, Pasted, Stage, Upload
from onrecord.web.settings import Settings
from tests.ledger.builder import PlainBuilder
from tests.web.opening import app_of, filled, opened

_WAIT_S = 240.0
_SAID = "The harbour master, Ilse Roon, said the bridge will be shut on Monday.\n\nIt is report {}.\n"


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A desk with two stories."""
    made = str(tmp_path / "desk.db")
    filled(made)
    return made


def _ended(jobs: Jobs, ident: str) -> Job:
    until = time.monotonic() + _WAIT_S
    while not (found := jobs.state(ident)).ended:
        assert time.monotonic() < until, found
        time.sleep(0.05)
    return found


class _Nothing(Executor):
    """Begins nothing: the server is killed before it comes to it."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        """Nothing."""
        return Future()


def _killed(place: str, count: int) -> list[str]:
    """A server that accepts uploads and is killed before it has begun one; the jobs' ids."""
    with open_desk(place, PlainBuilder()) as held:
        jobs = Jobs(held, None, Settings(desk=place, tagger="rules"))  # type: ignore[arg-type]
        jobs._pool = lambda _: _Nothing()  # type: ignore[method-assign,assignment]
        return [
            jobs.submit(
                "tram", by="Eve", uploads=[Upload(name=f"{n}.txt", stream=io.BytesIO(_SAID.format(n).encode()))]
            )
            for n in range(count)
        ]


def test_uploads_that_were_accepted_are_entered_after_a_kill_and_nothing_is_left_behind(place: str) -> None:
    idents = _killed(place, 6)
    spool = Path(f"{place}-adding")
    assert sorted(one.name for one in spool.iterdir()) == sorted(idents)
    (spool / ".begun-cut-short").mkdir()
    with opened(place) as client:
        jobs = app_of(client).state.jobs
        assert {_ended(jobs, one).stage for one in idents} == {Stage.DONE}
        assert len(jobs.desk.state("tram").filed) == 6
        assert {entry.payload.count("added by Eve") for entry in jobs.desk.log("tram") if entry.act == "captured"} == {
            1
        }
    assert list(spool.iterdir()) == []


def test_a_stop_in_the_middle_of_an_adding_loses_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()
    real = Jobs._go_on

    def slowly(self: Jobs, ident: str) -> None:
        begun.set()
        time.sleep(0.3)
        real(self, ident)

    monkeypatch.setattr(Jobs, "_go_on", slowly)
    uploads = [Upload(name=f"{n}.txt", stream=io.BytesIO(_SAID.format(n).encode())) for n in range(4)]
    with opened(place) as client:
        jobs = app_of(client).state.jobs
        first = jobs.submit("tram", by="Eve", uploads=uploads)
        second = jobs.submit("tram", by="Eve", pasted=Pasted(text=_SAID.format("pasted")))
        assert begun.wait(_WAIT_S)
    monkeypatch.undo()
    with opened(place) as client:
        jobs = app_of(client).state.jobs
        assert {_ended(jobs, one).stage for one in (first, second)} == {Stage.DONE}
        assert len(jobs.desk.state("tram").filed) == 5


def test_a_pasted_report_does_not_wait_for_slow_addresses(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()

    def slow(urls: list[str], _: object) -> Iterator[Outcome]:
        for url in urls:
            if "slow" in url:
                go.wait(_WAIT_S)
            yield Outcome(input=url, fate=Fate.REFUSED, reason="slow")

    monkeypatch.setattr(jobs_module, "fetch_each", slow)
    with opened(place) as client:
        jobs = app_of(client).state.jobs
        fetching = jobs.submit("tram", by="Eve", addresses=["https://slow.example/1", "https://slow.example/2"])
        other = jobs.submit("tram", by="Rob", addresses=["https://quick.example/1"])
        pasted = jobs.submit("tram", by="Rob", pasted=Pasted(text=_SAID.format("pasted")))
        try:
            assert {_ended(jobs, one).stage for one in (pasted, other)} == {Stage.DONE}
            assert not jobs.state(fetching).ended
        finally:
            go.set()
        assert _ended(jobs, fetching).stage is Stage.DONE


def test_one_person_s_many_addings_leave_room_for_another_s(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "_WAITING", 3)
    with open_desk(place, PlainBuilder()) as held:
        jobs = Jobs(held, None, Settings(desk=place, tagger="rules"))  # type: ignore[arg-type]
        jobs._pool = lambda _: _Nothing()  # type: ignore[method-assign,assignment]
        for number in range(3):
            jobs.submit("tram", by="Eve", addresses=[f"https://slow.example/{number}"])
        with pytest.raises(UsageError, match="3 addings wait already"):
            jobs.submit("tram", by="Eve", pasted=Pasted(text=_SAID.format(1)))
        assert jobs.submit("tram", by="Rob", pasted=Pasted(text=_SAID.format(2)))


def test_an_adding_can_be_taken_back(place: str) -> None:
    (ident, *_) = _killed(place, 1)
    with open_desk(place, PlainBuilder()) as held:
        jobs = Jobs(held, None, Settings(desk=place, tagger="rules"))  # type: ignore[arg-type]
        jobs._pool = lambda _: _Nothing()  # type: ignore[method-assign,assignment]
        jobs.resume()
        assert jobs.take_back(ident).stage is Stage.FAILED
        with pytest.raises(UsageError, match="done already"):
            jobs.take_back(ident)
    assert list(Path(f"{place}-adding").iterdir()) == []


def test_what_ends_the_server_each_time_is_not_begun_for_ever(place: str) -> None:
    (ident, other) = _killed(place, 2)
    (Path(f"{place}-adding") / ident / "tries").write_text("3", encoding="ascii")
    with open_desk(place, PlainBuilder()) as held:
        jobs = Jobs(held, None, Settings(desk=place, tagger="rules"))  # type: ignore[arg-type]
        jobs._pool = lambda _: _Nothing()  # type: ignore[method-assign,assignment]
        jobs.resume()
        assert jobs.state(other).stage is Stage.WAITING
        with pytest.raises(UsageError):
            jobs.state(ident)


def test_what_waits_is_one_person_s(place: str) -> None:
    _killed(place, 1)
    assert Path(f"{place}-adding").stat().st_mode & 0o077 == 0
