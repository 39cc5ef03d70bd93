"""A story read as its readers do: slid back in time, filtered, opened down to the exact words, searched, taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from onrecord.rendering.wording import moment_words
from onrecord.weighing.weigh import weigh
from tests.web.browser.conftest import Visit
from tests.web.browser.desks import PATH, STORY, Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from onrecord.datamodel.moment import Moment
    from onrecord.datamodel.story import Story


def stood(story: Story, instant: Moment) -> dict[str, str]:
    """Where each claim stood, weighed anew."""
    found = weigh(story.claims, story.attributions, story.parties, story.reports, instant)
    return {one.claim: one.status.value for one in found}


def listed(page: Page) -> dict[str, str]:
    """Where each claim stands as the list shows it."""
    read = "found => found.map(one => [one.dataset.claim, one.dataset.standing])"
    return dict(page.locator("article.claim").evaluate_all(read))


def test_the_slider_shows_where_every_claim_stood(visit: Visit, served: Served) -> None:
    story = served.desk.story(STORY)
    instants = sorted({one.published for one in story.reports if one.published}, key=lambda at: at.end)
    page = visit("Rita", PATH)
    slide = page.get_by_role("slider")
    slide.focus()
    for back in range(1, len(instants) + 1):
        page.keyboard.press("ArrowLeft")
        instant = instants[-back]
        expect(page).to_have_url(re.compile(re.escape(quote(instant.isoformat()))))
        expect(page.locator("#claims .found")).to_contain_text(f"As of {moment_words(instant)}")
        assert listed(page) == stood(story, instant)
    # Whoever pulls it fast is left with what it points at last.
    for _ in range(len(instants) + 2):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#claims .found")).not_to_contain_text("As of")
    assert listed(page) == {one.claim: one.status.value for one in story.standings}
    assert page.get_by_role("slider").get_attribute("aria-valuetext") == "as of now"
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_same_instant_without_a_script(visit: Visit, served: Served) -> None:
    page = visit("Rita", PATH, java_script_enabled=False)
    page.get_by_label("As of", exact=True).select_option(index=1)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#claims .found")).to_contain_text("As of")


def test_a_claim_opens_down_to_the_exact_words_in_its_report(visit: Visit, served: Served) -> None:
    page = visit("Rita", PATH)
    page.locator("select[name=standing]").select_option("denied")
    page.get_by_role("button", name="Show", exact=True).click()
    denied = [one.claim for one in served.desk.story(STORY).standings if one.status.value == "denied"]
    expect(page.locator("article.claim")).to_have_count(len(denied))
    first = page.locator("article.claim").first
    first.locator("summary").first.click()
    words = first.locator("blockquote q").first.inner_text()
    first.locator("blockquote a.ref").first.click()
    expect(page.locator("#text .content.hit").first).to_be_in_viewport()
    told = "".join(page.locator("#text .content.hit").all_text_contents())
    assert " ".join(told.split()) == " ".join(words.split())


def test_where_there_are_many_statements_a_claim_fetches_its_own(
    visit: Visit, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.pages.claims._MOST_EXHIBITS", 0)
    page = visit("Rita", PATH)
    first = page.locator("article.claim").first
    expect(first.locator("blockquote")).to_have_count(0)
    first.locator("summary").first.click()
    expect(first.locator("blockquote").first).to_be_visible()


def test_words_are_found_and_lead_to_their_place(visit: Visit, served: Served) -> None:
    page = visit("Rita", "/")
    page.get_by_label("Search all stories").fill("inspected")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Search")).to_be_visible()
    page.locator("main a[href*='/reports/']").first.click()
    expect(page.locator("#text")).to_contain_text("inspected")


def test_a_brief_is_taken_away(visit: Visit, served: Served) -> None:
    page = visit("Rita", PATH)
    for name, ending in (("Markdown", "md"), ("JSON", "json")):
        page.goto(PATH)
        page.get_by_text("Brief", exact=True).click()
        with page.expect_download() as taken:
            page.get_by_role("navigation", name="Story").get_by_role("link", name=name, exact=True).click()
        assert taken.value.suggested_filename.endswith(f".{ending}")
    page.goto(f"{PATH}/print")
    page.emulate_media(media="print")
    expect(page.locator("article.claim").first).to_be_visible()
    expect(page.locator(".tabs")).to_be_hidden()


def test_the_address_of_a_claim_as_of_an_instant_lasts(visit: Visit, served: Served) -> None:
    page = visit("Rita", PATH)
    page.locator("article.claim h3 a").first.click()
    page.get_by_role("link", name="as of then").first.click()
    expect(page.get_by_text("of the claims as they are told now")).to_be_visible()
    place = page.locator(".permanent code").inner_text()
    again = visit("Ana", place)
    assert again.locator("h1").inner_text() == page.locator("h1").inner_text()
    assert again.locator("article .badge").first.inner_text() == page.locator("article .badge").first.inner_text()
