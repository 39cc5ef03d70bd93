"""Contents split at clause grain: each clause is one proposition that could hold or not by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution
from onrecord.datamodel.span import Span, Spans
from onrecord.linking.clarity import FINITE
from onrecord.linking.headlines import sentence_case
from onrecord.linking.lexis import DOCUMENTS, OWNED, POINTERS, WORD, content_words
from onrecord.linking.slots import TIMES, Slots, slots, unsure

_FINITE = (
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|did|does|do|isn[’']t|wasn[’']t|"
    r"don[’']t|didn[’']t|won[’']t|said|went|made|took|gave|came|knew|[a-z]+ed)"
)
_SUBJECT = r"(?:he|she|it|they|we|you|there|this|that|who|nobody|no one|(?:the|a|an|his|her|their|our|its)\s+[\w’'-]+)"
_BREAK = re.compile(
    r"(?-i:(?<![A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b(?:Mrs|Gen|Sen|Rep|Col|Maj|Lt\.|Sgt|Gov|Rev|Jan|Feb|Aug|Oct|Nov|Dec)\.))"
    r"(?<=[.!?;])[”\"’']*\s+(?=\S)"
    r"|[”\"]\s+(?=(?:and|but)\s+(?:that\s+)?[“\"])"
    r"|\s*(?:,|;|\s[–—]|…|\.\.\.)?\s+(?:and|but|while|although|though|whereas)\s+(?=(?:that\s+|also\s+|then\s+)?"
    rf"(?:{_SUBJECT}\s+)?(?:not\s+|also\s+|then\s+)?{_FINITE}\b)"
    rf"|,\s+(?={_SUBJECT}\s+(?:\w+ly\s+)?{_FINITE}\b)"
    r"|(?:…|\.\.\.)\s*(?=[a-z])"
    r"|,\s+(?=(?:implies|adding|saying|which|not\s+(?:an?|made|done|said|sent|[a-z]+ed))\b)"
    r"|\s+(?=(?:in an effort to|in order to|rather than|as well as for|instead of)\b)",
    re.IGNORECASE,
)
# "The students, who came on Friday, were taken away": what goes on after an aside belongs to what stands before it.
_ASIDE = re.compile(
    rf"(?:who|which|whose|where)\b[^,;.!?“”\"]*,\s+(?:also\s+|then\s+|\w+ly\s+)?(?!and\b|but\b){_FINITE}\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\W*(?:(?:and|but|that|so)\s+)*(?:(?:if|unless|had)\b(?! not only)|[^,.;!?]*\b(?:if|unless) [^,.;!?]*"
    r"\b(?:is|are|was|were)\b)",
    re.IGNORECASE,
)
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Proposition:
    """One clause of one attribution's content; `pointer` where it only points at something said elsewhere.

    `wording` is one number, while a process runs, for all that have the same text, words and context.
    """

    attribution: str
    report: str
    text: str
    passage: Spans
    words: tuple[str, ...]
    slots: Slots
    act: Act
    refused: bool
    pointer: bool
    whole: bool
    context: tuple[str, ...] = ()
    speaker: str = ""
    sentence: str = ""
    subject: str = ""
    wording: int = field(default=0, compare=False)


def propositions(attributions: Sequence[Attribution], text: str, speakers: Sequence[str]) -> tuple[Proposition, ...]:
    """The propositions of one report's speech attributions, in order; a chain's outer layer adds none.

    `speakers` are the attributions' speakers by name, for the context of who speaks of himself.
    """
    found: list[Proposition] = []
    for attribution in attributions:
        if not attribution.outer_of:
            pieces = [piece for piece in clauses(attribution.content, text) if not _is_phatic(piece, text)]
            subjects = _subjects(pieces, text)
            for piece, subject in zip(pieces, subjects, strict=True):
                one = _proposition(attribution, piece, text, whole=len(pieces) == 1)
                found.append(replace(one, subject=subject) if subject else one)
    return _in_context(found, {one.id: name for one, name in zip(attributions, speakers, strict=True)})


# What only opens or closes what somebody says (phatic communion; Malinowski, 1923).
_PHATIC = re.compile(
    r"(?:(?:and|but|so|well|look|listen|ok|okay|no|yes|yeah|now),? )*(?:let me (?:put it (?:this|that) way|be (?:very |"
    r"absolutely |perfectly )?(?:clear|honest|frank)|say this|tell you(?: something| this| that)?|explain)|let[’']s be "
    r"(?:very |absolutely )?(?:clear|honest|frank)|(?:i[’']ll|i will|i can) (?:tell you(?: what| this| that)?|say this|"
    r"put it (?:this|that) way)|make no mistake(?: about it)?|first of all|to be (?:honest|clear|frank|fair)|"
    r"here[’']s the thing|here is the thing|thank you(?: (?:all|so much|very much))*|thanks|good (?:morning|afternoon|"
    r"evening)(?: everyone| all)?|believe me|mark my words|what can i say|you know(?: what)?(?: i mean)?|i mean|"
    r"of course|well|look|listen|hello|hi|welcome)",
    re.IGNORECASE,
)
_AROUND_PHATIC = " \t\n“”\"'‘’,;:.…!-–—"


def _is_phatic(piece: Spans, text: str) -> bool:
    told = " ".join(span.of(text) for span in piece).strip(_AROUND_PHATIC)
    return bool(_PHATIC.fullmatch(" ".join(told.split())))


_JOINED = re.compile(r"[\s,;]*(?:and|but)\s+(?:also\s+|then\s+)?")
_LEADS = re.compile(r"(?:[\s“”\"'‘’]|(?:that|and|but)\b)*")
_BESIDE = re.compile(r"\s(?:already|also|now|then|still|never|\w+ly)$")
_NAMED = re.compile(rf"(?P<who>(?:[\w’'.-]+\s){{0,4}}?[\w’'.-]+)\s(?={_FINITE}\b)", re.IGNORECASE)


def _subjects(pieces: Sequence[Spans], text: str) -> list[str]:
    """For each clause what its verb is told of, where the clause before has it: "Voss had a fall and | had surgery"."""
    found = [""] * len(pieces)
    for number, (before, piece) in enumerate(pairwise(pieces), 1):
        bare = FINITE.match(piece[0].of(text))
        if bare is None or not _JOINED.fullmatch(text, before[-1].end, piece[0].start):
            continue
        told = before[-1].of(text)
        start = _LEADS.match(told)
        named = _NAMED.match(told, start.end() if start else 0)
        who = _BESIDE.sub("", named["who"].rpartition(" that ")[2]) if named else ""
        found[number] = found[number - 1] or ("" if who.lower() in _LIGHT else who)
    return found


# "It is possible that A and we won't B": what follows in the same sentence is no more than possible too.
_POSSIBLY = re.compile(
    r"\W*(?:that\s+)?(?:it(?:[’']s| is| was) (?:\w+ly |quite |very )?possible|maybe|perhaps|possibly)\b", re.IGNORECASE
)
_SPEAKER = re.compile(r"\b(?:i|me|my|we|our|us|he|she|his|her)\b", re.IGNORECASE)
_BACK = re.compile(r"\b(?:it|its|that|this|them|those|so|one|they|their|he|she|him|his|her)\b", re.IGNORECASE)
_FEW_WORDS = 2


def _in_context(found: Sequence[Proposition], speakers: Mapping[str, str]) -> tuple[Proposition, ...]:
    """With the words that pronouns stand for: who speaks of himself, and what was said just before."""
    told: list[Proposition] = []
    before: tuple[str, ...] = ()
    for number, one in enumerate(found):
        if number and found[number - 1].attribution != one.attribution:
            before = found[number - 1].words
        context: tuple[str, ...] = ()
        if _SPEAKER.search(one.text):
            context = content_words(speakers[one.attribution])
        if len(one.words) <= _FEW_WORDS or _BACK.search(one.text):
            context = (*context, *before)
        wording = hash((one.text, one.words, context))
        told.append(replace(one, context=context, speaker=speakers[one.attribution], wording=wording))
    return tuple(told)


def _proposition(attribution: Attribution, passage: Spans, text: str, whole: bool) -> Proposition:
    told = sentence_case(" ".join(span.of(text) for span in passage), text)
    words = content_words(told)
    plain = [word.lower() for word in WORD.findall(told)]
    heads = [word for word in plain if word not in _LIGHT]
    # Who disputes "the letter" disputes what it says, not that there is one.
    act = _act(attribution.act, told)
    disputed = denial_cue(attribution, text) and (
        bool(_DOCUMENT.fullmatch(told)) or (0 < len(heads) <= 2 and all(word in DOCUMENTS for word in heads))
    )
    return Proposition(
        attribution=attribution.id,
        report=attribution.report,
        text=told,
        passage=passage,
        words=words,
        slots=slots(told),
        act=act,
        refused=denial_cue(attribution, text),
        pointer=_points(told, heads, attribution.act) or disputed or _looks_into(told, act),
        whole=whole,
        sentence=_sentence(attribution, text) if whole else "",
    )


LONGEST_SENTENCE = 240


def _sentence(attribution: Attribution, text: str) -> str:
    """The statement with who says it and how, where the three stand together in this order within one line."""
    if not attribution.source or not attribution.cue:
        return ""
    start, end = attribution.source[0].start, attribution.content[-1].end
    ordered = start < attribution.cue[0].start < attribution.content[0].start
    told = text[start:end] if ordered and end - start <= LONGEST_SENTENCE else ""
    return "" if "\n" in told else told


_CONTACT = frozenset(
    """e-mail e-mails email emails call calls phone message messages text texts letter letters request requests inquiry
    inquiries enquiries question questions comment comments query queries""".split()
)
_AROUND = frozenset(
    """sent left made put seeking sought asking asked repeated several multiple market potential ongoing pending case
    cases us reporters journalists newspaper further immediate since after when before first by at with not yet
    does do did""".split()
)


def _points(told: str, heads: Sequence[str], act: Act) -> bool:
    """Whether words only point: "the news", "to comment"; of who keeps silent also "calls on Thursday"."""
    if (len(heads) <= 3 and all(word in POINTERS for word in heads)) or _NO_TRUTH.search(told):
        return True
    if act is Act.DENIES and (not content_words(told) or _FALSE_ANSWER.fullmatch(told)):
        return True
    low = {word for word in heads if word not in POINTERS | _AROUND | TIMES}
    named = {word.lower() for word in WORD.findall(told) if word[0].isupper()}
    return act is Act.NO_COMMENT and not _CONTACT.isdisjoint(heads) and low <= named | _CONTACT


# "It was not", "that was a lie": what it denies was said before.
_FALSE_ANSWER = re.compile(
    r"\W*(?:that )?(?:this|that|it|these|those|they)(?: is|[’']s| was| are| were) (?:simply |just |all |not )?(?:an? )?"
    r"(?:lies?|false|untrue|true|nonsense|rubbish|wrong|fabrication|invention|so)\W*",
    re.IGNORECASE,
)
# "There is no truth to the claim on the website" says only that it is not so.
_NO_TRUTH = re.compile(
    r"\bno (?:\w+ )?(?:truth|substance|basis|merit|foundation) (?:to|in|for|behind|whatsoever (?:to|in)) (?:the|this|"
    r"that|these|those|such|any of the) (?:\w+ ){0,2}?(?:claims?|reports?|rumou?rs?|stor(?:y|ies)|allegations?|posts?|"
    r"postings?|suggestions?|speculation)(?: (?:on|by|in|from) (?:the |that |this )?(?:\w+ ){0,2}\w+)?\W*$",
    re.IGNORECASE,
)
# "Rejected a post on the site": what the post says is rejected.
_DOCUMENT = re.compile(
    r"(?:an?|the|this|that|these|those|any|all) (?:[\w-]+ ){0,2}(?:articles?|posts?|postings?|reports?|stor(?:y|ies)|"
    r"claims?|rumou?rs?|allegations?|tweets?|messages?)(?: (?:on|in|from|by|at|posted on|published by|published in) "
    r"(?:the |an? |its |his |her )?(?:[\w’'.-]+ ){0,4}[\w’'.-]+)?\W*",
    re.IGNORECASE,
)
_LOOKED_INTO = re.compile(
    r"(?:^|\b(?:investigat\w*|look(?:ing|ed)? (?:in)?to|examin\w*|check(?:ing|ed)?|review\w*|assess\w*|verif\w*|"
    r"confirm\w*|corroborat\w*|authenticat\w*|aware of)\s)"
    r"(?P<what>(?:(?:any|some|all|[A-Z][\w-]+(?:[’']s?)?|the|these|those|such)\s+)*\w+)\W*$"
)
_PRONOUNS = frozenset("it that this them those these so".split())


def _looks_into(told: str, act: Act) -> bool:
    """Whether a statement that neither asserts nor denies, or a denial, only names what others say: "the claim"."""
    found = _LOOKED_INTO.search(told) if act is not Act.ASSERTS else None
    if found is None:
        return False
    heads = [word.lower() for word in WORD.findall(found["what"]) if word.lower() not in _LIGHT]
    return bool(heads) and (all(word in POINTERS - _PRONOUNS for word in heads) or bool(OWNED.search(told)))


def _act(act: Act, told: str) -> Act:
    return Act.NOT_CONFIRMED if act in SUPPORT | DENIAL and unsure(told) else act


_DISMISSED = re.compile(r"\b(?:dismiss|reject|brush)\w*", re.IGNORECASE)
_AS = re.compile(
    r"\w\s+as\s+[“\"‘']?(?:an?\s|the\s|mere|just\s|pure|[a-z-]+[.,”\"’']*$|[a-z-]+(?:al|ic|ous|less|ful|able|ed)\b)"
)
_LIGHT = frozenset("the a an on to about of any or and its his her their shouted for in this that".split())
_DENIAL_CUE = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|disput|reject|refut|dismiss|rebut|contradict|debunk|disavow|rul(?:ed|es|ing) out|"
    r"challeng|question|withdr[ae]w|retract|walk(?:ed|s|ing) back|doubt|plea(?:d(?:ed|s|ing)?)? (?:of )?not guilty)\w*",
    re.IGNORECASE,
)


def denial_cue(attribution: Attribution, text: str) -> bool:
    """Whether the cue itself denies ("denied", "disputing"), so that the content is what is denied.

    Who dismisses a report as a prank says that it is one.
    """
    cues = [span.of(text) for span in attribution.cue]
    if any(map(_DISMISSED.search, cues)) and any(_AS.search(span.of(text)) for span in attribution.content):
        return False
    return any(map(_DENIAL_CUE.search, cues))


def clauses(content: Spans, text: str) -> tuple[Spans, ...]:
    """Split content spans at clause grain; clauses of fewer than three words join their neighbour."""
    pieces: list[Span] = []
    for span in content:
        pieces.extend(_split(span, text))
    merged: list[list[Span]] = []
    for piece in pieces:
        short = len(WORD.findall(piece.of(text))) < _FEWEST
        if merged and (short or sum(len(WORD.findall(one.of(text))) for one in merged[-1]) < _FEWEST):
            merged[-1].append(piece)
        else:
            merged.append([piece])
    return tuple(tuple(group) for group in merged)


def _split(span: Span, text: str) -> list[Span]:
    told = span.of(text)
    cuts = [0]
    for match in _BREAK.finditer(told):
        if _only_possible(told[: match.start()]) or _ASIDE.match(told, match.end()) or _on_condition(told, match):
            continue
        cuts.extend((match.start(), match.end()))
    cuts.append(len(told))
    found = []
    for start, end in list(pairwise(cuts))[::2]:
        trimmed = _trim(span.start + start, span.start + end, text)
        if trimmed:
            found.append(trimmed)
    return found or [span]


def _on_condition(told: str, cut: re.Match[str]) -> bool:
    """Whether a cut would part a condition from what depends on it: "if the lock fails, we will close the river"."""
    before = told[: cut.start()]
    start = max(before.rfind(mark) + 1 for mark in ".!?;")
    return cut.group().startswith(",") and bool(_CONDITION.match(before[start:])) and "," not in before[start:]


def _only_possible(before: str) -> bool:
    """Whether the sentence that a cut would part, told so far, is one of a mere possibility."""
    if before.rstrip("”\"’' ")[-1:] in (*".!?;", ""):
        return False
    return bool(_POSSIBLY.match(before[max(before.rfind(mark) + 1 for mark in ".!?;") :]))


def _trim(start: int, end: int, text: str) -> Span | None:
    while start < end and text[start] in " \t\n,;":
        start += 1
    while end > start and text[end - 1] in " \t\n,;":
        end -= 1
    return Span(start, end) if end > start and any(char.isalnum() for char in text[start:end]) else None
