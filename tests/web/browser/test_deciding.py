"""Each decision as an editor makes it with the mouse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.web.browser.conftest import Visit
from tests.web.browser.desks import PATH, Served

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# Words of statements; how the claims are told that they bear on is not what is tested here.
SHIPS = "40 ships were waiting outside the port"
MAY = "Crane on North Quay to stay shut"
FRIDAY = "the port would open on Friday"


def test_two_claims_are_merged_with_a_reason_and_taken_apart_again(visit: Visit, served: Served) -> None:
    page = visit("Ana", PATH)
    before = page.locator("article.claim").count()
    _claim(page, MAY).get_by_role("checkbox").check()
    _claim(page, FRIDAY).get_by_role("checkbox").check()
    expect(page.get_by_text("2 marked")).to_be_visible()
    page.get_by_role("button", name="Merge marked claims").click()
    page.get_by_label("Why").fill("one crane, one crack")
    page.get_by_role("button", name="Merge", exact=True).click()
    notice = page.locator("#notice")
    expect(notice).to_contain_text("Ana merged 2 claims")
    expect(notice).to_contain_text("one crane, one crack")
    expect(page.locator("article.claim")).to_have_count(before - 1)
    expect(page.get_by_role("button", name="Merge marked claims")).not_to_be_visible()
    notice.get_by_role("button", name="Undo").click()
    expect(page.locator("#notice")).to_contain_text("took back that Ana merged 2 claims")
    expect(page.locator("article.claim")).to_have_count(before)
    assert served.log()[-2:] == ["same", "undone"]


def test_a_claim_is_merged_with_one_that_is_found_by_its_words(visit: Visit, served: Served) -> None:
    page = visit("Ana", PATH)
    _open(page, SHIPS)
    page.locator("article.claim > .acts").get_by_role("link", name=re.compile("^Merge")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Narrow the list").fill("friday")
    dialog.get_by_label(re.compile("The port would open on Friday")).check()
    dialog.get_by_role("button", name="Merge").click()
    expect(page.locator("#notice")).to_contain_text("Ana merged 2 claims")
    expect(page.locator("article.claim")).to_contain_text(FRIDAY)
    page.locator("#notice").get_by_role("button", name="Undo").click()
    expect(page.locator("#notice")).to_contain_text("took back")


def test_a_claim_is_split_by_choosing_what_leaves_it(visit: Visit, served: Served) -> None:
    page = visit("Ana", PATH)
    before = page.locator("article.claim").count()
    _open(page, SHIPS)
    page.locator("article.claim > .acts").get_by_role("link", name=re.compile("^Split")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(re.compile("in The Lantern")).check()
    dialog.get_by_label("Why").fill("another day's ships")
    dialog.get_by_role("button", name="Split").click()
    expect(page.locator("#notice")).to_contain_text("Ana split a claim, 1 statement out")
    page.get_by_role("link", name="Claims", exact=True).click()
    expect(page.locator("article.claim")).to_have_count(before + 1)


def test_a_claim_is_renamed_accepted_and_set_aside(visit: Visit, served: Served) -> None:
    page = visit("Ana", PATH)
    _open(page, MAY)
    page.locator("article.claim > .acts").get_by_role("link", name=re.compile("^Rename")).click()
    page.get_by_label("New words").fill("The crane was inspected in May.")
    page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The crane was inspected in May.")
    page.locator("article.claim > .acts").get_by_role("link", name=re.compile("^Accept")).click()
    page.get_by_role("dialog").get_by_label("Why").fill("said on tape")
    page.get_by_role("dialog").get_by_role("button", name="Accept").click()
    expect(page.locator("#notice")).to_contain_text("Ana accepted 1 claim")
    page.goto(PATH)
    _open(page, FRIDAY)
    page.locator("article.claim > .acts").get_by_role("link", name=re.compile("^Not a claim")).click()
    page.get_by_role("dialog").get_by_role("button", name="Set aside").click()
    expect(page.locator("#notice")).to_contain_text("Ana set 1 claim aside")
    assert served.log()[-3:] == ["rename", "accept", "not-a-claim"]


def test_he_is_given_a_name(visit: Visit, served: Served) -> None:
    page = visit("Ana", f"{PATH}/reports/01")
    page.locator("li[data-statement='01-05']").get_by_role("link", name=re.compile("^Who says it")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("datalist option[value='Jonas Keel']")).to_have_count(1)
    dialog.get_by_label("Speaker").fill("Port Authority of Saltmarsh")
    dialog.get_by_label("If new, it is").select_option("organization")
    dialog.get_by_label("Why").fill("its letterhead")
    dialog.get_by_role("button", name="Name the speaker").click()
    expect(page.locator("#notice")).to_contain_text("named Port Authority of Saltmarsh (organization) as the speaker")
    expect(page.locator("li[data-statement='01-05'] .who")).to_contain_text("Port Authority of Saltmarsh")


def test_a_statement_is_accepted_and_another_rejected(visit: Visit, served: Served) -> None:
    page = visit("Ana", f"{PATH}/reports/03")
    page.locator("li[data-statement='03-01']").get_by_role("link", name=re.compile("^Accept")).click()
    page.get_by_role("dialog").get_by_role("button", name="Accept").click()
    expect(page.locator("#notice")).to_contain_text("Ana accepted 1 statement")
    page.locator("li[data-statement='03-03']").get_by_role("link", name=re.compile("^Reject")).click()
    page.get_by_role("dialog").get_by_label("Why").fill("answers nothing")
    page.get_by_role("dialog").get_by_role("button", name="Reject").click()
    expect(page.locator("#notice")).to_contain_text("Ana rejected 1 statement")
    page.goto(f"{PATH}/log")
    line = page.get_by_role("listitem").filter(has_text="rejected 1 statement")
    expect(line).to_contain_text("answers nothing")
    line.get_by_role("link", name="Undo").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo").click()
    expect(page.locator("#notice")).to_contain_text("took back that Ana rejected 1 statement")


def _claim(page: Page, words: str) -> Locator:
    return page.locator("article.claim").filter(has_text=words).first


def _open(page: Page, words: str) -> None:
    _claim(page, words).locator("h3 a").click()
