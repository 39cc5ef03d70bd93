"""Source resolution: every source of a report to its identity."""

from __future__ import annotations

import re

from onrecord.attributing.mentions.corrections import is_own_report
from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.phrases import read_mention
from onrecord.attributing.resolving.context import DocumentContext, Resolution, ResolvedSource, tag_position
from onrecord.attributing.resolving.descriptions import resolve_description, resolve_unnamed
from onrecord.attributing.resolving.documents import resolve_document
from onrecord.attributing.resolving.implicit_sources import resolve_headlines, resolve_implicit
from onrecord.attributing.resolving.names import resolve_handle, resolve_name
from onrecord.attributing.resolving.naming.identity import body_identity, person_identity
from onrecord.attributing.resolving.organizations import resolve_described_body, resolve_named_body, resolve_outlet
from onrecord.attributing.resolving.pronouns import resolve_pronoun
from onrecord.attributing.resolving.spokespeople import resolve_spokesperson
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.report import Part
from onrecord.datamodel.span import words


def resolve_speakers(context: DocumentContext) -> tuple[ResolvedSource, ...]:
    """The resolved source of every tag, in the order of the text."""
    for tag, mention in zip(context.tags, context.mentions, strict=True):
        identity, named = resolve_source(context, tag, mention)
        context.resolved_sources.append(ResolvedSource(tag_position(tag), tag, mention, identity, named))
    resolve_implicit(context)
    resolve_headlines(context)
    return tuple(context.resolved_sources)


def resolve_source(context: DocumentContext, tag: Tag, mention: Mention) -> Resolution:
    """The identity of one source, given the sources resolved before it."""
    at = tag_position(tag)
    known = _house(context, tag, mention) or resolve_spokesperson(context, mention, at)
    if known:
        return known
    match mention.type:
        case MentionType.PERSON | MentionType.NAME:
            return resolve_name(context, mention, at)
        case MentionType.HANDLE:
            return resolve_handle(context, mention)
        case MentionType.OUTLET:
            return resolve_outlet(context, mention)
        case MentionType.BODY:
            return resolve_named_body(context, mention)
        case MentionType.DOCUMENT:
            return resolve_document(context, mention, at)
        case MentionType.UNNAMED:
            return resolve_unnamed(context, mention, at)
        case MentionType.BODY_DESCRIPTION:
            return resolve_described_body(context, mention, at)
        case MentionType.DESCRIPTION:
            return resolve_description(context, mention, at)
        case MentionType.PRONOUN:
            return (
                _antecedent(context, tag, mention) if mention.gender == "r" else resolve_pronoun(context, tag, mention)
            )
    return context.unresolved(mention, at), False


def _house(context: DocumentContext, tag: Tag, mention: Mention) -> Resolution | None:
    """The house whose word it is by its place: an outlet that corrects itself, whoever a fact check's data names."""
    said, outlet = words(tag.source, context.text), context.report.outlet
    if outlet and _in_correction(context, tag_position(tag)) and is_own_report(said):
        return body_identity(outlet, outlet=True), True
    if mention.type not in (MentionType.OUTLET, MentionType.BODY) and _is_reviewer(context, tag):
        return body_identity(said), True
    return None


def _is_reviewer(context: DocumentContext, tag: Tag) -> bool:
    """Whether a source is the house that a fact check's data names: "Full Fact" is nobody's first and last name."""
    return any(one.part is Part.REVIEWER and (one.span,) == tag.source for one in context.report.passages)


def _in_correction(context: DocumentContext, at: int) -> bool:
    notes = (passage.span for passage in context.report.passages if passage.part in (Part.CORRECTION, Part.WITHDRAWAL))
    return any(span.start <= at < span.end for span in notes)


def _antecedent(context: DocumentContext, tag: Tag, mention: Mention) -> Resolution:
    """Whom "who" or "which" takes up: the person named just before, else the phrase before it."""
    at = tag_position(tag)
    near = [
        (seen, number)
        for number, person in enumerate(context.person_index.persons)
        for seen in person.offsets
        if at - 60 <= seen < at
    ]
    if near:
        return person_identity(context.person_index.persons[max(near)[1]], mention), True
    read = read_mention(_nearest(context.text[context.sentence_start(at) : at].rstrip(" ,").split(",")[-1]))
    if read.type in (MentionType.IMPLICIT, MentionType.PRONOUN):
        return context.unresolved(mention, at), False
    return resolve_source(context, tag, read)


_VERB = re.compile(r"\b(?:is|are|was|were|has|had|have|been|be|will|would)\b")
_LINK = re.compile(r"\b(?:with|at|in|by|from|on|for|to|about|against|into|after|before|under|over|as)\b")
_OPENS = re.compile(r"\b(?=(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Ss]ome|[Mm]any) )")


def _nearest(phrase: str) -> str:
    """The last noun phrase of some words; what stands before a verb is none of it.

    Example:
        >>> _nearest("That is at odds with old harbour law")
        'old harbour law'
    """
    pieces = _VERB.split(phrase)
    last = _OPENS.split(pieces[-1])[-1]
    return (_LINK.split(last)[-1] if len(pieces) > 1 and last is pieces[-1] else last).strip()
