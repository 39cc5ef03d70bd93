"""Claims and their attributions, up to an instant, to where each claim stands."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.standing import Change, Standing
from onrecord.weighing.origins import origins
from onrecord.weighing.reasons import reason
from onrecord.weighing.rules import RULES, Weighed
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
        found = latest(_in_time(voices(claim, held, people), known), known)
        if found:
            standings.append(_stand(claim, found, known, as_of))
    return tuple(standings)


def _in_time(found: tuple[Voice, ...], reports: dict[str, Report]) -> tuple[Voice, ...]:
    def order(voice: Voice) -> tuple[bool, str, str, int]:
        published = reports[voice.attribution.report].published
        at = published.end.isoformat() if published else ""
        return not at, at, voice.attribution.report, voice.attribution.content[0].start

    return tuple(sorted(found, key=order))


def _stand(claim: Claim, found: tuple[Voice, ...], reports: dict[str, Report], as_of: Moment | None) -> Standing:
    draft = Weighed(found, origins((), reports))
    weighed = Weighed(found, origins(draft.supporters, reports))
    rule = next(rule for rule in RULES if rule.applies(weighed))
    return Standing(
        claim=claim.id,
        as_of=as_of,
        status=rule.status,
        because=tuple(dict.fromkeys(voice.attribution.id for voice in rule.rests_on(weighed))),
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
    """Each change of a claim's standing, in order of publication; undated reports come last, at no known instant."""
    dated = sorted(
        {report.published for report in reports if report.published}, key=lambda at: (at.end, at.isoformat())
    )
    steps: list[Moment | None] = [*dated]
    if any(report.published is None for report in reports):
        steps.append(None)
    before: dict[str, Standing] = {}
    found: list[Change] = []
    for at in steps:
        for standing in weigh(claims, attributions, parties, reports, at):
            earlier = before.get(standing.claim)
            if earlier is None or earlier.status is not standing.status:
                found.append(_change(standing, earlier, at))
            before[standing.claim] = standing
    return tuple(found)


def _change(standing: Standing, earlier: Standing | None, at: Moment | None) -> Change:
    known = set(earlier.because) if earlier else set()
    fresh = tuple(ident for ident in standing.because if ident not in known)
    return Change(
        claim=standing.claim,
        at=at,
        before=earlier.status if earlier else None,
        after=standing.status,
        because=fresh or standing.because,
        reason=standing.reason,
    )
