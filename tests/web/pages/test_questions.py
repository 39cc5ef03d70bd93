"""Pages that answer a question: who is silent on a claim, what an outlet carried first, what two reports have apart."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from onrecord import desk_pipeline
from onrecord.web.app import create_app
from onrecord.web.charts.day_chart import day_chart
from onrecord.web.pages.sources.comparing import differing
from onrecord.web.settings import Settings
from tests.web.opening import BASE as ADDRESS
from tests.web.pages.conftest import STORY
from tests.web.pages.looking import Looked

BASE = f"/stories/{quote(STORY)}"


def test_asking_says_who_carries_it_who_denies_it_and_who_is_silent(newsroom: TestClient) -> None:
    asked = newsroom.get(f"{BASE}/ask", params={"claim": "The gate of the dam is cracked."})
    assert asked.status_code == 200 and not Looked(asked.text).faults
    rows = newsroom.get(f"{BASE}/ask", params={"claim": "The gate of the dam is cracked.", "format": "json"}).json()
    assert {row["report"] for row in rows["items"]} == {"01", "02", "03", "04", "05"}
    assert "Who says so, who denies it" in newsroom.get(f"{BASE}/ask").text


def test_an_outlets_page_tells_what_it_carried_before_others(newsroom: TestClient) -> None:
    page = newsroom.get(f"{BASE}/outlets/Northline")
    assert page.status_code == 200 and not Looked(page.text).faults
    first = newsroom.get(f"{BASE}/outlets/Northline?format=json").json()["items"]
    assert first and all(row["published"] < row["then_published"] for row in first)
    last = newsroom.get(f"{BASE}/outlets/{quote('The Valland Gazette')}?format=json").json()["items"]
    assert not last
    assert newsroom.get(f"{BASE}/outlets/Nobody").status_code == 404


@pytest.mark.parametrize("outlet", ["Northline/KVB", "The  \u202eValland\u202c Gazette", None])
def test_every_outlet_that_a_page_leads_to_has_its_page(tmp_path: Path, outlet: str | None) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text("Mayor Ann Orr said the dam held.\n", encoding="utf-8")
    meta = {"articles": [{"file": "a.txt", "outlet": outlet}]} if outlet else {}
    (reports / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    address = str(tmp_path / "desk.db")
    with desk_pipeline.desk(address, create=True, which="rules") as desk:
        list(desk_pipeline.add(desk, STORY, [reports], "rules"))
        app = create_app(Settings(desk=address, tagger="rules"), desk)
        with TestClient(app, base_url=ADDRESS) as client:
            for path in (f"{BASE}/reports", f"{BASE}/reports/a"):
                found = re.search(r'href="(/stories/[^"]*/outlets/[^"]*)"', client.get(path).text)
                assert found, path
                page = client.get(html.unescape(found[1]))
                assert page.status_code == 200 and "1 report in this story" in page.text


def test_two_reports_stand_beside_each_other(newsroom: TestClient) -> None:
    page = newsroom.get(f"{BASE}/compare?left=01&right=02").text
    assert not Looked(page).faults and page.count('class="words"') == 2
    assert newsroom.get(f"{BASE}/compare?left=01&right=77").status_code == 404


def test_two_versions_keep_every_character_and_mark_what_differs() -> None:
    before, after = "It <is>  open.\nYes", "It <is>  shut.\nYes, so far"
    left, right = differing(before, after)
    plain = re.compile(r"</?(?:del|ins)>")
    assert plain.sub("", str(left)) == "It &lt;is&gt;  open.\nYes"
    assert plain.sub("", str(right)) == "It &lt;is&gt;  shut.\nYes, so far"
    assert "<del>open</del>" in left and "<ins>shut</ins>" in right


@pytest.mark.parametrize(
    "path", ["", "/conflicts", "/quotes", "/sources", "/timeline", "/changes", "/reports", "/outlets/Northline"]
)
def test_every_list_is_a_table_under_its_own_address(newsroom: TestClient, path: str) -> None:
    told = json.loads(newsroom.get(f"{BASE}{path}?format=json").text)
    rows = list(csv.DictReader(io.StringIO(newsroom.get(f"{BASE}{path}?format=csv").text, newline="")))
    assert len(rows) == told["total"] == len(told["items"])
    refused = newsroom.get(f"{BASE}{path}?format=xml")
    assert refused.status_code == 400 and "csv or json" in refused.text


def test_a_claim_is_a_card_that_other_pages_may_frame_and_that_runs_nothing(newsroom: TestClient) -> None:
    claim = newsroom.get(f"{BASE}?format=json").json()["items"][0]
    card = newsroom.get(f"{BASE}/claims/{claim['id']}/card")
    policy = card.headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "script-src" not in policy and "default-src 'none'" in policy
    assert "<script" not in card.text and claim["standing"] in card.text
    assert "frame-ancestors 'none'" in newsroom.get(BASE).headers["content-security-policy"]
    assert newsroom.get(f"{BASE}/claims/{claim['id']}/card?as-of=1999-01-01").status_code == 404


def test_the_slider_marks_what_changed_at_its_step(newsroom: TestClient) -> None:
    first, second = (f"{BASE}?as-of={at}" for at in ("2023-11-09T18:20:00Z", "2023-11-09T22:05:00Z"))
    page = newsroom.get(first).text
    assert "first said here" in page
    assert re.search(r"\d+ claims? changed at this step", newsroom.get(second).text)
    assert "changed at this step" not in newsroom.get(BASE).text


def test_the_table_of_sides_follows_the_filters_and_leaves_no_contested_claim_empty(newsroom: TestClient) -> None:
    page = newsroom.get(f"{BASE}?standing=disputed").text
    rows = re.findall(r'<th scope="row">.*?</tr>', page[page.index('class="matrix"') :], re.DOTALL)
    listed = newsroom.get(f"{BASE}?standing=disputed&format=json").json()["total"]
    assert len(rows) == min(listed, 24)
    assert all("<use" in row for row in rows)


def test_nodes_of_the_relay_graph_are_links(newsroom: TestClient) -> None:
    page = newsroom.get(f"{BASE}/sources").text
    graph = page[page.index('class="graph"') : page.index("</svg>", page.index('class="graph"'))]
    assert f'href="{BASE}/reports/01"' in graph and f"{BASE}/speakers/" in graph


def test_days_are_drawn_only_where_there_are_several() -> None:
    assert day_chart([]) is None
