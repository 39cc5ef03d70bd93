"""Spans that were cut short, made whole: names, offices, cues, a quotation over several lines, a shared source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

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
_UNABLE = re.compile(
    r"(?:[\w’']+ ){0,3}(?:unable|yet|declined|refused|failed|able) to (?:\w+ly )?"
    r"(?:confirm|comment|say|verify|elaborate|give|provide|disclose|discuss|answer|tell|reveal|name|identify)\b"
)
_ARTICLES = frozenset(("the", "a", "an"))
_NOUN = re.compile(r"(?:the|an?) [\w’'-]+", re.IGNORECASE)
# "Six crew held as divers find no trace": in a line without a full stop who says something stands behind "as".
_MEANWHILE = re.compile(
    r"\w.*\b(?!(?:identified|described|known|listed|named|seen|regarded|introduced|cited|referred)\b)"
    r"(?:\w+ed|held|shot|hurt|found|hit|dead|missing|rises?|falls?|soars?|grows?|spreads?|continues?) as (?=[a-z])"
)


def without_meanwhile(source: Span, text: str) -> Span:
    """A headline's source without the clause before "as"."""
    match = _MEANWHILE.match(text, source.start, source.end)
    line = text[source.end :].split("\n", 1)[0].rstrip()
    return Span(match.end(), source.end) if match and not line.endswith((".", "!", "”", '"')) else source


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


def whole_cue(tag: Tag, text: str) -> Spans:
    """The cue, with the verb that "was unable to" leaves out."""
    verb = _UNABLE.match(text, tag.cue[-1].start) if tag.cue and tag.content else None
    if verb is None or verb.end() <= tag.cue[-1].end:
        return tag.cue
    free = not any_overlap((Span(tag.cue[-1].end, verb.end()),), (*tag.source, *tag.content))
    return (*tag.cue[:-1], Span(tag.cue[-1].start, verb.end())) if free else tag.cue


# "Officials rejected as false a post that said the bridge fell": what they reject is the post.
_AS_FALSE = re.compile(
    r"as (?:\w+ )?(?:false|untrue|fake|baseless|groundless|unfounded|bogus|fabricated|nonsense|inaccurate|incorrect|"
    r"fiction|lies|(?:a|an) (?:\w+ )?(?:lie|hoax|fabrication|invention))[”\"’']?",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"(?:reject|dismiss|den(?:y|ied|ies)|refut|condemn|denounc)\w*$", re.IGNORECASE)
_OBJECT = re.compile(
    r"\s+(?P<thing>(?:an?|the|this|that|those|these|his|her|their|its|any|all|(?:\w+ )?(?:claims|reports|rumou?rs|"
    r"allegations|suggestions|speculation))\b[^.;,:\n]*?)(?:(?P<clause> that (?!(?:said|says|claimed|claims|stated|"
    r"states|alleged|suggested|reported|was|is|had|has|were|are)\b)[^.;\n]*)|"
    r"(?= (?:that|which|who|saying|claiming|alleging)\b|[.;,:\n]|$))"
)


def with_object(tag: Tag, text: str) -> Tag:
    """A denial of which only "as false" was found, with what is rejected in place of it."""
    if len(tag.content) != 1 or not tag.cue or not _REFUSES.search(tag.cue[-1].of(text)):
        return tag
    match = _AS_FALSE.fullmatch(tag.content[0].of(text))
    thing = _OBJECT.match(text, tag.content[0].end) if match else None
    if thing is None:
        return tag
    return replace(tag, content=(Span(thing.start("thing"), thing.end("clause" if thing["clause"] else "thing")),))


_HEARSAY = re.compile(r"(?:reportedly|allegedly|supposedly|purportedly)", re.IGNORECASE)


def hearsay(tag: Tag, text: str) -> Tag:
    """ "Ode reportedly left": nobody says it, and Ode is what it is about, not who says it."""
    if len(tag.source) != 1 or len(tag.cue) != 1 or not _HEARSAY.fullmatch(tag.cue[0].of(text)):
        return tag
    about, cue = tag.source[0], tag.cue[0]
    led = about.end <= cue.start and not text[about.end : cue.start].strip(" ,") and tag.content[0].start >= cue.end
    return replace(tag, source=(), content=(about, *tag.content)) if led else tag


_ALLEGED_BY = re.compile(
    r" (?:the |all |any |an? )?(?:\w+ ){0,2}?(?:claims?|allegations?|accusations?|reports?|assertions?|suggestions?|"
    r"charges?|rumou?rs?) (?:made |put forward )?(?:by|from|of) (?:the |an? )?"
)
_SUBJECT = re.compile(
    r"(?:^|[.!?]\s+|[,;]\s+|\n)(?P<who>(?:The |An? )?[\w’'.-]+(?: [\w’'.-]+){0,6}?) (?:(?:has|have|had|also) )*$"
)


def rejecting(tag: Tag, text: str) -> Tag:
    """A denial credited to whose allegations are denied, given to who denies: "the dam office rejected claims by …"."""
    if len(tag.source) != 1 or len(tag.cue) != 1 or not _REFUSES.search(tag.cue[0].of(text)):
        return tag
    source, cue = tag.source[0], tag.cue[0]
    if source.start < cue.end or not _ALLEGED_BY.fullmatch(text, cue.end, source.start):
        return tag
    subject = _SUBJECT.search(text[max(0, cue.start - 90) : cue.start])
    content = tuple(one for one in tag.content if one.start > cue.end)
    if subject is None or not content:
        return tag
    start = max(0, cue.start - 90) + subject.start("who")
    return replace(tag, source=(Span(start, start + len(subject["who"])),), content=content)


_PARTICIPLE = re.compile(r"(?:adding|saying|noting|stating|insisting|claiming|warning|telling|stressing|arguing)\b")
_STOP = re.compile(r"[.?!][”\"’')]*\s+[A-Z“\"‘]|\n")
_OPENS = re.compile(r"(?:\s*[,:])?\s*(?P<mark>[“\"])")
_CLOSERS = {"“": "”", '"': '"'}
_LONGEST = 900
_CLOSES = re.compile(r" ?[”\"]")
_FULL_NAME = re.compile(
    r"(?:The |A |An )?(?!(?:He|She|It|They|We|I|You|This|That)\b)[A-Z][\w’'.-]*"
    r"(?: (?:of|the|and|for|[A-Z][\w’'.-]*)){1,6}"
)
_SECOND = re.compile(r"[^.!?\n“”\"]{0,60}\.(?P<gap>[ \t]*\n{0,2}[ \t]*)(?P<said>“[^“”]+?”|\"[^\"\n]*(?:\n[^\"\n]+)*\")")
_TELLS = re.compile(r"(?:\b|^)(?:tell|tells|told|telling)$", re.IGNORECASE)
_ADDRESSEE = re.compile(
    r"(?:[Tt]he )?(?:[A-Z][\w.’'-]*\s)(?:(?:[A-Z][\w.’'-]*|of|and)\s){0,4}"
    r"(?=(?:that|the|an?|it|he|she|they|there|his|her|its|their|this)\b)"
)
_SIGNED = re.compile(r"\s+(?:[—–]|--)\s+.*\(@\w+\).*$", re.DOTALL)


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


def without_strangers(tag: Tag, text: str) -> Tag:
    """The tag without whom a statement was told to, in its content, and who signs the post, in its source."""
    source = tuple(_without_credit(span, text) for span in tag.source)
    content = tag.content
    if tag.cue and _TELLS.search(tag.cue[-1].of(text)) and 0 <= content[0].start - tag.cue[-1].end <= 1:
        told = _ADDRESSEE.match(text, content[0].start, content[0].end)
        if told:
            content = (Span(told.end(), content[0].end), *content[1:])
    return tag if (source, content) == (tag.source, tag.content) else replace(tag, source=source, content=content)


def _without_credit(span: Span, text: str) -> Span:
    match = _SIGNED.search(span.of(text))
    return Span(span.start, span.start + match.start()) if match and match.start() else span


def with_rest(tags: Sequence[Tag], text: str) -> list[Tag]:
    """The tags, those that an interruption has cut short with the "that" clause behind it.

    "The mayor said A, according to the log, and that B": the log's content has two pieces, and B is the mayor's, too.
    """
    found = list(tags)
    for outer in tags:
        for number, (first, second) in enumerate(pairwise(outer.content)):
            joint = re.search(r"\b(?:and|but)\s*$", text[first.end : second.start])
            if not joint or not text.startswith("that ", second.start):
                continue
            for place, one in enumerate(found):
                if one is not outer and _ends_with(one, first):
                    found[place] = replace(one, content=(*one.content, *outer.content[number + 1 :]))
    return found


def _ends_with(one: Tag, piece: Span) -> bool:
    pieces = (*one.source, *one.cue, *one.content)
    return bool(one.source) and all_inside(pieces, (piece,)) and one.content[-1].end >= piece.end - 2


def whole_quotation(tag: Tag, text: str) -> Tag:
    """The tag with all of the quotation that its cue introduces, where lines or other marks have cut it."""
    if not tag.cue or tag.content[0].start < tag.cue[-1].end:
        return tag
    match = _OPENS.match(text, tag.cue[-1].end)
    if match is None:
        return tag
    start = match.start("mark")
    blank = text.find("\n\n", start)
    end = text.find(_CLOSERS[match["mark"]], start + 1, min(blank if blank >= 0 else len(text), start + _LONGEST))
    inside = all(start <= one.start and one.end <= end + 1 for one in tag.content)
    if end < 0 or not inside or "\n" not in text[start:end]:
        return tag
    return replace(tag, content=(Span(start, end + 1),))


def whole_quotation_before(tag: Tag, text: str) -> Tag:
    """The tag with all of the quotation that its cue ends, where lines have cut it: "A.\\nB." he wrote."""
    if not tag.cue or len(tag.content) != 1 or tag.content[0].end > tag.cue[0].start:
        return tag
    content = tag.content[0]
    closing = _CLOSES.match(text, content.end)
    if closing and closing.end() <= tag.cue[0].start:
        content = Span(content.start, closing.end())
    told = content.of(text).rstrip()
    opener = {closer: mark for mark, closer in _CLOSERS.items()}.get(told[-1:])
    if opener is None or any(mark in told[:-1] for mark in (opener, told[-1])):
        return tag
    block = max(text.rfind("\n\n", 0, content.start) + 1, content.start - _LONGEST, 0)
    start = text.rfind(opener, block, content.start)
    between = text[start + 1 : content.start]
    paired = opener != told[-1] or text.count(opener, block, start) % 2 == 0
    if start < 0 or "\n" not in between or told[-1] in between or not paired:
        return tag
    return replace(tag, content=(Span(start, content.end),))


def own_subject(tag: Tag, text: str) -> Tag:
    """The tag with the name that its paragraph begins with as source, where another line's was taken for it."""
    if not tag.source or not tag.cue or "\n" not in text[tag.source[-1].end : tag.cue[0].start]:
        return tag
    start = text.rfind("\n", 0, tag.cue[0].start) + 1
    match = _FULL_NAME.match(text, start, tag.cue[0].start)
    if match is None or text[match.end() : tag.cue[0].start].strip():
        return tag
    return replace(tag, source=(Span(start, match.end()),))


def whole_turn(tag: Tag, text: str) -> Tag:
    """A turn of a transcript with all that its line says behind the label in capitals."""
    if len(tag.source) != 1 or len(tag.cue) != 1 or tag.cue[0].of(text).strip() != ":":
        return tag
    source = tag.source[0]
    if not source.of(text).isupper() or (source.start and text[source.start - 1] != "\n"):
        return tag
    end = text.find("\n", tag.cue[0].end)
    end = len(text) if end < 0 else end
    start = tag.content[0].start
    return tag if tag.content[-1].end >= end or start >= end else replace(tag, content=(Span(start, end),))


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
