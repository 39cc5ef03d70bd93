"""A statement as the models read it: who, how, what, and the words before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.bare_denials import denies_only
from onrecord.datamodel.attribution import DENIAL, Act, Attribution, Kind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans
from onrecord.linking.terms import NEGATION, tells

BEFORE = 80
_HEARSAY = re.compile(
    r"\b(?:reports?|claims?|rumou?rs?|allegations?|accusations?|stor(?:y|ies)|speculation)\b", re.IGNORECASE
)
LONGEST_SOURCE = 60

Places = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution as a node: `text` is who, how and what; `context` the same with the words before it.

    `answers` is the attribution that a denial without words of its own denies.
    """

    attribution: str
    report: str
    speaker: str | None
    act: Act
    text: str
    context: str
    content: str
    answers: str | None = None


def statements(attributions: Sequence[Attribution], reports: Mapping[str, Report]) -> tuple[Statement, ...]:
    """The statements of speech, in the order given; a chain's outer layer makes none.

    A denial without words of its own ("it was not") has the content of the statement before it, which it denies.
    """
    kept = [one for one in attributions if one.kind is Kind.SPEECH and not one.outer_of and one.report in reports]
    antecedents = _antecedents(kept, reports)
    return tuple(_statement(one, antecedents.get(one.id, one), reports[one.report].text) for one in kept)


def _antecedents(kept: Sequence[Attribution], reports: Mapping[str, Report]) -> dict[str, Attribution]:
    """For each denial that tells nothing by itself the statement before it in its report, or the first one.

    "It was not" answers what stands before it; "the reports", which somebody denies, are those of which a report tells
    from its first words on. Who withdraws a report withdraws what was told of it last.
    """
    found: dict[str, Attribution] = {}
    first: dict[str, Attribution] = {}
    last: dict[str, Attribution] = {}
    for one in sorted(kept, key=lambda one: one.content[0].start):
        words = _words(reports[one.report].text, _places(one.content))
        bare = one.act in DENIAL and (denies_only(words) or not tells(words))
        if bare and one.report in last:
            told_first = one.act is not Act.RETRACTS and _HEARSAY.search(words)
            found[one.id] = (first if told_first else last)[one.report]
        elif not bare and tells(words):
            first.setdefault(one.report, one)
            last[one.report] = one
    return found


def _statement(one: Attribution, said: Attribution, text: str) -> Statement:
    source, cue, content = _places(one.source), _places(one.cue), _places(said.content)
    return Statement(
        attribution=one.id,
        report=one.report,
        speaker=one.speaker,
        act=one.act,
        text=plain(text, source, cue, content),
        context=in_context(text, source, cue, _places(one.content)),
        content=_words(text, content),
        answers=said.id if said is not one and _denies_it(_words(text, _places(one.content))) else None,
    )


def _denies_it(words: str) -> bool:
    """Whether the words of a denial deny what stands before them: "which", "that a lie", but not "we never decided"."""
    return denies_only(words) or not (tells(words) or NEGATION.search(words))


def _places(spans: Spans) -> Places:
    return [(span.start, span.end) for span in spans]


def _words(text: str, places: Places) -> str:
    return " ".join(" ".join(text[start:end] for start, end in places).split())


def plain(text: str, source: Places, cue: Places, content: Places) -> str:
    """ "The minister denied: that the dam is cracked", without its surroundings."""
    who = " ".join(part for part in (_words(text, source)[:LONGEST_SOURCE], _words(text, cue)) if part)
    what = _words(text, content)
    return f"{who}: {what}" if who else what


def in_context(text: str, source: Places, cue: Places, content: Places) -> str:
    """The statement with up to BEFORE characters of what stands before it, cut at a word."""
    start = min(place[0] for places in (source, cue, content) for place in places)
    before = text[max(0, start - BEFORE) : start]
    if start > BEFORE:
        before = before.partition(" ")[2]
    before = " ".join(before.split())
    told = plain(text, source, cue, content)
    return f"{told} [{before}]" if before else told
