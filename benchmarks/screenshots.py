"""Pictures of every page of the desk, light, dark and on a phone, from stories invented for this project.

python -m benchmarks.screenshots            # the few that docs/browser.md shows, into docs/pictures
python -m benchmarks.screenshots --all DIR  # every page in every way
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from onrecord import desk_pipeline
from onrecord.web.app import create_app
from onrecord.web.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
STORIES = {"dam-memo": ROOT / "examples" / "dam-memo", "airline-sale": ROOT / "examples" / "airline-sale"}
CHROMIUM = "/usr/bin/chromium"
PATIENCE_MS = 120_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--font-render-hinting=none"]
WAYS = {"light": (1180, 860, "light"), "dark": (1180, 860, "dark"), "phone": (360, 740, "light")}
# What the documentation shows: page, way, and how much of its height.
SHOWN = (
    ("stories", "light", 560), ("story", "light", 860), ("story", "dark", 860), ("story", "phone", 740),
    ("claim", "light", 900), ("report", "light", 760), ("sources", "light", 700), ("changes", "light", 560),
    ("matrix", "light", 520), ("ask", "light", 620), ("outlet", "light", 560), ("queue", "light", 520),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One page: its name, its path, what is clicked open before, and what is brought into view."""

    name: str
    path: str
    open: str | None = None
    to: str | None = None


@contextmanager
def served(address: str, tagger: str) -> Iterator[str]:
    """The address of a desk that is served while the block runs."""
    with desk_pipeline.desk(address, create=True, which=tagger) as desk:
        app = create_app(Settings(desk=address, tagger=tagger), desk)
        for shelf in desk.stories():
            app.state.story_cache.told(shelf.name)
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


def filled(address: str, tagger: str) -> None:
    """Enter the invented stories."""
    with desk_pipeline.desk(address, create=True, which=tagger) as desk:
        for name, folder in STORIES.items():
            for _ in desk_pipeline.add(desk, name, [folder]):
                pass


def shots(page: Page, home: str) -> tuple[Shot, ...]:
    """Every page of the first story, with the most contested claim and a report that it rests on."""
    story = "/stories/dam-memo"
    page.goto(home + story)
    claim = page.locator("article.claim h3 a").first.get_attribute("href") or story
    page.goto(home + claim)
    report = page.locator("a.ref").first.get_attribute("href") or story
    page.goto(f"{home}{story}/reports")
    links = page.locator("table.reports a")
    paths = [links.nth(one).get_attribute("href") or "" for one in range(links.count())]
    pdf = next((path for path in paths if _has_pages(page, home + path)), report)
    listed = ("conflicts", "quotes", "sources", "timeline", "changes", "reports", "log", "print", "add")
    return (
        Shot(name="stories", path="/"),
        Shot(name="story", path=story, open="article.claim details.open summary"),
        Shot(name="matrix", path=story, to=".chart"),
        Shot(name="claim", path=claim),
        Shot(name="report", path=re.sub(r"#.*", "", report)),
        Shot(name="document", path=pdf, to=".leaf"),
        *(Shot(name=one, path=f"{story}/{one}") for one in listed),
        Shot(name="search", path="/search?q=gate"),
        Shot(name="ask", path=f"{story}/ask?claim=The+gate+of+the+dam+is+cracked."),
        Shot(name="outlet", path=f"{story}/outlets/Northline"),
        Shot(name="compare", path=f"{story}/compare?left=01&right=02"),
        Shot(name="queue", path="/queue"),
    )


def _has_pages(page: Page, address: str) -> bool:
    page.goto(address)
    return page.locator(".leaf").count() > 0


def taken(browser: Browser, home: str, way: str, wanted: Collection[str] | None) -> Iterator[tuple[Shot, Page]]:
    """Each page that is wanted, None for all, opened as it is to be seen."""
    width, height, scheme = WAYS[way]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    for shot in (one for one in shots(page, home) if wanted is None or one.name in wanted):
        page.goto(home + shot.path)
        page.wait_for_load_state("networkidle")
        if shot.open and page.locator(shot.open).count():
            page.locator(shot.open).first.click()
        if shot.to and page.locator(shot.to).count():
            page.locator(shot.to).first.evaluate("one => one.scrollIntoView()")
        yield shot, page
    context.close()


def saved(page: Page, path: Path, height: int | None) -> None:
    """Save the page from where it stands: the window's part of it in few colours, or all of it."""
    from PIL import Image

    if height is None:
        page.screenshot(path=path, full_page=True)
        return
    width = page.viewport_size["width"] if page.viewport_size else 1180
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=path)
    # The pictures travel with the source: text in few colours takes half the room.
    Image.open(path).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", type=Path, metavar="DIR", help="every page in every way, whole, into DIR")
    parser.add_argument("--desk", help="a desk that holds the stories; made where there is none")
    parser.add_argument("--tagger", default="auto", choices=("auto", "neural", "rules"))
    given = parser.parse_args()
    # Whose machine this is stands in no picture.
    os.environ["LOGNAME"] = "ada"
    out: Path = given.all or ROOT / "docs" / "pictures"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        address = given.desk or str(Path(folder) / "desk.db")
        if not Path(address).exists():
            filled(address, given.tagger)
        with served(address, given.tagger) as home:
            _pictured(home, out, every=given.all is not None)


def _pictured(home: str, out: Path, *, every: bool) -> None:
    from playwright.sync_api import sync_playwright

    wanted = {(name, way): height for name, way, height in SHOWN}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for way in WAYS:
            names = None if every else [name for name, its_way in wanted if its_way == way]
            for shot, page in taken(browser, home, way, names):
                saved(page, out / f"{shot.name}-{way}.png", None if every else wanted[shot.name, way])
        browser.close()


if __name__ == "__main__":
    main()
