"""Tags at a story's grain: each "that" clause by itself, statements inside statements, "who" with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, Spans, all_inside, any_overlap
from onrecord.tagging.postposed_sources import from_source, passive, without_aside
from onrecord.tagging.refining.asked import without_questions
from onrecord.tagging.refining.cited import cited
from onrecord.tagging.refining.coordinated import before_next, coordinated, instead
from onrecord.tagging.refining.crossheads import crossheads
from onrecord.tagging.refining.documents import of_documents
from onrecord.tagging.refining.headings import parts, reported, within_head
from onrecord.tagging.refining.nominal_cues import by_nominal_cues
from onrecord.tagging.refining.rule_backoff import back_off
from onrecord.tagging.refining.span_completion import (
    hearsay,
    nobody,
    own_subject,
    rejecting,
    whole_cue,
    whole_quotation,
    whole_quotation_before,
    whole_sources,
    whole_turn,
    with_object,
    with_rest,
    with_second_quotation,
    with_source,
    without_meanwhile,
    without_strangers,
)
from onrecord.tagging.refining.unsaid import is_unsaid, until_unsaid
from onrecord.tagging.tagger import Tagger

_COORDINATED = re.compile(r"(?:,|\s[-–—])?\s+(?:and|but|as well as)\s+(?=that\b)")
_RELATIVE = frozenset({"who", "that", "which", "whom"})
_DESCRIBED = re.compile(
    r"\b(?:an?|the|some|several|many|most|one|two|three|another|top|senior)\s+(?:[\w’'-]+\.?\s+(?:of\s+)?){0,5}[\w’'.-]+$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-Z][\w.’'-]*\s+(?:(?:of|de|van|von|al|bin)\s+)?){0,6}[A-Z][\w.’'-]*$")
_RELATIVE_CUE = re.compile(
    r"^\w+\s+(?P<who>(?:an?|the|another|one|some|two)\s+(?:[\w’'-]+\s+){0,4}?[\w’'-]+)\s+(?:that|who|which)\s+(?P<cue>\S.*)$"
)
_INNER_CUE = re.compile(
    r"\b(?:sa(?:id|ys)|told|confirmed|denied|den(?:y|ies)|announced|claim(?:ed|s)|reported|admitted|warned|insisted|"
    r"acknowledged|declared|accused|according to|rejected|assured|informed|revealed|promised|vowed|is saying|"
    r"are saying|communicated|referred to)\b",
    re.IGNORECASE,
)
# Cues of attitudes that are told because somebody voiced them.
_VOICED = re.compile(
    r"\b(?:disput|doubt|s[ck]eptic|blam|accus|vow|denounc|contradict|downplay|tamp|voic|worri|praise|credit|allud|"
    r"call(?:s|ed|ing)? for|urg|condemn|critici|reported|reject|dismiss|question|warn|caution|threaten|demand|appeal|"
    r"no reference|expressed|apologi|thank|insist|defend|fears?\b)",
    re.IGNORECASE,
)
_FEWEST = 3
_MARKS = "“”\"‘’'"
# Nobody to be credited: oneself; "reports that the line will …" of a sentence that denies them.
_NO_SPEAKER = re.compile(
    r"^(?:I|we|you|me|us)$|^(?:\w+ )?(?:reports|claims|rumou?rs|allegations|suggestions|speculation) that\b",
    re.IGNORECASE,
)


def refine_tags(
    text: str, tags: Sequence[Tag], inner: Tagger | None = None, heads: Spans = (), ruled: Sequence[Tag] = ()
) -> tuple[Tag, ...]:
    """The tags of one report as a story needs them.

    "He said that A and that B" makes two; "X said Y had confirmed Z" gives Y's statement too, found by `inner`; "who"
    is given the words that it refers to; a source never runs over a line end. Headlines
    (`heads`) are read part by part. Where the tagger is silent, the surer rules (`ruled`) speak.
    """
    given = (*tags, *back_off(text, tags, ruled))
    found = [_voiced(without_aside(mended(tag, text), text), text) for tag in given]
    if inner is not None:
        found.extend(_nested(text, found, inner))
        found.extend(_in_heads(text, found, inner, heads))
    found = _added(text, found, heads)
    found = _measured(text, found)
    told = [cited(from_source(part, text), text) for tag in found for part in _split(tag, text)]
    cues = tuple(span for tag in told for span in tag.cue)
    passives = (passive(tag, text) for tag in told if tag.kind is Kind.SPEECH)
    told.extend(one for one in passives if one is not None and not any_overlap(one.cue, cues))
    spoken = [tag for tag in told if tag.kind is Kind.SPEECH]
    return tuple(tag for tag in told if not any(_says_more(one, tag) or _in_passing(one, tag) for one in spoken))


def _in_passing(one: Tag, tag: Tag) -> bool:
    """Whether a tag without a source is only how another's content is told: "no deaths were reported, he said"."""
    return bool(not tag.source and tag.cue and one.source and all_inside((*tag.cue, *tag.content), one.content))


def _says_more(one: Tag, tag: Tag) -> bool:
    """Whether a cue's other tag tells that it is spoken, or who is cited where this one takes them for what is said."""
    if one is tag or not any_overlap(one.cue, tag.cue):
        return False
    return tag.kind is not Kind.SPEECH or any_overlap(one.source, tag.content)


def _added(text: str, tags: Sequence[Tag], heads: Spans) -> list[Tag]:
    """The tags but what is no statement, with what documents, headlines, nouns and crossheads state."""
    found = [within_head(tag, text, heads, tags) for tag in without_questions(tags, text)]
    found = [tag for tag in found if not is_unsaid(tag, text)]
    found.extend(of_documents(text, found))
    found.extend(reported(text, heads, found))
    found.extend((*by_nominal_cues(text, found), *crossheads(text, found)))
    return found


def _measured(text: str, tags: Sequence[Tag]) -> list[Tag]:
    """The tags with all that is theirs and nothing of the next statement."""
    found = [until_unsaid(before_next(tag, text, tags), text) for tag in tags]
    found = [part for tag in found for part in instead(tag, text, found)]
    found = [part for tag in found for part in coordinated(tag, text, found)]
    found = with_rest([without_strangers(tag, text) for tag in found], text)
    found = [_whole(with_source(tag, text, found), text) for tag in found]
    return [with_second_quotation(tag, text, found) for tag in found]


def _voiced(tag: Tag, text: str) -> Tag:
    voiced = tag.kind is Kind.ATTITUDE and any(_VOICED.search(span.of(text)) for span in tag.cue)
    return replace(tag, kind=Kind.SPEECH) if voiced else tag


def mended(tag: Tag, text: str) -> Tag:
    """The tag with its source on one line and whole, a relative pronoun with the words before it, and its cue whole."""
    source = tuple(without_meanwhile(_one_line(span, tag.cue, text), text) for span in tag.source)
    if len(source) == 1 and source[0].of(text).lower() in _RELATIVE:
        line = text[max(0, source[0].start - 90) : source[0].start].rsplit("\n", 1)[-1]
        match = _antecedent(line.rstrip(" ,"))
        if match:
            by = source[0].start - len(line)
            source = (Span(by + match.start(), by + match.end()),)
    if nobody(source, tag.cue, text):
        source = ()
    source, cue = whole_sources(source, tag, text), whole_cue(tag, text)
    whole = tag if (source, cue) == (tag.source, tag.cue) else replace(tag, source=source, cue=cue)
    return rejecting(with_object(hearsay(_from_cue(whole, text) or whole, text), text), text)


def _from_cue(tag: Tag, text: str) -> Tag | None:
    """ "Reporters obtained | a letter that appeared to say": the letter says it; None where the cue is plain."""
    if len(tag.cue) != 1:
        return None
    match = _RELATIVE_CUE.match(tag.cue[0].of(text))
    if match is None:
        return None
    start = tag.cue[0].start
    return replace(
        tag,
        source=(Span(start + match.start("who"), start + match.end("who")),),
        cue=(Span(start + match.start("cue"), start + match.end("cue")),),
    )


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


def _split(tag: Tag, text: str) -> Iterator[Tag]:
    groups: list[list[Span]] = [[]]
    for span in tag.content:
        told = span.of(text)
        cuts = [0]
        for match in _COORDINATED.finditer(told):
            cuts.extend((match.start(), match.end()))
        cuts.append(len(told))
        for number, (start, end) in enumerate(list(pairwise(cuts))[::2]):
            opens = number > 0 or re.match(r"(?:and|but)\s+that\b", told) or _joined(groups, span, text)
            if opens and groups[-1]:
                groups.append([])
            piece = _trimmed(span.start + start, span.start + end, text)
            if piece:
                groups[-1].append(piece)
    kept = [tuple(group) for group in groups if group]
    if len(kept) < 2 or any(sum(len(span.of(text).split()) for span in group) < _FEWEST for group in kept):
        yield tag
        return
    yield from (replace(tag, content=group) for group in kept)


def _joined(groups: Sequence[Sequence[Span]], span: Span, text: str) -> bool:
    """Whether a further piece is a "that" clause of its own: "A, according to the log, and that B"."""
    last = groups[-1][-1] if groups[-1] else None
    if last is None or not re.match(r"that\b", span.of(text)):
        return False
    return bool(re.search(r"\b(?:and|but)\s*$", text[last.end : span.start]))


def _trimmed(start: int, end: int, text: str) -> Span | None:
    led = re.match(r"(?:and|but)\s+(?=that\b)", text[start:end])
    start += led.end() if led else 0
    while start < end and text[start] in " ,;\n":
        start += 1
    while end > start and text[end - 1] in " ,;\n":
        end -= 1
    return Span(start, end) if start < end else None


def _nested(text: str, tags: Sequence[Tag], inner: Tagger) -> Iterator[Tag]:
    """Statements inside contents; what a tag of the report says already is left out."""
    asked = [
        (tag, number, span)
        for tag in tags
        for number, span in enumerate(tag.content)
        if _INNER_CUE.search(span.of(text)) and len(span.of(text).split()) >= _FEWEST + 2
    ]
    found = inner.tag_many(_bare(span.of(text)) for _, _, span in asked)
    for (tag, number, span), inside in zip(asked, found, strict=True):
        for one in inside:
            moved = _going_on(_moved(one, span.start), span, text)
            quoted = text[span.start] in _MARKS
            if quoted and 2 * sum(map(len, moved.content)) < len(span):
                # A quotation that reports others' words in passing is its speaker's own.
                continue
            if not quoted and moved.content[-1].end >= span.end - 2:
                # "The mayor said A, according to B, and that C": the outer cue stands amid the inner content.
                moved = replace(moved, content=(*moved.content, *tag.content[number + 1 :]))
            known = any(any_overlap(moved.cue, other.cue) for other in tags if other is not tag)
            known = known or any(_NO_SPEAKER.search(part.of(text)) for part in moved.source)
            if moved.kind is Kind.SPEECH and moved.source and moved.cue and not known:
                yield replace(moved, score=round(moved.score * tag.score, 4))


def _going_on(tag: Tag, span: Span, text: str) -> Tag:
    """The tag with a clause that a pronoun joins on: "they assured us that they are well and they will come"."""
    last = tag.content[-1]
    rest = text[last.end : span.end]
    if not re.match(r",?\s+and\s+(?:he|she|they|it)\b", rest) or re.search(r"[.!?]\s", rest):
        return tag
    end = last.end + len(rest.rstrip("“”\"‘’',. "))
    return replace(tag, content=(*tag.content[:-1], Span(last.start, end)))


def _bare(told: str) -> str:
    """A quotation with its outer marks blanked, place for place, so that what it says is read as plain words."""
    if told[:1] not in _MARKS or any(mark in told[1:-1] for mark in '“”"'):
        return told
    return f" {told[1:-1]} " if told[-1] in _MARKS else f" {told[1:]}"


def _in_heads(text: str, tags: Sequence[Tag], inner: Tagger, heads: Spans) -> Iterator[Tag]:
    """What the parts of a headline say, set off by dashes or semicolons, where no tag has the cue."""
    pieces = parts(text, heads)
    for piece, found in zip(pieces, inner.tag_many(piece.of(text) for piece in pieces), strict=True):
        for one in found:
            moved = mended(_moved(one, piece.start), text)
            taken = any(any_overlap(moved.cue, other.cue) for other in tags)
            if moved.kind is Kind.SPEECH and moved.source and moved.cue and not taken:
                yield moved


def _moved(tag: Tag, by: int) -> Tag:
    def shifted(spans: Spans) -> Spans:
        return tuple(Span(span.start + by, span.end + by) for span in spans)

    return replace(tag, source=shifted(tag.source), cue=shifted(tag.cue), content=shifted(tag.content))


def _whole(tag: Tag, text: str) -> Tag:
    return own_subject(whole_turn(whole_quotation_before(whole_quotation(tag, text), text), text), text)
