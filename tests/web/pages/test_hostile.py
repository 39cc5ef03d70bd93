"""Reports that mean harm: every field holds markup, addresses that run, and characters that turn text around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from onrecord.ledger.desk import open_desk
from tests.ledger.builder import PlainBuilder, reading
from tests.reading import makers
from tests.web.opening import app_of, opened
from tests.web.pages.looking import Looked

HARM = "<script>alert(1)</script><img src=x onerror=alert(1)>\" onmouseover='alert(1)' {{ 7*7 }}"
TURNED = "invoice\u202egpj.exe\u2066"
PATHS = (
    "",
    "/conflicts",
    "/quotes",
    "/exhibits",
    "/sources",
    "/timeline",
    "/changes",
    "/reports",
    "/reports/01",
    "/print",
    "/log",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    address = str(tmp_path_factory.mktemp("hostile") / "desk.db")
    first = reading(f"01_{TURNED}", (HARM, f"{HARM} is so"), (f"Ann {TURNED}", f"the {HARM} holds"))
    one = replace(
        first.report,
        headline=HARM + TURNED + "wide" * 500_000,
        outlet=HARM,
        byline=TURNED + HARM,
        url="javascript:alert(1)",
        notes=(HARM, TURNED),
    )
    second = reading("02_echo", (HARM, f"{HARM} is so"), published=None)
    with open_desk(address, PlainBuilder(), create=True) as held:
        list(held.add("s", [replace(first, report=one), second]))
    with opened(address) as client:
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_nothing_runs(hostile: TestClient, path: str) -> None:
    answer = hostile.get(f"/stories/s{path}")
    assert answer.status_code == 200
    page = Looked(answer.text)
    assert page.faults == []
    assert "49" not in [page.texts.get(place) for place in range(len(page.elements))]
    seen = re.sub(r' (?:value|data-[a-z]+)="[^"]*"', "", answer.text)
    assert "\u202e" not in seen and "\u2066" not in seen
    assert len(answer.content) < 200_000


def test_claims_and_downloads_too(hostile: TestClient) -> None:
    story = app_of(hostile).state.story_cache.told("s")
    for claim in story.claims:
        assert Looked(hostile.get(f"/stories/s/claims/{claim.id}").text).faults == []
    brief = hostile.get("/stories/s/brief.html")
    assert "default-src 'none'" in brief.headers["content-security-policy"]
    assert brief.headers["content-disposition"].startswith("attachment")


def test_characters_that_turn_text_are_named(hostile: TestClient) -> None:
    assert "⟨U+202E⟩" in Looked(hostile.get("/stories/s/reports/01").text).text("text")


def test_words_in_the_address_are_words(hostile: TestClient) -> None:
    for path in ("/search?q=", "/stories/s?q=", "/stories/s?speaker="):
        assert Looked(hostile.get(path + "%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text).faults == []


def test_a_page_of_a_pdf_is_drawn_with_its_frame(tmp_path: Path) -> None:
    from PIL import Image

    from onrecord.desk_pipeline import add

    source, address = tmp_path / "a.pdf", str(tmp_path / "desk.db")
    source.write_bytes(makers.make_pdf())
    with open_desk(address, PlainBuilder(), create=True) as held:
        list(add(held, "s", [source], "rules"))
    with opened(address) as client:
        story = app_of(client).state.story_cache.told("s")
        report = story.reports[0].id
        page = client.get(f"/stories/s/reports/{report}")
        assert f"/reports/{report}/page/1.png" in page.text and Looked(page.text).faults == []
        plain = client.get(f"/stories/s/reports/{report}/page/1.png")
        assert plain.headers["content-type"] == "image/png"
        said = next((one.id for one in story.attributions if one.report == report), None)
        if said is not None:
            assert client.get(f"/stories/s/reports/{report}/page/1.png?show={said}").content != plain.content
        (tmp_path / "page.png").write_bytes(plain.content)
        with Image.open(tmp_path / "page.png") as picture:
            assert picture.width > 600
        assert client.get(f"/stories/s/reports/{report}/page/9.png").status_code == 404
