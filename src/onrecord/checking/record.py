"""A story as a draft is held against it: its statements near some words, and what each does to them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from onrecord.attributing.segmentation import Segmentation
from onrecord.checking.findings import Passage
from onrecord.checking.quotations import SearchedReport
from onrecord.datamodel.attribution import SUPPORT, Act, Attribution, Kind
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, any_overlap, hull
from onrecord.datamodel.story import Story
from onrecord.linking.features import DENIES, SILENT, SUPPORTS
from onrecord.linking.judge import Judge
from onrecord.linking.negation import negated
from onrecord.linking.statements import in_context
from onrecord.linking.terms import FEWEST_TERMS, NEGATION, numbers, terms

# Statements this near, by the cosine of their vectors or the share of their terms, are looked at.
LEAST_NEAR = 0.45
MOST_NEAR = 10
# What is this near is about the same, whatever the judge makes of it.
SURELY_NEAR = 0.8
_NOTHING = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a report tells: a statement, or a sentence of its own where `attribution` is None."""

    report: Report
    span: Span
    words: str
    context: str
    attribution: Attribution | None = None

    @property
    def speaker(self) -> str | None:
        """Whose statement it is."""
        return self.attribution.speaker if self.attribution else None


@dataclass(frozen=True, slots=True)
class Near:
    """Something told on the desk that is near some words of the draft; `side` is 1 for the same, -1 for the opposite.

    `by_words` says that clauses of the same terms tell the side, rather than the judge alone.
    """

    told: Told
    score: float
    side: int
    by_words: bool = False


class Record:
    """The statements of a story, to be asked for what is near; without a judge, words alone decide."""

    def __init__(self, story: Story, past: Sequence[Report], judge: Judge | None) -> None:
        self.story = story
        self.judge = judge
        self.searched = tuple(SearchedReport(one) for one in story.reports)
        self.past = tuple(SearchedReport(one) for one in past)

    @cached_property
    def layouts(self) -> dict[str, Segmentation]:
        """Paragraphs and sentences of each report."""
        return {one.id: Segmentation(one.text) for one in self.story.reports}

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """Every statement, and every sentence in which a report credits nobody."""
        found: list[Told] = []
        for report in self.story.reports:
            mine = self.said_in[report.id]
            found.extend(_statement(report, one) for one in mine)
            found.extend(_sentences(report, self.layouts[report.id], mine))
        return tuple(found)

    @cached_property
    def said_in(self) -> dict[str, list[Attribution]]:
        """The statements of each report that pass nobody else on."""
        found: dict[str, list[Attribution]] = defaultdict(list)
        for one in self.story.attributions:
            if one.kind is Kind.SPEECH and not one.outer_of:
                found[one.report].append(one)
        return found

    @cached_property
    def _vectors(self) -> np.ndarray | None:
        return self.judge.encode([one.words for one in self.told]) if self.judge and self.told else None

    @cached_property
    def _terms(self) -> list[frozenset[str]]:
        return [terms(one.words) for one in self.told]

    def nearest(self, words: str, least: float = LEAST_NEAR, most: int = MOST_NEAR) -> list[tuple[Told, float]]:
        """What is told in the nearest words, with how near, the nearest first."""
        if not self.told:
            return []
        asked = terms(words)
        shared = np.array([len(asked & one) / max(1, min(len(asked), len(one))) if one else 0.0 for one in self._terms])
        scores = 0.8 * shared
        if self.judge is not None and self._vectors is not None:
            scores = self._vectors @ self.judge.encode([words])[0]
        order = np.argsort(-scores, kind="stable")[:most]
        return [(self.told[row], float(scores[row])) for row in order.tolist() if scores[row] >= least]

    def nearness(self, left: str, right: str) -> float:
        """How near two texts are, as `nearest` counts it."""
        if self.judge is not None:
            one, other = self.judge.encode([left, right])
            return float(one @ other)
        ours, theirs = terms(left), terms(right)
        return 0.8 * len(ours & theirs) / max(1, min(len(ours), len(theirs)))

    def near(self, words: str, least: float = LEAST_NEAR) -> list[Near]:
        """What is told near some words, and on which side of them; what is silent on them is left out."""
        found = self.nearest(words, least)
        if self.judge is None:
            turned = negated(words)
            return [Near(one, score, 1 if negated(one.words) == turned else -1) for one, score in found]
        chances = self.judge.bearing([(words, one.context) for one, _ in found])
        kept = []
        for (one, score), each in zip(found, chances, strict=True):
            told = each[SILENT] < _NOTHING and max(each[SUPPORTS], each[DENIES]) > each[:SILENT].sum() / 2
            if told or score >= SURELY_NEAR:
                kept.append(Near(one, score, 1 if each[SUPPORTS] >= each[DENIES] else -1))
        return kept

    @cached_property
    def claims_of(self) -> dict[str, list[Claim]]:
        """The claims that each statement counts for, by its id."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.story.claims:
            for member in claim.members:
                if not member.loose:
                    found[member.attribution].append(claim)
        return found

    def claim_of(self, one: Attribution) -> Claim | None:
        """The claim that a statement supports most surely."""
        held = [(claim, next(m for m in claim.members if m.attribution == one.id)) for claim in self.claims_of[one.id]]
        mine = [(claim, member) for claim, member in held if member.stance in SUPPORT] or held
        return max(mine, key=lambda pair: (pair[1].score, pair[0].id), default=(None, None))[0]

    @cached_property
    def retractions(self) -> dict[str, list[Attribution]]:
        """What each party takes back."""
        found: dict[str, list[Attribution]] = defaultdict(list)
        for one in self.story.attributions:
            if one.act is Act.RETRACTS and one.speaker:
                found[one.speaker].append(one)
        return found

    def sentence(self, report: Report, span: Span) -> str:
        """The sentences of a report that a place is part of."""
        layout = self.layouts[report.id]
        start = layout.sentence_span(layout.sentence(span.start))[0]
        end = layout.sentence_span(layout.sentence(max(span.start, span.end - 1)))[1]
        return report.text[start:end]

    def party(self, ident: str | None) -> Party | None:
        """A party by its id."""
        return self.story.party.get(ident or "")

    def answers(self, ident: str | None) -> bool:
        """Whether a party is named and on the record: no outlet, and no document of doubtful standing."""
        party = self.party(ident)
        doubtful = party is not None and party.kind is PartyKind.DOCUMENT and party.doubtful
        return party is not None and party.named and not party.outlet and not doubtful

    def passage(self, report: Report, span: Span, said: Attribution | None = None) -> Passage:
        """A place of a report with its exact words and who says them."""
        party = self.party(said.speaker) if said else None
        return Passage(
            report=report.id,
            span=span,
            words=span.of(report.text),
            outlet=report.outlet,
            published=report.published.isoformat() if report.published else None,
            speaker=party.name if party else None,
            attribution=said.id if said else None,
        )

    def passage_of(self, told: Told) -> Passage:
        """The place of something that is told."""
        return self.passage(told.report, told.span, told.attribution)


def _statement(report: Report, one: Attribution) -> Told:
    places = [[(span.start, span.end) for span in spans] for spans in (one.source, one.cue, one.content)]
    span = hull(one.content) or one.content[0]
    words = " ".join(" ".join(piece.of(report.text) for piece in one.content).split())
    return Told(report, span, words, in_context(report.text, *places), one)


_CLAUSE = re.compile(r"[.;:,!?]\s|\s[–—-]\s|\b(?:but|and|though|although|while)\b", re.IGNORECASE)
_SHARED, _ALL_BUT = 0.6, 0.85


def side_of_clauses(left: str, right: str) -> int:
    """Whether two texts say the same of the same terms: 1, or -1 where one of two clauses is negated, 0 for neither.

    Example:
        >>> side_of_clauses("a price had been agreed", "talks went on but no price had been agreed")
        -1
    """
    ours, theirs = terms(left), terms(right)
    if len(ours & theirs) >= max(FEWEST_TERMS, _ALL_BUT * max(len(ours), len(theirs))):
        return 1 if len(NEGATION.findall(left)) % 2 == len(NEGATION.findall(right)) % 2 else -1
    sides = [_side_of(_clauses(left), other) for other in _clauses(right)]
    return -1 if -1 in sides else max(sides, default=0)


def _side_of(clauses: Sequence[str], other: str) -> int:
    """What clauses do to one of another text: 1 where any says the same, else -1 where any says the opposite."""
    told = {
        len(NEGATION.findall(one)) % 2 == len(NEGATION.findall(other)) % 2
        for one in clauses
        if _shares(terms(one), terms(other))
    }
    return (1 if True in told else -1) if told else 0


def _shares(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    shared = len(ours & theirs)
    return shared >= FEWEST_TERMS and shared >= _SHARED * min(len(ours), len(theirs))


def _clauses(text: str) -> list[str]:
    return [part for part in _CLAUSE.split(text) if part.strip()]


def _sentences(report: Report, layout: Segmentation, said: Sequence[Attribution]) -> list[Told]:
    """What a report tells itself."""
    credited = tuple(span for one in said for span in one.content)
    found = []
    for number in range(len(layout.sentences)):
        start, end = layout.sentence_span(number)
        words = report.text[start:end].strip()
        start = report.text.find(words, start)
        if not words or any_overlap((span := Span(start, start + len(words)),), report.furniture):
            continue
        left = " ".join(uncredited(report.text, span, credited).split())
        if left == " ".join(words.split()) or numbers(left):
            found.append(Told(report, span, left, left))
    return found


def uncredited(text: str, span: Span, credited: Sequence[Span]) -> str:
    """A sentence's words outside of what is credited to anybody."""
    kept = list(span.of(text))
    for piece in credited:
        for at in range(max(piece.start, span.start), min(piece.end, span.end)):
            kept[at - span.start] = " "
    return "".join(kept)
