"""Who is credited: a verb's subject, wherever the sentence keeps it."""

from __future__ import annotations

import re
from typing import Any

from onrecord.datamodel.span import Spans
from onrecord.tagging.grammar.cues import RAISING
from onrecord.tagging.grammar.sentence import Sentence

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_NOBODY = frozenset({"there", "what", "this", "these"})
_SHARED = frozenset({"conj", "advcl", "xcomp", "ccomp", "pcomp", "dep"})
_ASKING = frozenset({"asked", "told", "informed", "reminded", "quoted", "warned", "urged", "advised"})
# Passives whose subject speaks: "was quoted as saying".
_OWN = frozenset({"quoted", "heard", "recorded", "reached"})
_FURTHEST = 5
_TRAIL = re.compile(
    r"(?:,? (?:on |late |early |last |this )*(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|today|"
    r"yesterday|tonight|week|month|year|also|later|recently|again|earlier|once|twice|then|now|never|reportedly))+$"
)


def subject(token: Any) -> Any:
    """The token that heads the words credited, None where nobody is."""
    seen = 0
    while seen < _FURTHEST:
        agent = next((child for child in token.children if child.dep_ == "agent"), None)
        if agent is not None and not seen:
            return next((child for child in agent.children if child.dep_ == "pobj"), None)
        found = next((child for child in token.children if child.dep_ in _SUBJECTS), None)
        if found is not None:
            return found
        above = token.head
        if token.dep_ == "acl" and above.tag_[:2] in ("NN", "PR", "DT", "CD"):
            return above if token.tag_ in ("VBG", "VB") else None
        if token.dep_ == "relcl" or above.i == token.i:
            return None
        if token.dep_ == "pcomp" and above.dep_ in ("prep", "mark"):
            above = above.head
        elif token.dep_ not in _SHARED:
            return None
        token, seen = above, seen + 1
    return None


def inverted(token: Any) -> Any:
    """Whoever stands right behind a verb that follows its quotation ("“…,” asked the mayor"), however parsed."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    for child in token.children:
        if child.i > token.i and child.dep_ in ("dobj", "attr", "oprd", "dative", "npadvmod", "ccomp", "appos"):
            return child if child.left_edge.i == after.i and child.tag_[:2] in ("NN", "PR") else None
    return None


def passive(token: Any) -> bool:
    """Whether a verb stands in the passive."""
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children)


def _undergoes(token: Any, head: Any) -> bool:
    """Whether the head is the one asked or told, not the one who asks or tells."""
    bare = token.tag_ == "VBN" and not any(child.dep_ in ("aux", "nsubj", "agent") for child in token.children)
    return (head.dep_ == "nsubjpass" and head.head.i == token.i) or (bare and head.dep_ in _SUBJECTS)


def source(here: Sentence, token: Any, head: Any = None) -> Spans:
    """The words credited for a verb, with title, apposition and relative clause; none where nobody is named."""
    head = head if head is not None else subject(token)
    if head is None or head.lower_ in _NOBODY or here.quote_of(head) is not None:
        return ()
    if head.dep_ == "nsubjpass" and head.head.i == token.i and token.lower_ not in _OWN:
        return ()
    if token.lower_ in _ASKING and token.tag_ in ("VBN", "VBD") and _undergoes(token, head):
        return ()
    if head.dep_ in _SUBJECTS and head.lower_ in ("who", "which", "that") and head.i < token.i:
        return here.piece(here.at(head), here.after(head))
    return _phrase(here, head, token)


def _phrase(here: Sentence, head: Any, verb: Any) -> Spans:
    left, right = head.left_edge, head.right_edge
    start, end = here.at(left), here.after(right)
    cue = here.at(verb)
    if here.at(head) < cue < end:
        clause = verb
        while clause.head.i != head.i and clause.head.i != clause.i:
            clause = clause.head
        end = min(cue, here.at(clause.left_edge))
    if here.at(head) > here.after(verb) > start:
        start = here.after(verb)
    for _, quote in here.stand_ins:
        if here.at(head) < quote.outer.start < end:
            end = quote.outer.start
        if start < quote.outer.end <= here.at(head):
            start = quote.outer.end
    while left.i < head.i and left.lower_ in ("but", "and", "as", "while", ",", "or", "so", "yet", "that"):
        left = left.nbor(1)
        start = max(start, here.at(left))
    trail = _TRAIL.search(here.words(start, end))
    if trail and trail.start() > 0:
        end = start + trail.start()
    return here.piece(start, end)


def cue_tokens(token: Any) -> tuple[Any, Any]:
    """First and last token of the verb group: auxiliaries, negation, "appeared to" and what comes between."""
    first = token
    while True:
        parts = [
            child for child in first.children if child.dep_ in ("aux", "neg", "auxpass", "advmod") and child.i < first.i
        ]
        before = [child for child in parts if _adjoins(child, first)]
        low = min(before, key=lambda one: one.i) if before else first
        above = first.head
        raised = first.dep_ in ("xcomp", "advcl") and above.lower_ in RAISING and 0 < low.i - above.i <= 2
        if not raised or first.tag_ not in ("VB", "VBG"):
            return low, next((one for one in token.children if one.dep_ == "prt" and one.i == token.i + 1), token)
        first = above


def _adjoins(child: Any, verb: Any) -> bool:
    """Whether nothing but parts of the verb group stands between."""
    between = child.doc[child.i + 1 : verb.i]
    group = {one.i for one in verb.children if one.dep_ in ("aux", "neg", "auxpass", "advmod")}
    return all(one.i in group or one.head.i in group for one in between)
