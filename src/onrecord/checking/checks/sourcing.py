"""Through whom a draft's statements came, and who was asked and is not heard in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from onrecord.checking.findings import Flag
from onrecord.checking.matching import Matching, surname, telling_words
from onrecord.checking.record import Told
from onrecord.datamodel.attribution import Act, Attribution
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.span import hull, words

_TO_ONE = re.compile(
    r"\b(?:told|tells|telling|spoke to|speaks to|speaking to|spoken to|said to|interview with|reviewed by|seen by|"
    r"obtained by|leaked to|asked by)\b",
    re.IGNORECASE,
)
_TO_US = re.compile(
    r"\b(?:to|told|tells) (?:us|me|our \w+|this (?:newspaper|paper|site|reporter|programme))\b", re.IGNORECASE
)
_CONFIDED = re.compile(
    r"\b(?:source|insider|familiar|briefed|knowledge|close to|official|executive|anonym\w*|not to be named|"
    r"would not be named|not be identified|engineer|employee|worker|aide)s?\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:declin\w+|refus\w+|comment\w*|respon\w+|repl(?:y|ied)|answer\w*|unanswered|return\w*|reach\w*|silent|"
    r"would not|hung up|available|say whether|be drawn)\b",
    re.IGNORECASE,
)
SURELY_SAME = 0.7
# Where so few would not comment, each is told; of more only those that the draft is about.
FEW_REFUSALS = 8


def relay_flags(match: Matching) -> Iterator[Flag]:
    """Statements that only one outlet has, or that somebody passed on, where the draft names neither."""
    for one in match.draft.attributions:
        if one.relay or not match.is_claimed(one):
            continue
        told = [each for each in match.agreeing(one, SURELY_SAME) if each.attribution]
        through = _through(match, told)
        if through and not _credited(match, one, through):
            yield Flag(
                check="hidden-relay",
                span=match.draft.place_of(one),
                message=f"the desk has it only through {through[0]}",
                passages=tuple(match.record.passage_of(each) for each in told[:2]),
            )


def _through(match: Matching, told: Sequence[Told]) -> tuple[str, ...]:
    """Whom a statement came through, every time that the desk has it; nothing where somebody has it first hand."""
    homes = {each.report.id for each in told}
    relays = [each.attribution.relay for each in told if each.attribution]
    outlets = tuple(dict.fromkeys(each.report.outlet for each in told if each.report.outlet))
    if relays and all(relays):
        return (*dict.fromkeys(name for relay in relays for name in relay), *outlets)
    if len(homes) != 1 or not outlets:
        return ()
    return outlets if any(_confided(match, each) for each in told) else ()


def _confided(match: Matching, told: Told) -> bool:
    """Whether something was said to one outlet alone: it says so, or its source is not named."""
    said = told.attribution
    if said is None:
        return False
    place = hull((*said.source, *said.cue, *said.content)) or told.span
    sentence = match.record.sentence(told.report, place)
    for piece in said.content:
        sentence = sentence.replace(piece.of(told.report.text), " ")
    party = match.record.party(said.speaker)
    if party is not None and not party.named and party.kind is not PartyKind.DOCUMENT:
        source = f"{words(said.source, told.report.text)} {party.name}"
        if said.terms or _CONFIDED.search(source):
            return True
    if _TO_US.search(sentence):
        return True
    return bool(_TO_ONE.search(sentence)) and _named_in(told.report.outlet or "", sentence)


def _named_in(outlet: str, sentence: str) -> bool:
    """Whether a sentence names an outlet, be it by a part of its name."""
    return any(word in sentence for word in _names_of(outlet))


def _names_of(name: str) -> list[str]:
    """The capitalised words of an outlet's name by which it may be called."""
    common = {"The", "News", "Daily", "Press", "Radio", "Post", "Times", "Media", "Online", "Service", "State"}
    return [word for word in re.findall(r"[A-Z][\w']+", name) if word not in common] or re.findall(r"[A-Z]\w+", name)


def _credited(match: Matching, one: Attribution, through: Sequence[str]) -> bool:
    """Whether the paragraph names whom a statement came through, or a sentence does that names the speaker."""
    text = match.draft.report.text
    party = match.party(one.speaker)
    names = [surname(party)] if party else []
    places = [match.paragraph(match.draft.place_of(one))]
    places.extend(span for span in match.draft.sentences if match.mentions(names, span))
    return any(_named_in(name, place.of(text)) for name in through for place in places)


def refusal_flags(match: Matching) -> Iterator[Flag]:
    """Who was asked and would not comment, and is neither heard in the draft nor said to have declined."""
    refused: dict[str, Attribution] = {}
    spoke = set()
    for one in match.record.story.attributions:
        if one.act is Act.NO_COMMENT and one.speaker:
            refused.setdefault(one.speaker, one)
        elif not one.outer_of:
            spoke.add(one.speaker)
    # Who says something and leaves one question open was heard.
    refused = {speaker: one for speaker, one in refused.items() if speaker not in spoke}
    for speaker, one in sorted(refused.items(), key=itemgetter(0)):
        party = match.record.party(speaker)
        if party is None or not party.named or party.outlet or party.kind is PartyKind.DOCUMENT:
            continue
        few = len(refused) <= FEW_REFUSALS
        if _heard(match, party, one) or _speaks_beside(match, one, refused) or not (few or _concerns(match, party)):
            continue
        report, place = match.record.story.report[one.report], hull((*one.source, *one.cue, *one.content))
        passages = (match.record.passage(report, place, one),) if place else ()
        yield Flag(
            check="refusal-left-out",
            span=None,
            message=f"{party.name} was asked and would not comment",
            passages=passages,
            subject=party.name,
        )


def _speaks_beside(match: Matching, one: Attribution, others: Mapping[str, Attribution]) -> bool:
    """Whether a spokesman's refusal is told beside the name of a body that refused by itself."""
    party = match.record.party(one.speaker)
    bodies = [match.record.party(other) for other in others if other != one.speaker]
    return _is_spokesman(party) and any(body and body.name in _around(match, one) for body in bodies)


def _is_spokesman(party: Party | None) -> bool:
    return party is not None and "spokes" in (party.role or "").lower()


def _around(match: Matching, one: Attribution) -> str:
    """The sentences that a refusal is told in, and what stands before them in the paragraph."""
    text = match.record.story.report[one.report].text
    place = hull((*one.source, *one.cue, *one.content)) or one.content[0]
    return text[text.rfind("\n", 0, place.start) + 1 : place.end]


def _heard(match: Matching, party: Party, refusal: Attribution) -> bool:
    """Whether a party, or who speaks for it, speaks or declines in the draft."""
    speaking = [other for one in match.draft.attributions if (other := match.party(one.speaker)) and other.named]
    if any(match.related(other.id, party.id) or surname(other) in party.name for other in speaking):
        return True
    if _is_spokesman(party) and any(surname(other) in _around(match, refusal) for other in speaking):
        return True
    if "office" in party.name and _office_heard(match, party, speaking):
        return True
    text, names = match.draft.report.text, [surname(party), party.name]
    return any(_REFUSES.search(span.of(text)) and match.mentions(names, span) for span in match.draft.sentences)


def _office_heard(match: Matching, party: Party, speaking: Sequence[Party]) -> bool:
    """Whether the holder of an office speaks in the draft, or it says that the office declined."""
    held = telling_words(party.name) - {"office", "s"}
    if any(held & telling_words(other.role or "") for other in speaking):
        return True
    text = match.draft.report.text
    return any(_REFUSES.search(told) and "office" in told for told in (span.of(text) for span in match.draft.sentences))


def _concerns(match: Matching, party: Party) -> bool:
    """Whether the draft is about a party: it is named in it, or its statements bear on what the draft tells."""
    if match.mentions([surname(party), party.name]):
        return True
    mine = {
        claim.id
        for claim in match.record.story.claims
        for member in claim.members
        if match.record.story.attribution[member.attribution].speaker == party.id
    }
    told = [each.attribution.id for one in match.draft.attributions for each in match.agreeing(one) if each.attribution]
    return any(claim.id in mine for ident in told for claim in match.record.claims_of[ident])
