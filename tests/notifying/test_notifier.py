"""What changes on a desk goes out once, in order, with what it rests on, whoever is down meanwhile."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from onrecord.datamodel.notice import Alert, AlertSubject, Channel, NoticeKind
from onrecord.errors import StoreError, UsageError
from onrecord.ledger.desk import Desk, open_desk
from onrecord.ledger.storage.store import Clock
from onrecord.notifying.channels import Sending
from onrecord.notifying.making import make, opens
from onrecord.notifying.notifier import Notifier, Sent, changes_between
from onrecord.notifying.outbox import Outbox, next_daily
from onrecord.rendering.notices import atom, headline, text
from tests.ledger.builder import reading
from tests.notifying.denying import DenyingBuilder
from tests.notifying.receiver import Receiver, receiving

STORY = "dam"
HOLDS, SHUT = "the dam holds", "the gates are shut"


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2031, 3, 10, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@contextmanager
def opened(address: str, clock: Clock) -> Iterator[Desk]:
    """A desk with one report of one story."""
    with open_desk(address, DenyingBuilder(), create=True, clock=clock) as held:
        list(held.add(STORY, [reading("01_wire", ("Ann Orr", HOLDS), ("Bo Lee", SHUT))]))
        yield held


@pytest.fixture
def desk(address: str, clock: Hand) -> Iterator[Desk]:
    """A desk on a file, then on a server."""
    with opened(address, clock) as held:
        yield held


@pytest.fixture
def alone(tmp_path: Path, clock: Hand) -> Iterator[Desk]:
    """A desk on a file, for what is the same everywhere."""
    with opened(str(tmp_path / "desk.db"), clock) as held:
        yield held


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


def wish(to: str, **told: Any) -> Alert:
    """An alert on the story, or on what is told."""
    plain = {"id": "", "subject": AlertSubject.STORY, "value": "", "story": STORY, "kinds": ()}
    return Alert(**{**plain, "channel": Channel.FEED, "target": to, **told})


def working(desk: Desk, clock: Hand) -> Notifier:
    return Notifier(desk, Sending(private=True), clock=clock)


def work(notifier: Notifier) -> list[Sent]:
    """One look and one round of sending."""
    list(notifier.look())
    return list(notifier.deliver())


def test_a_change_goes_out_once_signed_with_what_it_rests_on(desk: Desk, clock: Hand, receiver: Receiver) -> None:
    _, secret = make(desk, wish(receiver.address))
    notifier = working(desk, clock)
    assert work(notifier) == []
    list(desk.add(STORY, [reading("02_post", ("Cy Dahl", HOLDS)), reading("03_echo", ("Di Fry", f"not so {SHUT}"))]))
    assert [one.fault for one in work(notifier)] == [None, None]
    assert work(notifier) == []
    first, second = receiver.notices
    assert (first["before"], first["after"], first["kinds"]) == ("single-origin", "corroborated", ["standing"])
    assert second["kinds"] == ["standing", "denial"] and second["after"] == "disputed"
    assert first["notice"] < second["notice"] and first["entries"][0] < first["entries"][1]
    denial = second["rests_on"][0]
    assert (denial["speaker"], denial["act"], denial["report"]) == ("Di Fry", "denies", "03")
    report = desk.story(STORY).report["03"]
    assert [report.text[start:end] for start, end in denial["spans"]] == [denial["words"]]
    assert denial["sha256"] == report.sha256
    assert secret is not None
    for headers, body in receiver.taken:
        told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(secret.removeprefix("whsec_"))
        wanted = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{wanted}"


def test_the_library_of_standard_webhooks_takes_our_signature(alone: Desk, receiver: Receiver) -> None:
    library = pytest.importorskip("standardwebhooks", reason="not installed (pip install standardwebhooks)")
    _, secret = make(alone, wish(receiver.address))
    list(alone.add(STORY, [reading("02_post", ("Cy Dahl", HOLDS))]))
    # The library holds a message's time against the wall clock.
    work(Notifier(alone, Sending(private=True)))
    (headers, body) = receiver.taken[0]
    assert library.webhooks.Webhook(secret).verify(body, headers)["type"] == "onrecord.notices"


def test_a_webhook_that_is_down_for_a_day_misses_nothing(desk: Desk, clock: Hand, receiver: Receiver) -> None:
    make(desk, wish(receiver.address))
    notifier = working(desk, clock)
    work(notifier)
    receiver.status = 503
    for number in range(4):
        list(desk.add(STORY, [reading(f"1{number}_wire", (f"Witness {number}", f"not so {HOLDS}"))]))
        work(notifier)
    tries = receiver.asked
    for _ in range(48):
        clock.pass_by(minutes=30)
        work(notifier)
    assert receiver.asked - tries < 30 and receiver.taken == []
    (waiting,) = Outbox(desk.store).alerts()
    assert waiting.waiting == 4 and waiting.fault == "answered 503 Service Unavailable" and waiting.paused is None
    receiver.status = 204
    clock.pass_by(hours=1)
    work(notifier)
    assert [one["notice"] for one in receiver.notices] == [1, 2, 3, 4]
    assert len(set(receiver.ids)) == 4


def test_a_receiver_says_when_and_whether_to_come_back(alone: Desk, clock: Hand, receiver: Receiver) -> None:
    made, _ = make(alone, wish(receiver.address))
    notifier = working(alone, clock)
    list(alone.add(STORY, [reading("02_post", ("Cy Dahl", HOLDS))]))
    receiver.status, receiver.headers = 429, {"Retry-After": "600"}
    work(notifier)
    clock.pass_by(minutes=9)
    work(notifier)
    assert receiver.asked == 1
    receiver.status, receiver.headers = 410, {}
    clock.pass_by(minutes=2)
    assert [one.paused for one in work(notifier)] == [True]
    clock.pass_by(days=1)
    assert work(notifier) == [] and receiver.asked == 2
    receiver.status = 200
    assert notifier.outbox.resume(made.id).waiting == 1
    work(notifier)
    assert len(receiver.taken) == 1


def test_replay_sends_again_under_the_same_ids(alone: Desk, clock: Hand, receiver: Receiver) -> None:
    made, _ = make(alone, wish(receiver.address))
    notifier = working(alone, clock)
    for number in (2, 3):
        list(alone.add(STORY, [reading(f"0{number}_post", (f"Cy {number}", f"not so {HOLDS}"))]))
        work(notifier)
    assert notifier.outbox.replay(made.id, 2) == 1
    work(notifier)
    assert receiver.ids == [f"{made.id}-1", f"{made.id}-2", f"{made.id}-2"]


@pytest.mark.parametrize(
    ("watched", "told"),
    [
        ({"subject": AlertSubject.CLAIM, "value": "the-gates-are-shut"}, [SHUT]),
        ({"subject": AlertSubject.SPEAKER, "value": "cy dahl", "story": None}, [HOLDS, "it rains"]),
        ({"subject": AlertSubject.SEARCH, "value": '"it rains"', "story": None}, ["it rains"]),
        ({"subject": AlertSubject.SEARCH, "value": "rains it hard", "story": None}, []),
        ({"kinds": (NoticeKind.DENIAL,)}, [SHUT]),
    ],
)
def test_each_alert_is_told_what_it_watches(
    alone: Desk, clock: Hand, receiver: Receiver, watched: dict[str, Any], told: list[str]
) -> None:
    make(alone, wish(receiver.address, **watched))
    notifier = working(alone, clock)
    work(notifier)
    said = (("Cy Dahl", HOLDS), ("Cy Dahl", "it rains"), ("Di Fry", f"not so {SHUT}"))
    list(alone.add(STORY, [reading("02_post", *said)]))
    work(notifier)
    assert [one["text"] for one in receiver.notices] == told


def test_withdrawals_and_corrections_of_reports_are_told(alone: Desk, clock: Hand, receiver: Receiver) -> None:
    list(alone.add(STORY, [reading("02_post", ("Cy Dahl", HOLDS))]))
    make(alone, wish(receiver.address))
    notifier = working(alone, clock)
    work(notifier)
    alone.withdraw(STORY, "02", by="eve", why="the outlet took it down")
    list(alone.add(STORY, [reading("01_wire", ("Ann Orr", HOLDS), ("Bo Lee", "the gates are nearly shut"))]))
    work(notifier)
    withdrawn, revised, *claims = receiver.notices
    assert withdrawn["kinds"] == ["withdrawal"] and withdrawn["reason"] == "the outlet took it down"
    assert withdrawn["rests_on"][0]["words"] == HOLDS
    assert revised["kinds"] == ["correction"] and "says “Bo Lee: the gates are nearly shut” now" in revised["reason"]
    assert (HOLDS, "corroborated", "single-origin") in [(one["text"], one["before"], one["after"]) for one in claims]


def test_a_day_is_gathered_in_one_message(desk: Desk, clock: Hand, receiver: Receiver) -> None:
    made, _ = make(desk, wish(receiver.address, daily="07:00", zone="Europe/London"))
    notifier = working(desk, clock)
    assert next_daily(clock.now, made).astimezone(UTC) == datetime(2031, 3, 11, 7, 0, tzinfo=UTC)
    for number in (2, 3):
        list(desk.add(STORY, [reading(f"0{number}_post", (f"Cy {number}", f"not so {HOLDS}"))]))
        work(notifier)
    assert receiver.taken == []
    clock.pass_by(days=1)
    receiver.status = 500
    work(notifier)
    list(desk.add(STORY, [reading("09_post", ("Late", f"not so {SHUT}"))]))
    clock.pass_by(minutes=5)
    receiver.status = 200
    work(notifier)
    assert receiver.ids == [f"{made.id}-1-2"]
    assert [one["notice"] for one in receiver.notices] == [1, 2]


def test_what_was_entered_while_nobody_looked_is_told(tmp_path: Path, clock: Hand, receiver: Receiver) -> None:
    address = str(tmp_path / "desk.db")
    with open_desk(address, DenyingBuilder(), create=True, clock=clock) as held:
        make(held, wish(receiver.address, story=None))
        list(held.add(STORY, [reading("01_wire", ("Ann Orr", HOLDS), ("Bo Lee", f"not so {HOLDS}"))]))
    with open_desk(address, DenyingBuilder(), clock=clock) as held:
        work(working(held, clock))
        assert [one["kinds"] for one in receiver.notices] == [["denial"]]
        # By other rules nothing is news that was not entered since.
        assert held.teller is not None
        held.teller.version = "denying teller 2"  # type: ignore[misc]
        assert work(working(held, clock)) == []
        list(held.add(STORY, [reading("02_post", ("Cy Dahl", f"not so {HOLDS}"))]))
        work(working(held, clock))
    assert len(receiver.taken) == 2


def test_two_workers_tell_it_once(alone: Desk, clock: Hand, receiver: Receiver) -> None:
    make(alone, wish(receiver.address))
    one, other = working(alone, clock), working(alone, clock)
    work(one)
    list(alone.add(STORY, [reading("02_post", ("Cy Dahl", HOLDS))]))
    assert len([*one.look(), *other.look()]) == 1
    assert one.outbox.take(one.outbox.due()[0])
    assert list(other.deliver()) == []


def test_a_feed_is_kept_and_opened_by_its_key_alone(alone: Desk, clock: Hand) -> None:
    made, key = make(alone, wish("feed"))
    assert key is not None and opens(Outbox(alone.store), made.id, key)
    assert not opens(Outbox(alone.store), made.id, key + "x") and not opens(Outbox(alone.store), "none", key)
    list(alone.add(STORY, [reading("02_post", ("Cy Dahl", HOLDS), ("Bad", f"not so {SHUT} <b>\x01"))]))
    assert work(working(alone, clock)) == []
    feedparser = pytest.importorskip("feedparser")
    outbox = Outbox(alone.store)
    page = atom(made, outbox.last_notices(made.id), "https://desk.example")
    read = feedparser.parse(page)
    assert not read.bozo and read.feed.id == f"urn:onrecord:alert:{made.id}"
    assert [one.id for one in read.entries] == [f"urn:onrecord:alert:{made.id}:1"]
    assert read.entries[0].link == "https://desk.example/stories/dam/claims/the-dam-holds"
    assert page == atom(made, outbox.last_notices(made.id), "https://desk.example")


def test_a_full_disk_costs_nothing(tmp_path: Path, clock: Hand, receiver: Receiver) -> None:
    with open_desk(str(tmp_path / "desk.db"), DenyingBuilder(), create=True, clock=clock) as held:
        make(held, wish(receiver.address, story=None))
        list(held.add(STORY, [reading("01_wire", ("Ann Orr", HOLDS), ("Bo Lee", f"not so {HOLDS}"))]))
        notifier = working(held, clock)
        told = held.story(STORY)
        with held.store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA access.page_count").scalar_one()
        held.store.engine.dispose()
        from sqlalchemy import event

        @event.listens_for(held.store.engine, "connect")
        def full(connection: Any, _record: object) -> None:
            connection.execute(f"PRAGMA access.max_page_count={pages}")

        with pytest.raises(StoreError, match="the disk is full, nothing was changed"):
            notifier.outbox.enqueue(None, (9, "v", replace(told, title="x" * 9_000_000)), [])
        event.remove(held.store.engine, "connect", full)
        held.store.engine.dispose()
        work(notifier)
    assert len(receiver.taken) == 1


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"target": "quay"}, "is no place to tell"),
        ({"target": "tgram://token/chat"}, "set up in the terminal"),
        ({"target": "a@b, c@d.example"}, "is no place to tell"),
        ({"story": "no-such"}, "no story 'no-such'"),
        ({"subject": AlertSubject.CLAIM, "value": "cl-none"}, "no claim 'cl-none'"),
        ({"subject": AlertSubject.SEARCH, "value": " “” "}, "no words to watch"),
        ({"daily": "25:00"}, "is no time of day"),
        ({"zone": "Mars/Olympus", "daily": "07:00"}, "no time zone"),
        ({"daily": "07:00"}, "a feed tells at once"),
    ],
)
def test_a_wrong_wish_is_told_in_one_line(alone: Desk, told: dict[str, Any], fault: str) -> None:
    with pytest.raises(UsageError, match=fault):
        make(alone, wish(**{"to": told.pop("target", "feed"), **told}))
    assert Outbox(alone.store).alerts() == ()


def test_a_digest_tells_what_changed_since(alone: Desk) -> None:
    start = alone.store.clock()
    list(alone.add(STORY, [reading("02_post", ("Cy Dahl", f"not so {HOLDS}"))]))
    (notice,) = changes_between(alone, STORY, start)
    assert headline(notice) == f"“{HOLDS}”: single-origin → disputed"
    assert f"Cy Dahl denies: “not so {HOLDS}” (2031-03-07, report 02)" in text([notice])
    assert changes_between(alone, STORY, alone.store.clock()) == ()
    assert json.dumps(notice.kinds) == '["standing", "denial"]'
