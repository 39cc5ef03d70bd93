"""What waits for an editor: notices, the queue, what changed since they looked, searches that are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from onrecord.ledger.desk import open_desk
from tests.ledger.builder import PlainBuilder, reading
from tests.web.opening import STORY, accounted, app_of, csrf, filled, opened, sign_in

BASE, CLAIM = f"/stories/{STORY}", "the-dam-holds"


@pytest.fixture
def desk_at(tmp_path: Path) -> str:
    """A desk with accounts."""
    filled(str(tmp_path / "desk.db"))
    accounted(str(tmp_path / "desk.db"))
    return str(tmp_path / "desk.db")


@pytest.fixture
def eve(desk_at: str) -> Iterator[TestClient]:
    """An editor who is signed in."""
    with opened(desk_at) as client:
        assert sign_in(client, "eve").status_code == 303
        yield client


def decided(client: TestClient, verdict: str, ids: list[str], **more: str) -> None:
    """Fill a form in and wait until its story holds it."""
    form = {"csrf": csrf(client), "verdict": verdict, "id": ids, **more}
    assert client.post(f"{BASE}/decide", data=form).status_code == 303
    app_of(client).state.story_cache.settle(STORY, app_of(client).state.desk.head()[0], 20.0)


def as_person(client: TestClient, name: str) -> TestClient:
    """The same desk for somebody else."""
    client.cookies.clear()
    assert sign_in(client, name).status_code == 303
    return client


def test_who_is_called_answered_or_given_a_claim_is_told_and_nobody_of_their_own_deeds(eve: TestClient) -> None:
    decided(eve, "owner", [CLAIM], value="ada")
    decided(eve, "note", [CLAIM], value="@ada, can you call the ministry? cc @adam")
    assert "Nothing so far" in eve.get("/notices").text
    note = app_of(eve).state.desk.head()[0]
    as_person(eve, "ada")
    assert re.search(r'class="unread">2<', eve.get(BASE).text)
    page = eve.get("/notices").text
    assert "gave you a claim" in page and "called you" in page and f"#note-{note}" in page
    assert "unread" not in eve.get(BASE).text
    decided(eve, "note", [CLAIM], value="they do not pick up", reply_to=str(note))
    assert "Answer" in eve.get(f"{BASE}/claims/{CLAIM}").text
    as_person(eve, "eve")
    told = eve.get("/api/v1/notices").json()["items"]
    assert [one["why"] for one in told] == ["reply"] and told[0]["claim"] == CLAIM


def test_a_note_answers_only_a_note_of_its_claim(eve: TestClient) -> None:
    form = {"csrf": csrf(eve), "verdict": "note", "id": [CLAIM], "value": "yes", "reply_to": "1"}
    answer = eve.post(f"{BASE}/decide", data=form)
    assert answer.status_code == 400 and "no note with entry 1" in answer.text


def test_the_queue_holds_what_nobody_checked(eve: TestClient) -> None:
    assert CLAIM in [row["id"] for row in eve.get("/queue?format=json").json()["items"]]
    assert "the dam holds" in eve.get("/queue").text
    decided(eve, "state", [CLAIM], value="checked")
    rows = eve.get("/queue?format=json").json()["items"]
    assert rows and CLAIM not in [row["id"] for row in rows]
    assert "Nothing waits" in eve.get("/queue?of=me").text


def test_whoever_sees_one_story_is_told_of_no_other(eve: TestClient) -> None:
    as_person(eve, "sam")
    assert {row["story"] for row in eve.get("/queue?format=json").json()["items"]} == {STORY}


def test_what_changed_since_somebody_looked_is_a_page(eve: TestClient, desk_at: str) -> None:
    eve.get(BASE)
    with open_desk(desk_at, PlainBuilder()) as held:
        list(held.add(STORY, [reading("04_late", ("Di Wren", "the sluice is jammed"))]))
        head = held.head()[0]
    app_of(eve).state.story_cache.settle(STORY, head, 20.0)
    assert f"{BASE}/news?since=" in eve.get("/").text
    page = eve.get(f"{BASE}/news").text
    assert "the sluice is jammed" in page and "04_late" in page
    assert "None was added" in eve.get(f"{BASE}/news").text


def test_a_search_is_kept_for_the_desk_and_taken_off(eve: TestClient) -> None:
    form = {"csrf": csrf(eve), "name": "Gates", "q": "gates", "story": STORY}
    assert eve.post("/searches", data=form).headers["location"] == f"/search?q=gates&story={STORY}"
    kept = eve.get("/api/v1/searches").json()["items"]
    assert kept[0]["name"] == "Gates" and kept[0]["asked"] == {"q": "gates", "story": STORY}
    assert "Gates" in eve.get("/search").text
    as_person(eve, "sam")
    assert "Gates" not in eve.get("/search").text
    assert eve.post(f"/searches/{kept[0]['entry']}/drop", data={"csrf": csrf(eve)}).status_code == 400
    as_person(eve, "eve")
    assert eve.post(f"/searches/{kept[0]['entry']}/drop", data={"csrf": csrf(eve)}).status_code == 303
    assert not eve.get("/api/v1/searches").json()["items"]


def test_reports_are_moved_and_brought_back_by_one_undo(eve: TestClient) -> None:
    assert "Join this story" in eve.get(f"{BASE}/move").text
    form = {"csrf": csrf(eve), "id": ["01", "03"], "onto": "the weir", "why": "another dam"}
    assert eve.post(f"{BASE}/move", data=form).status_code == 303
    assert "01_wire" in eve.get("/stories/the%20weir/reports").text
    assert "moved report" in eve.get(f"{BASE}/log").text
    last = app_of(eve).state.desk.head()[0]
    assert eve.post(f"{BASE}/undo/{last}", data={"csrf": csrf(eve)}).status_code == 303
    here = eve.get(f"/api/v1{BASE}/reports").json()["items"]
    assert len(here) == 3


def test_a_story_gets_a_title(eve: TestClient) -> None:
    decided(eve, "title", [STORY], value="The Dam at Hask")
    assert "The Dam at Hask" in eve.get(BASE).text
    assert "gave the story the title" in eve.get(f"{BASE}/log").text
