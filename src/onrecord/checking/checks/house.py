"""What houses ask of a draft beside the record: how unnamed sources are used, and what is told as a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.checking.findings import Flag
from onrecord.checking.matching import Matching
from onrecord.datamodel.attribution import Attribution, Mode
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.span import Span, hull, words
from onrecord.datamodel.standing import Status
from onrecord.linking.terms import tells

_BARE = re.compile(
    r"^(?:the |a |an |one |two |three |several |some |multiple |many |other |unnamed |anonymous |unidentified )*"
    r"(?:sources?|insiders?|people|person|individuals?|observers|experts|critics)$",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:sources?|insiders?|officials?|person|people|aides?|executives?|diplomats?|advis[eo]rs?|employees?|workers?|"
    r"engineers?|captain|familiar|briefed|close to)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\banonym|\bnot (?:to )?be (?:named|identified|quoted)|\bnames? (?:was|were|is|are|be)?\s?not\b|\bauthori[sz]ed\b|"
    r"\bbecause\b|\bfor fear\b|\bnot allowed\b|\bon background\b|\bnot be used\b|"
    r"\bdeclined to be (?:named|identified)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:shame\w*|disgrac\w*|disast\w*|fool\w*|idiot\w*|stupid\w*|incompeten\w*|liar?s?|lying|lied|corrupt\w*|coward\w*|"
    r"reckless\w*|ridiculous|absurd|terribl\w*|awful|horribl\w*|outrag\w*|crook\w*|clown\w*|joke|should|ought|"
    r"(?:i|we) (?:think|believe|feel|guess|suspect)|probably|perhaps|maybe|unfit|hopeless|pathetic|betray\w*)\b",
    re.IGNORECASE,
)
_LOADED = re.compile(
    r"^(?:claim(?:s|ed)?|admit(?:s|ted)?|conced(?:es?|ed)|insist(?:s|ed)?|boast(?:s|ed)?|whin(?:es?|ed)|rant(?:s|ed)?|"
    r"alleg(?:es?|ed)|confess(?:es|ed)?|gloat(?:s|ed)?|blast(?:s|ed)?|slam(?:s|med)?)$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\b(?:sources|officials|people|insiders|aides|executives|diplomats|advisers)\b", re.IGNORECASE)
# So far from the words of a source the reason is still read with it.
_NEAR = 260
_STANDS = frozenset({Status.DISPUTED, Status.DENIED, Status.UNCONFIRMED, Status.RETRACTED})
SAME_FACT = 0.75


def house_flags(match: Matching) -> Iterator[Flag]:
    """All that a house may ask for; its pack says what it does ask for."""
    for one in match.draft.attributions:
        place = hull(one.source)
        if place is None or not tells(match.words(one)):
            continue
        source = words(one.source, match.draft.report.text)
        if _is_unnamed(match, one, source):
            yield from _unnamed(match, one, place, source)
        yield from _loaded(match, one)
    yield from _unattributed(match)


def _is_unnamed(match: Matching, one: Attribution, source: str) -> bool:
    party = match.party(one.speaker)
    unnamed = not one.named and (party is None or (not party.named and party.kind is not PartyKind.DOCUMENT))
    return unnamed and bool(_SOURCE.search(source))


def _unnamed(match: Matching, one: Attribution, place: Span, source: str) -> Iterator[Flag]:
    text, content = match.draft.report.text, hull(one.content) or place
    if _BARE.match(source.strip()):
        yield Flag(check="unnamed-undescribed", span=place, message=f"of “{source.strip()}” nothing else is told")
    if not one.terms and not _reason_near(match, place):
        yield Flag(check="unnamed-without-reason", span=place, message="nothing tells why the source is not named")
    opinion = _OPINION.search(match.words(one))
    if opinion and one.mode is not Mode.INDIRECT:
        message = f"“{opinion.group()}” is opinion or speculation rather than information"
        yield Flag(check="unnamed-opinion", span=content, message=message)
    supporting = [each.told for each in match.near(one) if each.side > 0 and each.score >= SAME_FACT]
    voices = {each.speaker for each in supporting if each.speaker}
    others = {other.speaker for other in match.draft.attributions if other.named and _same(match, other, one)}
    if len(voices) <= 1 and not others and not re.match(r"(?:two|three|four|several|both)\b", source, re.IGNORECASE):
        passages = tuple(match.record.passage_of(each) for each in supporting[:1])
        message = "one unnamed source, and nobody else on the desk or in the draft"
        yield Flag(check="unnamed-alone", span=match.draft.place_of(one), message=message, passages=passages)
    if len(voices) == 1 and _PLURAL.search(source) and not _is_group(match, min(voices)):
        passages = tuple(match.record.passage_of(each) for each in supporting[:1])
        yield Flag(check="unnamed-plural", span=place, message="the desk has one such source", passages=passages)
    del text


def _is_group(match: Matching, ident: str) -> bool:
    party = match.record.party(ident)
    return party is not None and party.kind is not PartyKind.PERSON


def _same(match: Matching, other: Attribution, one: Attribution) -> bool:
    ours = {near.told.span for near in match.near(one) if near.side > 0 and near.score >= SAME_FACT}
    return any(near.told.span in ours for near in match.near(other) if near.side > 0)


def _reason_near(match: Matching, place: Span) -> bool:
    paragraph = match.paragraph(place)
    text = match.draft.report.text
    start, end = max(paragraph.start, place.start - _NEAR), min(paragraph.end, place.end + _NEAR)
    return bool(_REASON.search(text[start:end]))


def _loaded(match: Matching, one: Attribution) -> Iterator[Flag]:
    cue, place = words(one.cue, match.draft.report.text).strip(), hull(one.cue)
    if place and _LOADED.match(cue.split()[-1] if cue else ""):
        yield Flag(check="loaded-verb", span=place, message=f"“{cue}” says more than that it was said")


def _unattributed(match: Matching) -> Iterator[Flag]:
    """Sentences of the draft's own that tell what is contested, or rests on nobody on the record, as a fact."""
    for span in match.draft.told_itself:
        told = " ".join(span.of(match.draft.report.text).split())
        near = [one for one in match.record.near(told) if one.score >= SAME_FACT and one.side > 0]
        said = next((one.told for one in near if one.told.attribution), None)
        if said is None or said.attribution is None or any(one.told.attribution is None for one in near):
            continue
        claim = match.record.claim_of(said.attribution)
        standing = match.record.story.standing.get(claim.id) if claim else None
        if standing and standing.status in _STANDS:
            yield Flag(
                check="unattributed",
                span=span,
                message=f"told as a fact; on the desk it is {standing.status.value}: {standing.reason}",
                passages=(match.record.passage_of(said),),
            )
