"""The API: the command line's words, paged, one shape for errors, and nothing hostile gets through or breaks it."""

from __future__ import annotations

import base64
import io
import json
import time
import zipfile
from typing import Any

import pytest
from fastapi.testclient import TestClient

from onrecord.ledger.custody.verify import verify
from onrecord.web.background.jobs import safe_name
from onrecord.web.settings import MAX_UPLOAD_BYTES
from tests.web.opening import STORY, app_of, opened

API = "/api/v1"
AT = f"{API}/stories/{STORY}"


def test_a_story_is_told_as_the_command_line_tells_it(alone: TestClient) -> None:
    head = alone.get(AT).json()
    assert head["reports"] == 3 and head["claims"] == 2 and head["standings"] == {"single-origin": 2}
    claims = alone.get(f"{AT}/claims").json()
    assert claims["total"] == 2 and claims["current"] and claims["head"] == head["head"]
    found = claims["items"][0]
    assert {"id", "text", "members", "origins", "standing", "reason", "rule"} <= found.keys()
    full = alone.get(f"{AT}/claims/{found['id']}").json()
    for one in full["attributions"]:
        text = alone.get(f"{AT}/reports/{one['report']}").json()["text"]
        assert [text[start:end] for start, end in one["content"]] == one["content_text"]


@pytest.mark.parametrize(
    "place",
    [
        "reports",
        "attributions",
        "claims",
        "quotes",
        "exhibits",
        "conflicts",
        "speakers",
        "sources",
        "timeline",
        "changes",
    ],
)
def test_lists_are_paged(alone: TestClient, place: str) -> None:
    whole = alone.get(f"{AT}/{place}").json()
    pieces = []
    for offset in range(whole["total"] + 1):
        told = alone.get(f"{AT}/{place}?offset={offset}&limit=1").json()
        assert told["total"] == whole["total"] and len(told["items"]) <= 1
        pieces.extend(told["items"])
    assert pieces == whole["items"]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "offset=-1", "limit=x", "offset=99999999999999999999"])
def test_a_page_that_cannot_be_is_refused(alone: TestClient, query: str) -> None:
    answer = alone.get(f"{AT}/claims?{query}")
    assert answer.status_code == 422 and list(answer.json()) == ["error"] and "\n" not in answer.json()["error"]


def test_standings_are_told_as_of_an_instant(alone: TestClient) -> None:
    assert alone.get(f"{AT}/claims?as-of=2031-03-06").json()["total"] == 0
    assert alone.get(f"{AT}/claims?as-of=2031-03-07").json()["total"] == 2
    assert alone.get(f"{AT}/claims?as-of=9999-12-31").json()["total"] == 2
    assert alone.get(f"{AT}/claims/the-dam-holds?as-of=2031-03-06").json()["standing"] is None
    for wrong in ("yesterday", "2031-02-30", "9999-12-32", "2031-03-07T25:00Z"):
        answer = alone.get(f"{AT}/claims?as-of={wrong}")
        assert answer.status_code == 400 and "is no date · as-of · write" in answer.json()["error"]


def test_claims_are_filtered(alone: TestClient) -> None:
    def ids(query: str) -> list[str]:
        return [one["id"] for one in alone.get(f"{AT}/claims?{query}").json()["items"]]

    assert ids("standing=single-origin") == ["the-dam-holds", "the-gates-are-shut"] and not ids("standing=denied")
    assert ids("words=GATES+shut") == ["the-gates-are-shut"]
    assert ids("speaker=bo-lee") == ["the-gates-are-shut"]
    assert alone.get(f"{AT}/claims?standing=true").status_code == 422


def test_what_is_not_there_is_said_in_one_line(alone: TestClient) -> None:
    for place in (
        f"{API}/stories/none",
        f"{AT}/claims/none",
        f"{AT}/reports/none",
        f"{API}/entries/999999",
        f"{API}/entries/99999999999999999999",
        f"{API}/jobs/none",
        f"{API}/nothing",
    ):
        answer = alone.get(place)
        assert answer.status_code == 404, place
        assert list(answer.json()) == ["error"] and answer.json()["error"].count(" · ") == 2


# Deciding.


def test_a_decision_lands_and_is_told_at_once(alone: TestClient) -> None:
    ids = [one["id"] for one in alone.get(f"{AT}/claims").json()["items"]]
    wish = {"verdict": "same", "ids": ids, "why": "one claim"}
    answer = alone.post(f"{AT}/decisions", json=wish)
    assert answer.status_code == 201
    landed = answer.json()
    assert landed["told"] and landed["entry"]["act"] == "decided" and landed["meanwhile"] == []
    assert landed["entry"]["payload"]["decision"]["why"] == "one claim"
    assert alone.get(f"{AT}/claims").json()["total"] == 1
    merged = alone.get(f"{AT}/claims").json()["items"][0]
    assert all(alone.get(f"{AT}/claims/{one}").json()["id"] == merged["id"] for one in ids)
    undone = alone.post(f"{API}/entries/{landed['entry']['seq']}/undo", json={"why": "two after all"})
    assert undone.status_code == 201 and alone.get(f"{AT}/claims").json()["total"] == 2
    again = alone.post(f"{API}/entries/{landed['entry']['seq']}/undo", json={})
    assert again.status_code == 400 and "undone already" in again.json()["error"]


def test_what_others_did_meanwhile_is_told(alone: TestClient) -> None:
    seen = alone.get(f"{AT}/claims").json()["head"]
    wish: dict[str, Any] = {"verdict": "accept", "ids": ["the-dam-holds"], "seen": seen}
    first = alone.post(f"{AT}/decisions", json=wish).json()
    second = alone.post(f"{AT}/decisions", json={**wish, "verdict": "not-a-claim"}).json()
    assert [one["seq"] for one in second["meanwhile"]] == [first["entry"]["seq"]]


def test_a_withdrawn_report_is_told_no_more_and_comes_back(alone: TestClient) -> None:
    landed = alone.post(f"{AT}/reports/03/withdraw", json={"why": "a hoax"}).json()
    assert alone.get(f"{AT}/reports").json()["total"] == 2
    assert alone.get(f"{AT}/reports/03").json()["withdrawn"] == landed["entry"]["seq"]
    alone.post(f"{API}/entries/{landed['entry']['seq']}/undo", json={})
    assert alone.get(f"{AT}/reports").json()["total"] == 3


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"verdict": "same"},
        {"verdict": "same", "ids": []},
        {"verdict": "burn", "ids": ["the-dam-holds"]},
        {"verdict": "same", "ids": ["the-dam-holds"]},
        {"verdict": "same", "ids": ["the-dam-holds", "none"]},
        {"verdict": "accept", "ids": ["the-dam-holds"], "more": 1},
        {"verdict": "accept", "ids": ["the-dam-holds"], "seen": -1},
        {"verdict": "rename", "ids": ["the-dam-holds"], "value": "\ud800"},
        {"verdict": "correct-span", "ids": ["01-01"], "content": "999999:9999999"},
        ["verdict"],
        "verdict",
        None,
    ],
)
def test_a_wish_that_cannot_be_decided_enters_nothing(alone: TestClient, wish: object) -> None:
    before = app_of(alone).state.desk.head()
    answer = alone.post(f"{AT}/decisions", content=json.dumps(wish), headers={"content-type": "application/json"})
    assert answer.status_code in (400, 404, 422) and list(answer.json()) == ["error"]
    assert app_of(alone).state.desk.head() == before


def test_a_body_that_is_no_json_is_refused(alone: TestClient) -> None:
    for body in (b"{", b"\xff\xfe", b"[" * 100_000, b'{"verdict": ' + b"9" * 10_000 + b"}"):
        answer = alone.post(f"{AT}/decisions", content=body, headers={"content-type": "application/json"})
        assert answer.status_code in (400, 422), body[:20]


# Adding.


def _ended(client: TestClient, answer: Any) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    told: dict[str, Any] = answer.json()
    until = time.monotonic() + 60
    while told["state"] not in ("done", "failed") and time.monotonic() < until:
        time.sleep(0.05)
        told = client.get(f"{API}/jobs/{told['id']}").json()
    return told


def test_reports_are_added_as_files_and_text(alone: TestClient) -> None:
    files = [
        ("files", ("a.txt", b"Mayor Ann Orr said the dam holds.\n")),
        ("files", ("a.txt", b"Harbour master Bo Lee denied on Friday that the dam holds.\n")),
        ("files", ("empty.txt", b"")),
        ("files", ("../../evil.txt", b"Ann Orr said nothing is lost.\n")),
    ]
    told = _ended(alone, alone.post(f"{API}/stories/new/files", files=files, headers={"x-requested-with": "test"}))
    assert told["state"] == "done", told
    assert sorted(one["fate"] for one in told["outcomes"]) == ["read", "read", "read", "refused"]
    text = {
        "text": "Cy Dahl said: “The dam leaks.”",
        "outlet": "Quay Gazette",
        "date": "2031-03-08",
        "headline": "Leak",
    }
    told = _ended(alone, alone.post(f"{API}/stories/new/reports", json=text))
    assert [one["fate"] for one in told["outcomes"]] == ["read"]
    added = alone.get(f"{API}/stories/new/reports/{told['outcomes'][0]['report']}").json()
    assert (added["outlet"], added["published"], added["headline"]) == ("Quay Gazette", "2031-03-08", "Leak")
    captured = [one for one in alone.get(f"{API}/log?story=new").json()["items"] if one["act"] == "captured"]
    assert all("(added by " in one["payload"]["came_from"] for one in captured)
    assert not any("/" in one["payload"]["came_from"].partition(" (")[0] for one in captured)
    assert alone.get(f"{API}/jobs?story=new").json()["total"] == 2
    assert verify(app_of(alone).state.desk.store).faults == ()


def test_addresses_of_the_own_network_are_not_fetched(alone: TestClient) -> None:
    for url in (
        "http://127.0.0.1:1/x",
        "http://[::1]/",
        "file:///etc/passwd",
        "gopher://x",
        "javascript:alert(1)",
        "x",
    ):
        told = _ended(alone, alone.post(f"{API}/stories/new/reports", json={"url": url}))
        assert [one["fate"] for one in told["outcomes"]] == ["refused"], url
    assert alone.get(f"{API}/stories/new").status_code == 404


def test_what_is_no_report_is_refused(alone: TestClient) -> None:
    assert alone.post(f"{API}/stories/new/reports", json={}).status_code == 400
    assert alone.post(f"{API}/stories/new/reports", json={"text": " \n"}).status_code == 400
    assert alone.post(f"{API}/stories/%20/reports", json={"text": "x"}).status_code == 400
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../x.txt", "x")
    files = {"files": ("x.zip", packed.getvalue())}
    told = _ended(alone, alone.post(f"{API}/stories/new/files", files=files, headers={"x-requested-with": "test"}))
    assert [one["fate"] for one in told["outcomes"]] == ["refused"]


def test_more_than_the_desk_takes_is_refused_before_it_is_read(desk_file: str) -> None:
    with opened(desk_file, max_upload_bytes=1000) as client:
        answer = client.post(f"{AT}/decisions", content=b"x" * 1001, headers={"content-type": "application/json"})
        assert answer.status_code == 413 and "too much at once" in answer.json()["error"]

        def endless() -> Any:
            for _ in range(100):
                yield b"x" * 100

        streamed = client.post(f"{AT}/decisions", content=endless(), headers={"content-type": "application/json"})
        assert streamed.status_code in (400, 413, 422)
    assert MAX_UPLOAD_BYTES >= 5_000_000


def test_a_stopping_server_finishes_the_report_at_hand(alone: TestClient) -> None:
    jobs = app_of(alone).state.jobs
    files = [("files", (f"{name}.txt", f"Ann Orr said gate {name} holds.\n".encode())) for name in "abc"]
    jobs._closed = True
    begun = alone.post(f"{API}/stories/new/files", files=files, headers={"x-requested-with": "test"})
    told = alone.get(f"{API}/jobs/{begun.json()['id']}").json()
    # What was accepted is kept for when the server is started again.
    assert told["state"] == "waiting"
    assert verify(app_of(alone).state.desk.store).faults == ()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("a.txt", "a.txt"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\a.html", "a.html"),
        ("..", "report"),
        ("", "report"),
        (".hidden", "hidden"),
        ("a\x00‮b.txt", "ab.txt"),
        ("x" * 300 + ".html", "x" * 175 + ".html"),
    ],
)
def test_names_of_uploads_stay_in_their_folder(told: str, kept: str) -> None:
    assert safe_name(told) == kept


# Hostile input.

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "‮⁦ evil \u2028\u2029",
    "a\x00b",
    "'; DROP TABLE entries; --",
    "{{ 7*7 }}${7*7}",
    "\U0001f327" * 50,
)
HOSTILE_NAMES = ("script", "attribute", "address", "bidi", "NUL", "SQL", "template", "astral")


@pytest.mark.parametrize("words", HOSTILE, ids=HOSTILE_NAMES)
def test_hostile_words_in_every_field_come_back_as_words(alone: TestClient, words: str) -> None:
    wishes: list[dict[str, object]] = [
        {"verdict": "rename", "ids": ["the-dam-holds"], "value": words, "why": words},
        {"verdict": "speaker-is", "ids": ["01-01"], "value": words, "why": words},
        {"verdict": "accept", "ids": [words], "why": words},
    ]
    for wish in wishes:
        assert alone.post(f"{AT}/decisions", json=wish).status_code in (201, 400, 404)
    for place in (f"{AT}/claims", f"{AT}/speakers", f"{API}/log", f"{AT}/changes"):
        answer = alone.get(place)
        assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    params = {"q": words, "speaker": words, "story": words, "since": words}
    for name in ("q", "speaker", "story"):
        assert alone.get(f"{API}/search", params={"q": "dam", name: params[name]}).status_code in (200, 400)
    assert alone.get(f"{API}/search", params=params).status_code in (400, 422)
    assert alone.get(f"{AT}/claims", params={"as-of": words}).status_code in (400, 422)
    assert alone.post(f"{API}/accounts", json={"name": words[:100], "stories": [words]}).status_code in (201, 400)
    assert verify(app_of(alone).state.desk.store).faults == ()


def test_a_title_of_five_megabytes_does_no_harm(alone: TestClient) -> None:
    title = "<b>" + "title ‮" * 700_000
    text = {"text": "Ann Orr said the dam holds.", "headline": title, "outlet": HOSTILE[0], "date": "2031-03-08"}
    told = _ended(alone, alone.post(f"{API}/stories/big/reports", json=text))
    assert told["state"] == "done", told
    assert alone.get(f"{API}/stories/big/claims").status_code == 200
    assert alone.get(f"{API}/stories/big/reports").status_code == 200


# The document.


def test_the_document_describes_every_answer(alone: TestClient) -> None:
    doc = alone.get(f"{API}/openapi.json").json()
    assert doc["openapi"].startswith("3.1")
    for path, operations in doc["paths"].items():
        for method, one in operations.items():
            assert one["summary"] and one["description"], (method, path)
            assert "429" in one["responses"]
    ids = [one["operationId"] for held in doc["paths"].values() for one in held.values()]
    assert len(ids) == len(set(ids))


# Walks by cursor.

PLACES = ("reports", "attributions", "claims", "quotes", "exhibits", "conflicts", "speakers", "sources", "timeline")


def _walk(client: TestClient, place: str, limit: int = 1) -> list[Any]:
    joint, cursor, found = "&" if "?" in place else "?", "", []
    while cursor is not None:
        page = client.get(f"{place}{joint}limit={limit}&cursor={cursor}").json()
        found.extend(page["items"])
        cursor = page["next"]
    return found


@pytest.mark.parametrize(
    "place", [*(f"{AT}/{one}" for one in (*PLACES, "changes")), f"{API}/stories", f"{API}/log", f"{API}/search?q=dam"]
)
def test_a_walk_tells_all_of_a_list_once(alone: TestClient, place: str) -> None:
    def told(items: list[Any]) -> list[str]:
        return sorted(json.dumps(one, sort_keys=True) for one in items)

    whole = alone.get(place).json()
    assert whole["next"] is None
    assert told(_walk(alone, place)) == told(_walk(alone, place, 2)) == told(whole["items"])


def test_a_walk_goes_on_where_it_was_while_entries_arrive(alone: TestClient) -> None:
    first = alone.get(f"{AT}/reports?limit=1&cursor=").json()
    assert [one["id"] for one in first["items"]] == ["01"] and first["next"]
    # What was told is withdrawn, so that by number another report would be left out.
    landed = alone.post(f"{AT}/reports/01/withdraw", json={}).json()
    assert alone.get(f"{AT}/reports?limit=1&offset=1").json()["items"][0]["id"] == "03"
    second = alone.get(f"{AT}/reports?limit=1&cursor={first['next']}").json()
    assert [one["id"] for one in second["items"]] == ["02"]
    # What comes back before the cursor is not told twice, what comes behind it is told.
    alone.post(f"{API}/entries/{landed['entry']['seq']}/undo", json={})
    assert [one["id"] for one in alone.get(f"{AT}/reports?cursor={second['next']}").json()["items"]] == ["03"]
    log = alone.get(f"{API}/log?limit=200&cursor=").json()
    assert log["next"] is None
    page = alone.get(f"{API}/log?limit=2&cursor=").json()
    alone.post(f"{AT}/decisions", json={"verdict": "accept", "ids": ["the-dam-holds"]})
    told = [one["seq"] for one in page["items"]]
    while page["next"]:
        page = alone.get(f"{API}/log?limit=2&cursor={page['next']}").json()
        told += [one["seq"] for one in page["items"]]
    assert told == list(range(1, log["total"] + 2))


def _cursor(held: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(held).encode()).decode().rstrip("=")


def test_a_cursor_that_is_none_is_refused_in_one_line(alone: TestClient) -> None:
    good = alone.get(f"{AT}/claims?limit=1&cursor=").json()["next"]
    list_name = json.loads(base64.urlsafe_b64decode(good + "=" * (-len(good) % 4)))[0]
    wrong = ["x", "é", "%00", "=", good[:-3], good[:8], "W" * 3000, _cursor([]), _cursor({}), _cursor([list_name])]
    wrong += [_cursor([list_name, [1]]), _cursor([list_name, None]), _cursor([list_name, 1, 2]), "W1tb" * 900]
    for cursor in wrong:
        answer = alone.get(f"{AT}/claims", params={"cursor": cursor})
        assert answer.status_code == 400, cursor
        assert list(answer.json()) == ["error"] and answer.json()["error"].startswith("a cursor that is none · ")
    for place in (f"{AT}/speakers?cursor={good}", f"{AT}/claims?standing=denied&cursor={good}"):
        answer = alone.get(place)
        assert answer.status_code == 400 and "a cursor of another list" in answer.json()["error"]
    answer = alone.get(f"{AT}/claims?offset=1&cursor={good}")
    assert answer.status_code == 400 and "give one of the two" in answer.json()["error"]
    assert alone.get(f"{AT}/claims", params={"cursor": "W" * 5000}).status_code == 422


def test_a_page_that_is_known_is_not_sent_again(alone: TestClient) -> None:
    first = alone.get(f"{AT}/claims?limit=1&cursor=")
    known = {"if-none-match": first.headers["etag"]}
    again = alone.get(f"{AT}/claims?limit=1&cursor=", headers=known)
    assert again.status_code == 304 and again.content == b""
    alone.post(f"{AT}/decisions", json={"verdict": "rename", "ids": ["the-dam-holds"], "value": "The dam holds still."})
    assert alone.get(f"{AT}/claims?limit=1&cursor=", headers=known).status_code == 200
