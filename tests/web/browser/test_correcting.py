"""Spans corrected by selecting words, counted in code points and not as the browser counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from onrecord.datamodel.span import words
from tests.web.browser.conftest import Visit
from tests.web.browser.desks import PATH, REPORTS, STORY, Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Two characters of these words, and the picture before them, are two units each in a browser.
AFTER_WIDE = "that 𝟜𝟘 ships were outside"
_SELECT = """([selector, words]) => {
  const runs = [...document.querySelectorAll(`${selector} [data-at]`)];
  const whole = runs.map((run) => run.textContent).join("");
  const from = whole.indexOf(words), to = from + words.length;
  const place = (at) => {
    let passed = 0;
    for (const run of runs) {
      for (const node of run.childNodes) {
        if (at <= passed + node.length) return [node, at - passed];
        passed += node.length;
      }
    }
  };
  const range = document.createRange();
  range.setStart(...place(from));
  range.setEnd(...place(to));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def _select(page: Page, selector: str, told: str) -> None:
    page.wait_for_load_state()
    page.evaluate(_SELECT, [selector, told])


def test_words_selected_on_the_report_page_become_a_statements_words(visit: Visit, served: Served) -> None:
    page = visit("Ana", f"{PATH}/reports/02")
    _select(page, "#text", "𝟜𝟘 ships were outside")
    page.get_by_role("link", name="Make these the words of statement 5").click()
    expect(page.get_by_role("heading", name="Correct the words")).to_be_visible()
    expect(page.get_by_label("What is said")).to_have_value("𝟜𝟘 ships were outside")
    page.get_by_label("Why").fill("without “that”")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("Ana corrected the words of a statement")
    story = served.desk.story(STORY)
    said = [one for one in story.attributions if one.report == "02"]
    found = [words(one.content, story.report["02"].text) for one in said]
    assert "𝟜𝟘 ships were outside" in found
    assert AFTER_WIDE not in found


def test_words_are_taken_on_the_form_and_trimmed_by_hand(visit: Visit, served: Served) -> None:
    page = visit("Ana", f"{PATH}/reports/01")
    page.locator("li[data-statement='01-02']").get_by_role("link", name=re.compile("^Correct")).click()
    expect(page.get_by_role("heading", name="Correct the words")).to_be_visible()
    _select(page, "#report-text", "engineer Ilse Ravn")
    page.locator("[data-take=source]").click()
    expect(page.get_by_label("Who is credited")).to_have_value("engineer Ilse Ravn")
    page.get_by_label("What is said").fill("“The boom is cracked")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("Ana corrected the words of a statement")
    story = served.desk.story(STORY)
    one = next(one for one in story.attributions if one.id == "01-02")
    text = REPORTS["01_saltmarsh_wire.txt"]
    assert words(one.source, text) == "engineer Ilse Ravn"
    assert words(one.content, text) == "“The boom is cracked"


def test_words_that_stand_nowhere_are_refused_on_the_form_that_keeps_them(visit: Visit, served: Served) -> None:
    page = visit("Ana", f"{PATH}/decide/correct-span?id=03-01")
    page.get_by_label("What is said").fill("that fifty ships were waiting")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("these words stand nowhere in the report")
    expect(page.get_by_label("What is said")).to_have_value("that fifty ships were waiting")


def test_a_field_that_is_left_empty_takes_the_source_away(visit: Visit, served: Served) -> None:
    story = served.desk.story(STORY)
    one = next(one for one in story.attributions if one.source and one.report == "03")
    page = visit("Ana", f"{PATH}/decide/correct-span?id={one.id}")
    page.get_by_label("What is said").fill("")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("a statement needs words")
    expect(page.get_by_label("What is said")).to_have_value("")
    page.goto(f"{PATH}/decide/correct-span?id={one.id}")
    page.get_by_label("Who is credited").fill("")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("Ana corrected the words of a statement")
    again = served.desk.story(STORY).attributions
    assert [each.source for each in again if each.report == "03" and each.content == one.content] == [()]
