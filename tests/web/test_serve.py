"""`onrecord serve` and `onrecord account` as processes: what they bind, what they refuse, how they stop."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from onrecord.cli.app import run
from tests.web.opening import PASSWORD

_PATIENCE_S = 60.0


@contextmanager
def served(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """A running server, its address, and the lines that it printed first."""
    line = [sys.executable, "-m", "onrecord", "serve", "--port", "0", "--tagger", "rules", *arguments]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        told: list[str] = []
        while not told or not told[-1].startswith("serving "):
            told.append(process.stdout.readline())
            assert told[-1], process.stderr.read() if process.stderr else ""
        yield process, told[-1].split(" at ")[1].split(" · ")[0], told
    finally:
        process.kill()
        process.communicate()


def test_one_command_makes_a_desk_and_opens_it(tmp_path: Path) -> None:
    desk = tmp_path / "desk.db"
    with served("--desk", str(desk)) as (process, place, told), httpx.Client(timeout=_PATIENCE_S) as browser:
        assert told[0].startswith(f"made a new desk: {desk}")
        assert place.startswith("http://127.0.0.1:")
        assert browser.get(f"{place}api/v1/stories").json()["total"] == 0
        assert browser.get(f"{place}api/v1/stories", headers={"host": "evil.example"}).status_code == 421
        assert browser.get(f"{place}api/v1/openapi.json").headers["content-encoding"] == "gzip"
        text = {"text": "Mayor Ann Orr said the dam holds.", "outlet": "Quay Gazette"}
        job = browser.post(f"{place}api/v1/stories/dam/reports", json=text).json()
        until = time.monotonic() + _PATIENCE_S
        while job["state"] not in ("done", "failed") and time.monotonic() < until:
            time.sleep(0.1)
            job = browser.get(f"{place}api/v1/jobs/{job['id']}").json()
        assert job["state"] == "done", job
        process.send_signal(signal.SIGINT)
        out, fault = process.communicate(timeout=_PATIENCE_S)
        assert (process.returncode, out, fault) == (0, "stopped\n", "")
    assert run(["claims", "dam", "--desk", str(desk)]) == 0


def test_a_terminated_server_ends_cleanly(tmp_path: Path) -> None:
    with served("--desk", str(tmp_path / "desk.db")) as (process, _place, _told):
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=_PATIENCE_S)
        assert process.returncode in (0, -signal.SIGTERM)


def _complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["serve", *arguments]) == 2
    told = capsys.readouterr()
    assert told.err.count("\n") == 1 and told.err.count(" · ") == 2 and told.err.startswith("error: ")
    return told.err


@pytest.mark.parametrize("wide", [("--host", "0.0.0.0"), ("--name", "desk.example"), ("--host", "192.0.2.1")])
def test_a_desk_without_accounts_is_not_served_to_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wide: tuple[str, str]
) -> None:
    told = _complaint(capsys, "--desk", str(tmp_path / "desk.db"), *wide)
    assert "a desk without accounts is served to this machine only" in told and "onrecord account add" in told


def test_a_port_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        told = _complaint(capsys, "--desk", str(tmp_path / "desk.db"), "--port", port)
        assert "address already in use" in told and f"127.0.0.1:{port}" in told


def test_what_is_no_desk_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("no desk")
    assert "not a desk" in _complaint(capsys, "--desk", str(other))
    assert "no such folder" in _complaint(capsys, "--desk", str(tmp_path / "none" / "desk.db"))
    assert "no PostgreSQL server answers" in _complaint(capsys, "--desk", "postgresql://x@127.0.0.1:1/none")


def _account(monkeypatch: pytest.MonkeyPatch, desk: str, *arguments: str, typed: str = f"{PASSWORD}\n") -> int:
    import io

    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return run(["account", *arguments, "--desk", desk])


def test_accounts_are_managed_by_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = str(tmp_path / "desk.db")
    assert _account(monkeypatch, desk, "add", "ada", "--role", "administrator") == 0
    assert _account(monkeypatch, desk, "add", "eve", "--role", "editor", "--story", "dam") == 0
    assert _account(monkeypatch, desk, "add", "bot", "--no-password") == 0
    capsys.readouterr()
    assert _account(monkeypatch, desk, "token", "bot", "--label", "nightly", "--days", "30") == 0
    token = capsys.readouterr().out.strip()
    assert token.startswith("onr_")
    assert _account(monkeypatch, desk, "list", "--format", "json") == 0
    held = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["role"], one["stories"], one["password"]) for one in held] == [
        ("ada", "administrator", None, True),
        ("bot", "reader", None, False),
        ("eve", "editor", ["dam"], True),
    ]
    assert held[1]["tokens"][0]["label"] == "nightly" and token not in json.dumps(held)
    assert _account(monkeypatch, desk, "token", "bot", "--take-back", held[1]["tokens"][0]["id"]) == 0
    assert _account(monkeypatch, desk, "role", "eve", "reader") == 0
    assert _account(monkeypatch, desk, "stories", "eve") == 0
    assert _account(monkeypatch, desk, "password", "eve", typed="another password\n") == 0
    assert _account(monkeypatch, desk, "remove", "bot") == 0
    capsys.readouterr()
    assert _account(monkeypatch, desk, "list") == 0
    assert capsys.readouterr().out == "ada  administrator, sees every story\neve  reader, sees every story\n"
    for wrong in (
        ("add", "ada"),
        ("add", "zoe", "--role", "king"),
        ("remove", "zoe"),
        ("remove", "ada"),
        ("token", "zoe"),
        ("token", "ada", "--take-back", "%"),
        ("role", "eve", "king"),
    ):
        assert _account(monkeypatch, desk, *wrong) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1 and told.count(" · ") == 2, told
    assert _account(monkeypatch, desk, "add", "zoe", typed="short\n") == 2


def test_a_team_signs_in_over_a_real_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = str(tmp_path / "desk.db")
    assert _account(monkeypatch, desk, "add", "ada", "--role", "administrator") == 0
    with served("--desk", desk, "--host", "0.0.0.0", "--name", "127.0.0.1") as (_process, told, _lines):
        port = told.rpartition(":")[2].rstrip(")")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=_PATIENCE_S) as client:
            page = client.get("/sign-in").text
            csrf = page.split('name="csrf" value="')[1].split('"')[0]
            assert client.get("/api/v1/me").status_code == 401
            form = {"name": "ada", "password": PASSWORD, "csrf": csrf, "next": "/accounts"}
            assert client.post("/sign-in", data=form).headers["location"] == "/accounts"
            assert client.get("/api/v1/me").json()["name"] == "ada"


@pytest.mark.skipif(os.name != "posix", reason="permissions of files as POSIX has them")
def test_an_older_desk_that_cannot_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    from sqlalchemy import create_engine, text

    from onrecord.ledger.desk import open_desk
    from onrecord.ledger.storage.access_file import access_path
    from onrecord.ledger.storage.searching import Wanted
    from tests.ledger.builder import PlainBuilder
    from tests.web.opening import filled

    place = tmp_path / "desk.db"
    filled(str(place))
    engine = create_engine(f"sqlite:///{place}")
    with engine.begin() as connection:
        for name in ("claim_addresses", "claim_words", "texts_search", "report_texts"):
            connection.execute(text(f"DROP TABLE {name}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    access_path(place).unlink()
    from onrecord.web.auth.accounts import Accounts

    monkey = pytest.MonkeyPatch()
    with monkey.context() as patch:
        asked = os.access
        patch.setattr(os, "access", lambda path, mode: "desk" not in str(path) and asked(path, mode))
        with open_desk(str(place), PlainBuilder()) as held:
            assert len(held.story("dam").claims) == 2
            assert not Accounts(held.store).exist()
    with open_desk(str(place), PlainBuilder()) as held:
        assert len(held.story("dam").claims) == 2
        assert not Accounts(held.store).exist()
        assert [hit.kind for hit in held.find(Wanted(words="Lee said"))] == ["text", "text"]
        with held.store.view() as view:
            assert view.connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0005"
