"""What a negation denies: the verb behind "not", what "no" stands before and the verb behind that."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.linking.lexis import WORD, content_words

_NOT = re.compile(r"\b(?:not|never|cannot|hardly|unable to|failed to|refused to)\b|n[’']t\b", re.IGNORECASE)
_NO = re.compile(r"\b(?:no one|none|nobody|neither|nor|nothing|no|without)\b", re.IGNORECASE)
# Subjects, which say nothing of what is denied; "no" stands before what is.
_NOBODY = frozenset("no one/none/nobody/neither/nor".split("/"))
# Words that leave it to others to say what is denied: "no decision to leave", "a withdrawal is not happening".
_LIGHT = frozenset(
    content_words(
        "decision plan plans indication evidence sign signs intention order truth reason proof word happening happened "
        "happen made make making take taken taking place occur occurred exist exists existed done true case correct "
        "right ours mine hers theirs accurate real part question doubt issue way need believe believed think thought "
        "expect expected buy accept whatever whatsoever near anything "
        "something nothing everything"
    )
)
# "There is no truth to the claim that the quay is closed" denies that it is, not what others say of truth or claims.
_TOLD = frozenset(content_words("truth claim claims report reports rumour rumor rumours story stories allegation"))
# Between a negation and what it denies.
_BETWEEN = frozenset(
    """be been being is are was were have has had having do does did will would can could may might shall should must
    to going go yet also ever even really actually still so just only in any way the a an that this these those of
    it they he she we you i there able""".split()
)
_ENDS = re.compile(r"[.;!?]|\b(?:but|because|although|though|while|and)\b", re.IGNORECASE)
_BREAKS = frozenset("of in on at by for from to with about over under after before since who which that".split())
_VERB = re.compile(
    r"^(?!missing|remaining|following|including|according|during)[a-z]+(?:ed|en|ing)$|"
    r"^(?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does)$"
)
MOST_NAMED, MOST_VERBS = 3, 2


@lru_cache(maxsize=1 << 15)
def denied(text: str) -> frozenset[str]:
    """Stems of the words that a text's negations bear on; empty where it has none."""
    told = [_after_not(_rest(text, match.end())) for match in _NOT.finditer(text)]
    told += [_after_no(_rest(text, match.end()), match[0].lower() in _NOBODY) for match in _NO.finditer(text)]
    found = frozenset().union(*told)
    if not told or not found <= _LIGHT:
        return found
    whole = found.union(content_words(text))
    return (whole - _TOLD) or whole


# "If no call could be sent, it sank fast" claims nothing of a call.
_CONDITION = re.compile(
    r"^\W*(?:(?:and|but|so|that|even) )*(?:if|unless)\b[^,]*,\s*|,? (?:if|unless)\b.*$", re.IGNORECASE
)


def main_clause(text: str) -> str:
    """A sentence without the condition that opens or ends it; the whole where nothing else is left.

    Example:
        >>> main_clause("If the gate was shut, the water rose")
        'the water rose'
    """
    return _CONDITION.sub("", text) or text


def _rest(text: str, start: int) -> list[str]:
    end = _ENDS.search(text, start)
    return WORD.findall(text[start : end.start() if end else len(text)])


def _after_not(words: list[str]) -> set[str]:
    """The verb, or what is said to be, and what "any" stands before."""
    found: set[str] = set()
    for word in words:
        if word.lower() in _BETWEEN or word.lower().endswith("ly"):
            continue
        found.update(content_words(word))
        break
    low = [word.lower() for word in words]
    if "any" in low:
        found.update(_named(words[low.index("any") + 1 :]))
    return found


def _after_no(words: list[str], nobody: bool) -> set[str]:
    """What is named right behind, up to a preposition, and the next verbs."""
    found = set() if nobody else set(_named(words))
    verbs = [word for word in words if _VERB.search(word.lower())]
    told = [stem for word in verbs for stem in content_words(word) if not (nobody and stem in _LIGHT)]
    found.update(told[:MOST_VERBS])
    return found


def _named(words: list[str]) -> list[str]:
    named: list[str] = []
    for word in words[: 2 * MOST_NAMED]:
        if word.lower() in _BREAKS:
            break
        named.extend(content_words(word))
    return named[:MOST_NAMED]
