"""A draft against a story of the desk, under the rules of a house."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord import pipeline
from onrecord.checking.checks.house import house_flags
from onrecord.checking.checks.sourcing import refusal_flags, relay_flags
from onrecord.checking.checks.standing import confirmed_flags, corrected_flags, withdrawn_flags
from onrecord.checking.checks.statements import number_flags, quotation_flags, statement_flags
from onrecord.checking.drafts import AttributedDraft, attributed
from onrecord.checking.findings import Agreement, CheckedDraft, CheckedStatement, Flag
from onrecord.checking.matching import Matching
from onrecord.checking.packs import findings, load_packs
from onrecord.checking.record import Record, Told
from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.report import Report
from onrecord.datamodel.story import Story
from onrecord.linking.terms import tells

_FLAGS = (
    quotation_flags, statement_flags, number_flags, withdrawn_flags, corrected_flags, confirmed_flags, relay_flags,
    refusal_flags, house_flags,
)  # fmt: skip


# Near words of another speaker are told as the same claim from here on.
SAME_CLAIM = 0.85


def check(
    draft: Report, story: Story, *, packs: Sequence[str] = (), past: Sequence[Report] = (), which: str = "auto"
) -> CheckedDraft:
    """Hold a draft against a story; `past` are reports that were replaced or withdrawn, `packs` names or paths.

    Raises UsageError where a pack cannot be read, and BackendError where a tagger is asked for and is not there.
    """
    rules = load_packs(packs)
    tagger, notes = pipeline.choose_tagger(which)
    judge, more = pipeline.choose_judge(which)
    match = Matching(attributed(draft, story, tagger), Record(story, past, judge))
    flags = _each_once(flag for flags in _FLAGS for flag in flags(match))
    return CheckedDraft(
        draft=match.draft.report,
        story=story.name,
        packs=tuple(dict.fromkeys(rule.pack for rule in rules)),
        findings=findings(match.draft.report.text, flags, rules),
        statements=tuple(_statements(match)),
        notes=(*notes, *more),
    )


def _each_once(flags: Iterator[Flag]) -> list[Flag]:
    """Flags of one check that overlap are told once; a withdrawn or misquoted statement is not also called opposite."""
    kept: list[Flag] = []
    for flag in flags:
        if not any(_repeats(flag, one) for one in kept):
            kept.append(flag)
    return kept


def _repeats(flag: Flag, one: Flag) -> bool:
    if flag.check != one.check:
        return False
    if flag.span is None or one.span is None:
        return flag.span is one.span and flag.subject == one.subject
    return flag.span.overlaps(one.span)


def _statements(match: Matching) -> Iterator[CheckedStatement]:
    for one in match.draft.attributions:
        if tells(match.words(one)):
            yield _statement(match, match.draft, one)


def _statement(match: Matching, draft: AttributedDraft, one: Attribution) -> CheckedStatement:
    agreement, told = _agreement(match, one)
    party = match.party(one.speaker)
    claim = next(
        (found for each in told if each.attribution and (found := match.record.claim_of(each.attribution))), None
    )
    standing = match.record.story.standing.get(claim.id) if claim else None
    return CheckedStatement(
        span=draft.place_of(one),
        words=match.words(one),
        speaker=party.name if party else None,
        agreement=agreement,
        passages=tuple(match.record.passage_of(each) for each in told[:3]),
        claim=claim.id if claim else None,
        claim_text=claim.text if claim else None,
        status=standing.status if standing else None,
        origins=(standing.origins.lo, standing.origins.hi) if standing else None,
        reason=standing.reason if standing else None,
    )


def _agreement(match: Matching, one: Attribution) -> tuple[Agreement | None, list[Told]]:
    """How a statement stands to the nearest on the desk, the same speaker's first, and which these are."""
    quoted = [each for each in match.quotations if each.said is one and each.found]
    exact = [told for each in quoted if each.found[0].exact for told in match.told_at(each.found[:1])]
    if exact:
        return Agreement.EXACT, exact
    agreeing = match.agreeing(one)
    if agreeing:
        return (Agreement.REWORDED if quoted else Agreement.SAME_CLAIM), agreeing
    opposite = [near.told for near in match.same_speaker(one) if near.side < 0]
    if opposite:
        return Agreement.OPPOSITE, opposite
    near = [each.told for each in match.near(one) if each.score >= SAME_CLAIM and each.side > 0]
    return (Agreement.SAME_CLAIM, near) if near else (None, [])
