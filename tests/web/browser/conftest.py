"""A real browser at a served desk; what it complains of, and what it asks of others, fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from onrecord.ledger.storage.copying import copy
from onrecord.ledger.storage.store import Store
from tests.web.browser.desks import Served, filled, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Visit = Callable[..., "Page"]
_CHROMIUM = "/usr/bin/chromium"
# A story is told anew after each decision; a slow machine takes seconds for it.
_PATIENCE_MS = 30_000
# Links and forms work before a page's scripts are there, in another way; a mouse waits for the scripts here.
_HELD = """
const held = new CSSStyleSheet();
held.replaceSync("* { pointer-events: none !important }");
document.adoptedStyleSheets = [held];
addEventListener("DOMContentLoaded", () => { document.adoptedStyleSheets = []; });
"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install playwright)")
    if not Path(_CHROMIUM).exists():
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    sync_api.expect.set_options(timeout=_PATIENCE_MS)
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk that the others are copies of."""
    return filled(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def served(chromium: Browser, told_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk of this module's own."""
    place = tmp_path_factory.mktemp("served") / "desk.db"
    with closing(Store(str(told_once))) as store:
        copy(store, place)
    with serving(place) as found:
        yield found


@pytest.fixture
def visit(chromium: Browser, served: Served) -> Iterator[Visit]:
    """Opens a page for somebody; a console error, a script's error, a dialog or a foreign request fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_page(name: str | None, path: str, **options: Any) -> Page:
        context = chromium.new_context(base_url=served.address, **options)
        context.set_default_timeout(_PATIENCE_MS)
        if options.get("java_script_enabled", True):
            context.add_init_script(_HELD)
        contexts.append(context)
        if name is not None:
            context.add_cookies([{"name": "onrecord", "value": served.ticket(name), "url": served.address}])
        page = context.new_page()
        watch(page, served.address, complaints)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def watch(page: Page, address: str, complaints: list[str]) -> None:
    """Note what must not happen on any page."""

    def told(message: Any) -> None:
        # A form that is refused is answered by 4xx, which Chromium writes to the console.
        if message.type in ("error", "warning") and "the server responded with a status of 4" not in message.text:
            complaints.append(f"console {message.type}: {message.text}")

    def asked(request: Any) -> None:
        if urlsplit(request.url).netloc != urlsplit(address).netloc:
            complaints.append(f"asked elsewhere: {request.url}")

    def dialog(found: Any) -> None:
        complaints.append(f"dialog: {found.message}")
        found.dismiss()

    page.on("console", told)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("dialog", dialog)
    page.on("request", asked)
