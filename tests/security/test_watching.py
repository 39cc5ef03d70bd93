"""A hostile page, mail, document and feed in one watch with three good ones: the good ones go on."""

from __future__ import annotations

import time

from onrecord.capturing.watching import Said, Watch, Wish
from onrecord.datamodel.report import Fate
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import Desk
from onrecord.ledger.filing import Added
from onrecord.reading.fetching.client import Fetcher, Guard
from tests.capturing.conftest import desk, web
from tests.capturing.test_watching import page, rss
from tests.capturing.web import Web
from tests.security.test_confined import nested_forms

__all__ = ["desk", "web"]

_WORDS = "The harbour master, Ilse Roon, said the bridge will be shut to all traffic from Monday. " * 6


def test_the_good_ones_go_on(desk: Desk, web: Web) -> None:
    fetcher = Fetcher(Guard(allowed=("127.0.0.0/8",), pause_s=0.0, timeout_s=60.0, total_s=120.0))
    good = [
        (f"Bridge {n}", web.set(f"/good{n}.html", page(f"Bridge {n}", _WORDS, f"It is {n}.")), "s") for n in range(3)
    ]
    hostile = [
        ("Forms", web.set("/forms.pdf", nested_forms(), kind="application/pdf"), "s"),
        (
            "Mail",
            web.set("/mail.eml", b"From: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 9000),
            "s",
        ),
        ("Marks", web.set("/marks.html", page("Marks", f"He said “{'…“”' * 140}” on Monday. " * 3)), "s"),
        ("Nested", web.set("/nested.html", b"<html><body>" + b"<div>" * 20_000 + b"words"), "s"),
        ("Half", web.set("/half.json", b'{"text": "\\ud800 said he", "title": "x"}', kind="application/json"), "s"),
        ("Kill", web.set("/kill.html", page("MANDATORY KILL: Bridge 0", _WORDS)), "s"),
    ]
    feed = web.set("/feed", rss([*hostile, *good]))
    broken = web.set("/broken", b"<?xml version='1.0'?><rss><channel>" + b"<item><title>" * 900)
    web.set("/robots.txt", "User-agent: *\nDisallow: http://[::1\n", kind="text/plain")
    watch = Watch(desk, Wish(story="crane", feeds=(broken, feed), which="rules"), fetcher, time.monotonic)
    told = list(watch.run(once=True))
    read = {one.outcome.input for one in told if isinstance(one, Added) and one.outcome.fate is not Fate.REFUSED}
    assert {url for _, url, _ in good} <= read, told
    assert not any("unexpected" in one.words for one in told if isinstance(one, Said))
    assert len(desk.story("crane").reports) >= 3 and verify(desk.store).faults == ()
