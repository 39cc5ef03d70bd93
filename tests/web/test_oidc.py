"""Sign-in at an OpenID Connect provider: who gets in, and every way in which nobody does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from onrecord.errors import UsageError
from onrecord.web.auth.oidc import OpenIdClient, provider_of
from onrecord.web.auth.people import Role
from tests.web.opening import accounted, app_of, opened

pytest.importorskip("authlib", reason="authlib is not installed (pip install onrecord[oidc])")
from tests.web.provider import CLIENT, SECRET, Playing, playing


@pytest.fixture(scope="module")
def provider() -> Iterator[Playing]:
    """A provider; each test tells it what to play."""
    with playing() as told:
        yield told


@pytest.fixture
def desk(desk_file: str, provider: Playing) -> Iterator[TestClient]:
    """A browser at a desk whose people sign in at the provider; eve has an account without a password."""
    provider.claims, provider.signs_with, provider.calls_itself = {}, None, None
    accounted(desk_file)
    with opened(desk_file) as client:
        accounts = app_of(client).state.gate.accounts
        accounts.add("eve@newsroom.example", Role.EDITOR)
        app_of(client).state.elsewhere = OpenIdClient(_provider(provider), accounts)
        yield client


def _provider(provider: Playing, **more: str) -> Any:
    told = {"ISSUER": provider.issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET, **more}
    return provider_of({f"ONRECORD_OIDC_{name}": value for name, value in told.items()})


def _sent_back(client: TestClient, place: str = "/accounts") -> str:
    """Go to the provider and sign in there; the address that it sends the browser back to."""
    there = client.get(f"/sign-in/elsewhere?next={place}")
    assert there.status_code == 303
    back: str = httpx.get(there.headers["location"]).headers["location"]
    assert back.startswith("http://localhost:8710/sign-in/back?code=")
    return back


def test_who_has_an_account_gets_in(desk: TestClient) -> None:
    assert "Sign in with 127.0.0.1" in desk.get("/sign-in").text
    before = desk.cookies["onrecord"]
    answer = desk.get(_sent_back(desk))
    assert answer.status_code == 303 and answer.headers["location"] == "/accounts"
    assert desk.cookies["onrecord"] != before
    told = desk.get("/api/v1/me").json()
    assert (told["name"], told["role"]) == ("eve@newsroom.example", "editor")


def test_somebody_is_known_by_more_than_an_address(desk: TestClient, provider: Playing) -> None:
    desk.get(_sent_back(desk))
    provider.claims = {"email": "new@newsroom.example"}
    desk.cookies.clear()
    assert desk.get(_sent_back(desk)).status_code == 303
    assert desk.get("/api/v1/me").json()["name"] == "eve@newsroom.example"
    provider.claims = {"sub": "person-8"}
    desk.cookies.clear()
    assert desk.get(_sent_back(desk)).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another-desk"},
        {"iss": "https://evil.example"},
        {"nonce": "another"},
        {"exp": int(time.time()) - 3600},
        {"sub": None},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": None},
        {"email": "stranger@newsroom.example"},
    ],
    ids=lambda one: "-".join(one),
)
def test_what_is_not_vouched_for_lets_nobody_in(desk: TestClient, provider: Playing, wrong: dict[str, Any]) -> None:
    provider.claims = wrong
    answer = desk.get(_sent_back(desk))
    assert answer.status_code == 403
    assert desk.get("/api/v1/me").status_code == 401


def test_another_key_lets_nobody_in(desk: TestClient, provider: Playing) -> None:
    from joserfc.jwk import RSAKey

    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert desk.get(_sent_back(desk)).status_code == 403


def test_a_sign_in_that_was_begun_elsewhere_lets_nobody_in(desk: TestClient) -> None:
    back = _sent_back(desk)
    desk.cookies.clear()
    desk.get("/sign-in")
    assert desk.get(back).status_code == 403
    assert desk.get("/sign-in/back?code=x&state=y").status_code == 403
    again = _sent_back(desk)
    assert desk.get(again.replace("state=", "state=x")).status_code == 403
    assert desk.get(again).status_code == 403


def test_a_code_counts_once(desk: TestClient) -> None:
    back = _sent_back(desk)
    assert desk.get(back).status_code == 303
    assert desk.get(back).status_code == 403


def test_whoever_signs_in_there_gets_the_role_that_is_set(desk: TestClient, provider: Playing) -> None:
    accounts = app_of(desk).state.gate.accounts
    app_of(desk).state.elsewhere = OpenIdClient(_provider(provider, ROLE="reader", LABEL="the newsroom"), accounts)
    provider.claims = {"email": "stranger@newsroom.example"}
    assert desk.get(_sent_back(desk)).status_code == 303
    assert desk.get("/api/v1/me").json()["role"] == "reader"


def test_a_provider_that_calls_itself_otherwise_is_not_believed(
    desk: TestClient, provider: Playing, caplog: pytest.LogCaptureFixture
) -> None:
    provider.calls_itself = "https://evil.example"
    answer = desk.get("/sign-in/elsewhere")
    assert answer.status_code == 503 and "evil.example" not in answer.text
    assert "ONRECORD_OIDC_ISSUER" in caplog.text


def test_a_provider_that_does_not_answer_is_told(desk: TestClient) -> None:
    told = provider_of({"ONRECORD_OIDC_ISSUER": "http://127.0.0.1:1", "ONRECORD_OIDC_CLIENT_ID": "x"})
    assert told is not None
    app_of(desk).state.elsewhere = OpenIdClient(told, app_of(desk).state.gate.accounts)
    assert desk.get("/sign-in/elsewhere").status_code == 503


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"ISSUER": "http://id.example", "CLIENT_ID": "x"}, "is no https address"),
        ({"ISSUER": "https://id.example"}, "no client id"),
        ({"ISSUER": "https://id.example", "CLIENT_ID": "x", "ROLE": "king"}, "no role 'king'"),
    ],
)
def test_a_set_up_that_does_not_add_up_is_told(told: dict[str, str], fault: str) -> None:
    with pytest.raises(UsageError, match=fault):
        provider_of({f"ONRECORD_OIDC_{name}": value for name, value in told.items()})


def test_without_a_provider_there_is_none(desk: TestClient) -> None:
    assert provider_of({}) is None
    app_of(desk).state.elsewhere = None
    assert "Sign in with" not in desk.get("/sign-in").text
    assert desk.get("/sign-in/elsewhere").status_code == 404
