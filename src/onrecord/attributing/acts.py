"""What a source does with a content: the act, told from cue, negation and the content's head."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon.cues import (
    ASKING_STEMS,
    CONFIRMATION_STEMS,
    DENIAL_STEMS,
    DOUBT_STEMS,
    HEDGES,
    RETRACTION_STEMS,
    SILENT_VERBS,
)
from onrecord.datamodel.attribution import Act, Tag
from onrecord.datamodel.span import Span, hull, words

_NOT = r"(?:not|n['’]t|never|no)\b"
_ADVERBS = r"(?:\w+ly |yet |been |be |able to |also |publicly |previously )*"
_SILENCE = re.compile(
    rf"\b(?:declin|refus)\w*\b(?:[^.;]{{0,20}}?\bto\b|\W|$)|\bno (?:immediate |further |public )?(?:comment|"
    rf"response|reply|statement)\b|"
    rf"\b(?:would|could|did|do|does|has|have|had|will|can)(?:n['’]t| not) {_ADVERBS}(?:{SILENT_VERBS}|made)\b|"
    rf"\bnot comment\w*|"
    rf"\bma(?:de|kes?|king) no (?:\w+ )?(?:mention|reference|comment|statement)|\bgave no\b|\bneither confirm\w* "
    rf"nor den\w+|\bsilent\b|\bsilence\b|"
    r"\b(?:was|were|is|are|remained) (?:vague|evasive|tight-lipped|coy|unavailable|mum)\b|\bstopp?\w* short of\b|"
    r"\b(?:could not|couldn['’]t) be (?:immediately )?reached\b|"
    r"\bunavailable for comment\b|\bhad nothing to (?:say|add)\b|\b(?:unreturned|unanswered)\b|\bignored\b|"
    r"\bwithheld\b|\bgive any (?:hint|indication)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    rf"\b(?:would|could|did|do|does|has|have|had|will|can|was|were|is|are|ca|wo)?\s?{_NOT}", re.IGNORECASE
)
_UNCONFIRMED = re.compile(
    rf"(?:\b(?:not|never|cannot|unable to|yet to|neither)\b|n['’]t\b|\bno )[^.;]{{0,40}}?\b(?:confirm\w*|"
    rf"verif\w+|corroborat\w+|authenticat\w+)|"
    rf"\b(?:unconfirmed|unverified|unable to (?:confirm|verify)|awaiting confirmation)\b|{DOUBT_STEMS}",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(rf"(?:not|n['’]t|never|neither|nor)\b[^.;]{{0,20}}\b(?:{DENIAL_STEMS})", re.IGNORECASE)
_RETRACTION = re.compile(rf"\b(?:{RETRACTION_STEMS})", re.IGNORECASE)
_ASKING = re.compile(rf"\b(?:{ASKING_STEMS})", re.IGNORECASE)
_DENIAL = re.compile(rf"\b(?:{DENIAL_STEMS})", re.IGNORECASE)
_CONFIRMATION = re.compile(rf"\b(?:{CONFIRMATION_STEMS})", re.IGNORECASE)
_HEDGE = re.compile(rf"\b(?:{HEDGES})\b", re.IGNORECASE)
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|add(?:s|ed|ing)?|insist\w*|claim\w*|maintain\w*|stat(?:e|"
    r"es|ed|ing)|stress\w*|"
    r"tweet\w*|post\w*|wr(?:ite|ites|ote|iting)|declar\w+|assert\w*|according to|not(?:e|es|ed|ing)|argu\w+|believ\w+|"
    r"repeat\w*|reiterat\w+|respond\w*|repl\w+|counter\w*)\b|^$",
    re.IGNORECASE,
)
# A content that opens by saying that something is not so; plans and promises ("would not") are statements.
_NEGATIVE_HEAD = re.compile(
    r"^[\W]*(?:that )?(?:(?:there(?:['’]s| is| was| were| are| has| have|['’]ve)?(?: been| has been| have been)? "
    r"(?:absolutely |simply )?no"
    r"(?:t been any|t any)? (?:\w+ ){0,2}?(?:decision|plans?|intention|evidence|truth|basis|deal|agreement|"
    r"ceasefire|change|such|indication|link|"
    r"connection|proof|reason|question|talks|negotiations|contact|meeting|order|threat|attack|cover-up|crisis|"
    r"basis)\b)|"
    r"(?:[^.,;!?“”\"]{1,60}? )?(?:is|are|was|were|has|have|had|did|do|does|am)(?:n['’]t| not| never)(?: \w+ly)? "
    r"(?!among|only|just|yet|sure|clear|aware|enough|know|immediately)(?:\w+(?:ing|ed|en|made|met|sent|had)|true|"
    r"accurate|correct|the case|authentic|genuine|"
    r"happen\w*|believe|a \w+|in \w+|happening|responsible|involved|guilty|behind|spoken|done|made|met|been|any|"
    r"our|his|her|their)\b|"
    r"(?:i|we|he|she|they)(?: \w+)? never (?!heard|known|seen|be\b)\w+(?:ed|t|de|id|ew|ent|n|ook|oke)\b|"
    r"(?:it|this|that|they|he|she|these|those|\w+(?: \w+){0,4}?)(?: is|['’]s| was| were| are|['’]re)(?: all| a "
    r"complete| completely| totally| just| simply| absolutely| categorically)*"
    r" (?:a lie|lies|false|untrue|fake|nonsense|fabricated|a fabrication|baseless|unfounded|ridiculous|absurd|"
    r"wrong|a hoax|fiction|rubbish|incorrect)\b|"
    r"no (?:decision|such|deal|agreement|one|evidence|plans?|talks)\b)",
    re.IGNORECASE,
)
_NOTHING_DECIDED = re.compile(
    r"\bthere(?:['’]s| is| was| are| were|['’]re| has| have)(?: been)? (?:absolutely )?no (?:\w+ )?(?:decisions?|"
    r"plans?|truth|intention)\b",
    re.IGNORECASE,
)
_BARE_NEGATION = re.compile(
    r"^\W*(?:that )?(?:not |never )(?:to have )?\w+(?:ing|ed|en)?\b|^\W*(?:[\w'’-]+ ){1,3}not [\w-]+ing\b",
    re.IGNORECASE,
)
_SILENT_HEAD = re.compile(
    rf"^\W*(?:that )?(?:[^.,;“”\"]{{1,40}} )?(?:would|will|could|can)(?:n['’]t| not|not) (?:{SILENT_VERBS})\b|"
    r"^\W*(?:no comment)\b|^\W*(?:that )?(?:he|she|it|they|i|we)(?: had| have|['’]d|['’]ve)? (?:declined|"
    r"refused) to (?:comment|answer|discuss)",
    re.IGNORECASE,
)


def act_of(tag: Tag, text: str) -> Act:
    """The act of one attribution, `asserts` where nothing tells another."""
    cue = _cue_words(tag, text)
    content = " ".join(words(tag.content, text).split())
    return _silent(cue, content) or _from_cue(cue, content) or _from_content(cue, content)


def is_hedged(tag: Tag, text: str) -> bool:
    """Whether it is passed on with a hedge: "reportedly", "is said to"."""
    return bool(_HEDGE.search(words(tag.cue, text)) or _HEDGE.search(_gap(tag, text)))


def _gap(tag: Tag, text: str) -> str:
    """What stands between source and cue, where "not" hides."""
    if not tag.source or not tag.cue:
        return ""
    left, right = sorted((hull(tag.source) or Span(0, 1), hull(tag.cue) or Span(0, 1)))
    between = text[left.end : right.start] if left.end < right.start else ""
    return (
        ""
        if len(between) > 40
        or re.search(r",|\bbut\b|\band\b", between)
        or any(span.start < right.start and span.end > left.end for span in tag.content)
        else between
    )


def _cue_words(tag: Tag, text: str) -> str:
    cue = words(tag.cue, text)
    before = text[max(0, tag.cue[0].start - 14) : tag.cue[0].start] if tag.cue else ""
    negated = re.search(
        rf"\b(?:\w+ )?{_NOT} (?:\w+ly )?$|\b\w+n['’]t (?:\w+ly )?$|\b(?:declined|refused) to $", before, re.IGNORECASE
    )
    gap = _gap(tag, text)
    return f"{gap if not negated else ''} {negated[0] if negated else ''}{cue}".strip()


def _silent(cue: str, content: str) -> Act | None:
    if _UNCONFIRMED.search(cue) and not re.search(r"neither|nor\b|declin|refus", cue, re.IGNORECASE):
        return Act.NOT_CONFIRMED
    head = content.split(" ", 2)[:2]
    if _SILENCE.search(f"{cue} ") and not (
        re.search(r"\brefus\w+$", cue, re.IGNORECASE) and head[:1] == ["to"] and not _is_silent_infinitive(content)
    ):
        return Act.NO_COMMENT
    if _NO_DENIAL.search(cue):
        return Act.NO_COMMENT
    if _SAYING.search(cue) and _SILENT_HEAD.search(content):
        return Act.NO_COMMENT
    return None


def _is_silent_infinitive(content: str) -> bool:
    return bool(re.match(rf"to (?:{SILENT_VERBS})", content, re.IGNORECASE))


def _from_cue(cue: str, content: str) -> Act | None:
    if _RETRACTION.search(cue):
        return Act.RETRACTS
    if _ASKING.search(cue) or (
        content.rstrip("\"”'’ ").endswith("?") and re.search(r"\bask|^$|\bchalleng", cue) and content.count(". ") == 0
    ):
        return Act.ASKS
    if _DENIAL.search(cue):
        return Act.DENIES
    if _CONFIRMATION.search(cue):
        return Act.NOT_CONFIRMED if _NEGATED.search(cue) else Act.CONFIRMS
    return None


def _from_content(cue: str, content: str) -> Act:
    if not _SAYING.search(cue):
        return Act.ASSERTS
    if _NEGATIVE_HEAD.search(content) or _BARE_NEGATION.search(content):
        return Act.DENIES
    if _NOTHING_DECIDED.search(content):
        return Act.DENIES
    return Act.ASSERTS
