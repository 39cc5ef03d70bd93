"""Two editors at once: each hears of the other, and what changed meanwhile is said."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.web.browser.conftest import Visit
from tests.web.browser.desks import PATH, Served

MAY = "Crane on North Quay to stay shut"
FRIDAY = "the port would open on Friday"


def test_each_sees_what_the_other_does_and_the_later_one_is_told(visit: Visit, served: Served) -> None:
    ben, ana = visit("Ben", PATH), visit("Ana", PATH)
    # Ben has the form open when Ana renames the claim.
    ben.locator("article.claim").filter(has_text=MAY).first.locator("h3 a").click()
    ben.locator("article.claim > .acts").get_by_role("link", name=re.compile("^Rename")).click()
    ben.get_by_label("New words").fill("Somebody inspected it in May.")
    ana.locator("article.claim").filter(has_text=MAY).first.locator("h3 a").click()
    ana.locator("article.claim > .acts").get_by_role("link", name=re.compile("^Rename")).click()
    ana.get_by_label("New words").fill("The crane was inspected in May.")
    ana.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(ana.locator("#notice")).to_contain_text("Ana renamed a claim")
    expect(ben.locator("#live")).to_contain_text("Ana renamed a claim")
    ben.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(ben.locator("#notice")).to_contain_text("Changed meanwhile: Ana renamed a claim")
    expect(ben.get_by_role("heading", level=1)).to_have_text("Somebody inspected it in May.")
    # Ana hears of it, and has it shown.
    expect(ana.locator("#live")).to_contain_text("Ben renamed a claim")
    ana.locator("#live").get_by_role("link", name="show").click()
    expect(ana.get_by_role("heading", level=1)).to_have_text("Somebody inspected it in May.")
    expect(ana.locator("#live")).not_to_be_visible()
    assert served.log() == ["rename", "rename"]


def test_a_claim_that_is_gone_meanwhile_is_told_on_the_form(visit: Visit, served: Served) -> None:
    ben = visit("Ben", PATH)
    claim = ben.locator("article.claim").filter(has_text=FRIDAY).first.locator("h3 a").get_attribute("href")
    assert claim is not None
    ben.goto(f"{PATH}/decide/rename?id={claim.rpartition('/')[2]}")
    ana = visit("Ana", claim)
    ana.locator("article.claim > .acts").get_by_role("link", name=re.compile("^Not a claim")).click()
    ana.get_by_role("dialog").get_by_role("button", name="Set aside").click()
    expect(ana.locator("#notice")).to_contain_text("Ana set 1 claim aside")
    ben.get_by_label("New words").fill("On Friday the port opens.")
    ben.get_by_role("button", name="Rename").click()
    expect(ben.get_by_role("alert")).to_contain_text("somebody may have changed it")
    expect(ben.get_by_role("alert")).to_contain_text("Ana set 1 claim aside")
