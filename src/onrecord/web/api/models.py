"""What the API tells, field by field: the story file's words (see docs/data-model.md), and what a desk adds to them."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, Field

Item = TypeVar("Item")
Spans = list[list[int]]
Standing = Literal["retracted", "denied", "disputed", "corroborated", "single-origin", "unconfirmed"]
Act = Literal["asserts", "confirms", "denies", "not-confirmed", "no-comment", "retracts", "asks"]


class Fault(BaseModel):
    """Why a request was not carried out: what was found, where, and what to do, in one line."""

    error: str = Field(description="what was found · where · what to do")


class Page(BaseModel, Generic[Item]):
    """Some of a list."""

    total: int = Field(description="How many there are in all.")
    offset: int
    limit: int
    next: str | None = Field(description="The cursor of a walk's next page; null at its end, and where none was begun.")
    items: list[Item]


class SnapshotPage(Page[Item], Generic[Item]):
    """Some of what a story tells, and how new the telling is."""

    head: int = Field(description="The last entry that this was told from; give it as `seen` when you decide.")
    current: bool = Field(description="False while a newer telling is being made.")


class Me(BaseModel):
    """Who asks."""

    name: str
    role: Literal["reader", "editor", "administrator"]
    stories: list[str] | None = Field(description="The stories that are seen; null for every one.")


class StoryLine(BaseModel):
    """One story of the desk at a glance."""

    story: str
    reports: int
    withdrawn: int
    entries: int
    last: str = Field(description="When the last entry was made.")


class StoryHead(BaseModel):
    """One story: what it holds, and where its claims stand."""

    story: str
    title: str | None
    reports: int
    attributions: int
    claims: int
    standings: dict[str, int] = Field(description="How many claims have each standing.")
    conflicts: int
    quotes: int
    notes: list[str]
    made_by: list[str]
    head: int
    current: bool


class PassagePart(BaseModel):
    """A marked part of a report."""

    span: list[int]
    part: str
    at: str | None


class Report(BaseModel):
    """One report without its text."""

    id: str
    file: str
    outlet: str | None
    published: str | None
    headline: str | None
    sha256: str
    byline: str | None
    url: str | None
    language: str | None
    reader: str
    passages: list[PassagePart]
    truncated: bool
    revises: str | None
    notes: list[str]


class ReportText(Report):
    """One version of a report with its text; every span counts code points of it."""

    text: str
    root: str = Field(description="The id of the report's first version.")
    entry: int = Field(description="The entry by which it came onto record.")
    entered_at: str
    withdrawn: int | None = Field(description="The entry that withdrew it, null while it counts.")
    made_by: str


class Speaker(BaseModel):
    """Somebody or something that is credited."""

    id: str
    name: str
    kind: Literal["person", "organization", "group", "document", "unknown"]
    named: bool
    role: str | None
    aliases: list[str]
    speaks_for: str | None
    doubtful: bool


class Way(BaseModel):
    """One way by which a source's statements came: the hops, outlet first, and the places in the reports."""

    through: list[str]
    places: list[str]


class Source(BaseModel):
    """One source and the ways that its statements took; `party` is null where it is not resolved."""

    name: str
    party: str | None
    role: str | None
    kind: Literal["person", "organization", "group", "document", "unknown"]
    named: bool
    doubtful: bool
    speaks_for: str | None
    terms: list[str] = Field(description="The words of anonymity.")
    ways: list[Way]
    attributions: list[str]


class Attribution(BaseModel):
    """One attributed statement with its exact words."""

    id: str
    report: str
    source: Spans
    cue: Spans
    content: Spans
    source_text: list[str]
    cue_text: list[str]
    content_text: list[str]
    mode: Literal["direct", "indirect", "mixed"]
    act: Act
    speaker: str | None
    relay: list[str] = Field(description="Who passed it on, from the report's side to the origin's side.")
    named: bool
    terms: str | None
    said_at: str | None
    outer_of: list[str] = []
    hedged: bool
    confidence: float
    made_by: str
    reasons: list[str]


class Member(BaseModel):
    """One attribution's stance to a claim."""

    attribution: str
    stance: Act
    passage: Spans
    score: float
    reasons: list[str]


class Origin(BaseModel):
    """One independent origin of a claim."""

    party: str | None
    attributions: list[str]
    named: bool
    doubtful: bool
    reason: str


class Claim(BaseModel):
    """One claim and where it stands; never whether it is true."""

    id: str
    text: str
    members: list[Member]
    origins: list[int] = Field(description="How many independent origins support it: the least and the most.")
    standing: Standing | None
    because: list[str]
    reason: str | None
    rule: str | None
    origin_list: list[Origin]
    origin_reasons: list[str]
    formerly: list[str]


class Remark(BaseModel):
    """A note that a person left on a claim."""

    entry: int
    by: str
    at: str
    text: str
    reply_to: int | None = Field(description="The entry of the note that it answers.")
    statements: list[str] = Field(description="The statements that it speaks of; none where it is on the whole claim.")


class Noted(BaseModel):
    """What became of one annotation."""

    annotation: str
    entry: int | None = Field(description="The entry of its note; none where it gave none.")
    statements: list[str]
    claims: list[str]
    reason: str | None = Field(description="Why it gave none.")
    known: bool = Field(description="Whether it was entered before, in the same words.")


class Annotated(BaseModel):
    """What became of the annotations of a file, in order."""

    noted: list[Noted]
    told: bool


class ClaimWork(BaseModel):
    """What the desk keeps of a claim beside what the reports say."""

    claim: str
    state: str | None
    owner: str | None
    accepted: str | None
    tags: list[str]
    notes: list[Remark]


class Unsettled(BaseModel):
    """A decision that is not applied until somebody looks at it."""

    entry: int
    by: str
    verdict: str
    words: str = Field(description="What it was made on.")
    reason: str
    value: str | None
    why: str
    claims: list[str] = Field(description="The claims that its statements bear on now.")
    statements: list[str]


class Counted(BaseModel):
    """One claim with what is counted for it."""

    claim: str
    text: str
    statements: int
    origins: list[int]
    status: str


class Preview(BaseModel):
    """The claims that a decision changes, as they are and as they would be."""

    before: list[Counted]
    after: list[Counted]
    near: int = Field(description="Statements that lie near and would stay uncounted.")


class CitedAttribution(Attribution):
    """An attribution with what a citation of it needs."""

    speaker_name: str | None
    outlet: str | None
    published: str | None
    url: str | None


class ClaimInFull(Claim):
    """A claim with the statements that bear on it."""

    as_of: str | None
    work: ClaimWork
    attributions: list[CitedAttribution]
    head: int
    current: bool


class Conflict(BaseModel):
    """Two attributions that cannot both hold."""

    claim: str
    left: str
    right: str
    kind: Literal["denial", "number", "time", "place", "withdrawal"]
    reasons: list[str]


class Wording(BaseModel):
    """One wording of a quote against the earliest one, or the earliest one of another part of what was said."""

    attribution: str
    against: str | None = Field(description="The wording it is held against, where that is not the first.")
    differences: list[list[str]] = Field(description='Pairs of "same", "cut" or "added", and the words.')
    meaning_changed: bool
    reasons: list[str]


class Quote(BaseModel):
    """One utterance quoted in several reports."""

    members: list[str]
    drift: bool
    partial: bool
    wordings: list[Wording]


class Place(BaseModel):
    """Exact words of a report."""

    report: str
    span: list[int]
    text: str


class ExhibitFact(Place):
    """One thing that one report tells of a document."""

    kind: Literal["author", "addressee", "date", "status", "authenticity", "route"]
    stance: str | None = Field(description="Of a word on authenticity: the side it takes.")
    attribution: str | None = Field(description="The statement it stands in, null for the report's own words.")
    speaker: str | None
    holder: Spans = Field(description="Who says so, where that is not the statement's source.")
    holder_text: list[str]
    relay: list[str]
    since: str | None


class ExhibitPrint(Place):
    """One report's print of a fragment."""

    attribution: str | None
    differences: list[list[str]] = Field(description='Pairs of "same", "cut" or "added", and the words.')


class ExhibitFragment(BaseModel):
    """A stretch of a document's text, the fullest print first."""

    follows: bool = Field(description="Whether it is known to stand behind the fragment before.")
    joined: bool = Field(description="Whether nothing is left out between the two.")
    differs: bool
    witnesses: list[ExhibitPrint]


class Exhibit(BaseModel):
    """A document that the story turns on."""

    id: str
    name: str
    author: str | None = Field(description="The speaker it is said to be from.")
    doubtful: bool
    owned: str | None = Field(description="The statement in which its author owns it.")
    parties: list[str]
    mentions: list[Place]
    facts: list[ExhibitFact]
    text: list[ExhibitFragment]
    statements: list[str]


class Event(BaseModel):
    """One line of the timeline."""

    at: str | None
    precision: str | None
    text: str
    attributions: list[str]
    report: str
    span: Spans


class Change(BaseModel):
    """One change of a claim's standing."""

    claim: str
    at: str | None
    before: Standing | None
    after: Standing
    because: list[str]
    reason: str


class Entry(BaseModel):
    """One line of the log."""

    seq: int
    at: str
    by: str = Field(description='"person:NAME" or "tool:NAME VERSION".')
    act: str
    story: str
    subject: str
    payload: dict[str, object]
    previous: str
    hash: str


class Hit(BaseModel):
    """One claim, note, statement, headline or report that was found."""

    story: str
    report: str
    line: int
    speaker: str | None
    act: str | None
    words: str
    outlet: str | None
    published: str | None
    state: str
    kind: Literal["claim", "note", "statement", "headline", "text"]
    claim: str | None
    standing: Standing | None


class ReportAnswer(BaseModel):
    """What one report does with a claim that was asked for."""

    report: str
    file: str
    stance: Literal["supports", "denies", "carries", "silent"]
    score: float
    evidence: list[str]


class Answer(BaseModel):
    """What a story says to a claim in the asker's words."""

    claim: str
    reports: list[ReportAnswer]
    head: int
    current: bool


class EntryReceipt(BaseModel):
    """An entry that landed."""

    entry: Entry
    meanwhile: list[Entry] = Field(description="What others entered on the same subjects since `seen`.")
    told: bool = Field(description="Whether the story was told again with it already.")


class Move(BaseModel):
    """One report that was moved."""

    report: str = Field(description="Its id in the story that it left.")
    now: str = Field(description="Its id in the story that it came to.")
    there: bool = Field(description="Whether the same bytes were there already.")
    entry: int


class Moves(BaseModel):
    """Reports that were moved to another story."""

    moved: list[Move]
    told: bool = Field(description="Whether the story that they left was told again already.")


class KeptSearch(BaseModel):
    """A search that somebody keeps."""

    entry: int
    by: str
    name: str
    asked: dict[str, str]


class Notice(BaseModel):
    """Something on the desk that concerns whoever asks."""

    entry: int
    at: str
    who: str
    why: str = Field(description="Why it is told: called, reply, given or note.")
    words: str = Field(description="The note; empty where a claim was given.")
    about: str = Field(description="The claim as it was called then.")
    story: str
    claim: str | None


class Outcome(BaseModel):
    """What became of one input."""

    input: str
    fate: Literal["read", "duplicate", "revised", "refused"]
    report: str | None
    reason: str | None


class Job(BaseModel):
    """Reports that are being added, and how far it is."""

    id: str
    story: str
    by: str
    at: str
    state: Literal["waiting", "fetching", "reading", "attributing", "telling", "done", "failed"]
    done: int
    total: int
    outcomes: list[Outcome]
    reason: str | None = Field(description="Why it failed, null where it did not.")


class Token(BaseModel):
    """A token as it is listed."""

    id: str
    account: str
    label: str
    made_at: str
    ends_at: str | None


class Account(BaseModel):
    """Somebody who may open the desk."""

    name: str
    role: Literal["reader", "editor", "administrator"]
    stories: list[str] | None
    password: bool
    tokens: list[Token]
    made_at: str


class NewToken(BaseModel):
    """A token, told this once."""

    token: str


class Alert(BaseModel):
    """Who is told of what, and how."""

    id: str
    subject: Literal["story", "claim", "speaker", "search"]
    value: str
    story: str | None = Field(description="Null for every story.")
    channel: Literal["feed", "webhook", "mail", "chat"]
    target: str
    kinds: list[str]
    daily: str | None
    zone: str
    made_by: str
    made_at: str
    waiting: int = Field(description="Notices that are not sent yet.")
    paused: str | None = Field(description="Why nothing is sent at present.")
    fault: str | None = Field(description="Why the last try failed.")


class NewAlert(Alert):
    """An alert that was made."""

    secret: str | None = Field(description="A webhook's secret or a feed's key, told this once.")


class Basis(BaseModel):
    """One statement that a notice rests on, with its exact words and place."""

    attribution: str
    report: str
    sha256: str
    spans: Spans
    words: str
    act: Act
    speaker: str | None
    named: bool
    relay: list[str]
    outlet: str | None
    published: str | None
    url: str | None


class ChangeNotice(BaseModel):
    """One change of a claim or of a report, or a new statement."""

    notice: int = Field(description="Its number; ask for those after it.")
    at: str
    kinds: list[str]
    story: str
    headline: str
    text: str
    claims: list[str] = Field(description="The claims it is about by id, ids that they had before among them.")
    report: str | None
    before: str | None
    after: str | None
    reason: str | None
    entries: list[int] = Field(description="The first and the last entry between which it changed.")
    rests_on: list[Basis]
    url: str | None


class Replayed(BaseModel):
    """How many notices are sent once more."""

    notices: int
