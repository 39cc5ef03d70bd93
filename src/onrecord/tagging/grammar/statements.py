"""The attributions of one parsed sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onrecord.datamodel.attribution import Kind
from onrecord.datamodel.quotation import Quotation
from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.drafts import Draft
from onrecord.tagging.grammar.cues import EVIDENCE, ONLY_QUOTED, SHOWING, VERBS, is_attitude
from onrecord.tagging.grammar.direct import owners, quoted
from onrecord.tagging.grammar.extents import Said
from onrecord.tagging.grammar.refusals import refusals
from onrecord.tagging.grammar.sentence import Sentence
from onrecord.tagging.grammar.sources import cue_tokens, inverted, passive, source, subject
from onrecord.tagging.grammar.syntax.clauses import around, complement, fronted
from onrecord.tagging.grammar.syntax.objects import called_for, direct_object, infinitive, marks, naming, prepositional
from onrecord.tagging.grammar.syntax.phrases import HEARSAY, according, hearsay, noun
from onrecord.tagging.rule_precision import prior

# "who asked not to be named" says how a source is credited, not what it said.
_ANONYMOUS = re.compile(r" (?:not to be|to remain|for anonymity)")
_FORMS = (called_for, complement, fronted, around, naming, prepositional, infinitive, direct_object, marks)
# Rules too unsure for wishes and thoughts.
_UNSURE = ("marks", "around", "fronted")
_MODALS = frozenset("might may could can would should must will".split())


def drafts(here: Sentence) -> Iterator[Draft]:
    """What one sentence attributes, by place of the cue."""
    taken: set[int] = set()
    for draft, tokens in refusals(here):
        taken.update(tokens)
        yield draft
    introduced = owners(here)
    verbs = {token.i: base for token, base in here.cue_verbs}
    for token in here.tokens:
        if token.i in taken:
            continue
        if token.i in introduced:
            yield from _verb(here, token, VERBS.get(token.lower_, "say"), introduced[token.i][1])
        elif token.i in verbs:
            yield from _verb(here, token, verbs[token.i], [])
        elif token.lower_ == "according" and not here.inside(token):
            yield from according(here, token)
        elif token.lower_ in HEARSAY and not here.inside(token):
            yield from hearsay(here, token)
        elif token.tag_.startswith("NN") and not here.inside(token):
            yield from noun(here, token)


def _verb(here: Sentence, token: Any, base: str, quotes: list[Quotation]) -> Iterator[Draft]:
    head = subject(token)
    if base in SHOWING and not quotes and not _evidence(head):
        return
    if quotes and quotes[0].outer.end <= here.at(token):
        head = _behind_quote(here, token, head, quotes[0])
    credited = source(here, token, head)
    kind = Kind.ATTITUDE if is_attitude(base) else Kind.SPEECH
    found = _said(here, token, base, credited, quotes)
    if found is None or not found.content or not _attributes(here, token, base, credited, found):
        return
    if kind is Kind.ATTITUDE and (not credited or found.rule in _UNSURE):
        return
    content = stretched(here, found.content)
    cue = _cue(here, token, found.cue_end, credited)
    marked = found.rule == "quoted" or _has_marks(here, content)
    yield Draft(credited, cue, content, prior(found.rule, kind), kind, marked, found.rule)


def _attributes(here: Sentence, token: Any, base: str, credited: Spans, found: Said) -> bool:
    """Whether a verb credits somebody with what was found, not a reader with a task or a thing with a name."""
    if found.rule == "quoted":
        return True
    if base in ONLY_QUOTED and found.rule not in ("marks", "prepositional"):
        return False
    if base == "ask" and _ANONYMOUS.match(here.words(here.after(token), here.end)):
        return False
    if found.rule in ("object", "naming", "prepositional") and (_purpose(token) or _possible(token)):
        return False
    return (bool(credited) or passive(token)) and not _idle(here, token, found.rule, credited)


def _said(here: Sentence, verb: Any, base: str, credited: Spans, quotes: list[Quotation]) -> Said | None:
    """What a verb attributes, by the first form that fits; None where it attributes nothing."""
    if quotes:
        return quoted(here, verb, credited, quotes)
    for form in _FORMS:
        found = form(here, verb, base, credited)
        if found is not None and found.content:
            return found
    return None


def _behind_quote(here: Sentence, token: Any, head: Any, quote: Quotation) -> Any:
    """The subject by word order where the parser found none between or behind quotation and verb."""
    if head is None or here.at(head) < quote.outer.start:
        return inverted(token) or head
    return head


def stretched(here: Sentence, content: Spans) -> Spans:
    """Stretch content over the marks of a quotation that it cuts."""
    spans = list(content)
    for one in here.quotes:
        for number, span in enumerate(spans):
            if span.overlaps(one.outer) and not span.covers(one.outer) and not one.inner.covers(span):
                spans[number] = Span(min(span.start, one.outer.start), max(span.end, min(one.outer.end, here.end)))
    return tuple(spans)


def _idle(here: Sentence, token: Any, rule: str, credited: Spans) -> bool:
    """Whether a verb credits nobody: what the reader is told to do, and what things "are called"."""
    if len(credited) == 1 and credited[0].of(here.text).lower() == "you":
        return True
    return not credited and rule not in ("quoted", "clause", "around", "fronted") and token.lower_ != "declared"


def _possible(token: Any) -> bool:
    """Whether a saying only might come about ("they might announce a deal")."""
    return any(child.dep_ == "aux" and child.lower_ in _MODALS for child in token.children)


def _purpose(token: Any) -> bool:
    """Whether a verb only says what somebody means to do ("deployed volunteers to call voters")."""
    if token.tag_ != "VB" or not any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children):
        return False
    return cue_tokens(token)[0].i > token.i - 3 and token.dep_ in ("advcl", "acl", "relcl", "xcomp")


def _evidence(head: Any) -> bool:
    """Whether a subject is a poll, a record or an inquiry, or a pronoun that takes one up."""
    if head is None:
        return False
    clause = head.head
    relative = head.lower_ in ("who", "which", "that") and clause.dep_ == "relcl" and clause.head.lower_ in EVIDENCE
    return head.lower_ in EVIDENCE or relative


def _has_marks(here: Sentence, content: Spans) -> bool:
    return any(span.overlaps(one.outer) for span in content for one in here.quotes)


def _cue(here: Sentence, token: Any, end: int | None, credited: Spans) -> Spans:
    first, last = cue_tokens(token)
    start, stop = here.at(first), end or here.after(last)
    if any(start < span.end and span.start < stop for span in credited):
        start = here.at(token)
    return (Span(start, stop),)
