"""What a desk remembers: entries, captures, attributed lines and people's decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onrecord.datamodel.attribution import Act, Tag
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans


class EntryType(StrEnum):
    """What an entry puts on record."""

    OPENED = "opened"
    CAPTURED = "captured"
    READ = "read"
    ATTRIBUTED = "attributed"
    COMPARED = "compared"
    LINKED = "linked"
    DECIDED = "decided"
    UNDONE = "undone"
    WITHDRAWN = "withdrawn"
    STAMPED = "stamped"
    POLLED = "polled"
    CORRECTED = "corrected"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger, chained to the one before it; `payload` is canonical JSON, `at` is when it was entered.

    `by` is "person:NAME" or "tool:NAME VERSION".
    """

    seq: int
    at: datetime
    by: str
    act: EntryType
    story: str
    subject: str
    payload: str
    previous: str
    hash: str

    @property
    def person(self) -> str | None:
        """Who entered it, None where a tool did."""
        return self.by.removeprefix("person:") if self.by.startswith("person:") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The raw bytes of one input and how they came here: path or address, tool, headers, time where known."""

    raw: bytes
    came_from: str
    tool: str
    headers: tuple[tuple[str, str], ...] = ()
    at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One tag of a report with its exact words, and what one report alone says of its speaker and act."""

    tag: Tag
    content_words: tuple[str, ...]
    source_words: tuple[str, ...] = ()
    speaker: str | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One report as it is handed to a desk: what was read, from which bytes, and the lines found by `made_by`.

    `sole` says that its file holds no other report.
    """

    report: Report
    capture: Capture
    lines: tuple[Line, ...]
    made_by: str
    sole: bool = True


class Verdict(StrEnum):
    """What a person can decide."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_A_CLAIM = "not-a-claim"
    SPEAKER_IS = "speaker-is"
    RENAME = "rename"
    CORRECT_SPAN = "correct-span"
    ACCEPT = "accept"
    SIDE = "side"
    PASSED_ON = "passed-on"
    SAME_PARTY = "same-party"
    SPEAKS_FOR = "speaks-for"
    REPORT = "report"
    NEW_CLAIM = "new-claim"
    ADD_STATEMENT = "add-statement"
    STATE = "state"
    OWNER = "owner"
    TAG = "tag"
    UNTAG = "untag"
    NOTE = "note"
    TITLE = "title"


class Side(StrEnum):
    """Which side of a claim a person puts a statement on."""

    SUPPORTS = "supports"
    DENIES = "denies"
    OPEN = "open"
    NOT_ABOUT = "not-about"


class WorkState(StrEnum):
    """How far a desk is with a claim."""

    NEW = "new"
    BEING_CHECKED = "being-checked"
    CHECKED = "checked"
    NEEDS_A_CALL = "needs-a-call"
    DROPPED = "dropped"


class ReportField(StrEnum):
    """What a person can correct of a report beside its text, which never changes."""

    PUBLISHED = "published"
    OUTLET = "outlet"
    BYLINE = "byline"
    HEADLINE = "headline"
    COPY_OF = "copy-of"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAnchor:
    """A statement as a decision saw it: its report's bytes, its place and its exact words, so that re-runs find it.

    `passage` is the part of it that bore on the claim, with its words; empty where all of it did.
    """

    id: str
    report: str
    sha256: str
    content: Spans
    words: tuple[str, ...]
    passage: Spans = ()
    passage_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAnchor:
    """A claim as a decision saw it: its name, and the statements that counted for it, the founding one first."""

    id: str
    text: str
    members: tuple[StatementAnchor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAnchor:
    """A party as a decision saw it: its name, and statements that were credited to it."""

    id: str
    name: str
    statements: tuple[StatementAnchor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One verdict of a person on statements, claims or a party; `seen` is the last entry they had before them.

    `value` is the new name, the speaker's, the side, the state or the note; the spans are the corrected ones, empty
    where they stay as they are; `cleared` names the parts ("source", "cue") that the statement does not have. `party`
    and `parties` are speakers, `report` a report's first version by its id, `field` what is corrected of it; `story` is
    the story itself, `reply_to` the entry of the note that a note answers.
    """

    verdict: Verdict
    statements: tuple[StatementAnchor, ...] = ()
    claims: tuple[ClaimAnchor, ...] = ()
    party: str | None = None
    value: str | None = None
    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    cleared: tuple[str, ...] = ()
    why: str = ""
    seen: int = 0
    parties: tuple[PartyAnchor, ...] = ()
    report: str | None = None
    field: str | None = None
    story: str | None = None
    reply_to: int | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        """The ids it speaks of: claims, then statements, parties, a report and the story."""
        parties = (self.party,) if self.party and not self.parties else tuple(one.id for one in self.parties)
        report = (self.report,) if self.report else ()
        story = (self.story,) if self.story else ()
        return (*(one.id for one in self.claims), *(one.id for one in self.statements), *parties, *report, *story)
