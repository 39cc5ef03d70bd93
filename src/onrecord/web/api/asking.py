"""What requests to the API carry, checked before anything is done with it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from onrecord.datamodel.entry import ReportField, Verdict
from onrecord.datamodel.moment import Moment, moment
from onrecord.datamodel.notice import AlertSubject, NoticeKind
from onrecord.errors import UsageError
from onrecord.web.auth.people import Role

_MOST_WHY, _MOST_WORDS, _MOST_IDS = 2000, 20_000, 200
MOST_TEXT_CHARS = 5_000_000

AsOf = Annotated[
    str | None,
    Query(
        alias="as-of",
        max_length=40,
        description="Only what was published by then: a date (its end is meant) or a time, as 2031-03-07T18:00Z.",
        examples=["2031-03-07", "2031-03-07T18:00Z"],
    ),
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Wanted(_Body):
    """A decision on claims, statements, parties, a report or the story."""

    verdict: Verdict
    ids: list[Annotated[str, Field(max_length=500)]] = Field(
        min_length=1,
        max_length=_MOST_IDS,
        description="Claims (also C1), statements, speakers, a report, or the story by its name.",
    )
    value: str | None = Field(
        default=None,
        max_length=_MOST_WHY,
        description="The speaker, the new name, the side, the state, the owner or the note.",
    )
    field: ReportField | None = Field(default=None, description="What of a report is corrected.")
    reply_to: int | None = Field(
        default=None, ge=1, le=2_000_000_000, description="The entry of the note that a note answers."
    )
    content: str | None = Field(
        default=None, max_length=_MOST_WORDS, description="START:END in the report, or its words."
    )
    source: str | None = Field(default=None, max_length=_MOST_WORDS)
    cue: str | None = Field(default=None, max_length=_MOST_WORDS)
    why: str = Field(default="", max_length=_MOST_WHY, description="It stands in the log.")
    seen: int | None = Field(
        default=None, ge=0, le=2_000_000_000, description="The head you had seen; what others did since is told."
    )


class Reason(_Body):
    """Why."""

    why: str = Field(default="", max_length=_MOST_WHY, description="It stands in the log.")


class Moving(_Body):
    """Reports that are to go to another story, which may be new; without `reports`, all of them."""

    onto: str = Field(min_length=1, max_length=200, description="The story that they go to.")
    reports: list[Annotated[str, Field(max_length=500)]] | None = Field(
        default=None, min_length=1, max_length=_MOST_IDS
    )
    why: str = Field(default="", max_length=_MOST_WHY, description="It stands in the log.")


class Keeping(_Body):
    """A search that is to be kept for all who work at the desk."""

    name: str = Field(min_length=1, max_length=120)
    q: str = Field(default="", max_length=500)
    speaker: str = Field(default="", max_length=200)
    story: str = Field(default="", max_length=500)
    outlet: str = Field(default="", max_length=500)
    standing: str = Field(default="", max_length=40)
    kind: str = Field(default="", max_length=40)
    day: str = Field(default="", max_length=40)
    past: bool = False
    why: str = Field(default="", max_length=_MOST_WHY, description="It stands in the log.")


class NewReport(_Body):
    """A report as text, or by its address."""

    text: str | None = Field(default=None, max_length=MOST_TEXT_CHARS, description="The report's words.")
    url: str | None = Field(default=None, max_length=4000, description="Its address; without `text` it is fetched.")
    outlet: str | None = Field(default=None, max_length=500)
    date: str | None = Field(default=None, max_length=40, description="When it was published, ISO 8601.")
    headline: str | None = Field(default=None, max_length=MOST_TEXT_CHARS)


class NewAccount(_Body):
    """An account; without a password it signs in elsewhere, or by token."""

    name: str = Field(min_length=1, max_length=100)
    role: Role = Role.READER
    password: str | None = Field(default=None, min_length=10, max_length=1024)
    stories: list[Annotated[str, Field(max_length=500)]] | None = Field(default=None, max_length=1000)


class AccountChange(_Body):
    """What is to be otherwise; what is left out stays. `stories` null stands for every one."""

    role: Role | None = None
    password: str | None = Field(default=None, min_length=10, max_length=1024)
    stories: list[Annotated[str, Field(max_length=500)]] | Literal["every"] | None = Field(
        default=None, description='The only ones to be seen, or "every".'
    )


class TokenWish(_Body):
    """A token that is wanted."""

    label: str = Field(default="token", max_length=100)
    days: int | None = Field(default=None, ge=1, le=3650)


class NewAlert(_Body):
    """An alert that is wanted: what is watched, and where it is told."""

    subject: AlertSubject = AlertSubject.STORY
    value: str = Field(default="", max_length=500, description="The claim's id, the speaker's name, or the words.")
    story: str | None = Field(default=None, max_length=500, description="Only in this story; null for every one.")
    to: str = Field(default="feed", max_length=2000, description='"feed", an http(s) address, or a mail address.')
    kinds: list[NoticeKind] = Field(default_factory=list, max_length=5, description="None for all that suit.")
    daily: str | None = Field(default=None, max_length=5, description="Gathered once a day, at 07:00, say.")
    zone: str = Field(default="UTC", max_length=60, description="By which clock that is.")


class Replay(_Body):
    """What is to be sent once more."""

    first: int = Field(default=1, ge=1, le=2_000_000_000, description="From this notice on.")


def instant(told: str | None, place: str = "as-of") -> Moment | None:
    """The moment of a parameter; raises UsageError where it is neither a date nor a time."""
    if told is None:
        return None
    try:
        found = moment(told)
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"'{told[:40]}' is no date · {place} · write a date or a time, as 2031-03-07 or 2031-03-07T18:00Z"
        ) from error
    return found
