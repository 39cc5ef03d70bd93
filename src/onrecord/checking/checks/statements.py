"""Whose words, which words, which number: a draft's statements against the same statements on the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.checking.findings import Flag
from onrecord.checking.matching import MatchedQuotation, Matching, surname
from onrecord.checking.quotations import SURELY_EQUAL, Found, quotation_faults
from onrecord.checking.record import Told, uncredited
from onrecord.datamodel.attribution import Attribution, Mode
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.span import Span, hull, words
from onrecord.linking.terms import numbers, terms

# Words this near another speaker's, and near nothing of the one that the draft names, are the other's.
ANOTHERS = 0.9
OPPOSITE = 0.6
# A number is held against one that stands in words this near.
SAME_FIGURE, SAME_FIGURE_UNCREDITED = 0.62, 0.68
LEAST_FIGURE_TERMS = 0.5
_CONTEXT = 320
_POINTING = re.compile(r"^(?:he|she|they|it|who|the \w+)$", re.IGNORECASE)


def quotation_flags(match: Matching) -> Iterator[Flag]:
    """Quotations whose words differ from the desk's, and those that the desk has from somebody else."""
    for one in match.quotations:
        same = [found for found in one.found if _one_utterance(match, one, found)]
        if not same:
            continue
        best = same[0]
        said = match.told_at([best])
        passage = match.record.passage(best.report, best.span, said[0].attribution if said else None)
        if not best.exact:
            for check, told in quotation_faults(best, one.piece.words.told):
                yield Flag(
                    check=check, span=one.piece.span, message=f"on the desk otherwise: {told}", passages=(passage,)
                )
        yield from _wrong_speaker(match, one, same)


def _one_utterance(match: Matching, one: MatchedQuotation, found: Found) -> bool:
    """Whether a place has the quotation's words: surely, or most of them from the same speaker."""
    if found.exact or (found.equal >= SURELY_EQUAL and len(one.piece.words.told) > 4):
        return True
    return any(match.related(one.said.speaker, told.speaker) for told in match.told_at([found])) if one.said else False


def _wrong_speaker(match: Matching, one: MatchedQuotation, same: Sequence[Found]) -> Iterator[Flag]:
    nearest = [found for found in same if found.exact] or [same[0]]
    told = match.told_at(nearest)
    if one.said and not told:
        yield from _posted_by_another(match, one, nearest[0])
    if one.said is None or not told or not _blames(match, one.said, told):
        return
    first = next(each for each in told if each.speaker)
    yield _of_another(match, one.said, one.piece.span, first)


def _posted_by_another(match: Matching, one: MatchedQuotation, found: Found) -> Iterator[Flag]:
    """Words of a post that the desk credits to nobody, though somebody else signs it."""
    post = next((each for each in found.report.posts if each.span.overlaps(found.span)), None)
    party = match.party(one.said.speaker) if one.said else None
    if post is None or party is None or not party.named or surname(party).lower() in post.author.lower():
        return
    passage = match.record.passage(found.report, found.span)
    message = f"the desk has it from {post.author}, not from {party.name}"
    yield Flag(check="wrong-speaker", span=one.piece.span, message=message, passages=(passage,))


def _blames(match: Matching, said: Attribution, told: Sequence[Told]) -> bool:
    """Whether a draft credits words to a named speaker whom the desk has them from nowhere."""
    party = match.party(said.speaker)
    if party is None or not party.named or party.kind is PartyKind.DOCUMENT:
        return False
    sure = [one for one in told if one.speaker]
    if not sure or any(match.related(said.speaker, one.speaker) for one in sure):
        return False
    if _may_be_anothers(match, said, sure):
        return False
    return not any(_unsure(match, one, surname(party)) for one in sure)


def _may_be_anothers(match: Matching, said: Attribution, told: Sequence[Told]) -> bool:
    """Whether the draft says "he" behind the very name that the desk has, or a relay on the desk names the speaker."""
    text = match.draft.report.text
    source = words(said.source, text).strip()
    paragraph = match.paragraph(match.draft.place_of(said))
    theirs = [surname(party) for one in told if (party := match.record.party(one.speaker))]
    if (not source or _POINTING.match(source)) and match.mentions(theirs, paragraph):
        return True
    mine = match.party(said.speaker)
    relays = {name for one in told if one.attribution for name in one.attribution.relay}
    return mine is not None and mine.name in relays


def _unsure(match: Matching, told: Told, name: str) -> bool:
    """Whether the desk has the words from a document or an outlet, or from a "he" that may be the very speaker."""
    party = match.record.party(told.speaker)
    if party is None or party.outlet or party.kind is PartyKind.DOCUMENT or told.attribution is None:
        return True
    source = words(told.attribution.source, told.report.text).strip()
    before = told.report.text[max(0, told.span.start - _CONTEXT) : told.span.start]
    return (not source or bool(_POINTING.match(source))) and name.lower() in before.lower()


def _of_another(match: Matching, said: Attribution, span: Span, told: Told) -> Flag:
    ours, theirs = match.party(said.speaker), match.record.party(told.speaker)
    message = (
        f"the desk has it from {theirs.name if theirs else 'somebody else'}, not from {ours.name if ours else 'them'}"
    )
    return Flag(check="wrong-speaker", span=span, message=message, passages=(match.record.passage_of(told),))


def statement_flags(match: Matching) -> Iterator[Flag]:
    """Statements in other words whose speaker says the opposite on the desk, or that are another's."""
    quoted = {one.said.id for one in match.quotations if one.said and one.found}
    for one in match.draft.attributions:
        if not match.is_claimed(one) or (one.mode is Mode.DIRECT and one.id in quoted):
            continue
        yield from _contradicted(match, one)
        if one.id not in quoted:
            yield from _anothers(match, one)


def _contradicted(match: Matching, one: Attribution) -> Iterator[Flag]:
    near = match.same_speaker(one, OPPOSITE)
    against = [each for each in near if each.side < 0]
    for_it = max((each.score for each in near if each.side > 0), default=0.0)
    if not against or for_it >= against[0].score - 0.1:
        return
    told = against[0].told
    if "?" in match.words(one) + told.words or not (against[0].by_words or match.negations_differ(one, told)):
        return
    if told.attribution in match.record.retractions.get(told.speaker or "", ()):
        return
    name = party.name if (party := match.party(one.speaker)) else "the speaker"
    yield Flag(
        check="contradicted",
        span=hull(one.content),
        message=f"the desk has the opposite from {name}",
        passages=(match.record.passage_of(told),),
    )


def _anothers(match: Matching, one: Attribution) -> Iterator[Flag]:
    near = [each for each in match.near(one) if each.side > 0]
    same = [each.told for each in near if each.score >= ANOTHERS and each.told.speaker]
    span = hull(one.content)
    if same and span and not match.same_speaker(one) and _blames(match, one, same):
        yield _of_another(match, one, span, same[0])


def number_flags(match: Matching) -> Iterator[Flag]:
    """Figures that are others than those the desk has in the same words, of the same speaker or told by a report."""
    quoted = [one.piece.span for one in match.quotations if one.found]
    for one in match.draft.attributions:
        span = hull(one.content)
        if span and match.is_claimed(one):
            told = _unquoted(match.draft.report.text, one, quoted)
            yield from _figures(match, span, told, one.speaker)
    said = [span for one in match.draft.attributions for span in one.content]
    for span in match.draft.sentences:
        yield from _figures(match, span, uncredited(match.draft.report.text, span, [*said, *quoted]), None)


def _unquoted(text: str, one: Attribution, quoted: Sequence[Span]) -> str:
    """A statement's words without quotations, which are held against the desk's by themselves."""
    told = words(one.content, text)
    for span in quoted:
        told = told.replace(span.of(text), " ")
    return told


def _figures(match: Matching, span: Span, told: str, speaker: str | None) -> Iterator[Flag]:
    mine = numbers(told)
    if not mine:
        return
    least = SAME_FIGURE if speaker else SAME_FIGURE_UNCREDITED
    about = [(one, score) for one, score in match.record.nearest(told) if _same_thing(told, one.words)]
    known = {value for one, _ in about for value in numbers(match.record.sentence(one.report, one.span))}
    near = [one for one, score in about if score >= least]
    if speaker:
        own = [one for one in near if match.related(speaker, one.speaker)]
        near = own or [one for one in near if one.speaker is None]
    for one in near[:1]:
        theirs = numbers(one.words)
        if mine - known and theirs - mine:
            message = f"{_listed(mine - known)} in the draft, {_listed(theirs - mine)} on the desk"
            yield Flag(check="number-differs", span=span, message=message, passages=(match.record.passage_of(one),))


def _same_thing(ours: str, theirs: str) -> bool:
    """Whether two sentences share most of the shorter one's terms that are no numbers."""
    one, other = (frozenset(term for term in terms(text) if not term[:1].isdigit()) for text in (ours, theirs))
    return len(one & other) >= LEAST_FIGURE_TERMS * max(1, min(len(one), len(other)))


def _listed(values: set[float] | frozenset[float]) -> str:
    return ", ".join(f"{value:,.10g}" for value in sorted(values))
