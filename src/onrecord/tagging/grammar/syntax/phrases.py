"""Cues that are no verbs: "according to" and nouns ("her claim that …")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.drafts import Draft
from onrecord.tagging.grammar.cues import NOUNS
from onrecord.tagging.grammar.sentence import Sentence
from onrecord.tagging.grammar.sources import source
from onrecord.tagging.rule_precision import prior

# "according to taste" sorts things; nobody says anything.
_MEASURES = frozenset(
    """ability age agreement amount colour color custom height instructions kind law length level need needs number plan
    preference region rule rules schedule season size standard standards taste thickness time type weight""".split()
)

HEARSAY = frozenset({"reportedly", "allegedly", "purportedly"})


def according(here: Sentence, token: Any) -> Iterator[Draft]:
    """ "…, according to the report" and "According to the report, …"."""
    to = token.nbor(1) if token.i + 1 < here.tokens.end else token
    head = next((child for child in (*to.children, *token.children) if child.dep_ == "pobj" and child.i > to.i), None)
    if to.lower_ != "to" or head is None or head.lower_ in _MEASURES:
        return
    end = here.after(head.right_edge)
    opening = not here.words(here.start, here.at(token)).strip(" \"“'")
    if opening:
        end = _apposition_end(here, head, end)
    credited = here.piece(here.at(head.left_edge), end)
    front = here.piece(_clause_start(here, token), here.at(token))
    rest = here.piece(end, here.end)
    resumed = here.words(end, end + 1) == ","
    content = (*front, *rest) if front and rest and resumed and _goes_on(token) else (front or rest)
    if credited and content:
        yield Draft(credited, (Span(here.at(token), here.after(to)),), content, prior("according"), rule="according")


def _clause_start(here: Sentence, token: Any) -> int:
    return here.start


def _goes_on(token: Any) -> bool:
    """Whether the clause that the phrase interrupts goes on behind it."""
    head = token.head
    return bool(head.i > token.i or head.right_edge.i > token.right_edge.i + 2)


def _apposition_end(here: Sentence, head: Any, end: int) -> int:
    """At a sentence's beginning the source ends at the first comma that opens no apposition."""
    words = here.words(here.after(head), end)
    comma = words.find(", ")
    if comma >= 0 and not re.match(
        r", (?:an?|the|who|which|whose|chief|director|head|president|professor|spokes\w+)\b", words[comma:]
    ):
        return here.after(head) + comma
    return end


def noun(here: Sentence, token: Any) -> Iterator[Draft]:
    """ "her claim that …", "the report by the panel that …"."""
    if token.lower_ not in NOUNS and token.lower_.removesuffix("s") not in NOUNS:
        return
    clause = next(
        (
            child
            for child in token.children
            if child.dep_ in ("acl", "ccomp") and child.i > token.i and _has_that(child)
        ),
        None,
    )
    if clause is None:
        return
    credited = _owner(here, token)
    content = here.piece(here.at(clause.left_edge), here.after(clause.right_edge))
    if content and credited:
        yield Draft(credited, (Span(here.at(token), here.after(token)),), content, prior("noun"), rule="noun")


def _owner(here: Sentence, token: Any) -> Spans:
    owner = next((child for child in token.children if child.dep_ == "poss"), None)
    if owner is None:
        by = next((child for child in token.children if child.lower_ in ("by", "from", "of")), None)
        owner = next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None
    if owner is not None:
        return here.piece(here.at(owner.left_edge), here.after(owner.right_edge))
    if token.dep_ == "dobj" and token.head.lower_ in (
        "made",
        "make",
        "makes",
        "making",
        "repeated",
        "issued",
        "released",
    ):
        return source(here, token.head)
    return ()


def _has_that(clause: Any) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in ("that", "whether") for child in clause.children)


def hearsay(here: Sentence, token: Any) -> Iterator[Draft]:
    """ "some 40 people were reportedly hurt": an adverb that credits nobody, and the clause it stands in."""
    head = token.head
    clause = head.head if head.dep_ in ("acl", "amod", "aux", "auxpass") else head
    if token.dep_ != "advmod" or (clause.dep_ in ("pobj", "pcomp") and head.dep_ != "acl"):
        return
    low, high = here.at(clause.left_edge), here.after(clause.right_edge)
    cue = Span(here.at(token), here.after(token))
    content = (*here.piece(low, cue.start), *here.piece(cue.end, high))
    if content:
        yield Draft((), (cue,), content, prior("hearsay"), rule="hearsay")
