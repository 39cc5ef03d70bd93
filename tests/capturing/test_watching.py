"""Feeds onto a desk's record: new and revised items once each, and no feed can stop the others."""

from __future__ import annotations

import html
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.capturing.feeds import items_of, patience_s, retry_after
from onrecord.capturing.watching import Said, Watch, Wish
from onrecord.cli.app import run
from onrecord.cli.serve import feeds_of, watched
from onrecord.datamodel.entry import EntryType
from onrecord.errors import ReadError, UsageError
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import Desk
from onrecord.ledger.filing import Added
from onrecord.reading.fetching.client import Answer, Fetcher
from tests.capturing.web import Web
from tests.reading.makers import PARAGRAPHS, make_html, make_json_feed, make_rss

Row = tuple[str, str, str]


def rss(rows: Sequence[Row], extra: str = "") -> bytes:
    """A feed of items: title, link, description."""
    items = "".join(
        f"<item><guid>{link or title}</guid><title>{title}</title>{f'<link>{link}</link>' if link else ''}"
        f"<description>{html.escape(words)}</description></item>"
        for title, link, words in rows
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Quay</title>{extra}{items}</channel></rss>".encode()
    )


def page(title: str, *paragraphs: str) -> bytes:
    """A page without an address of its own."""
    return make_html(title, paragraphs or PARAGRAPHS).replace(b'<link rel="canonical"', b'<link rel="x"')


class Hours:
    """A clock that is set by hand; nothing waits."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def polled(watch: Watch) -> list[str]:
    """What one more turn of all feeds tells."""
    return [
        f"{one.outcome.fate} {one.outcome.report}" if isinstance(one, Added) else f"{one.words}" for one in _turn(watch)
    ]


def _turn(watch: Watch) -> list[Added | Said]:
    """Every feed once, due or not."""
    told: list[Added | Said] = []
    for feed in list(watch._paces):
        told.extend(watch._turn(feed))
    return [one for one in told if isinstance(one, Said) or not one.turns]


def watching(desk: Desk, fetcher: Fetcher, *feeds: str, **wish: object) -> Watch:
    """A watch on feeds, with the rules."""
    return Watch(desk, Wish(story="crane", feeds=feeds, which="rules", **wish), fetcher, Hours())  # type: ignore[arg-type]


def test_new_and_revised_items_are_taken_once(desk: Desk, web: Web, fetcher: Fetcher) -> None:
    crane = web.set("/crane.html", page("Crane fails"))
    pier = web.set("/pier.html", page("Pier burns", *PARAGRAPHS[1:]))
    feed = web.set(
        "/feed", rss([("Pier burns", pier, "It burns."), ("Crane fails", crane, "It fails.")]), headers={"ETag": "1"}
    )
    watch = watching(desk, fetcher, feed)
    assert polled(watch) == ["read 127-0-0-1-crane", "read 127-0-0-1-pier"]
    assert polled(watch) == []
    assert web.asked[-1][1]["If-None-Match"] == "1" and web.paths().count("/crane.html") == 1
    web.set("/crane.html", page("Crane fails", *PARAGRAPHS[:-1]))
    web.set(
        "/feed", rss([("Pier burns", pier, "It burns."), ("Crane fails", crane, "It failed.")]), headers={"ETag": "2"}
    )
    assert polled(watch) == ["revised 127-0-0-1-crane-v2"]
    assert polled(watching(desk, fetcher, feed)) == []
    assert web.paths().count("/pier.html") == 1
    assert verify(desk.store).faults == () and desk.story("crane").reports


def test_an_items_own_words_stand_in_for_a_page_that_cannot_be_had(desk: Desk, web: Web, fetcher: Fetcher) -> None:
    feed = web.set(
        "/feed",
        rss([("Crane fails", f"{web.address}/gone.html", " ".join(PARAGRAPHS)), ("No page", "", PARAGRAPHS[0])]),
    )
    assert polled(watching(desk, fetcher, feed)) == ["read no-page", "read 127-0-0-1-gone"]
    filed = {one.report.id: one.report for one in desk.state("crane").filed}
    assert any("404" in note for note in filed["127-0-0-1-gone"].notes)
    assert filed["127-0-0-1-gone"].text.startswith("Crane fails")
    assert polled(watching(desk, fetcher, feed)) == []


def test_a_page_that_was_down_is_asked_for_again(desk: Desk, web: Web, fetcher: Fetcher) -> None:
    crane = web.set("/crane.html", b"", status=503)
    watch = watching(desk, fetcher, web.set("/feed", rss([("Crane fails", crane, "It fails.")]), headers={"ETag": "1"}))
    assert polled(watch) == ["read 127-0-0-1-crane"]
    web.set("/crane.html", page("Crane fails"))
    assert polled(watch) == ["revised 127-0-0-1-crane-v2"]
    assert polled(watch) == []


def test_one_feed_cannot_stop_another(desk: Desk, web: Web, fetcher: Fetcher) -> None:
    crane = web.set("/crane.html", page("Crane fails"))
    bad = [
        "http://127.0.0.1:49151/down", web.set("/slow", b"<rss>" * 100, drip_s=0.05), web.set("/huge", b"x" * 500_000),
        web.set("/torn", b"<rss><channel><item><title>Torn &bogus; <b>"), web.set("/page", page("A page")),
        web.set("/none", b"", status=404), web.set("/gone", b"", status=410),
        web.set("/bomb", b'<!DOCTYPE x [<!ENTITY a "b">]><rss><item>&a;</item></rss>', kind="text/xml"),
    ]  # fmt: skip
    good = web.set("/feed", rss([("Crane fails", crane, "It fails.")]))
    watch = watching(desk, fetcher, *bad, good)
    told = polled(watch)
    assert told[-1] == "read 127-0-0-1-crane" and len(told) == len(bad) + 1
    assert polled(watch) == []
    assert f"{web.address}/gone" not in watch._paces
    web.set("/none", rss([]).replace(b"</channel>", b"<item><title>Quay</title></item></channel>"))
    assert "answers again" in polled(watch)


def test_the_pause_grows_and_a_servers_wish_is_heeded(desk: Desk, web: Web, fetcher: Fetcher) -> None:
    feed = web.set("/feed", b"", status=500)
    watch = watching(desk, fetcher, feed, every_s=60.0)
    due = []
    for _ in range(4):
        polled(watch)
        due.append(watch._paces[feed].due)
    assert due == [60.0, 120.0, 240.0, 480.0]
    web.set("/feed", b"", status=429, headers={"Retry-After": "3600"})
    polled(watch)
    assert watch._paces[feed].due > 3500
    asked = len(web.paths())
    again = watching(desk, fetcher, feed)
    assert polled(again) == [] and len(web.paths()) == asked and again._paces[feed].due > 3500


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({}, b"<rss><channel><ttl>60</ttl>", 3600.0), ({"Cache-Control": "public, max-age=900"}, b"", 900.0),
        ({}, b"", 0.0), ({}, b"<ttl>99999</ttl>", 86_400.0),
    ],
)  # fmt: skip
def test_ttl_and_max_age(headers: dict[str, str], body: bytes, seconds: float) -> None:
    assert patience_s(Answer("u", 200, "OK", tuple(headers.items()), body)) == seconds


@pytest.mark.parametrize(("told", "found"), [("120", 120), ("Sun, 04 May 2031 08:20:30 GMT", 30), ("soon", None)])
def test_retry_after(told: str, found: int | None) -> None:
    now = datetime(2031, 5, 4, 8, 20, tzinfo=UTC)
    at = retry_after(Answer("u", 429, "", (("Retry-After", told),), b""), now)
    assert (at - now).total_seconds() == found if at and found else at is None and found is None


def test_all_kinds_of_feed_have_items(fetcher: Fetcher) -> None:
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><entry><id>urn:1</id><title>Crane fails</title>'
        b'<link href="/crane"/><updated>2031-05-04T08:20:00Z</updated><summary>It fails.</summary></entry></feed>'
    )
    for body in (atom, make_rss(), make_json_feed()):
        found = items_of(Answer("https://quay.example/feed", 200, "OK", (), body))
        assert found and all(one.url and one.url.startswith("http") for one in found)
    assert items_of(Answer("https://quay.example/feed", 200, "OK", (), atom))[0].url == "https://quay.example/crane"
    with pytest.raises(ReadError, match="no feed"):
        items_of(Answer("https://quay.example/", 200, "OK", (), make_html()))


def test_only_what_matches_and_only_the_newest(desk: Desk, web: Web, fetcher: Fetcher) -> None:
    rows = [(f"Crane {n}", "", f"The crane failed {n} times, the port said.") for n in range(4)]
    feed = web.set("/feed", rss([("Pier burns", "", "The pier burns, the port said."), *rows]))
    assert polled(watching(desk, fetcher, feed, match="CRANE failed", newest=2)) == ["read crane-1", "read crane-0"]


def test_what_was_taken_is_an_entry(desk: Desk, web: Web, fetcher: Fetcher) -> None:
    feed = web.set("/feed", rss([("Crane fails", "", PARAGRAPHS[0])]))
    polled(watching(desk, fetcher, feed))
    (entry,) = [one for one in desk.log("crane") if one.act is EntryType.POLLED]
    assert entry.subject == feed and entry.by == "tool:watch 1"


def test_the_command_polls_once_and_counts_faults(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_DESK", str(tmp_path / "desk.db"))
    feed = web.set("/feed", rss([("Crane fails", "", PARAGRAPHS[0])]))
    line = ["watch", "crane", feed, "--once", "--allow-private", "--tagger", "rules"]
    assert run(line) == 0
    assert capsys.readouterr().out == f"read: {feed}#Crane fails → crane-fails\n"
    assert run([*line, "--format", "json"]) == 0
    assert capsys.readouterr().out == ""
    assert run(["watch", "crane", web.address + "/none", "--once", "--allow-private"]) == 1
    assert "answered 404" in capsys.readouterr().err
    assert run([*line, "--every", "soon"]) == 2 and run(["watch", "crane", "feed.xml"]) == 2


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_watch_stops_cleanly(web: Web, tmp_path: Path, sign: signal.Signals) -> None:
    feed = web.set("/feed", rss([("Crane fails", "", PARAGRAPHS[0])]))
    slow = web.set("/slow", b"<rss>" * 1000, drip_s=0.2)
    line = [
        sys.executable,
        "-m",
        "onrecord",
        "watch",
        "crane",
        feed,
        slow,
        "--allow-private",
        "--tagger",
        "rules",
        "--desk",
        str(tmp_path / "d.db"),
    ]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ})
    assert process.stdout is not None and process.stdout.readline().startswith(b"read: ")
    time.sleep(0.3)
    process.send_signal(sign)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0 and told.endswith(b"stopped: nothing is left half entered\n")
    assert run(["verify", "--desk", str(tmp_path / "d.db")]) == 0


def test_feeds_are_watched_beside_a_server(desk: Desk, web: Web, capfd: pytest.CaptureFixture[str]) -> None:
    item = web.set("/one.html", page("Crane stands"))
    feed = web.set("/feed.xml", rss([("Crane stands", item, "words")]), kind="application/rss+xml")
    wishes = feeds_of([f"quay={feed}", "quay=http://127.0.0.1:1/gone"], "1h", "rules")
    assert [len(one.feeds) for one in wishes] == [2]
    with watched(desk, wishes, True):
        deadline = time.monotonic() + 60
        while not desk.stories() and time.monotonic() < deadline:
            time.sleep(0.05)
    assert [one.name for one in desk.stories()] == ["quay"]
    assert "Crane stands" in str(desk.state("quay").filed[0].report.headline)


@pytest.mark.parametrize("told", ["quay", "quay=feed.xml", "=https://quay.example/feed"])
def test_what_is_no_story_with_a_feed_is_told(told: str) -> None:
    with pytest.raises(UsageError, match="is no story with a feed"):
        feeds_of([told], "5m", "rules")
