"""Every page, held against axe-core in light and dark, and against a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from onrecord.web.background.jobs import Pasted
from tests.web.browser.conftest import Visit
from tests.web.browser.desks import PATH, STORY, Served
from tests.web.browser.places import desk_pages, refusals, story_pages

if TYPE_CHECKING:
    from playwright.sync_api import Page

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")


_SIZES = {"light": (1200, 800), "dark": (360, 800)}


def faults(page: Page) -> list[str]:
    """What axe-core finds, one line a rule."""
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{page.url} {one['id']}: {one['help']} {[node['html'][:140] for node in one['nodes'][:4]]}" for one in found
    ]


def wider(page: Page) -> list[str]:
    """What sticks out of the window at the right; what scrolls by itself may."""
    if page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        return []
    return [f"{page.url} is {page.evaluate('document.documentElement.scrollWidth')} px wide"]


def opened(visit: Visit, name: str | None, path: str, scheme: str) -> Page:
    """A page for somebody in a scheme; the dark one as narrow as a phone."""
    width, height = _SIZES[scheme]
    return visit(name, path, color_scheme=scheme, viewport={"width": width, "height": height})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anybody_out(visit: Visit, served: Served, scheme: str) -> None:
    page = opened(visit, "Ada", "/", scheme)
    found: list[str] = []
    for path in (*desk_pages(), *story_pages(served.desk, STORY)):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        found.extend((*faults(page), *wider(page)))
    page.goto(PATH)
    page.keyboard.press("?")
    found.extend(faults(page))
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.get_by_role("dialog").get_by_label("New words").wait_for()
    found.extend((*faults(page), *wider(page)))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_refusal_shuts_anybody_out(visit: Visit, served: Served, scheme: str) -> None:
    told = served.app.state.jobs.submit("of its own", by="Ada", pasted=Pasted(text="Ann Orr said it rained."))
    page = opened(visit, "Ada", f"/jobs/{told}", scheme)
    found = [*faults(page), *wider(page)]
    stranger = opened(visit, None, PATH, scheme)
    assert urlsplit(stranger.url).path == "/sign-in"
    found += [*faults(stranger), *wider(stranger)]
    reader = opened(visit, "Rita", "/", scheme)
    for who, path, status in (*((page, *one) for one in refusals()), (reader, "/accounts", 403)):
        answer = who.goto(path)
        assert answer is not None and answer.status == status, path
        found.extend((*faults(who), *wider(who)))
    assert not found, "\n".join(found)
