"""The way to the first claim by keyboard."""

from __future__ import annotations

from tests.web.browser.conftest import Visit
from tests.web.browser.desks import PATH


def test_the_first_claim_is_at_most_eight_tabs_away(visit: Visit) -> None:
    page = visit("Ana", PATH)
    for _ in range(7):
        page.keyboard.press("Tab")
        if "Skip to the claims" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.claims > .claim'))")
