"""All that the reports of one event say, as of an instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim, Conflict, Link, Quote
from onrecord.datamodel.document import Document
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Outcome, Report
from onrecord.datamodel.span import Spans
from onrecord.datamodel.standing import Change, Standing
from onrecord.datamodel.tables.table import TableField


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of a timeline: when, how exactly, in what words, by which attributions; `span` is the dated words."""

    at: Moment | None
    text: str
    report: str
    span: Spans = ()
    attributions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """A person's decision that the machine's new grouping left without one clear subject, so that it is not applied.

    `claims` are those that its statements bear on now, `statements` those of them that are still there, and `words`
    what it was made on.
    """

    entry: int
    by: str
    verdict: str
    words: str
    reason: str
    value: str | None = None
    why: str = ""
    claims: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note that a person left on a claim; `reply_to` is the entry of the note that it answers.

    `statements` are those of the claim that it speaks of, where it does not speak of the claim as a whole.
    """

    entry: int
    by: str
    at: str
    text: str
    reply_to: int | None = None
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWork:
    """What a desk keeps of one claim beside what the reports say: its state, owner, tags and notes."""

    claim: str
    state: str | None = None
    owner: str | None = None
    accepted: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[Remark, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class Story:
    """Reports of one event and everything found in them; references are ids.

    Reports, parties, attributions, claims, changes, conflicts and quotes are tuples that also show themselves as tables
    and become data frames (`story.claims.to_pandas()`).
    """

    name: str
    title: str | None = None
    as_of: Moment | None = None
    reports: TableField[Report] = TableField(Report)
    outcomes: tuple[Outcome, ...] = ()
    parties: TableField[Party] = TableField(Party)
    attributions: TableField[Attribution] = TableField(Attribution)
    claims: TableField[Claim] = TableField(Claim)
    standings: tuple[Standing, ...] = ()
    changes: TableField[Change] = TableField(Change)
    conflicts: TableField[Conflict] = TableField(Conflict)
    quotes: TableField[Quote] = TableField(Quote)
    links: tuple[Link, ...] = ()
    timeline: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()
    made_by: tuple[str, ...] = field(default=())
    unsettled: tuple[Unsettled, ...] = ()
    work: tuple[ClaimWork, ...] = ()
    documents: tuple[Document, ...] = ()

    def __repr__(self) -> str:
        """Short: its name and how much it holds."""
        return (
            f"<Story {self.name!r}: {len(self.reports)} reports, {len(self.attributions)} attributions, "
            f"{len(self.claims)} claims, {len(self.conflicts)} conflicts>"
        )

    def _repr_html_(self) -> str:
        """Its claims and where each stands, for notebooks."""
        return f"<p>{escape(repr(self))}</p>{self.claims._repr_html_()}"

    @cached_property
    def report(self) -> dict[str, Report]:
        """Reports by id."""
        return {report.id: report for report in self.reports}

    @cached_property
    def attribution(self) -> dict[str, Attribution]:
        """Attributions by id."""
        return {attribution.id: attribution for attribution in self.attributions}

    @cached_property
    def party(self) -> dict[str, Party]:
        """Parties by id."""
        return {party.id: party for party in self.parties}

    @cached_property
    def standing(self) -> dict[str, Standing]:
        """Standings by claim id."""
        return {standing.claim: standing for standing in self.standings}

    @cached_property
    def work_on(self) -> dict[str, ClaimWork]:
        """A desk's work by claim id."""
        return {one.claim: one for one in self.work}
