"""Spans that were cut short, made whole: names, offices, a shared source, a quotation that goes on behind its cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, Spans, all_inside, any_overlap, hull

# "Prime Minister" before "Ada Lorne said": the name that follows a title belongs to it.
_NAMED_ON = re.compile(
    r" (?P<name>(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|"
    r"September|October|November|December)[A-Z][\w’'-]*\.?(?: [A-Z][\w’'-]*\.?){0,3}) "
)
# "Rear Adm" of "Rear Adm. Tam Ode": the stop ends no sentence.
_RANK = re.compile(r"\b(?:Adm|Gen|Col|Maj|Capt|Lt|Sgt|Cmdr|Brig|Sen|Rep|Gov|Dr|Mr|Mrs|Ms|Prof|Rev|Det|Insp|Supt)\.?$")
_RANK_ON = re.compile(r"\.? (?:[A-Z][\w’'-]*\.? ){0,3}[A-Z][\w’'-]+")
# "Harbour Watch" of "… warned Harbour Watch (HW) spokesman Tam Ode": who holds an office there speaks.
_OFFICE_ON = re.compile(
    r"(?: \([A-Z]{2,8}\))?(?:['’]s)? (?:\w+ )?(?:spokes(?:man|woman|person)|director|chief|head|chair(?:man|woman)?|"
    r"president|secretary|commander|leader|boss|manager) "
    r"(?P<name>[A-Z][\w’'-]*\.? (?:(?:al-|el-|bin |de |van )?[A-Z][\w’'-]*\.?)(?: [A-Z][\w’'-]*)?)"
)
# "The head of the mill, | Tam Ode, | said": the name between commas belongs to the office before it.
_APPOSED_ON = re.compile(r", (?P<name>[A-Z][\w’'-]*\.?(?: [A-Z][\w’'-]*\.?){1,4}),? ")
# "Harrow" of "Harrow officials denied it, saying …": a group is more than where it comes from.
_GROUP = re.compile(
    r" (?:(?:government|security|military|army|police|intelligence|port|city|state|opposition|medical|rebel) )?"
    r"(?:sources|officials|authorities|police|fighters|forces|troops|leaders|rebels|militants|media|diplomats|lawmakers|"
    r"prosecutors|investigators|commanders|activists|lawyers|doctors|residents|witnesses|"
    r"customers|passengers|users|subscribers|patients|students|employees|workers|staff|drivers|pilots|engineers|nurses|"
    r"teachers|fans|survivors|relatives|voters|supporters|critics|opponents|protesters|demonstrators|analysts|experts|"
    r"scientists|researchers|executives|managers|investors|shareholders|tenants|parents|pupils)\b"
)
_ARTICLES = frozenset(("the", "a", "an"))
_NOUN = re.compile(r"(?:the|an?) [\w’'-]+", re.IGNORECASE)


def whole_sources(sources: Spans, tag: Tag, text: str) -> Spans:
    """The sources made whole; an article whose noun is the cue ("a | claim") is none, nor a credit."""
    whole = (_whole_source(_without_day(source, text), tag, text) for source in sources)
    return tuple(one for one in whole if one.of(text).lower() not in _ARTICLES and not _via(one, text))


# "Media reports | Tuesday".
_DAY = re.compile(
    r"(?<=\w)\s+(?:on |late |early |last )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?: (?:morning|afternoon|evening|night))?$"
)


def _without_day(source: Span, text: str) -> Span:
    match = _DAY.search(source.of(text))
    return Span(source.start, source.start + match.start()) if match else source


def _via(source: Span, text: str) -> bool:
    """Whether a source is what a bracket credits: "Reports have surfaced (via Quayline) that …"."""
    return text[: source.start].endswith("(") and source.of(text).lower().startswith("via ")


def _whole_source(source: Span, tag: Tag, text: str) -> Span:
    """A source that is only an article, a place or a title with the noun or the name that goes on behind it."""
    noun = _NOUN.match(text, source.start) if source.of(text).lower() in _ARTICLES else None
    if noun and not any_overlap((Span(source.end, noun.end()),), (*tag.cue, *tag.content)):
        source = Span(source.start, noun.end())
    group = None if " " in source.of(text) else _GROUP.match(text, source.end)
    if group and not any_overlap((Span(source.end, group.end()),), (*tag.cue, *tag.content)):
        source = Span(source.start, group.end())
    rank = _RANK_ON.match(text, source.end) if _RANK.search(source.of(text)) else None
    if rank and not any_overlap((Span(source.end, rank.end()),), (*tag.cue, *tag.content)):
        return Span(source.start, rank.end())
    office = _OFFICE_ON.match(text, source.end)
    if office and not any_overlap((Span(source.end, office.end("name")),), (*tag.cue, *tag.content)):
        return Span(source.start, office.end("name"))
    if not len(tag.cue) == len(tag.source) == 1:
        return source
    named = _NAMED_ON.fullmatch(text, source.end, tag.cue[0].start)
    if named is None and source.of(text)[:1].islower():
        named = _APPOSED_ON.fullmatch(text, source.end, tag.cue[0].start)
    return Span(source.start, named.end("name")) if named else source


_EXPLETIVE = re.compile(
    r"(?:was|is|has|had) (?:\w+ly |also |first |now |since |long |even )*(?:been )?(?:\w+ly )?"
    r"(?:reported|claimed|alleged|said|announced|believed|"
    r"understood|revealed|rumou?red|thought|confirmed|suggested)\b",
    re.IGNORECASE,
)


def nobody(source: Spans, cue: Spans, text: str) -> bool:
    """Whether a source is the "it" of "it was reported", which is nobody."""
    alone = len(source) == len(cue) == 1 and source[0].of(text).lower() == "it"
    return alone and bool(_EXPLETIVE.match(cue[0].of(text)))


_HEARSAY = re.compile(r"(?:reportedly|allegedly|supposedly|purportedly)", re.IGNORECASE)


def hearsay(tag: Tag, text: str) -> Tag:
    """ "Ode reportedly left": nobody says it, and Ode is what it is about, not who says it."""
    if len(tag.source) != 1 or len(tag.cue) != 1 or not _HEARSAY.fullmatch(tag.cue[0].of(text)):
        return tag
    about, cue = tag.source[0], tag.cue[0]
    led = about.end <= cue.start and not text[about.end : cue.start].strip(" ,") and tag.content[0].start >= cue.end
    return replace(tag, source=(), content=(about, *tag.content)) if led else tag


_PARTICIPLE = re.compile(r"(?:adding|saying|noting|stating|insisting|claiming|warning|telling|stressing|arguing)\b")
_STOP = re.compile(r"[.?!][”\"’')]*\s+[A-Z“\"‘]|\n")
_LONGEST = 900
_SECOND = re.compile(r"[^.!?\n“”\"]{0,60}\.(?P<gap>[ \t]*\n{0,2}[ \t]*)(?P<said>“[^“”]+?”|\"[^\"\n]*(?:\n[^\"\n]+)*\")")


def with_source(tag: Tag, text: str, others: Sequence[Tag]) -> Tag:
    """ "…, adding that it was late" with the source of the statement before it in the same sentence."""
    if tag.source or not tag.cue or not _PARTICIPLE.match(tag.cue[0].of(text)):
        return tag
    start = tag.cue[0].start
    if not text[:start].rstrip(" ").endswith(","):
        return tag
    before = [one for one in others if one.source and one.cue and one.cue[0].end <= start]
    last = max(before, key=lambda one: one.cue[0].end, default=None)
    whole = hull((*last.source, *last.cue, *last.content)) if last else None
    if last is None or whole is None or _STOP.search(text[last.cue[0].end : start]):
        return tag
    return replace(tag, source=last.source)


def with_second_quotation(tag: Tag, text: str, others: Sequence[Tag]) -> Tag:
    """ "“Stay,” she said. “It is late.”": the tag with the quotation behind its cue, where nobody else is credited."""
    last = tag.content[-1]
    about = hull((*tag.source, *tag.cue))
    if about is None or not tag.source or text[last.end - 1] not in '”"' or about.start < last.end:
        return tag
    match = _SECOND.match(text, about.end)
    if match is None or match.end() - match.start("said") > _LONGEST or text[match.end() - 2] == ",":
        return tag
    second = Span(*match.span("said"))
    if "\n\n" in match["gap"] and text[second.end : second.end + 1].strip():
        # In a paragraph of its own it goes on only where nothing follows it.
        return tag
    taken = any(one.cue and _reaches(one, second) for one in others)
    return tag if taken else replace(tag, content=(*tag.content, second))


def _reaches(one: Tag, second: Span) -> bool:
    """Whether a tag claims words of a quotation from outside it."""
    pieces = (*one.source, *one.cue, *one.content)
    touches = any(second.overlaps(piece) for piece in (*one.cue, *one.content))
    return touches and not all_inside(pieces, (second,))


# "The minister said “nobody hid the report” and left the hall": what he did next is told by the reporter.
_DID_NEXT = re.compile(
    r"(?:“[^“”]{8,}”|\"[^\"]{8,}\")(?P<next>,?\s+and (?:then |later |quickly |angrily )?(?:\w+ed|left|went|took|came|"
    r"ran|got|gave|made|held|sat|stood|hung|drove|flew|put|threw|fell|began|kept|sent|shook|rose|broke|cut|set|met|sold|"
    r"swore|shut|spoke|sang|bent|drew|swept|strode|fled|bowed|wept)\b[^“”\"]*)"
)


def without_next_act(tag: Tag, text: str) -> Tag:
    """The tag without what its source did after the quotation that its content begins with."""
    last = tag.content[-1]
    match = _DID_NEXT.fullmatch(text, last.start, last.end)
    if match is None:
        return tag
    return replace(tag, content=(*tag.content[:-1], Span(last.start, match.start("next"))))


# "Reports of shots | were not correct, | police say": a subject without its predicate can tell the opposite.
_PREDICATE = re.compile(
    r" (?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|should|may|might|must)(?:n[’']t)?\b"
    r"(?P<rest>[^.!?;:\n“”\"]{0,160}),\s+"
)


def with_predicate(tag: Tag, text: str) -> Tag:
    """The tag with the predicate that stands between its content and who says it, behind a comma."""
    last = tag.content[-1]
    behind = min((span.start for span in (*tag.source, *tag.cue) if span.start >= last.end), default=last.end)
    match = _PREDICATE.fullmatch(text, last.end, behind)
    return replace(tag, content=(*tag.content[:-1], Span(last.start, match.end("rest")))) if match else tag
