"""One parsed sentence to drafts: cue verbs with subject and complement, "according to", noun cues and refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onrecord.datamodel.attribution import Kind
from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.cues import ADDRESSED, NAMING, NOUNS, OBJECT, REFUSALS, VERBS, is_attitude
from onrecord.tagging.drafts import Draft, piece
from onrecord.tagging.paragraphs import Paragraph

_REFUSAL = re.compile("|".join(REFUSALS), re.IGNORECASE)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_EMPTY_SUBJECTS = frozenset({"it", "that", "which", "this", "what", "there"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_LEADING = re.compile(r"^(?:But|And|Yet|So|Still|However,|Meanwhile,|Also,|Instead,)\s+")
_FEWEST_QUOTED = 2


class _Sentence:
    """A sentence of a paragraph, with places counted in the text."""

    def __init__(self, sentence: Any, part: Paragraph) -> None:
        self.sentence = sentence
        self.part = part
        self.start = part.start + sentence.start_char
        self.end = part.start + sentence.end_char
        self.quotes = [
            one for one in part.quotes if one.outer.start < self.end and self.start < one.outer.end
        ]

    def at(self, token: Any) -> int:
        """Where a token starts in the text."""
        return int(self.part.start + token.idx)

    def after(self, token: Any) -> int:
        """Where a token ends in the text."""
        return self.at(token) + len(token)

    def quoted(self, place: int) -> bool:
        """Whether a place lies inside quotation marks."""
        return any(one.inner.start <= place < one.inner.end for one in self.part.quotes)

    def piece(self, start: int, end: int) -> Spans:
        """A trimmed span of the text."""
        offset = self.part.start
        found = piece(start - offset, end - offset, self.part.text)
        return tuple(Span(one.start + offset, one.end + offset) for one in found)

    def words(self, start: int, end: int) -> str:
        """The words between two places."""
        return self.part.text[max(0, start - self.part.start) : max(0, end - self.part.start)]


def tags_of_sentence(sentence: Any, part: Paragraph) -> Iterator[Draft]:
    """The attributions of one sentence, each by the first rule that fits its cue."""
    here = _Sentence(sentence, part)
    taken: set[int] = set()
    for draft, tokens in _refusals(here):
        taken.update(tokens)
        yield draft
    for token in sentence:
        if token.i in taken or here.quoted(here.at(token)):
            continue
        low = token.lower_
        if low == "according":
            yield from _according(here, token)
        elif low in VERBS and token.pos_ in ("VERB", "AUX"):
            yield from _verb(here, token, VERBS[low])
        elif low in NOUNS and token.pos_ == "NOUN":
            yield from _noun(here, token)


def _refusals(here: _Sentence) -> Iterator[tuple[Draft, set[int]]]:
    told = here.words(here.start, here.end)
    for match in _REFUSAL.finditer(told):
        start, end = here.start + match.start(), here.start + match.end()
        if here.quoted(start):
            continue
        tokens = [token for token in here.sentence if start <= here.at(token) < end]
        verb = next((token for token in tokens if token.pos_ in ("VERB", "AUX") and _subject(token) is not None), None)
        source = _source(here, verb) if verb is not None else ()
        content = here.piece(end, _clause_end(here, end)) or here.piece(*_last_words(match.group(), start, end))
        if content and verb is not None:
            cue = (Span(start, end),) if content[0].start >= end else (Span(start, content[0].start - 1),)
            yield Draft(source, cue, content, 0.7), {token.i for token in here.sentence if here.at(token) >= start}


def _last_words(told: str, start: int, end: int) -> tuple[int, int]:
    place = told.find(" to ")
    return (start + place + 1, end) if place > 0 else (end, end)


def _clause_end(here: _Sentence, start: int) -> int:
    rest = here.words(start, here.end)
    stop = re.search(r"[,;—–]|\s(?:but|and (?:said|told|has|had|is|was)|while|citing|because|when contacted|saying|after)\b|\.$", rest)
    return start + (stop.start() if stop else len(rest))


def _verb(here: _Sentence, token: Any, verb: str) -> Iterator[Draft]:
    kind = Kind.ATTITUDE if is_attitude(verb) else Kind.SPEECH
    source = _source(here, token)
    cue = _cue(here, token)
    clause = next((child for child in token.children if child.dep_ == "ccomp"), None)
    content: Spans = ()
    score = 0.8
    if clause is not None and _fronted(here, token, clause, source):
        content = _before(here, token, source)
    elif clause is not None and clause.i > token.i:
        content = here.piece(_left(here, clause, token), here.after(clause.right_edge))
    elif clause is None and _parenthetical(token):
        content = _around(here, token, source)
        score = 0.7
    if not content:
        content, score = _without_clause(here, token, verb)
    content = _with_quotes(here, content, source, cue)
    if not content or (kind is Kind.ATTITUDE and not source):
        return
    if not source and not _quoted_content(here, content):
        return
    yield Draft(source, cue, content, score, kind, quoted=_quoted_content(here, content))


def _without_clause(here: _Sentence, token: Any, verb: str) -> tuple[Spans, float]:
    """Content that is no finite clause: a quotation, an infinitive, an object, a name for something."""
    behind = [one for one in here.quotes if one.outer.start >= here.after(token) and _long(one.inner, here)]
    target = next((child for child in token.children if child.dep_ in ("dobj", "attr", "oprd")), None)
    open_clause = next((child for child in token.children if child.dep_ in ("xcomp", "pcomp") and child.i > token.i), None)
    if verb in NAMING and target is not None:
        last = max(child.right_edge.i for child in token.children if child.i > token.i and child.dep_ != "punct")
        return here.piece(here.at(target.left_edge), here.after(here.sentence.doc[last])), 0.6
    if open_clause is not None and verb not in ADDRESSED:
        return here.piece(here.at(open_clause.left_edge), here.after(open_clause.right_edge)), 0.6
    if behind and here.words(here.after(token), behind[0].outer.start).count(" ") <= 12:
        return here.piece(behind[0].outer.start, behind[0].outer.end), 0.7
    if verb in OBJECT and target is not None and target.dep_ == "dobj" and target.i > token.i:
        return here.piece(here.at(target.left_edge), here.after(target.right_edge)), 0.5
    before = [one for one in here.quotes if one.outer.end <= here.at(token) and _long(one.inner, here)]
    if before and _close_behind(here, before[-1].outer.end, token):
        return here.piece(before[-1].outer.start, before[-1].outer.end), 0.8
    return (), 0.0


def _close_behind(here: _Sentence, end: int, token: Any) -> bool:
    return len(here.words(end, here.at(token)).split()) <= 12


def _long(inner: Span, here: _Sentence) -> bool:
    return len(here.words(inner.start, inner.end).split()) >= _FEWEST_QUOTED


def _fronted(here: _Sentence, token: Any, clause: Any, source: Spans) -> bool:
    first = min([here.at(token), *(span.start for span in source)])
    return bool(clause.i < token.i and here.at(clause) < first)


def _before(here: _Sentence, token: Any, source: Spans) -> Spans:
    stop = min([here.at(token), *(span.start for span in source)])
    start = here.start
    lead = _LEADING.match(here.words(start, stop))
    return here.piece(start + (lead.end() if lead else 0), stop)


def _parenthetical(token: Any) -> bool:
    return bool(token.dep_ in ("parataxis", "ccomp") and token.head.i < token.i and _subject(token) is not None)


def _around(here: _Sentence, token: Any, source: Spans) -> Spans:
    start = min([here.at(token), *(span.start for span in source)])
    end = max([here.after(token), *(span.end for span in source)])
    front = here.piece(here.start, start)
    rest = here.piece(end, here.end) if here.words(end, end + 1) == "," else ()
    return (*front, *rest)


def _left(here: _Sentence, clause: Any, token: Any) -> int:
    left = clause.left_edge
    while left.i <= token.i:
        left = left.nbor(1)
    return here.at(left)


def _with_quotes(here: _Sentence, content: Spans, source: Spans, cue: Spans) -> Spans:
    """Stretch content over quotations that it cuts, and add the second half of a quotation split by its cue."""
    if not content:
        return ()
    spans = list(content)
    for one in here.quotes:
        outer = Span(max(one.outer.start, here.start) if not one.balanced else one.outer.start, one.outer.end)
        for number, span in enumerate(spans):
            if span.overlaps(outer) and not span.covers(outer):
                spans[number] = Span(min(span.start, outer.start), max(span.end, outer.end))
                break
        else:
            split = cue and outer.start >= cue[-1].end and any(here.quoted(span.start + 1) for span in spans)
            near = not any(span.covers(outer) for span in spans) and _long(one.inner, here)
            if split and near and here.words(cue[-1].end, outer.start).count(" ") <= 8:
                spans.append(outer)
    return tuple(sorted(spans))


def _quoted_content(here: _Sentence, content: Spans) -> bool:
    return any(span.overlaps(one.outer) for span in content for one in here.part.quotes)


def _cue(here: _Sentence, token: Any) -> Spans:
    parts = [token, *(child for child in token.children if child.dep_ in ("aux", "neg", "auxpass") and child.i < token.i)]
    first = min(parts, key=lambda one: one.i)
    if any(child.dep_ in _SUBJECTS and first.i < child.i < token.i for child in token.children):
        first = token
    return (Span(here.at(first), here.after(token)),)


def _subject(token: Any) -> Any:
    """The token that heads the words credited: a subject, an agent, or what a participle or relative hangs on."""
    seen = 0
    while seen < 4:
        agent = next((child for child in token.children if child.dep_ == "agent"), None)
        if agent is not None:
            return next((child for child in agent.children if child.dep_ == "pobj"), None)
        found = next((child for child in token.children if child.dep_ in _SUBJECTS), None)
        if found is not None and found.lower_ in _RELATIVE and token.dep_ == "relcl":
            return token.head
        if found is not None:
            return found
        if token.dep_ not in ("conj", "advcl", "xcomp", "acl") or token.head.i == token.i:
            return None
        if token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return token.head
        token, seen = token.head, seen + 1
    return None


def _source(here: _Sentence, token: Any) -> Spans:
    subject = _subject(token)
    if subject is None or subject.lower_ in _EMPTY_SUBJECTS or here.quoted(here.at(subject)):
        return ()
    start, end = here.at(subject.left_edge), here.after(subject.right_edge)
    for child in subject.children:
        if child.dep_ == "relcl" or (child.dep_ == "acl" and child.i > subject.i):
            edge = here.at(child.left_edge)
            if edge > here.at(subject):
                end = min(end, edge)
    if start <= here.at(token) < end:
        end = here.at(token) if here.at(token) > here.at(subject) else end
        start = start if here.at(token) > here.at(subject) else here.at(subject)
    return here.piece(start, end)


def _according(here: _Sentence, token: Any) -> Iterator[Draft]:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    head = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
    if head is None:
        return
    end = here.after(head.right_edge)
    comma = here.words(here.after(head), end).find(", ")
    while comma > 0 and not _apposed(here.words(here.after(head) + comma, end)):
        end = here.after(head) + comma
        comma = -1
    source = here.piece(here.at(head.left_edge), end)
    front = here.piece(here.start, here.at(token))
    rest = here.piece(end, here.end)
    content = (*front, *rest) if front and rest and here.words(end, end + 1) == "," else (front or rest)
    if source and content:
        cue = (Span(here.at(token), here.after(to)),)
        yield Draft(source, cue, content, 0.85, quoted=_quoted_content(here, content))


def _apposed(after: str) -> bool:
    return bool(re.match(r", (?:an?|the|who|which|chief|director|head|president|professor|spokes)\b", after))


def _noun(here: _Sentence, token: Any) -> Iterator[Draft]:
    clause = next(
        (child for child in token.children if child.dep_ in ("acl", "ccomp") and child.i > token.i and _has_that(child)), None
    )
    if clause is None:
        return
    owner = next((child for child in token.children if child.dep_ == "poss"), None)
    if owner is None:
        by = next((child for child in token.children if child.lower_ in ("by", "from", "of")), None)
        owner = next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None
    source: Spans = ()
    if owner is not None:
        end = here.after(owner.right_edge)
        source = here.piece(here.at(owner.left_edge), end)
    elif token.dep_ in ("dobj", "pobj"):
        verb = token.head if token.dep_ == "dobj" else token.head.head
        source = _source(here, verb)
    content = here.piece(here.at(clause.left_edge), here.after(clause.right_edge))
    if content and source:
        yield Draft(source, (Span(here.at(token), here.after(token)),), content, 0.5)


def _has_that(clause: Any) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in ("that", "whether") for child in clause.children)
