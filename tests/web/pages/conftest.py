"""The example story on a desk, told by the rules, and a browser at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from onrecord import desk_pipeline
from onrecord.web.app import create_app
from onrecord.web.settings import Settings
from tests.web.opening import BASE

ROOT = Path(__file__).resolve().parents[3]
STORY = "dam memo"


@pytest.fixture(scope="package")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser at a desk that holds the example story; tests only look."""
    address = str(tmp_path_factory.mktemp("pages") / "desk.db")
    with desk_pipeline.desk(address, create=True, which="rules") as desk:
        list(desk_pipeline.add(desk, STORY, [ROOT / "examples" / "dam-memo"], "rules"))
        app = create_app(Settings(desk=address, tagger="rules"), desk)
        with TestClient(app, base_url=BASE, follow_redirects=False) as client:
            yield client
