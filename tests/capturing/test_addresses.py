"""Addresses onto a desk's record: kept as they came, versions of one report told from reports of their own."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from onrecord.capturing.addresses import add_addresses
from onrecord.cli.app import run
from onrecord.datamodel.entry import EntryType
from onrecord.datamodel.report import Fate
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import Desk
from onrecord.ledger.entries import payload_of
from onrecord.reading.fetching.client import Fetcher, Guard
from tests.capturing.web import Web
from tests.reading.makers import PARAGRAPHS, TITLE, make_html, make_pdf


def page(*paragraphs: str) -> bytes:
    """A page without an address of its own."""
    return make_html(TITLE, paragraphs or PARAGRAPHS).replace(b'<link rel="canonical"', b'<link rel="x"')


def fates(desk: Desk, fetcher: Fetcher, *urls: str) -> list[tuple[Fate, str | None]]:
    """What became of each address."""
    added = add_addresses(desk, "crane", urls, fetcher, which="rules")
    return [(one.outcome.fate, one.outcome.report) for one in added if not one.turns]


def test_a_page_is_archived_with_its_address_headers_and_time(desk: Desk, web: Web, fetcher: Fetcher) -> None:
    url = web.set("/news/crane-report.html", page(), headers={"X-Edition": "late"})
    assert fates(desk, fetcher, url) == [(Fate.READ, "127-0-0-1-crane-report")]
    captured = payload_of(next(one for one in desk.log("crane") if one.act is EntryType.CAPTURED))
    assert captured["came_from"] == url and captured["at"]
    assert ["X-Edition", "late"] in captured["headers"]
    archived = desk.fetch(captured["raw"])
    assert archived.startswith(b"WARC/1.") and b"X-Edition: late" in archived and page() in archived
    (filed,) = desk.state("crane").filed
    assert filed.report.url == url and filed.report.captured is not None
    assert verify(desk.store).faults == ()


def test_other_bytes_are_a_version_and_the_same_bytes_a_duplicate(desk: Desk, web: Web, fetcher: Fetcher) -> None:
    url = web.set("/crane.html", page())
    fates(desk, fetcher, url)
    assert fates(desk, fetcher, url) == [(Fate.DUPLICATE, "127-0-0-1-crane")]
    web.set("/crane.html", page(*PARAGRAPHS[:-1]))
    assert fates(desk, fetcher, url) == [(Fate.REVISED, "127-0-0-1-crane-v2")]
    web.set("/crane.html", page(*PARAGRAPHS[1:]).replace(b'rel="x" href="', b'rel="canonical" href="/moved/'))
    assert fates(desk, fetcher, url) == [(Fate.REVISED, "127-0-0-1-crane-v3")]


def test_two_addresses_are_two_reports(desk: Desk, web: Web, fetcher: Fetcher) -> None:
    urls = [web.set("/a/crane.html", page()), web.set("/b/crane.html", page(*PARAGRAPHS[1:]))]
    assert [one for _, one in fates(desk, fetcher, *urls)] == ["127-0-0-1-crane", "127-0-0-1-crane-2"]


def test_documents_behind_an_address_are_read(desk: Desk, web: Web, fetcher: Fetcher) -> None:
    pdf = web.set("/notice.pdf", make_pdf(), kind="application/pdf")
    text = web.set("/notice.txt", "\n\n".join(PARAGRAPHS), kind="text/plain")
    assert [fate for fate, _ in fates(desk, fetcher, pdf, text)] == [Fate.READ, Fate.READ]
    assert {one.report.url for one in desk.state("crane").filed} == {pdf, text}


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/none", "404"), ("/empty", "no article|no page|empty"), ("/slow", "slower"), ("/huge", "larger")],
)
def test_what_cannot_be_had_is_refused_with_its_reason(
    desk: Desk, web: Web, fetcher: Fetcher, path: str, reason: str
) -> None:
    web.set("/empty", "<html><body></body></html>")
    web.set("/slow", b"<html>" * 100, drip_s=0.05)
    web.set("/huge", b"x" * 500_000)
    (added,) = add_addresses(desk, "crane", [web.address + path], fetcher, which="rules")
    assert added.outcome.fate is Fate.REFUSED and added.outcome.input == web.address + path
    assert any(one in (added.outcome.reason or "") for one in reason.split("|"))


def test_the_commands(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("onrecord.reading.fetching.fetch.Guard", partial(Guard, pause_s=0.0))
    url, archive, desk = web.set("/crane.html", page()), tmp_path / "crane.warc.gz", str(tmp_path / "desk.db")
    assert run(["fetch", url, "--out", str(archive)]) == 1
    assert "private or reserved" in capsys.readouterr().err and not archive.exists()
    assert run(["fetch", url, "--out", str(archive), "--allow-private"]) == 0
    assert run(["extract", str(archive), "--tagger", "rules"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["attributions"]
    assert run(["add", "crane", url, str(archive), "--allow-private", "--tagger", "rules", "--desk", desk]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"duplicate: {url} → crane")
    assert run(["fetch", "crane.html"]) == 2
    assert run(["fetch", url, "--out", "crane.html"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_paths_are_told_as_given(desk: Desk, tmp_path: Path) -> None:
    from onrecord.desk_pipeline import add

    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "01.txt").write_text("\n\n".join(PARAGRAPHS))
    list(add(desk, "crane", [folder], "rules"))
    captured = payload_of(next(one for one in desk.log("crane") if one.act is EntryType.CAPTURED))
    assert captured["came_from"] == "in/01.txt"
