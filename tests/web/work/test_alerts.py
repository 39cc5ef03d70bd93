"""Alerts in the browser and through the API: one's own, of stories that one sees."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from tests.ledger.builder import reading
from tests.web.opening import STORY, app_of, csrf, sign_in


def add_report(client: TestClient, story: str, name: str, *said: tuple[str, str]) -> None:
    """Enter a report, and have what it changes looked at."""
    list(app_of(client).state.desk.add(story, [reading(name, *said)]))
    look(client, story)


def look(client: TestClient, *stories: str) -> None:
    """Have what changed looked at, once the stories are told."""
    state = app_of(client).state
    for story in stories:
        state.story_cache.settle(story, state.story_cache.head(story))
    list(state.notifier.look())


def test_a_feed_is_made_read_and_removed_in_the_browser(alone: TestClient) -> None:
    page = alone.get(f"/stories/{STORY}/claims/the-gates-are-shut").text
    link = re.search(r'href="(/alerts\?[^"]+)">Watch this claim', page)
    assert link is not None
    form = alone.get(link[1].replace("&amp;", "&")).text
    assert 'value="the-gates-are-shut"' in form and "<option selected>claim" in form
    data = {"subject": "claim", "value": "the-gates-are-shut", "story": STORY, "to": "feed", "csrf": csrf(alone)}
    made = alone.post("/alerts", data=data).text
    place = re.search(r"/feeds/[0-9a-f]{8}/[\w-]+\.atom", made)
    assert place is not None
    assert "<entry>" not in alone.get(place[0]).text
    add_report(alone, STORY, "04_late", ("Di Fry", "the gates are shut"), ("Ed", "the dam holds"))
    feed = alone.get(place[0])
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.text.count("<entry>") == 1 and "single-origin → corroborated" in feed.text
    app_of(alone).state.desk.withdraw(STORY, "01", by="eve", why="taken down")
    app_of(alone).state.desk.withdraw(STORY, "02", by="eve", why="taken down")
    look(alone, STORY)
    entries = alone.get(place[0]).text
    assert entries.count("<entry>") == 4 and "report withdrawn" in entries
    assert "the gates are shut" in alone.get("/alerts").text
    assert alone.get(place[0].replace(".atom", "x.atom")).status_code == 404
    ident = place[0].split("/")[2]
    assert alone.post(f"/alerts/{ident}/remove", data={"csrf": csrf(alone)}).status_code == 303
    assert alone.get(place[0]).status_code == 404


def test_what_is_wrong_with_an_alert_is_said_on_its_form(alone: TestClient) -> None:
    for data, fault in (
        ({"to": "quay"}, "is no place to tell"),
        ({"to": "feed", "subject": "verdict"}, "to watch"),
        ({"to": "feed", "subject": "claim", "value": "none", "story": STORY}, "no claim"),
        ({"to": "feed", "kind": "rumour"}, "no such kind"),
    ):
        answer = alone.post("/alerts", data={**data, "csrf": csrf(alone)})
        assert answer.status_code == 400 and fault in answer.text


def test_a_team_sees_only_its_own_alerts_and_stories(team: TestClient) -> None:
    app = app_of(team)
    sign_in(team, "sam")
    made = team.post("/alerts", data={"to": "feed", "csrf": csrf(team)}).text
    place = re.search(r"/feeds/[0-9a-f]{8}/[\w-]+\.atom", made)
    assert place is not None
    refused = team.post("/alerts", data={"to": "feed", "story": "secret", "csrf": csrf(team)})
    assert "no story &#39;secret&#39;" in refused.text
    list(app.state.notifier.look())
    app.state.desk.withdraw("secret", "09", by="eve", why="taken down")
    app.state.desk.withdraw(STORY, "01", by="eve", why="taken down")
    look(team, "secret", STORY)
    told = team.get(place[0]).text
    assert "report withdrawn" in told and "vault" not in told and "secret" not in told
    token = app.state.gate.passes.issue("rob", "test")
    head = {"Authorization": f"Bearer {token}"}
    assert team.get("/api/v1/alerts", headers=head).json()["total"] == 0
    ident = place[0].split("/")[2]
    assert team.delete(f"/api/v1/alerts/{ident}", headers=head).status_code == 404
    sent = team.post("/api/v1/alerts", headers=head, json={"to": "https://hook.example/x"})
    assert sent.status_code == 403 and "may only have feeds" in sent.json()["error"]


def test_a_program_catches_up_by_the_number_of_the_last_notice(alone: TestClient) -> None:
    wanted = {"subject": "search", "value": "levee", "to": "https://hook.example/x?key=1", "kinds": ["statement"]}
    made = alone.post("/api/v1/alerts", json=wanted)
    assert made.status_code == 201
    told = made.json()
    assert told["secret"].startswith("whsec_") and told["target"] == "https://hook.example/x"
    for number in (5, 6):
        add_report(alone, STORY, f"0{number}_late", (f"Di {number}", f"levee {number} is dry"))
    where = f"/api/v1/alerts/{told['id']}"
    notices = alone.get(f"{where}/notices").json()["items"]
    assert [one["text"] for one in notices] == ["levee 5 is dry", "levee 6 is dry"]
    rest = alone.get(f"{where}/notices", params={"after": notices[0]["notice"]}).json()["items"]
    assert [one["rests_on"][0]["speaker"] for one in rest] == ["Di 6"]
    assert alone.get(where).json()["waiting"] == 2
    assert alone.post(f"{where}/replay", json={"first": 2}).json() == {"notices": 1}
    assert alone.post(f"{where}/resume", json={}).json()["fault"] is None
    assert alone.delete(where).status_code == 204 and alone.get(where).status_code == 404


@pytest.mark.parametrize("path", ["/alerts", f"/alerts?story={STORY}", "/alerts?search=levee"])
def test_the_page_opens(alone: TestClient, path: str) -> None:
    assert alone.get(path).status_code == 200
