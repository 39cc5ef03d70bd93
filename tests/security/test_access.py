"""Nobody gets in by another name, by haste, or by what should have ended; nobody holds the door for all others."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from onrecord.errors import UsageError
from onrecord.ledger.desk import open_desk
from onrecord.web.auth import rate_limit
from onrecord.web.auth.accounts import Accounts
from onrecord.web.auth.login import _HASHING
from onrecord.web.auth.oidc import OpenIdClient, Provider
from onrecord.web.auth.people import NotAllowed, Role
from onrecord.web.patience import Patient
from tests.ledger.builder import PlainBuilder
from tests.running import run_apart
from tests.web.opening import PASSWORD, accounted, app_of, csrf, filled, opened, quick, sign_in


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A desk with two stories and accounts."""
    made = str(tmp_path / "desk.db")
    filled(made)
    accounted(made)
    return made


@pytest.fixture
def team(place: str) -> Iterator[TestClient]:
    """A browser at it."""
    with opened(place) as client:
        yield client


@pytest.fixture
def accounts(place: str) -> Iterator[Accounts]:
    """The accounts themselves."""
    with open_desk(place, PlainBuilder()) as held:
        yield quick(Accounts(held.store))


# Names.


@pytest.mark.parametrize("name", ["ａda", "аda", "аdа", "ⅰda", "eνe", "ada\u200b", "ﬁna"])
def test_no_account_is_made_that_looks_like_another(name: str, accounts: Accounts) -> None:
    with pytest.raises(UsageError):
        accounts.add(name, Role.READER, PASSWORD)


def test_names_of_one_script_are_all_fine(accounts: Accounts) -> None:
    for name in ("zoë", "Жанна", "Ελένη", "张伟", "user2", "o.brien@desk.example"):
        assert accounts.add(name, Role.READER) == name


class _Elsewhere(OpenIdClient):
    """A provider that has vouched already."""

    def check(self, claims: dict[str, object]) -> str:
        """The account of somebody with these claims."""
        self._addressed(claims)
        return self._account(claims)


@pytest.fixture
def elsewhere(accounts: Accounts) -> _Elsewhere:
    """A desk that people sign in to elsewhere."""
    accounts.add("vera@desk.example", Role.EDITOR)
    return _Elsewhere(Provider(issuer="https://id.example", client_id="desk-1", client_secret="", label="id"), accounts)


_VERA = {"sub": "1", "email": "vera@desk.example", "email_verified": True}


@pytest.mark.parametrize(
    ("aud", "azp", "fine"),
    [
        ("desk-1", None, True), (["desk-1"], None, True), (["desk-1", "shop-2"], "desk-1", True),
        (["desk-1", "shop-2"], "shop-2", False), (["desk-1", "shop-2"], None, False), ("desk-1", "shop-2", False),
    ],
)  # fmt: skip
def test_a_sign_in_that_was_issued_to_another_application_lets_nobody_in(
    aud: object, azp: str | None, fine: bool, elsewhere: _Elsewhere
) -> None:
    claims = {**_VERA, "aud": aud, **({"azp": azp} if azp else {})}
    if fine:
        assert elsewhere.check(claims) == "vera@desk.example"
    else:
        with pytest.raises(NotAllowed):
            elsewhere.check(claims)


@pytest.mark.parametrize(
    "email", ["ｖera@desk.example", "vera＠desk.example", "vera@desk。example", "vera@desk.example\n"]
)
def test_an_address_that_folds_to_another_is_nobody_s(email: str, elsewhere: _Elsewhere) -> None:
    with pytest.raises(NotAllowed):
        elsewhere.check({**_VERA, "aud": "desk-1", "email": email})


# Passwords and tokens.


def test_tokens_and_sessions_end_with_a_changed_password(team: TestClient) -> None:
    passes = app_of(team).state.gate.passes
    token, ticket = passes.issue("eve", "script"), passes.open("eve")
    assert passes.bearer(token) and passes.holder(ticket)
    passes.accounts.change("eve", password="another horse")
    assert passes.bearer(token) is None and passes.holder(ticket) is None


def test_several_tries_at_once_gain_nothing() -> None:
    pace, seen = rate_limit.RateLimit(), []

    async def one() -> None:
        async with pace.turns.of("eve"):
            seen.append(pace.delay_s("eve"))
            pace.tried("eve")
            await asyncio.sleep(0)

    async def all_at_once() -> list[object]:
        return await asyncio.gather(*(one() for _ in range(20)), return_exceptions=True)

    ended = run_apart(all_at_once())
    refused = [one for one in ended if isinstance(one, rate_limit.TooMany)]
    assert len(refused) == 20 - rate_limit._MOST_WAITING and len(seen) == rate_limit._MOST_WAITING
    assert seen == sorted(seen) and seen[-1] > 0
    assert not pace.turns._waiting and not pace.turns._locks


def test_passwords_are_not_looked_at_among_the_threads_that_answer_everybody(team: TestClient) -> None:
    names: list[str] = []
    accounts = app_of(team).state.gate.accounts
    real = accounts.signed_in

    def signed_in(name: str, password: str) -> str | None:
        names.append(threading.current_thread().name)
        key: str | None = real(name, password)
        return key

    accounts.signed_in = signed_in
    assert sign_in(team, "eve").status_code == 303
    assert names and all(name.startswith("passwords") for name in names)
    assert _HASHING._max_workers == 2


# Forms and headers.


@pytest.mark.parametrize(("stories", "sees"), [("", "no story"), ("*", "every story"), ("dam", "dam")])
def test_an_empty_list_of_stories_opens_none(stories: str, sees: str, team: TestClient) -> None:
    sign_in(team, "ada")
    form = {"csrf": csrf(team), "name": "zoe", "role": "reader", "password": PASSWORD, "stories": stories}
    assert team.post("/accounts", data=form).status_code == 303
    assert f"reader, sees {sees}" in team.get("/accounts").text
    token = app_of(team).state.gate.passes.issue("zoe", "t")
    team.cookies.clear()
    told = team.get("/api/v1/stories", headers={"authorization": f"Bearer {token}"}).json()["items"]
    assert {one["story"] for one in told} == {"": set(), "*": {"dam", "secret"}, "dam": {"dam"}}[stories]


@pytest.mark.parametrize(
    "host",
    ["localhost:80@evil.example", "localhost:8710/evil", "localhost:", "localhost:999999", "[::1", "localhost\\@e"],
)
def test_a_host_header_that_leads_elsewhere_is_refused(host: str, team: TestClient) -> None:
    answer = team.get("/sign-in", headers={"host": host})
    assert answer.status_code == 421 and "evil" not in answer.headers.get("location", "")


# Connections.


_WHOLE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize(
    "asked", [b"", b"GET / HTTP/1.1\r\nHost: loc", _WHOLE + b"GET / HT", _WHOLE + b"\r\n", _WHOLE * 40]
)
def test_a_connection_on_which_nothing_is_asked_or_taken_is_closed(
    asked: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    import uvicorn

    async def answer(scope: object, receive: object, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"3000000")]})
        await send({"type": "http.response.body", "body": b"x" * 3_000_000})

    monkeypatch.setattr(Patient, "request_s", 0.6)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(answer, http=Patient, lifespan="off", log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    idle = [socket.create_connection(listener.getsockname()) for _ in range(5)]
    try:
        for one in idle:
            one.sendall(asked)
            if asked.startswith(_WHOLE) and len(asked) < 2 * len(_WHOLE):
                _take(one, 3_000_000)
        until = time.monotonic() + 60
        while server.server_state.connections or not server.started:
            assert time.monotonic() < until, "they are held"
            time.sleep(0.05)
    finally:
        for one in idle:
            one.close()
        server.should_exit = True
        thread.join(20)
        listener.close()


def _take(connection: socket.socket, many: int) -> None:
    while many > 0:
        many -= len(connection.recv(1 << 20)) or many
