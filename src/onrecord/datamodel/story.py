"""All that the reports of one event say, as of an instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim, Conflict, Link, Quote
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Outcome, Report
from onrecord.datamodel.span import Spans
from onrecord.datamodel.standing import Change, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of a timeline: when, how exactly, in what words, by which attributions; `span` is the dated words."""

    at: Moment | None
    text: str
    report: str
    span: Spans = ()
    attributions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Story:
    """Reports of one event and everything found in them; references are ids."""

    name: str
    title: str | None = None
    as_of: Moment | None = None
    reports: tuple[Report, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    parties: tuple[Party, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    standings: tuple[Standing, ...] = ()
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    quotes: tuple[Quote, ...] = ()
    links: tuple[Link, ...] = ()
    timeline: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()
    made_by: tuple[str, ...] = field(default=())

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
