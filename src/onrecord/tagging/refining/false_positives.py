"""Tags that are no statements: unreal speech, how a source wants to be named, what was said before, topics."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.labels import HEADING
from onrecord.datamodel.negative_sources import is_negative_source
from onrecord.datamodel.span import Span, words
from onrecord.tagging.refining.factuality import is_unreal

_UNNAMED = re.compile(
    r"(?:that\s\w+\s)?(?:not\s)?(?:to\s)?(?:not\s)?be\s(?:named|identified|quoted)\b|"
    r"(?:for\s|to\sremain\s|to\sstay\s)(?:anonym\w+|unnamed|unidentified)|not\sto\s(?:be|print|use|give)\s",
    re.IGNORECASE,
)
# "Contrary to what police said earlier, the road is open": what they said is told nowhere.
_BESIDE = re.compile(
    r"\b(?:contrary to|unlike|despite|regardless of|instead of|in contrast to|from|beyond|matches|matched|(?:here|this|"
    r"that)(?: is|[’']s)) what\s+$",
    re.IGNORECASE,
)
# "The streets were closed according to their protocols": what was done by a rule is not what the rule says.
_RULE = re.compile(
    r"^(?:its|their|his|her|our|the usual|usual|standard|normal|established)\b.*\b(?:protocols?|procedures?|rules?|"
    r"plans?|schedules?|customs?|traditions?|practices?|guidelines|routines?|wishes|needs|abilit(?:y|ies)|means)$",
    re.IGNORECASE,
)
# "He denied it but said it was odd": what begins with a cue of its own was cut in the wrong place.
_SAID_FIRST = re.compile(r"(?:said|says|told|added|insisted|claimed) (?:he|she|they|it|that|the)\b")
# "Nothing that he made public showed that …": what nothing shows is not shown.
_NOTHING = re.compile(r"\b(?:nothing|none of what|no part of what|little) (?:that )?$", re.IGNORECASE)
# "His remark was reported by papers abroad": they pass it on, and what it was is told elsewhere.
_PASSED_ON = re.compile(r"\b(?:report|carri|publish|quot|repeat|print|cit|broadcast|air)(?:ed|es|ing)\b", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:his|her|their|its|the) (?:own )?(?:comments?|remarks?|words|statements?|answers?)", re.IGNORECASE
)
# "Harbour scandal: mayor to resign", "Flight QX12: what we know": what a line is about says nothing.
_TOPIC = re.compile(
    r"\b(?:flight|plane|jet|airliner|ferry|ship|train|bus|scandal|affair|shootings?|siege|attacks?|bombings?|crash(?:es)?|"
    r"collision|derailment|row|dispute|crisis|protests?|strikes?|riots?|unrest|floods?|flooding|fires?|wildfires?|storm|"
    r"hurricane|typhoon|earthquake|quake|landslide|election|vote|referendum|trial|inquest|probe|war|conflict|ceasefire|truce|"
    r"deal|talks|summit|outbreak|epidemic|murders?|killings?|deaths?|hunt|search|rescue|hack|leaks?|controversy|debate|"
    r"live|updates?|latest|breaking|explained|explainer|analysis|video|watch|photos?|pictures|timeline|profile|factbox|"
    r"exclusive|opinion)(?:\s+[A-Z]{0,3}-?\d+)?\s*$",
    re.IGNORECASE,
)
_LONGEST_TOPIC = 60
# "From Staff Reports", alone in its line: who wrote it.
_BYLINE = re.compile(r"(?:from|by)\s[^.,;:!?\n]{1,60}\sreports?", re.IGNORECASE)
# "A post claiming that the bridge fell is not true": the verdict is no part of what the post claims.
_VERDICT = re.compile(
    r"\s+(?:is|are|was|were|has been|have been)\s+(?:(?:all|completely|entirely|totally|simply|just|actually|"
    r"definitely|absolutely|in fact|also)\s+)*(?:not\s+(?:true|accurate|real|correct)|untrue|false|fake|a\s+(?:hoax|"
    r"lie|prank|fabrication)|hoaxes|lies|bogus|fabricated|fiction|made\s+up|baseless|unfounded|wrong|incorrect|inaccurate|"
    r"debunked|satire)\W*$",
    re.IGNORECASE,
)
_ASIDE_VERDICT = re.compile(rf",\s+(?:all of )?which(?=\s){_VERDICT.pattern}", re.IGNORECASE)
_CLAIMANT = re.compile(
    r"\b(?:posts?|postings?|reports?|stor(?:y|ies)|articles?|rumou?rs?|claims?|messages?|e-?mails?|tweets?|videos?|"
    r"memes?|letters?|accounts?|pages?|websites?|allegations?|suggestions?)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|did|does|\w{3,}ed|went|came|fell|took|made|"
    r"gave|left|shot|sold|found|got|hit|cut|won|lost|met|said)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:that|which)\s+$", re.IGNORECASE)
# "… that six were found but did not say where": who tells does not say that.
_LEFT_OUT = re.compile(
    r",?\s+(?:but|and|though)\s+(?:did(?: not|n[’']t)|would(?: not|n[’']t)|could(?: not|n[’']t)|declined to|"
    r"refused to)\s+(?:\w+ly\s+|further\s+)?(?:say|report|give|elaborate|specify|mention|comment|provide|offer|name|"
    r"identify|disclose|explain|release|reveal|discuss|go into)\b",
    re.IGNORECASE,
)
_FEWEST = 3
# "Papers there have not reported the story".
_UNREPORTED = re.compile(r"(?:\bnot|n[’']t)(?: yet)? report(?:ed)?(?: on)?$", re.IGNORECASE)
# "We are not asking anybody to leave" asks nothing.
_UNASKED = re.compile(r"\b(?:\w+n[’']t|not|never)\s+(?:\w+ly\s+)?ask(?:ing|ed)?\b", re.IGNORECASE)
# "They could not | confirm": a source that has its verb in it was cut in the wrong place.
_UNABLE = re.compile(
    r"\b(?:could|would|did|does|do|had|has|have|can|will|were|was|is|are)(?: not|n[’']t)$", re.IGNORECASE
)
# "He was asked | if he would | deny it", "contrary to what wardens | said": no source begins with these words.
_NO_SOURCE = re.compile(r"(?:(?:if|whether|despite|unlike|contrary to)\s|(?:hey|oh|yes|well|okay)$)", re.IGNORECASE)
_WISH = re.compile(r"\b(?:ask|request|declin|refus|wish|prefer|want|insist)", re.IGNORECASE)


# "No official said that it was true": nobody said it; whoever does not confirm it leaves it open.
_CONFIRMS = re.compile(
    r"\b(?:confirm|verif|corroborat|authenticat|den(?:y|ie)|disput|comment|respond|repl|answer|available|reach)\w*",
    re.IGNORECASE,
)
# "They met an envoy, which would confirm the fears of many": what would follow is not said.
_WOULD = re.compile(
    r"(?:would|could|might|may) (?:\w+ly |also |only )*(?:confirm|prove|show|suggest|support|indicate|corroborate|"
    r"verify)",
    re.IGNORECASE,
)
_FACT = re.compile(r"(?:,\s+which|\b(?:that|this|it|these))\s+$", re.IGNORECASE)
# "The order was leaked, raising questions about the board": what happens raises them, and nobody asks.
_FOLLOWS = re.compile(
    r"(?:rais|spark|fuel|prompt|stok|stir|trigger|renew|leav)ing (?:\w+ ){0,2}?"
    r"(?:questions?|doubts?|fears?|concerns?|speculation|rumou?rs?|debate)\b",
    re.IGNORECASE,
)
# "The name has not been disclosed": by whom, nobody knows.
_UNDISCLOSED = re.compile(
    r"(?:has|have|had|was|were|is|are)(?: not|n[’']t) (?:yet |immediately |initially |publicly )*(?:been )?(?:yet )?"
    r"(?:disclosed|released|identified|named|revealed|made public|announced|published|specified|given|known)",
    re.IGNORECASE,
)


def is_not_a_statement(tag: Tag, text: str) -> bool:
    """Whether a tag is a false positive: unreal speech, terms of anonymity, a byline, a topic label, only "what"."""
    cue = words(tag.cue, text)
    source_words = words(tag.source, text)
    if _is_name(tag, text) or _UNABLE.search(source_words) or _NO_SOURCE.match(source_words):
        return True
    if tag.cue and _BYLINE.fullmatch(_line(text, tag.cue[0].start)):
        return True
    if is_unreal(tag, text) or _UNREPORTED.search(cue) or _UNASKED.search(cue):
        return True
    if cue.strip() == ":" and _is_topic(text[text.rfind("\n", 0, tag.cue[0].start) + 1 : tag.cue[0].start]):
        return True
    if not tag.source and _UNDISCLOSED.fullmatch(cue):
        return True
    if is_negative_source(source_words) and not _CONFIRMS.search(f"{cue} {words(tag.content, text)}"):
        return True
    if tag.cue and _only_follows(cue, text[max(0, tag.cue[0].start - 20) : tag.cue[0].start]):
        return True
    source = tag.source[0].start if tag.source else 0
    before = text[max(0, source - 40) : source]
    if cue.lower() == "according to" and _RULE.search(words(tag.source, text)):
        return True
    if cue and _SAID_FIRST.match(words(tag.content[:1], text)):
        return True
    if _PASSED_ON.search(cue) and _WORDS.fullmatch(words(tag.content, text)):
        return True
    if _NOTHING.search(before) and tag.cue and tag.source and tag.source[-1].end <= tag.cue[0].start:
        return True
    if _BESIDE.search(before) and any(span.of(text).lower().strip() == "what" for span in tag.content):
        quoted = any(mark in words(tag.content, text) for mark in '“"‘')
        return not quoted
    return bool(_WISH.search(cue) and _UNNAMED.match(words(tag.content[:1], text).strip("“\"'‘ ")))


def _only_follows(cue: str, before: str) -> bool:
    """Whether a cue only tells what follows from what happened: "…, raising questions about", "which would prove"."""
    if _FOLLOWS.match(cue) and before.rstrip().endswith((",", "–", "—")):
        return True
    return bool(_WOULD.fullmatch(cue) and _FACT.search(before))


def _is_name(tag: Tag, text: str) -> bool:
    """Whether a cue is a name: "General Said Al-Ruun told reporters"."""
    if len(tag.cue) != 1 or tag.cue[0].of(text) != "Said":
        return False
    before, after = text[: tag.cue[0].start].split("\n")[-1], text[tag.cue[0].end :]
    return bool(re.search(r"[A-Z][\w’'-]+\s$", before[-40:]) and re.match(r"\s[A-Z]", after[:2]))


def _line(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)].strip()


def without_unsaid(tag: Tag, text: str) -> Tag:
    """A tag whose content ends where it goes on with what its source did not say."""
    if not tag.cue or not tag.content or tag.cue[0].start > tag.content[0].start:
        return tag
    last = tag.content[-1]
    match = _LEFT_OUT.search(text, last.start, last.end) or _verdict(tag, text)
    if match is None:
        return tag
    before = text[last.start : match.start()]
    quoted = before.count("“") > before.count("”") or before.count('"') % 2
    if quoted or len(before.split()) < _FEWEST:
        return tag
    return replace(tag, content=(*tag.content[:-1], Span(last.start, match.start())))


def _verdict(tag: Tag, text: str) -> re.Match[str] | None:
    """What is told of a claim, behind what it claims: "a post claiming that the bridge fell | is not true"."""
    last = tag.content[-1]
    aside = _ASIDE_VERDICT.search(text, last.start, last.end)
    if aside is not None:
        return aside
    match = _VERDICT.search(text, last.start, last.end)
    if match is None or not tag.source or not _CLAIMANT.search(words(tag.source, text)):
        return None
    cue = tag.cue[0]
    behind = (
        cue.of(text).split()[0].endswith("ing")
        or _RELATIVE.search(text, 0, cue.start)
        or _RELATIVE.search(text, 0, tag.source[-1].end)
    )
    return match if behind and _TOLD.search(text, last.start, match.start()) else None


def _is_topic(label: str) -> bool:
    """Whether what stands before a colon at the start of a line names a matter, not somebody."""
    told = label.strip("*# ")
    return len(label) <= _LONGEST_TOPIC and bool(_TOPIC.search(told) or HEADING.fullmatch(told))
