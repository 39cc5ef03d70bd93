"""What a verb attributes: the clause, infinitive, object or quotation that it governs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from onrecord.datamodel.quotation import Quotation
from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.grammar.cues import ADDRESSED, NAMING, OBJECT, SAYING, SHOWING, SPEECH, WITH
from onrecord.tagging.grammar.sentence import Sentence

_LEADING = re.compile(r"^(?:But|And|Yet|So|Still|However,|Meanwhile,|Also,|Instead,|Plus,|Then,|Or)\s+")
_ASIDE = re.compile(r", (?=(?:which|who|whose|where|while|saying|a reference|citing|after|when|as)\b)")
# A new clause behind "he said,".
_CONTRAST = re.compile(r",\s(?:and|but|while|though|although|as)\b")
_NEAR = 2
_BOUND = frozenset("as for of about with over against to".split())
_NAMED = frozenset({"dobj", "oprd", "attr", "ccomp", "dative", "nsubj"})
_RELAYED = re.compile(r",? according to\b")
# A relay in the middle: "said the letter is a draft, according to the network, and that …".
_RESUMED = re.compile(r",? according to [^,;]{2,60}, (?=(?:and|but) )")
_TEMPORAL = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday week month year morning night day".split()
)


@dataclass(frozen=True, slots=True)
class Said:
    """The content of one verb, the rule that found it, and where the cue ends when a preposition belongs to it."""

    content: Spans
    rule: str
    cue_end: int | None = None


def said(here: Sentence, verb: Any, base: str, source: Spans, quotes: list[Quotation]) -> Said | None:
    """What a verb attributes, by the first form that fits; None where it attributes nothing."""
    if quotes:
        return _quoted(here, verb, source, quotes)
    for form in (_called_for, _clause, _fronted, _around, _naming, _prepositional, _infinitive, _object, _marks):
        found = form(here, verb, base, source)
        if found is not None and found.content:
            return found
    return None


def right_clause(verb: Any) -> Any:
    """The finite clause behind a verb that is its complement, None where there is none."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ == "ccomp":
            return child
    for child in verb.children:
        if child.i > verb.i and child.dep_ == "prep" and child.lower_ in ("in", "on", "at", "during"):
            return next((one for one in child.subtree if one.dep_ in ("acl", "ccomp", "relcl") and _that(one)), None)
    return None


def relayed(clause: Any) -> Any:
    """What was said, where a complement is itself a report of it ("… said it was over, the agency reported")."""
    if clause.lower_ not in SPEECH:
        return None
    inner = [child for child in clause.children if child.dep_ == "ccomp" and child.i < clause.i]
    named = any(child.dep_ == "nsubj" and inner and child.i > inner[0].i for child in clause.children)
    return inner[0] if inner and named and clause.right_edge.i <= clause.i + 8 else None


def _that(clause: Any) -> bool:
    """Whether a clause is a "that" clause with its own subject ("confirmed in a statement that he had …")."""
    marks = {child.dep_: child for child in clause.children if child.dep_ in ("mark", "nsubj", "nsubjpass")}
    return "mark" in marks and marks["mark"].lower_ == "that" and len(marks) > 1


def _quoted(here: Sentence, verb: Any, source: Spans, quotes: list[Quotation]) -> Said:
    start = min([here.at(verb), *(span.start for span in source)])
    end = max([here.after(verb), *(span.end for span in source)])
    spans: list[Span] = []
    for quote in quotes:
        if quote.outer.start < start:
            spans.extend(_before_verb(here, quote, start))
        else:
            spans.extend(_behind_verb(here, verb, quote, end))
    return Said(tuple(spans), "quoted")


def _before_verb(here: Sentence, quote: Quotation, stop: int) -> Spans:
    """The quotation, and the words about it that belong to the same clause."""
    low, high = quote.outer.start, quote.outer.end
    lead = here.words(here.start, low)
    if lead.strip() and lead.rstrip()[-1:].isalnum() and not any(one.outer.end <= low for one in here.quotes):
        low = here.start + _lead(lead)
    tail = here.words(high, stop)
    if (
        len(tail.split()) > 2
        and quote.inner.of(here.text).rstrip()[-1:] not in ",?!"
        and tail.strip()[:1] not in ",—–-"
    ):
        high = stop
    return here.piece(low, high)


def _behind_verb(here: Sentence, verb: Any, quote: Quotation, end: int) -> Spans:
    clause = right_clause(verb)
    start = quote.outer.start
    gap = here.words(end, start)
    opener = re.search(r"(?:^|[\s,])(that|how|why|if|whether)\b", gap)
    if (
        clause is not None
        and here.after(verb) <= here.at(clause.left_edge) < start
        and (opener or gap.rstrip()[-1:] == ":")
    ):
        start = here.at(clause.left_edge)
    elif opener and gap.rstrip()[-1:] not in ",:":
        start = end + opener.start(1)
    stop = quote.outer.end
    if clause is not None and here.at(clause.left_edge) <= quote.outer.start < here.after(clause.right_edge):
        stop = max(stop, _cut(here, verb, clause, here.after(clause.right_edge)))
    return here.piece(start, stop)


def _lead(words: str) -> int:
    found = _LEADING.match(words)
    return found.end() if found else 0


def _clause(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
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
    end = _end(here, verb, clause) if base not in SHOWING else here.after(verb.right_edge)
    stop = _cut(here, verb, clause, end)
    aside = _RESUMED.match(here.words(stop, end))
    rest = here.piece(stop + aside.end(), end) if aside else ()
    return Said((*here.piece(start, stop), *rest), "clause")


def _end(here: Sentence, verb: Any, clause: Any) -> int:
    """Where a complement ends: with what follows it in the same breath, before a new clause of the verb."""
    end = here.after(clause.right_edge)
    for child in verb.children:
        if child.i < clause.i or child.i == clause.i or here.at(child.left_edge) < end:
            continue
        if child.dep_ == "punct":
            continue
        comma = "," in here.words(end, here.at(child.left_edge))
        if child.dep_ in ("advcl", "prep", "npadvmod", "advmod", "dep") and not comma and child.lower_ != "according":
            end = here.after(child.right_edge)
        else:
            break
    return end


def _set_off(here: Sentence, start: int, end: int) -> int:
    """Leave out what a comma sets off behind an object (", which …", ", a reference to …")."""
    found = _ASIDE.search(here.words(start, end))
    return start + found.start() if found else end


def _cut(here: Sentence, verb: Any, clause: Any, end: int) -> int:
    """End the content where the speaker's next saying begins (", adding that …", "and said …") or a relay is named."""
    relayed = _RELAYED.search(here.words(here.at(clause), end))
    if relayed:
        end = here.at(clause) + relayed.start()
    for child in (*verb.children, *clause.children):
        if child.i > clause.i and child.dep_ == "advcl" and child.left_edge.lower_ == "while" and here.at(child) < end:
            return here.at(child.left_edge)
    for token, _ in here.cue_verbs:
        if not clause.i < token.i or here.at(token) >= end or token.lower_ not in SPEECH:
            continue
        before = token.nbor(-1)
        if token.lower_ in SAYING and before.text == "," and token.dep_ in ("advcl", "acl", "conj"):
            return here.at(before)
        same = token.tag_ == verb.tag_ and token.dep_ == "conj" and verb.tag_ in ("VBD", "VBZ", "VBP")
        if same and not any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children):
            joint = before
            while joint.dep_ in ("advmod", "aux") and joint.i > clause.i:
                joint = joint.nbor(-1)
            if joint.dep_ == "cc" and _introduces(token):
                return here.at(joint)
    return end


def _introduces(token: Any) -> bool:
    return any(child.dep_ in ("ccomp", "xcomp") or child.text == '"' for child in token.children if child.i > token.i)


def _fronted(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """ "The road is closed, police said."."""
    clause = next((child for child in verb.children if child.i < verb.i and child.dep_ == "ccomp"), None)
    first = min([here.at(verb), *(span.start for span in source)])
    if clause is None or not source or here.at(clause) >= first or base not in SPEECH:
        return None
    start = here.at(clause.left_edge) if verb.dep_ not in ("ROOT", "conj") else here.start
    if verb.dep_ == "ccomp" and verb.head.i < clause.i and relayed(verb) is not None:
        start = here.start
    if verb.dep_ == "conj":
        start = max(here.at(verb.head) if verb.head.i < clause.i else 0, here.at(clause.left_edge))
    front = here.piece(start + _lead(here.words(start, first)), first)
    last = max([here.after(verb), *(span.end for span in source)])
    rest = here.words(last, here.end)
    if (
        front
        and front[-1].end < first
        and here.words(front[-1].end, first).strip() not in (",", "", "—", "–", "-", "?", "!")
    ):
        return None
    tail = (
        here.piece(last, here.end)
        if re.match(r",\s", rest) and not _CONTRAST.match(rest) and _resumes(verb, clause)
        else ()
    )
    return Said((*front, *tail), "fronted")


def _resumes(verb: Any, clause: Any) -> bool:
    """Whether the words behind "he said," still belong to the clause before it."""
    return any(child.i > verb.i for child in clause.children)


def _around(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """ "The road, police said, is closed."; "As police put it, …"."""
    if verb.dep_ not in ("parataxis", "ccomp", "dep", "advcl") or not source or base not in SPEECH:
        return None
    as_said = verb.dep_ == "advcl" and any(child.lower_ == "as" and child.i < verb.i for child in verb.children)
    start = min([here.at(verb), *(span.start for span in source)])
    end = max([here.after(verb), *(span.end for span in source)])
    if verb.dep_ == "advcl" and not as_said:
        return None
    if not as_said and not (
        verb.head.i > verb.i or here.words(end, end + 1) in (",", ".", "—", "–") or here.end - end < 3
    ):
        return None
    if as_said:
        marker = next(child for child in verb.children if child.lower_ == "as")
        start, end = min(start, here.at(marker)), max(end, here.after(verb.right_edge))
    front = here.piece(here.start + _lead(here.words(here.start, start)), start)
    resumed = here.words(end, end + 1) in (",", "—", "–") and not _CONTRAST.match(here.words(end, here.end))
    rest = here.piece(end, here.end) if resumed else ()
    if not as_said and not (front and here.words(front[-1].end, start).strip() in (",", "—", "–")):
        return None
    return Said((*front, *rest), "around")


def _naming(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
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
    return Said(here.piece(here.at(target[0].left_edge), _comma_cut(here, last)), "naming")


def _comma_cut(here: Sentence, last: Any) -> int:
    """Where a name ends: before a participle that a comma sets off."""
    for child in reversed(list(last.children)):
        participle = child.i > last.i and child.dep_ in ("advcl", "acl") and child.tag_ == "VBG"
        if participle and child.left_edge.nbor(-1).text == ",":
            return here.at(child.left_edge.nbor(-1))
    return here.after(last.right_edge)


def _called_for(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
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


def _prepositional(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
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
        return Said(here.piece(end, _set_off(here, end, stop)), "prepositional", end)
    return None


def _infinitive(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
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
        return Said(here.piece(start, _set_off(here, start, here.after(last.right_edge))), "object")
    if open_clause is None:
        return None
    first = open_clause.left_edge
    if target is not None and base in ADDRESSED and target.i < open_clause.i:
        first = target.left_edge
    start = max(here.at(first), here.after(verb))
    return Said(here.piece(start, _cut(here, verb, open_clause, here.after(open_clause.right_edge))), "infinitive")


def _object(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
    """ "confirmed the meeting"; what follows a comma stays out."""
    if base not in OBJECT:
        return None
    target = next((child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i), None)
    if target is None or target.lower_ in _TEMPORAL or target.lower_ in ("himself", "herself", "themselves", "itself"):
        return None
    start, end = here.at(target.left_edge), here.after(target.right_edge)
    for child in verb.children:
        joined = child.i > target.i and child.dep_ in ("prep", "advcl", "oprd", "acl")
        if joined and not here.words(end, here.at(child.left_edge)).strip() and child.lower_ in _BOUND:
            end = here.after(child.right_edge)
    if base in SHOWING:
        end = max(end, here.after(verb.right_edge))
        end = _cut(here, verb, target, end)
        return Said(here.piece(start, end), "object")
    return Said(here.piece(start, _set_off(here, start, end)), "object")


def _marks(here: Sentence, verb: Any, base: str, source: Spans) -> Said | None:
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
