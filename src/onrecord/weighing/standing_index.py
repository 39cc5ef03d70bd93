"""Claims made ready to be weighed one by one as of any instant, each with its voices in order of time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.standing import Standing
from onrecord.weighing.voices import Voice, latest, voices
from onrecord.weighing.weigh import in_time, stand


class StandingIndex:
    """What `weigh` gives, of one claim at a time: who asks for few claims at many instants waits for no others."""

    def __init__(
        self,
        claims: Sequence[Claim],
        attributions: Sequence[Attribution],
        parties: Sequence[Party],
        reports: Sequence[Report],
    ) -> None:
        self._claims = {claim.id: claim for claim in claims}
        self._reports = {report.id: report for report in reports if report.published}
        self._held = {one.id: one for one in attributions if one.report in self._reports}
        self._people = {party.id: party for party in parties}
        self._ends = {claim.id: self._bearing(claim) for claim in claims}
        self._voices: dict[str, tuple[tuple[Voice, datetime], ...]] = {}

    def out(self, instant: Moment) -> dict[str, int]:
        """How many of each claim's reports were out by an instant; claims without any are not in it.

        Where a claim stands depends on nothing else.
        """
        return {ident: count for ident, ends in self._ends.items() if (count := bisect_right(ends, instant.end))}

    def steps(self, claim: str) -> Iterator[tuple[int, Moment]]:
        """How many of a claim's reports were out and since when, for each number that there was."""
        ends = self._ends[claim]
        for out, end in enumerate(ends, start=1):
            if out == len(ends) or ends[out] > end:
                yield out, Moment(end, Precision.MINUTE)

    def stood(self, claim: str, instant: Moment) -> Standing | None:
        """Where a claim stood by what was published by an instant, as `weigh` tells it; None where nobody spoke."""
        limit = instant.end
        found = tuple(voice for voice, end in self._spoken(claim) if end <= limit)
        if not found:
            return None
        return stand(self._claims[claim], latest(found, self._reports), self._reports, instant)

    def _spoken(self, claim: str) -> tuple[tuple[Voice, datetime], ...]:
        held = self._voices.get(claim)
        if held is None:
            found = in_time(voices(self._claims[claim], self._held, self._people), self._reports)
            held = tuple((voice, self._end(voice.attribution)) for voice in found)
            self._voices[claim] = held
        return held

    def _bearing(self, claim: Claim) -> list[datetime]:
        """When each report that bears on a claim was certainly out, in order."""
        bearing = {self._held[one.attribution].report for one in claim.members if one.attribution in self._held}
        return sorted(at.end for ident in bearing if (at := self._reports[ident].published))

    def _end(self, attribution: Attribution) -> datetime:
        published = self._reports[attribution.report].published
        assert published is not None
        return published.end
