"""Annotations by the form and by the API: notes on a claim's page, with the words that they stand on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from onrecord.ledger.desk import open_desk
from tests.ledger.builder import PlainBuilder, reading
from tests.web.opening import BASE, STORY, accounted, app_of, csrf, filled, opened, sign_in

URL = "https://quay-gazette.example/dam"


def rows(ident: str, exact: str) -> bytes:
    """An answer of the search with one annotation."""
    target = [{"selector": [{"type": "TextQuoteSelector", "exact": exact}]}]
    one = {"id": ident, "uri": URL, "user": "acct:mira@notes.example", "text": "<b>Ask</b> @eve", "target": target}
    return json.dumps({"rows": [one]}).encode()


def test_annotations_are_noted_by_form_and_by_api(tmp_path: Path) -> None:
    address = str(tmp_path / "desk.db")
    filled(address)
    accounted(address)
    with open_desk(address, PlainBuilder()) as held:
        list(held.add(STORY, [reading("07_gazette", ("Ann Orr", "the weir leaks"), url=URL)]))
    with opened(address) as client:
        sign_in(client, "eve")
        path, data, origin = f"/stories/{STORY}/annotations", {"csrf": csrf(client)}, {"origin": BASE}

        def send(*raw: bytes) -> Any:
            files = [("files", ("notes.json", one)) for one in raw]
            return client.post(path, data=data, files=files, headers=origin)

        done = send(rows("a", "the weir leaks"))
        assert done.status_code == 200 and "1 note entered, 0 here already, 0 not anchored" in done.text
        claim = client.get(f"/stories/{STORY}/claims/the-weir-leaks")
        assert "&lt;b&gt;Ask&lt;/b&gt;" in claim.text and "the weir leaks</bdi>”</a>" in claim.text
        assert f"/stories/{STORY}/reports/07?show=07-01#a-07-01" in claim.text
        bad = send(b"[]")
        assert bad.status_code == 400 and "notes.json: no Hypothesis annotations in it" in bad.text
        assert send().status_code == 400

        token = app_of(client).state.gate.passes.issue("eve", "notes")
        client.cookies.clear()
        headers = {"authorization": f"Bearer {token}"}
        told = client.post(f"/api/v1{path}", files={"files": ("n.json", rows("b", "the weir holds"))}, headers=headers)
        assert told.status_code == 201 and told.json()["noted"][0]["reason"].startswith("its words are not in")
        told = client.post(f"/api/v1{path}", files={"files": ("n.json", rows("a", "the weir leaks"))}, headers=headers)
        assert told.json()["noted"][0]["known"] is True
        found = client.get(f"/api/v1/stories/{STORY}/claims/the-weir-leaks", headers=headers).json()
        assert [one["statements"] for one in found["work"]["notes"]] == [["07-01"]]
