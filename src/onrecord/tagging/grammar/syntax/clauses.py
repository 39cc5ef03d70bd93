"""Content that is a finite clause: behind its verb, in front of it, or around it."""

from __future__ import annotations

import re
from typing import Any

from onrecord.datamodel.span import Spans
from onrecord.tagging.grammar.cues import SHOWING, SPEECH
from onrecord.tagging.grammar.extents import Said, before_next_saying, complement_end, lead
from onrecord.tagging.grammar.sentence import Sentence

# A new clause behind "he said,".
_CONTRAST = re.compile(r",\s(?:and|but|while|though|although|as)\b")
# A relay in the middle: "said the letter is a draft, according to the network, and that …".
_RESUMED = re.compile(r",? according to [^,;]{2,60}, (?=(?:and|but) )")
_JOINS = ("", ",", "—", "–", "-", "?", "!")


def complement(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """ "said that …", "said …", "told reporters …", "asked whether …"."""
    clause = right_clause(verb)
    if clause is None:
        return None
    inner = relayed(clause)
    if inner is not None:
        stop = min(here.at(child.left_edge) for child in (clause, *clause.children) if child.i > inner.right_edge.i)
        return Said(here.piece(max(here.at(inner.left_edge), here.after(verb)), stop), "clause")
    left = clause.left_edge
    while left.i <= verb.i:
        left = left.nbor(1)
    start = max(here.at(left), here.after(verb))
    if any(span.start <= start < span.end for span in source):
        start = max(span.end for span in source)
    end = complement_end(here, verb, clause) if base not in SHOWING else here.after(verb.right_edge)
    stop = before_next_saying(here, verb, clause, end)
    aside = _RESUMED.match(here.words(stop, end))
    rest = here.piece(stop + aside.end(), end) if aside else ()
    return Said((*here.piece(start, stop), *rest), "clause")


def right_clause(verb: Any) -> Any:
    """The finite clause behind a verb that is its complement, None where there is none."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ == "ccomp":
            return child
    for child in verb.children:
        if child.i > verb.i and child.dep_ == "prep" and child.lower_ in ("in", "on", "at", "during"):
            return next((one for one in child.subtree if one.dep_ in ("acl", "ccomp", "relcl") and _that(one)), None)
    return None


def _that(clause: Any) -> bool:
    """Whether a clause is a "that" clause with its own subject ("confirmed in a statement that he had …")."""
    marks = {child.dep_: child for child in clause.children if child.dep_ in ("mark", "nsubj", "nsubjpass")}
    return "mark" in marks and marks["mark"].lower_ == "that" and len(marks) > 1


def relayed(clause: Any) -> Any:
    """What was said, where a complement is itself a report of it ("… said it was over, the agency reported")."""
    if clause.lower_ not in SPEECH:
        return None
    inner = [child for child in clause.children if child.dep_ == "ccomp" and child.i < clause.i]
    named = any(child.dep_ == "nsubj" and inner and child.i > inner[0].i for child in clause.children)
    return inner[0] if inner and named and clause.right_edge.i <= clause.i + 8 else None


def fronted(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """ "The road is closed, police said."."""
    clause = next((child for child in verb.children if child.i < verb.i and child.dep_ == "ccomp"), None)
    first = min([here.at(verb), *(span.start for span in source)])
    if clause is None or not source or here.at(clause) >= first or base not in SPEECH:
        return None
    start = _front_start(here, verb, clause)
    front = here.piece(start + lead(here.words(start, first)), first)
    if front and here.words(front[-1].end, first).strip() not in _JOINS:
        return None
    last = max([here.after(verb), *(span.end for span in source)])
    rest = here.words(last, here.end)
    resumed = re.match(r",\s", rest) and not _CONTRAST.match(rest) and any(one.i > verb.i for one in clause.children)
    return Said((*front, *(here.piece(last, here.end) if resumed else ())), "fronted")


def _front_start(here: Sentence, verb: Any, clause: Any) -> int:
    """Where a clause in front of its verb begins: with the sentence, unless the verb is part of another clause."""
    if verb.dep_ == "ROOT" or (verb.dep_ == "ccomp" and verb.head.i < clause.i and relayed(verb) is not None):
        return here.start
    start = here.at(clause.left_edge)
    return max(start, here.at(verb.head)) if verb.dep_ == "conj" and verb.head.i < clause.i else start


def around(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """ "The road, police said, is closed."; "As police put it, …"."""
    if verb.dep_ not in ("parataxis", "ccomp", "dep", "advcl") or not source or base not in SPEECH:
        return None
    start = min([here.at(verb), *(span.start for span in source)])
    end = max([here.after(verb), *(span.end for span in source)])
    marker = next((child for child in verb.children if child.lower_ == "as" and child.i < verb.i), None)
    if verb.dep_ == "advcl":
        if marker is None:
            return None
        start, end = min(start, here.at(marker)), max(end, here.after(verb.right_edge))
    elif not (verb.head.i > verb.i or here.words(end, end + 1) in (",", ".", "—", "–") or here.end - end < 3):
        return None
    front = here.piece(here.start + lead(here.words(here.start, start)), start)
    resumed = here.words(end, end + 1) in (",", "—", "–") and not _CONTRAST.match(here.words(end, here.end))
    if verb.dep_ != "advcl" and not (front and here.words(front[-1].end, start).strip() in (",", "—", "–")):
        return None
    return Said((*front, *(here.piece(end, here.end) if resumed else ())), "around")
