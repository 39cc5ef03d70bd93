"""What changed on a desk, and who wants to be told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """What kind of change is told."""

    STANDING = "standing"
    DENIAL = "denial"
    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"
    STATEMENT = "statement"


class AlertSubject(StrEnum):
    """What an alert watches."""

    STORY = "story"
    CLAIM = "claim"
    SPEAKER = "speaker"
    SEARCH = "search"


class Channel(StrEnum):
    """By which way an alert tells what it saw."""

    FEED = "feed"
    WEBHOOK = "webhook"
    MAIL = "mail"
    CHAT = "chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One statement that a notice rests on: its exact words and place, whose it is and through whom it came."""

    attribution: str
    report: str
    sha256: str
    spans: tuple[tuple[int, int], ...]
    words: str
    act: str
    speaker: str | None = None
    named: bool = False
    relay: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One change: of a claim, of a report, or a new statement, told once with what it rests on.

    `claims` are the ids of the claims it is about, the first one's in front, ids that they had before among them;
    `speakers` those who spoke to it. `entries` are the first and the last entry between which it changed. `seq` and
    `at` are given when it is entered into the outbox.
    """

    kinds: tuple[NoticeKind, ...]
    story: str
    text: str
    entries: tuple[int, int]
    claims: tuple[str, ...] = ()
    report: str | None = None
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    rests_on: tuple[Basis, ...] = ()
    speakers: tuple[str, ...] = ()
    seq: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Who is told of what, and how: a watched story, claim, speaker or search, and an address.

    `story` None stands for every story. `daily` ("07:00", in `zone`) gathers a day's notices in one message.
    `account` is the key of the account whose alert it is, None for one that was made in the terminal. `since` is the
    desk's last entry when it was made. `paused` says why nothing is sent at present, `fault` why the last try failed.
    """

    id: str
    subject: AlertSubject
    value: str
    channel: Channel
    target: str
    kinds: tuple[NoticeKind, ...]
    story: str | None = None
    daily: str | None = None
    zone: str = "UTC"
    account: str | None = None
    made_by: str = ""
    made_at: datetime | None = None
    since: int = 0
    paused: str | None = None
    fault: str | None = None
    waiting: int = 0
