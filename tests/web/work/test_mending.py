"""An editor mends what is wrong by plain forms: each is an entry, what is refused says why, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from onrecord.web.pages.searching import lit
from tests.web.opening import STORY, app_of, filled, opened

BASE = f"/stories/{STORY}"


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[TestClient]:
    """Whoever runs this machine, at a desk without accounts."""
    filled(str(tmp_path / "desk.db"))
    with opened(str(tmp_path / "desk.db")) as client:
        yield client


def decided(client: TestClient, verdict: str, ids: list[str], **more: str) -> int:
    """The status that a form is answered with."""
    found = re.search(r'csrf-token" content="([^"]*)"', client.get(BASE).text)
    form = {"csrf": found[1] if found else "", "verdict": verdict, "id": ids, **more}
    answer = client.post(f"{BASE}/decide", data=form, follow_redirects=False)
    if answer.status_code == 303:
        app_of(client).state.story_cache.settle(STORY, app_of(client).state.desk.head()[0], 20.0)
    return answer.status_code


def test_the_desks_work_shows_on_the_claim_and_in_the_list(editor: TestClient) -> None:
    for verdict, value in (("state", "needs-a-call"), ("owner", "Ana"), ("tag", "dam"), ("note", "call @bo today")):
        assert decided(editor, verdict, ["the-dam-holds"], value=value) == 303
    page = editor.get(f"{BASE}/claims/the-dam-holds").text
    assert all(words in page for words in ("needs a call", "Ana", "#", "call @bo today"))
    assert "needs a call" in editor.get(BASE).text
    assert "the dam holds" in editor.get(f"{BASE}?work=needs-a-call").text
    assert "No claim is like that" in editor.get(f"{BASE}?work=checked").text
    assert "No claim is like that" not in editor.get(f"{BASE}?work=%23dam").text
    assert "call @bo" in editor.get("/search?q=today").text


def test_a_merge_says_what_it_would_count_and_enters_nothing(editor: TestClient) -> None:
    head = app_of(editor).state.desk.head()
    both = ["the-dam-holds", "the-gates-are-shut"]
    page = editor.get(f"{BASE}/decide/same?id={both[0]}&id={both[1]}").text
    found = re.search(r'name="csrf" value="([^"]*)"', page)
    form = {"csrf": found[1] if found else "", "verdict": "same", "id": both, "preview": "1"}
    counted = editor.post(f"{BASE}/decide", data=form)
    assert counted.status_code == 200 and "What would be counted" in counted.text
    assert app_of(editor).state.desk.head() == head


def test_a_date_that_cannot_be_read_is_refused_in_the_form_and_when_adding(editor: TestClient) -> None:
    assert decided(editor, "report", ["02"], field="published", value="yesterday") == 400
    assert decided(editor, "report", ["02"], field="outlet", value="Dale Wire") == 303
    assert "Dale Wire" in editor.get(f"{BASE}/reports").text
    answer = editor.post(f"/api/v1{BASE}/reports", json={"text": "Ann Orr said it rains.", "date": "yesterday"})
    assert answer.status_code == 400 and "write 2031-03-07" in answer.json()["error"]


@pytest.mark.parametrize(
    ("verdict", "ids"),
    [
        ("side", ["the-dam-holds", "01-01"]),
        ("passed-on", ["01-01"]),
        ("new-claim", ["01-01"]),
        ("add-statement", ["01"]),
        ("report", ["01"]),
        ("same-party", ["ann-orr"]),
        ("note", ["the-dam-holds"]),
    ],
)
def test_each_form_opens(editor: TestClient, verdict: str, ids: list[str]) -> None:
    answer = editor.get(f"{BASE}/decide/{verdict}", params={"id": ids})
    assert answer.status_code == 200 and "Why" in answer.text


def test_a_number_of_the_brief_leads_to_the_claim(editor: TestClient) -> None:
    answer = editor.get(f"{BASE}/claims/C1", follow_redirects=False)
    assert answer.status_code == 302 and answer.headers["location"].startswith(f"{BASE}/claims/the-")
    assert editor.get(f"/api/v1{BASE}/claims/C1").json()["work"]["state"] is None
    assert editor.get(f"{BASE}/claims/C99").status_code == 404


def test_a_program_may_send_files_to_a_desk_without_accounts(editor: TestClient) -> None:
    files = {"files": ("04_new.txt", b"Ann Orr said the dam holds well.")}
    plain = TestClient(editor.app, base_url=str(editor.base_url))
    assert plain.post(f"/api/v1{BASE}/files", files=files).status_code == 202
    crossed = plain.post(f"/api/v1{BASE}/files", files=files, headers={"origin": "https://evil.example"})
    assert crossed.status_code == 403


def test_words_that_were_looked_for_are_lit_up() -> None:
    assert "<mark>Señor</mark>" in lit("A Señor said <b>so</b>", frozenset({"senor"}))
    assert "<b>" not in lit("A Señor said <b>so</b>", frozenset({"senor"}))


def test_claims_are_taken_away_as_a_table_without_formulas(editor: TestClient) -> None:
    decided(editor, "rename", ["the-dam-holds"], value="=HYPERLINK(1)")
    told = editor.get(f"{BASE}?format=csv")
    assert told.headers["content-type"].startswith("text/csv")
    assert told.text.splitlines()[0].startswith("number,id,standing") and "'=HYPERLINK(1)" in told.text


def test_the_address_of_a_claim_that_is_gone_says_what_became_of_it(editor: TestClient) -> None:
    assert "the gates are shut" in editor.get(BASE).text
    state = app_of(editor).state
    for report in ("01", "02"):
        landed = state.desk.withdraw(STORY, report, by="ann", why="a hoax")
    state.story_cache.settle(STORY, landed.entry.seq, 20.0)
    page = editor.get(f"{BASE}/claims/the-gates-are-shut")
    assert page.status_code == 200 and "What became of this claim" in page.text
    assert "its reports were withdrawn" in page.text and "report 01</a>, withdrawn" in page.text
