"""Whether a cue tells of speech that took place, or of what is supposed, still to come, wished for, asked or untrue.

What stands over the cue decides: the words of its verb group, the verb that its source is the object of, the
conjunction that opens its clause, a question's word order. Who "has not said" a thing refuses: an act, told elsewhere.
"""

from __future__ import annotations

import re

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, hull

_ADVERBS = r"(?:(?:\w+ly|yet|also|soon|still|now|then|ever|even|either|later|first|again|just) )*"
_NOT = re.compile(r"\b(?:not|never|cannot|no longer)\b|n[’']t\b", re.IGNORECASE)
_MODAL = re.compile(
    rf"(?:\b(?:will|shall|would|should|could|might|may|must|ought to)|[’'](?:ll|d)) {_ADVERBS}"
    r"(?:to )?\w",
    re.IGNORECASE,
)
# "He would only say that …", "she would later tell a court": said all the same.
_SAID_ALL_THE_SAME = re.compile(
    r"\b(?:would|could|will) (?:\w+ly )?(?:only|just|later|go on to|then|subsequently|eventually|merely) |"
    r"\b(?:would|will|could|should|may|might) (?:\w+ )?(?:seem|appear|suggest|imply|indicate|be (?:heard|seen|read))|"
    r"\breportedly\b|\b(?:say|tell|add|note|confirm|admit)\w* only\b|[’']d (?:\w+ly )?\w+(?:ed|id|ld|wn)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:plan|intend|hope|aim|want|wish|expect|prepar|need|seek|wait|yearn|mean|meant|going|about|due|"
    r"set|scheduled|likely|poised|ready|keen|eager|supposed|urged|pressed|asked|free|entitled|under pressure)"
    rf"(?:s|ed|es|e|ing|ning)? (?:\w+ly )?to {_ADVERBS}(?:be (?:able|ready|allowed) to )?(?:have )?\S+$",
    re.IGNORECASE,
)
# "… to admit" of whom somebody else wants it.
_WISHED = re.compile(
    r"\b(?:want|wait|urg|ask|press|call|appeal|demand|need|expect|beg|implor|pray|plead|encourag|prefer|wish|hop|look|"
    r"petition|challeng|invit|instruct|order|pressur|lobb|push|dar|forbid|forbad)"
    r"(?:s|ed|e|es|ing|ied|y)? (?:on |for |upon |to )?$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:^|[\s“\"(—–-])(?:if|unless|suppos(?:e|ing)|imagine|(?:just )?in case|in the event(?: that)?|whether|"
    r"(?:as|so) long as|provided|providing|assuming|lest|on condition(?: that)?)(?: that)? $",
    re.IGNORECASE,
)
# "Until the court rules": a day still to come, where the verb stands in the present.
_UNTIL = re.compile(
    r"(?:^|[\s“\"(])(?:until|till|once|before|as soon as|the (?:day|moment)(?: when| that)?) $", re.IGNORECASE
)
_PRESENT = re.compile(r"(?:[a-z]+s|say|tell|report|confirm|admit|announce|rule|find|declare)$", re.IGNORECASE)
_INVERTED = re.compile(
    r"(?:^|[.!?:;,] |\b(?:and|but|or|why|when|how|what|where) |[“\"])(?P<verb>should|had|were|did|do|does|has|have|is|"
    r"are|was|will|would|"
    r"could|can) $",
    re.IGNORECASE,
)
_SUPPOSING = frozenset({"should", "had", "were"})
# "It is not true that police said …".
_UNTRUE = re.compile(
    r"\b(?:(?:not|n[’']t) (?:\w+ )?(?:true|correct|accurate|the case|clear)|untrue|false|no (?:truth|evidence|proof|"
    r"sign|indication|suggestion|record)|denie[sd]|deny|denying|a (?:lie|myth|hoax))(?: in the \w+| of \w+)?"
    r"(?: that)? $",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?:who|which \w+|what \w+)$", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"(?:I|we)$", re.IGNORECASE)
_LONGEST_GROUP = 60
_SENTENCE = re.compile(r"[.!?][”\"’']*\s|\n")


def is_unreal(tag: Tag, text: str) -> bool:
    """Whether what the cue tells of is only supposed, still to come, wished for, asked, or told to be untrue."""
    source, cue = hull(tag.source), hull(tag.cue)
    if cue is None or not any(char.isalpha() for char in cue.of(text)):
        return False
    begin = source.start if source is not None and source.start < cue.start else cue.start
    before = text[_sentence_start(text, begin) : begin]
    who = source.of(text) if source is not None else ""
    first = source is not None and source.start < cue.start
    if first and (_supposed(before, cue.of(text)) or _asked(who, before, _ends_in_question(tag, text))):
        return True
    group = _verb_group(source, cue, text)
    told = f"{group} {text[cue.end : cue.end + 8].strip()}"
    if _FIRST_PERSON.match(who) or _NOT.search(group) or _SAID_ALL_THE_SAME.search(told):
        return False
    return bool(_MODAL.search(group) or _TO_COME.search(group))


def _verb_group(source: Span | None, cue: Span, text: str) -> str:
    """The cue with what stands between it and its subject before it."""
    if source is not None and source.end <= cue.start and cue.start - source.end <= _LONGEST_GROUP:
        between = text[source.end : cue.start]
        return " ".join(f"{between if ',' not in between else ''}{cue.of(text)}".split())
    return " ".join(cue.of(text).split())


def _sentence_start(text: str, place: int) -> int:
    start = max(0, place - 200)
    ends = [match.end() for match in _SENTENCE.finditer(text, start, place)]
    return ends[-1] if ends else start


def _supposed(before: str, cue: str) -> bool:
    """Whether the clause of source and cue is a condition, a wish of others, or said to be untrue."""
    if _CONDITION.search(before) or _UNTRUE.search(before):
        return True
    if _UNTIL.search(before) and _PRESENT.match(cue):
        return True
    return bool(re.match(r"to\b|saying\b", cue, re.IGNORECASE) and _WISHED.search(before))


def _asked(source: str, before: str, question: bool) -> bool:
    """Whether the verb stands before its subject as in a question or, without one, in a condition: "had he said so"."""
    found = _INVERTED.search(before)
    if found is not None and found["verb"].lower() in _SUPPOSING and not question:
        return True
    return question and (found is not None or (not before.strip("“\"'‘ ") and bool(_ASKED.match(source))))


def _ends_in_question(tag: Tag, text: str) -> bool:
    end = max(span.end for span in (*tag.content, *tag.cue))
    return "?" in text[end - 1 : end + 2]
