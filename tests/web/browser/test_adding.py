"""Reports added as an editor adds them: files, an address, words; what could not be read is told with its reason."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from onrecord.datamodel.entry import EntryType
from tests.web.browser.conftest import Visit
from tests.web.browser.desks import PATH, Served

STAMPED = b"""<!doctype html><html><head><title>Union wants answers</title>
<meta property="og:site_name" content="Quayside Voice">
<meta property="article:published_time" content="2033-03-10T08:00:00Z">
</head><body><article><h1>Union wants answers</h1>
<p>The dockers' union said the boom of the crane was cracked for months and that nobody had been told about it.</p>
<p>Harbour master Jonas Keel said 41 ships were waiting outside the port on Thursday morning.</p>
</article></body></html>"""
DROP = """([selector, name, words]) => {
  const held = new DataTransfer();
  held.items.add(new File([words], name, { type: "text/plain" }));
  for (const kind of ["dragover", "drop"]) {
    const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: held });
    document.querySelector(selector).dispatchEvent(event);
  }
}"""


@pytest.fixture(scope="module")
def outlet() -> Iterator[str]:
    """An outlet's page on the loopback."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/union" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(STAMPED if self.path == "/union" else b"gone")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_files_are_dropped_and_each_outcome_is_named(visit: Visit, tmp_path: Path) -> None:
    page = visit("Ana", PATH)
    page.get_by_role("link", name="Add reports").click()
    words = "Pilot Oda Lind said the port would open on Saturday. Lind said two tugs were lost."
    page.get_by_label("Choose files").wait_for()
    page.wait_for_load_state()
    page.evaluate(DROP, ["main", "04_pilot.txt", words])
    expect(page.get_by_text("04_pilot.txt")).to_be_visible()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Adding reports to quay crane")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Done: 1 read")
    expect(page.get_by_role("row").filter(has_text="04_pilot.txt")).to_contain_text("read")
    page.get_by_role("link", name="Add more").click()
    (tmp_path / "04_pilot_again.txt").write_text(words)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    page.get_by_label("Choose files").set_input_files([tmp_path / "04_pilot_again.txt", tmp_path / "broken.pdf"])
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Done")
    expect(page.get_by_role("row").filter(has_text="04_pilot_again.txt")).to_contain_text("duplicate")
    expect(page.get_by_role("row").filter(has_text="broken.pdf")).to_contain_text("refused")
    page.goto(f"{PATH}/reports")
    expect(page.get_by_text("1 input could not be read")).to_be_visible()


def test_an_address_and_pasted_words_are_added(visit: Visit, served: Served, outlet: str) -> None:
    page = visit("Ana", f"{PATH}/add")
    page.get_by_label("Web addresses").fill(f"{outlet}/union\n{outlet}/gone")
    page.get_by_label("The report's text").fill("Minister Tor Aas said the port must not close.\n\nAas said it twice.")
    page.get_by_label("Outlet").fill("The Evening Tide")
    page.get_by_label("Published").fill("2033-03-11")
    page.get_by_label("Headline").fill("Minister speaks")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Done: 2 read, 1 refused")
    expect(page.get_by_role("row").filter(has_text="/gone")).to_contain_text("404")
    fetched = [
        json.loads(one.payload)
        for one in served.desk.log()
        if one.act is EntryType.CAPTURED and "/union" in one.payload
    ]
    assert ["Content-Type", "text/html; charset=utf-8"] in fetched[0]["headers"]
    assert fetched[0]["came_from"] == f"{outlet}/union (added by Ana)"
    page.get_by_role("link", name="Open the story").click()
    expect(page.locator("article.claim").filter(has_text="Tor Aas").first).to_be_visible()
    page.goto(f"{PATH}/reports")
    expect(page.get_by_role("row").filter(has_text="The Evening Tide")).to_contain_text("Minister speaks")
    expect(page.get_by_role("row").filter(has_text="Quayside Voice")).to_be_visible()


def test_a_report_is_withdrawn_and_brought_back(visit: Visit, served: Served) -> None:
    page = visit("Ana", f"{PATH}/reports")
    row = page.get_by_role("row").filter(has_text="The Lantern")
    row.get_by_role("link", name="Withdraw").click()
    page.get_by_role("dialog").get_by_label("Why").fill("it was a spoof")
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    expect(page.locator("#notice")).to_contain_text("Ana withdrew report 03 — it was a spoof")
    expect(page.get_by_role("row").filter(has_text="The Lantern")).to_have_count(0)
    page.get_by_role("link", name="Bring back").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo").click()
    expect(page.locator("#notice")).to_contain_text("brought report 03 back")
    expect(page.get_by_role("row").filter(has_text="The Lantern")).to_have_count(1)


def test_nothing_given_is_told_on_the_form(visit: Visit, served: Served) -> None:
    page = visit("Ana", "/add")
    page.get_by_label("Story").fill("a new one")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("0 reports at once")
    expect(page.get_by_label("Story")).to_have_value("a new one")
