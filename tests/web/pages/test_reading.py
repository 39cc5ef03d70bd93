"""What was taken of a file and what was left out, in the browser."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from onrecord import desk_pipeline
from onrecord.web.app import create_app
from onrecord.web.settings import Settings
from tests.reading.makers import make_html
from tests.web.opening import BASE
from tests.web.pages.looking import Looked


def test_a_page_is_accounted_for_beside_its_words(tmp_path: Path) -> None:
    hidden = b"<p hidden>The mayor resigned, his office said in a note.</p></article>"
    (tmp_path / "crane.html").write_bytes(make_html().replace(b"</article>", hidden))
    with desk_pipeline.desk(str(tmp_path / "desk.db"), create=True, which="rules") as desk:
        list(desk_pipeline.add(desk, "s", [tmp_path / "crane.html"], "rules"))
        app = create_app(Settings(desk=str(tmp_path / "desk.db"), tagger="rules"), desk)
        with TestClient(app, base_url=BASE, follow_redirects=False) as client:
            assert "/stories/s/reports/crane/reading" in client.get("/stories/s/reports/crane").text
            answer = client.get("/stories/s/reports/crane/reading")
    assert answer.status_code == 200 and Looked(answer.text).faults == []
    rows = [row for row in answer.text.split("<tr>") if "</td>" in row]
    (left,) = [row for row in rows if "Pier fire" in row]
    assert left.startswith("<td></td><td><bdi>Pier fire") and "other" in left
    (taken,) = [row for row in rows if "The mayor resigned" in row]
    assert taken.startswith("<td><bdi>The mayor resigned") and "hidden on the page" in taken
