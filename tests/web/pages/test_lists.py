"""What the list of stories shows to whom."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from onrecord.web.pages import searching
from tests.ledger.builder import reading
from tests.web.opening import STORY, app_of, sign_in
from tests.web.pages.looking import Looked


def test_what_is_new_since_somebody_looked(alone: TestClient) -> None:
    assert "new entr" not in alone.get("/").text
    alone.get(f"/stories/{STORY}")
    assert "new entr" not in alone.get("/").text
    list(app_of(alone).state.desk.add(STORY, [reading("04_late", ("Ann Orr", "the dam leaks"))]))
    text = alone.get("/").text
    assert re.search(r">\d+ new entr", text)
    assert text.index(f"/stories/{STORY}") < text.index("/stories/secret")


def test_what_somebody_may_not_see_is_nowhere(team: TestClient) -> None:
    sign_in(team, "sam")
    assert "secret" not in team.get("/").text
    assert "the vault is open" not in team.get("/search?q=vault").text
    assert team.get("/stories/secret").status_code == 404


def test_what_somebody_may_not_see_takes_no_place_among_the_hits(
    team: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = [reading(f"1{number}_leak", (f"Cy Dahl {number}", "the dam is sold")) for number in range(3)]
    list(app_of(team).state.desk.add("a secret", hidden))
    sign_in(team, "sam")
    monkeypatch.setattr(searching, "MOST", 1)
    assert "the <mark>dam</mark> holds" in team.get("/search?q=dam").text
    found = team.get("/api/v1/search?q=dam&limit=200").json()
    assert found["total"] == len(found["items"]) >= 3 and {one["story"] for one in found["items"]} == {STORY}


def test_a_withdrawn_report_is_kept_and_said_to_be(alone: TestClient) -> None:
    app_of(alone).state.desk.withdraw(STORY, "03", by="ann", why="not theirs")
    app_of(alone).state.story_cache.settle(STORY, app_of(alone).state.story_cache.head(STORY), 10)
    assert "Withdrawn" in alone.get(f"/stories/{STORY}/reports").text
    page = alone.get(f"/stories/{STORY}/reports/03")
    assert "is withdrawn" in page.text and Looked(page.text).faults == []


def test_the_first_page_that_a_browser_opens_hands_it_a_ticket(alone: TestClient) -> None:
    told = alone.get(f"/stories/{STORY}").headers.get_list("set-cookie")
    assert sorted(one.partition("=")[0] for one in told) == ["onrecord", "onrecord-seen"]
