"""For whoever runs a desk: health, counts, answers that are not sent twice, and which pages may read the API."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from onrecord.cli.serve import origin
from onrecord.errors import UsageError
from onrecord.web.api.routes import document
from tests.web.opening import STORY, opened

PLACE = f"/api/v1/stories/{STORY}/claims"


def test_health_is_for_everybody_and_counts_are_not(team: TestClient) -> None:
    assert team.get("/health").json() == {"status": "ok"}
    assert team.get("/metrics").status_code in (303, 401, 403)


def test_counts_are_told(alone: TestClient) -> None:
    alone.get("/no-such-page")
    told = alone.get("/metrics")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'onrecord_requests_total{status="4xx"} 1' in told.text and "onrecord_stories 2" in told.text


def test_an_answer_is_not_sent_twice(alone: TestClient) -> None:
    first = alone.get(PLACE)
    again = alone.get(PLACE, headers={"If-None-Match": f'"x", {first.headers["etag"]}'})
    assert first.status_code == 200 and again.status_code == 304 and again.content == b""
    assert alone.get(PLACE, headers={"If-None-Match": '"other"'}).json() == first.json()
    assert "etag" not in alone.get("/").headers


def test_only_listed_pages_may_read(desk_file: str) -> None:
    asked = {"Origin": "https://desk.example"}
    with opened(desk_file) as client:
        assert "access-control-allow-origin" not in client.get(PLACE, headers=asked).headers
    with opened(desk_file, cors=("https://desk.example",)) as client:
        assert client.get(PLACE, headers=asked).headers["access-control-allow-origin"] == "https://desk.example"
        other = client.get(PLACE, headers={"Origin": "https://elsewhere.example"})
        assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize("told", ["*", "desk.example", "https://desk.example/path", "javascript:alert(1)", ""])
def test_what_is_no_origin_is_refused(told: str) -> None:
    with pytest.raises(UsageError, match="no origin"):
        origin(told)
    assert origin("https://Desk.example:8443/") == "https://desk.example:8443"


def test_operations_have_names_that_stay() -> None:
    found = [one["operationId"] for path in document()["paths"].values() for one in path.values()]
    assert len(found) == len(set(found)) and {"story_claims", "work_check", "work_ask"} <= set(found)
    assert all("__" not in one and "api_v1" not in one for one in found)
