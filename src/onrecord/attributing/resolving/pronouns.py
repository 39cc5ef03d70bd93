"""Pronoun resolution: the antecedent by gender, distance and grammatical role."""

from __future__ import annotations

import re

from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.phrases import read_mention
from onrecord.attributing.resolving.context import DocumentContext, Resolution, ResolvedSource, tag_position
from onrecord.attributing.resolving.descriptions import agrees
from onrecord.attributing.resolving.naming.identity import Identity, body_identity, person_identity
from onrecord.attributing.resolving.naming.person_mentions import Person
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.span import all_inside

_OBLIQUE = re.compile(
    r"\b(?:of|to|by|with|for|from|against|about|between|after|told|tells|asked|accused|urged|quoted|quotes|"
    r"criticised|criticized|"
    r"praised|replaced|succeeded|met|called) (?:[\w.’']+ ){0,2}$"
)
_POSSESSIVE = re.compile(r"[\w.-]+(?: [A-Z][\w.-]+)*['’]s?\b")
_BODY = re.compile(
    r"(?:[Tt]he )?[A-Z][\w&’'.-]*(?: [A-Z][\w&’'.-]*)*(?: (?:government|army|military|police|ministry|company|"
    r"group|party|union))?"
)
_WHERE = re.compile(r"\b(?:in|at|near|across|around|inside|outside|throughout|within) $")
# Below this a person named before is too far off for "he".
_FURTHEST = -6.0
# So many sentences back nobody is near enough any more, wherever in the sentence he is named.
_FURTHEST_SENTENCES = 15
_OPENING = 300


def resolve_pronoun(context: DocumentContext, tag: Tag, mention: Mention) -> Resolution:
    """Who a pronoun stands for; a party of its own where nobody fits."""
    enclosing_source = context.enclosing_source(tag)
    match mention.gender:
        case "1" | "1p" | "2":
            return _first_person(context, tag, mention, enclosing_source)
        case "m" | "f":
            return _he_or_she(context, tag, mention, enclosing_source)
        case "p":
            return _they(context, tag, mention, enclosing_source)
    return _it(context, tag, mention)


def _first_person(
    context: DocumentContext, tag: Tag, mention: Mention, enclosing_source: ResolvedSource | None
) -> Resolution:
    at = tag_position(tag)
    previous = enclosing_source or context.nearest_before(
        lambda resolved: context.within_paragraphs(resolved.at, at, 1), at
    )
    return (previous.identity, previous.named) if previous else (context.unresolved(mention, at), False)


def _he_or_she(
    context: DocumentContext, tag: Tag, mention: Mention, enclosing_source: ResolvedSource | None
) -> Resolution:
    at = tag_position(tag)
    own = enclosing_source if enclosing_source and _own_words(context, tag, enclosing_source) else None
    best = _best_person(context, tag, mention, own)
    spoken = _previous_speaker(context, tag, mention, own)
    if spoken and (best is None or spoken[0] >= best[0]):
        return spoken[1].identity, spoken[1].named
    if best and best[0] > _FURTHEST:
        return person_identity(best[1], mention), True
    return context.unresolved(mention, at), False


def _own_words(context: DocumentContext, tag: Tag, enclosing_source: ResolvedSource) -> bool:
    """Whether a source stands in another speaker's own words, where "I" is that speaker: in quotes or a transcript."""
    signed = not any(char.isalnum() for char in context.cue(enclosing_source.tag))
    return signed or (
        context.segmentation.in_quotes(tag_position(tag)) and not context.segmentation.in_quotes(enclosing_source.at)
    )


def _best_person(
    context: DocumentContext, tag: Tag, mention: Mention, own: ResolvedSource | None
) -> tuple[float, Person] | None:
    at = tag_position(tag)
    best: tuple[float, int] | None = None
    best_person = None
    for seen, person in context.person_index.mentions_before(
        at, context.segmentation.sentence_start_back(at, _FURTHEST_SENTENCES)
    ):
        if not agrees(mention.gender, person.gender) or _hidden(context, seen, tag):
            continue
        if own and person_identity(person, mention).key == own.identity.key:
            continue
        score = _subject_score(context, seen, at)
        if best is None or (score, seen) > best:
            best, best_person = (score, seen), person
    return (best[0], best_person) if best and best_person else None


def _subject_score(context: DocumentContext, seen: int, at: int) -> float:
    """How salient a mention is for "he": subject-like, near, not oblique, not a possessor."""
    distance = context.segmentation.sentence(at) - context.segmentation.sentence(seen)
    apart = context.segmentation.paragraph(at) - context.segmentation.paragraph(seen)
    opening = context.text[max(context.sentence_start(seen), seen - _OPENING) : seen]
    lead = -0.5 if _OBLIQUE.search(opening) else max(0.0, 1.0 - len(opening) / 60)
    possessor = 0.6 if _POSSESSIVE.match(context.text[seen : seen + 40]) else 0.0
    return 0.4 + lead - possessor - 0.5 * distance - 0.3 * apart


def _hidden(context: DocumentContext, seen: int, tag: Tag) -> bool:
    """Whether a mention stands in the tag's own content or in somebody's quoted words."""
    if any(span.start <= seen < span.end for span in tag.content):
        return True
    return context.segmentation.in_quotes(seen) and not context.segmentation.in_quotes(tag_position(tag))


def _previous_speaker(
    context: DocumentContext, tag: Tag, mention: Mention, own: ResolvedSource | None
) -> tuple[float, ResolvedSource] | None:
    at = tag_position(tag)

    def speaks(resolved: ResolvedSource) -> bool:
        fits = resolved.identity.kind in (PartyKind.PERSON, PartyKind.UNKNOWN) and resolved.identity.gender not in (
            "p",
            "n",
        )
        inside = bool(resolved.tag.source) and all_inside(resolved.tag.source, tag.content)
        himself = own is not None and resolved.identity.key == own.identity.key
        fits = fits and not inside and not himself
        return fits and not resolved.identity.plural and agrees(mention.gender, resolved.identity.gender)

    resolved = context.nearest_before(
        lambda source: speaks(source) and source.mention.type is not MentionType.IMPLICIT, at
    )
    if resolved is None:
        return None
    distance = context.segmentation.sentence(at) - context.segmentation.sentence(resolved.at)
    apart = context.segmentation.paragraph(at) - context.segmentation.paragraph(resolved.at)
    unsure = 1.0 if resolved.identity.kind is PartyKind.UNKNOWN else 0.0
    return 1.6 - unsure - 0.35 * distance - 0.3 * apart, resolved


def _they(context: DocumentContext, tag: Tag, mention: Mention, enclosing_source: ResolvedSource | None) -> Resolution:
    at = tag_position(tag)

    def several(resolved: ResolvedSource) -> bool:
        several_kinds = (PartyKind.GROUP, PartyKind.ORGANIZATION)
        many = resolved.identity.plural or resolved.identity.gender == "p" or resolved.identity.kind in several_kinds
        return many and resolved is not enclosing_source and context.within_paragraphs(resolved.at, at, 1)

    resolved = context.nearest_before(several, at)
    return (resolved.identity, resolved.named) if resolved else (context.unresolved(mention, at), False)


def _it(context: DocumentContext, tag: Tag, mention: Mention) -> Resolution:
    at = tag_position(tag)
    here = _body_between(context, context.sentence_start(at), at) or _opening_body(context, at)
    if here:
        return here, True
    resolved = context.nearest_before(
        lambda source: source.identity.gender == "n" and context.within_paragraphs(source.at, at, 1), at
    )
    if resolved:
        return resolved.identity, resolved.named
    organization = _body_between(
        context, context.segmentation.paragraph_span(context.segmentation.paragraph(at))[0], at
    )
    return (organization, True) if organization else (context.unresolved(mention, at), False)


def _body_between(context: DocumentContext, start: int, end: int) -> Identity | None:
    """The last body or outlet of several words that is named in a stretch, places that something is in left aside."""
    last = None
    for match in _BODY.finditer(context.text, start, end):
        read = read_mention(match[0])
        named = read.type in (MentionType.BODY, MentionType.OUTLET) and " " in match[0]
        if named and not _WHERE.search(context.text[max(start, match.start() - 12) : match.start()]):
            last = body_identity(read.name, outlet=read.type is MentionType.OUTLET)
    return last


def _opening_body(context: DocumentContext, at: int) -> Identity | None:
    """The body that opens the sentence before a pronoun in it, be it of one word: "Israel said it …"."""
    start = context.sentence_start(at)
    match = _BODY.match(context.text, start, at)
    read = read_mention(match[0]) if match else None
    return body_identity(read.name, outlet=False) if read and read.type is MentionType.BODY else None
