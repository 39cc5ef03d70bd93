"""What is done to a document by the verbs beside a mention of it: written, sent, obtained, posted, leaked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.attributing.documents.clauses import clause_end, phrase_from, subject_before, trimmed
from onrecord.attributing.lexicon.documents import FINITE, PARTICIPLES
from onrecord.datamodel.span import Span

_ADVERB = r"(?:not|never|also|only|first|yet|just|now|then|still|already|later|since|itself|\w{1,20}ly)"
_AUX = r"(?:was|were|is|are|has|have|had|been|being|be|should|could|would|may|might|must|will|cannot|\w+n['’]t)"
_PARTICIPLE = "|".join(map(re.escape, sorted(PARTICIPLES)))
_FINITE_FORM = "|".join(map(re.escape, sorted(FINITE)))
_VERB = re.compile(rf"\b(?P<group>(?:(?:{_AUX}|{_ADVERB})\s+)*)(?P<verb>\b(?:{_PARTICIPLE}))\b(?!['’-])")
_HAS_AUX = re.compile(rf"\b{_AUX}\b")
_BE = re.compile(r"\b(?:was|were|is|are|been|being|be)\b")
_NEGATED = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b")
# What may stand between a document and what is said of it.
_DIRECT = re.compile(r"\s*,?\s*(?:(?:(?:extracts?|excerpts?|parts?|a copy|copies) of )?(?:which|that)\s+)?$")
_BEHIND_PHRASE = re.compile(r"\s+(?:of|from|in|on|about|for|by|to|with)\s+[^,.;:“”\"]{1,70}\s$")
_JOINED = re.compile(r"(?:,|\band|\bbut|\balthough|\bthough|\bor)\s+$")
# A past form alone, with an object behind it, says what the document did.
_OBJECT = re.compile(
    r"\s+(?:an?|the|that|this|these|his|her|its|their|as many|what|how|all|some|several|no|"
    r"[A-Z][a-z]+ (?!Monday)[a-z]+)\b"
)
_BY_ITSELF = frozenset({"leak", "circulate"})
_COPY = r"(?:(?:an?|the|some)\s+)?(?:(?:copy|copies|version|extracts?|excerpts?|parts?|image|photo)\s+of\s+)"
_VERB_BEFORE = re.compile(rf"(?P<verb>\b\w+)(?:\s+(?:over|out|up|in|down|on))?\s+(?:{_COPY})?$")
_THAT_CLAUSE = re.compile(
    rf"\s+(?:that\s+|which\s+)?(?P<subject>(?:an?|the|"
    rf"[A-Z]\w*)\b[^.;:“”\"]{{1,60}}?)\s+(?:(?:{_AUX}|{_ADVERB})\s+)*(?P<verb>{_FINITE_FORM})\b"
)
_NOT_FINITE = re.compile(r"\bto\s+$")
_PROGRESSIVE = re.compile(rf"\b(?:is|are|was|were|been|be)\s+(?:{_ADVERB}\s+)?$")
_NOBODY = re.compile(r"(?:it|there|that|this)\b", re.IGNORECASE)
_BY = re.compile(r"\bby\s+")
_TO = re.compile(r"\bto\s+(?=[A-Z“\"]|the\b|an?\b|all\b|its\b|his\b|her\b|their\b|parents\b|\w+s\b)")


@dataclass(frozen=True, slots=True)
class Predicate:
    """What is said to have been done: frame, the verb with auxiliaries and what belongs to it, by whom, to whom."""

    frame: str
    span: Span
    verb: Span
    negated: bool = False
    agent: Span | None = None
    recipient: Span | None = None
    active: bool = False


def predicates(text: str, mention: Span, bounds: tuple[int, int]) -> Iterator[Predicate]:
    """The predicates of which a mention is what something was done to, in a sentence."""
    end = bounds[1]
    before = _done_before(text, mention, bounds)
    if before:
        yield before
    yield from done_behind(text, mention.end, end)
    clause = _THAT_CLAUSE.match(text, mention.end, min(end, mention.end + 120))
    if clause and clause["verb"] in FINITE and not _object_behind(text, clause.end(), end):
        agent = trimmed(text, clause.start("subject"), clause.end("subject"))
        yield Predicate(
            FINITE[clause["verb"]],
            Span(clause.start("subject"), clause_end(text, clause.end(), end)),
            Span(clause.start("verb"), clause.end("verb")),
            agent=agent,
            active=True,
        )


def _object_behind(text: str, at: int, end: int) -> bool:
    return bool(_OBJECT.match(text, at, end))


def _done_before(text: str, mention: Span, bounds: tuple[int, int]) -> Predicate | None:
    """ "KBS obtained the document": the verb stands right before the mention."""
    found = _VERB_BEFORE.search(text, bounds[0], mention.start)
    if not found or found["verb"] not in FINITE:
        return None
    # "for tweeting the photo", "used to upload it": nobody is said to have done it.
    if _NOT_FINITE.search(text, bounds[0], found.start("verb")) or (
        found["verb"].endswith("ing") and not _PROGRESSIVE.search(text, bounds[0], found.start("verb"))
    ):
        return None
    agent = subject_before(text, bounds[0], found.start("verb"))
    if agent is None or _NOBODY.match(text, agent.start):
        return None
    last = clause_end(text, mention.end, bounds[1])
    to = _TO.search(text, mention.end, min(last, mention.end + 40))
    recipient = phrase_from(text, to.end(), last) if to else None
    begin = agent.start if agent and found.start() - agent.end < 40 else found.start()
    group = text[begin : found.start()]
    return Predicate(
        FINITE[found["verb"].lower()],
        Span(begin, recipient.end if recipient else mention.end),
        Span(found.start("verb"), found.end("verb")),
        negated=bool(_NEGATED.search(group)),
        agent=agent,
        recipient=recipient,
        active=True,
    )


def done_behind(text: str, at: int, end: int) -> Iterator[Predicate]:
    """ "which was quickly circulated online", "obtained by the paper": done to what ends at `at`."""
    chained = False
    for found in _VERB.finditer(text, at, end):
        gap = text[at : found.start()]
        group = found["group"]
        auxiliary = bool(_HAS_AUX.search(group))
        direct = bool(_DIRECT.fullmatch(gap)) or (auxiliary and bool(_BEHIND_PHRASE.fullmatch(gap)))
        if not direct and not (chained and _JOINED.search(gap)):
            continue
        frame = PARTICIPLES[found["verb"]]
        passive = bool(_BE.search(group))
        if auxiliary and not passive and frame not in _BY_ITSELF:
            continue
        if not passive and _object_behind(text, found.end(), end):
            continue
        if found["verb"] == "appeared" and "first" not in group:
            continue
        chained = True
        yield _passive(text, found, frame, end)


def _passive(text: str, found: re.Match[str], frame: str, end: int) -> Predicate:
    last = clause_end(text, found.end(), end)
    by = _BY.search(text, found.end(), last)
    to = _TO.search(text, found.end(), last)
    agent = phrase_from(text, by.end(), last) if by else None
    recipient = phrase_from(text, to.end(), last) if to else None
    span = trimmed(text, found.start(), agent.end if agent else last) or Span(found.start("verb"), found.end("verb"))
    return Predicate(
        frame,
        span,
        Span(found.start("verb"), found.end("verb")),
        negated=bool(_NEGATED.search(found["group"])),
        agent=agent,
        recipient=recipient,
    )
