"""What a source does with a content: the act, told from cue, negation and the content's head."""

from __future__ import annotations

import re

from onrecord.attributing.content_acts import calls_false, denies, is_unestablished, refuses_comment, retracts
from onrecord.attributing.lexicon.cues import (
    ASKING_STEMS,
    CONFIRMATION_STEMS,
    DENIAL_STEMS,
    DOUBT_STEMS,
    HEDGES,
    RETRACTION_STEMS,
    SILENT_VERBS,
)
from onrecord.attributing.mentions.corrections import takes_own_back
from onrecord.datamodel.attribution import SUPPORT, Act, Tag
from onrecord.datamodel.negative_sources import is_negative_source
from onrecord.datamodel.span import Span, hull, words

_NOT = r"(?:not|n['’]t|never|no)\b"
_ADVERBS = r"(?:\w+ly |yet |been |be |able to |also |publicly |previously )*"
# "Has not said that …", "never told anybody", "avoided saying": who does not say a thing makes no statement of it. What
# is told only as the lesser ("not only said") or is no saying ("did not hesitate to say") is said.
_TELLING = (
    r"(?:sa(?:y|id|ying)|t(?:ell|old|elling)|claim(?:ed|ing)?|announc(?:e|ed|ing)|report(?:ed|ing)?|stat(?:e|ed|ing)|"
    r"declar(?:e|ed|ing)|reveal(?:ed|ing)?|alleg(?:e|ed|ing)|suggest(?:ed|ing)?|indicat(?:e|ed|ing)|argu(?:e|ed|ing)|"
    r"admit(?:ted|ting)?|acknowledg(?:e|ed|ing)|conced(?:e|ed|ing)|insist(?:ed|ing)?|assert(?:ed|ing)?|"
    r"maintain(?:ed|ing)?|writ(?:e|ten|ing)|promis(?:e|ed|ing)|warn(?:ed|ing)?|accus(?:e|ed|ing)|threaten(?:ed|ing)?|"
    r"rul(?:e|ed|ing)(?! out)|conclud(?:e|ed|ing)|explain(?:ed|ing)?)\b"
)
_UNTOLD = re.compile(
    rf"(?:\b(?:not|never|cannot|nor|neither)|n['’]t|\byet to|\bno longer)\b (?!only|just|merely)"
    rf"(?:{_ADVERBS}|ever |even |actually |going to |once |to )*{_TELLING}|"
    rf"\b(?:avoid|refrain|abstain|stopp?|fall|fell)\w*(?: short)?(?: from| of)? {_TELLING}|"
    rf"(?<!not )(?<!n['’]t )\b(?:fail|declin|refus|neglect|omit|hesitat)\w* to {_TELLING}|\bwithout {_TELLING}|"
    r"\bma(?:de|kes?|king) no (?:\w+ )?(?:claim|announcement|admission|accusation|suggestion|promise)\b",
    re.IGNORECASE,
)
# "At no point did she claim that …".
_NEVER_DID = re.compile(
    r"\b(?:at no (?:point|time|stage|moment)|never|nowhere|in no way|under no circumstances|not once|nor|neither)\b"
    r"[^,.;]{0,24}\b(?:did|does|do|has|have|had|is|was|were|would|will)\s*$",
    re.IGNORECASE,
)
_PLEA = re.compile(r"\bple(?:ad|a|d)\w*\b", re.IGNORECASE)
_A_PLEA = re.compile(r"\W*(?:an? |the |his |her |their )?pleas? of ", re.IGNORECASE)
_NOT_GUILTY = re.compile(
    r"^\W*(?:an? |the )?(?:pleas? )?(?:of )?[“\"'‘]?(?:not guilty|innocen(?:t|ce))\b", re.IGNORECASE
)
_GUILTY = re.compile(r"^\W*(?:an? |the )?(?:pleas? )?(?:of )?[“\"'‘]?(?:guilty|no contest)\b", re.IGNORECASE)
_SILENCE = re.compile(
    rf"\b(?:declin|refus)\w*\b(?:[^.;]{{0,20}}?\bto\b|\W|$)|"
    rf"\bno (?:immediate |further |public |official )?(?:comments?|"
    rf"response|reply|statements?)\b|"
    rf"\b(?:would|could|did|do|does|has|have|had|will|can|wo|ca)(?:n['’]t| not) {_ADVERBS}(?:{SILENT_VERBS}|made)\b|"
    rf"\bnot comment\w*|"
    rf"\bma(?:de|kes?|king) no (?:\w+ )?(?:mention|reference|comment|statement)|\bgave no\b|\bneither confirm\w* "
    rf"nor den\w+|\bsilent\b|(?<!break )(?<!breaks )(?<!broke )(?<!his )(?<!her )(?<!its )(?<!their )\bsilence\b|"
    r"\b(?:was|were|is|are|remained) (?:vague|evasive|tight-lipped|coy|unavailable|mum)\b|\bstopp?\w* short of\b|"
    r"\b(?:could not|couldn['’]t) be (?:immediately )?reached\b|"
    r"\byet to (?:\w+ly )?(?:comment|respond|reply|speak|answer|address|say)\b|"
    r"\bunavailable for comment\b|\bhad nothing to (?:say|add)\b|\b(?:unreturned|unanswered)\b|\bignored\b|"
    r"\bfailure to (?:comment|respond|answer)\b|\b(?:dodg|duck|evad|sidestepp|deflect)(?:e[sd]?|ing|s)\b|"
    r"\bnot immediately available\b|\bwithheld\b|\bgive any (?:hint|indication)\b",
    re.IGNORECASE,
)
# "A spokesman had no immediate | comment".
_COMMENT = re.compile(r"(?:immediate |further |public )*(?:comments?|response|reply|statements?)\W*", re.IGNORECASE)
_UNANSWERED = re.compile(rf"{_NOT} {_ADVERBS}(?:answer|take|respond to)\b[^.;]{{0,20}}\bquestions?\b", re.IGNORECASE)
_NEGATED = re.compile(
    rf"\b(?:would|could|did|do|does|has|have|had|will|can|was|were|is|are|ca|wo)?\s?{_NOT}", re.IGNORECASE
)
_UNCONFIRMED = re.compile(
    rf"(?:\b(?:not|never|cannot|unable to|yet to|neither)\b|n['’]t\b|\bno )[^.;]{{0,40}}?\b(?:confirm\w*|"
    rf"verif\w+|corroborat\w+|authenticat\w+|establish|determine|ascertain)|"
    r"\b(?:work|tr(?:y|ies|ied|ying)\b|seek|sought|attempt|hop(?:es|ed|ing)|struggl|scrambl|wait)\w* (?:\w+ly )?to "
    r"(?:\w+ly )?(?:confirm|verify|corroborate|authenticate|establish|determine|ascertain)\b|"
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
    r"caution\w*|warn\w*|repeat\w*|reiterat\w+|respond\w*|repl\w+|counter\w*)\b|^$",
    re.IGNORECASE,
)
# A judge who dismisses a case denies nothing.
_TURNS_DOWN = re.compile(r"\b(?:dismiss|reject)\w*", re.IGNORECASE)
_PROCEEDING = re.compile(
    r"(?:(?:the|an?|his|her|its|their|all|any) )?(?:[\w'’-]+ ){0,3}(?:case|charges?|lawsuits?|suit|appeals?|"
    r"motions?|bids?|requests?|"
    r"applications?|offers?|proposals?|plea|petitions?|bill|deal)\b",
    re.IGNORECASE,
)
_OPEN_QUESTION = re.compile(r"[\s“‘\"']*whether\b", re.IGNORECASE)
_CALLING = re.compile(r"\b(?:call|describ|label|brand|dismiss|characteri[sz])\w*", re.IGNORECASE)


def act_of(tag: Tag, text: str) -> Act:
    """The act of one attribution, `asserts` where nothing tells another."""
    if tag.act is not None:
        return tag.act
    if takes_own_back(tag, text):
        return Act.RETRACTS
    cue = _cue_words(tag, text)
    content = " ".join(words(tag.content, text).split())
    act = _pleads(cue, content) or _silent(cue, content) or _from_cue(cue, content) or _from_content(cue, content)
    if act is Act.ASSERTS and _OPEN_QUESTION.match(content):
        # Who tells whether it is so has not told here that it is.
        return Act.NOT_CONFIRMED
    if act in SUPPORT and _is_untold(tag, cue, text):
        return Act.NOT_CONFIRMED if _CONFIRMATION.search(cue) else Act.NO_COMMENT
    return act


def _is_untold(tag: Tag, cue: str, text: str) -> bool:
    """Whether the source is told not to have said it."""
    source = hull(tag.source)
    before = text[max(0, source.start - 60) : source.start] if source else ""
    nobody = bool(source and is_negative_source(source.of(text)))
    return nobody or bool(_UNTOLD.search(cue) or _NEVER_DID.search(before))


def _pleads(cue: str, content: str) -> Act | None:
    """The act of a plea: who pleads not guilty denies what he is charged with, who pleads guilty admits it."""
    plea = _PLEA.search(cue)
    if plea is None and not _A_PLEA.match(content):
        return None
    plea_text = f"{cue[plea.end() :]} {content}" if plea else content
    if _NOT_GUILTY.match(plea_text):
        return Act.DENIES
    return Act.CONFIRMS if _GUILTY.match(plea_text) else None


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
    gap = "not " if is_negative_source(words(tag.source, text)) else _gap(tag, text)
    return f"{gap if not negated else ''} {negated[0] if negated else ''}{cue}".strip()


def _silent(cue: str, content: str) -> Act | None:
    if _UNANSWERED.search(cue):
        return Act.NO_COMMENT
    if _UNCONFIRMED.search(cue) and not re.search(r"neither|nor\b|declin|refus", cue, re.IGNORECASE):
        return Act.NOT_CONFIRMED
    head = content.split(" ", 2)[:2]
    if _SILENCE.search(f"{cue} {content if _COMMENT.fullmatch(content) else ''}") and not (
        re.search(r"\brefus\w+$", cue, re.IGNORECASE) and head[:1] == ["to"] and not _is_silent_infinitive(content)
    ):
        return Act.NO_COMMENT
    if _NO_DENIAL.search(cue):
        return Act.NO_COMMENT
    if _says(cue) and is_unestablished(content):
        return Act.NOT_CONFIRMED
    if _says(cue) and refuses_comment(content):
        return Act.NO_COMMENT
    return None


def _says(cue: str) -> bool:
    """Whether a cue is a verb of plain saying, or only a mark."""
    return bool(_SAYING.search(cue)) or not any(char.isalnum() for char in cue)


def _is_silent_infinitive(content: str) -> bool:
    return bool(re.match(rf"to (?:{SILENT_VERBS})", content, re.IGNORECASE))


def _from_cue(cue: str, content: str) -> Act | None:
    if _RETRACTION.search(cue):
        return Act.RETRACTS
    if _TURNS_DOWN.search(cue) and _PROCEEDING.match(content):
        return Act.ASSERTS
    if _ASKING.search(cue) or (
        content.rstrip("\"”'’ ").endswith("?") and re.search(r"\bask|^:?$|\bchalleng", cue) and content.count(". ") == 0
    ):
        return Act.ASKS
    if _DENIAL.search(cue):
        return Act.DENIES
    if _CONFIRMATION.search(cue):
        return Act.NOT_CONFIRMED if _NEGATED.search(cue) else Act.CONFIRMS
    return None


def _from_content(cue: str, content: str) -> Act:
    if _CALLING.search(cue):
        return Act.DENIES if calls_false(content) else Act.ASSERTS
    if not _says(cue):
        return Act.ASSERTS
    if retracts(content):
        return Act.RETRACTS
    return Act.DENIES if denies(content) else Act.ASSERTS
