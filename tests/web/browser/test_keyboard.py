"""The desk by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.web.browser.conftest import Visit
from tests.web.browser.desks import PATH, Served

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _to(page: Page, words: str, key: str = "j") -> None:
    """Go to the claim that has these words, or a statement with them, unless one is gone to already."""
    for _ in range(13):
        if words in page.evaluate("document.activeElement === document.body ? '' : document.activeElement.textContent"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"no claim '{words}' is reached by {key}")


def test_a_day_without_a_mouse(visit: Visit, served: Served) -> None:
    page = visit("Ana", "/")
    keyboard = page.keyboard
    page.get_by_role("link", name="quay crane").first.focus()
    keyboard.press("Enter")
    page.wait_for_url(f"**{PATH}")
    # Merge two, with a reason.
    _to(page, "Crane on North Quay to stay shut")
    keyboard.press("m")
    for _ in range(12):
        keyboard.press("k")
    _to(page, "the port would open on Friday")
    keyboard.press("m")
    expect(page.get_by_text("2 marked")).to_be_visible()
    keyboard.press("M")
    expect(page.get_by_role("heading", name="Merge claims")).to_be_visible()
    page.get_by_label("Why").focus()
    keyboard.type("just to see")
    keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Ana merged 2 claims")
    # Take it back.
    page.wait_for_load_state()
    keyboard.press("u")
    expect(page.get_by_role("dialog")).to_contain_text("merged 2 claims")
    keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("took back that Ana merged 2 claims")
    # Rename, and think twice of setting it aside.
    page.wait_for_load_state()
    _to(page, "the port would open on Friday")
    keyboard.press("r")
    expect(page.get_by_label("New words")).to_be_focused()
    keyboard.press("Control+a")
    keyboard.type("The crane was neglected.")
    keyboard.press("Control+Enter")
    expect(page.locator("#notice")).to_contain_text("renamed a claim")
    page.wait_for_load_state()
    _to(page, "The crane was neglected.")
    keyboard.press("x")
    expect(page.get_by_role("dialog").get_by_role("heading")).to_have_text("Not a claim")
    keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("article.claim:focus h3")).to_contain_text("The crane was neglected.")
    # Open a claim, look at a statement of it, reject it.
    keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text("The crane was neglected.")
    page.wait_for_load_state()
    keyboard.press("j")
    keyboard.press("d")
    expect(page.get_by_role("dialog").get_by_role("heading")).to_have_text("Reject a statement")
    keyboard.type("a headline only")
    keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Ana rejected 1 statement")
    # Look about.
    page.wait_for_load_state()
    for keys, place in (
        ("gq", "/quotes"),
        ("gd", "/exhibits"),
        ("gx", "/conflicts"),
        ("gl", "/log"),
        ("gc", ""),
        ("gr", "/reports"),
    ):
        for key in keys:
            keyboard.press(key)
        page.wait_for_url(f"**{PATH}{place}")
        page.wait_for_load_state()
    keyboard.press("/")
    expect(page.get_by_label("Search all stories")).to_be_focused()
    keyboard.type("jxm?")
    expect(page.get_by_label("Search all stories")).to_have_value("jxm?")
    assert served.log() == ["same", "undone", "rename", "not-a-claim"]


def test_the_list_of_keys_keeps_the_focus_and_gives_it_back(visit: Visit, served: Served) -> None:
    page = visit("Ana", PATH)
    page.keyboard.press("j")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_contain_text("undo your last decision")
    for _ in range(30):
        page.keyboard.press("Tab")
        inside = "!document.activeElement || document.activeElement === document.body"
        assert page.evaluate(f"{inside} || Boolean(document.activeElement.closest('dialog#keys'))")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator("article.claim").first).to_be_focused()


def test_single_keys_can_be_switched_off(visit: Visit, served: Served) -> None:
    page = visit("Ana", PATH)
    page.keyboard.press("?")
    page.get_by_label("Switch single keys off").check()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement === document.body")
    page.get_by_role("link", name="Keyboard").click()
    page.get_by_label("Switch single keys off").uncheck()


def test_a_reader_is_offered_only_what_a_reader_may_do(visit: Visit, served: Served) -> None:
    page = visit("Rita", PATH)
    page.keyboard.press("j")
    for key in ("m", "s", "r", "x", "a", "u"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).not_to_contain_text("undo")
