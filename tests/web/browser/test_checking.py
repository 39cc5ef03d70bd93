"""A draft pasted by an editor: marked, numbered, readable for everybody, and found by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Visit
from tests.web.browser.desks import PATH
from tests.web.browser.test_every_page import faults, opened, wider

if TYPE_CHECKING:
    from playwright.sync_api import Page

DRAFT = """Crane row goes on

“The boom is not cracked and nobody goes near it,” said Ilse Ravn, the chief engineer.

“Everybody is hopeless,” a source said.
"""


def checked(page: Page) -> None:
    page.get_by_label("The draft's words").fill(DRAFT)
    page.get_by_label("AP").check()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("region", name="Findings")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checked_draft_can_be_read_by_everybody(visit: Visit, scheme: str) -> None:
    page = opened(visit, "Ada", f"{PATH}/check", scheme)
    assert not faults(page)
    checked(page)
    assert not faults(page) and not wider(page)
    findings = page.locator(".findings > ol > li")
    expect(findings.first).to_be_visible()
    findings.first.locator("a.way").click()
    assert page.url.endswith("#at-1")
