"""Which verb of a sentence introduces which of its quoted sentences, and how far what was said reaches."""

from __future__ import annotations

import re
from typing import Any

from onrecord.datamodel.quotation import Quotation
from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.grammar.cues import SHOWING
from onrecord.tagging.grammar.extents import Said, before_next_saying, lead
from onrecord.tagging.grammar.sentence import Sentence
from onrecord.tagging.grammar.sources import subject
from onrecord.tagging.grammar.syntax.clauses import right_clause

_FURTHEST = 14
_AFTER_COMMA = 9


def owners(here: Sentence) -> dict[int, tuple[Any, list[Quotation]]]:
    """For each introducing verb (by token number) its quotations; a quotation without one is left out."""
    found: dict[int, tuple[Any, list[Quotation]]] = {}
    last: Any = None
    marks = here.stand_ins
    for number, (token, quote) in enumerate(marks):
        low = marks[number - 1][0].i + 1 if number else here.tokens.start
        high = marks[number + 1][0].i if number + 1 < len(marks) else here.tokens.end
        verb = _split(here, token, last, marks[number - 1][1]) if number else None
        verb = verb if verb is not None else _owner(here, token, quote, low, high)
        last = verb
        if verb is not None:
            found.setdefault(verb.i, (verb, []))[1].append(quote)
    return found


def _split(here: Sentence, token: Any, last: Any, before: Quotation) -> Any:
    """The verb that splits one quotation in two ("“…,” he wrote in a letter explaining why, “but …”")."""
    if last is None or here.at(last) < before.outer.end or before.inner.of(here.text).rstrip()[-1:] != ",":
        return None
    adding = any(
        verb.tag_ == "VBG" and last.i < verb.i >= token.i - 6 for verb, _ in here.cue_verbs if verb.i < token.i
    )
    return None if adding else last


def _owner(here: Sentence, token: Any, quote: Quotation, low: int, high: int) -> Any:
    before = [verb for verb, base in here.cue_verbs if low <= verb.i < token.i and base not in SHOWING]
    behind = [
        verb for verb, base in here.cue_verbs if token.i < verb.i < high and base not in SHOWING and not _relative(verb)
    ]
    near = behind[0] if behind and behind[0].i - token.i <= _reach(here, quote, behind[0]) else None
    inner = quote.inner.of(here.text).rstrip()
    introduced = here.words(here.start, quote.outer.start).rstrip()[-1:] == ":"
    if before and not introduced and near is not None and inner[-1:] in ",?!" and near.i - token.i <= _AFTER_COMMA:
        tail = here.words(here.after(before[-1]), quote.outer.start)
        if len(tail.split()) > 3 or tail.count(","):
            return near
    if before and (introduced or not _closed_off(here, before[-1], quote)):
        above = {one.i for one in token.ancestors}
        return next((verb for verb in reversed(before) if verb.i in above), before[-1])
    if near is not None:
        return near
    return _any_verb(here, token, quote, low, high, introduced)


def _relative(verb: Any) -> bool:
    """Whether a verb only goes on about the quotation ("“…” that would answer the request")."""
    return verb.dep_ == "relcl" or any(one.dep_ == "nsubj" and one.lower_ in ("that", "which") for one in verb.children)


def _reach(here: Sentence, quote: Quotation, verb: Any) -> int:
    """How many words may stand between a quotation and its verb: more where they are the verb's subject."""
    head = subject(verb)
    own = head is not None and here.at(head.left_edge) >= quote.outer.end and head.i < verb.i
    return _FURTHEST * 3 if own else _FURTHEST


def _closed_off(here: Sentence, verb: Any, quote: Quotation) -> bool:
    """Whether the verb's statement is over before the quotation begins ("…, he said. “More.”")."""
    between = here.words(here.after(verb), quote.outer.start).rstrip()
    return between[-1:] in (".", "?", "!") and len(between.split()) > 0


def _any_verb(here: Sentence, token: Any, quote: Quotation, low: int, high: int, introduced: bool) -> Any:
    """A verb that is no cue by itself but stands where one stands: "“…,” she scoffed", "He went on: “…”"."""
    if introduced:
        root = here.tokens.root
        verbs = [
            one for one in here.tokens if low <= one.i < token.i and one.tag_.startswith("VB") and not here.inside(one)
        ]
        named = [one for one in verbs if subject(one) is not None]
        return root if root in named else (named[-1] if named else None)
    for one in here.tokens:
        if not token.i < one.i < min(high, token.i + _FURTHEST) or not one.tag_.startswith("VB"):
            continue
        head = subject(one)
        if (
            head is None
            or one.tag_ not in ("VBD", "VBZ", "VBP")
            or one.lower_ in ("is", "was", "are", "were", "'s", "be")
        ):
            return None
        start = min(here.at(head.left_edge), here.at(one))
        between = here.words(quote.outer.end, start).strip(" ,")
        inner = quote.inner.of(here.text).rstrip()
        return one if not between and inner[-1:] in ",?!" and here.at(head) >= quote.outer.end else None
    return None


def quoted(here: Sentence, verb: Any, source: Spans, quotes: list[Quotation]) -> Said:
    """The quotations that a verb introduces, with the words about them that belong to the same clause."""
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
    opening = here.words(here.start, low)
    if opening.strip() and opening.rstrip()[-1:].isalnum() and not any(one.outer.end <= low for one in here.quotes):
        low = here.start + lead(opening)
    tail = here.words(high, stop)
    open_ended = quote.inner.of(here.text).rstrip()[-1:] not in ",?!"
    if len(tail.split()) > 2 and open_ended and tail.strip()[:1] not in ",—–-":
        high = stop
    return here.piece(low, high)


def _behind_verb(here: Sentence, verb: Any, quote: Quotation, end: int) -> Spans:
    clause = right_clause(verb)
    start = quote.outer.start
    gap = here.words(end, start)
    opener = re.search(r"(?:^|[\s,])(that|how|why|if|whether)\b", gap)
    joined = opener or gap.rstrip()[-1:] == ":"
    if clause is not None and joined and here.after(verb) <= here.at(clause.left_edge) < start:
        start = here.at(clause.left_edge)
    elif opener and gap.rstrip()[-1:] not in ",:":
        start = end + opener.start(1)
    stop = quote.outer.end
    if clause is not None and here.at(clause.left_edge) <= quote.outer.start < here.after(clause.right_edge):
        stop = max(stop, before_next_saying(here, verb, clause, here.after(clause.right_edge)))
    return here.piece(start, stop)
