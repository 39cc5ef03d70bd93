"""Implicit sources, and headlines whose unnamed source the body names."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.attributing.lexicon import outlets
from onrecord.attributing.mentions.mention import MentionType
from onrecord.attributing.resolving.context import (
    DocumentContext,
    Resolution,
    ResolvedSource,
    comparable_text,
    tag_position,
)
from onrecord.attributing.resolving.names import post_author
from onrecord.attributing.resolving.naming.identity import UNSTATED, Identity
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Post
from onrecord.datamodel.span import all_inside

_HEARSAY = re.compile(
    r"reported|allege|purported|apparent|suppose|\b(?:is|are|was|were) (?:said|thought|believed|understood)"
)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be) (?:\w+ly )?$")
_FRAGMENT = re.compile(r"[\"“'‘]([^\"”“]{4,}?)[\"”'’]")
# A headline's or a lead's paragraphs, in which the body's people are not yet named.
_LEAD_PARAGRAPHS = 4


def resolve_implicit(context: DocumentContext) -> None:
    """Resolve each implicit source (a statement that writes none) to its speaker, in place."""
    for number, resolved in enumerate(context.resolved_sources):
        if resolved.mention.type is MentionType.IMPLICIT:
            identity, named = _unwritten(context, resolved, number)
            context.resolved_sources[number] = replace(resolved, identity=identity, named=named)


def _unwritten(context: DocumentContext, resolved: ResolvedSource, number: int) -> Resolution:
    tag = resolved.tag
    cue = context.cue(tag)
    post = _post_at(context, tag)
    if post and not cue:
        return post_author(context, post), True
    again = _same_words(context, resolved)
    if again:
        return again.identity, False
    if re.search(r"rumou?r", cue):
        return Identity(key="unnamed rumours", name="rumours", kind=PartyKind.UNKNOWN, named=False, plural=True), False
    if _HEARSAY.search(cue):
        return _hearsay(context, tag), False
    previous = _before(context, number)
    if previous and _goes_on(context, previous, resolved, cue):
        return previous.identity, previous.named
    return resolved.identity, False


def _goes_on(context: DocumentContext, previous: ResolvedSource, resolved: ResolvedSource, cue: str) -> bool:
    """Whether a source that is not written is the one before: one sentence, one headline, a quotation that goes on."""
    if context.segmentation.sentence(previous.at) == context.segmentation.sentence(resolved.at) or _one_headline(
        context, previous, resolved
    ):
        return True
    gap = context.segmentation.paragraph(resolved.at) - context.segmentation.paragraph(previous.at)
    quoted = context.text[resolved.tag.content[0].start] in "\"“‘'"
    if quoted and not cue:
        return gap <= 1 and not _is_crosshead(context, resolved.tag)
    return bool(cue) and gap == 0 and not _passive(context, resolved.tag)


def _one_headline(context: DocumentContext, previous: ResolvedSource, resolved: ResolvedSource) -> bool:
    return "\n" not in context.text[previous.at : resolved.at] and resolved.at - previous.at < 200


def _passive(context: DocumentContext, tag: Tag) -> bool:
    before = context.text[max(0, tag.cue[0].start - 20) : tag.cue[0].start]
    return bool(_PASSIVE.search(before) or re.search(r"\b(?:was|were|is|are|been|being) \w+", context.cue(tag)))


def _hearsay(context: DocumentContext, tag: Tag) -> Identity:
    """ "Reportedly" is the word of the reports that the text has spoken of, else nobody's."""
    reports = context.nearest_before(
        lambda resolved: (
            resolved.mention.type is MentionType.DOCUMENT and resolved.mention.name in ("reports", "media")
        ),
        tag_position(tag),
    )
    if reports:
        return reports.identity
    return Identity(key=f"unnamed hearsay {context.outlet_key}", name=UNSTATED, kind=PartyKind.UNKNOWN, named=False)


def _is_crosshead(context: DocumentContext, tag: Tag) -> bool:
    start, end = context.segmentation.paragraph_span(context.segmentation.paragraph(tag_position(tag)))
    paragraph = context.text[start:end].strip()
    return len(paragraph.split()) <= 8 and not re.search(r"[.!?]", paragraph[-2:])


def _same_words(context: DocumentContext, resolved: ResolvedSource) -> ResolvedSource | None:
    """The source of another statement of the report with the same words: a crosshead, a post printed twice."""
    ours = comparable_text(context.content(resolved.tag))
    if len(ours) < 12 or resolved.tag.cue:
        return None
    for other in context.resolved_sources:
        if other is resolved or other.mention.type is MentionType.IMPLICIT:
            continue
        theirs = comparable_text(context.content(other.tag))
        if ours in theirs or (theirs in ours and len(theirs) > 0.6 * len(ours)):
            return other
    return None


def _before(context: DocumentContext, number: int) -> ResolvedSource | None:
    resolved = context.resolved_sources[number]
    for other in reversed(context.resolved_sources[:number]):
        inside = all_inside(resolved.tag.content, other.tag.content) and resolved.tag.content != other.tag.content
        if not inside:
            return other
    return None


def _post_at(context: DocumentContext, tag: Tag) -> Post | None:
    start = tag.content[0].start
    return next((post for post in context.report.posts if post.body.start <= start < post.body.end), None)


def resolve_headlines(context: DocumentContext) -> None:
    """Resolve an unnamed source of headline or lead to the one person to whom the body gives the same quoted words."""
    for number, resolved in enumerate(context.resolved_sources):
        if (
            resolved.mention.type is not MentionType.UNNAMED
            or resolved.mention.plural
            or not _in_lead(context, resolved)
        ):
            continue
        named = _named_later(context, resolved)
        if named is None:
            continue
        for other, again in enumerate(context.resolved_sources):
            if other == number or (again.identity == resolved.identity and _in_lead(context, again)):
                context.resolved_sources[other] = replace(again, identity=named.identity, named=False)


def _in_lead(context: DocumentContext, resolved: ResolvedSource) -> bool:
    return context.segmentation.paragraph(resolved.at) <= _LEAD_PARAGRAPHS


def _named_later(context: DocumentContext, resolved: ResolvedSource) -> ResolvedSource | None:
    ours = _fragments(context.content(resolved.tag))
    fitting: list[ResolvedSource] = []
    for other in context.resolved_sources:
        if other.at <= resolved.at or not other.named or other.identity.kind is not PartyKind.PERSON:
            continue
        if outlets.outlet_of(other.mention.body):
            continue
        theirs = " ".join(_fragments(context.content(other.tag)))
        if any(re.search(rf"\b{re.escape(fragment)}\b", theirs) for fragment in ours):
            fitting.append(other)
    return fitting[0] if len({other.identity.key for other in fitting}) == 1 else None


def _fragments(content: str) -> list[str]:
    """The quoted stretches of a content, for comparing."""
    return [fragment for fragment in map(comparable_text, _FRAGMENT.findall(content)) if len(fragment) > 3]
