"""Claims and their attributions, up to an instant, to where each claim stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.standing import Change, Standing, Status
from onrecord.weighing.reasons import reason
from onrecord.weighing.rules import RULES, Rule, Weighed
from onrecord.weighing.voices import Voice, latest, voices


def published_by(reports: Sequence[Report], as_of: Moment | None) -> tuple[Report, ...]:
    """The reports certainly published by an instant: a dated day counts at its end, an undated report never."""
    if as_of is None:
        return tuple(reports)
    return tuple(report for report in reports if report.published and report.published.end <= as_of.end)


def weigh(
    claims: Sequence[Claim],
    attributions: Sequence[Attribution],
    parties: Sequence[Party],
    reports: Sequence[Report],
    as_of: Moment | None = None,
) -> tuple[Standing, ...]:
    """The standing of each claim that a report published by `as_of` bears on, in the claims' order."""
    known = {report.id: report for report in published_by(reports, as_of)}
    held = {found.id: found for found in attributions if found.report in known}
    people = {party.id: party for party in parties}
    standings = []
    for claim in claims:
        found = latest(in_time(voices(claim, held, people), known), known)
        if found:
            standings.append(stand(claim, found, known, as_of))
    return tuple(standings)


def in_time(found: tuple[Voice, ...], reports: Mapping[str, Report]) -> tuple[Voice, ...]:
    def order(voice: Voice) -> tuple[bool, str, str, int]:
        published = reports[voice.attribution.report].published
        at = published.end.isoformat() if published else ""
        return not at, at, voice.attribution.report, voice.attribution.content[0].start

    return tuple(sorted(found, key=order))


def _decided(weighed: Weighed) -> tuple[Rule, tuple[str, ...]]:
    """The first rule that applies, and the attributions that it rests on."""
    rule = next(rule for rule in RULES if rule.applies(weighed))
    return rule, tuple(dict.fromkeys(voice.attribution.id for voice in rule.rests_on(weighed)))


def stand(claim: Claim, found: tuple[Voice, ...], reports: Mapping[str, Report], as_of: Moment | None) -> Standing:
    weighed = Weighed(found, reports)
    rule, because = _decided(weighed)
    return Standing(
        claim=claim.id,
        as_of=as_of,
        status=rule.status,
        because=because,
        reason=reason(weighed),
        rule=rule.when,
        origins=weighed.origins,
    )


def changes(
    claims: Sequence[Claim],
    attributions: Sequence[Attribution],
    parties: Sequence[Party],
    reports: Sequence[Report],
) -> tuple[Change, ...]:
    """Each change of a claim's standing, in order of publication; undated reports come last, at no known instant.

    A claim is weighed again only at the instants at which a report that bears on it comes out.
    """
    known = {report.id: report for report in reports}
    dated = sorted(
        {report.published for report in reports if report.published}, key=lambda at: (at.end, at.isoformat())
    )
    steps: list[Moment | None] = [*dated, None]
    # A report is out at the first instant that ends no earlier than it does.
    ends = [at.end for at in dated]
    out = {one.id: bisect_left(ends, one.published.end) if one.published else len(dated) for one in reports}
    held = {found.id: found for found in attributions if found.report in known}
    people = {party.id: party for party in parties}
    turns = [
        (step, number, change)
        for number, claim in enumerate(claims)
        for step, change in _turns(claim.id, in_time(voices(claim, held, people), known), (known, out, steps))
    ]
    return tuple(change for _, _, change in sorted(turns, key=lambda turn: turn[:2]))


def _turns(
    claim: str,
    found: tuple[Voice, ...],
    calendar: tuple[Mapping[str, Report], Mapping[str, int], Sequence[Moment | None]],
) -> Iterator[tuple[int, Change]]:
    """The changes of one claim's standing with the number of their instant; `found` is in order of time."""
    reports, out, steps = calendar
    places = [out[voice.attribution.report] for voice in found]
    before: tuple[Status, tuple[str, ...]] | None = None
    for step in sorted(set(places)):
        present = tuple(voice for voice, place in zip(found, places, strict=True) if place <= step)
        weighed = Weighed(latest(present, reports), reports)
        if not weighed.voices:
            continue
        rule, because = _decided(weighed)
        if before is None or before[0] is not rule.status:
            seen = set(before[1]) if before else set()
            fresh = tuple(ident for ident in because if ident not in seen)
            yield (
                step,
                Change(
                    claim=claim,
                    at=steps[step],
                    before=before[0] if before else None,
                    after=rule.status,
                    because=fresh or because,
                    reason=reason(weighed),
                ),
            )
        before = rule.status, because
