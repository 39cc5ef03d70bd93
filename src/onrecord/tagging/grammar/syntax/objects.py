"""Content that is no finite clause: names, objects, infinitives and a few quoted words."""

from __future__ import annotations

from typing import Any

from onrecord.datamodel.span import Spans
from onrecord.tagging.grammar.cues import ADDRESSED, NAMING, OBJECT, SHOWING, SPEECH, WITH
from onrecord.tagging.grammar.extents import Said, before_aside, before_next_saying, name_end
from onrecord.tagging.grammar.sentence import Sentence

_NEAR = 2
_BOUND = frozenset("as for of about with over against to".split())
_NAMED = frozenset({"dobj", "oprd", "attr", "ccomp", "dative", "nsubj"})
_NO_CONTENT = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday week month year morning night day himself herself
    themselves itself""".split()
)


def naming(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """ "called the plan a mistake", "described it as “bold”", "was labelled a fraud by"."""
    if base not in NAMING:
        return None
    behind = [child for child in verb.children if child.i > verb.i and child.dep_ != "agent"]
    named = [child for child in behind if child.dep_ in ("oprd", "attr", "ccomp", "acomp") or child.lower_ == "as"]
    thing = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if thing is not None:
        spans = [here.piece(here.at(one.left_edge), here.after(one.right_edge)) for one in (thing, *named[:1])]
        return Said(tuple(span for one in spans for span in one), "naming") if named else None
    target = [child for child in behind if child.dep_ in _NAMED]
    if not target or any(child.lower_ in WITH["call"] and child.dep_ == "prep" for child in behind[:1]):
        return None
    marked = any(one.outer.start > here.after(verb) for one in here.quotes)
    if base != "describe" and not named and len(target) < 2 and not marked:
        return Said(here.piece(here.at(target[0].left_edge), here.after(target[0].right_edge)), "object")
    last = max([target[-1], *named], key=lambda one: one.i)
    return Said(here.piece(here.at(target[0].left_edge), name_end(here, last)), "naming")


def called_for(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """ "called for the minister to resign"."""
    for child in verb.children:
        opener = child.left_edge
        if (
            child.dep_ in ("advcl", "ccomp")
            and opener.i == verb.i + 1
            and opener.lower_ == "for"
            and "for" in WITH.get(base, ())
        ):
            return Said(
                here.piece(here.after(opener), here.after(child.right_edge)), "prepositional", here.after(opener)
            )
    return None


def prepositional(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """ "called for …", "pointed to …", "spoke of …", "pointed out …"."""
    taken = WITH.get(base)
    if taken is None:
        return None
    for child in verb.children:
        if child.lower_ not in taken or child.dep_ not in ("prep", "prt", "agent", "dative"):
            continue
        if not 0 < child.i - verb.i <= 2:
            continue
        end = here.after(child)
        stop = here.after(child.right_edge)
        others = [one for one in verb.children if one.i > child.i and one.dep_ in ("xcomp", "ccomp", "dobj", "advcl")]
        if others and (child.dep_ == "prt" or child.lower_ in ("on", "for", "upon")):
            stop = max(stop, here.after(others[0].right_edge))
        return Said(here.piece(end, before_aside(here, end, stop)), "prepositional", end)
    return None


def infinitive(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """ "promised to …", "urged the council to …", "denied having …", "accused them of …"."""
    open_clause = next(
        (child for child in verb.children if child.i > verb.i and child.dep_ in ("xcomp", "pcomp")), None
    )
    target = next((child for child in verb.children if child.i > verb.i and child.dep_ in ("dobj", "dative")), None)
    if open_clause is None and base == "accuse" and target is not None:
        last = max(
            (child for child in verb.children if child.i > verb.i and child.dep_ != "punct"), key=lambda one: one.i
        )
        start = here.at(target.left_edge)
        return Said(here.piece(start, before_aside(here, start, here.after(last.right_edge))), "object")
    if open_clause is None:
        return None
    first = open_clause.left_edge
    if target is not None and base in ADDRESSED and target.i < open_clause.i:
        first = target.left_edge
    start = max(here.at(first), here.after(verb))
    return Said(
        here.piece(start, before_next_saying(here, verb, open_clause, here.after(open_clause.right_edge))), "infinitive"
    )


def direct_object(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """ "confirmed the meeting"; what follows a comma stays out."""
    if base not in OBJECT:
        return None
    target = next((child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i), None)
    if target is None or target.lower_ in _NO_CONTENT:
        return None
    start, end = here.at(target.left_edge), here.after(target.right_edge)
    for child in verb.children:
        joined = child.i > target.i and child.dep_ in ("prep", "advcl", "oprd", "acl")
        if joined and not here.words(end, here.at(child.left_edge)).strip() and child.lower_ in _BOUND:
            end = here.after(child.right_edge)
    if base in SHOWING:
        end = max(end, here.after(verb.right_edge))
        end = before_next_saying(here, verb, target, end)
        return Said(here.piece(start, end), "object")
    return Said(here.piece(start, before_aside(here, start, end)), "object")


def marks(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """A few quoted words close by, where nothing else is governed."""
    if base not in SPEECH:
        return None
    free = [one for one in here.quotes if all(one != quote for _, quote in here.stand_ins)]
    for quote in free:
        gap = here.words(here.after(verb), quote.outer.start)
        if quote.outer.start >= here.after(verb) and len(gap.split()) <= _NEAR:
            return Said(here.piece(quote.outer.start, quote.outer.end), "marks")
    start = min([here.at(verb), *(span.start for span in source)])
    for quote in reversed(free):
        if quote.outer.end <= start and not here.words(quote.outer.end, start).strip(" ,"):
            return Said(here.piece(quote.outer.start, quote.outer.end), "marks")
    return None
