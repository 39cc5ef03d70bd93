"""Whether words can stand by themselves as a claim's text: a sentence, no fragment, no pronoun, no question."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from onrecord.linking.terms import WORD

_VAGUE = re.compile(
    r"^(?:it|he|she|they|this|that|these|those|there|which|who|we|i|you|them|his|her|their)\b", re.IGNORECASE
)
# A clause that lost its subject to the split, and a phrase that is no clause at all.
SUBJECTLESS = re.compile(
    r"^(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|does|did)(?:n[’']t)?\b", re.IGNORECASE
)
_PHRASE = re.compile(
    r"^(?:(?:said|told|\w{3,}ed) (?:that|to|the|he|she|it|they|an?|his|her|its|for|over|before|after|by|with|from|into|"
    r"against|about|up|out|off|back)|"
    r"who|whom|whose|which|where|when|to|not|said|been|being|in|on|as|for|of|by|with|from|at|about|into|than|\w+ing)\b",
    re.IGNORECASE,
)
# Words that no sentence ends with, and openings that leave the sentence to come.
_DANGLING = re.compile(
    r"\b(?:and|or|but|that|the|a|an|has|have|had|will|would|as|than|these|its|their)[\s“”\"'‘’.,]*$|"
    r"^(?:even (?:after|before|if|when)|as far as|things? that|prior to|because|since|after|before|despite)\b(?!.*,)",
    re.IGNORECASE,
)
# "The gate to have been shut": what is only reported of somebody is no sentence yet.
_INFINITIVE = re.compile(r"^(?:[\w’'-]+ ){1,6}to (?:have|be)\b", re.IGNORECASE)
_OPEN = re.compile(r"^(?:(?:the )?(?:goal|question|problem|issue)|what|how|why|if|when)\b|\?$", re.IGNORECASE)
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|did|does|do|"
    r"(?:it|he|she|that|there|who|what|here)[’']s|[’'](?:re|ve|ll|d)|"
    r"\w+n[’']t|cannot|[a-z]{2,}ed|said|says|went|made|took|gave|came|knew|met|left|won|lost|found|told|saw|began|"
    r"held|brought|kept|sent|built|paid|felt|led|ran|fell|stood|wrote|spoke|broke|chose|drove|flew|grew|hid|rose|"
    r"sold|shot|threw|wore|got|put|set|cut|hit|let|quit|hurt|bought|caught|fought|thought|stole|struck|swore|drew|"
    r"became|heard|meant|spent|shook|sank|sat|hung|fled|dealt)\b",
    re.IGNORECASE,
)
# Verbs of the present; plural nouns that look like them make a phrase pass for a sentence, never the reverse.
_PRESENT = re.compile(
    r"\b(?:[a-z]{2,}s|say|think|know|want|need|believe|hope|expect|remain|seem|mean|make|take|go|get|give|work|live|come|"
    r"like|love|support|agree|plan|appear|deserve|regret|condemn|call|ask|urge)\b(?![’'])"
)
# "A newly surfaced recording", "a crime being committed": participles that belong to a noun are no sentence's verbs.
_ATTRIBUTIVE = re.compile(
    r"\b(?:(?:an?|the|his|her|its|their|our|some|any|this|these|those) (?:\w+ly )?[a-z]+ed(?= [\w$£€])|"
    r"being [a-z]+ed\b)",
    re.IGNORECASE,
)
# "How the robots learn": an indirect question.
_INDIRECT = re.compile(r"^(?:how|why|where|whether)\b(?!.*,)", re.IGNORECASE)
_RELATIVE = re.compile(r",? (?:that|who|which|whom|whose) ")
_FIRST_PERSON = re.compile(r"\b(?:we|i|our|us|my|you|your)\b", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def standalone_score(told: str) -> float:
    """How well a text stands by itself: less for a fragment, a pronoun, a question, for too long and too short ones."""
    size = len(WORD.findall(told))
    total = -3.0 * bool(SUBJECTLESS.search(told) or _PHRASE.search(told) or _DANGLING.search(told))
    total -= 3.0 * _headless(told) + 2.0 * bool(_INFINITIVE.search(told))
    total -= 2.0 * bool(_VAGUE.search(told)) + 1.0 * bool(_FIRST_PERSON.search(told))
    total -= 0.15 * max(0, size - 18) + 0.5 * max(0, 5 - size) + 6.0 * (size < 3)
    return total - 1.5 * (not FINITE.search(_ATTRIBUTIVE.sub("it", told))) - 1.0 * bool(_OPEN.search(told))


@lru_cache(maxsize=1 << 16)
def finite(told: str) -> bool:
    """Whether some verb of a text is finite."""
    return bool(FINITE.search(told))


def _headless(told: str) -> bool:
    """Whether all verbs belong to clauses about a noun that itself does nothing: "the driver, who they shot"."""
    before, *clauses = _RELATIVE.split(told)
    if not clauses or FINITE.search(before):
        return False
    return told[len(before) :].startswith(" that ") or sum(map(_verbs, clauses)) <= len(clauses)


def _verbs(clause: str) -> int:
    """How many groups of finite verbs there are: "had died" is one."""
    found = list(FINITE.finditer(clause))
    return len(found) - sum(not clause[one.end() : other.start()].strip() for one, other in pairwise(found))


def fragment(told: str) -> bool:
    """Whether words are less than a sentence; those that may be one pass."""
    if _INDIRECT.search(told) or _DANGLING.search(told):
        return True
    told = _ATTRIBUTIVE.sub("it", told)
    rest = told.partition(" ")[2]
    verbless = not FINITE.search(told) and not _PRESENT.search(rest)
    headless = _headless(told) and not _PRESENT.search(_RELATIVE.split(rest)[0])
    return verbless or headless or bool(_PHRASE.search(told) and not FINITE.search(rest))
