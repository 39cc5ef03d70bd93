"""The typed client against a served desk: every operation, walks, and faults as the desk's own line."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from onrecord.client import ApiError, Client, NewReport, Reason, Verdict, Wanted
from onrecord.client.operations import Operations
from onrecord.errors import StoreError, UsageError
from onrecord.ledger.desk import open_desk
from onrecord.web.api.routes import document
from onrecord.web.app import create_app
from onrecord.web.settings import Settings
from tests.ledger.builder import PlainBuilder
from tests.web.opening import STORY, accounted

_PATIENCE_S = 60.0


@pytest.fixture
def served(desk_file: str) -> Iterator[tuple[str, str]]:
    """A desk with accounts behind a real server on loopback: its address, and an editor's token."""
    accounted(desk_file)
    with open_desk(desk_file, PlainBuilder()) as desk:
        app = create_app(Settings(desk=desk_file, tagger="rules"), desk)
        token = app.state.gate.passes.issue("eve", "client")
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none", timeout_graceful_shutdown=2))
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            until = time.monotonic() + _PATIENCE_S
            while not server.started and time.monotonic() < until:
                time.sleep(0.02)
            port = server.servers[0].sockets[0].getsockname()[1]
            yield f"http://127.0.0.1:{port}/", token
        finally:
            server.should_exit = True
            thread.join(_PATIENCE_S)


def test_every_operation_of_the_document_is_a_method() -> None:
    told = {one["operationId"] for held in document()["paths"].values() for one in held.values()}
    assert told == {name for name in vars(Operations) if not name.startswith("_")}


def test_a_program_reads_decides_and_walks(served: tuple[str, str]) -> None:
    with Client(*served) as client:
        assert client.desk_me().name == "eve"
        assert client.story_story(STORY).claims == 2
        walked = list(client.walk(client.story_claims, STORY, limit=1, standing="single-origin"))
        assert [one.id for one in walked] == ["the-dam-holds", "the-gates-are-shut"]
        assert not list(client.walk(client.story_claims, STORY, standing="denied"))
        full = client.story_claim(STORY, walked[0].id)
        for one in full.attributions:
            text = client.story_report(STORY, one.report).text
            assert [text[start:end] for start, end in one.content] == one.content_text
        wish = Wanted(verdict=Verdict.SAME, ids=[one.id for one in walked], why="one claim")
        landed = client.work_decide(STORY, wish)
        assert landed.told and landed.entry.by == "person:eve"
        assert client.story_claims(STORY).total == 1
        client.work_undo(landed.entry.seq, Reason(why="two after all"))
        assert client.story_claims(STORY).total == 2
        assert [one.seq for one in client.walk(client.desk_log, limit=3)] == list(
            range(1, client.desk_log(limit=1).total + 1)
        )
        assert "claims" in client.story_file(STORY)


def test_what_is_known_is_not_sent_again(served: tuple[str, str]) -> None:
    with Client(*served) as client:
        answers: list[int] = []
        client._http.event_hooks = {"response": [lambda answer: answers.append(answer.status_code)]}
        assert client.story_claims(STORY) == client.story_claims(STORY)
        assert answers == [httpx.codes.OK, httpx.codes.NOT_MODIFIED]


def test_reports_are_added_as_text_and_as_files(served: tuple[str, str], tmp_path: Path) -> None:
    place = tmp_path / "post.txt"
    place.write_text("Harbour master Bo Lee denied on Friday that the dam holds.\n")
    with Client(*served) as client:
        for job in (
            client.work_add_report("new", NewReport(text="Mayor Ann Orr said the dam holds.", outlet="Quay Gazette")),
            client.work_add_files("new", [place, ("empty.txt", b"")]),
        ):
            until, told = time.monotonic() + _PATIENCE_S, job
            while told.state not in ("done", "failed") and time.monotonic() < until:
                time.sleep(0.05)
                told = client.work_job(job.id)
            assert told.state == "done", told
        assert client.story_reports("new").total == 2
        with pytest.raises(UsageError, match=r"none.txt · name a file"):
            client.work_add_files("new", [tmp_path / "none.txt"])


def test_what_is_refused_comes_as_the_desks_own_line(served: tuple[str, str]) -> None:
    address, token = served
    with Client(address, token) as client:
        for asked, status in (
            (lambda: client.story_claim(STORY, "none"), 404),
            (lambda: client.story_claims(STORY, cursor="x"), 400),
            (lambda: client.story_claims(STORY, limit=0), 422),
            (lambda: client.desk_entry(10**20), 404),
            (lambda: client.accounts_accounts(), 403),
            (lambda: client.story_story("../../me"), 404),
        ):
            with pytest.raises(ApiError) as refused:
                asked()
            assert refused.value.status == status and str(refused.value).count(" · ") == 2
    with Client(address) as client, pytest.raises(ApiError, match="nobody is signed in") as refused:
        client.desk_stories()
    assert refused.value.status == 401
    with Client("http://127.0.0.1:1") as client, pytest.raises(StoreError, match="no desk answers"):
        client.desk_stories()
