"""Whether a draft's statements still stand: taken back, corrected, or called confirmed on too little."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.checking.findings import Flag, Passage
from onrecord.checking.matching import Matching, surname
from onrecord.checking.quotations import Words
from onrecord.checking.record import Record, Told
from onrecord.datamodel.attribution import DENIAL, Act, Attribution
from onrecord.datamodel.claim import Member
from onrecord.datamodel.report import Part, Report
from onrecord.datamodel.span import Span, any_overlap, hull, words
from onrecord.linking.negation import negated
from onrecord.linking.stemming import stem
from onrecord.linking.terms import numbers, tells, terms

SAME_CLAIM = 0.6
_TAKEN_BACK = re.compile(
    r"\b(?:with(?:drew|drawn|draws?|drawal)|t(?:ook|akes?|aken) (?:\w+ ){0,4}back|retract\w*|recant\w*|misspoke|"
    r"apologi[sz]\w*|(?:was|were|been) wrong|spoke too soon|back(?:ed)? down|walk(?:ed|s)? back|correct(?:ed|s|ion)|"
    r"had not (?:in fact )?\w+ed)\b",
    re.IGNORECASE,
)


def withdrawn_flags(match: Matching) -> Iterator[Flag]:
    """Statements that their speakers took back since, where the draft does not tell that."""
    for one in match.draft.attributions:
        back = match.record.retractions.get(one.speaker or "", [])
        if not back or not match.is_claimed(one) or _tells_withdrawal(match, one):
            continue
        since = _takes_back(match, one, back)
        if since is not None:
            party = match.party(one.speaker)
            report = match.record.story.report[since.report]
            place = hull(since.content) or since.content[0]
            yield Flag(
                check="withdrawn",
                span=match.draft.place_of(one),
                message=f"{party.name if party else 'the speaker'} took it back",
                passages=(match.record.passage(report, place, since),),
            )


def _tells_withdrawal(match: Matching, one: Attribution) -> bool:
    """Whether the draft says anywhere that the speaker took something back."""
    if any(other.act is Act.RETRACTS and other.speaker == one.speaker for other in match.draft.attributions):
        return True
    party = match.party(one.speaker)
    names = [surname(party), party.name] if party else []
    text = match.draft.report.text
    return any(_TAKEN_BACK.search(span.of(text)) and match.mentions(names, span) for span in match.draft.sentences)


def _takes_back(match: Matching, one: Attribution, back: Sequence[Attribution]) -> Attribution | None:
    """The retraction that is about a statement: it says the opposite, or bears on the statement's claim."""
    agreeing = match.agreeing(one)
    ids = {other.id for other in back}
    held = {told.attribution.id for told in agreeing if told.attribution}
    for claim in match.record.story.claims:
        members = {member.attribution: member for member in claim.members}
        taking = [other.id for other in _tellingly(back) if other.id in members and _retracts(members[other.id])]
        counting = taking and any(not members[each].loose for each in held & members.keys())
        if counting and match.record.nearness(match.words(one), claim.text) >= SAME_CLAIM:
            return match.record.story.attribution[taking[0]]
    near = [each.told.attribution for each in match.same_speaker(one, SAME_CLAIM) if each.told.attribution]
    again = next((each for each in near if each.id in ids), None)
    return again or next((each for each in back if _vague(match.record, each) and _before(match, agreeing, each)), None)


def _tellingly(back: Sequence[Attribution]) -> list[Attribution]:
    """Retractions, the one with most words first."""
    return sorted(back, key=lambda one: (-sum(map(len, one.content)), one.id))


def _retracts(member: Member) -> bool:
    return member.stance is Act.RETRACTS


_VAGUE = frozenset(map(stem, "say said statement remark comment wrong mistake error apologise apologize take".split()))
_DAYS = frozenset(map(stem, "monday tuesday wednesday thursday friday saturday sunday yesterday".split()))


def _vague(record: Record, one: Attribution) -> bool:
    """Whether a retraction does not tell what it takes back: "What I said on Monday was wrong"."""
    return terms(words(one.content, record.story.report[one.report].text)) <= _VAGUE | _DAYS


def _before(match: Matching, agreeing: Sequence[Told], back: Attribution) -> bool:
    """Whether the desk has a statement from a report that was published before the speaker took something back."""
    then = match.record.story.report[back.report].published
    dates = [told.report.published for told in agreeing if told.attribution and told.speaker == back.speaker]
    return then is not None and any(date is not None and date.end < then.end for date in dates)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What an outlet says that it had wrong, and where it says so."""

    wrong: str
    passage: Passage
    outlet: str | None = None


_WRONG = re.compile(
    r"\b(?:said|stated|reported|gave|misstated|wrote|claimed|suggested|showed)\b"
    r"(?: (?:wrongly|incorrectly))?(?: that)? (?P<wrong>[^.;!?’”]{8,240})",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\bcorrect(?:ed|ion|s)\b|\bshould have (?:said|been)\b|\b(?:earlier|previous|original) version\b", re.IGNORECASE
)
_STORY = re.compile(
    r"\b(?:retract|withdr[ae]w|withdrawn|pulled|took down)\w*\b[^.]{0,40}\b(?:story|report|article)\b", re.IGNORECASE
)


def corrections(record: Record) -> list[Corrected]:
    """What outlets had wrong, by their own notes and by what other reports tell of them."""
    found: list[Corrected] = []
    for report in record.story.reports:
        for passage in report.passages:
            if passage.part in (Part.CORRECTION, Part.WITHDRAWAL):
                found.extend(_wrong(record, report, passage.span, report.outlet))
    for one in record.story.attributions:
        party = record.party(one.speaker)
        report = record.story.report[one.report]
        place = hull(one.content)
        if one.act is Act.RETRACTS and place and (party is None or party.outlet or not party.named):
            start = max(0, place.start - 200)
            if _CORRECTS.search(report.text, start, min(len(report.text), place.end + 120)):
                found.extend(_wrong(record, report, place, None))
    return found


def _wrong(record: Record, report: Report, span: Span, outlet: str | None) -> Iterator[Corrected]:
    match = _WRONG.search(report.text, span.start, span.end)
    if match and tells(match["wrong"]):
        yield Corrected(match["wrong"], record.passage(report, span), outlet)


def corrected_flags(match: Matching) -> Iterator[Flag]:
    """Sentences that tell again what an outlet corrected, or that rest on a report which is withdrawn or replaced."""
    text = match.draft.report.text
    wrong = corrections(match.record)
    gone = {} if _STORY.search(text) else withdrawn_stories(match.record)
    for span in match.draft.sentences:
        told = span.of(text)
        if _CORRECTS.search(told) or _TAKEN_BACK.search(told):
            continue
        again = next((one for one in wrong if _repeats(match, span, one)), None)
        if again:
            yield Flag(check="corrected", span=span, message="the outlet corrected this", passages=(again.passage,))
            continue
        yield from _on_withdrawn_story(match, span, gone)
        yield from _only_in_past(match, span)


def _repeats(match: Matching, span: Span, one: Corrected) -> bool:
    told = span.of(match.draft.report.text)
    asked, figures = terms(one.wrong), numbers(one.wrong)
    if not figures <= numbers(told) or len(asked & terms(told)) < 0.7 * len(asked):
        return False
    denied = any(each.act in DENIAL and any_overlap((span,), each.content) for each in match.draft.attributions)
    return not denied and negated(told) == negated(one.wrong)


def withdrawn_stories(record: Record) -> dict[str, Passage]:
    """Outlets that withdrew their report as a whole, as any report tells it, with where it does."""
    found = {}
    for one in record.story.attributions:
        report, place = record.story.report[one.report], hull((*one.source, *one.cue, *one.content))
        if one.act is not Act.RETRACTS or place is None:
            continue
        near = report.text[max(0, place.start - 80) : place.end + 160]
        for other in record.story.reports:
            if other.outlet and other is not report and _STORY.search(near) and other.outlet.lower() in near.lower():
                found[other.id] = record.passage(report, hull(one.content) or place, one)
    return found


def _on_withdrawn_story(match: Matching, span: Span, gone: dict[str, Passage]) -> Iterator[Flag]:
    """A sentence whose statement only withdrawn reports support."""
    if not gone:
        return
    said = [one for one in match.draft.attributions if any_overlap((span,), one.content) and match.is_claimed(one)]
    for one in said[:1]:
        told = next((each for each, _ in match.record.nearest(match.words(one), SAME_CLAIM)), None)
        home = _withdrawn_home(match.record, told, gone) if told and one.act not in DENIAL else None
        if told and home:
            yield Flag(
                check="corrected",
                span=span,
                message="the outlet that has it withdrew its report",
                passages=(gone[home], match.record.passage_of(told)),
            )


def _withdrawn_home(record: Record, told: Told, gone: dict[str, Passage]) -> str | None:
    """The withdrawn report that something is told in, or that it is passed on from."""
    if told.report.id in gone:
        return told.report.id
    said, party = told.attribution, record.party(told.speaker)
    named = {*(said.relay if said else ()), party.name if party else ""}
    return next((one for one in sorted(gone) if record.story.report[one].outlet in named), None)


_LONG = 6


def _only_in_past(match: Matching, span: Span) -> Iterator[Flag]:
    """A sentence with a run of words that stands in no current report, but in one that was replaced or withdrawn."""
    told = Words.of(match.draft.report.text, span.start, span.end).told
    runs = [" ".join(told[at : at + _LONG]) for at in range(len(told) - _LONG + 1)]
    for one in match.record.past:
        held = next((run for run in runs if f" {run} " in f" {one.joined} "), None)
        if held and not any(held in current.joined for current in match.record.searched):
            at = one.joined.index(held)
            first = sum(start <= at for start in one.starts) - 1
            place = Span(one.words.spans[first].start, one.words.spans[first + _LONG - 1].end)
            message = f"report {one.report.id} had it before it was replaced or withdrawn"
            yield Flag(
                check="corrected", span=span, message=message, passages=(match.record.passage(one.report, place),)
            )
            return


_CONFIRMED = re.compile(r"\bconfirm(?:s|ed)\b|\bconfirmation\b|\bverified\b", re.IGNORECASE)
_NOT_CONFIRMED = re.compile(
    r"\b(?:not|never|nor|neither|un|yet|could|cannot|can|would|if|declin\w+|refus\w+|without|no|independent\w*)\b"
    r"[^.;]{0,24}\b(?:confirm|verif)",
    re.IGNORECASE,
)


def confirmed_flags(match: Matching) -> Iterator[Flag]:
    """Sentences that call confirmed what rests on unnamed sources, or on one origin."""
    text = match.draft.report.text
    for span in match.draft.sentences:
        told = span.of(text)
        if not _CONFIRMED.search(told) or _NOT_CONFIRMED.search(told):
            continue
        said = _confirming(match, span)
        party = match.party(said.speaker) if said else None
        if party is not None and party.named:
            continue
        yield from _thin(match, span, match.words(said) if said else told)


def _confirming(match: Matching, span: Span) -> Attribution | None:
    """The statement of a sentence whose cue says that it is confirmed."""
    text = match.draft.report.text
    mine = [one for one in match.draft.attributions if any_overlap((span,), (*one.cue, *one.content))]
    confirming = [one for one in mine if _CONFIRMED.search(words(one.cue, text))]
    return next(iter(confirming or mine), None)


def _thin(match: Matching, span: Span, told: str) -> Iterator[Flag]:
    near = [one for one in match.record.near(told) if one.score >= SAME_CLAIM and one.side > 0]
    top = [one.told for one in near if one.score >= near[0].score - 0.15] if near else []
    on_record = {one.speaker for one in top if match.record.answers(one.speaker)}
    if not top or len(on_record) > 1:
        return
    rests = "one origin" if on_record else "unnamed sources, or nobody on the record"
    yield Flag(
        check="confirmed-thinly",
        span=span,
        message=f"on the desk it rests on {rests}",
        passages=tuple(match.record.passage_of(one) for one in top[:3]),
    )
