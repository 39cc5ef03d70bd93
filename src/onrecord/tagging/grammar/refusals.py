"""Who would not comment, answer or confirm, and on what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.drafts import Draft
from onrecord.tagging.grammar.sentence import Sentence
from onrecord.tagging.grammar.sources import source, subject
from onrecord.tagging.rule_precision import prior

_NOT = r"(?: not|n[’']t| never)(?: \w+ly| yet| have)*"
_DECLINED = (
    r"(?:ha(?:s|d|ve) )?(?:\w+ly )?(?:declin|refus)(?:ed|es|ing|e) (?:\w+ly )?to (?:publicly )?(?:comment|say|discuss|"
    r"answer|disclose|elaborate|confirm(?: or deny)?|speak|be interviewed|be named|be identified|provide|name|"
    r"identify|give|respond|predict|speculate|specify|reveal|release|be drawn|reply|talk|take questions|address|"
    r"explain|clarify|go into|be quoted|characteri[sz]e|engage)(?: (?:any )?questions(?= about| on))?"
)
_SILENT = (
    rf"(?:would|could|will|did|does|do|has|have|had|was|were){_NOT}(?: \w+ly)? (?:commented|comment|say|discuss(?:ed)?|"
    r"disclosed?|elaborated?|respond(?:ed)?|repl(?:y|ied)|answer(?:ed)?|return(?:ed)?|predict|specify|identify|reveal|"
    r"be reached|rule out|talk|name|give (?:a|any) (?:hint|details?|reasons?|names?|figures?|timetable|date)|"
    r"(?:made|make|issued?) (?:a|any) (?:public )?(?:statement|comment))(?: \w+ly)?"
)
_UNSURE = (
    rf"(?:could|can|would|has|have|was|were){_NOT}(?: been| be)?(?: \w+ly)? "
    r"(?:confirm(?:ed)?|verif(?:y|ied)|corroborated?|establish|determine)|"
    r"(?:was|were|has been|have been|is|are) (?:unable|not (?:yet )?able) to (?:\w+ly )?"
    r"(?:confirm|verify|corroborate|establish|determine|authenticate)"
)
_REFUSAL = re.compile(
    rf"\b(?:(?P<infinitive>{_DECLINED})|{_SILENT}|{_UNSURE}|had no (?:immediate |further )?comment|"
    r"(?:was|were|is|are|remained) (?:vague|evasive|tight-lipped|coy|silent|mum)(?= (?:on|about)\b)|"
    r"(?:was|were) (?:not |un)(?:immediately )?available(?= for comment)|made no (?:mention|comment|reference))\b",
    re.IGNORECASE,
)
# "The video could not be verified" credits nobody; what could not be is its subject.
_DOUBTED = frozenset({"confirmed", "verified", "corroborated"})
_NEAR = 5
_STOP = re.compile(
    r"[;—–]|, (?!or\b)|\s(?:but|and (?:said|told|has|had|is|was|would|did|in)|while|citing|when contacted|saying|until|"
    r"because|although)\b|[.?!]$"
)


def refusals(here: Sentence) -> Iterator[tuple[Draft, set[int]]]:
    """Who would not comment, answer or confirm, on what; with the tokens that are used up."""
    told = here.words(here.start, here.end)
    for match in _REFUSAL.finditer(told):
        start, end = here.start + match.start(), here.start + match.end()
        tokens = [token for token in here.tokens if start <= here.at(token) and here.after(token) <= end]
        if not tokens or here.inside(tokens[0]):
            continue
        verbs = [token for token in tokens if token.tag_.startswith("VB") and subject(token) is not None]
        if not verbs:
            continue
        credited = source(here, verbs[-1])
        thing = _doubted(verbs[-1])
        if thing is not None:
            spans = here.piece(here.at(thing.left_edge), here.after(thing.right_edge))
            used = {token.i for token in tokens}
            yield Draft((), (Span(start, end),), spans, prior("refusal"), rule="refusal"), used
            continue
        if (given := _by(here, verbs[-1])) is not None:
            used = {token.i for token in tokens}
            yield Draft(given[0], (Span(start, end),), given[1], prior("refusal"), rule="refusal"), used
            continue
        rest = told[match.end() :]
        stop = _STOP.search(rest)
        last = _before_next(here, tokens, end + (stop.start() if stop else len(rest)))
        content, cue = here.piece(end, last), Span(start, end)
        bare = match["infinitive"]
        if bare and len(here.words(end, last).split()) < 2:
            place = start + bare.index(" to ")
            content, cue = here.piece(place, last), Span(start, place)
        elif not content:
            content, cue = here.piece(here.at(tokens[-1]), end), Span(start, here.at(tokens[-1]) - 1)
        if content and credited:
            yield Draft(credited, (cue,), content, prior("refusal"), rule="refusal"), {token.i for token in tokens}


def _doubted(verb: Any) -> Any:
    """What could not be verified, where nobody is said to have tried."""
    if verb.lower_ not in _DOUBTED or any(one.dep_ == "agent" for one in verb.children):
        return None
    return next((one for one in verb.children if one.dep_ == "nsubjpass"), None)


def _by(here: Sentence, verb: Any) -> tuple[Spans, Spans] | None:
    """Source and content of "the video was not verified by the police"."""
    said_by = next((one for one in verb.children if one.dep_ == "agent"), None)
    who = next((one for one in said_by.children if one.dep_ == "pobj"), None) if said_by is not None else None
    what = next((one for one in verb.children if one.dep_ == "nsubjpass"), None)
    if who is None or what is None:
        return None
    source = here.piece(here.at(who.left_edge), here.after(who.right_edge))
    content = here.piece(here.at(what.left_edge), here.after(what.right_edge))
    return (source, content) if source and content else None


def _before_next(here: Sentence, tokens: list[Any], last: int) -> int:
    """A refusal ends where a clause with a subject of its own is joined on."""
    joints = [child for token in tokens for child in token.children if child.dep_ == "cc"]
    places = [here.at(one) for one in joints if _subject_follows(here, one) and here.at(one) > here.after(tokens[-1])]
    return min([last, *places])


def _subject_follows(here: Sentence, joint: Any) -> bool:
    following = [one for one in here.tokens if joint.i < one.i <= joint.i + _NEAR]
    return any(one.dep_ in ("nsubj", "nsubjpass") for one in following)
