"""What each kind of row shows as a table: a name and a plain value for every column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution
from onrecord.datamodel.claim import Claim, Conflict, Quote
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans, hull, words
from onrecord.datamodel.standing import Change, Standing

Cell = str | int | float | bool | None
_BETWEEN = "; "


@dataclass(frozen=True)
class Lookup:
    """What the ids in a story's rows stand for."""

    report_rows: Sequence[Report] = ()
    party_rows: Sequence[Party] = ()
    attribution_rows: Sequence[Attribution] = ()
    claim_rows: Sequence[Claim] = ()
    standing_rows: Sequence[Standing] = ()

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        """Reports by id."""
        return {one.id: one for one in self.report_rows}

    @cached_property
    def attributions(self) -> Mapping[str, Attribution]:
        """Attributions by id."""
        return {one.id: one for one in self.attribution_rows}

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Claims by id."""
        return {one.id: one for one in self.claim_rows}

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Standings by claim id."""
        return {one.claim: one for one in self.standing_rows}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Parties' names by id."""
        return {one.id: one.name for one in self.party_rows}

    def name(self, party: str | None) -> str | None:
        """A party's name; its id where it is not known, None for nobody."""
        return None if party is None else self.names.get(party, party)

    def words(self, attribution: str | None, spans: str = "content") -> str | None:
        """The exact words of a part of an attribution; None where the attribution or the part is not there."""
        one = self.attributions.get(attribution or "")
        return None if one is None else self.sliced(one, getattr(one, spans))

    def sliced(self, one: Attribution, spans: Spans) -> str | None:
        """The exact words of spans of an attribution's report, " … " between pieces; None for no spans."""
        report = self.reports.get(one.report)
        return words(spans, report.text) or None if report is not None else None

    def speaker(self, attribution: str) -> str | None:
        """The name of who is credited in an attribution."""
        one = self.attributions.get(attribution)
        return None if one is None else self.name(one.speaker)

    def claim(self, claim: str) -> str | None:
        """A claim's text."""
        found = self.claims.get(claim)
        return None if found is None else found.text


Column = Callable[[Any, Lookup], Cell]


def _joined(values: Iterable[str | None]) -> str | None:
    return _BETWEEN.join(one for one in values if one) or None


def _instant(at: Moment | None) -> str | None:
    return at.isoformat() if at else None


def _edge(one: Attribution, side: str) -> int | None:
    place = hull(one.content)
    return getattr(place, side) if place is not None else None


def _holders(claim: Claim, lookup: Lookup, acts: frozenset[Act]) -> str | None:
    held = (lookup.speaker(one.attribution) for one in claim.members if one.stance in acts and not one.loose)
    return _joined(dict.fromkeys(held))


def _homes(claim: Claim, lookup: Lookup) -> list[str]:
    """The reports that a claim's members stand in."""
    held = (lookup.attributions.get(one.attribution) for one in claim.members if not one.loose)
    return sorted({one.report for one in held if one is not None})


REPORTS: dict[str, Column] = {
    "id": lambda one, _: one.id,
    "outlet": lambda one, _: one.outlet,
    "published": lambda one, _: _instant(one.published),
    "headline": lambda one, _: one.headline,
    "byline": lambda one, _: one.byline,
    "url": lambda one, _: one.url,
    "file": lambda one, _: one.file,
    "language": lambda one, _: one.language,
    "characters": lambda one, _: len(one.text),
    "sha256": lambda one, _: one.sha256,
    "revises": lambda one, _: one.revises,
}

PARTIES: dict[str, Column] = {
    "id": lambda one, _: one.id,
    "name": lambda one, _: one.name,
    "kind": lambda one, _: one.kind.value,
    "named": lambda one, _: one.named,
    "role": lambda one, _: one.role,
    "aliases": lambda one, _: _joined(one.aliases),
    "speaks_for": lambda one, lookup: lookup.name(one.speaks_for),
    "statements": lambda one, lookup: sum(said.speaker == one.id for said in lookup.attribution_rows),
}

ATTRIBUTIONS: dict[str, Column] = {
    "id": lambda one, _: one.id,
    "report": lambda one, _: one.report,
    "outlet": lambda one, lookup: lookup.reports[one.report].outlet,
    "published": lambda one, lookup: _instant(lookup.reports[one.report].published),
    "speaker": lambda one, lookup: lookup.name(one.speaker),
    "named": lambda one, _: one.named,
    "through": lambda one, lookup: _joined(map(lookup.name, one.relay)),
    "act": lambda one, _: one.act.value,
    "mode": lambda one, _: one.mode.value,
    "source": lambda one, lookup: lookup.sliced(one, one.source),
    "cue": lambda one, lookup: lookup.sliced(one, one.cue),
    "content": lambda one, lookup: lookup.sliced(one, one.content),
    "start": lambda one, _: _edge(one, "start"),
    "end": lambda one, _: _edge(one, "end"),
    "said_at": lambda one, _: _instant(one.said_at),
    "terms": lambda one, _: one.terms,
    "hedged": lambda one, _: one.hedged,
    "confidence": lambda one, _: round(one.confidence, 4),
}

CLAIMS: dict[str, Column] = {
    "id": lambda one, _: one.id,
    "claim": lambda one, _: one.text,
    "standing": lambda one, lookup: at.status.value if (at := lookup.standings.get(one.id)) else None,
    "reason": lambda one, lookup: at.reason if (at := lookup.standings.get(one.id)) else None,
    "origins_least": lambda one, lookup: at.origins.lo if (at := lookup.standings.get(one.id)) else None,
    "origins_most": lambda one, lookup: at.origins.hi if (at := lookup.standings.get(one.id)) else None,
    "supported_by": lambda one, lookup: _holders(one, lookup, SUPPORT),
    "denied_by": lambda one, lookup: _holders(one, lookup, DENIAL),
    "statements": lambda one, _: sum(not member.loose for member in one.members),
    "reports": lambda one, lookup: _joined(_homes(one, lookup)),
}

CONFLICTS: dict[str, Column] = {
    "claim": lambda one, lookup: lookup.claim(one.claim),
    "kind": lambda one, _: one.kind.value,
    "left_speaker": lambda one, lookup: lookup.speaker(one.left),
    "left_words": lambda one, lookup: lookup.words(one.left),
    "right_speaker": lambda one, lookup: lookup.speaker(one.right),
    "right_words": lambda one, lookup: lookup.words(one.right),
    "reasons": lambda one, _: _joined(one.reasons),
    "left": lambda one, _: one.left,
    "right": lambda one, _: one.right,
}

QUOTES: dict[str, Column] = {
    "speaker": lambda one, lookup: lookup.speaker(one.members[0]) if one.members else None,
    "earliest": lambda one, lookup: lookup.words(one.members[0]) if one.members else None,
    "wordings": lambda one, _: len(one.members),
    "altered": lambda one, _: one.drift,
    "meaning_changed": lambda one, _: any(wording.meaning_changed for wording in one.wordings),
    "members": lambda one, _: _joined(one.members),
}

CHANGES: dict[str, Column] = {
    "claim": lambda one, lookup: lookup.claim(one.claim),
    "at": lambda one, _: _instant(one.at),
    "before": lambda one, _: one.before.value if one.before else None,
    "after": lambda one, _: one.after.value,
    "reason": lambda one, _: one.reason,
    "because": lambda one, _: _joined(one.because),
    "claim_id": lambda one, _: one.claim,
}

COLUMNS: dict[type, dict[str, Column]] = {
    Report: REPORTS,
    Party: PARTIES,
    Attribution: ATTRIBUTIONS,
    Claim: CLAIMS,
    Conflict: CONFLICTS,
    Quote: QUOTES,
    Change: CHANGES,
}
