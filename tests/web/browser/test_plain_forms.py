"""The same tasks without JavaScript, and what a reader is kept from."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Visit
from tests.web.browser.desks import PATH, STORY, Served


def test_an_editor_works_without_scripts(visit: Visit, served: Served) -> None:
    page = visit("Ana", PATH, java_script_enabled=False)
    boxes = page.get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Merge marked claims").click()
    page.get_by_label("Why").fill("one thing")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("Ana merged 2 claims")
    page.get_by_role("link", name="Undo my last").click()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("took back that Ana merged 2 claims")
    page.goto(f"{PATH}/reports/01")
    page.locator("li[data-statement='01-04']").get_by_role("link", name=re.compile("^Correct")).click()
    page.get_by_label("What is said").fill("the port would open")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("Ana corrected the words of a statement")
    page.goto(f"{PATH}/add")
    page.get_by_label("The report's text").fill("Diver Ulla Berg said the hull was sound.")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Done: 1 read")
    assert served.log() == ["same", "undone", "correct-span"]


def test_a_reader_sees_no_forms_and_is_refused(visit: Visit, served: Served) -> None:
    page = visit("Rita", PATH)
    for path in ("", "/reports", "/reports/01", "/log"):
        page.goto(PATH + path)
        assert page.locator("form[method=post]:not([action='/sign-out']), [data-form], .pick").count() == 0
    claim = served.desk.story(STORY).claims[0].id
    token = page.locator("meta[name=csrf-token]").get_attribute("content")
    sent: dict[str, str | float | bool] = {"verdict": "not-a-claim", "id": claim, "csrf": token or ""}
    entries = len(served.desk.log(STORY))
    for path in ("decide", "undo/1", "reports", "reports/01/withdraw"):
        assert page.request.post(f"{PATH}/{path}", form=sent).status == 403
    assert page.request.get(f"{PATH}/decide/rename?id={claim}").status == 403
    assert len(served.desk.log(STORY)) == entries


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_nobody_is_led_elsewhere(visit: Visit, served: Served, place: str) -> None:
    page = visit("Ana", f"{PATH}/undo?back={place}")
    hrefs = page.locator("#work-form a").evaluate_all("all => all.map((one) => one.href)")
    assert all(one.startswith(served.address) for one in hrefs)
