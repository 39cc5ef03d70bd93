"""A draft held against a story in the browser and by the API: shown, and kept nowhere."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.web.opening import STORY, csrf

DRAFT = "“The dam fails,” said Ann Orr.\n\n<b>Bold</b> words, said Bo Lee.\n"


def _sent(client: TestClient, place: str, **more: str) -> str:
    answer = client.post(place, data={"csrf": csrf(client), **more})
    assert answer.status_code in (200, 400)
    return answer.text


def test_a_pasted_draft_is_checked_and_shown(alone: TestClient) -> None:
    assert "Check a draft" in alone.get(f"/stories/{STORY}").text
    page = _sent(alone, f"/stories/{STORY}/check", text=DRAFT, pack="ap")
    assert "by record, AP" in page and "&lt;b&gt;Bold&lt;/b&gt;" in page and "<b>Bold</b>" not in page
    assert "said Ann Orr" in page
    head = alone.get(f"/api/v1/stories/{STORY}").json()["head"]
    assert _sent(alone, "/check", text=DRAFT, story=STORY)
    assert alone.get(f"/api/v1/stories/{STORY}").json()["head"] == head


def test_a_file_is_checked(alone: TestClient) -> None:
    files = {"file": ("draft.html", b"<html><body><article><p>It is dry, said Ann Orr.</p></article></body></html>")}
    answer = alone.post(f"/stories/{STORY}/check", data={"csrf": csrf(alone)}, files=files)
    assert answer.status_code == 200 and "It is dry" in answer.text
    assert alone.get("/checked.css").headers["content-type"].startswith("text/css")


def test_no_draft_and_no_story_are_told_in_one_line(alone: TestClient) -> None:
    assert "no draft · the form" in _sent(alone, f"/stories/{STORY}/check", text=" ")
    assert "no story &#39;nope&#39;" in _sent(alone, "/check", text=DRAFT, story="nope")
    assert "no story shares names" in _sent(alone, "/check", text="Nothing to see.")


def test_who_may_not_see_a_story_may_not_check_against_it(team: TestClient) -> None:
    assert team.get(f"/stories/{STORY}/check").status_code in (303, 401)


def test_programs_check_a_draft(alone: TestClient) -> None:
    answer = alone.post(f"/api/v1/stories/{STORY}/check", json={"text": DRAFT, "packs": ["bbc"]}, headers=_form(alone))
    assert answer.status_code == 200
    told = answer.json()
    assert told["packs"] == ["record", "BBC"] and told["statements"] and told["draft"]["characters"]
    assert alone.post(f"/api/v1/stories/{STORY}/check", json={"text": " "}, headers=_form(alone)).status_code == 400


def _form(client: TestClient) -> dict[str, str]:
    return {"X-CSRF-Token": csrf(client)}
