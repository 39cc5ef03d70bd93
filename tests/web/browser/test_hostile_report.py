"""A report that would do harm, shown on every page: nothing of it runs, and the layout stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord import desk_pipeline
from onrecord.datamodel.entry import Verdict
from onrecord.ledger.deciding.making import Wish, decision_of
from tests.web.browser.conftest import watch
from tests.web.browser.desks import Served, serving
from tests.web.browser.places import desk_pages, story_pages
from tests.web.browser.test_every_page import wider

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCRIPT = "<script>alert(1)<" + chr(47) + "script><img src=x onerror=alert(2)><svg onload=alert(3)>"
STORY = "<img src=x onerror=alert(4)>\"'{{7*7}}"
# A link in a drawing (SVG) holds its address in an object, not in text.
_ADDRESSES = (
    "all => all.map(({href}) => href.baseVal === undefined ? href : new URL(href.baseVal, document.baseURI).href)"
)
TURNED = "\u202egnihton\u202c \u2066aside\u2069 \u200fend"
TEXT = f"""{SCRIPT} says minister {TURNED}

Minister {SCRIPT} Mallory said “the dam {SCRIPT} holds, {TURNED}”. Minister Mallory said the gate at \
javascript:alert(5) was shut.

Ann Orr denied that the gate was shut. Orr said {"w" * 3000} was near. {TURNED} said the [gate](javascript:alert(6)) \
was “open”, according to "><script src=https:{chr(47)}{chr(47)}elsewhere.example{chr(47)}x.js>.
"""


@pytest.fixture(scope="module")
def hostile(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk with the report on it, and people who decided in its words."""
    folder = tmp_path_factory.mktemp("hostile")
    reports = folder / "reports"
    reports.mkdir()
    names = ("<b onclick=alert(7)>.txt", "02\u202etxt.exe.txt")
    for number, name in enumerate(names):
        (reports / name).write_text(TEXT + f"\n\nThe dam stood on day {number}, Orr said.\n", encoding="utf-8")
    titles = (SCRIPT + " " + "Long title. " * 436_000, f"{TURNED} {SCRIPT}")
    known = {"outlet": f"{SCRIPT}{TURNED}", "date": "2033-03-07", "url": "javascript:alert(8)"}
    articles = [{"file": name, "headline": title, **known} for name, title in zip(names, titles, strict=True)]
    (reports / "meta.json").write_text(json.dumps({"articles": articles}), encoding="utf-8")
    place = folder / "desk.db"
    with desk_pipeline.desk(str(place), create=True, which="rules") as desk:
        list(desk_pipeline.add(desk, STORY, [reports], "rules"))
        story = desk.story(STORY)
        wish = Wish(verdict=Verdict.RENAME, ids=(story.claims[0].id,), value=f"{SCRIPT} {TURNED}", why=SCRIPT * 3)
        desk.decide(STORY, decision_of(wish, story, desk.scene(story), 0), by="<img src=x onerror=alert(9)>")
        wish = Wish(verdict=Verdict.SPEAKER_IS, ids=(story.attributions[0].id,), value=f"{SCRIPT}{'x' * 500}")
        desk.decide(STORY, decision_of(wish, story, desk.scene(story), 0), by="eve")
        desk.story(STORY)
    with serving(Path(place)) as found:
        yield found


def test_nothing_runs_and_nothing_sticks_out(chromium: Browser, hostile: Served) -> None:
    context = chromium.new_context(base_url=hostile.address, viewport={"width": 360, "height": 740})
    context.set_default_timeout(60_000)
    page = context.new_page()
    found: list[str] = []
    watch(page, hostile.address, found)
    for path in (*desk_pages(), *story_pages(hostile.desk, STORY)):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        found.extend(wider(page))
        for selector in ("script:not([src^='/static/'])", "img[src=x]", "[onerror], [onload], [onclick]", "b[onclick]"):
            found.extend(f"{path}: {selector}" for _ in page.locator(selector).all())
        found.extend(
            f"{path}: {href}"
            for href in page.locator("a[href]").evaluate_all(_ADDRESSES)
            if not href.startswith((hostile.address, "about:blank"))
        )
        shown = page.title() + page.locator("body").inner_text()
        assert not [one for one in shown if one in "\u202e\u2066\u200f"], path
    context.close()
    assert not found, "\n".join(found)
