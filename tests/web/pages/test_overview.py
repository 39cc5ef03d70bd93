"""A story's first screen: what is contested and between whom, and what was taken back by whom."""

from __future__ import annotations

import json
import re
from pathlib import Path

from fastapi.testclient import TestClient

from onrecord import desk_pipeline
from onrecord.web.app import create_app
from onrecord.web.settings import Settings
from tests.web.opening import BASE
from tests.web.pages.conftest import STORY

MONDAY = """Ferry sank, harbour master says

Harbour master Tomas Reyl said that the ferry Halcyon had sunk off the point.
"""
TUESDAY = """Harbour master takes it back

Harbour master Tomas Reyl retracted his statement that the ferry Halcyon had sunk off the point.
"""


def overview(client: TestClient, story: str) -> str:
    """The words of the first screen before the list of claims."""
    page = client.get(f"/stories/{story}").text
    part = page[page.index('<section class="overview"') : page.index("</section>")]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def test_each_contested_claim_says_for_whom_and_against_whom(newsroom: TestClient) -> None:
    told = overview(newsroom, STORY)
    assert "What is contested" in told
    assert re.search(r"disputed for \S.* against \S.* since 9 Nov", told)


def test_what_was_taken_back_says_by_whom_and_when(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "01_monday.txt").write_text(MONDAY)
    (folder / "02_tuesday.txt").write_text(TUESDAY)
    articles = [
        {"file": "01_monday.txt", "outlet": "Northline", "date": "2031-03-03"},
        {"file": "02_tuesday.txt", "outlet": "The Quay Gazette", "date": "2031-03-04"},
    ]
    (folder / "meta.json").write_text(json.dumps({"articles": articles}))
    address = str(tmp_path / "desk.db")
    with desk_pipeline.desk(address, create=True) as desk:
        list(desk_pipeline.add(desk, "ferry", [folder]))
        with TestClient(create_app(Settings(desk=address, tagger="auto"), desk), base_url=BASE) as client:
            told = overview(client, "ferry")
    assert "retracted taken back by Tomas Reyl since 4 Mar" in told
    assert "taken back by Tomas Reyl , 4 Mar" in told
