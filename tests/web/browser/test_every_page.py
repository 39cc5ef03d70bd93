"""Every page, held against axe-core in light and dark, and against a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.browser.conftest import Visit
from tests.web.browser.desks import PATH, STORY, Served
from tests.web.browser.places import desk_pages, story_pages

if TYPE_CHECKING:
    from playwright.sync_api import Page

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")


# Colours are all that is other in the dark.
_RULES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}


def faults(page: Page, scheme: str) -> list[str]:
    """What axe-core finds, one line a rule."""
    found = axe.Axe().run(page, options={"resultTypes": ["violations"], **_RULES[scheme]}).response["violations"]
    return [
        f"{page.url} {one['id']}: {one['help']} {[node['html'][:140] for node in one['nodes'][:4]]}" for one in found
    ]


def wider(page: Page) -> list[str]:
    """What sticks out of the window at the right; what scrolls by itself may."""
    if page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        return []
    return [f"{page.url} is {page.evaluate('document.documentElement.scrollWidth')} px wide"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anybody_out(visit: Visit, served: Served, scheme: str) -> None:
    page = visit("Ada", "/", color_scheme=scheme, viewport={"width": 360 if scheme == "dark" else 1200, "height": 800})
    found: list[str] = []
    for path in (*desk_pages(), *story_pages(served.desk, STORY)):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        found.extend((*faults(page, scheme), *wider(page)))
    page.goto(PATH)
    page.keyboard.press("?")
    found.extend(faults(page, scheme))
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.get_by_role("dialog").get_by_label("New words").wait_for()
    found.extend((*faults(page, scheme), *wider(page)))
    assert not found, "\n".join(found)
