"""Every page for reading, over the example story."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from onrecord.datamodel.moment import moment
from onrecord.datamodel.story import Story
from onrecord.rendering import html, markdown, storyfile
from onrecord.rendering.wording import visible
from onrecord.web.pages import claims as claim_pages
from onrecord.web.pages import lists
from onrecord.weighing.weigh import weigh
from tests.web.opening import app_of
from tests.web.pages.conftest import STORY
from tests.web.pages.looking import Looked

BASE = "/stories/dam%20memo"
SECTIONS = ("", "/conflicts", "/quotes", "/exhibits", "/sources", "/timeline", "/changes", "/reports", "/print")


def told(client: TestClient) -> Story:
    story: Story = app_of(client).state.story_cache.told(STORY)
    return story


def look(client: TestClient, path: str) -> tuple[Looked, str]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return Looked(answer.text), answer.text


def claims(page: Looked) -> list[str]:
    return [one["data-claim"] for one in page.all("article") if one.get("class") == "claim"]


@pytest.mark.parametrize("section", SECTIONS)
def test_each_page_runs_nothing_and_is_in_order(newsroom: TestClient, section: str) -> None:
    page, _ = look(newsroom, BASE + section)
    assert page.faults == []


@pytest.mark.parametrize("path", ["/", "/search", "/search?q=gate", f"{BASE}?q=nothing-like-it", f"{BASE}?page=99"])
def test_other_pages_too(newsroom: TestClient, path: str) -> None:
    page, _ = look(newsroom, path)
    assert page.faults == []


@pytest.fixture(autouse=True)
def _one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """All claims of the example on one page, however many the linker makes."""
    monkeypatch.setattr(claim_pages, "PAGE_CLAIMS", 1000)


def test_standing_is_the_first_thing_seen_of_a_claim(newsroom: TestClient) -> None:
    story = told(newsroom)
    page, text = look(newsroom, BASE)
    assert set(claims(page)) == {one.id for one in story.claims}
    for article in page.all("article"):
        assert article["data-standing"] == story.standing[article["data-claim"]].status.value
    first = text[text.index("<article") :]
    assert first.index('class="badge') < first.index("<h3>")


def test_a_claim_opens_to_exact_passages(newsroom: TestClient) -> None:
    story = told(newsroom)
    _, text = look(newsroom, BASE)
    places = re.findall(r'<q><bdi>(.*?)</bdi></q> <a class="ref" href="[^"]+"[^>]*>([^:<]+):(\d+)-(\d+)</a>', text)
    assert len(places) > 20
    for words, report, start, end in places:
        exact = story.report[report].text[int(start) : int(end)]
        assert unescape(words) == " ".join(visible(exact).split())


@pytest.mark.parametrize("named", ["named", "unnamed"])
def test_filters(newsroom: TestClient, named: str) -> None:
    story = told(newsroom)
    disputed = {one.claim for one in story.standings if one.status.value == "disputed"}
    assert set(claims(look(newsroom, f"{BASE}?standing=disputed")[0])) == disputed
    speaker = next(one.speaker for one in story.attributions if one.speaker)
    said = {one.id for one in story.attributions if one.speaker == speaker}
    theirs = {
        one.id for one in story.claims if any(member.attribution in said and not member.loose for member in one.members)
    }
    assert set(claims(look(newsroom, f"{BASE}?speaker={speaker}")[0])) == theirs
    some = claims(look(newsroom, f"{BASE}?named={named}")[0])
    assert 0 < len(some) < len(story.claims)
    assert claims(look(newsroom, f"{BASE}?q=gate")[0])
    outlet = next(one.outlet for one in story.reports if one.outlet)
    assert 0 < len(claims(look(newsroom, f"{BASE}?outlet={outlet}")[0])) < len(story.claims)


def test_the_slider_replays_the_standing(newsroom: TestClient) -> None:
    story = told(newsroom)
    page, _ = look(newsroom, BASE)
    instants = page.all("div", **{"class": "slider"})[0]["data-instants"].split()
    assert len(instants) == len({one.published for one in story.reports})
    for told_at in instants:
        stood = weigh(story.claims, story.attributions, story.parties, story.reports, moment(told_at))
        shown, _ = look(newsroom, f"{BASE}?as-of={told_at}")
        expected = {one.claim: one.status.value for one in stood}
        assert {one["data-claim"]: one["data-standing"] for one in shown.all("article")} == expected


def test_htmx_gets_the_list_alone(newsroom: TestClient) -> None:
    answer = newsroom.get(f"{BASE}?standing=disputed", headers={"HX-Request": "true", "HX-Target": "claims"})
    assert answer.text.startswith('<div id="claims"') and "<html" not in answer.text


def test_every_claim_has_a_page_that_lasts(newsroom: TestClient) -> None:
    story = told(newsroom)
    for claim in story.claims:
        page, text = look(newsroom, f"{BASE}/claims/{claim.id}")
        assert page.faults == []
        assert story.standing[claim.id].status.value in text
    last = max(one.published.isoformat() for one in story.reports if one.published)
    assert "As of" in look(newsroom, f"{BASE}/claims/{story.claims[0].id}?as-of={last}")[1]


def test_a_claim_as_of_an_instant_shows_nothing_that_came_later(newsroom: TestClient) -> None:
    story = told(newsroom)
    dated = sorted((one.published.end, one) for one in story.reports if one.published)
    looked = 0
    for claim in story.claims:
        for end, report in dated[1:-1]:
            answer = newsroom.get(f"{BASE}/claims/{claim.id}?as-of={end:%Y-%m-%dT%H:%M:%SZ}")
            later = {one.id for at, one in dated if at > end}
            assert not later & set(re.findall(r"/reports/([^?\"]+)\?show=", answer.text)), (claim.id, report.id)
            looked += answer.status_code == 200
    assert looked > len(story.claims)


def test_a_claim_of_very_many_statements_opens_with_some(newsroom: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    few = [one for one in told(newsroom).claims if len(one.members) <= claim_pages.MOST_STATEMENTS]
    claim = max(few, key=lambda one: sum(not member.loose for member in one.members))
    place = f"{BASE}/claims/{claim.id}"
    plain, whole = look(newsroom, place)
    monkeypatch.setattr(claim_pages, "MOST_STATEMENTS", 2)
    monkeypatch.setattr(claim_pages, "_HOLDERS", 1)
    page, text = look(newsroom, place)
    assert page.faults == [] and "all=true" in text and "all=true" not in whole
    assert len(page.all("li", **{"class": "holder"})) < len(plain.all("li", **{"class": "holder"}))
    assert newsroom.get(f"{place}?all=true").text.count("holder") == whole.count("holder")


def test_a_claim_that_nobody_had_made_yet(newsroom: TestClient) -> None:
    answer = newsroom.get(f"{BASE}/claims/{told(newsroom).claims[0].id}?as-of=1999-01-01")
    assert answer.status_code == 404


def test_every_report_is_shown_word_for_word(newsroom: TestClient) -> None:
    story = told(newsroom)
    for report in story.reports:
        page, _ = look(newsroom, f"{BASE}/reports/{report.id}")
        assert page.faults == []
        assert page.text("text") == visible(report.text)


def test_a_reference_lights_up_its_passage(newsroom: TestClient) -> None:
    one = next(one for one in told(newsroom).attributions if len(one.content) == 1)
    page, text = look(newsroom, f"{BASE}/reports/{one.report}?show={one.id}")
    assert f'id="a-{one.id}"' in text
    lit = [
        int(found["data-at"]) for found in page.all("span") if "content" in found.get("class", "").split()
        and "hit" in found["class"].split()
    ]  # fmt: skip
    assert one.content[0].start in lit


def test_output_is_what_the_command_writes(newsroom: TestClient) -> None:
    story = told(newsroom)
    renders = {"html": html.render, "md": markdown.render, "json": storyfile.render}
    for ending, render in renders.items():
        answer = newsroom.get(f"{BASE}/brief.{ending}")
        assert answer.content == render(story).encode()
        assert "dam%20memo." + ending in answer.headers["content-disposition"]
    first = min(one.published.isoformat() for one in story.reports if one.published)
    assert json.loads(newsroom.get(f"{BASE}/brief.json?as-of={first}").text)["as_of"] == first


def test_what_is_not_there_is_said_in_one_line(newsroom: TestClient) -> None:
    for path in ("/stories/none", f"{BASE}/claims/none", f"{BASE}/reports/none", f"{BASE}/reports/01/page/1.png"):
        assert newsroom.get(path).status_code == 404, path
    assert newsroom.get(f"{BASE}?as-of=yesterday").status_code == 400


def test_search_leads_to_the_report(newsroom: TestClient) -> None:
    _, text = look(newsroom, "/search?q=memo")
    assert f"{BASE}/reports/" in text
    assert "Nothing was found" in look(newsroom, "/search?q=zzzz")[1]


def test_pages_are_light(newsroom: TestClient) -> None:
    answer = newsroom.get(BASE, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 60_000


def test_an_opened_claim_fetches_its_sides_where_there_are_many(
    newsroom: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_pages, "_MOST_EXHIBITS", 0)
    page, text = look(newsroom, BASE)
    assert page.faults == [] and "<blockquote>" not in text
    first = next(one["hx-get"] for one in page.all("details") if "hx-get" in one)
    assert "<blockquote>" in newsroom.get(first).text
    last = max(one.published.isoformat() for one in told(newsroom).reports if one.published)
    assert "<blockquote>" in newsroom.get(f"{first}?as-of={last}").text


def test_long_lists_come_in_pages(newsroom: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE_CONFLICTS", 1)
    assert "Page 2 of " in look(newsroom, f"{BASE}/conflicts?page=2")[1]
    monkeypatch.setattr(lists, "PAGE_REPORTS", 2)
    first, text = look(newsroom, f"{BASE}/reports")
    assert "Page 1 of 3" in text and first.faults == []
    assert "Page 3 of 3" in look(newsroom, f"{BASE}/reports?page=9")[1]


def test_a_document_leads_to_the_words_that_tell_of_it(newsroom: TestClient) -> None:
    page, text = look(newsroom, f"{BASE}/exhibits")
    assert "The memo, also called document" in text and "the board of Halden Hydro" in text
    links = [one["href"] for one in page.all("a") if "at=" in one.get("href", "")]
    assert links
    _, report = look(newsroom, links[0].replace("&amp;", "&"))
    assert 'id="at"' in report and "hit" in report


@pytest.mark.parametrize("at", ["5-3", "0-999999999", ""])
def test_a_place_that_a_report_does_not_have_lights_up_nothing(newsroom: TestClient, at: str) -> None:
    _, text = look(newsroom, f"{BASE}/reports/01?at={at}")
    assert 'id="at"' not in text
