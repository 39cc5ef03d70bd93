"""Contents split at clause grain: each clause is one proposition that could hold or not by itself."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.datamodel.attribution import Attribution, Mode
from onrecord.datamodel.span import Span, Spans
from onrecord.linking.standalone import finite
from onrecord.linking.terms import WORD

_FINITE = (
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|did|does|do|isn[’']t|wasn[’']t|"
    r"don[’']t|didn[’']t|won[’']t|said|went|made|took|gave|came|knew|[a-z]+ed)"
)
_SUBJECT = r"(?:he|she|it|they|we|you|there|this|that|who|nobody|no one|(?:the|a|an|his|her|their|our|its)\s+[\w’'-]+)"
_BREAK = re.compile(
    r"(?-i:(?<![A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<! v\.)(?<! vs\.)"
    r"(?<!\b(?:Mrs|Gen|Sen|Rep|Col|Maj|Lt\.|Sgt|Gov|Rev|Jan|Feb|Aug|Oct|Nov|Dec)\.))"
    r"(?<=[.!?;])[”\"’']*\s+(?=\S)"
    r"|[”\"]\s+(?=(?:and|but)\s+(?:that\s+)?[“\"])"
    r"|\s*(?:,|;|\s[–—]|…|\.\.\.)?\s+(?:and|but|while|although|though|whereas)\s+(?=(?:that\s+|also\s+|then\s+)?"
    rf"(?:{_SUBJECT}\s+)?(?:not\s+|also\s+|then\s+)?{_FINITE}\b)"
    r"|,?\s+(?:and|but)\s+(?=that\s+(?!of\b)\w)"
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


# "It is possible that A and we won't B": what follows in the same sentence is no more than possible too.
_POSSIBLY = re.compile(
    r"\W*(?:that\s+)?(?:it(?:[’']s| is| was) (?:\w+ly |quite |very )?possible|maybe|perhaps|possibly)\b", re.IGNORECASE
)


_DISMISSED = re.compile(r"\b(?:dismiss|reject|brush)\w*", re.IGNORECASE)
_AS = re.compile(
    r"\w\s+as\s+[“\"‘']?(?:an?\s|the\s|mere|just\s|pure|[a-z-]+[.,”\"’']*$|[a-z-]+(?:al|ic|ous|less|ful|able|ed)\b)"
)
_DENIAL_CUE = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|disput|reject|refut|dismiss|rebut|contradict|debunk|disavow|rul(?:ed|es|ing) out|"
    r"challeng|question|withdr[ae]w|retract|walk(?:ed|s|ing) back|doubt)\w*",
    re.IGNORECASE,
)


def denial_cue(attribution: Attribution, text: str) -> bool:
    """Whether the cue itself denies ("denied", "disputing"), so that the content is what is denied.

    Who dismisses a report as a prank says that it is one, and whose denial is quoted as a sentence says what it says.
    """
    if attribution.mode is Mode.DIRECT and _own_sentence(" ".join(span.of(text) for span in attribution.content)):
        return False
    cues = [span.of(text) for span in attribution.cue]
    if any(map(_DISMISSED.search, cues)) and any(_AS.search(span.of(text)) for span in attribution.content):
        return False
    return any(map(_DENIAL_CUE.search, cues))


def _own_sentence(told: str) -> bool:
    """Whether quoted words are a whole sentence: denied “any part in it” is none, denied: “No gate was shut” is."""
    first = next((letter for letter in told if letter.isalpha()), "")
    return first.isupper() and finite(told)


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
