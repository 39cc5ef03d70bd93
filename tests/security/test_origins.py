"""Another site neither rewrites nor withdraws a report by itself: that is for a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.datamodel.entry import EntryType, Reading
from onrecord.datamodel.report import Evidence, Fate, Part, Passage
from onrecord.datamodel.span import Span
from onrecord.ledger.desk import Desk
from onrecord.ledger.entries import payload_of
from onrecord.reading.draft import Source
from onrecord.reading.fetching.archiving import record
from onrecord.reading.fetching.client import Answer
from onrecord.reading.formats.archives.archive import WarcReader
from onrecord.reading.intake import read_capture
from tests.ledger.builder import reading

REAL = "https://quay-gazette.example/crane"


def captured(
    name: str, words: str, url: str | None, came_from: str, *, outlet: str | None = None, reader: str = "feed"
) -> Reading:
    """A report as it was fetched from somewhere, with the address that it gives itself."""
    plain = reading(name, ("Ann", words), url=url)
    report = replace(plain.report, outlet=outlet, reader=reader)
    return replace(plain, report=report, capture=replace(plain.capture, came_from=came_from))


def killing(one: Reading, words: str) -> Reading:
    """The same with a kill at its end."""
    text = one.report.text + words
    passages = (Passage(span=Span(len(one.report.text), len(text)), part=Part.WITHDRAWAL),)
    return replace(one, report=replace(one.report, text=text, passages=passages, sha256=one.report.sha256[::-1]))


@pytest.fixture
def held(desk: Desk) -> Desk:
    """A desk with a page that was fetched from its own site."""
    list(desk.add("b", [captured("01_crane", "the crane fell", REAL, REAL, outlet="Quay Gazette", reader="html")]))
    return desk


def test_a_page_of_another_site_that_names_its_address_is_a_report_of_its_own(held: Desk) -> None:
    evil = captured("02_evil", "the crane stands", REAL, "https://evil.example/x")
    (added,) = held.add("b", [evil])
    assert added.outcome.fate is Fate.READ
    (first, second) = held.state("b").filed
    assert second.root != first.root and second.report.url is None
    assert "for a person to say" in second.report.notes[-1]
    (again,) = held.add("b", [captured("03_crane", "the crane leaned", REAL, REAL, reader="html")])
    assert again.outcome.fate is Fate.REVISED and again.comparison and again.comparison.before == "01"


@pytest.mark.parametrize("came_from", [REAL, "https://www.quay-gazette.example/crane?from=rss", "saved/crane.html"])
def test_its_own_site_and_a_person_s_file_bring_a_new_version(held: Desk, came_from: str) -> None:
    (added,) = held.add("b", [captured("04_crane", "the crane leaned", REAL, came_from)])
    assert added.outcome.fate is Fate.REVISED


def test_the_feed_that_brought_it_brings_its_new_version(desk: Desk) -> None:
    feed = "https://feeds.example/quay"
    list(desk.add("b", [captured("01_crane", "the crane fell", REAL, feed, outlet="Quay Gazette")]))
    (added,) = desk.add("b", [captured("02_crane", "the crane leaned", REAL, feed, outlet="Quay Gazette")])
    assert added.outcome.fate is Fate.REVISED
    (other,) = desk.add("b", [captured("03_crane", "nothing fell", REAL, "https://evil.example/feed")])
    assert other.outcome.fate is Fate.READ


@pytest.mark.parametrize(
    ("came_from", "outlet", "gone"),
    [
        ("https://evil.example/x", None, False),
        ("https://evil.example/x", "Quay Gazette", False),
        (REAL + "/kill", "Quay Gazette", True),
        ("kills/kill.txt", "Quay Gazette", True),
    ],
)
def test_a_kill_counts_from_the_same_site_only(held: Desk, came_from: str, outlet: str | None, gone: bool) -> None:
    kill = killing(captured("05_kill", "stop", None, came_from, outlet=outlet), f"MANDATORY KILL: {REAL}")
    (added,) = held.add("b", [kill])
    assert bool([one for one in held.state("b").filed if one.withdrawn]) is gone
    (note,) = [payload_of(one) for one in held.log("b") if one.act is EntryType.CORRECTED]
    assert note.get("asks") == (None if gone else "01")
    assert ("onrecord drop" in (added.outcome.reason or "")) is not gone


def test_an_archived_page_may_not_give_itself_for_one_of_another_site() -> None:
    page = (
        b"<html><head><title>Crane</title><link rel='canonical' href='%s'><meta property='og:url' content='%s'></head>"
        b"<body><article><h1>Crane fell</h1><p>%s</p></article></body></html>"
    ) % (REAL.encode(), REAL.encode(), b"The crane fell on the quay, the harbour master said on Monday. " * 9)
    for address, url in (("https://evil.example/x", "https://evil.example/x"), (REAL + "?from=rss", REAL)):
        answer = Answer(address, 200, "OK", (("Content-Type", "text/html"),), page, "93.184.215.14")
        (draft,) = WarcReader().read(Source(record(answer), "crane.warc"))
        assert Evidence(field="claimed url", value=REAL, found_in="address") in draft.evidence or url == REAL
        (report,) = read_capture(Source(record(answer), "crane.warc"), "crane").reports
        assert report.url == url
        assert any("for a person to say" in note for note in report.notes) is (url != REAL)
