"""Who gets in, what they may do and see, and what no other site can do in their name."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from onrecord.errors import UsageError
from onrecord.web.auth import rate_limit
from onrecord.web.auth.accounts import Accounts
from onrecord.web.auth.people import Role, local_person
from onrecord.web.auth.sessions import SESSION_HOURS
from tests.ledger.postgres import Databases, find_server, server
from tests.web.opening import PASSWORD, STORY, accounted, app_of, csrf, filled, only_ticket, opened, sign_in

CLAIMS = f"/api/v1/stories/{STORY}/claims"


def test_a_desk_without_accounts_is_its_users_on_this_machine(alone: TestClient) -> None:
    told = alone.get("/api/v1/me").json()
    assert told["role"] == "administrator" and told["stories"] is None


def test_every_answer_carries_the_headers(alone: TestClient) -> None:
    for place in ("/sign-in", "/api/v1/me", "/nowhere", "/api/v1/stories/none"):
        headers = alone.get(place).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


def test_what_nobody_foresaw_tells_nothing(alone: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_name: str) -> object:
        raise RuntimeError("a secret of the machine")

    app_of(alone).state.story_cache.shelved = broken
    answer = alone.get(CLAIMS)
    assert answer.status_code == 500 and list(answer.json()) == ["error"] and "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "a secret of the machine" in caplog.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8710", "127.0.0.1.evil.example", "localhost.evil", ""])
def test_a_name_that_is_not_the_desks_is_not_answered(alone: TestClient, host: str) -> None:
    answer = alone.get("/api/v1/stories", headers={"host": host})
    assert answer.status_code == 421 and "dam" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8710", "[::1]:8710"])
def test_the_loopback_by_any_of_its_names_is_answered(alone: TestClient, host: str) -> None:
    assert alone.get("/api/v1/me", headers={"host": host}).status_code == 200


def test_names_given_are_answered_only_to_who_signs_in(desk_file: str) -> None:
    with opened(desk_file, names=("desk.example",)) as client:
        assert client.get("/api/v1/stories", headers={"host": "desk.example"}).status_code == 401
        assert client.get("/api/v1/stories").status_code == 401


def test_nobody_sees_anything_before_signing_in(team: TestClient) -> None:
    for place in ("/api/v1/stories", CLAIMS, "/api/v1/search?q=dam", "/api/v1/log", "/api/v1/entries/1"):
        answer = team.get(place)
        assert answer.status_code == 401 and "Ann" not in answer.text
    answer = team.get("/accounts?x=1")
    assert answer.status_code == 303 and answer.headers["location"] == "/sign-in?next=/accounts%3Fx%3D1"


def test_who_signs_in_gets_a_new_ticket_and_goes_on(team: TestClient) -> None:
    team.get("/sign-in")
    before = team.cookies["onrecord"]
    answer = sign_in(team, "eve", next="/stories/dam")
    assert answer.status_code == 303 and answer.headers["location"] == "/stories/dam"
    assert team.cookies["onrecord"] != before
    told = answer.headers["set-cookie"]
    assert "HttpOnly" in told and "SameSite=Lax" in told and "Path=/" in told and "Secure" not in told
    assert team.get("/api/v1/me").json() == {"name": "eve", "role": "editor", "stories": None}
    only_ticket(team, before)
    assert team.get("/api/v1/me").status_code == 401


def test_over_https_the_ticket_is_for_this_host_alone(desk_file: str) -> None:
    with opened(desk_file, https=True, names=("desk.example",)) as client:
        told = client.get("/sign-in").headers["set-cookie"]
        assert told.startswith("__Host-onrecord=") and told.endswith("; Secure")
        assert "max-age" in client.get("/sign-in").headers["strict-transport-security"]


def test_who_signs_out_is_out_everywhere(team: TestClient) -> None:
    sign_in(team, "eve")
    ticket = team.cookies["onrecord"]
    answer = team.post("/sign-out", data={"csrf": csrf(team)})
    assert answer.headers["location"] == "/sign-in"
    assert team.cookies["onrecord"] != ticket
    only_ticket(team, ticket)
    assert team.get("/api/v1/me").status_code == 401


def test_a_session_ends_by_itself(team: TestClient) -> None:
    sign_in(team, "eve")
    accounts: Accounts = app_of(team).state.gate.accounts
    now = accounts.clock
    accounts.clock = lambda: now() + timedelta(hours=SESSION_HOURS, minutes=1)
    assert team.get("/api/v1/me").status_code == 401


def test_the_store_holds_no_ticket_token_or_password(team: TestClient) -> None:
    sign_in(team, "ada")
    token = app_of(team).state.gate.passes.issue("eve", "nightly")
    with app_of(team).state.desk.store.view() as view:
        held = ""
        for table in ("accounts", "account_sessions", "account_tokens"):
            held += str(view.connection.execute(text(f"SELECT * FROM {table}")).all())
    assert "$argon2id$" in held
    for secret in (team.cookies["onrecord"], token, token.removeprefix("onr_"), PASSWORD):
        assert secret not in held


@pytest.mark.parametrize("name", ["eve", "nobody", "", "EVE\x00", "x" * 400])
def test_wrong_names_and_wrong_passwords_read_the_same(team: TestClient, name: str) -> None:
    answer = sign_in(team, name, "not the password")
    assert answer.status_code == 401
    assert "name or password is not right" in answer.text
    known = sign_in(team, "rob", "not the password")
    bare = [re.sub(r'value="[^"]*"', "", one.text) for one in (answer, known)]
    assert bare[0] == bare[1]


def test_unknown_names_take_as_long_as_wrong_passwords(team: TestClient) -> None:
    from argon2 import PasswordHasher

    accounts: Accounts = app_of(team).state.gate.accounts
    accounts.hasher = PasswordHasher(time_cost=8, memory_cost=8192, parallelism=1)
    accounts.change("eve", password=PASSWORD)
    accounts.signed_in("warm up", "x")

    def shortest_s(name: str) -> float:
        taken = []
        for _ in range(4):
            start = time.perf_counter()
            assert accounts.signed_in(name, "wrong") is None
            taken.append(time.perf_counter() - start)
        return min(taken)

    assert 0.5 < shortest_s("eve") / shortest_s("nobody") < 2.0


def test_wrong_passwords_slow_down_and_never_lock_out() -> None:
    pace = rate_limit.RateLimit()
    delays = []
    for _ in range(9):
        delays.append(pace.delay_s("eve"))
        pace.tried("eve")
    assert delays[:3] == [0.0, 0.0, 0.0] and delays == sorted(delays) and 4.0 <= delays[-1] <= 8.0
    assert pace.delay_s("rob") == 0.0
    pace.right("eve")
    assert pace.delay_s("eve") == 0.0


def test_too_many_sign_ins_from_one_place_are_told_when_to_come_back(team: TestClient) -> None:
    pace = app_of(team).state.gate.pace
    with pytest.raises(rate_limit.TooMany):
        for _ in range(100):
            pace.sign_in("testclient")
    answer = sign_in(team, "eve")
    assert answer.status_code == 429 and 0 < int(answer.headers["retry-after"]) <= 60


def test_too_many_writes_are_told_when_to_come_back(alone: TestClient) -> None:
    with pytest.raises(rate_limit.TooMany):
        for _ in range(1000):
            app_of(alone).state.gate.pace.write(local_person().name)
    answer = alone.post("/api/v1/entries/1/undo", json={})
    assert answer.status_code == 429 and answer.json()["error"].startswith("too many writes · ")


# Roles and stories.


def _token(team: TestClient, name: str) -> dict[str, str]:
    return {"authorization": f"Bearer {app_of(team).state.gate.passes.issue(name, 'test')}"}


@pytest.mark.parametrize(
    ("name", "read", "write", "manage"),
    [("rob", 200, 403, 403), ("eve", 200, 404, 403), ("sam", 200, 404, 403), ("ada", 200, 404, 200)],
)
def test_each_role_does_what_it_may(team: TestClient, name: str, read: int, write: int, manage: int) -> None:
    mine = _token(team, name)
    wish = {"verdict": "accept", "ids": ["no-such-claim"]}
    assert team.get(CLAIMS, headers=mine).status_code == read
    assert team.post(f"/api/v1/stories/{STORY}/decisions", json=wish, headers=mine).status_code == write
    assert team.get("/api/v1/accounts", headers=mine).status_code == manage


def test_a_story_that_is_not_to_be_seen_is_as_if_it_were_not_there(team: TestClient) -> None:
    mine, all_of_them = _token(team, "sam"), _token(team, "eve")
    hidden = team.get("/api/v1/stories/secret/claims", headers=mine)
    absent = team.get("/api/v1/stories/nothing/claims", headers=mine)
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json()["error"].replace("secret", "nothing") == absent.json()["error"]
    assert [one["story"] for one in team.get("/api/v1/stories", headers=mine).json()["items"]] == [STORY]
    entries = team.get("/api/v1/log?limit=200", headers=all_of_them).json()["items"]
    theirs = next(one["seq"] for one in entries if one["story"] == "secret")
    assert team.get(f"/api/v1/entries/{theirs}", headers=mine).status_code == 404
    assert team.get(f"/api/v1/entries/{theirs}", headers=all_of_them).status_code == 200
    assert {one["story"] for one in team.get("/api/v1/log?limit=200", headers=mine).json()["items"]} == {STORY}
    assert team.get("/api/v1/search?q=vault", headers=mine).json()["total"] == 0
    assert team.get("/api/v1/search?q=vault", headers=all_of_them).json()["total"] == 1
    assert team.get("/api/v1/jobs?story=secret", headers=mine).status_code == 404
    assert team.post("/api/v1/stories/secret/reports", json={"text": "x"}, headers=mine).status_code == 404


def test_another_role_and_removal_count_at_once(team: TestClient) -> None:
    accounts: Accounts = app_of(team).state.gate.accounts
    mine = _token(team, "eve")
    sign_in(team, "eve")
    accounts.change("eve", role=Role.READER)
    assert team.get("/api/v1/me").json()["role"] == "reader"
    accounts.remove("eve")
    assert team.get("/api/v1/me").status_code == 401
    assert team.get("/api/v1/me", headers=mine).status_code == 401


def test_a_new_password_ends_the_sessions(team: TestClient) -> None:
    sign_in(team, "eve")
    app_of(team).state.gate.accounts.change("eve", password="another password")
    assert team.get("/api/v1/me").status_code == 401
    assert sign_in(team, "eve", "another password").status_code == 303


def test_a_wrong_token_is_nobody_even_beside_a_good_ticket(team: TestClient) -> None:
    sign_in(team, "ada")
    for told in (b"onr_wrong", b"", b"\xff\xfe"):
        assert team.get("/api/v1/me", headers={b"authorization": b"Bearer " + told}).status_code == 401


def test_a_token_ends_when_its_days_are_over_or_it_is_taken_back(team: TestClient) -> None:
    gate = app_of(team).state.gate
    token = gate.passes.issue("eve", "short", days=1)
    mine = {"authorization": f"Bearer {token}"}
    assert team.get("/api/v1/me", headers=mine).json()["name"] == "eve"
    now = gate.accounts.clock
    gate.accounts.clock = lambda: now() + timedelta(days=1, minutes=1)
    assert team.get("/api/v1/me", headers=mine).status_code == 401
    gate.accounts.clock = now
    gate.passes.take_back(gate.passes.tokens("eve")[0].id)
    assert team.get("/api/v1/me", headers=mine).status_code == 401


def test_the_last_administrator_stays(team: TestClient) -> None:
    accounts: Accounts = app_of(team).state.gate.accounts
    with pytest.raises(UsageError, match="last administrator"):
        accounts.remove("ada")
    with pytest.raises(UsageError, match="last administrator"):
        accounts.change("ADA", role=Role.READER)


@pytest.mark.parametrize("name", ["", "  ", "a/b", "x" * 101, "a\x00b", "a‮b"])
def test_names_that_cannot_be_told_apart_are_no_accounts(team: TestClient, name: str) -> None:
    with pytest.raises(UsageError, match="no name for an account"):
        app_of(team).state.gate.accounts.add(name, Role.READER)


def test_names_are_one_however_they_are_written(team: TestClient) -> None:
    for name, why in (("EVE", "there already"), (" eve ", "there already"), ("ｅｖｅ", "taken for another name")):
        with pytest.raises(UsageError, match=why):
            app_of(team).state.gate.accounts.add(name, Role.READER)


# Forms that other sites send.


def test_a_form_without_the_pages_token_does_nothing(team: TestClient) -> None:
    for told in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "é"}):
        answer = team.post("/sign-in", data={"name": "eve", "password": PASSWORD, **told})
        assert answer.status_code == 403
    sign_in(team, "ada")
    answer = team.post("/accounts", data={"name": "mallory", "role": "administrator", "password": PASSWORD})
    assert answer.status_code == 403
    assert "mallory" not in [one.name for one in app_of(team).state.gate.accounts.listed()]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_site_sends_does_nothing(alone: TestClient, headers: dict[str, str]) -> None:
    wish = {"verdict": "accept", "ids": ["the-dam-holds"]}
    place = f"/api/v1/stories/{STORY}/decisions"
    assert alone.post(place, json=wish, headers=headers).status_code == 403
    token = csrf(alone)
    assert alone.post("/sign-out", data={"csrf": token}, headers=headers).status_code == 403
    assert alone.post(place, json=wish, headers={"origin": "http://localhost:8710"}).status_code == 201


def test_a_plain_form_cannot_reach_the_api(alone: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_of(alone).state.jobs, "_run", lambda *_: None)
    place = f"/api/v1/stories/{STORY}/files"
    files = {"files": ("a.txt", b"Ann Orr said the dam holds.")}
    # A browser says that it is one; a program that says nothing of it, as curl does, needs no token here.
    browser = {"sec-fetch-site": "same-origin"}
    assert alone.post(place, files=files, headers=browser).status_code == 403
    assert alone.post(place, files=files, headers={"origin": "http://localhost:8710"}).status_code == 403
    body = '{"verdict": "accept", "ids": ["the-dam-holds"]}'
    plain = {"content-type": "text/plain", **browser}
    assert alone.post(f"/api/v1/stories/{STORY}/decisions", content=body, headers=plain).status_code == 403
    assert alone.post(place, files=files, headers={"x-requested-with": "curl", **browser}).status_code == 202
    alone.cookies.clear()
    assert alone.post(place, files=files).status_code == 202


def test_no_way_leads_from_the_sign_in_to_another_site(team: TestClient) -> None:
    for place in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"):
        answer = sign_in(team, "eve", next=place)
        assert answer.headers["location"] == "/"


# The page of accounts.


def test_administrators_manage_accounts_on_a_page(team: TestClient) -> None:
    sign_in(team, "ada")
    token = csrf(team)
    form = {"csrf": token, "name": "<b>zoe</b>"[3:6], "role": "editor", "password": PASSWORD, "stories": "dam\n"}
    assert team.post("/accounts", data=form).status_code == 303
    page = team.get("/accounts").text
    assert "zoe" in page and "sees dam" in page
    assert team.post("/accounts/zoe", data={"csrf": token, "role": "reader"}).status_code == 303
    made = team.post("/accounts/zoe/token", data={"csrf": token, "label": "<script>"}).text
    secret = re.search(r"onr_[\w-]{43}", made)
    assert secret and "<script>" not in made
    assert secret[0] not in team.get("/accounts").text
    assert team.get("/api/v1/me", headers={"authorization": f"Bearer {secret[0]}"}).json()["name"] == "zoe"
    assert team.post("/accounts/zoe/remove", data={"csrf": token}).status_code == 303
    assert "zoe" not in team.get("/accounts").text
    wrong = team.post("/accounts", data={**form, "password": "short"})
    assert wrong.status_code == 400 and "a password of 5 characters" in wrong.text


def test_editors_do_not_see_the_page_of_accounts(team: TestClient) -> None:
    sign_in(team, "eve")
    assert team.get("/accounts").status_code == 403


def test_a_desk_stays_shut_when_its_last_account_goes(team: TestClient) -> None:
    assert team.get("/api/v1/me").status_code == 401
    for name in ("eve", "rob", "sam", "ada"):
        app_of(team).state.gate.accounts.remove(name)
    assert team.get("/api/v1/me").status_code == 401


def test_a_team_on_postgresql_signs_in_and_decides() -> None:
    pytest.importorskip("psycopg", reason="the PostgreSQL driver is not installed (pip install onrecord[postgres])")
    programs = find_server()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    with server(programs) as postgres:
        address = Databases.fresh(postgres)
        filled(address)
        accounted(address)
        with opened(address) as client:
            assert client.get("/api/v1/stories").status_code == 401
            assert sign_in(client, "sam\x00", "wrong").status_code == 401
            assert sign_in(client, "sam").status_code == 303
            assert [one["story"] for one in client.get("/api/v1/stories").json()["items"]] == [STORY]
            wish = {"verdict": "accept", "ids": ["the-dam-holds"], "why": "seen"}
            landed = client.post(f"/api/v1/stories/{STORY}/decisions", json=wish)
            assert landed.status_code == 201 and landed.json()["entry"]["by"] == "person:sam"
            assert client.get("/api/v1/stories/secret").status_code == 404
            mine = {"authorization": f"Bearer {app_of(client).state.gate.passes.issue('ada', 'test')}"}
            told = client.post("/api/v1/accounts", json={"name": "zoe", "stories": [STORY]}, headers=mine)
            assert told.status_code == 201 and told.json()["stories"] == [STORY]
            assert client.delete("/api/v1/accounts/zoe", headers=mine).status_code == 204
            assert client.get("/api/v1/search?q=a%00b").status_code == 400
