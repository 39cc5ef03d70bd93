"""Tags with what a story needs beside: "who" with its words, a whole source on one line, no statement told twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, Spans, all_inside, any_overlap
from onrecord.tagging.refining.cited import cited
from onrecord.tagging.refining.crossheads import crossheads
from onrecord.tagging.refining.false_positives import is_not_a_statement, without_unsaid
from onrecord.tagging.refining.layout import stated_by_layout
from onrecord.tagging.refining.nominal_cues import is_nominal
from onrecord.tagging.refining.span_completion import (
    hearsay,
    nobody,
    whole_sources,
    with_predicate,
    with_second_quotation,
    with_source,
    without_next_act,
)

_RELATIVE = frozenset({"who", "that", "which", "whom"})
_DESCRIBED = re.compile(
    r"\b(?:an?|the|some|several|many|most|one|two|three|another|top|senior)\s+(?:[\w’'-]+\.?\s+(?:of\s+)?){0,5}[\w’'.-]+$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-Z][\w.’'-]*\s+(?:(?:of|de|van|von|al|bin)\s+)?){0,6}[A-Z][\w.’'-]*$")


def refine_tags(text: str, tags: Sequence[Tag]) -> tuple[Tag, ...]:
    """The tags of one report as a story needs them; each repair here helps on stories that it was not written for.

    "Who" is given the words that it refers to; a source is whole and on one line; what is still to be said or was not
    is no statement; what is cited is told by whom it cites.
    """
    found = [tag for tag in (mended(tag, text) for tag in tags) if not is_not_a_statement(tag, text)]
    found.extend(crossheads(text, found))
    found.extend(stated_by_layout(text, found))
    found = [without_unsaid(tag, text) for tag in found]
    found = [with_source(without_next_act(with_predicate(tag, text), text), text, found) for tag in found]
    told = [cited(with_second_quotation(tag, text, found), text) for tag in found]
    spoken = [tag for tag in told if tag.kind is Kind.SPEECH]
    return tuple(tag for tag in told if not any(_says_more(one, tag) or _in_passing(one, tag, text) for one in spoken))


def _in_passing(one: Tag, tag: Tag, text: str) -> bool:
    """Whether a tag without a source is only how another's content is told: "no deaths were reported, he said".

    A rumour that he speaks of is told beside him.
    """
    within = not tag.source and tag.cue and one.source and all_inside((*tag.cue, *tag.content), one.content)
    return bool(within) and not is_nominal(tag.source, tag.cue, text)


def _says_more(one: Tag, tag: Tag) -> bool:
    """Whether a cue's other tag tells that it is spoken, or who is cited where this one takes them for what is said."""
    if one is tag or not any_overlap(one.cue, tag.cue):
        return False
    return tag.kind is not Kind.SPEECH or any_overlap(one.source, tag.content)


def mended(tag: Tag, text: str) -> Tag:
    """The tag with its source on one line and whole, and a relative pronoun with the words before it."""
    source = _own_block(tuple(_one_line(span, tag.cue, text) for span in tag.source), tag, text)
    if len(source) == 1 and source[0].of(text).lower() in _RELATIVE:
        line = text[max(0, source[0].start - 90) : source[0].start].rsplit("\n", 1)[-1]
        match = _antecedent(line.rstrip(" ,"))
        if match:
            by = source[0].start - len(line)
            source = (Span(by + match.start(), by + match.end()),)
    if nobody(source, tag.cue, text):
        source = ()
    source = whole_sources(source, tag, text)
    return hearsay(tag if source == tag.source else replace(tag, source=source), text)


# "The company's view", then in its own paragraph "Managers | said": the words before the cue are its subject.
_SUBJECT = re.compile(r"(?!That\b)(?:[^\W\d_][\w’'-]*(?: |$)){1,6}")
_SAID = re.compile(
    r"(?:(?:ha[sd]|have) )?(?:said|told|says?|tells?|warn(?:ed|s)|insist(?:ed|s)|claim(?:ed|s)|added)", re.IGNORECASE
)


def _own_block(source: Spans, tag: Tag, text: str) -> Spans:
    """The source; where it stands in a block above, what stands between the start of the cue's line and the cue."""
    if len(source) != 1 or not tag.cue or source[0].end > tag.cue[0].start or not _SAID.fullmatch(tag.cue[0].of(text)):
        return source
    line = text.rfind("\n", source[0].end, tag.cue[0].start) + 1
    subject = _SUBJECT.fullmatch(text, line, tag.cue[0].start) if line else None
    if subject is None or any_overlap((Span(*subject.span()),), tag.content):
        return source
    return (Span(line, line + len(subject.group().rstrip())),)


def _antecedent(line: str) -> re.Match[str] | None:
    """The noun phrase that a line ends with: from its last determiner, or else a run of capitalised words."""
    found = None
    place = 0
    while match := _DESCRIBED.search(line, place):
        found, place = match, match.start() + 1
    return found or _NAME.search(line)


def _one_line(span: Span, cue: Spans, text: str) -> Span:
    told = span.of(text)
    if "\n" not in told:
        return span
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]*\w[^\n]*", told)]
    if not lines:
        return span
    start, end = lines[0] if cue and cue[0].start < span.start else lines[-1]
    return Span(span.start + start, span.start + end)
