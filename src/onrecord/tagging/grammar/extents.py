"""Where a content begins and ends: what belongs to the same breath, and where the next saying starts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from onrecord.datamodel.span import Spans
from onrecord.tagging.grammar.cues import SAYING, SPEECH
from onrecord.tagging.grammar.sentence import Sentence

_LEADING = re.compile(r"^(?:But|And|Yet|So|Still|However,|Meanwhile,|Also,|Instead,|Plus,|Then,|Or)\s+")
_ASIDE = re.compile(r", (?=(?:which|who|whose|where|while|saying|a reference|citing|after|when|as)\b)")
_RELAYED = re.compile(r",? according to\b")
_TAGS = ("VBD", "VBZ", "VBP")


@dataclass(frozen=True, slots=True)
class Said:
    """The content of one verb, the rule that found it, and where the cue ends when a preposition belongs to it."""

    content: Spans
    rule: str
    cue_end: int | None = None


def lead(words: str) -> int:
    """How many characters of a sentence only lead over to it ("But ")."""
    found = _LEADING.match(words)
    return found.end() if found else 0


def complement_end(here: Sentence, verb: Any, clause: Any) -> int:
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


def before_aside(here: Sentence, start: int, end: int) -> int:
    """Leave out what a comma sets off behind an object (", which …", ", a reference to …")."""
    found = _ASIDE.search(here.words(start, end))
    return start + found.start() if found else end


def before_next_saying(here: Sentence, verb: Any, clause: Any, end: int) -> int:
    """End the content where a relay is named, a contrast begins, or the speaker's next saying does."""
    relay = _RELAYED.search(here.words(here.at(clause), end))
    if relay:
        end = here.at(clause) + relay.start()
    for child in (*verb.children, *clause.children):
        if child.i > clause.i and child.dep_ == "advcl" and child.left_edge.lower_ == "while" and here.at(child) < end:
            return here.at(child.left_edge)
    for token, _ in here.cue_verbs:
        if clause.i < token.i and here.at(token) < end and token.lower_ in SPEECH:
            joint = _joint(verb, clause, token)
            if joint is not None:
                return here.at(joint)
    return end


def _joint(verb: Any, clause: Any, token: Any) -> Any:
    """What joins a further saying of the same speaker: ", adding that …", "and said …"."""
    before = token.nbor(-1)
    if token.lower_ in SAYING and before.text == "," and token.dep_ in ("advcl", "acl", "conj"):
        return before
    own = any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
    if own or token.dep_ != "conj" or token.tag_ != verb.tag_ or verb.tag_ not in _TAGS:
        return None
    while before.dep_ in ("advmod", "aux") and before.i > clause.i:
        before = before.nbor(-1)
    return before if before.dep_ == "cc" and _introduces(token) else None


def _introduces(token: Any) -> bool:
    return any(child.dep_ in ("ccomp", "xcomp") or child.text == '"' for child in token.children if child.i > token.i)


def name_end(here: Sentence, last: Any) -> int:
    """Where a name ends: before a participle that a comma sets off."""
    for child in reversed(list(last.children)):
        participle = child.i > last.i and child.dep_ in ("advcl", "acl") and child.tag_ == "VBG"
        if participle and child.left_edge.nbor(-1).text == ",":
            return here.at(child.left_edge.nbor(-1))
    return here.after(last.right_edge)
